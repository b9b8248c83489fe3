"""The rules of a case: its remedial actions, its closure, what it brings with it."""
