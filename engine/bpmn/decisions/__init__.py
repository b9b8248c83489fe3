"""Decision tables: DMN files of the policy, read, checked and asked."""
