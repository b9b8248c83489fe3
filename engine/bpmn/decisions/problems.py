"""What must be mended in a decision table before it can be deployed."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn.decisions.answers import syntax_of
from engine.bpmn.decisions.file import read_decision
from engine.bpmn.decisions.grid import Grid
from engine.bpmn.decisions.table import COLLECT, FIRST, UNIQUE, Decision
from engine.bpmn.language.cells import asks_input
from engine.bpmn.language.expressions import Language
from engine.bpmn.language.text import Kind
from engine.domain.problems import Problem
from engine.errors import ExpressionRefused, Unreadable


def problems_of_decision(file: str, xml: bytes, language: Language) -> list[Problem]:
    """Return everything that must be mended in the table of a DMN file, in order; empty when nothing.

    Cells are compiled, never run with the host's functions. Gaps, overlaps and rows that are never reached are
    looked for when all cells compile, as far as they compare their inputs with literals. Nothing is raised.
    """
    try:
        decision = read_decision(file, xml)
    except Unreadable as refusal:
        return [Problem(file, "", "unreadable", refusal.sentence)]
    check = _Check(file, decision, language)
    found = [*check.names(), *check.rule_ids(), *check.cells()]
    return found or list(check.coverage())


@dataclass(frozen=True)
class _Check:
    file: str
    decision: Decision
    language: Language

    def names(self) -> Iterator[Problem]:
        """Yield what is wrong with the names of the outputs."""
        repeated = Counter(output.name for output in self.decision.outputs)
        for output in self.decision.outputs:
            where = f'The output column "{output.label}"'
            if not output.name:
                yield self._problem("", "output-name", f"{where} has no name. Give it one, such as due_in_days.")
                continue
            try:
                read = self.language.reads(output.name)
            except ExpressionRefused as refusal:
                yield self._problem("", "output-name", f"{where} cannot have this name: {refusal.sentence}")
                continue
            if read != {output.name} or output.name == "typename":
                message = f"{where} is named {output.name}. Use a to z, 0 to 9 and _ only, and not typename."
                yield self._problem("", "output-name", message)
            elif repeated[output.name] > 1:
                yield self._problem("", "output-name", f"{where} has the name of another. Give it its own.")

    def rule_ids(self) -> Iterator[Problem]:
        """Yield the rows without an id of their own."""
        seen: dict[str, int] = {}
        for place, rule in enumerate(self.decision.rules):
            if not rule.id:
                yield self._problem("", "rule-id", f"{self._row(place)} has no id. Give it a short name that stays.")
            elif seen.setdefault(rule.id, place) != place:
                message = f"{self._row(place)} has the id of row {seen[rule.id] + 1}. Give it an id of its own."
                yield self._problem(rule.id, "rule-id", message)

    def cells(self) -> Iterator[Problem]:
        """Yield the questions and cells that do not compile or say something else than they seem to."""
        asked: set[str] = set()
        for one in self.decision.inputs:
            where = f'The input column "{one.label}"'
            yield from self._uncompiled("", where, one.expression, "expression")
            asked |= self._reads(one.expression, "expression")
        for place, rule in enumerate(self.decision.rules):
            for column, cell in zip(self.decision.inputs, rule.inputs, strict=True):
                if cell:
                    yield from self._asking(place, column.label, column.type, cell, asked)
            for output, cell in zip(self.decision.outputs, rule.outputs, strict=True):
                yield from self._answering(place, output.label, cell, asked)

    def coverage(self) -> Iterator[Problem]:
        """Yield cases without a rule, cases with two, and rows that are never reached."""
        grid = Grid(self.decision, self.language)
        yield from self._gaps(grid)
        if self.decision.hit_policy == UNIQUE:
            yield from self._overlaps(grid)
        for place, rule in enumerate(self.decision.rules):
            if grid.is_impossible(place):
                message = f"{self._row(place)} fits no case, for its cells contradict each other. Correct or remove it."
                yield self._problem(rule.id, "unreachable", message)
            elif self.decision.hit_policy == FIRST:
                yield from self._hidden(grid, place)

    def _asking(self, place: int, label: str, kind: str, cell: str, asked: set[str]) -> Iterator[Problem]:
        where = f'{self._row(place)}, column "{label}",'
        refused = list(self._uncompiled(self.decision.rules[place].id, where, cell, "cell"))
        yield from refused
        if refused:
            return
        syntax = syntax_of(cell)
        if kind != "boolean" and isinstance(syntax, ast.Compare | ast.BoolOp) and not asks_input(syntax):
            message = f"{where} asks {cell} without the input. Write a comparison such as >= 3, or use ? for the input."
            yield self._problem(self.decision.rules[place].id, "bad-cell", message)
        yield from self._unknown(place, where, self._reads(cell, "cell") - asked)

    def _answering(self, place: int, label: str, cell: str, asked: set[str]) -> Iterator[Problem]:
        where = f'{self._row(place)}, output column "{label}",'
        if not cell:
            message = f'{where} is empty. Write None, or a value such as "Good".'
            yield self._problem(self.decision.rules[place].id, "bad-cell", message)
            return
        yield from self._uncompiled(self.decision.rules[place].id, where, cell, "expression")
        yield from self._unknown(place, where, self._reads(cell, "expression") - asked)

    def _unknown(self, place: int, where: str, names: set[str]) -> Iterator[Problem]:
        for name in sorted(names):
            message = (
                f"{where} names {name}, which no input column asks for. "
                f'Write "{name}" in quotes, or add an input column that asks for {name}.'
            )
            yield self._problem(self.decision.rules[place].id, "unknown-name", message)

    def _gaps(self, grid: Grid) -> Iterator[Problem]:
        if self.decision.hit_policy == COLLECT:
            return
        first = self.decision.hit_policy == FIRST
        case = grid.uncertain_case() if first else grid.gap()
        if case is not None:
            when = f"when {case}" if case else "in every case"
            message = (
                f"No row is sure to fit {when}. Add a last row with empty cells."
                if first
                else f"No row fits {when}. Add a row for it."
            )
            yield self._problem("", "gap", message)

    def _overlaps(self, grid: Grid) -> Iterator[Problem]:
        for earlier, later, case in grid.overlaps():
            when = f" when {case}" if case else ""
            message = (
                f"{self._row(earlier)} and {self._row(later, 'row')} both fit{when}. "
                "Make them differ, or set the hit policy to FIRST."
            )
            yield self._problem(self.decision.rules[later].id, "overlap", message)

    def _hidden(self, grid: Grid, place: int) -> Iterator[Problem]:
        rule = self.decision.rules[place]
        hider = grid.hidden_by(place)
        if hider is not None:
            message = f"{self._row(place)} is never reached: {self._row(hider, 'row')} fits whatever it fits."
        elif not rule.fits_anything and grid.is_hidden(place):
            message = f"{self._row(place)} is never reached: the rows above it fit whatever it fits."
        else:
            return
        yield self._problem(rule.id, "unreachable", f"{message} Remove it, or move it up.")

    def _uncompiled(self, element: str, where: str, source: str, kind: Kind) -> Iterator[Problem]:
        try:
            self.language.check(source, kind)
        except ExpressionRefused as refusal:
            yield self._problem(element, "bad-cell", f"{where} cannot be used: {refusal.sentence}")

    def _reads(self, source: str, kind: Kind) -> set[str]:
        try:
            return set(self.language.reads(source, kind))
        except ExpressionRefused:
            return set()

    def _row(self, place: int, word: str = "Row") -> str:
        return f"{word} {place + 1} ({self.decision.rules[place].id or 'no id'})"

    def _problem(self, element: str, code: str, message: str) -> Problem:
        return Problem(self.file, element or self.decision.id, code, message)
