"""What the sandbox's tests share: hostile surroundings, and what no run may ever do."""

import gc
import json
import math
import time
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.bpmn.language.expressions import Language
from engine.errors import ExpressionRefused

SECRET = "a-secret-of-the-host"
MARK = "words-about-a-child"
MOST_SECONDS = 0.1
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Payload:
    mode: str
    kind: str
    text: str
    name: str
    outcome: str = ""


class Case:
    """A host object that must stay out of reach."""

    def __init__(self) -> None:
        self.ref = "CF-1"
        self.__key = SECRET

    def helper(self) -> str:
        return self.__key

    def __eq__(self, other: object) -> bool:
        raise AssertionError("an expression reached the host's own code")

    def __hash__(self) -> int:
        return 1


def read_lines(file: str) -> Iterator[list[str]]:
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            fields = line.split("\t")
            yield [*fields[:-1], fields[-1].replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")]


def shared_corpus() -> list[Payload]:
    return [Payload(mode, kind, text, name) for name, mode, kind, _, text in read_lines("sandbox_corpus.txt")]


def own_attacks() -> list[Payload]:
    lines = read_lines("sandbox_attacks.txt")
    return [
        Payload(mode, kind, text, f"{kind}-{place}", outcome) for place, (mode, kind, outcome, text) in enumerate(lines)
    ]


def nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def names() -> dict[str, Any]:
    case = Case()
    return {
        "score": 3,
        "name": "Ann",
        "grades": ["good", "inadequate", MARK],
        "items": [1, 2, 3],
        "closed": False,
        "data": {"flag": False, "deeper": {"list": [1, 2]}},
        "case": case,
        "mod": types,
        "datetime": time,
        "module": json,
        "function": Case.helper,
        "big": list(range(1000)),
        "long": "a" * 10_000,
        "other_long": "a" * 4_999 + "b",
        "deep": nested(5_000),
        "other_deep": nested(5_000),
        "huge": 10**4_000,
        "wide": list(range(1001)),
        "nan": math.nan,
        "nul": "a\0b",
        "surrogate": "\ud800",
        "rows": [{"grade": "good", "days": n, "notes": MARK} for n in range(1000)],
        "left": [list(range(100)) for _ in range(90)],
        "right": [list(range(100)) for _ in range(90)],
        "reserved": {"typename": "Task"},
        "odd_keys": {1: 2},
        "alien": {"inner": case, "again": case, "many": [case]},
        "len": MARK,
        "wd": MARK,
        "__builtins__": {"open": open},
        "_meter": None,
    }


def functions() -> dict[str, Any]:
    def wd(n: int, m: int = 0) -> int:
        return n + m

    def broken() -> None:
        raise SystemError(MARK)

    def spill(text: str) -> None:
        raise ValueError(f"{text} {MARK}")

    def cyclic() -> list[Any]:
        value: list[Any] = []
        value.append(value)
        return value

    return {
        "wd": wd,
        "lucky": lambda: (1, (2,)),
        "lend": Case,
        "broken": broken,
        "cyclic": cyclic,
        "spill": spill,
    }


def run(language: Language, mode: str, text: str, data: dict[str, Any]) -> object:
    if mode == "exec":
        return language.execute(text, data)
    if mode == "cell":
        return language.matches(text, data["score"], data)
    return language.evaluate(text, data)


def judged(language: Language, mode: str, text: str, data: dict[str, Any]) -> object:
    """Run a payload; return its value or its refusal, having checked all that holds for every payload."""
    before = frozen(data)
    outcome = measured(language, mode, text, data)
    assert frozen(data) == before, f"the data was changed by {text!r}"
    return outcome


def measured(language: Language, mode: str, text: str, data: dict[str, Any]) -> object:
    """Run a payload like `judged`, but leave it to the caller to see that the data stays as it is.

    Garbage of other tests is not collected meanwhile: its time is none of the payload's.
    """
    gc.disable()
    begin = time.thread_time()
    try:
        outcome = run(language, mode, text, data)
    except ExpressionRefused as refusal:
        outcome = refusal
    finally:
        seconds = time.thread_time() - begin
        gc.enable()
    assert seconds < MOST_SECONDS, f"{seconds:.3f} s for {text!r}"
    if isinstance(outcome, ExpressionRefused):
        assert_refusal(outcome, text)
    else:
        assert_plain(outcome)
    return outcome


def frozen(data: dict[str, Any]) -> object:
    """Return a picture of the data in which a change would show."""
    return [(key, id(value), shape(value)) for key, value in data.items()]


def shape(value: Any) -> object:
    if isinstance(value, list):
        return len(value), [shape(one) for one in value[:5]] if len(value) != 1 else None
    if isinstance(value, dict):
        return [(key, shape(one)) for key, one in value.items()]
    return vars(value).copy() if isinstance(value, Case) else repr(value)[:40]


def assert_refusal(refusal: ExpressionRefused, text: str) -> None:
    told = f"{refusal.details['reason']} {refusal.details['remedy']}"
    assert refusal.details["remedy"].strip().endswith(".")
    assert len(refusal.sentence) < 1_200
    for value in (SECRET, MARK, "Ann", "inadequate"):
        assert value not in told or value in text, f"a value is told: {told}"
    assert refusal.__cause__ is None
    assert refusal.__context__ is None


def assert_plain(value: object, depth: int = 0) -> None:
    assert depth <= 41
    if isinstance(value, list):
        assert type(value) is list and len(value) <= 1000
        for one in value:
            assert_plain(one, depth + 1)
    elif isinstance(value, dict):
        assert type(value) is dict and len(value) <= 1000
        for key, one in value.items():
            assert type(key) is str and key != "typename" and not key.startswith("__")
            assert_plain(one, depth + 1)
    else:
        assert_scalar(value)


def assert_scalar(value: object) -> None:
    assert type(value) in (str, int, float, bool, type(None)), type(value)
    if type(value) is int:
        assert abs(value) < 2**63
    elif type(value) is float:
        assert math.isfinite(value)
    elif type(value) is str:
        assert len(value) <= 10_000 and "\0" not in value
        assert SECRET not in value
        value.encode("utf-8")
