"""The runtime: one process instance from rest to rest on SpiffWorkflow, state in and state out."""
