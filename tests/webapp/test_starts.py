"""Beginning a process by hand: by whom, with what, and once."""

import pytest

from tests.factories.council import at

CASE = "CF-20931"


@pytest.fixture
def deferment(council, visit):
    """The page on which Kim asks for a deferment of an audit."""
    council.assign(CASE, "kim")
    page = visit("kim").open("/")
    page = page.visitor.open(page.links()[f"Audit the case record for {CASE}"])
    return page.visitor.open(page.links()["Ask for a deferment or dispensation"])


ASKED = {
    "request_kind": "deferment", "reason": "Annual leave",
    "new_start__day": "14", "new_start__month": "12", "new_start__year": "2026",
}  # fmt: skip


def test_an_auditor_asks_for_a_deferment(council, deferment):
    assert deferment.title == f"Ask for a deferment or dispensation – {CASE} – Casefile"
    page = deferment.press("Send", **ASKED)
    assert "“Ask for a deferment or dispensation” is sent" in page.text
    assert council.holders(council.task("Decide on deferment or dispensation", CASE)) == ("asha",)


def test_a_double_press_begins_it_once(council, deferment):
    address, fields = deferment.sent_by("Send", {name.replace("__", "-"): value for name, value in ASKED.items()})
    pages = [deferment.visitor.send(address, fields) for _ in range(2)]
    came_from = f"/tasks/{council.task('Audit the case record', CASE).id}"
    assert [page.path for page in pages] == [came_from] * 2
    assert council.task("Decide on deferment or dispensation", CASE) is not None


def test_what_is_wrong_stands_next_to_its_field(deferment):
    page = deferment.press("Send", **ASKED | {"new_start__month": "13"})
    assert page.status == 422
    assert list(page.problems()) == ["#new_start-day"]
    assert page.value("reason") == "Annual leave"


def test_a_question_that_an_answer_brings_up_says_so_without_scripts(deferment):
    assert "Answer this if you chose “A deferment”" in deferment.text


@pytest.mark.parametrize("reader", ["mo", "asha"])
def test_only_the_auditor_asks(deferment, visit, reader):
    assert visit(reader).open(deferment.path).status == 403


DIFFICULTY = {"difficulty_when": "anticipated", "difficulty_kind": "leave", "difficulty_text": "I am away in May"}


def test_what_is_about_no_case_starts_on_a_page_of_its_own(visit):
    page = visit("kim").open("/start")
    assert page.title == "Start something – Casefile"
    assert "Propose a policy variation" in page.links()
    assert "Ask for a deferment or dispensation" not in page.links()
    page = page.visitor.open(page.links()["Tell us about a difficulty"])
    page = page.press("Send", **DIFFICULTY)
    assert page.path == "/"
    assert "“Tell us about a difficulty” is sent." in page.text


def test_what_is_about_no_case_is_not_offered_on_the_page_of_a_case(council, visit):
    council.assign(CASE, "kim")
    links = visit("kim").open(f"/cases/{CASE}").links()
    assert "Propose a policy variation" not in links
    assert "Ask for a deferment or dispensation" in links
    assert visit("kim").open(f"/cases/{CASE}/start/policy_variation").status == 404
    assert visit("kim").open("/start/deferment").status == 404


def test_a_process_that_begins_by_itself_is_no_page(deferment, visit):
    assert visit("mo").open(f"/cases/{CASE}/start/monthly_cycle").status == 404
    assert visit("mo").open("/cases/CF-00000/start/case_closure").status == 404


def test_a_closure_request_answers_at_once(council, visit):
    council.assign(CASE, "kim")
    page = visit("mo").open(f"/cases/{CASE}/start/case_closure")
    page.press("Send", closing_reason="The plan is finished", other_assessments="yes")
    assert "closure" in council.letters("mo", CASE)[-1].subject.lower() or council.letters("mo", CASE)[-1].body


def test_a_granted_deferment_moves_the_date_on_the_list(council, deferment, visit):
    deferment.press("Send", **ASKED)
    page = visit("asha").open(f"/tasks/{council.task('Decide on deferment or dispensation', CASE).id}")
    page = page.press("Complete the task", deferment_outcome="grant")
    assert "Your answers bring up another question." in page.text
    assert page.problems() == {}
    assert page.value("new_start-day") == "14"
    assert page.press("Complete the task").path == "/"
    assert council.task("Audit the case record", CASE).due > at(2027, 1, 12)
