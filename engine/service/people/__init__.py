"""People: the directory, who is away, and who may sign in or ask by a token."""
