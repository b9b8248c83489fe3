"""Tasks: beginning work, opening it, keeping a draft, passing it on, completing it."""
