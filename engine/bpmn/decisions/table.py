"""Decision tables: rules in rows, and the answer for given facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.bpmn.language.check import Compiled
from engine.bpmn.language.expressions import Language
from engine.bpmn.language.text import Kind
from engine.errors import ExpressionRefused

FIRST = "FIRST"
UNIQUE = "UNIQUE"
COLLECT = "COLLECT"
HIT_POLICIES = (FIRST, UNIQUE, COLLECT)


@dataclass(frozen=True, slots=True)
class Input:
    """A column that asks: an expression over the facts, its heading and the type its editor noted ("number")."""

    expression: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Output:
    """A column that answers, by the name its value gets."""

    name: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: one cell for each input ("" fits anything), one expression for each output, and why it is so."""

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    description: str

    @property
    def fits_anything(self) -> bool:
        """Whether every input cell is empty."""
        return not any(self.inputs)


@dataclass(frozen=True)
class Decision:
    """A decision table. `hit_policy` is FIRST, UNIQUE or COLLECT.

    Decisions never change, so each cell is compiled once for each set of functions.
    """

    id: str
    title: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    hit_policy: str
    rules: tuple[Rule, ...]
    _plans: dict[frozenset[str], "_Plan"] = field(default_factory=dict, init=False, repr=False, compare=False)

    def decide(self, facts: Mapping[str, object], language: Language) -> dict[str, object] | list[dict[str, object]]:
        """Return the outputs of the first rule that fits, {} when none does; with COLLECT one record for each
        rule that fits, in rule order. Raises ExpressionRefused naming the rule.
        """
        plan = self._plans.get(language.names) or self._planned(language)
        answers = plan.answers(facts, language)
        return list(answers) if self.hit_policy == COLLECT else next(answers, {})

    def variables(self, facts: Mapping[str, object], language: Language) -> dict[str, object]:
        """Return the answer as variables of a process: of a COLLECT table each output is a list with an item for
        each rule that fits; {} when none does. Raises ExpressionRefused.
        """
        answer = self.decide(facts, language)
        if isinstance(answer, dict):
            return answer
        return {one.name: [row[one.name] for row in answer] for one in self.outputs if answer}

    def _planned(self, language: Language) -> "_Plan":
        return self._plans.setdefault(language.names, _Plan(self, language))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A compiled cell of a column."""

    column: int
    source: str
    compiled: Compiled


class _Plan:
    """A table compiled for one set of functions: the cells that ask, and those that answer, row by row."""

    def __init__(self, decision: Decision, language: Language) -> None:
        self._decision = decision
        self._inputs = _cells([one.expression for one in decision.inputs], language, "expression")
        self._rows = [
            (_cells(rule.inputs, language, "cell"), _cells(rule.outputs, language, "expression"))
            for rule in decision.rules
        ]

    def answers(self, facts: Mapping[str, object], language: Language) -> Iterator[dict[str, object]]:
        """Yield the outputs of each rule that fits. Raises ExpressionRefused naming the rule."""
        given: dict[int, object] = {}
        for place, (asking, answering) in enumerate(self._rows):
            try:
                if not all(self._fits(cell, given, facts, language) for cell in asking):
                    continue
                answer = [language.run(cell.source, cell.compiled, facts) for cell in answering]
            except ExpressionRefused as refusal:
                located = self._located(refusal, place)
            else:
                yield {output.name: value for output, value in zip(self._decision.outputs, answer, strict=True)}
                continue
            raise located

    def _fits(self, cell: _Cell, given: dict[int, object], facts: Mapping[str, object], language: Language) -> bool:
        if cell.column not in given:
            asked = self._inputs[cell.column]
            given[cell.column] = language.run(asked.source, asked.compiled, facts)
        value = given[cell.column]
        if cell.compiled.named is not None and not isinstance(value, list | dict):
            return value in cell.compiled.named
        return bool(language.run(cell.source, cell.compiled, facts, value))

    def _located(self, refusal: ExpressionRefused, place: int) -> ExpressionRefused:
        where = f"in rule {place + 1} ({self._decision.rules[place].id}) of the table {self._decision.title}"
        return ExpressionRefused(**{**refusal.details, "source": f"{refusal.details['source']} {where}"})


def _cells(sources: Sequence[str], language: Language, kind: Kind) -> list[_Cell]:
    return [
        _Cell(column, source, language.compiled(source, kind))
        for column, source in enumerate(sources)
        if source or kind == "expression"
    ]
