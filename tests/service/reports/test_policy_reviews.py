"""A part of the policy is looked at again a year after it was last changed or looked at (manual section 5; R-18)."""

from datetime import date

from engine.bpmn.parts import parts_of
from engine.service.reports import policy_reviews
from tests.factories.council import Council, at, policy

DEADLINES, REVIEWS = "processes/deadlines.dmn", "processes/policy_reviews.dmn"
SHORTER = {DEADLINES: policy()[DEADLINES].replace(b"<text>20</text>", b"<text>15</text>", 1)}
FIRST = date(2026, 11, 2)


def reviews(council: Council) -> dict[str, policy_reviews.Review]:
    """The reviews by the name of the part's file and its kind."""
    found = council.ask(policy_reviews.reviews)
    return {f"{one.part.kind} {one.part.name}": one for one in found}


def looked_at(council: Council) -> dict[str, date]:
    return {name: one.looked_at_on for name, one in reviews(council).items()}


def seen_on(day: str) -> dict[str, bytes]:
    """The table of reviews with a day on which the parts of its first row were looked at."""
    table = policy()[REVIEWS]
    return {REVIEWS: table.replace(b"<text>None</text>", f'<text>"{day}"</text>'.encode(), 1)}


def test_every_part_in_force_has_an_owner_and_a_day(council: Council) -> None:
    found = reviews(council)
    assert len(found) == len(parts_of(policy()))
    assert {one.looked_at_on for one in found.values()} == {FIRST}
    assert {one.review_on for one in found.values()} == {date(2027, 11, 2)}
    assert found["process safeguarding_concern"].owner == "Head of Safeguarding"
    assert found["table strata"].owner == "Social Care Research Analyst"
    assert found["table deadlines"].owner == "Service Manager, Quality Assurance"
    assert found["form audit"].title == council.ask(lambda question: question.policy.forms["audit.json"].title)


def test_a_change_is_a_look_from_the_day_it_is_in_force(council: Council) -> None:
    council.deploy(SHORTER, at(2027, 3, 1))
    assert set(looked_at(council).values()) == {FIRST}
    council.clock.move_to(at(2027, 3, 1))
    assert looked_at(council) == {**dict.fromkeys(looked_at(council), FIRST), "table deadlines": date(2027, 3, 1)}


def test_a_part_that_is_deployed_again_as_it_was_before_is_changed_again(council: Council) -> None:
    for month, changes in ((2, SHORTER), (3, {**SHORTER, "processes/README.md": b"# Other words"}), (4, {})):
        council.clock.move_to(at(2027, month, 1))
        council.deploy(changes)
        expected = date(2027, {2: 2, 3: 2, 4: 4}[month], 1)
        assert looked_at(council)["table deadlines"] == expected
    assert looked_at(council)["table strata"] == FIRST


def test_a_part_may_be_looked_at_without_a_change(council: Council) -> None:
    council.clock.move_to(at(2027, 11, 20))
    council.deploy(seen_on("2027-11-19"))
    found = looked_at(council)
    assert found["form concern"] == date(2027, 11, 19)
    assert (found["form audit"], found["table policy_reviews"]) == (FIRST, date(2027, 11, 20))


def test_a_look_that_is_still_to_come_does_not_count(council: Council) -> None:
    council.deploy(seen_on("2027-02-01"))
    assert looked_at(council)["form concern"] == FIRST
    council.clock.move_to(at(2027, 2, 1))
    assert looked_at(council)["form concern"] == date(2027, 2, 1)


def test_a_review_is_overdue_on_the_day_after_its_day(council: Council) -> None:
    def overdue() -> int:
        return council.ask(
            lambda question: sum(policy_reviews.is_overdue(question, one) for one in policy_reviews.reviews(question))
        )

    council.clock.move_to(at(2027, 11, 2, 23))
    assert overdue() == 0
    council.clock.move_to(at(2027, 11, 3))
    assert overdue() == len(parts_of(policy()))
