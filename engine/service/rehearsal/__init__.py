"""Stories are rehearsed against a deployment: in memory, on a virtual clock, through the same use cases as staff."""
