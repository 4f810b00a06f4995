"""Rules of the course of things: what became of decisions, reports, reviews, minutes, records, funds and actions."""
