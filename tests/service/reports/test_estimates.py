"""What a month says of all open cases (R-09, R-62): by the cut-off, with what is missing and late beside it."""

from engine.domain.editions import edition
from engine.service.audits import figures as month
from engine.service.policy import deployments
from engine.store import cycles
from tests.factories.council import SET_UP, policy
from tests.factories.reported import SIZES, authorise, cases
from tests.service.monthly import PERIOD
from tests.service.reports.reading import figures, made

WITHHELD = "This is withheld, because the figure of a smaller group could be worked out from it."


def shown(council, period="2026-12"):
    return figures(made(council, "management_report", period).report)


def test_the_estimate_is_that_of_the_statistics_at_the_cut_off(reported):
    def expected(question):
        row = cycles.get(question.connection, PERIOD)
        cut_off = reported.events(f"cycle {PERIOD}")[-1].at
        return edition("provisional", "good", month.strata(question, row, month.is_good(question), cut_off))

    wanted, found = reported.ask(expected), shown(reported)["estimates.good_or_better"]
    assert (found["value"], found["low"], found["high"]) == (
        wanted.overall.value,
        wanted.overall.interval.low,
        wanted.overall.interval.high,
    )
    assert (found["n"], found["cases"]) == (wanted.overall.n, sum(SIZES.values()))
    assert found["shown"] in found["sentence"]


def test_an_audit_after_the_cut_off_changes_no_estimate_and_is_counted(reported):
    before = shown(reported)
    authorise(reported, cases(reported)[-1], "inadequate")
    after = shown(reported)
    assert after["estimates.good_or_better"] == before["estimates.good_or_better"]
    counted = [(one["estimates.late"]["value"], one["estimates.missing"]["value"]) for one in (before, after)]
    assert counted[1] == (counted[0][0] + 1, counted[0][1] - 1)


def test_done_late_and_missing_make_up_the_sample(reported):
    found = shown(reported)
    response = found["estimates.response"]
    done = round(response["value"] * response["n"])
    assert done + found["estimates.late"]["value"] + found["estimates.missing"]["value"] == response["n"]
    assert found["estimates.late"]["value"] == 1


def test_the_areas_make_up_the_whole(reported):
    found = shown(reported)
    areas = [one for name, one in found.items() if name.startswith("estimates.by_area")]
    assert {one["group"] for one in areas} == set(SIZES)
    assert sum(one["n"] for one in areas) == found["estimates.good_or_better"]["n"]
    grades = [one["value"] for name, one in found.items() if name.startswith("estimates.grade ")]
    assert abs(sum(grades) - 1) < 1e-12


def test_an_area_with_fewer_than_five_audits_is_withheld_in_words(reported):
    areas = [one for name, one in shown(reported).items() if name.startswith("estimates.by_area")]
    few = [one for one in areas if one["n"] < 5]
    assert few
    assert [one for one in few if one["value"] is not None] == []
    assert {one["sentence"] for one in few} == {"There are too few to show a figure."}
    assert {one["low"] for one in few} == {None}


def test_a_lone_area_with_few_audits_takes_another_with_it(reported):
    rules = "processes/report_rules.dmn"
    fewer = {rules: policy()[rules].replace(b"<text>5</text>", b"<text>4</text>", 1)}
    deployments.deploy(reported.engine, SET_UP, {**policy(), **fewer}, "withholding fewer than four")
    areas = [one for name, one in shown(reported).items() if name.startswith("estimates.by_area")]
    (few,) = [one for one in areas if one["n"] < 4]
    (beside,) = [one for one in areas if one["value"] is None and one != few]
    assert (few["value"], beside["sentence"]) == (None, WITHHELD)
    assert beside["n"] == min(one["n"] for one in areas if one != few)


def test_a_month_before_the_first_sample_says_so(council):
    found = shown(council, "2026-10")
    assert found["estimates.no_sample"]["sentence"].startswith("No sample has been drawn yet")
    assert "estimates.good_or_better" not in found
