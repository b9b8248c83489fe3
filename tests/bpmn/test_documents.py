"""A policy file is read within bounds, and nothing but our own refusal leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.documents import parse_xml, read_xml, repeated_ids
from engine.errors import Unreadable
from tests.factories.timing import least_seconds

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]><lolz>&lol3;</lolz>"""
FILE_ENTITY = b'<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/hostname">]><a>&secret;</a>'
UTF_7 = b'<?xml version="1.0" encoding="UTF-7"?><a>+ADw-script+AD4-</a>'

REFUSED = {
    "a DOCTYPE": (b"<!DOCTYPE a><a/>", "DOCTYPE"),
    "an entity that names a file": (FILE_ENTITY, "DOCTYPE"),
    "a billion laughs": (LAUGHS, "DOCTYPE"),
    "UTF-7": (UTF_7, "declared as UTF-7"),
    "Latin 1 that says so": (b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', "declared as ISO"),
    "Latin 1 that does not": (b"<a>\xe9</a>", "not UTF-8 text (byte 3)"),
    "UTF-16": ("<a/>".encode("utf-16"), "not UTF-8"),
    "a million elements": (b"<a>" + b"<b/>" * 1_000_000 + b"</a>", "4,000,007 bytes"),
    "thirty thousand elements": (b"<a>" + b"<b/>" * 30_000 + b"</a>", "more than 20,000 elements"),
    "eight megabytes": (b"<a>" + b"x" * 8_000_000 + b"</a>", "8,000,007 bytes"),
    "a hundred levels": (b"<a>" * 100 + b"</a>" * 100, "60 levels"),
    "many attributes": (
        b"<a " + b" ".join(b'k%d="1"' % n for n in range(101)) + b"/>",
        "line 1 has more than 100 attributes",
    ),
    "the same id twice": (b'<a id="x"><b id="y"/>\n<b id="x"/></a>', "the id “x” is used twice"),
    "an entity nobody declared": (b"<a>&nothing;</a>", "not well-formed"),
    "a tag that never ends": (b"<a><b></a>", "not well-formed"),
    "nothing at all": (b"", "it is empty"),
    "text that is no XML": (b"dear reader", "not well-formed"),
    "a NUL byte": (b"<a>\x00</a>", "not well-formed"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(Unreadable) as refusal:
        read_xml("processes/errand.bpmn", content)
    assert reason in refusal.value.sentence
    assert refusal.value.sentence.startswith("processes/errand.bpmn cannot be read: ")


def test_reads_a_document_with_byte_order_mark_declaration_and_comments() -> None:
    text = "\ufeff<?xml version='1.0' encoding='utf-8'?><!-- who --><a id='x'>caf\u00e9 <!-- no -->au<?p i?> lait</a>"
    root = read_xml("a.xml", text.encode())
    assert (root.get("id"), root.text, len(root)) == ("x", "caf\u00e9 au lait", 0)


def test_limits_are_reached_but_not_passed() -> None:
    assert len(read_xml("a.xml", b"<a>" + b"<b/>" * 19_999 + b"</a>")) == 19_999
    assert read_xml("a.xml", b"<a>" * 60 + b"</a>" * 60) is not None


def test_service_parameters_may_repeat_a_name() -> None:
    spiff = b'<s xmlns="http://spiffworkflow.org/bpmn/schema/1.0/core"><parameter id="to"/><parameter id="to"/></s>'
    assert len(read_xml("a.xml", spiff)) == 2


def test_every_repeated_id_can_be_listed() -> None:
    root = parse_xml("a.xml", b'<a id="x"><b id="x"/><c id="y"/><d id="y"/><e id="x"/></a>')
    assert [element.tag for element in repeated_ids(root)] == ["b", "d", "e"]


def test_a_flood_of_elements_is_given_up_early() -> None:
    flood = b"<a>" + b"<b/>" * 490_000 + b"</a>"

    def reading() -> None:
        with pytest.raises(Unreadable):
            read_xml("flood.bpmn", flood)

    assert least_seconds(reading) < 0.5


@given(st.binary(max_size=300) | st.text(alphabet="<>/a&;!?-[]\"'= x", max_size=80).map(str.encode))
def test_only_our_refusal_leaves(content: bytes) -> None:
    try:
        root = read_xml("any.xml", content)
    except Unreadable:
        return
    assert isinstance(root.tag, str)
