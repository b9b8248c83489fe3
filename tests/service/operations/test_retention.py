"""Records past their time are listed, decided about by a person, and erased for good where that was decided (R-05)."""

from datetime import date

import pytest
from sqlalchemy import delete, insert, select, update

from engine.errors import Invalid, NotFound
from engine.service.audits import figures
from engine.service.case_file import casework
from engine.service.cases import actions
from engine.service.record_keeping import verification
from engine.service.record_keeping.retention import AUDIT as KIND
from engine.service.record_keeping.retention import SENT, Periods, Record, due
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.service.tasks import beginning, work
from engine.service.tasks.facts import facts_for
from engine.service.tasks.starting import facts_about
from engine.store import audits, erasure, report_editions, retention, submissions, tasks
from engine.store.schema import metadata
from engine.store.schema.council import audit_holder, remedial_action
from engine.store.schema.delegation import delegation
from engine.store.schema.exchange import outgoing_record
from engine.store.schema.execution import event, instance, outbox
from tests.factories.council import AUDIT, MORNING, REMEDY, at, policy
from tests.service import monthly

CASE, OTHER = "CF-20931", "CF-30510"
TASK = "Decide about records due for review"
WRITTEN = "Zebra crossing 7"
TABLE = "processes/retention.dmn"
CLASS, HELD = "audit answers", "held for a legal reason"
REVIEWED = at(2027, 2, 1)


def shorten(council, months=2):
    """Keep audits and their parts for so many months, and hold for a month."""
    changed = policy()[TABLE].replace(b"<text>72</text>", f"<text>{months}</text>".encode(), 3)
    council.deploy({TABLE: changed.replace(b"<text>12</text>", b"<text>1</text>")})


@pytest.fixture
def known(council):
    """Two audits that ended on 1 December, looked at after two months: the review of 1 February lists them."""
    shorten(council)
    for case, auditor, manager in ((CASE, "kim", "mo"), (OTHER, "zoe", "lee")):
        council.assign(case, auditor)
        council.authorise_audit(case)
        council.complete(manager, "Acknowledge the audit", case)
    council.pass_to(at(2027, 1, 31))
    return council


@pytest.fixture
def listed(known):
    known.pass_to(REVIEWED)
    return known


def audit_of(council, case):
    return council.ask(lambda question: audits.of_case(question.connection, case))[0].id


def classes(council):
    task = council.task(TASK)
    form = council.ask(lambda question: question.policy.form(task.form))
    return council.ask(lambda question: facts_for(question, task, form))["due_classes"]


def decide(council, decision, exceptions="", until="2027-06-30"):
    """Decide about the audits, and keep everything else."""
    rows = [
        {
            "number": one["number"],
            "retention_decision": decision if one["retention_class"] in (CLASS, HELD) else "keep",
            "keep_until": until,
            "retention_reason": "The tests say so",
        }
        for one in classes(council)
    ]
    task = council.task(TASK)
    work.complete(council.engine, "asha", task.id, council.filled(task, decisions=rows, exceptions=exceptions))
    return task.instance


def due_audits(council):
    found = council.ask(due)
    return sorted((one.record.case, one.retention_class) for one in found if one.record.kind == KIND)


def entered(council, identifier):
    instances = council.ask(lambda question: erasure.instances_of_audit(question.connection, identifier))
    return [
        row
        for one in instances
        for row in council.ask(lambda question, one=one: submissions.of_instance(question.connection, one))
    ]


def test_every_record_has_a_class_and_a_review_day(council):
    def days(question):
        periods = Periods(question)
        records = [Record(kind, "1", None, date(2026, 8, 31)) for kind in ("audit", "safeguarding concern", "anything")]
        return [(periods.of(one.kind).retention_class, periods.review_day(one)) for one in records]

    assert council.ask(days) == [
        (CLASS, date(2032, 8, 31)),
        ("safeguarding", date(2061, 8, 31)),
        ("other records", date(2032, 8, 31)),
    ]


def test_an_audit_is_due_on_its_review_day_and_not_before(known):
    known.clock.move_to(at(2027, 1, 31, 23, 59))
    assert due_audits(known) == []
    known.clock.move_to(at(2027, 2, 1, 0, 1))
    assert due_audits(known) == [(CASE, CLASS), (OTHER, CLASS)]


