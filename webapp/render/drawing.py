"""A diagram as a picture for a page: names broken into lines, and what is told of each element as a state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.service.overview.standing import Mark
from engine.service.shown import Box, Line, Picture, Shape

LETTER = 5.6
LINE = 13
STATES = ("stopped", "overdue", "waiting", "passed")
SHADES = 4
TOKENS, TIME, LATE = "now", "time", "late"
COUNT, OVERDUE, STANDING_STILL = "count", "late", "stopped"
NARROW, READABLE = 1020.0, 0.6


@dataclass(frozen=True)
class Words:
    """Lines of text around a middle, the first at `y`."""

    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """A shape as it is painted: the name of its `look`, its text, `badges` such as (COUNT, "3"), all of it in `words`,
    and the address of what waits there.
    """

    shape: Shape
    look: str
    text: Words
    badges: tuple[tuple[str, str], ...]
    words: str
    href: str


@dataclass(frozen=True)
class Drawing:
    """A whole picture."""

    picture: Picture
    frames: tuple[Drawn, ...]
    shapes: tuple[Drawn, ...]
    labels: tuple[Words, ...]

    @property
    def is_wide(self) -> bool:
        """Whether a page is too narrow for it."""
        return self.picture.frame.width > NARROW

    @property
    def least_width(self) -> int:
        """How many pixels wide it is at least, so that its names can be read."""
        width = self.picture.frame.width
        return round(width * READABLE if self.is_wide else width)

    @property
    def marks(self) -> dict[str, dict[str, Any]]:
        """What a script needs to put the same marks on the diagram itself, by element."""
        return {
            one.shape.id: {"look": one.look, "badges": one.badges, "words": one.words, "href": one.href}
            for one in self.shapes
            if one.look or one.badges
        }


def drawing_of(
    picture: Picture,
    marks: Mapping[str, Mark],
    passed: frozenset[str] = frozenset(),
    show: str = TOKENS,
    list_at: Callable[[str], str] | None = None,
) -> Drawing:
    """Return the picture with its marks: what waits now, or how long or how late it was in the period.

    `list_at` returns the address of the list of what waits at an element.
    """
    most = max((_amount(mark, show) for mark in marks.values()), default=0)
    drawn = [_drawn(shape, marks.get(shape.id), shape.id in passed, show, most, list_at) for shape in picture.shapes]
    return Drawing(
        picture,
        tuple(one for one in drawn if one.shape.is_frame),
        tuple(one for one in drawn if not one.shape.is_frame),
        tuple(_label(line) for line in picture.lines if line.name),
    )


def told(mark: Mark) -> str:
    """Return what a mark says in words, such as "3 waiting, 1 overdue"."""
    counts = ((mark.waiting, "waiting"), (mark.overdue, "overdue"), (mark.stopped, "stopped"))
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def _drawn(
    shape: Shape, mark: Mark | None, passed: bool, show: str, most: float, list_at: Callable[[str], str] | None
) -> Drawn:
    if show == TOKENS:
        look, badges = _state(mark, passed), () if mark is None else _counts(mark)
        words = "" if mark is None else told(mark)
    else:
        amount = 0 if mark is None else _amount(mark, show)
        look = f"heat-{_shade(amount, most)}" if amount else ""
        words = "" if mark is None else _in_short(mark, show)
        badges = ((COUNT, words),) if words else ()
    name = shape.name or shape.kind
    href = list_at(shape.id) if list_at is not None and mark is not None and mark.waiting else ""
    return Drawn(shape, look, _text(shape), badges, f"{name}: {words}" if words else name, href)


def _counts(mark: Mark) -> tuple[tuple[str, str], ...]:
    counts = (
        (COUNT, mark.waiting, f"{mark.waiting:,}"),
        (OVERDUE, mark.overdue, f"{mark.overdue:,} late"),
        (STANDING_STILL, mark.stopped, f"{mark.stopped:,} stopped"),
    )
    return tuple((kind, text) for kind, count, text in counts if count)


def _state(mark: Mark | None, passed: bool) -> str:
    if mark is not None:
        for state in STATES[:3]:
            if getattr(mark, state):
                return state
    return STATES[3] if passed else ""


def _amount(mark: Mark, show: str) -> float:
    if show == TIME:
        return mark.days or 0
    return mark.late / mark.done if show == LATE and mark.done else 0


def _in_short(mark: Mark, show: str) -> str:
    if show == TIME:
        return "" if mark.days is None else f"{mark.days:g} d"
    return f"{100 * mark.late / mark.done:.0f}%" if mark.done else ""


def _shade(amount: float, most: float) -> int:
    return min(SHADES, 1 + int(SHADES * amount / most)) if most else 0


def _text(shape: Shape) -> Words:
    if shape.is_frame:
        box = shape.box
        return _words(shape.name, Box(box.x - box.height / 2 + 15, box.y + box.height / 2 - 10, box.height, 20))
    return _words(shape.name, shape.label or shape.box)


def _label(line: Line) -> Words:
    (x, y), (to_x, to_y) = line.points[0], line.points[1]
    return _words(line.name, line.label or Box((x + to_x) / 2 - 45, (y + to_y) / 2 - 16, 90, 14))


def _words(text: str, box: Box) -> Words:
    lines = _broken(text, box.width)
    middle = box.y + box.height / 2
    return Words(box.x + box.width / 2, middle - (len(lines) - 1) * LINE / 2 + LINE / 3, lines)


def _broken(text: str, width: float) -> tuple[str, ...]:
    """Break a text into lines of at most `width` pixels, as well as can be told without measuring letters."""
    most, lines = max(8, int(width / LETTER)), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(line for line in lines if line)
