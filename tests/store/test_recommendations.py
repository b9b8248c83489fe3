"""Recommendations: those of a case, and those made in a month."""

from datetime import timedelta

from engine.store import recommendations
from tests.store.rows import NOW

DAY = timedelta(days=1)


def recommendation(instance, case="CF-1", at=NOW):
    return {
        "instance": instance,
        "case_ref": case,
        "audit": None,
        "kind": "case",
        "weight": None,
        "state": "made",
        "made_by": "kim",
        "made_at": at,
    }


def test_recommendations_are_found_by_case_and_by_when_they_were_made(database):
    with database.transaction() as connection:
        recommendations.add(connection, recommendation("later", at=NOW + DAY))
        recommendations.add(connection, recommendation("first"))
        recommendations.add(connection, recommendation("other", case="CF-2"))
        recommendations.change(connection, "first", {"state": "closed", "closed_at": NOW + DAY})
    with database.reading() as connection:
        assert [row.instance for row in recommendations.of_case(connection, "CF-1")] == ["first", "later"]
        made = recommendations.made_between(connection, NOW, NOW + DAY)
        assert [(row.instance, row.state) for row in made] == [("first", "closed"), ("other", "made")]
        assert recommendations.find(connection, "nothing") is None
