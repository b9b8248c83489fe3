"""The import report: what a reader and a store get of it (requirements 1.9)."""

import json

from tests.service.population_lists import csv_of, read, row_of

REPORT = read(
    csv_of(
        row_of(),
        row_of(service_area="CP&P/CIN"),
        row_of(case_reference="CF-40077", service_area="DAT"),
        row_of(case_reference="CF-30510", restricted="yes"),
        row_of(case_reference="CF-90001", service_area="Locality Teams"),
        row_of(case_reference="?"),
    )
)


def test_the_summary_is_plain_json_and_leaves_the_accepted_rows_out() -> None:
    summary = REPORT.summary()
    assert json.loads(json.dumps(summary)) == summary
    assert summary == {
        "rows_read": 6,
        "accepted": 3,
        "by_stratum": {"CFA": 1, "CP&P/CIN": 1, "LAC": 1},
        "by_reason": {"duplicate": 1, "malformed_reference": 1, "out_of_scope": 1},
        "refused": [
            {
                "row": 2,
                "case_reference": "CF-20931",
                "code": "duplicate",
                "sentence": "The case is listed more than once. Row 3 was kept, in CP&P/CIN.",
            },
            {
                "row": 6,
                "case_reference": "CF-90001",
                "code": "out_of_scope",
                "sentence": "Locality Teams is covered by another audit policy, so the case is left out.",
            },
            {
                "row": 7,
                "case_reference": "",
                "code": "malformed_reference",
                "sentence": "The case reference is not written like CF-20931.",
            },
        ],
        "duplicates": [{"case_reference": "CF-20931", "kept_row": 3, "stratum": "CP&P/CIN", "other_rows": [2]}],
        "aliases": [{"given": "DAT", "stratum": "CFA", "rows": 1}],
        "notes": [],
    }


def test_the_frame_lists_the_cases_of_each_stratum() -> None:
    assert REPORT.frame() == {"CFA": ("CF-40077",), "CP&P/CIN": ("CF-20931",), "LAC": ("CF-30510",)}
