"""What the commands about what goes out have in common: how much of it there is, and what could not be sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.commands.output import counted, print_json, say, show_table


def tell(
    one: str,
    counts: Mapping[str, int],
    failed: Sequence[Mapping[str, Any]],
    headings: Sequence[str],
    *,
    again: int | None,
    json_wanted: bool,
) -> None:
    """Print how many there are by status, a table of those that `failed`, and how many are tried `again` (None when
    nobody asked), or all of it as JSON. `one` is what one of them is called.
    """
    if json_wanted:
        print_json({f"{one}s": counts, "failed": failed, "tried_again": again or 0})
        return
    show_table(("status", f"{one}s"), sorted(counts.items())) if counts else say(f"There are no {one}s yet.")
    if failed:
        show_table(headings, [tuple(row.values()) for row in failed])
    if again is not None:
        say(f"{counted(again, one)} to be tried again.")
