"""The closure certificate of a case: on its page, and on a page to be printed."""

from engine.service.case_file import looks
from tests.factories.council import AUDIT

CASE = "CF-20931"
CLOSING = {"closing_reason": "The plan is finished", "other_assessments": "yes"}


def test_a_certificate_says_when_it_was_issued_and_that_it_stands(council, visit):
    council.begin("mo", "case_closure", CASE, **CLOSING)
    page = visit("mo").open(f"/cases/{CASE}")
    page = page.visitor.open(page.links()["Closure certificate"])
    assert page.title == f"Closure certificate – {CASE} – Casefile"
    assert "Issued 1 December 2026 at 09:00 State It stands" in page.text


def test_a_certificate_that_ended_says_so(council, visit):
    council.begin("mo", "case_closure", CASE, **CLOSING)
    council.assign(CASE, "kim")
    assert council.task(AUDIT, CASE)
    assert "withdrawn on 1 December 2026" in visit("mo").open(f"/cases/{CASE}").text
    page = visit("mo").open(f"/cases/{CASE}/certificate")
    assert "State Withdrawn on 1 December 2026 at 09:00" in page.text
    assert "The case may not be closed with it." in page.text


def test_without_one_there_is_no_page(council, visit):
    council.begin("mo", "case_closure", CASE, **CLOSING)
    assert "Closure certificate" not in visit("sam").open("/cases/CF-21040").links()
    assert visit("sam").open("/cases/CF-21040/certificate").status == 404
    assert visit("zoe").open(f"/cases/{CASE}/certificate").status == 404


def test_a_certificate_is_saved_as_a_pdf_by_those_who_may_see_it(council, visit):
    council.begin("mo", "case_closure", CASE, **CLOSING)
    page = visit("mo").open(f"/cases/{CASE}/certificate")
    saved = page.visitor.open(page.links()["save it as a PDF"]).response
    assert saved.content_type == "application/pdf"
    assert saved.get_data().startswith(b"%PDF-")
    assert CASE in saved.headers["Content-Disposition"]
    looked = [one.details for one in council.events(looks.stream_of(CASE)) if one.details["what"] == "certificate"]
    assert [one.get("form") for one in looked] == [None, "pdf"]
    assert visit("zoe").open(f"/cases/{CASE}/certificate/pdf").status == 404
