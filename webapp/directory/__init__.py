"""The directory's pages: people, posts, teams, absences, days off, training, imports and the first set-up."""
