"""Rules of authority: whether whoever decided had the power, within which limits, and from whom."""
