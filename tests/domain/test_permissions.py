"""Who may do what: every cell of the whole table, callers by what they do by how a matter is held."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from decisionlog.domain.facts import KINDS, TYPES
from decisionlog.domain.permissions import EVERY, WORDS, Grant, No, Yes, everywhere, may, needed_for
from decisionlog.domain.vocabulary import AccessLevel

TABLE = Path(__file__).parent / "permissions.csv"
NOW = 1_000
LEVELS = get_args(AccessLevel)
HOLDS = ("nothing", *EVERY, *(f"{one} + read-private" for one in EVERY if one != "read-private"))
WHERE = ("all matters", "this body's", "another body's", "a body's, and this is no body's", "ended", "not begun")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def grants_of(holds: str, where: str) -> list[Grant]:
    permissions = frozenset() if holds == "nothing" else frozenset(holds.split(" + "))
    bodies = None if where in {"all matters", "ended", "not begun"} else frozenset({"body:a"})
    times = {"ended": {"ends": NOW}, "not begun": {"begins": NOW + 1}}.get(where, {})
    return [Grant(permissions, bodies, 7, **times)] if permissions else []


def matter_of(where: str) -> set[str]:
    """The bodies whose matter is asked about."""
    if where == "a body's, and this is no body's":
        return set()
    return {"body:b"} if where == "another body's" else {"body:a", "body:c"}


def cell(row: dict[str, str], action: str) -> str:
    answer = may(grants_of(row["holds"], row["where"]), action, matter_of(row["where"]), row["level"], NOW)
    if isinstance(answer, Yes):
        return "yes"
    return "absent" if answer.absent else "no"


def test_the_table_is_the_whole_product():
    asked = [(row["holds"], row["where"], row["level"]) for row in rows()]
    wanted = [one for one in product(HOLDS, WHERE, LEVELS) if one[0] != "nothing" or one[1] == "all matters"]
    assert asked == wanted
    assert all(set(row) == {"holds", "where", "level", *EVERY} for row in rows())


def test_every_cell_is_so():
    wrong = [
        (row["holds"], row["where"], row["level"], action, row[action], found)
        for row, action in product(rows(), EVERY)
        if (found := cell(row, action)) != row[action]
    ]
    assert not wrong


def test_nobody_without_a_grant_does_more_than_read_what_is_open():
    granted = [row for row in rows() if row["holds"] == "nothing" or row["where"] in {"ended", "not begun"}]
    assert all(row[action] != "yes" for row in granted for action in EVERY if action != "read")
    assert {row["read"] for row in granted if row["level"] in {"open", "part-exempt"}} == {"yes"}
    assert {row[action] for row in granted for action in EVERY if row["level"] not in {"open", "part-exempt"}} == {
        "absent"
    }


def test_what_is_exempt_is_never_forbidden_but_absent_to_whoever_may_not_read_it():
    exempt = [
        row for row in rows() if row["level"] not in {"open", "part-exempt"} and "read-private" not in row["holds"]
    ]
    assert exempt
    assert {row[action] for row in exempt for action in EVERY} == {"absent"}


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("ended", "The grant [7] to record what happened has ended."),
        ("not begun", "The grant [7] to record what happened has not begun."),
        ("another body's", "The grant [7] to record what happened is for body:a alone."),
    ],
)
def test_a_no_says_why(where, reason):
    assert may(grants_of("record", where), "record", matter_of(where), "open", NOW) == No(reason)


def test_without_any_grant_a_no_says_what_was_wanted():
    assert may([], "erase", [], "open", NOW) == No("No grant lets this account destroy sealed words.")


def test_one_grant_that_covers_it_is_enough():
    grants = [*grants_of("record", "ended"), Grant(frozenset({"record"}), None, 9)]
    assert may(grants, "record", [], "open", NOW) == Yes(9)


def test_where_several_grants_hold_it_may_be_done_in_the_matters_of_all_their_bodies():
    one, other = (Grant(frozenset({"record"}), frozenset({f"body:{key}"})) for key in "ab")
    assert everywhere([one, other], "record", NOW) == {"body:a", "body:b"}
    assert everywhere([one, Grant(frozenset({"record"}))], "record", NOW) is None
    assert everywhere([one], "read-private", NOW) == frozenset()


def test_every_type_of_fact_needs_a_permission_that_there_is():
    assert {needed_for(name, kind) for name in TYPES for kind in KINDS} <= set(EVERY)
    assert set(WORDS) == set(EVERY)


@pytest.mark.parametrize("type_name", ["record.corrected", "record.retracted", "access.granted", "record.renumbered"])
def test_no_fact_about_a_grant_or_about_the_log_is_recorded_without_leave_to_administer(type_name):
    assert needed_for(type_name, "access") == needed_for(type_name, "log") == "administer"


@pytest.mark.parametrize(
    ("type_name", "needed"),
    [
        ("decision.taken", "record"),
        ("record.corrected", "correct"),
        ("record.access_changed", "publish"),
        ("person.erased", "erase"),
        ("record.hold_lifted", "administer"),
    ],
)
def test_what_a_fact_needs_follows_from_its_type(type_name, needed):
    assert needed_for(type_name, "decision") == needed
