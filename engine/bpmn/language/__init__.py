"""The owners' language: small total expressions, read by us and never by Python."""
