"""Population lists: read row by row from CSV and Excel, each refusal with its reason."""
