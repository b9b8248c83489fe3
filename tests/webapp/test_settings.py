"""My settings: being away, the daily digest, keyboard shortcuts, and the calendar of due dates."""

from engine.service.inboxes import preferences
from engine.service.people import absences
from tests.factories.council import at


def days(name, day, month=12, year=2026):
    return {f"{name}__day": str(day), f"{name}__month": str(month), f"{name}__year": str(year)}


def recorded(council, person="mo"):
    return [(str(one.first_day), str(one.last_day)) for one in absences.of_person(council.engine, person)]


def test_settings_and_notices_stand_in_the_signed_in_line_and_not_in_the_menu(visit):
    page = visit("mo").open("/settings")
    assert page.title == "My settings – Casefile"
    assert [one.split()[-1] for one in page.all(".council-signed-in a")] == ["notices", "settings"]
    assert "My notices" not in page.all(".govuk-service-navigation a")


def test_an_absence_is_recorded_with_who_stands_in(council, visit):
    page = visit("mo").open("/settings").press("Record", **days("first_day", 21), **days("last_day", 24))
    assert "Your absence is recorded." in page.text
    assert "Monday 21 December 2026 to Thursday 24 December 2026" in page.text
    assert "Practice Manager, North CIN: Oz" in page.text
    assert recorded(council) == [("2026-12-21", "2026-12-24")]


def test_an_absence_is_changed_and_cancelled(council, visit):
    page = visit("mo").open("/settings").press("Record", **days("first_day", 21), **days("last_day", 24))
    change = next(address for words, address in page.links().items() if words.startswith("Change the days"))
    form = page.visitor.open(change)
    assert form.value("last_day-day") == "24"
    page = form.press("Change the days", **days("last_day", 28))
    assert recorded(council) == [("2026-12-21", "2026-12-28")]
    page = page.press("Cancel it")
    assert "Your absence is cancelled." in page.text
    assert recorded(council) == []


def test_an_absence_that_has_begun_is_not_offered_to_be_cancelled(council, visit):
    page = visit("mo").open("/settings").press("Record", **days("first_day", 1), **days("last_day", 24))
    assert "Cancel it" in page.text
    council.pass_to(at(2026, 12, 3))
    page = visit("mo").open("/settings")
    assert "Cancel it" not in page.text
    assert "this work is with others" in page.text


def test_what_is_no_day_is_refused_by_field_and_stays(council, visit):
    page = visit("mo").open("/settings").press("Record", **days("first_day", 31, 11))
    assert page.status == 422
    assert page.problems() == {
        "#first_day-day": "The first day on which you are away must be a real date.",
        "#last_day-day": "Enter the last day on which you are away.",
    }
    assert page.value("first_day-day") == "31"
    assert page.title.startswith("Error: ")
    assert recorded(council) == []


def test_a_change_to_days_that_are_past_is_refused(council, visit):
    page = visit("mo").open("/settings").press("Record", **days("first_day", 21), **days("last_day", 24))
    change = next(address for words, address in page.links().items() if words.startswith("Change the days"))
    page = page.visitor.open(change).press("Change the days", **days("first_day", 2, 11), **days("last_day", 3, 11))
    assert page.status == 422
    assert page.problems() == {"#first_day-day": "The first day must be today or later."}


def test_nobody_opens_the_absence_of_somebody_else(council, visit):
    page = visit("mo").open("/settings").press("Record", **days("first_day", 21), **days("last_day", 24))
    change = next(address for words, address in page.links().items() if words.startswith("Change the days"))
    assert visit("quin").open(change).status == 404


def test_choices_are_kept(council, visit):
    page = visit("kim").open("/settings")
    assert "It comes after 8:00" in page.text
    page = page.press("Keep these choices", digest=[], shortcuts="yes")
    assert "Your choices are kept." in page.text
    assert preferences.of_person(council.engine, "kim") == preferences.Preferences(False, 8, True)


def test_keys_are_followed_until_they_are_turned_off(visit):
    visitor = visit("kim")
    page = visitor.open("/settings")
    keys = page.tree.find("body").get("data-shortcuts")
    assert '"i": "/"' in keys
    page = page.press("Keep these choices", shortcuts=[])
    assert page.tree.find("body").get("data-shortcuts") is None
    assert visitor.open("/help").tree.find("body").get("data-shortcuts") is None
    assert visit("zoe").open("/help").tree.find("body").get("data-shortcuts") is not None


def test_the_help_page_says_what_each_key_does(visit):
    page = visit("kim").open("/help")
    assert page.all("#keyboard ~ dl kbd") == [
        "g, then i", "g, then c", "g, then n", "g, then s", "/", "j", "k", "?",
    ]  # fmt: skip
