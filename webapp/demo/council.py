"""Sets up the demonstration council: its people, teams and cases, and the policy of the checkout.

Everybody of people.csv and newcomers.csv may sign in there, by choosing their name.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from engine.domain.calendar import local_day
from engine.service.engine import Engine
from engine.service.people import directory
from engine.service.policy import deployments
from engine.service.record_system import extracts
from webapp.demo import town
from webapp.demo.tables import Row, rows

CHECKOUT = Path(__file__).parents[2]
SET_UP = "the demonstration"
PLAN = "processes/improvement_plan.dmn"
MAIL = "demonstration.example"
PEOPLE = ("people", "newcomers")


def load(engine: Engine, policy: Path = CHECKOUT) -> None:
    """Add the people, teams and cases to an empty council, and deploy the processes/ and forms/ of `policy`.

    NotFound without those folders, NotDeployable with all their problems.
    """
    directory.add_council(engine, SET_UP, list(people()), list(teams()))
    extracts.add_cases(engine, SET_UP, list(town.cases()))
    files = _with_plan(deployments.read_snapshot(policy), local_day(engine.clock.now()))
    deployments.deploy(engine, SET_UP, files, "the policy of the demonstration")


def _with_plan(files: Mapping[str, bytes], today: date) -> Mapping[str, bytes]:
    """Return the policy with an Improvement Plan that runs, so that its Board is reported to; it had no days (A-34)."""
    table = files[PLAN].replace(b"9999-12-30", b"%d-01-01" % today.year)
    return {**files, PLAN: table.replace(b"9999-12-31", b"%d-12-31" % (today.year + 2))}


def people(*tables: str) -> Iterator[Row]:
    """Yield the rows of the directory's people, from all tables of people or from those named.

    Their addresses are of a name that no mail can reach (RFC 2606).
    """
    for row in (row for table in tables or PEOPLE for row in rows(table)):
        in_pool, cleared = row["in_audit_pool"] == "yes", row.get("cleared") == "yes"
        email = f"{row['username']}@{MAIL}"
        yield {**row, "in_audit_pool": in_pool, "cleared": cleared, "email": email, "active": True}


def teams() -> Iterator[Row]:
    """Yield the rows of the directory's teams."""
    for row in rows("teams"):
        yield {("name" if key == "team" else key): value for key, value in row.items()}


__all__ = ["load", "people", "teams"]
