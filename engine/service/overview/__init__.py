"""Where everything stands, and what those with the right do about it (I-04)."""