def test_an_audit_waits_while_any_work_on_it_goes_on(known):
    identifier = audit_of(known, CASE)
    facts = known.ask(lambda question: facts_about(question, CASE, identifier))
    raw = {"difficulty_when": "actual", "difficulty_kind": "time", "difficulty_text": "Time"}
    beginning.begin(known.engine, "kim", "difficulty_notice", raw, facts)
    known.pass_to(at(2027, 2, 5))
    assert due_audits(known) == []
    assert [one["records"] for one in classes(known) if one["retention_class"] == CLASS] == [1]


def test_the_list_names_each_record_and_changes_nothing(listed):
    task = listed.task(TASK)
    form = listed.ask(lambda question: question.policy.form(task.form))
    facts = listed.ask(lambda question: facts_for(question, task, form))
    named = {(one["record"], one["about"], one["ended_on"]) for one in facts["due_records"]}
    assert {("audit", CASE, "2026-12-01"), ("audit", OTHER, "2026-12-01")} <= named
    assert len(facts["due_records"]) == sum(one["records"] for one in facts["due_classes"])
    assert entered(listed, audit_of(listed, CASE))
    assert "retention_due" in [letter.notice for letter in listed.letters("asha")]


def test_what_waits_for_a_decision_is_not_listed_twice(listed):
    assert due_audits(listed) == []
    listed.pass_to(at(2027, 3, 2))
    assert len([one for one in reviews(listed) if one.record == KIND]) == 2


def reviews(council):
    with council.database.reading() as connection:
        return list(connection.execute(select(retention.retention_item)))


def test_a_case_left_out_is_kept_and_comes_back(listed):
    mine, other = audit_of(listed, CASE), audit_of(listed, OTHER)
    decide(listed, "delete", exceptions=f"{OTHER}\n")
    assert entered(listed, mine) == []
    assert entered(listed, other)
    assert due_audits(listed) == [(OTHER, CLASS)]


def test_a_case_that_is_on_no_list_cannot_be_left_out_and_nothing_is_erased(listed):
    before = listed.dump()
    with pytest.raises(Invalid) as refusal:
        decide(listed, "delete", exceptions=f"{OTHER}, CF-99999")
    assert "CF-99999" in str(refusal.value.errors["exceptions"])
    assert listed.dump() == before


def test_what_is_kept_comes_back_on_the_day_that_was_set(listed):
    decide(listed, "keep", until="2027-04-15")
    listed.pass_to(at(2027, 4, 14))
    assert due_audits(listed) == []
    listed.clock.move_to(at(2027, 4, 15))
    assert due_audits(listed) == [(CASE, CLASS), (OTHER, CLASS)]


def test_what_is_held_comes_back_in_a_class_of_its_own(listed):
    decide(listed, "hold")
    assert due_audits(listed) == []
    listed.clock.move_to(at(2027, 3, 1))
    assert due_audits(listed) == [(CASE, HELD), (OTHER, HELD)]


def test_an_audit_on_which_work_goes_on_again_is_not_erased(listed):
    identifier = audit_of(listed, CASE)
    with listed.database.transaction() as connection:
        mine = select(instance.c.id).where(instance.c.audit == identifier).limit(1).scalar_subquery()
        connection.execute(update(instance).where(instance.c.id == mine).values(status="running"))
    decide(listed, "delete")
    assert entered(listed, identifier)
    assert listed.ask(lambda question: retention.last_decisions(question.connection)).get((KIND, identifier)) is None


def test_who_decided_what_and_why_stays_on_record(listed):
    mine = audit_of(listed, CASE)
    review = decide(listed, "delete")
    row = listed.ask(lambda question: retention.last_decisions(question.connection))[KIND, mine]
    assert (row.review, row.decision, row.decided_by, row.reason) == (review, "delete", "asha", "The tests say so")
    told = [one for one in listed.events("retention") if one.kind == "erased"]
    assert mine in {one.details["id"] for one in told}
    assert {one.details["review"] for one in told} == {review}
    assert listed.events("retention")[-1].kind == "decided"


# What is erased


