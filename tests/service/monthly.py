"""Playing the November audit period, which the council has open: upload, lock, draw, release."""

from collections.abc import Mapping

from engine.service.audits import cycles
from engine.store import cycles as rows
from tests.factories.council import Council

PERIOD = "2026-11"
UPLOAD, LOCK, CAPACITY, RELEASE = (
    "Upload the case population list",
    "Check and lock the population list",
    "Confirm auditor capacity",
    "Release the assignments",
)
HEADER = "case_reference,service_area,team,social_worker,status,restricted"
TEAMS = {
    "LAC": "East Looked After",
    "CP&P/CIN": "North CIN",
    "CFA": "Assessment Central",
    "CWD": "Children with Disabilities",
    "Next Step": "Next Step",
}
SMALL = {"LAC": 6, "CP&P/CIN": 9, "CFA": 6, "CWD": 4, "Next Step": 3}


def population(sizes: Mapping[str, int] = SMALL) -> bytes:
    """A list with so many open cases of each service area."""
    lines, number = [HEADER], 500_000
    for area, count in sizes.items():
        for _ in range(count):
            number += 1
            lines.append(f"CF-{number},{area},{TEAMS[area]},,open,no")
    return "\n".join(lines).encode()


def upload(council: Council, content: bytes | None = None, person: str = "hal") -> str:
    """Upload a list and complete the task with it; return the id of the upload."""
    content = population() if content is None else content
    identifier, _ = cycles.upload(council.engine, person, PERIOD, "cases.csv", content)
    council.complete(person, UPLOAD, population_list=identifier)
    return identifier


def draw(council: Council, pool: int = 6, each: int = 2, content: bytes | None = None) -> None:
    """Bring the period to where its assignments can be released."""
    upload(council, content)
    council.complete("gail", LOCK)
    council.complete("gail", CAPACITY, pool_auditors=pool, audits_for_each_officer=each)


def release(council: Council, **given: object) -> None:
    council.complete("gail", RELEASE, **given)


def period(council: Council):
    return council.ask(lambda question: rows.get(question.connection, PERIOD))


def assigned(council: Council):
    return council.ask(lambda question: rows.assignments(question.connection, PERIOD))
