"""Reading the XML of policy files safely: bounded, without DOCTYPE, and with our own refusals only."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.errors import Unreadable

Element = Any
"""An lxml element. lxml ships no types."""

MOST_BYTES = 2_000_000
MOST_ELEMENTS = 20_000
MOST_ATTRIBUTES = 100
MOST_DEPTH = 60

_CHUNK = 1 << 16
_BOM = b"\xef\xbb\xbf"
_DECLARED_ENCODING = re.compile(rb"""\A<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']{0,40})["']""")
_SHARED_IDS = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"


def read_xml(file: str, content: bytes) -> Element:
    """Return the root element of an XML file whose ids are all distinct.

    `content` must be UTF-8, at most 2 MB, without DOCTYPE or entities, with at most 20,000 elements, 100
    attributes on an element and 60 levels. Comments and processing instructions are left out.
    Raises Unreadable.
    """
    root = parse_xml(file, content)
    repeated = next(repeated_ids(root), None)
    if repeated is not None:
        raise _unreadable(
            file,
            f"the id “{repeated.get('id')}” is used twice, the second time in line {repeated.sourceline}. "
            "Give each element an id of its own",
        )
    return root


def parse_xml(file: str, content: bytes) -> Element:
    """Return the root like `read_xml`, but let ids be repeated. Raises Unreadable."""
    text = content.removeprefix(_BOM)
    _refuse_bytes(file, text)
    try:
        return _bounded_root(file, text)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        fault = str(getattr(error, "msg", None) or error)
        raise _unreadable(file, f"it is not well-formed XML ({fault}). Save it again from the modeller") from error


def repeated_ids(root: Element) -> Iterator[Element]:
    """Yield each element whose id an earlier element of the document has.

    The names of service parameters are not ids of the document, although they stand in an attribute `id`.
    """
    seen: set[str] = set()
    for element in root.iter(etree.Element):
        identity = element.get("id")
        if identity is None or element.tag.startswith(_SHARED_IDS):
            continue
        if identity in seen:
            yield element
        seen.add(identity)


def _refuse_bytes(file: str, content: bytes) -> None:
    if not content.strip():
        raise _unreadable(file, "it is empty. Save it again from the modeller")
    if len(content) > MOST_BYTES:
        raise _unreadable(file, f"it has {len(content):,} bytes, and the most is {MOST_BYTES:,}")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _unreadable(file, "it contains a DOCTYPE or ENTITY declaration. Remove it")
    declared = _DECLARED_ENCODING.match(content)
    if declared is not None and declared[1].lower() not in (b"utf-8", b"utf8"):
        encoding = declared[1].decode("ascii", "replace")
        raise _unreadable(file, f"it is declared as {encoding}. Save it as UTF-8")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(file, f"it is not UTF-8 text (byte {error.start}). Save it as UTF-8") from error


def _bounded_root(file: str, content: bytes) -> Element:
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    count = depth = 0
    for begin in range(0, len(content), _CHUNK):
        parser.feed(content[begin : begin + _CHUNK])
        for event, element in parser.read_events():
            if event == "end":
                depth -= 1
                continue
            count, depth = count + 1, depth + 1
            _refuse_shape(file, element, count, depth)
    return parser.close()


def _refuse_shape(file: str, element: Element, count: int, depth: int) -> None:
    if count > MOST_ELEMENTS:
        raise _unreadable(file, f"it has more than {MOST_ELEMENTS:,} elements. Split it into several files")
    if depth > MOST_DEPTH:
        raise _unreadable(file, f"line {element.sourceline} is nested more than {MOST_DEPTH} levels deep")
    if len(element.attrib) > MOST_ATTRIBUTES:
        raise _unreadable(file, f"line {element.sourceline} has more than {MOST_ATTRIBUTES} attributes")


def _unreadable(file: str, reason: str) -> Unreadable:
    return Unreadable(file=file, reason=f"{reason}.")
