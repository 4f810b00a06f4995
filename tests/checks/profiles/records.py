"""Records made by hand, as they are gathered from a log."""

from __future__ import annotations

from decisionlog.checks.profiles.record import DecisionRecord, Declared, Facts, Noted


def noted(type_name, position=10, on="", **data):
    return Noted(type_name, data, position, on)


def taken(on="2026-03-12", **data):
    return noted("decision.taken", 20, on, **data)


def declared(person="person:p-1", *more, **data):
    return Declared(person, Facts((noted("meeting.interest_declared", 12, by=person, **data), *more)))


def record(*facts, interests=(), **data):
    return DecisionRecord(Facts((taken(**data), *facts)), tuple(interests))
