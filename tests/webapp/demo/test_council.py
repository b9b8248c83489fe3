"""The rows of the demonstration council, as the directory takes them."""

from tests.factories import council as factory
from webapp.demo import council


def test_the_rows_are_those_that_tests_and_stories_use():
    assert {row["username"] for row in council.people()} == {row["username"] for row in factory.people()}
    assert list(council.cases()) == factory.cases()
    assert list(council.teams()) == factory.teams()


def test_the_population_list_holds_every_case():
    assert council.population_list().count(b"CF-") == len(list(council.cases()))
