"""Sets up the demonstration on this machine, and says who has work there."""

from collections.abc import Iterator
from pathlib import Path

from engine.service import composition
from engine.service.engine import Engine
from engine.service.inboxes import waiting
from webapp.demo import past
from webapp.demo.past import Told


def set_up(path: Path, fresh: bool = False, days: int = past.DAYS, told: Told = lambda _day: None) -> Engine:
    """Return an engine over the demonstration council in the SQLite file `path`: the one that stands there, brought up
    to date, or with `fresh` a new one that has just lived for so many days. `told` hears of each month.
    DatabaseUnusable.
    """
    if fresh:
        _remove(path)
    is_new = not path.exists()
    url = f"sqlite:///{path}"
    composition.upgrade(url)
    engine = composition.open_ready_council(url)
    if is_new:
        _live(engine, path, days, told)
    return engine


def whose_work(engine: Engine) -> Iterator[str]:
    """Yield a line for everybody who has work: the name, the post and the first task."""
    for one in waiting.for_everybody(engine):
        if one.tasks:
            yield f"{one.person.name:8} {one.person.post}: {one.tasks[0].title}"


def _live(engine: Engine, path: Path, days: int, told: Told) -> None:
    """Let the council live; a half-lived one is not left behind."""
    try:
        past.live(engine, days, told)
    except BaseException:
        engine.database.close()
        _remove(path)
        raise


def _remove(path: Path) -> None:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
