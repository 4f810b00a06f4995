"""Answers turned into what people and programs read. It knows answers, not how they were found."""
