"""What one run of an expression may still spend."""

from collections.abc import Callable, Mapping
from typing import Final

from engine.bpmn.language.values import LanguageError, admit

MOST_STEPS: Final = 20_000
CHARACTERS_A_STEP: Final = 20


class Meter:
    """The steps left to one run, and the host's functions it may call.

    A step is one operation, one item gone through, or twenty characters of text.
    """

    __slots__ = ("functions", "left")

    def __init__(self, functions: Mapping[str, Callable[..., object]]) -> None:
        self.functions = functions
        self.left = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Take `steps` from what is left. Raises LanguageError when there are not enough."""
        self.afford(steps)
        self.left -= steps

    def afford(self, steps: int) -> None:
        """Raise LanguageError when fewer than `steps` are left."""
        if steps > self.left:
            raise LanguageError(
                f"it takes more than {MOST_STEPS:,} steps", "Use shorter lists and texts, or split the rule."
            )

    def spend_on_text(self, characters: int) -> None:
        """Pay for reading or building so many characters. Raises LanguageError."""
        self.spend(1 + characters // CHARACTERS_A_STEP)

    def spend_on(self, value: object) -> None:
        """Pay for reading all parts of a value, however deep. Raises LanguageError, also for what is not plain data."""
        pending = [value]
        while pending:
            one = pending.pop()
            if type(one) is str:
                self.spend_on_text(len(one))
                continue
            self.spend(1)
            if type(one) is list:
                self.afford(len(one))
                pending += one
            elif type(one) is dict:
                self.afford(len(one))
                pending += one.values()
            else:
                admit(one)
