"""Definitions, their language and their execution by SpiffWorkflow: state out, state in."""
