"""Help beside the work, and an accessibility statement that says of the tests what they do."""

import json
import re

import pytest

from tests.browser import looking
from tests.browser.tour import TOUR
from tests.factories.council import ROOT
from webapp.render.help_topics import TOPICS, topic_of

HERE = [("kim", "/"), ("kim", "/cases"), ("kim", "/start"), ("kim", "/settings"), ("gail", "/directory/teams")]
HERE += [("asha", "/periods"), ("asha", "/standing"), ("asha", "/figures"), ("kim", "/manual"), ("kim", "/notices")]


@pytest.mark.parametrize(("reader", "address"), HERE)
def test_a_page_leads_to_the_help_that_is_about_it(visit, reader, address):
    visitor = visit(reader)
    leads_to = visitor.open(address).links()["Help with this page"]
    path, _, topic = leads_to.partition("#")
    assert path == "/help"
    assert visitor.open(path).tree.get_element_by_id(topic).tag == "h2"


def test_every_topic_is_on_the_help_page_and_every_room_has_one(app, visit):
    tree = visit("kim").open("/help").tree
    assert {topic for topic in TOPICS.values() if not tree.xpath(f"//h2[@id='{topic}']")} == set()
    adapter = app.url_map.bind("127.0.0.1")
    signed_in = [stop for those in TOUR.values() for reader, stops in those.items() if reader for stop in stops]
    rooms = {adapter.match(re.sub(r"\{\w+\}", "1", stop.partition("?")[0]))[0] for stop in signed_in}
    assert {room for room in rooms if not topic_of(room)} == {"guidance.show", "guidance.accessibility"}


def test_every_line_of_contents_leads_somewhere(visit):
    page = visit("kim").open("/help")
    contents = [one.get("href")[1:] for one in page.tree.cssselect(".help-topics a")]
    assert contents == [one.get("id") for one in page.tree.cssselect("main h2")]


@pytest.fixture
def statement(visit):
    page = visit("kim").open("/accessibility")
    return {part: " ".join(page.all(f"#{part} li")) for part in ("tested", "not-tested")}


def test_the_statement_names_the_tool_and_the_widths_that_are_used(statement):
    package = json.loads((ROOT / "webapp" / "assets" / "package.json").read_text("utf-8"))
    version = package["devDependencies"]["axe-core"]
    tool, wide, narrow, violations = re.findall(
        r"axe-core ([\d.]+)|(\d+)(?= and | pixels| violations)", statement["tested"]
    )[:4]
    assert version.startswith(tool[0])
    assert (int(wide[1]), int(narrow[1])) == looking.WIDTHS
    assert violations[1] == "0"
    assert f"sideways at {looking.REFLOWED} pixels" in statement["tested"]
    assert {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"} <= set(looking.RULES)


def test_the_statement_says_what_nobody_has_tried(statement):
    for untried in ("people with disabilities", "screen readers", "other than Chromium", "independent"):
        assert untried in statement["not-tested"]
