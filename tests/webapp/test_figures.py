"""Dashboards as pages: each for its readers, with filters in the address, and every chart told in three ways."""

import pytest

from tests.factories.addresses import number

THEN = "period=2026-12"
SERVICE, TEAM, MINE, MEETING = (f"/figures/{name}_dashboard" for name in ("quality", "team", "auditor", "meeting"))


@pytest.fixture
def council(reported):
    return reported


def test_dashboards_come_first_and_reports_after_them(visit):
    page = visit("asha").open("/figures")
    assert page.title == "Figures and reports – Casefile"
    assert [one.text_content() for one in page.tree.cssselect("h2")][:2] == ["Figures", "Reports"]
    assert page.links()["Figures of the quality assurance service"] == SERVICE
    assert visit("kim").open("/figures").links()["Figures of my audits"] == f"{MINE}?person={number('kim')}"
    assert visit("mo").open("/figures").links()["Figures of a team: North CIN"] == f"{TEAM}?team=North+CIN"


@pytest.mark.parametrize(
    ("reader", "address", "status"),
    [
        ("asha", SERVICE, 200),
        ("asha", f"{SERVICE}?team=North+CIN", 200),
        ("bev", SERVICE, 200),
        ("ian", MEETING, 200),
        ("ian", SERVICE, 403),
        ("mo", f"{TEAM}?team=North+CIN", 200),
        ("mo", f"{TEAM}?team=South+CIN", 403),
        ("mo", TEAM, 403),
        ("mo", SERVICE, 403),
        ("mo", MEETING, 403),
        ("kim", f"{MINE}?person={number('kim')}", 200),
        ("kim", f"{MINE}?person={number('bev')}", 403),
        ("kim", MINE, 403),
        ("asha", f"{MINE}?person={number('kim')}", 200),
        ("nia", MEETING, 403),
        ("asha", "/figures/gossip", 404),
        ("asha", f"{SERVICE}?period=2026-99", 404),
        ("asha", f"{SERVICE}?team=Nowhere", 404),
    ],
)
def test_a_dashboard_is_for_its_readers(visit, reader, address, status):
    assert visit(reader).open(address).status == status


def test_every_chart_has_a_finding_a_drawing_with_words_and_a_table(visit):
    page = visit("asha").open(f"{SERVICE}?{THEN}")
    charts = page.tree.cssselect("figure.chart")
    assert len(charts) > 5
    for one in charts:
        assert one.cssselect("h3")
        assert one.cssselect("p.chart__finding")[0].text_content().strip()
        assert one.cssselect("details table")
        for drawing in one.cssselect(".chart [role=img]"):
            assert len(drawing.get("aria-label")) > 20
    assert not page.tree.cssselect("main [style], main script")
    assert "nan" not in page.text.lower().split()


def test_the_table_of_sections_and_teams_has_heads_on_both_sides(visit):
    page = visit("asha").open(f"{SERVICE}?{THEN}")
    (table,) = page.tree.cssselect("table.heat__table")
    heads = [one.text_content() for one in table.cssselect("thead th[scope=col]")]
    assert (heads[0], heads[-1]) == ("Section", "All together")
    for line in table.cssselect("tbody tr"):
        assert len(line.cssselect("th[scope=row]")) == 1
        assert len(line.cssselect("td")) == len(heads) - 1
        for cell in line.cssselect("td"):
            assert cell.text_content().strip()


def test_month_and_team_are_chosen_in_the_address(visit):
    page = visit("asha").open(f"{SERVICE}?{THEN}&team=North+CIN")
    assert (page.value("period"), page.value("team")) == ("2026-12", "North CIN")
    assert "North CIN" in page.tree.cssselect("h1")[0].text_content()
    assert page.links()["CSV"] == f"/reports/quality_dashboard/csv?{THEN}&team=North+CIN"
    only = visit("mo").open(f"{TEAM}?{THEN}&team=North+CIN")
    assert only.tree.cssselect("input[type=hidden][name=team]")[0].get("value") == "North CIN"


def test_figures_lead_to_their_cases_for_those_who_may(visit):
    page = visit("asha").open(f"{SERVICE}?{THEN}")
    links = [one.get("href") for one in page.tree.cssselect("details table td a") if "/cases?" in one.get("href")]
    assert links
    for link in links:
        cases = visit("asha").open(link)
        assert cases.status == 200, link
        assert cases.tree.cssselect("tbody tr")
    assert cases.links()["The figures"].startswith(SERVICE)
    seen_by_the_meeting = visit("ian").open(f"{MEETING}?{THEN}")
    assert not [one for one in seen_by_the_meeting.tree.cssselect("a") if "/cases?" in (one.get("href") or "")]


def test_the_meeting_sees_no_name_of_an_auditor_or_officer(reported, visit):
    names = {person.name for person in reported.ask(lambda question: question.directory.people).values()}
    page = visit("ian").open(f"{MEETING}?{THEN}")
    main = page.tree.cssselect("main")[0].text_content()
    assert "The quality of case records" in main
    assert [name for name in names if f" {name} " in f" {main} "] == []


def test_before_the_first_sample_every_part_says_so(visit):
    page = visit("asha").open(f"{SERVICE}?period=2025-12")
    assert page.status == 200
    assert "No sample has been drawn yet" in page.text
    assert "Nothing was counted yet, so nothing is drawn." in page.text
