"""What is known of authority at a point, as rules and questions ask for it."""
