"""The demonstration council: invented people and cases, and two months of life."""
