"""Twenty thousand damaged diagrams: problems or Specs come out, and nothing else."""

import pytest

from tests.bpmn.test_mutants import ORIGINALS, judge, parse
from tests.factories.mutants import mutants
from tests.factories.share import share


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10, 20))
def test_damaged_diagrams_are_refused(seed: int) -> None:
    for mutant in mutants(ORIGINALS, share(1_000), seed):
        judge(mutant)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20, 30))
def test_damaged_diagrams_do_not_break_out_of_the_parser(seed: int) -> None:
    for mutant in mutants(ORIGINALS, share(1_000), seed):
        parse(mutant)
