"""A decision table as boxes in the space of all cases that its cells tell apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from engine.bpmn.decisions.answers import Answer, accepted, answers_told_apart, is_literal, is_plain
from engine.bpmn.decisions.cover import Box, Case, Cover, common_case, is_within
from engine.bpmn.decisions.table import Decision, Rule
from engine.bpmn.language.expressions import Language

MOST_OVERLAPS: Final = 20
MOST_TRIALS: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Question:
    """The columns that ask the same expression."""

    label: str
    columns: tuple[int, ...]
    answers: tuple[Answer, ...]


class Grid:
    """The cases of a table whose cells all compile.

    A cell that asks more than its input (another fact, a function) may or may not fit: `sure` boxes leave such
    cells out, `possible` boxes count them as fitting.
    """

    def __init__(self, decision: Decision, language: Language) -> None:
        self._language = language
        self._cover = Cover()
        self._plain = {cell: is_plain(cell) for rule in decision.rules for cell in rule.inputs if cell}
        self._accepted: dict[tuple[int, str], frozenset[int]] = {}
        self._questions = self._asked(decision)
        self._space: Box = tuple(frozenset(range(len(one.answers))) for one in self._questions)
        self._possible = [self._possible_box(rule) for rule in decision.rules]
        self._sure = [self._sure_box(rule, box) for rule, box in zip(decision.rules, self._possible, strict=True)]

    def uncertain_case(self) -> str | None:
        """Return a case that no rule surely fits, in words ("" for any); None when every case has its rule."""
        case = self._cover.uncovered_case(self._sure, self._space)
        if case is None:
            return "" if self._cover.gave_up else None
        return self._words(case)

    def gap(self) -> str | None:
        """Return a case of answers named in the table that no rule can fit, in words; None when none was found."""
        named = tuple(
            frozenset(place for place in side if question.answers[place].is_named)
            for side, question in zip(self._space, self._questions, strict=True)
        )
        case = self._cover.uncovered_case(self._possible, named)
        return None if case is None else self._words(case)

    def overlaps(self) -> Iterator[tuple[int, int, str]]:
        """Yield pairs of rules (by place) that surely fit the same case, with the case; at most twenty."""
        pairs = ((earlier, later) for later in range(len(self._sure)) for earlier in range(later))
        cases = ((one, other, common_case(self._sure[one], self._sure[other])) for one, other in pairs)
        found = ((one, other, self._words(case)) for one, other, case in cases if case is not None)
        yield from islice(found, MOST_OVERLAPS)

    def is_impossible(self, place: int) -> bool:
        """Whether no case fits the rule."""
        return not all(self._possible[place])

    def hidden_by(self, place: int) -> int | None:
        """Return the place of an earlier rule that fits whatever this rule fits, None when there is none."""
        box = self._possible[place]
        return next((earlier for earlier in range(place) if is_within(box, self._sure[earlier])), None)

    def is_hidden(self, place: int) -> bool:
        """Whether the earlier rules together fit whatever this rule fits."""
        return self._cover.is_covered(self._sure[:place], self._possible[place])

    def _asked(self, decision: Decision) -> tuple[_Question, ...]:
        columns: dict[str, list[int]] = {}
        for column, one in enumerate(decision.inputs):
            columns.setdefault(" ".join(one.expression.split()), []).append(column)
        return tuple(self._question(decision, tuple(places)) for places in columns.values())

    def _question(self, decision: Decision, columns: tuple[int, ...]) -> _Question:
        cells = {rule.inputs[column] for rule in decision.rules for column in columns}
        answers = answers_told_apart(
            sorted(cell for cell in cells if self._plain.get(cell)),
            [decision.inputs[column].type for column in columns],
        )
        compared = {cell for cell in cells if self._plain.get(cell) and not is_literal(cell)}
        if len(compared) * len(answers) > MOST_TRIALS:
            self._plain.update(dict.fromkeys(compared, False))
        return _Question(decision.inputs[columns[0]].label, columns, answers)

    def _possible_box(self, rule: Rule) -> Box:
        return tuple(
            side.intersection(*(self._accepts(place, cell) for cell in self._cells(rule, place) if self._plain[cell]))
            for place, side in enumerate(self._space)
        )

    def _sure_box(self, rule: Rule, possible: Box) -> Box:
        return tuple(
            side if all(self._plain[cell] for cell in self._cells(rule, place)) else frozenset()
            for place, side in enumerate(possible)
        )

    def _cells(self, rule: Rule, place: int) -> list[str]:
        return [rule.inputs[column] for column in self._questions[place].columns if rule.inputs[column]]

    def _accepts(self, place: int, cell: str) -> frozenset[int]:
        key = (place, cell)
        if key not in self._accepted:
            self._accepted[key] = accepted(cell, self._questions[place].answers, self._language)
        return self._accepted[key]

    def _words(self, case: Case) -> str:
        answers = [(one.label, one.answers[place].words) for one, place in zip(self._questions, case, strict=True)]
        return " and ".join(f"{label} is {words}" for label, words in answers if words)
