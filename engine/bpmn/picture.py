"""Where everything of a diagram stands on its page: geometry for drawing it, without colours or markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.bpmn.documents import Element, read_xml
from engine.bpmn.model import attribute, defined_as, identity, is_interrupting, kind, one_line

_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_POINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
_MARGIN = 20.0
_FRAMES = frozenset(("lane", "participant"))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the diagram: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A node or a lane. `kind` is its BPMN name, `event` what an event waits for or does ("timer", "message" or ""),
    `label` where its name stands when it does not stand inside.
    """

    id: str
    kind: str
    name: str
    box: Box
    label: Box | None
    event: str
    interrupting: bool

    @property
    def is_frame(self) -> bool:
        """Whether it is a pool or a lane, behind everything else."""
        return self.kind in _FRAMES


@dataclass(frozen=True, slots=True)
class Line:
    """A sequence flow or an association from point to point, with its name and where that stands."""

    id: str
    kind: str
    name: str
    points: tuple[tuple[float, float], ...]
    label: Box | None


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn of a diagram, frames first, and the rectangle that holds it."""

    frame: Box
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]


@lru_cache(maxsize=256)
def picture_of(content: bytes) -> Picture:
    """Return the picture of a diagram that was checked before; Unreadable for what is no XML."""
    root = read_xml("the diagram", content)
    elements = {identity(element): element for element in root.iter() if element.get("id")}
    shapes = sorted(_shapes(root, elements), key=lambda shape: not shape.is_frame)
    lines = tuple(_lines(root, elements))
    return Picture(_frame(shapes, lines), tuple(shapes), lines)


def _shapes(root: Element, elements: dict[str, Element]) -> Iterator[Shape]:
    for drawn in root.iter(f"{_DI}BPMNShape"):
        element = elements.get(attribute(drawn, "bpmnElement"))
        box = _box(drawn)
        if element is None or box is None:
            continue
        yield Shape(
            identity(element),
            kind(element),
            one_line(attribute(element, "name")),
            box,
            _box(drawn.find(f"{_DI}BPMNLabel")),
            next(iter(defined_as(element)), ""),
            is_interrupting(element),
        )


def _lines(root: Element, elements: dict[str, Element]) -> Iterator[Line]:
    for drawn in root.iter(f"{_DI}BPMNEdge"):
        element = elements.get(attribute(drawn, "bpmnElement"))
        points = tuple((float(point.get("x")), float(point.get("y"))) for point in drawn.findall(_POINT))
        if element is not None and len(points) > 1:
            label = _box(drawn.find(f"{_DI}BPMNLabel"))
            yield Line(identity(element), kind(element), one_line(attribute(element, "name")), points, label)


def _box(drawn: Element | None) -> Box | None:
    bounds = None if drawn is None else drawn.find(f"{_DC}Bounds")
    if bounds is None:
        return None
    return Box(*(float(bounds.get(name)) for name in ("x", "y", "width", "height")))


def _frame(shapes: Iterable[Shape], lines: Iterable[Line]) -> Box:
    boxes = [box for shape in shapes for box in (shape.box, shape.label) if box is not None]
    across = [edge for box in boxes for edge in (box.x, box.x + box.width)]
    down = [edge for box in boxes for edge in (box.y, box.y + box.height)]
    across += [x for line in lines for x, _ in line.points]
    down += [y for line in lines for _, y in line.points]
    left, top = min(across, default=0) - _MARGIN, min(down, default=0) - _MARGIN
    return Box(left, top, max(across, default=0) + _MARGIN - left, max(down, default=0) + _MARGIN - top)
