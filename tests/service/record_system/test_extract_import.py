"""The daily extract: what is understood is taken over together, what is not is listed, and nothing is half-imported."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import AlreadyAnswered, TooLarge, Unreadable
from engine.service.record_system import extract_import, extracts
from engine.service.record_system.extract_import import preview, read_file, read_json, take_in
from tests.factories.council import OTHERS, REMEDY, SOMEBODY, Council

CASE, OTHER = "CF-20931", "CF-20932"
HEADER = "Case Ref,Service,Allocated Team,Key Worker,Case Status,Restricted Flag"


def csv(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode()


def take(council: Council, *lines: str):
    return take_in(council.engine, SOMEBODY, read_file(council.engine, csv(*lines), "extract.csv"))


def reasons(report) -> dict[int, str]:
    return {one["row"]: one["reason"] for one in report["refused"]}


def case(council: Council, reference: str = CASE):
    return council.ask(lambda question: question.case(reference))


@pytest.fixture
def remedied(council: Council) -> Council:
    """Remedial actions of a case of North CIN."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    return council


def test_every_kind_of_change_is_taken_over_and_told(remedied):
    report = take(
        remedied,
        f"{CASE},,South CIN,sam,,",
        f"{OTHER},,,,closed,",
        "CF-30510,,,,,yes",
        "CF-21040,,South CIN,sam,open,no",
        "CF-99000,DAT,Assessment Central,Ben,open,",
    )
    assert [(one["case"], one["happened"]) for one in report["rows"]] == [
        (CASE, ["moved"]),
        (OTHER, ["closed"]),
        ("CF-30510", ["restricted"]),
        ("CF-21040", ["unchanged"]),
        ("CF-99000", ["added"]),
    ]
    assert (report["rows_read"], report["taken"], report["changed"], report["refused"]) == (5, 5, 4, [])
    assert remedied.holders(remedied.task(REMEDY, CASE)) == ("quin",)
    new = case(remedied, "CF-99000")
    assert (new.service_area, new.social_worker, new.status, new.restricted) == ("CFA", "ben", "open", False)
    assert case(remedied, OTHERS[0][0]).status == "open"


def test_a_case_closed_and_open_again_is_reopened(council):
    take(council, f"{CASE},,,,closed,")
    assert take(council, f"{CASE},,,,reopened,")["rows"][0]["happened"] == ["reopened"]
    assert "Consider earlier remedial actions" in council.titles(CASE)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",,North CIN,,open,", "The case reference is missing."),
        ("Jane,,North CIN,,open,", "is not written like CF-20931"),
        (f"{CASE},,Nowhere,,,", "There is no team called Nowhere"),
        (f"{CASE},,,Nobody,,", "Nobody in the directory is Nobody"),
        (f"{CASE},,,,lost,", "Status says lost"),
        (f"{CASE},,,,,perhaps", "Restricted says perhaps"),
        (f"{CASE},Wonders,,,,", "The service area Wonders is not known"),
        (f"{CASE},,,,,", "says nothing about the case"),
        (f"{CASE},,=cmd(),,,", "“Team” holds a formula"),
        (f"{CASE},,{'x' * 201},,,", "holds more than 200 characters"),
        ("CF-99001,LAC,East Looked After,,,", "not all that is needed"),
        ("CF-99001,,,,closed,", "Service area, Team"),
    ],
)
def test_a_row_that_is_not_understood_is_listed_with_its_reason_and_the_others_are_taken(council, line, said):
    said = said.replace("not all that is needed", "does not say all that is needed")
    report = take(council, line, f"{OTHER},,,,closed,")
    assert said in reasons(report)[2]
    assert case(council, OTHER).status == "closed"
    assert case(council).status == "open"
    assert case(council, "CF-99001") is None


def test_a_case_stands_in_one_row(council):
    report = take(council, f"{CASE},,South CIN,,,", f"{CASE.lower()},,East Looked After,,,")
    assert reasons(report) == {3: "The case stands in row 2 already. Keep one of the rows."}
    assert case(council).team == "South CIN"


def test_what_fails_leaves_nothing_half_imported(council, monkeypatch):
    before, take_over = council.dump(), extracts.take_over

    def fails(command, change):
        if change.case == OTHER:
            raise RuntimeError("the power went out")
        return take_over(command, change)

    monkeypatch.setattr(extracts, "take_over", fails)
    with pytest.raises(RuntimeError):
        take(council, f"{CASE},,South CIN,,,", "CF-99000,LAC,East Looked After,,open,", f"{OTHER},,,,closed,")
    assert council.dump() == before


def test_a_preview_says_the_same_and_keeps_nothing(council):
    before = council.dump()
    extract = read_file(council.engine, csv(f"{CASE},,South CIN,,,", f"{OTHER},,,,lost,"), "extract.csv")
    shown = preview(council.engine, extract)
    assert shown["rows"] == [{"row": 2, "case": CASE, "happened": ["team"]}]
    assert council.dump() == before
    assert take_in(council.engine, SOMEBODY, extract)["refused"] == shown["refused"]


def test_the_extract_is_on_record(council):
    take(council, f"{CASE},,South CIN,,,", "x,,,,,")
    last = council.events("cases")[-1]
    assert (last.kind, last.details) == (
        "extract taken in",
        {"rows_read": 2, "taken": 1, "changed": 1, "refused": 1},
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Unreadable),
        (HEADER.encode(), Unreadable),
        (b"Team,Status\nNorth CIN,open", Unreadable),
        (b"PK\x03\x04nonsense", Unreadable),
        (b"x" * 22_000_000, TooLarge),
    ],
)
def test_a_file_that_is_no_extract_is_refused_whole(council, content, refusal):
    before = council.dump()
    with pytest.raises(refusal):
        read_file(council.engine, content, "extract.csv")
    assert council.dump() == before


@pytest.mark.parametrize(
    "rows", [None, {}, "x", [1], [["case_reference"]], [{"case_reference": 1}], [{"name": "x"}], [{"team": ["x"]}]]
)
def test_json_that_is_no_rows_is_refused(rows):
    with pytest.raises(Unreadable):
        read_json(rows)


def test_json_rows_are_the_same_as_those_of_a_file(council):
    extract = read_json([{"case_reference": CASE, "restricted": True, "team": None}, {"case_reference": OTHER}])
    report = take_in(council.engine, SOMEBODY, extract)
    assert report["rows"] == [{"row": 1, "case": CASE, "happened": ["restricted"]}]
    assert reasons(report) == {2: "The row says nothing about the case."}


def test_the_same_key_is_taken_in_once_and_never_for_other_rows(council):
    first = [{"case_reference": CASE, "status": "closed"}]
    report = take_in(council.engine, SOMEBODY, read_json(first), "key-1", {"rows": first})
    extracts.apply(council.engine, SOMEBODY, extracts.CaseChange(CASE, status="open"))
    assert take_in(council.engine, SOMEBODY, read_json(first), "key-1", {"rows": first}) == report
    assert case(council).status == "open"
    with pytest.raises(AlreadyAnswered):
        take_in(council.engine, SOMEBODY, read_json([]), "key-1", {"rows": []})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(rows=st.lists(st.lists(st.text(max_size=12) | st.sampled_from([CASE, "open", "South CIN", "yes"]), max_size=7)))
def test_whatever_the_cells_every_row_is_taken_or_refused_once(council, rows):
    names = list(extract_import.FIELDS)
    records = [dict(zip(names, row, strict=False)) for row in rows]
    report = preview(council.engine, read_json(records))
    assert report["taken"] + len(report["refused"]) == report["rows_read"] == len(rows)
    json.dumps(report)
