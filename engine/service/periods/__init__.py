"""The pages of audit periods: each part asked for by somebody who may see it (rights.dmn, "see audit period")."""
