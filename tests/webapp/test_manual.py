"""The manual beside the living policy: everybody who is signed in reads the policy in force (R-04, R-11)."""

import pytest

from engine.service.policy import deployments
from engine.service.policy.traceability import trace
from tests.factories.council import Council
from tests.factories.visitor import Visitor


@pytest.mark.parametrize("reader", ["kim", "nia", "mo", "hal", "ian"])
def test_everybody_who_is_signed_in_reads_it(visit, reader):
    page = visit(reader).open("/manual")
    assert (page.status, page.title) == (200, "The manual – Casefile")
    assert "The audit should be completed within 20 working days." in page.text


def test_strangers_are_asked_to_sign_in(app):
    assert Visitor(app).open("/manual").path == "/sign-in"


def test_it_is_reached_from_every_page_and_from_help(visit):
    for address in ("/", "/notices", "/help"):
        assert visit("kim").open(address).links()["The manual"] == "/manual"


def test_each_sentence_has_what_carries_it_beside_it(council: Council, visit):
    page = visit("una").open("/manual")
    (row,) = [one for one in page.tree.cssselect(".manual") if one.cssselect("#R-51")]
    told = " ".join(row.text_content().split())
    assert "An audit is due on the twentieth working day" in told
    assert "processes/deadlines.dmn" in told
    assert "Twenty working days, whatever the calendar does" in told
    asked = {one.requirement.id for one in trace(deployments.files(council.engine))}
    assert asked <= {one.get("id") for one in page.tree.cssselect("[id]")}


def test_it_says_how_much_is_carried_and_what_is_missing(council: Council, visit):
    page = visit("una").open("/manual")
    traced = trace(deployments.files(council.engine))
    whole = sum(one.is_carried and one.is_proved for one in traced)
    text = page.text
    assert f"The manual asks for {len(traced)} things. {whole} of them are carried and proved." in text
    assert page.all(".govuk-tag").count("Proved") == whole
    assert all(one.missing in text for one in traced)


def test_references_show_when_they_were_checked(council: Council, visit):
    assert "Children Act 1989 Not checked yet." in visit("kim").open("/manual").text


def test_a_policy_without_a_manual_shows_an_empty_page(council: Council, visit):
    bare = {path: held for path, held in deployments.files(council.engine).items() if "/manual/" not in path}
    deployments.deploy(council.engine, "gail", bare, "without a manual")
    page = visit("kim").open("/manual")
    assert page.status == 200
    assert "The manual asks for 0 things." in page.text
    assert "No references are listed." in page.text