def whole_life(council):
    """An audit with everything that can be written about one, over and due."""
    identifier = council.assign(CASE, "kim", drawn=True).id
    council.begin("kim", "help_request", CASE, help_question=WRITTEN)
    asked = council.task("Answer the request for help", CASE)
    council.complete(council.holders(asked)[0], asked.title, CASE, help_given=WRITTEN)
    task = council.task(AUDIT, CASE)
    row = {
        "what": WRITTEN,
        "deficit": WRITTEN,
        "category": "voice",
        "priority": "same_day",
        "who": WRITTEN,
        "evidence_of_done": WRITTEN,
    }
    raw = council.filled(task, remedial_action_required="yes", remedial_actions=[row], overall_why=WRITTEN)
    work.save_draft(council.engine, "kim", task.id, raw)
    work.complete(council.engine, "kim", task.id, raw)
    review = council.task("Review the audit", CASE)
    council.complete(council.holders(review)[0], review.title, CASE)
    council.begin("kim", "recommendation", CASE, recommendation_kind="case", recommended=WRITTEN)
    council.complete("mo", "Respond to the recommendation", CASE, response_text=WRITTEN)
    (action,) = council.actions(CASE)
    actions.record_work(council.engine, "nia", action.id, WRITTEN)
    actions.sign_off(council.engine, "mo", action.id, WRITTEN)
    council.complete("mo", REMEDY, CASE, authorisation_comment=WRITTEN)
    council.pass_to(at(2027, 4, 2))
    task = council.task("Review the remedial actions", CASE)
    found = {"action": 1, "fulfilled": "yes", "completed": "yes", "authorised": "yes"}
    finding = {**found, "authorised_by": "practice_manager", "evidence": WRITTEN}
    work.complete(council.engine, council.holders(task)[0], task.id, council.filled(task, findings=[finding]))
    council.pass_to(at(2027, 4, 5, 7))
    council.complete("gail", "Distribute the compliance list")
    return identifier


def cells(council):
    """Every cell of every table as text, by table."""
    return {name: [repr(cell) for row in rows for cell in row] for name, rows in council.dump().items()}


def tables_with(council, words):
    return {name for name, found in cells(council).items() if any(words in cell for cell in found)}


def test_nothing_that_was_written_is_left_anywhere_and_the_log_still_holds(council):
    shorten(council)
    identifier = whole_life(council)
    assert {"submission", "remedial_action", "finding"} <= tables_with(council, WRITTEN)
    council.pass_to(at(2027, 7, 1))
    before = council.audit(identifier)
    decide(council, "delete")
    assert tables_with(council, WRITTEN) == set()
    after = council.audit(identifier)
    assert (after.grade, after.authorised_at, after.state) == (before.grade, before.authorised_at, before.state)
    assert after.auditor == "" and after.case_ref == f"erased {identifier}"
    with council.database.reading() as connection:
        mine = connection.execute(select(instance).where(instance.c.audit == identifier)).all()
        action = connection.execute(select(remedial_action).where(remedial_action.c.audit == identifier)).one()
        held = connection.execute(select(audit_holder.c.auditor).where(audit_holder.c.audit == identifier)).scalars()
        assert {row.state for row in mine} == {b""}
        assert {row.case_ref for row in mine} == {None}
        assert len(mine) >= 6
        assert (action.details, action.work) == ({"category": "voice", "priority": "same_day"}, [])
        assert set(held) == {""}
    found = verification.verify(council.engine)
    assert found.breaks == []


def test_what_was_written_to_whom_a_task_was_passed_on_goes_with_it(listed):
    task = listed.ask(lambda question: tasks.of_instance(question.connection, audit_instance(listed)))[0]
    given = {"task": task.id, "given_by": "kim", "given_to": "zoe", "note": WRITTEN, "at": MORNING}
    with listed.database.transaction() as connection:
        connection.execute(insert(delegation), given)
    decide(listed, "delete")
    (row,) = listed.dump()["delegation"]
    assert row[2:5] == ("", "", "")


def audit_instance(council):
    return council.audit(audit_of(council, CASE)).instance


def test_the_letters_of_an_erased_audit_say_nothing_and_those_of_others_stay(listed):
    decide(listed, "delete", exceptions=OTHER)
    assert listed.letters("kim", CASE) == []
    assert listed.letters("zoe", OTHER)
    with listed.database.reading() as connection:
        blank = connection.execute(select(outbox.c.body).where(outbox.c.body == "")).scalars().all()
    assert len(blank) >= 3


