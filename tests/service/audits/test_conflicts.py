"""Nobody audits a case of their own (DEC-12, R-25, I-16): facts from the directory, verdict from the table."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from engine.errors import NotAllowed, NotFound
from engine.service.audits import conflicts
from engine.service.periods import assigning
from engine.store import audits, cases
from engine.store import people as people_rows
from engine.store.schema.council import case_record
from tests.factories.council import SOMEBODY, at

CASE = "CF-20931"


def reasons(council, auditor, case=CASE):
    return council.ask(
        lambda question: conflicts.reason_against(
            question, question.case(case), auditor, _last(question, case, auditor)
        )
    )


def _last(question, case, auditor):
    return audits.last_by_case(question.connection, [case], [auditor]).get((case, auditor))


@pytest.mark.parametrize(
    ("auditor", "case", "reason"),
    [
        ("kim", CASE, None),
        ("bev", CASE, None),
        ("quin", CASE, None),
        ("mo", CASE, "the case is in the auditor's own team"),
        ("oz", CASE, "the case is in a team that the auditor manages"),
        ("pat", CASE, "the case is in a team that the auditor manages"),
        ("nia", CASE, "only members of the audit pool and Quality Assurance Officers audit cases"),
        ("asha", CASE, "only members of the audit pool and Quality Assurance Officers audit cases"),
        ("kim", "CF-70001", "the record is restricted and the auditor is not cleared for it"),
    ],
)
def test_facts_of_the_directory_decide(council, auditor, case, reason):
    assert reasons(council, auditor, case) == reason


def test_ones_own_caseload_is_barred(council):
    council.run(lambda command: people_rows.change_person(command.connection, "nia", {"in_audit_pool": True}))
    assert reasons(council, "nia") == "the case is in the auditor's own caseload"


def test_who_is_cleared_may_audit_restricted_records(council):
    council.run(lambda command: people_rows.change_person(command.connection, "kim", {"cleared": True}))
    assert reasons(council, "kim", "CF-70001") is None


def test_who_has_left_audits_nothing(council):
    council.run(lambda command: people_rows.change_person(command.connection, "kim", {"active": False}))
    assert reasons(council, "kim").startswith("only members of the audit pool")


@pytest.mark.parametrize(
    ("month", "day", "reason"),
    [
        (2, 1, "the auditor audited this case 2 months ago"),
        (11, 30, "the auditor audited this case 11 months ago"),
        (12, 1, None),
    ],
)
def test_the_same_case_is_free_again_after_twelve_months(council, month, day, reason):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE)
    council.pass_to(at(2027, month, day))
    assert reasons(council, "kim") == reason
    assert reasons(council, "zoe") is None


def test_an_assignment_that_is_barred_changes_nothing(council):
    before = council.dump()
    with pytest.raises(
        NotAllowed, match=f"You may not be given {CASE} for audit: the case is in the auditor's own team"
    ):
        assigning.assign(council.engine, SOMEBODY, CASE, "mo")
    assert council.dump() == before


@pytest.mark.parametrize(("case", "auditor"), [("CF-99999", "kim"), (CASE, "nobody")])
def test_unknown_cases_and_people_are_not_found(council, case, auditor):
    before = council.dump()
    with pytest.raises(NotFound, match=r"no (case CF-99999|person nobody)"):
        assigning.assign(council.engine, SOMEBODY, case, auditor)
    assert council.dump() == before


def test_all_pairs_at_once_are_judged_as_each_alone(council):
    council.assign("CF-30510", "kim")
    known = council.ask(lambda question: cases.known(question.connection, _references(question)))
    auditors = council.ask(
        lambda question: [one for one in question.directory.people if conflicts.source_of(question, one)]
    )
    rows = [_framed(row) for row in known.values()]
    found = council.ask(lambda question: conflicts.forbidden(question, rows, auditors))
    each = {(case, one): reasons(council, one, case) for case in known for one in auditors}
    assert found == {pair: reason for pair, reason in each.items() if reason is not None}
    assert len(found) > 10


def _references(question):
    return list(question.connection.execute(select(case_record.c.reference)).scalars())


def _framed(row):
    return SimpleNamespace(case_ref=row.reference, **{name: getattr(row, name) for name in _FACTS})


_FACTS = ("team", "social_worker", "restricted")
