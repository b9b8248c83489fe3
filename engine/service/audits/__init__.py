"""The rules of audits: who may audit what, in which period, and what the results say."""
