"""Damaged diagrams: small random changes to good ones, the same for the same seed."""

import random
from collections.abc import Callable, Iterator

from lxml import etree

from tests.factories.diagrams import BPMN

_WORDS = (
    b"", b"x", b"fetch", b"\x00", b"<", b"]]>", b"&amp;", b"&nothing;", b"<!--", b"\xff", b"'", b'"', b"P20D",
    b"__class__", b"(" * 60, b"9" * 400, b"<!DOCTYPE a>", "\u202e\U0001f600".encode(),
)  # fmt: skip
_TAGS = (
    "userTask", "scriptTask", "subProcess", "startEvent", "endEvent", "boundaryEvent", "callActivity", "transaction",
    "exclusiveGateway", "parallelGateway", "eventBasedGateway", "dataObject", "lane", "message", "process",
    "timerEventDefinition", "messageEventDefinition", "multiInstanceLoopCharacteristics", "nonsense",
)  # fmt: skip
Edit = Callable[[random.Random, etree._Element], None]


def mutants(originals: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield `count` damaged copies, each with one to four changes of structure or bytes."""
    chance = random.Random(seed)
    for _ in range(count):
        content = chance.choice(originals)
        if chance.random() < 0.8:
            content = _restructured(chance, content)
        if chance.random() < 0.3:
            content = _scribbled(chance, content)
        yield content


def _restructured(chance: random.Random, content: bytes) -> bytes:
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 4)):
        chance.choice(_EDITS)(chance, root)
    return etree.tostring(root)


def _any(chance: random.Random, root: etree._Element) -> etree._Element:
    return chance.choice(list(root.iter(etree.Element)))


def _drop(chance: random.Random, root: etree._Element) -> None:
    element = _any(chance, root)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(chance: random.Random, root: etree._Element) -> None:
    element = _any(chance, root)
    if element is not root:
        _any(chance, root).append(etree.fromstring(etree.tostring(element)))


def _move(chance: random.Random, root: etree._Element) -> None:
    element, home = _any(chance, root), _any(chance, root)
    if element is not root and element not in (home, *home.iterancestors()):
        home.append(element)


def _rename(chance: random.Random, root: etree._Element) -> None:
    _any(chance, root).tag = f"{{{BPMN}}}{chance.choice(_TAGS)}"


def _lose_attribute(chance: random.Random, root: etree._Element) -> None:
    element = _any(chance, root)
    if element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]


def _swap_attribute(chance: random.Random, root: etree._Element) -> None:
    element, other = _any(chance, root), _any(chance, root)
    if element.attrib and other.attrib:
        element.set(chance.choice(list(element.attrib)), chance.choice(list(other.attrib.values())))


def _swap_text(chance: random.Random, root: etree._Element) -> None:
    _any(chance, root).text = chance.choice([_any(chance, root).text, "", "x +", "P20D", "1" * 300, "a" * 9_000])


_EDITS: tuple[Edit, ...] = (_drop, _repeat, _move, _rename, _lose_attribute, _swap_attribute, _swap_text)


def _scribbled(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(content))
        content = content[:place] + chance.choice(_WORDS) + content[place + chance.randint(0, 4) :]
    return content
