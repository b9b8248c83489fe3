"""How long records are kept, how they are erased, and how the event log is verified (R-05, I-01)."""
