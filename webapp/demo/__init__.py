"""The demonstration council: invented people and cases, and seven months of life."""
