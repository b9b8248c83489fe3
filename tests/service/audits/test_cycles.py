"""The audit period: its list is uploaded by who has that work, and never after it is locked (R-36 to R-41, I-07)."""

from hashlib import sha256

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow, Unreadable
from engine.service.audits import cycles
from engine.store import cycles as rows
from tests.factories.council import at
from tests.service.monthly import LOCK, PERIOD, UPLOAD, draw, period, population, upload


def frame(council):
    return council.ask(lambda question: cycles.frame_by_stratum(question, PERIOD))


def test_an_uploaded_list_becomes_the_frame_with_its_report(council):
    content = population() + b"\nCF-600001,Locality Teams,,,open,no\nCF-600002,DAT,Assessment Central,,open,no"
    identifier, report = cycles.upload(council.engine, "hal", PERIOD, "cases.csv", content)
    assert {stratum: len(those) for stratum, those in frame(council).items()} == {
        "LAC": 6,
        "CP&P/CIN": 9,
        "CFA": 7,
        "CWD": 4,
        "Next Step": 3,
    }
    assert (len(report.rows), len(report.refused)) == (29, 1)
    kept = council.ask(lambda question: rows.get_upload(question.connection, identifier))
    assert (kept.sha256, kept.person, kept.file_name) == (sha256(content).hexdigest(), "hal", "cases.csv")
    event = council.events(f"cycle {PERIOD}")[-1]
    assert event.details == {"upload": identifier, "accepted": 29, "refused": 1}


def test_nothing_is_kept_of_columns_that_no_audit_needs(council):
    head, *lines = population({"LAC": 3}).decode().splitlines()
    content = "\n".join([f"{head},child_name", *(f"{line},Peregrine Featherstonehaugh" for line in lines)]).encode()
    _, report = cycles.upload(council.engine, "hal", PERIOD, "cases.csv", content)
    assert len(report.rows) == 3
    assert "Featherstonehaugh" not in str(council.dump())


def test_a_second_list_takes_the_place_of_the_first_and_both_are_kept(council):
    first, _ = cycles.upload(council.engine, "hal", PERIOD, "one.csv", population({"LAC": 3}))
    second, _ = cycles.upload(council.engine, "hal", PERIOD, "two.csv", population({"CWD": 2}))
    assert list(frame(council)) == ["CWD"]
    for identifier in (first, second):
        assert council.ask(lambda question, one=identifier: rows.get_upload(question.connection, one))


def test_no_list_is_taken_after_it_is_locked(council):
    upload(council)
    council.complete("gail", LOCK)
    before = council.dump()
    for person in ("hal", "gail"):
        with pytest.raises(NotNow, match="the population list of this period is locked"):
            cycles.upload(council.engine, person, PERIOD, "late.csv", population({"LAC": 1}))
    assert council.dump() == before


@pytest.mark.parametrize("person", ["kim", "mo", "bev", "una", "nobody"])
def test_only_who_has_open_work_of_the_period_uploads(council, person):
    before = council.dump()
    with pytest.raises(NotAllowed, match="You may not upload a population list: it belongs to another post"):
        cycles.upload(council.engine, person, PERIOD, "cases.csv", population())
    assert council.dump() == before


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a,b\n1,2", b"case_reference\nCF-1", b"PK\x03\x04broken"])
def test_nothing_of_an_unreadable_list_is_kept(council, content):
    before = council.dump()
    with pytest.raises(Unreadable, match=r"cases\.csv cannot be read: ."):
        cycles.upload(council.engine, "hal", PERIOD, "cases.csv", content)
    assert council.dump() == before


def test_an_unknown_period_is_not_found(council):
    with pytest.raises(NotFound, match="no audit period 1999-01"):
        cycles.upload(council.engine, "hal", "1999-01", "cases.csv", population())


def test_the_task_needs_a_list(council):
    with pytest.raises(Invalid):
        council.complete("hal", UPLOAD, population_list="")


def test_a_returned_list_is_uploaded_again(council):
    upload(council)
    council.complete("gail", LOCK, outcome="return", reason="Next Step is missing")
    assert period(council).state == "awaiting frame"
    assert council.holders(council.task(UPLOAD)) == ("hal",)
    upload(council, population({"LAC": 4}))
    assert list(frame(council)) == ["LAC"]


def test_a_list_without_an_accepted_case_is_not_locked(council):
    cycles.upload(council.engine, "hal", PERIOD, "cases.csv", b"\n".join(population().splitlines()[:1]) + ROW)
    identifier = council.ask(lambda question: rows.get(question.connection, PERIOD).report)
    assert identifier is not None
    upload(council, population().splitlines()[0] + ROW)
    with pytest.raises((NotNow, Invalid), match="accepted"):
        council.complete("gail", LOCK)


ROW = b"\nCF-600001,Locality Teams,,,open,no"


def test_the_draw_is_repeated_from_certificate_and_frame_alone(council):
    with pytest.raises(NotNow, match="no sample has been drawn yet"):
        cycles.drawn_again(council.engine, PERIOD)
    draw(council)
    again = cycles.drawn_again(council.again().engine, PERIOD)
    certificate = period(council).certificate
    assert {area: list(those) for area, those in again.sample.items()} == {
        area: facts["cases"] for area, facts in certificate["strata"].items()
    }
    assert certificate["locked_at"] <= certificate["seed_made_at"]


def test_exactly_one_period_is_opened_for_a_month(council):
    council.pass_to(at(2027, 2, 11))
    assert council.cycles() == ["2027-02", "2027-01", "2026-12", "2026-11"]
