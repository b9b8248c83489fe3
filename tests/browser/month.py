"""The people of a month at their desks, the list that is drawn from, and the time that passes between stations."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from engine.store import audits
from tests.browser.desk import Desk
from tests.factories.council import REMEDY, Council
from tests.service.monthly import HEADER, PERIOD, TEAMS

TEAM, WORKER = "North CIN", "nia"
SIZES = {"CP&P/CIN": 20, "LAC": 6, "CFA": 6, "CWD": 4, "Next Step": 3}
LAST_OF_TEAM = "CF-500020"
LEFT_OUT = "CF-600001,Fostering and Adoption,East Looked After,,open,no"


class Month:
    """One council's month, played with scripts or without."""

    def __init__(self, council: Council, sign_in: Callable[..., Page], folder: Path, scripts: bool) -> None:
        self.council = council
        self.folder = folder
        self.scripts = scripts
        self.desks: list[Desk] = []
        self._sign_in = sign_in
        self._there: dict[str, Desk] = {}

    def desk(self, person: str) -> Desk:
        """Where somebody sits: signed in once a day."""
        if person not in self._there:
            page = self._sign_in(person, scripts=self.scripts)
            self._there[person] = Desk(page, self.council.clock.now().date(), scripts=self.scripts)
            self.desks.append(self._there[person])
        return self._there[person]

    def pass_to(self, moment: datetime) -> None:
        """Let everybody go home, and time pass."""
        for desk in self._there.values():
            desk.page.context.close()
        self._there.clear()
        self.council.pass_to(moment)

    def list_of_cases(self) -> Path:
        """The population list as the record system gives it: a CSV file."""
        lines, number = [HEADER], 500_000
        for area, count in SIZES.items():
            for _ in range(count):
                number += 1
                worker = WORKER if TEAMS[area] == TEAM else ""
                lines.append(f"CF-{number},{area},{TEAMS[area]},{worker},open,no")
        path = self.folder / "cases.csv"
        path.write_text("\n".join([*lines, LEFT_OUT, ""]))
        return path

    def audit(self, *, selected: bool) -> Any:
        """The first of the released audits that was drawn for quality assurance, or of the team's that was not."""
        rows = self.council.ask(lambda question: audits.of_cycle(question.connection, PERIOD))
        return next(row for row in rows if row.selected == selected and (selected or row.case_ref <= LAST_OF_TEAM))

    def manager(self, case: str) -> str:
        """The Practice Manager who has the remedial actions of a case."""
        return self.council.holders(self.council.task(REMEDY, case))[0]

    def reviewer(self, case: str) -> str:
        """The officer who is given the review of a case's actions, or the first of those who may take it."""
        task = self.council.task("Review the remedial actions", case)
        return task.assignee or self.council.holders(task)[0]

    def shown(self, what: str) -> dict[str, Any]:
        """The titles or the weights of every page that anybody saw, by address."""
        return {address: one for desk in self.desks for address, one in getattr(desk, what).items()}
