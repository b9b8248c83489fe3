"""Two windows of one person on the same task: neither undoes the other, and nothing that was typed is lost."""

import pytest

from engine.service.tasks import work
from tests.factories.council import AUDIT, REMEDY

CASE = "CF-20931"


@pytest.fixture
def remedy(council):
    """The address of a form of one page: Mo's remedial actions of a case."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    return f"/tasks/{council.task(REMEDY, CASE).id}"


@pytest.fixture
def desk(visit, remedy):
    """What Mo has open at the desk."""
    return visit("mo").open(remedy)


@pytest.fixture
def phone(visit, remedy, desk):
    """The same page on Mo's telephone, opened as early, where something was typed and kept since."""
    page = visit("mo").open(remedy)
    page.press("Save draft", authorisation_comment="Typed on the telephone")
    return page


def kept(visit, remedy):
    return visit("mo").open(remedy).value("authorisation_comment")


def radios(page):
    """What there is to choose between, of every question."""
    return page.all(".govuk-radios__label")


def test_a_draft_kept_elsewhere_is_not_overwritten_and_both_are_shown(visit, remedy, desk, phone):
    page = desk.press("Save draft", authorisation_comment="Typed at the desk")
    assert page.status == 409
    assert "there are two versions of your answers" in page.text
    assert radios(page) == ["On this page: Typed at the desk", "In your draft: Typed on the telephone"]
    assert kept(visit, remedy) == "Typed on the telephone"


@pytest.mark.parametrize(("choice", "stays"), [("typed", "Typed at the desk"), ("stored", "Typed on the telephone")])
def test_what_is_chosen_is_kept(visit, remedy, desk, phone, choice, stays):
    page = desk.press("Save draft", authorisation_comment="Typed at the desk")
    page = page.press("Save what I chose", **{"keep:authorisation_comment": choice})
    assert page.status == 200
    assert page.path == remedy
    assert page.value("authorisation_comment") == stays == kept(visit, remedy)


def test_a_draft_changed_again_while_somebody_chooses_is_shown_again(desk, phone):
    page = desk.press("Save draft", authorisation_comment="Typed at the desk")
    phone.visitor.open(phone.path).press("Save draft", authorisation_comment="And more")
    page = page.press("Save what I chose")
    assert page.status == 409
    assert radios(page) == ["On this page: Typed at the desk", "In your draft: And more"]


def test_a_task_is_not_completed_from_a_page_older_than_the_draft(council, desk, phone):
    before = council.dump()
    page = desk.press("Complete the task", authorisation_comment="Typed at the desk")
    assert page.status == 409
    assert council.dump() == before
    page = page.press("Save what I chose")
    assert "Draft saved" in page.text
    assert council.task(REMEDY, CASE) is not None


def test_a_script_hears_that_the_draft_was_changed_elsewhere(desk, phone):
    address, fields = desk.sent_by("Save draft", {"authorisation_comment": "Typed at the desk"})
    response = desk.visitor.client.post(address, data=fields, headers={"Accept": "application/json"})
    assert response.status_code == 409
    assert response.json["saved"].startswith("Not saved. Other answers to “Complete the remedial actions” were saved")


def test_a_page_that_keeps_itself_goes_on_from_what_it_kept(visit, remedy, desk):
    address, fields = desk.sent_by("Save draft", {"authorisation_comment": "First"})
    told = desk.visitor.client.post(address, data=fields, headers={"Accept": "application/json"}).json
    fields["authorisation_comment"], fields["began"] = "Second", told["began"]
    assert desk.visitor.send(address, fields).status == 200
    assert kept(visit, remedy) == "Second"


def test_the_same_answers_from_two_windows_are_no_difference(visit, remedy, desk, phone):
    assert desk.press("Save draft", authorisation_comment="Typed on the telephone").status == 200
    assert kept(visit, remedy) == "Typed on the telephone"


def test_a_page_refused_for_its_answers_still_knows_what_it_began_from(desk, visit, remedy):
    page = desk.press("Complete the task", authorisation_comment="")
    assert page.status == 422
    visit("mo").open(remedy).press("Save draft", authorisation_comment="Typed on the telephone")
    assert page.press("Complete the task", authorisation_comment="Typed at the desk").status == 409


def test_what_is_to_begin_begins_after_the_choice(desk, phone):
    address, fields = desk.sent_by("Save draft", {"authorisation_comment": "Typed at the desk"})
    fields["do"] = "begin:safeguarding_concern"
    page = desk.visitor.send(address, fields)
    assert page.status == 409
    assert page.press("Save what I chose").path.endswith("/start/safeguarding_concern")


class TestSections:
    @pytest.fixture
    def audit(self, council, visit):
        council.assign(CASE, "kim")
        return f"/tasks/{council.task(AUDIT, CASE).id}/sections"

    def test_two_sections_in_two_windows_are_both_kept(self, visit, audit):
        first, second = visit("kim").open(f"{audit}/case_facts"), visit("kim").open(f"{audit}/safety")
        first.press("Save draft", age_band="age_5_to_9")
        assert second.press("Save draft").status == 200
        assert visit("kim").open(f"{audit}/case_facts").value("age_band") == "age_5_to_9"

    def test_the_same_section_in_two_windows_is_told(self, visit, audit):
        first, second = (visit("kim").open(f"{audit}/case_facts") for _ in range(2))
        first.press("Save draft", age_band="age_5_to_9")
        page = second.press("Save and continue", age_band="unborn", date_opened__day="3")
        assert page.status == 409
        assert radios(page) == [
            "On this page: Unborn", "In your draft: 5 to 9",
            "On this page: 3", "In your draft: Blank",
        ]  # fmt: skip
        page = page.press("Save what I chose", **{"keep:age_band": "stored"})
        assert page.value("age_band") == "age_5_to_9"
        assert page.value("date_opened-day") == "3"

    def test_rows_are_shown_one_after_another(self, council, visit, audit):
        task = council.task(AUDIT, CASE)
        first = visit("kim").open(f"{audit}/remedial")
        work.save_draft(council.engine, "kim", task.id, {"remedial_actions": [{"what": "Update"}, {"what": "Date"}]})
        page = first.press("Save draft", remedial_action_required="yes")
        assert page.status == 409
        assert "1. Update 2. Date" in page.text