def test_a_concern_about_an_erased_audit_is_a_record_of_its_own_and_stays(council):
    shorten(council)
    identifier = council.assign(CASE, "kim").id
    concern = council.begin("kim", "safeguarding_concern", CASE)
    council.complete("asha", "Acknowledge the safeguarding concern", CASE)
    council.complete("asha", "Record the discussion and decision", CASE, concern_outcome="not_a_safety_matter")
    council.authorise_audit(CASE)
    council.complete("mo", "Acknowledge the audit", CASE)
    council.pass_to(REVIEWED)
    decide(council, "delete")
    assert entered(council, identifier) == []
    assert len(council.ask(lambda question: submissions.of_instance(question.connection, concern))) == 3
    assert council.instance(concern).case_ref == CASE


def test_a_report_is_kept_ten_years_and_then_gone(council):
    raw = {"difficulty_when": "actual", "difficulty_kind": "time", "difficulty_text": "Time"}
    carrier = beginning.begin(council.engine, "kim", "difficulty_notice", raw, {})
    council.complete("asha", "Acknowledge the difficulty")
    edition = {"id": "e1", "name": "monthly", "period": "2026-11", "meeting": date(2026, 12, 9), "instance": carrier}
    with council.database.transaction() as connection:
        report_editions.add_draft(connection, {**edition, "data": {}, "behind": {}, "made_at": MORNING})
    council.clock.move_to(at(2036, 11, 30))
    assert [one for one in council.ask(due) if one.record.kind == "report"] == []
    council.clock.move_to(at(2036, 12, 1))
    (found,) = [one for one in council.ask(due) if one.record.kind == "report"]
    assert (found.record.id, found.retention_class) == (carrier, "reports")
    with council.database.transaction() as connection:
        erasure.erase_instances(connection, [carrier], "erased")
    with council.database.reading() as connection, pytest.raises(NotFound):
        report_editions.get(connection, "e1")


# The log afterwards


@pytest.fixture
def erased(listed):
    decide(listed, "delete", exceptions=OTHER)
    assert verification.verify(listed.engine).breaks == []
    return listed


def breaks_after(council, change):
    """What a walk finds once somebody with rights on the database has changed the log; undone afterwards."""
    with council.database.transaction() as connection:
        rows = list(connection.execute(select(event).order_by(event.c.stream, event.c.n)))
        graves = [row for row in rows if row.details.keys() == {"erased"}]
        connection.execute(change(graves, rows))
        found = verification.walk(connection).breaks
        connection.rollback()
    return found


@pytest.mark.parametrize("column", ["kind", "actor", "hash", "previous"])
def test_what_is_left_of_an_erased_event_cannot_be_changed_unseen(erased, column):
    found = breaks_after(
        erased, lambda graves, _rows: update(event).where(event.c.id == graves[1].id).values({column: "0" * 64})
    )
    assert found != []


def test_details_that_are_gone_without_a_tombstone_are_found(erased):
    def blank(_graves, rows):
        other = next(row for row in rows if row.kind == "completed" and "task" in row.details)
        return update(event).where(event.c.id == other.id).values(details={"erased": "anything"})

    (sentence,) = breaks_after(erased, blank)
    assert sentence.endswith("and no tombstone tells of it.")


def test_details_that_were_put_back_are_found(erased):
    def back(graves, _rows):
        return update(event).where(event.c.id == graves[0].id).values(details={"facts": {"case": CASE}})

    sentences = breaks_after(erased, back)
    assert any("is not what the tombstone tells" in one for one in sentences)


def test_a_tombstone_cannot_be_taken_away(erased):
    def without(_graves, rows):
        stone = next(row for row in rows if row.kind == "erased" and row.details["record"] == KIND)
        return delete(event).where(event.c.id == stone.id)

    assert any("no tombstone tells" in one for one in breaks_after(erased, without))


# Periods


def test_figures_of_a_period_are_the_same_without_the_names(council):
    monthly.draw(council, pool=4, each=1)
    monthly.release(council)
    identifier = done_in_period(council)[0].id
    before = figures.of_cycle(council.engine, monthly.PERIOD, "final")
    with council.database.transaction() as connection:
        case = audits.get(connection, identifier).case_ref
        erasure.erase_audit(connection, identifier, f"erased {identifier}")
        erasure.erase_population_list(connection, monthly.PERIOD)
    assert figures.of_cycle(council.engine, monthly.PERIOD, "final") == before
    tables = tables_with(council, case)
    assert tables & {"frame", "cycle", "assignment", "audit", "upload"} == set()


