"""Read models of authority: who has which duty, who there is, what was given to whom, on both axes of time."""
