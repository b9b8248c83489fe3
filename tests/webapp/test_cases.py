"""A case page: what it shows, and to whom."""

import pytest

from engine.store import audits
from tests.factories.council import REMEDY

CASE = "CF-20931"


@pytest.fixture
def remedied(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)


@pytest.mark.parametrize("reader", ["nia", "mo", "oz", "pat", "kim", "asha", "bev", "gail", "colin", "ian"])
def test_who_works_a_case_or_answers_for_it_sees_it(remedied, visit, reader):
    page = visit(reader).open(f"/cases/{CASE}")
    assert page.status == 200
    assert page.title == f"{CASE} – Casefile"


@pytest.mark.parametrize("reader", ["zoe", "sam", "quin", "ros"])
def test_for_everybody_else_it_reads_as_if_it_did_not_exist(remedied, visit, reader):
    visitor = visit(reader)
    there, nowhere = (visitor.open(f"/cases/{reference}") for reference in (CASE, "CF-00000"))
    assert there.status == nowhere.status == 404
    assert there.text.replace(CASE, "") == nowhere.text.replace("CF-00000", "")


def test_it_says_what_is_open_and_with_whom(remedied, visit):
    page = visit("nia").open(f"/cases/{CASE}")
    assert f"{REMEDY} Mo" in page.text
    assert REMEDY not in page.links()
    assert REMEDY in visit("mo").open(f"/cases/{CASE}").links()


def test_it_says_why_the_case_may_not_be_closed(remedied, visit):
    text = visit("mo").open(f"/cases/{CASE}").text
    assert "2 remedial actions are neither signed off nor discharged by a management decision" in text


def test_a_case_without_audits_may_be_closed(visit):
    assert "Yes. Nothing from an audit stands open." in visit("mo").open(f"/cases/{CASE}").text


def test_a_case_is_found_by_its_reference(remedied, visit):
    visitor = visit("mo")
    found = visitor.open("/cases?reference=+cf-20931 ")
    assert found.path == f"/cases/{CASE}"


def test_only_those_who_may_begin_something_are_offered_it(remedied, visit):
    assert "Ask to close a case" in visit("mo").open(f"/cases/{CASE}").links()
    assert "Ask to close a case" not in visit("kim").open(f"/cases/{CASE}").links()


def test_whoever_works_with_the_case_reads_what_the_audit_says(council, remedied, visit):
    (row,) = council.ask(lambda question: audits.of_case(question.connection, CASE))
    address = f"/cases/{CASE}/audits/{row.id}"
    page = visit("mo").open(address)
    assert page.status == 200
    assert page.title == f"Audit of {CASE} – Casefile"
    for words in ("Do the thing 1", "Do the thing 2", "Overall quality", "Kim"):
        assert words in page.text
    assert address in visit("mo").open(f"/cases/{CASE}").links().values()
    assert visit("zoe").open(address).status == 404
    assert visit("mo").open(f"/cases/CF-20932/audits/{row.id}").status == 404


def test_what_happened_is_told_newest_first(council, remedied, visit):
    page = visit("mo").open(f"/cases/{CASE}")
    page = page.visitor.open(page.links()[f"Everything that happened to {CASE}"])
    assert page.title == f"What happened to {CASE} – Casefile"
    assert "Kim completed “Audit the case record”" in page.text
    assert visit("zoe").open(page.path).status == 404


def test_a_restricted_record_says_so_and_tells_nothing(visit):
    page = visit("asha").open("/cases/CF-70001")
    assert page.status == 403
    assert page.title == "This record is restricted – Casefile"
    assert "CF-70001 is a restricted record: you are not cleared for restricted records." in page.text
    assert "South CIN" not in page.text
    assert visit("zoe").open("/cases/CF-70001").status == 404
