"""Practising: every form can be tried with an invented case, is judged by its own rules, and leaves nothing behind."""

import pytest

from engine.bpmn.forms.filler import example_facts, fill
from engine.service.tasks import practice
from tests.factories.council import policy
from tests.factories.visitor import file
from tests.service.monthly import population

AUDIT = "/help/practise/audit"


@pytest.fixture
def forms(council):
    return practice.offered(council.engine)


def test_help_leads_to_every_form(visit, forms):
    page = visit("nia").open("/help")
    page = page.visitor.open(page.links()["practise"])
    assert page.title == "Practice: nothing is kept – Casefile"
    assert {one.title for one in forms} <= set(page.links())
    names = {one.name for one in forms}
    assert {"audit", "quality_assurance", "closure_request", "population_upload"} <= names
    assert all(f"forms/{name}.json" in policy() for name in names)


def test_every_page_says_that_nothing_is_kept(visit, forms):
    visitor = visit("kim")
    for one in forms:
        page = visitor.open(f"/help/practise/{one.name}")
        assert page.status == 200, one.name
        assert page.title == f"Practice: nothing is kept – {one.title} – Casefile"
        assert "Practice: nothing is kept. The case is invented." in page.text


def test_what_would_be_refused_is_told_as_in_real_work_and_nothing_is_kept(council, visit):
    visitor = visit("kim")
    before = council.dump()
    page = visitor.open(AUDIT).press("Try it")
    assert page.status == 422
    assert page.title.startswith("Error: Practice: nothing is kept")
    assert len(page.all(".govuk-error-summary li")) > 10
    assert council.dump() == before


def test_what_would_be_accepted_is_told_and_nothing_is_kept(council, visit):
    visitor = visit("mo")
    before = council.dump()
    page = visitor.open("/help/practise/difficulty").press("Try it", **_filled(council, "difficulty"))
    assert page.status == 200, page.problems()
    assert "These answers would be accepted" in page.text
    assert council.dump() == before


def _filled(council, name):
    def work(question):
        form = question.policy.form(f"{name}.json")
        return fill(form, {**example_facts(form), "today": question.today.isoformat()}, question.language, {})

    return council.ask(work)


def test_a_long_form_goes_from_section_to_section_as_in_real_work(council, visit):
    before, given = council.dump(), flat(_filled(council, "audit"))
    page = visit("kim").open(AUDIT)
    assert "You have completed 0 of" in page.text
    page, passed = page.press("0. Case facts"), 0
    assert page.title == "Practice: nothing is kept – 0. Case facts – Audit of a case record – Casefile"
    while page.all(".sections__go[aria-current]"):
        page, passed = page.press("Continue", **{name.replace("-", "__"): given[name] for name in given}), passed + 1
        assert page.status == 200, page.problems()
    assert passed > 15
    page = page.press("Try it")
    assert page.status == 200, page.all(".govuk-error-summary li")
    assert "These answers would be accepted" in page.text
    assert council.dump() == before


def test_a_section_with_something_missing_is_not_left_by_continuing(visit):
    page = visit("kim").open(AUDIT).press("2. Safety now").press("Continue", safety_merits="Seen alone")
    assert page.status == 422
    assert page.title.startswith("Error: Practice: nothing is kept – 2. Safety now")
    assert "#safety_grade" in page.problems()
    page = page.press("0. Case facts").press("2. Safety now")
    assert page.value("safety_merits") == "Seen alone"


def test_what_is_wrong_in_a_long_form_leads_to_its_section(visit):
    page = visit("kim").open(AUDIT).press("Try it")
    line = page.all(".govuk-error-summary li")[0]
    page = page.press(line)
    assert page.title.startswith("Error: Practice: nothing is kept – 0. Case facts")
    assert page.problems()


def flat(raw, prefix=""):
    """Raw answers as the fields of a page."""
    fields = {}
    for name, value in raw.items():
        rows = value if isinstance(value, list) and value and isinstance(value[0], dict) else []
        for number, row in enumerate(rows):
            fields |= {f"{prefix}{name}-{number}-row": str(number + 1), **flat(row, f"{prefix}{name}-{number}-")}
        if not rows:
            fields[prefix + name] = value
    return fields


def test_rows_are_added_and_removed_without_keeping_anything(council, visit):
    before = council.dump()
    asked = visit("kim").open(AUDIT).press("20. Remedial actions").press("Continue", remedial_action_required="yes")
    more = asked.press("Add a")
    added = len(more.all("fieldset.repeated")) - len(asked.all("fieldset.repeated"))
    assert added == 1
    assert len(more.press("Remove").all("fieldset.repeated")) == len(asked.all("fieldset.repeated"))
    assert council.dump() == before


def test_a_list_is_looked_through_and_not_kept(council, visit):
    before, page = council.dump(), visit("kim").open("/help/practise/population_upload")
    page = page.press("Upload and check the file", population_list__file=file("cases.csv", population()))
    assert "Cases accepted 28" in page.text
    page = page.press("Try it")
    assert "These answers would be accepted" in page.text, page.problems()
    assert council.dump() == before


@pytest.mark.parametrize("content", [None, b"\0\1\2"])
def test_a_file_that_is_missing_or_no_list_is_refused(visit, content):
    page = visit("kim").open("/help/practise/population_upload")
    typed = {} if content is None else {"population_list__file": file("cases.csv", content)}
    page = page.press("Upload and check the file", **typed)
    assert page.status == 422
    assert list(page.problems()) == ["#population_list"]


def test_guidance_stands_beside_the_questions(visit):
    page = visit("kim").open(AUDIT).press("2. Safety now")
    assert page.all("details") or page.all(".govuk-hint")


def test_a_form_of_something_urgent_says_where_the_real_one_is(visit, forms):
    urgent = [one for one in forms if one.urgent]
    assert {"concern", "concern_raising"} <= {one.name for one in urgent}
    for one in urgent:
        page = visit("kim").open(f"/help/practise/{one.name}")
        assert "Is this about a real child? Then do not use this page." in page.text
    assert "Is this about a real child?" not in visit("kim").open(AUDIT).text


def test_a_form_that_there_is_not_is_not_found(visit):
    assert visit("kim").open("/help/practise/nothing").status == 404


def test_a_stranger_signs_in_first(app):
    assert app.test_client().get(AUDIT).status_code == 302


def test_a_row_of_repeated_questions_is_called_by_what_it_is(visit):
    page = visit("kim").open("/help/practise/concern_raising").press("Add an attempt")
    assert "Attempt 1" in page.all("legend")
    assert "Attempt 2" in page.press("Add another attempt").all("legend")