def done_in_period(council):
    rows = council.ask(lambda question: audits.of_cycle(question.connection, monthly.PERIOD))
    for row in rows[:3]:
        council.authorise_audit(row.case_ref)
    return rows


def test_no_table_that_names_a_case_or_a_person_is_forgotten():
    """What holds texts, cases or people is erased with its record, or is none of a record."""
    known = {table.name for table in (*erasure.OF_AUDIT, *erasure.OF_INSTANCE)}
    known |= {"report_edition", "submission", "draft", "outbox", "outgoing_record", "frame", "assignment", "upload"}
    known |= {"delegation"}
    known |= {"barring"}
    directory = {"person", "team", "absence", "training_record", "closure_day", "case_record", "cycle"}
    directory |= {"sign_in", "one_time_key", "calendar_feed", "preference", "saved_filter", "digest_round"}
    policy_files = {"deployment", "variation", "schedule", "revision", "api_token"}
    log = {"event", "retention_item", "retention_decision", "sustained_review"}
    assert set(metadata.tables) - known - directory - policy_files - log == set()


def test_what_was_sent_to_the_record_system_is_a_record_of_its_own(council):
    sent = {"key": "k", "kind": "audit", "case_ref": CASE, "body": {"words": WRITTEN}, "status": "sent", "tries": 1}
    with council.database.transaction() as connection:
        connection.execute(insert(outgoing_record), {**sent, "at": MORNING})
    council.clock.move_to(at(2028, 12, 2))
    (found,) = [one for one in council.ask(due) if one.record.kind == SENT and one.record.case == CASE]
    assert found.retention_class == "sent to the record system"
    with council.database.transaction() as connection:
        erasure.erase_sent_record(connection, int(found.record.id), "erased 1")
    assert tables_with(council, WRITTEN) == set()


HISTORIES = "histories of cases"


def delete_all(council, *kept):
    """Let every open review delete all that it lists, but for classes that are kept."""
    for task in council.ask(lambda question: tasks.open_titled(question.connection, TASK, None)):
        form = council.ask(lambda question, task=task: question.policy.form(task.form))
        listed = council.ask(lambda question, task=task, form=form: facts_for(question, task, form))["due_classes"]
        rows = [
            {
                "number": one["number"],
                "retention_decision": "keep" if one["retention_class"] in kept else "delete",
                "keep_until": "2040-01-01",
                "retention_reason": "The tests say so",
            }
            for one in listed
        ]
        work.complete(council.engine, "asha", task.id, council.filled(task, decisions=rows))


@pytest.fixture
def history(council):
    """A closed case whose only audit was erased, and the review that lists what happened to it."""
    changed = policy()[TABLE].replace(b"<text>72</text>", b"<text>2</text>")
    council.deploy({TABLE: changed.replace(b"<text>24</text>", b"<text>2</text>")})
    whole_life(council)
    casework.case_page(council.engine, "mo", CASE)
    extracts.apply(council.engine, "extract", CaseChange(CASE, status="closed"))
    council.pass_to(at(2027, 7, 1))
    delete_all(council, HISTORIES)
    council.pass_to(at(2027, 8, 1))
    return council


def test_the_history_of_a_case_waits_for_everything_else_about_it(council):
    council.assign(OTHER, "kim")
    extracts.apply(council.engine, "extract", CaseChange(OTHER, status="closed"))
    council.clock.move_to(at(2035, 1, 1))
    assert [one for one in council.ask(due) if one.record.case == OTHER and one.record.kind == "case history"] == []


def test_an_erased_history_leaves_the_case_nowhere_and_the_log_still_holds(history):
    noted = verification.verify(history.engine).heads
    assert f"case {CASE}" in noted
    assert "case_record" in tables_with(history, CASE)
    delete_all(history)
    assert tables_with(history, CASE) == set()
    assert verification.verify(history.engine, noted).breaks == []


def test_what_is_left_of_an_erased_history_cannot_be_changed_unseen(history):
    delete_all(history)
    with history.database.transaction() as connection:
        of_case = event.c.stream.like("case erased %")
        connection.execute(update(event).where(of_case, event.c.n == 1).values(actor="somebody else"))
    assert verification.verify(history.engine).breaks
