"""Reports: what is reckoned from the records (one module a subject), how it is worded, and who reads it."""
