"""The small language of process owners: conditions, scripts and cells that always end, within bounds.

Values are plain JSON. There are no methods, loops, definitions or imports; the only functions are those of
`expression_functions` and those the host hands in. Whatever goes wrong leaves as ExpressionRefused, which names what
to write instead and never a value from the data.
"""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Final, NoReturn

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment

from engine.bpmn.language.check import Compiled, compile_source
from engine.bpmn.language.functions import STANDARD
from engine.bpmn.language.grammar import METER
from engine.bpmn.language.meter import Meter
from engine.bpmn.language.remedies import refused_exception
from engine.bpmn.language.runtime import GUARDS
from engine.bpmn.language.text import INPUT, Kind
from engine.bpmn.language.values import LanguageError, admit, plain, plain_record, same
from engine.errors import ExpressionRefused

_MOST_SHOWN: Final = 80
_MOST_NAMES: Final = 12
_MOST_CLOSE: Final = 3
_MOST_LOOKED_AT: Final = 500
_MOST_COMPARED: Final = 50
_ROOM: Final = dict(GUARDS)
_NO_NAMES: Final[Mapping[str, object]] = {}


class Language:
    """The language with the functions of one command.

    A function of the host gets copies of plain JSON values and answers with plain JSON. It may raise
    ExpressionRefused to explain itself; any other exception is told without its message, which might hold a value.
    A value whose name is also a function's cannot be read: the function wins. `names` are those of all functions.
    """

    __slots__ = ("functions", "names")

    def __init__(self, functions: Mapping[str, Callable[..., object]]) -> None:
        self.functions = functions
        self.names = _known_once(frozenset(functions))

    def check(self, source: str, kind: Kind = "expression") -> None:
        """Compile without running. Raises ExpressionRefused, saying what to write instead."""
        self.compiled(source, kind)

    def reads(self, source: str, kind: Kind = "expression") -> frozenset[str]:
        """Return the names a source reads from the data. Raises ExpressionRefused."""
        return frozenset(self.compiled(source, kind).reads)

    def evaluate(self, source: str, names: Mapping[str, object]) -> object:
        """Return the value of an expression as plain JSON that shares nothing with `names`. ExpressionRefused."""
        return self.run(source, self.compiled(source, "expression"), names)

    def matches(self, cell: str, value: object, names: Mapping[str, object]) -> bool:
        """Whether a decision table's cell fits `value`, its column's input. Raises ExpressionRefused."""
        return bool(self.run(cell, self.compiled(cell, "cell"), names, value))

    def execute(self, script: str, names: Mapping[str, object]) -> dict[str, object]:
        """Return what a script sets: the names that are new or changed, with plain JSON values.

        `names` stays as it is, so a refused script changes nothing. Raises ExpressionRefused.
        """
        compiled = self.compiled(script, "script")
        try:
            room = self._room(compiled, names)
            exec(compiled.code, room)  # noqa: S102 (code of this grammar alone, which holds no call but to guards)
            written = plain_record({name: room[name] for name in compiled.writes if name in room})
            return {name: new for name, new in written.items() if name not in names or not same(names[name], new)}
        except Exception as error:
            refusal = self._refusal(script, error, names)
        raise refusal

    def compiled(self, source: str, kind: Kind) -> Compiled:
        """Return the compiled source, kept process-wide. Raises ExpressionRefused."""
        try:
            if not isinstance(source, str):
                raise LanguageError("it is not a text", "Write an expression such as score > 2.")
            return compile_source(source, kind, self.names)
        except Exception as error:
            refusal = self._refusal(source, error, _NO_NAMES)
        raise refusal

    def run(self, source: str, compiled: Compiled, names: Mapping[str, object], given: object = None) -> object:
        """Return the value of compiled code over `names`; `given` is what a cell calls `?`. ExpressionRefused."""
        try:
            room = self._room(compiled, names)
            room[INPUT] = admit(given)
            return plain(eval(compiled.code, room))
        except Exception as error:
            refusal = self._refusal(source, error, names)
        raise refusal

    def _room(self, compiled: Compiled, names: Mapping[str, object]) -> dict[str, object]:
        room: dict[str, object] = {"__builtins__": _ROOM, METER: Meter(self.functions)}
        for name in compiled.reads:
            if name in names:
                room[name] = admit(names[name], name)
        return room

    def _refusal(self, source: object, error: Exception, names: object) -> ExpressionRefused:
        if isinstance(error, ExpressionRefused):
            return error
        fault = error if isinstance(error, LanguageError) else self._explained(error, names)
        return ExpressionRefused(source=_shown(source), reason=fault.reason, remedy=fault.remedy)

    def _explained(self, error: Exception, names: object) -> LanguageError:
        if not isinstance(names, Mapping):
            return LanguageError("the data is not a record", 'Hand in names and values, such as {"score": 3}.')
        if not isinstance(error, NameError):
            return refused_exception(error)
        known = [name for name in islice(names, _MOST_LOOKED_AT) if isinstance(name, str) and _is_name(name)]
        readable = sorted(name for name in known if name not in self.names)
        wanted = str(error.name)
        return LanguageError(
            f"There is no value called '{wanted}' here; known are: {_listed(readable, wanted)}",
            "Correct the name, or set the value before.",
        )


class ScriptEnvironment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]  # SpiffWorkflow ships no types
    """SpiffWorkflow's way to the language: conditions, timers, payloads, correlations, tables and scripts.

    The data of a task goes before what SpiffWorkflow adds of its own (data objects).
    """

    def __init__(self, language: Language) -> None:
        super().__init__({})
        self.language = language

    def evaluate(
        self, expression: str, context: Mapping[str, object], external_context: Mapping[str, object] | None = None
    ) -> object:
        """Return the value of an expression. Raises ExpressionRefused."""
        return self.language.evaluate(expression, {**external_context, **context} if external_context else context)

    def execute(
        self, script: str, context: dict[str, object], external_context: Mapping[str, object] | None = None
    ) -> bool:
        """Run a script and put what it sets into `context`, all of it or, when refused, nothing. ExpressionRefused."""
        names = {**external_context, **context} if external_context else context
        context.update(self.language.execute(script, names))
        return True

    def call_service(self, context: Mapping[str, object], **kwargs: object) -> NoReturn:
        """Raise ExpressionRefused: an expression changes nothing outside; operations belong to the engine."""
        raise ExpressionRefused(
            source=_shown(kwargs.get("operation_name")),
            reason="service operations cannot be called from an expression",
            remedy="Use a service task.",
        )


@lru_cache(maxsize=256)
def _known_once(functions: frozenset[str]) -> frozenset[str]:
    return functions.union(STANDARD)


def _shown(source: object) -> str:
    if not isinstance(source, str):
        return "What is written"
    visible = "".join(character if character.isprintable() else " " for character in source[: _MOST_SHOWN * 2])
    text = " ".join(visible.split())
    return f"'{text[:_MOST_SHOWN]}…'" if len(text) > _MOST_SHOWN else f"'{text}'"


def _is_name(name: str) -> bool:
    return name.isascii() and name.isidentifier() and not name.startswith("_") and len(name) <= _MOST_SHOWN


def _listed(names: list[str], wanted: str) -> str:
    alike = (name for name in names if abs(len(name) - len(wanted)) <= _MOST_CLOSE)
    close = get_close_matches(wanted, list(islice(alike, _MOST_COMPARED)), _MOST_CLOSE)
    first = [*close, *(name for name in names if name not in close)]
    shown = ", ".join(first[:_MOST_NAMES]) or "none"
    return f"{shown} and {len(first) - _MOST_NAMES} more" if len(first) > _MOST_NAMES else shown
