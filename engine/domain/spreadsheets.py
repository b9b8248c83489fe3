"""Texts that a spreadsheet would run: what begins like a formula is kept from being one (OWASP, CSV injection)."""

import re
from typing import Final

_FORMULA: Final = re.compile(r"[\s\x00-\x1f]*[=+\-@|%＝＋－＠]|[\t\r]")


def guarded(cell: object) -> object:
    """Return a cell of a CSV file with an apostrophe before a text that begins like a formula; others as they are."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
