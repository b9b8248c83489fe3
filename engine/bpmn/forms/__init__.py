"""Forms: JSON files of the policy, read, shown, filled in and judged."""
