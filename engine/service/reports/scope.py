"""What a report is made about: a month, a person or a team where it asks for one, and the audit period it rests on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from engine.domain.calendar import FIRST_YEAR, LAST_YEAR, start_of_day
from engine.domain.estimates import Rules
from engine.domain.strata import Stratum
from engine.errors import NotFound
from engine.service.audits import figures
from engine.service.command import Question
from engine.store import cases, cycles, events, reporting

RULES: Final = "report_rules"
EDITION: Final = "edition"


@dataclass(frozen=True)
class Scope:
    """The month `period` ("2026-11"), and whom or what the report is about besides."""

    question: Question
    period: str
    person: str | None = None
    team: str | None = None

    def __post_init__(self) -> None:
        """Refuse what is no month: NotFound."""
        first_of(self.period)

    @property
    def first(self) -> date:
        """The first day of the month."""
        return first_of(self.period)

    @property
    def since(self) -> datetime:
        """The beginning of the month in Europe/London."""
        return start_of_day(self.first)

    @property
    def until(self) -> datetime:
        """The end of the month: the beginning of the next."""
        return start_of_day(after(self.first, 1))

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What several subjects of the same report ask for, by its name: it is looked up once."""
        return {}

    @cached_property
    def _grades(self) -> dict[str, Mapping[str, Any]]:
        return {}

    def grade(self, grade: str) -> Mapping[str, Any]:
        """Return what grades.dmn says of a grade: its `label`, its `rank` (higher is better) and `good_or_better`."""
        if grade not in self._grades:
            self._grades[grade] = self.question.decide(figures.GRADES, grade=grade.replace("_", " "))
        return self._grades[grade]

    def label(self, grade: str) -> str:
        """Return a grade as grades.dmn calls it."""
        return str(self.grade(grade).get("label", grade))

    def name(self, username: str) -> str:
        """Return a person's name; their username when the directory knows them no more."""
        person = self.question.directory.people.get(username)
        return username if person is None else str(person.name)

    def said(self, subject: str, word: str) -> str:
        """Return a single word of a subject as the policy in force says it; the word itself when it says none."""
        words = self.question.policy.words.get(subject)
        return word if words is None else words.words.get(word, word)

    def months_back(self, number: int) -> datetime:
        """Return the beginning of the months, `number` in all, that end with this one."""
        return start_of_day(after(self.first, 1 - number))

    @cached_property
    def months(self) -> int:
        """How many months are looked back on, by report_rules.dmn."""
        return int(self.rule("months_looked_back"))

    def rule(self, name: str) -> float:
        """Return a number of report_rules.dmn."""
        return float(self.question.decide(RULES, rule=name)["number"])

    @cached_property
    def rules(self) -> Rules:
        """How estimates for all cases together are made."""
        return Rules(level=self.rule("confidence"))

    @cached_property
    def rules_of_groups(self) -> Rules:
        """How estimates for a group of cases are made: withheld where there are too few (suppress.min_n)."""
        return Rules(level=self.rule("confidence"), suppress_below=int(self.rule("suppress_below")))

    @cached_property
    def cycles(self) -> list[Any]:
        """The audit periods up to this month of which a sample was drawn, newest first."""
        rows = cycles.every(self.question.connection)
        return [row for row in rows if row.id <= self.period and row.certificate is not None]

    @cached_property
    def reported(self) -> list[Any]:
        """Those of them that have reached an edition; when none has, the newest, whose audits are still under way."""
        return [row for row in self.cycles if row.state in figures.EDITIONS] or self.cycles[:1]

    @property
    def cycle(self) -> Any | None:
        """The newest audit period that can be reported on, None before the first sample."""
        return self.reported[0] if self.reported else None

    def reliance(self, subject: str, alpha: float | None) -> str | None:
        """Return in words how far an alpha may be relied on, by report_rules.dmn; None for none (statistics 3.4)."""
        if alpha is None:
            return None
        levels = ("dependable", "tentative")
        return self.said(subject, next((one for one in levels if alpha >= self.rule(one)), "to_discuss"))

    @cached_property
    def _cases_of_team(self) -> frozenset[str]:
        return frozenset() if self.team is None else frozenset(cases.of_team(self.question.connection, self.team))

    def is_ours(self, case: str | None) -> bool:
        """Whether a case belongs to the team that the report is about; every case does where it is about none."""
        return self.team is None or case in self._cases_of_team

    def ours(self, rows: Iterable[Any]) -> list[Any]:
        """Return the rows whose case belongs to the team that the report is about (A-25: the team it has now)."""
        return [row for row in rows if self.is_ours(row.case_ref)]

    @cached_property
    def _audits(self) -> dict[str, list[Any]]:
        known: dict[str, list[Any]] = {row.id: [] for row in self.cycles[: self.months]}
        for audit in reporting.audits_of_cycles(self.question.connection, list(known)):
            known[audit.cycle].append(audit)
        return known

    def audits(self, row: Any) -> list[Any]:
        """Return the audits of a period that is looked back on, of all teams, with the team that holds each case."""
        return self._audits[row.id]

    @cached_property
    def _done(self) -> dict[str, list[Any]]:
        return {}

    def done(self, row: Any) -> list[Any]:
        """Return the graded audits of a period that its newest edition rests on, of all teams."""
        if row.id not in self._done:
            until = self.cut_off(row)
            self._done[row.id] = [one for one in self.audits(row) if figures.is_done(one, until)]
        return self._done[row.id]

    def strata(self, row: Any, judge: Callable[[Any], float | None]) -> list[Stratum]:
        """Return what the audits of a period say by stratum; cases of other teams are outside of what is asked."""
        return figures.strata_of(
            row, self.done(row), lambda audit: judge(audit) if self.is_ours(audit.case_ref) else None
        )

    def cut_off(self, row: Any) -> datetime | None:
        """Return when the provisional edition of a period was closed, while that is the last; None otherwise (R-62)."""
        if row.state != "provisional":
            return None
        since = start_of_day(row.reference_date)
        found = events.kinds_since(self.question.connection, f"cycle {row.id}", EDITION, since)
        moments = [one.at for one in found if one.details.get(EDITION) == "provisional"]
        return moments[0] if moments else None


def first_of(period: str) -> date:
    """Return the first day of a month such as "2026-11"; NotFound for what is none."""
    year, _, month = period.partition("-")
    if not (len(year) == 4 and len(month) == 2 and (year + month).isdecimal() and 1 <= int(month) <= 12):
        raise NotFound(what=f"month {period}: write it as 2026-11")
    if not FIRST_YEAR < int(year) < LAST_YEAR:
        raise NotFound(what=f"month {period} in the calendar")
    return date(int(year), int(month), 1)


def after(day: date, months: int) -> date:
    """Return the first day of the month so many months later (earlier when negative)."""
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def month_of(day: date) -> str:
    """Return the month of a day as "2026-11"."""
    return f"{day:%Y-%m}"


def in_words(period: str) -> str:
    """Return "November 2026" for "2026-11"."""
    return f"{first_of(period):%B %Y}"


def span(first: str, last: str) -> str:
    """Return "October 2026 to November 2026", or one month alone."""
    return in_words(last) if first == last else f"{in_words(first)} to {in_words(last)}"
