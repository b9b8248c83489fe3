"""Turns what the service says into pages: templates, and the words and values they need."""
