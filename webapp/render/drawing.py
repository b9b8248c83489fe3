"""A diagram as a picture for a page: names broken into lines, and what is told of each element as a state."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.service.shown import Box, Line, Picture, Shape
from engine.service.standing import Mark

LETTER = 5.6
LINE = 13
STATES = ("stopped", "overdue", "waiting", "passed")
SHADES = 4
TOKENS, TIME, LATE = "now", "time", "late"


@dataclass(frozen=True)
class Words:
    """Lines of text around a middle, the first at `y`."""

    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """A shape as it is painted: the name of its `look`, its text, a `badge` such as "3", and all of it in `words`."""

    shape: Shape
    look: str
    text: Words
    badge: str
    words: str


@dataclass(frozen=True)
class Drawing:
    """A whole picture."""

    picture: Picture
    frames: tuple[Drawn, ...]
    shapes: tuple[Drawn, ...]
    labels: tuple[Words, ...]


def drawing_of(
    picture: Picture, marks: Mapping[str, Mark], passed: frozenset[str] = frozenset(), show: str = TOKENS
) -> Drawing:
    """Return the picture with its marks: what waits now, or how long or how late it was in the period."""
    most = max((_amount(mark, show) for mark in marks.values()), default=0)
    drawn = [_drawn(shape, marks.get(shape.id), shape.id in passed, show, most) for shape in picture.shapes]
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


def _drawn(shape: Shape, mark: Mark | None, passed: bool, show: str, most: float) -> Drawn:
    if show == TOKENS or mark is None:
        look = _state(mark, passed) if show == TOKENS else ""
        badge = str(mark.waiting) if mark is not None and mark.waiting and show == TOKENS else ""
        words = told(mark) if mark is not None and show == TOKENS else ""
    else:
        amount = _amount(mark, show)
        look = f"heat-{_shade(amount, most)}" if amount else ""
        badge = _in_short(mark, show) if mark.done else ""
        words = badge
    name = shape.name or shape.kind
    return Drawn(shape, look, _text(shape), badge, f"{name}: {words}" if words else name)


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
