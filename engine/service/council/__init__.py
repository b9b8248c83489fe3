"""The council's own records as its administrators keep them: people, posts, teams, absences, days off, training."""
