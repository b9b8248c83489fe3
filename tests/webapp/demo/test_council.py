"""The rows of the demonstration council, as the directory takes them."""

from collections import Counter

from tests.factories import council as factory
from webapp.demo import council, town

NEWCOMERS = {"yan", "max", "ned"}


def test_the_rows_are_those_that_tests_and_stories_use_and_some_more():
    assert {row["username"] for row in council.people()} == {row["username"] for row in factory.people()} | NEWCOMERS
    assert list(council.teams()) == factory.teams()
    assert list(town.cases())[: len(factory.cases())] == factory.cases()


def test_everybody_who_audits_is_trained_but_one():
    assert [row["username"] for row in council.people() if row["in_audit_pool"] and not row["trained_on"]] == ["max"]


def test_each_case_has_a_reference_of_its_own():
    assert Counter(case["reference"] for case in town.cases()).most_common(1)[0][1] == 1


def test_the_population_list_holds_every_case_of_all_five_service_areas():
    found = list(town.cases())
    content = town.as_list(found)
    assert content.count(b"CF-") == len(found) > 150
    assert {case["service_area"] for case in found} == {"CP&P/CIN", "LAC", "CFA", "CWD", "Next Step"}


def test_the_team_of_a_case_can_be_looked_up():
    assert town.teams()["CF-22001"] == "North CIN"
