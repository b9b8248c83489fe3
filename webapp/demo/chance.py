"""What looks like chance in the demonstration and comes out the same each time."""

from collections.abc import Sequence
from zlib import crc32

# Shares no factor with a hundred, so that the first hundred places are all places, well spread.
STRIDE = 61


def of_hundred(*about: object) -> int:
    """Return a number from 0 to 99 that depends on nothing but the words given."""
    return crc32(" ".join(str(one) for one in about).encode()) % 100


def dealt(nth: int) -> int:
    """Return the place from 0 to 99 of the nth of a kind: any share of a hundred comes round evenly."""
    return nth * STRIDE % 100


def between(first: int, last: int, *about: object) -> int:
    """Return a number from `first` to `last`, both included."""
    return first + of_hundred(*about) % (last - first + 1)


def weighted(weights: Sequence[int], *about: object) -> int:
    """Return the place of one of the weights, each as likely as it is heavy."""
    left = of_hundred(*about) * sum(weights) / 100
    for place, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return place
    return len(weights) - 1
