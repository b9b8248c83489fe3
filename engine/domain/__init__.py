"""Pure functions and value types: no input or output, no clock, no framework."""
