"""What is refused: with one sentence for its reader, and nothing changed."""

from collections.abc import Callable

import pytest

from engine.errors import Refusal
from tests.factories.council import Council


def refused(council: Council, kind: type[Refusal], act: Callable[[], object]) -> str:
    """Do what must be refused and return the sentence; every row of every table must stay as it was."""
    before = council.dump()
    with pytest.raises(kind) as refusal:
        act()
    assert type(refusal.value) is kind
    assert council.dump() == before
    sentence = refusal.value.sentence
    assert sentence[-1] in ".?", sentence
    assert len(sentence) <= 2_500
    assert "\n" not in sentence
    return sentence
