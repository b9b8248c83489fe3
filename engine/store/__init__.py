"""Tables and queries: SQLAlchemy lives here alone."""
