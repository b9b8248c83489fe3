"""My tasks: mine and those of my posts, earliest due first, with how long is left in words."""

from engine.service import directory
from tests.factories.council import AUDIT, at


def rows(page):
    return page.all("tbody tr")


def test_everybody_sees_their_own_tasks_and_no_others(council, visit):
    council.assign("CF-20931", "kim")
    council.assign("CF-30510", "zoe")
    page = visit("kim").open("/")
    assert [row.split(" for ")[0] for row in rows(page)] == [AUDIT]
    assert "CF-20931" in page.text
    assert "CF-30510" not in page.text


def test_what_is_due_first_comes_first(council, visit):
    council.pass_to(at(2026, 12, 3))
    council.assign("CF-30510", "kim")
    council.pass_to(at(2026, 12, 4))
    council.assign("CF-40077", "kim")
    council.pass_to(at(2026, 12, 7))
    council.assign("CF-20931", "kim")
    found = [row.split(" for ")[1][:8] for row in rows(visit("kim").open("/"))]
    assert found == ["CF-30510", "CF-40077", "CF-20931"]


def test_the_title_counts_the_tasks(council, visit):
    council.assign("CF-20931", "kim")
    council.assign("CF-30510", "kim")
    assert visit("kim").open("/").title == "My tasks (2) – Casefile"


def test_a_task_of_a_post_says_whose_it_is(council, visit):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    (row,) = rows(visit("mo").open("/"))
    assert "Complete the remedial actions for CF-20931" in row
    assert row.endswith("Practice Manager, North CIN")


def test_a_stand_in_sees_the_work_of_who_is_away(council, visit):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    directory.record_absence(council.engine, "the tests", "mo", at(2026, 12, 1).date(), at(2026, 12, 4).date())
    assert len(rows(visit("oz").open("/"))) == 1


def test_the_badge_counts_working_days_in_words(council, visit):
    council.assign("CF-20931", "kim")
    visitor = visit("kim")
    assert "Thursday 31 December 2026 20 working days left" in rows(visitor.open("/"))[0]
    council.clock.move_to(at(2026, 12, 31))
    assert "Due today" in visit("kim").open("/").text
    council.clock.move_to(at(2027, 1, 6))
    assert "Overdue by 3 working days" in visit("kim").open("/").text


def test_an_empty_inbox_says_so(visit):
    assert "You have no tasks." in visit("una").open("/").text


def test_a_long_inbox_has_pages_without_scripts(council, visit, monkeypatch):
    monkeypatch.setattr("engine.service.work.PAGE", 2)
    for case in ("CF-20931", "CF-30510", "CF-40077"):
        council.assign(case, "kim")
    page = visit("kim").open("/")
    assert len(rows(page)) == 2
    following = visit("kim").open(page.links()["Next page"])
    assert len(rows(following)) == 1
    assert len(rows(visit("kim").open("/?page=nonsense"))) == 2


def test_tasks_are_found_by_case_and_by_when_they_are_due(council, visit):
    council.assign("CF-20931", "kim")
    council.pass_to(at(2026, 12, 21))
    council.assign("CF-30510", "kim")
    visitor = visit("kim")
    assert [row.split(" for ")[1][:8] for row in rows(visitor.open("/?case=cf-30510"))] == ["CF-30510"]
    assert rows(visitor.open("/?due=overdue")) == []
    council.pass_to(at(2026, 12, 29))
    assert [row.split(" for ")[1][:8] for row in rows(visitor.open("/?due=week"))] == ["CF-20931"]
    council.pass_to(at(2027, 1, 6))
    page = visitor.open("/?due=overdue")
    assert [row.split(" for ")[1][:8] for row in rows(page)] == ["CF-20931"]
    assert page.title == "My tasks (1) – Casefile"
    assert "You have no task that fits." in visitor.open("/?case=CF-99999").text
    assert len(rows(visitor.open("/?due=anything"))) == 2
