"""How much of a long proof to run."""

import os


def share(whole: int) -> int:
    """Return how many of `whole` cases to run: all, or a tenth where CASEFILE_SHARE is bounded."""
    return whole // 10 if os.environ.get("CASEFILE_SHARE") == "bounded" else whole
