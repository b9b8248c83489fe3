"""What was asked for and decided is told in words, each request once, with the day a deferred audit starts (R-64)."""

from tests.service.reports.reading import figures, made

DECIDE = "Decide on deferment or dispensation"


def test_a_decision_is_worded_and_a_deferred_audit_has_the_day_it_starts(council):
    for case, kind, outcome in (
        ("CF-20931", "deferment", "grant"),
        ("CF-30510", "dispensation", "refuse"),
        ("CF-90001", "deferment", None),
    ):
        council.assign(case, "kim")
        given = {"new_start": "2026-12-21"} if kind == "deferment" else {}
        council.begin("kim", "deferment", case, request_kind=kind, **given)
        if outcome is not None:
            council.complete("asha", DECIDE, case, deferment_outcome=outcome, refusal_reason="There is time.")
    found = made(council, "management_report")
    told = {key: one["value"] for key, one in figures(found.report).items() if key.startswith("deferments.")}
    assert told == {
        "deferments.asked": 3,
        "deferments.decided Deferment granted": 1,
        "deferments.decided Dispensation refused": 1,
        "deferments.undecided": 1,
    }
    rows = {row["case"]: (row["decided"], row["starts_on"]) for row in found.behind["deferments:asked"]}
    assert rows == {
        "CF-20931": ("Deferment granted", "2026-12-21"),
        "CF-30510": ("Dispensation refused", None),
        "CF-90001": (None, None),
    }
