"""What people read of a case: its page and history, its audits and remedial actions. Each look is on record."""
