"""My tasks: mine and those of my posts, earliest due first, with how long is left in words."""

from engine.service.people import directory
from engine.service.tasks import work
from tests.factories.council import AUDIT, REMEDY, at


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
    monkeypatch.setattr("engine.service.inboxes.inbox.PAGE", 2)
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
    assert [row.split(" for ")[1][:8] for row in rows(visitor.open("/?case=cf-2"))] == ["CF-20931"]
    assert rows(visitor.open("/?due=overdue")) == []
    council.pass_to(at(2026, 12, 29))
    assert [row.split(" for ")[1][:8] for row in rows(visitor.open("/?due=week"))] == ["CF-20931"]
    council.pass_to(at(2027, 1, 6))
    page = visitor.open("/?due=overdue")
    assert [row.split(" for ")[1][:8] for row in rows(page)] == ["CF-20931"]
    assert page.title == "My tasks (1) – Casefile"
    assert [row.split(" for ")[1][:8] for row in rows(visitor.open("/?process=case_audit&due=today"))] == []
    assert "You have no task that fits." in visitor.open("/?case=CF-99999").text
    assert len(rows(visitor.open("/?due=anything"))) == 2


def test_views_are_links_with_counts_that_keep_what_is_looked_for(council, visit):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    page = visit("oz").open("/?case=CF-20931")
    assert page.all(".moj-sub-navigation a") == [
        "All I may do (0)", "Mine (0)", "My posts’ (0)", "My teams’ (1)", "Covered (0)",
    ]  # fmt: skip
    team = page.visitor.open(page.links()["My teams’ (1)"])
    assert team.title == "My tasks: My teams’ (1) – Casefile"
    assert team.all("[aria-current=page]")[-1] == "My teams’ (1)"
    (row,) = rows(team)
    assert row.startswith("Complete the remedial actions CF-20931")
    assert not team.tree.cssselect("tbody th a")


def test_covered_work_says_for_whom(council, visit):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    directory.record_absence(council.engine, "the tests", "mo", at(2026, 12, 1).date(), at(2026, 12, 4).date())
    (row,) = rows(visit("oz").open("/?view=covered"))
    assert "for Mo, who is away" in row
    assert "You stand in for nobody" in visit("ros").open("/?view=covered").text


def test_work_is_taken_and_given_back_in_the_list(council, visit):
    council.assign("CF-40077", "kim", drawn=True)
    council.authorise_audit("CF-40077", 1)
    (task,) = council.ask(lambda question: work.tasks.open_titled(question.connection, "Review the audit", "CF-40077"))
    work.take(council.engine, task.assignee, task.id)
    page = visit(task.assignee).open("/?view=mine&case=CF-40077").press("Give it back")
    assert "You have given this task back." in page.text
    assert (page.path, council.task_row(task.id).assignee) == ("/", None)
    page = page.visitor.open("/?view=posts&case=CF-40077").press("Take it")
    assert "You have taken this task." in page.text
    assert page.title.startswith("My tasks: My posts’")
    assert council.task_row(task.id).assignee == task.assignee


def test_the_way_back_never_leaves_this_site(council, visit):
    council.assign("CF-20931", "kim")
    council.authorise_audit("CF-20931", 1)
    task = council.task(REMEDY, "CF-20931")
    work.take(council.engine, "mo", task.id)
    page = visit("mo").open("/?view=mine").press("Give it back", back="//elsewhere.example/")
    assert page.path == "/"


def test_a_filter_is_saved_opened_and_deleted(council, visit):
    council.assign("CF-20931", "kim")
    page = visit("kim").open("/?case=cf-20931&view=mine").press("Save this filter", name="One case")
    assert "“One case” is saved." in page.text
    assert page.links()["One case"] == "/?view=mine&case=CF-20931"
    assert "One case" not in visit("zoe").open("/").text
    page = page.press("Delete")
    assert "“One case” is deleted." in page.text
    assert "One case" not in page.links()


def test_a_filter_without_a_name_is_refused_with_what_was_looked_for(visit):
    page = visit("kim").open("/?due=overdue").press("Save this filter")
    assert page.status == 422
    assert page.problems() == {"#name": "Name the filter."}
    assert page.title.startswith("Error: My tasks")
    assert page.value("due") == "overdue"


def test_a_filter_of_somebody_else_is_not_found(council, visit):
    page = visit("kim").open("/?due=overdue").press("Save this filter", name="Mine alone")
    of_kim, _ = page.sent_by("Delete", {})
    zoe = visit("zoe")
    _, token = zoe.open("/?due=overdue").sent_by("Save this filter", {})
    assert zoe.send(of_kim, token).status == 404
    assert "Mine alone" in page.visitor.open("/").links()


def test_more_tasks_than_are_counted_are_told_as_such(council, visit, monkeypatch):
    monkeypatch.setattr("engine.store.inboxes.MOST", 2)
    monkeypatch.setattr("engine.service.inboxes.inbox.MOST", 2)
    monkeypatch.setattr("webapp.render.words.MOST", 2)
    for case in ("CF-20931", "CF-30510", "CF-40077"):
        council.assign(case, "kim")
    page = visit("kim").open("/")
    assert page.title == "My tasks (2+) – Casefile"
    assert "There are more than 2 tasks here." in page.text
