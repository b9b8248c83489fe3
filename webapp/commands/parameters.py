"""What commands are given besides plain words: moments and folders."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import click

from engine.domain.calendar import FIRST_YEAR, LAST_YEAR, LONDON

MORNING: Final = time(9)


class MomentType(click.ParamType[datetime]):
    """A moment as people write it; without an offset it is meant in Europe/London, without a time at nine o'clock."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the aware moment, or tell how to write one."""
        if isinstance(value, datetime):
            return value
        try:
            moment = _read(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no moment. Write it like 2026-12-10 or 2026-12-10T09:30.", param, ctx)
        if not FIRST_YEAR < moment.year < LAST_YEAR:
            self.fail(f"{value!r} lies outside the years that the calendar knows.", param, ctx)
        return moment


def _read(text: str) -> datetime:
    if len(text) == len("2026-12-10"):
        return datetime.combine(date.fromisoformat(text), MORNING, LONDON)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LONDON)


MOMENT = MomentType()
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def shown(moment: datetime) -> str:
    """Return a moment in words, by the clock in London."""
    return f"{moment.astimezone(LONDON):%A %-d %B %Y, %H:%M}"
