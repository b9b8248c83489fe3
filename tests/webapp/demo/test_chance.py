"""What looks like chance comes out the same each time, and evenly."""

import pytest

from webapp.demo import chance


def test_it_depends_on_the_words_alone():
    assert chance.of_hundred("CF-20931", "voice") == chance.of_hundred("CF-20931", "voice")
    assert len({chance.of_hundred("CF-20931", section) for section in range(20)}) > 10


@pytest.mark.parametrize("share", [3, 50, 97])
def test_any_share_of_a_hundred_is_dealt_exactly(share):
    assert sum(chance.dealt(nth) < share for nth in range(100)) == share


def test_a_small_share_comes_round_before_long():
    assert any(chance.dealt(nth) < 5 for nth in range(20))


def test_between_keeps_to_its_ends():
    assert {chance.between(3, 5, number) for number in range(50)} == {3, 4, 5}


def test_what_has_no_weight_never_comes():
    found = [chance.weighted([1, 0, 3], number) for number in range(400)]
    assert 1 not in found
    assert found.count(2) > 2 * found.count(0) > 0
