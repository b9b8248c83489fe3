"""The record system: what it says, and what it is told (I-09, I-12)."""
