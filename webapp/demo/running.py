"""Sets up the demonstration on this machine, and says who has work there."""

from collections.abc import Iterator
from pathlib import Path

from engine.service import accounts, composition, inbox
from engine.service.engine import Engine
from webapp.demo import past


def set_up(path: Path, fresh: bool = False) -> Engine:
    """Return an engine over the demonstration council in the SQLite file `path`: the one that stands there, brought up
    to date, or with `fresh` a new one that has just lived two months. DatabaseUnusable.
    """
    if fresh:
        _remove(path)
    is_new = not path.exists()
    url = f"sqlite:///{path}"
    composition.upgrade(url)
    engine = composition.open_ready_council(url)
    if is_new:
        _live(engine, path)
    return engine


def whose_work(engine: Engine) -> Iterator[str]:
    """Yield a line for everybody who has work: the name, the post and the first task."""
    for person in accounts.everybody(engine):
        page = inbox.open_inbox(engine, person.username)
        if page.total:
            yield f"{person.name:8} {person.post}: {page.rows[0].task.title}"


def _live(engine: Engine, path: Path) -> None:
    """Let the council live; a half-lived one is not left behind."""
    try:
        past.live(engine)
    except BaseException:
        engine.database.close()
        _remove(path)
        raise


def _remove(path: Path) -> None:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
