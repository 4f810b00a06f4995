"""Read models: each file is one, with its row, its table, its fold and its queries. They do not know each other."""
