"""Whatever is written, the owners' language answers with plain JSON or a refusal, at once, and changes nothing."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest

from engine.bpmn.language.expressions import Language
from engine.errors import ExpressionRefused
from tests.bpmn.sandbox import frozen, functions, measured, names
from tests.factories.share import share
from tests.torture.expression_payloads import payloads

COUNT = int(os.environ.get("CASEFILE_FUZZ_COUNT", share(200_000)))
BATCH = 100
SEED = int(os.environ.get("CASEFILE_FUZZ_SEED", random.randrange(2**32)))


def batches(source: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for begin in range(0, COUNT, BATCH):
        yield list(islice(source, min(BATCH, COUNT - begin)))


@pytest.mark.torture
def test_generated_sources_give_plain_values_or_refusals_at_once_and_change_nothing():
    print(f"CASEFILE_FUZZ_SEED={SEED}")
    language = Language(functions())
    data = names()
    before = frozen(data)
    ends: Counter[str] = Counter()
    for batch in batches(payloads(random.Random(SEED))):
        for mode, text in batch:
            outcome = measured(language, mode, text, data)
            ends["refused" if isinstance(outcome, ExpressionRefused) else "answered"] += 1
        assert frozen(data) == before, f"one of these changed the data: {batch}"
    assert ends.total() == COUNT
    assert ends["answered"] > COUNT // 50, "the grammar writes too little that is allowed to prove anything"
