"""The scenes of the tour: what has happened in the council before somebody looks, and what its addresses need."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.service import instances
from engine.service.case_file import blind_grades
from engine.service.cases import actions
from engine.service.council import absences as kept_absences
from engine.service.council import leavers, one_time, teams
from engine.service.inboxes import filters
from engine.service.inboxes.inbox import Wanted
from engine.service.people import absences
from engine.service.reports import editions
from engine.service.tasks import work
from tests.factories.council import AUDIT, REMEDY, REVIEW, Council, at
from tests.factories.doing import complete
from tests.factories.faulty import fails_by_clock
from tests.service.monthly import PERIOD, draw, population, release

CASE, REVIEWED, CLOSED, FRESH = "CF-20931", "CF-20932", "CF-30510", "CF-21040"
ALIKE = ("chronology_grade", "assessment_grade", "voice_grade", "plan_grade", "oversight_grade", "difference_grade")
GRADES = {"safety_grade": "inadequate", **dict.fromkeys(ALIKE, "good"), "overall_grade": "requires_improvement"}
LIST_TO_SEND = "Distribute the compliance list"
MORE = b"\nCF-500001,CP&P/CIN,North CIN,,open,no\nCF-600002,DAT,Assessment Central,,open,no"


def casework(council: Council) -> dict[str, Any]:
    """Actions under way and disputed, a review compared, a case that may be closed, an audit just begun."""
    audit = council.assign(CASE, "kim")
    council.authorise_audit(CASE, 3)
    first, second, third = council.actions(CASE)
    actions.sign_off(council.engine, "mo", first.id, "See the note of this week")
    actions.record_work(council.engine, "nia", second.id, "Asked the school for its reports")
    council.begin("mo", "management_decision", CASE, action_number=3, observation_reference="OBS-114")
    council.begin("nia", "disagreement", CASE, action_number=2)
    reviewed = council.assign(REVIEWED, "kim", drawn=True)
    council.authorise_audit(REVIEWED, 1)
    review = council.task(REVIEW, REVIEWED)
    blind_grades.keep(council.engine, review.assignee, review.id, GRADES)
    work.complete(council.engine, review.assignee, review.id, council.filled(review, **GRADES, outcome="agreed"))
    council.begin("lee", "case_closure", CLOSED, closing_reason="The plan is finished", other_assessments="yes")
    council.assign(FRESH, "kim")
    absences.record(council.engine, "mo", at(2026, 12, 1).date(), at(2026, 12, 24).date())
    filters.save(council.engine, "gail", "Audits", Wanted("everybody", process="case_audit"))
    return {
        "case": CASE, "reviewed": REVIEWED, "closed": CLOSED, "fresh": FRESH,
        "reference": CASE, "audit": audit.id, "reviewed_audit": reviewed.id,
        "audit_task": council.task(AUDIT, FRESH).id, "remedy_task": council.task(REMEDY, CASE).id,
        "signed_off": first.id, "disputed": second.id, "decided": third.id,
    }  # fmt: skip


def standing(council: Council) -> dict[str, Any]:
    """Audits, one of them overdue, and an errand that an incident stopped."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.assign(CLOSED, "kim")
    council.deploy(fails_by_clock("script"))
    facts = {"case": CASE, "number": 0, "later": "2027-01-04"}
    stopped = council.run(lambda command: instances.begin(command, "errand", facts))
    council.pass_to(at(2027, 1, 6))
    return {"instance": council.task(AUDIT, CLOSED).instance, "stopped": stopped}


def directory(council: Council) -> dict[str, Any]:
    """Somebody away, somebody gone and somebody about to go, a gap in a team, and open work."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    kept_absences.record(council.engine, "gail", "mo", date(2026, 12, 1), date(2026, 12, 4))
    leavers.leave(council.engine, "gail", "finn")
    council.assign(FRESH, "kim")
    leavers.leave(council.engine, "gail", "kim", date(2026, 12, 24))
    found = council.ask(lambda question: question.directory.teams["Next Step"])
    values = {field: getattr(found, field) for field in teams.FIELDS}
    teams.change(council.engine, "gail", "Next Step", {**values, "service_manager": None})
    return {}


def period(council: Council) -> dict[str, Any]:
    """An audit period under way, its assignments released."""
    draw(council, content=population() + MORE)
    release(council)
    return {"period": PERIOD}


def reports(council: Council) -> dict[str, Any]:
    """A report of the reported period drawn up."""
    drawn = council.run(lambda command: editions.draw_up(command, "management_report", date(2027, 1, 26), "i"))
    return {"drawn_up": drawn}


def four_months_on(council: Council, send: bool = True) -> dict[str, Any]:
    """The remedial actions of an audit reviewed, and the list of them sent or about to be."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    council.pass_to(at(2027, 4, 1))
    facts = (("yes", "yes", "yes"), ("no", "yes", "no"))
    rows = [
        {"action": n, "fulfilled": a, "completed": b, "authorised": c} for n, (a, b, c) in enumerate(facts, start=1)
    ]
    complete(council, "Review the remedial actions", CASE, findings=rows)
    council.pass_to(at(2027, 4, 5, 12))
    if send:
        council.complete("gail", LIST_TO_SEND, covering_note="Look first at what waits longest.")
    return {}


def passwords(council: Council) -> dict[str, Any]:
    """Somebody invited."""
    secret, _ = council.run(lambda command: one_time.make(command, one_time.INVITATION, "kim"))
    return {"key": secret}


def empty(_council: Council) -> dict[str, Any]:
    """Nobody is in the directory."""
    return {}


SCENES: Mapping[str, Callable[[Council], dict[str, Any]]] = {
    "casework": casework,
    "standing": standing,
    "directory": directory,
    "period": period,
    "reports": reports,
    "four months on": four_months_on,
    "passwords": passwords,
    "empty": empty,
}
