"""A council with an audit period that was reported on: four of five audits done in time, one late, one missing.

It is the morning after the cut-off of November 2026. Every third audit was graded "requires improvement", the one done
late is good, and two remedial actions came of the first.
"""

from engine.domain.sampling import sampled_cases
from engine.service.tasks import work
from engine.store import audits
from engine.store.database import Database
from tests.factories.council import AUDIT, Council, at, fill
from tests.service.monthly import draw, period, population, release

SIZES = {"LAC": 30, "CP&P/CIN": 45, "CFA": 30, "CWD": 20, "Next Step": 15}
POOL, EACH = 6, 5
CUT_OFF = at(2027, 1, 15)
NOT_GOOD = 3


def cases(council: Council) -> list[str]:
    """The cases of the sample that were given to an auditor, in the order in which they were drawn."""
    drawn = [case for those in sampled_cases(period(council).certificate).values() for case in those]
    return [case for case in drawn if council.titles(case) or council.ask(_audited(case))]


def authorise(council: Council, case: str, grade: str, actions: int = 0) -> None:
    """Let the auditor of a case authorise the audit with a grade."""
    task = council.task(AUDIT, case)
    rows = [{"what": f"Do the thing {number}"} for number in range(1, actions + 1)]
    required = {"remedial_action_required": "yes" if actions else "no", "remedial_actions": rows}
    work.complete(council.engine, task.assignee, task.id, council.filled(task, overall_grade=grade, **required))


def fill_reported(database: Database) -> None:
    """Play November: all but two audits in time, the cut-off, one audit late."""
    fill(database)
    council = Council(database, at(2026, 12, 1))
    draw(council, POOL, EACH, population(SIZES))
    release(council)
    given = cases(council)
    for place, case in enumerate(given[:-2]):
        authorise(council, case, "good" if place % NOT_GOOD else "requires_improvement", 0 if place else 2)
    council.pass_to(CUT_OFF)
    authorise(council, given[-2], "good")


def _audited(case: str):
    return lambda question: audits.of_case(question.connection, case)
