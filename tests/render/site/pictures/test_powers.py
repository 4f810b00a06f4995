"""Delegations of an answer as spans: each as the answer says that it stands."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from decisionlog.domain.answers.powers import Power
from decisionlog.render.site.pictures.powers import spans_of
from decisionlog.render.site.pictures.spans import Pause, draw, tell
from tests.render.answers import NAMES
from tests.render.site.pictures.reading import outside, words

POWER = Power(
    delegation="delegation:X", delegator="body:icb-board", givers=("body:icb-board",), delegates=("body:cabinet",),
    jointly=False, on_behalf_of=(),
    exercised_for=(), kind="delegate", functions=(), matters=(), places=(), words="", includes=(), excludes=(), reserved=(),
    limits=None, legal_basis="", instrument="", clause="", reporting=(), since="2025-04-01", until="", review_by="",
    review_is_over=False, state="in force", state_on="2025-04-01", possible=False, remarks=(), evidence=(14,),
)  # fmt: skip
DAY = "2026-03-12"


def span(**changed):
    return spans_of([replace(POWER, **changed)], NAMES)[0]


def remarks(**changed):
    return tell([span(**changed)], DAY, "it")[0].rows[0][3]


def test_a_delegation_says_from_whom_to_whom_and_how_long():
    found = span(until="2026-04-01")

    assert (found.name, found.what) == ("X", "From Northmoor ICB Board to Northmoor Cabinet")
    assert (found.from_, found.until) == ("2025-04-01", "2026-04-01")


def test_it_is_named_by_the_functions_that_are_given():
    (found,) = spans_of([replace(POWER, functions=("function:beds",))], {**NAMES, "function:beds": "Beds"})

    assert found.name == "Beds"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("in force", "In force on 12 March 2026"),
        ("not yet in force", "Not yet in force on 12 March 2026"),
        ("not known to be in force", "Possibly in force on 12 March 2026"),
        ("suspended", "Not in force on 12 March 2026; Suspended from 20 February 2026, no end recorded"),
        ("revoked", "Not in force on 12 March 2026; Revoked"),
        ("lapsed", "Not in force on 12 March 2026; Lapsed"),
        ("carried into others", "Not in force on 12 March 2026"),
    ],
)
def test_it_stands_as_the_answer_says(state, said):
    assert remarks(state=state, state_on="2026-02-20") == said


def test_what_was_revoked_ends_on_the_day_on_which_it_was():
    assert span(state="revoked", state_on="2026-02-20", until="2026-04-01").until == "2026-02-20"


def test_what_was_revoked_on_a_day_that_is_not_recorded_is_not_in_force():
    assert remarks(state="revoked", state_on="") == "Not in force on 12 March 2026; Revoked"


def test_what_is_suspended_goes_on_beyond_the_pause():
    found = span(state="suspended", state_on="2026-02-20", until="2026-04-01")

    assert (found.until, found.pauses) == ("2026-04-01", (Pause("2026-02-20"),))


def test_what_is_dated_in_part_is_only_possible():
    assert remarks(possible=True) == "Possibly in force on 12 March 2026; A date of it is not recorded in full"


def test_what_begins_first_stands_first_and_all_is_drawn_within_its_edges():
    later = replace(POWER, delegation="delegation:Y", since="2025-06-01", delegator="", givers=(), delegates=())
    drawn = draw(spans_of([later, POWER], NAMES), DAY, "it", "p")

    assert words(drawn).index("X In force") < words(drawn).index("Y In force")
    assert "From somebody who is not recorded to somebody who is not recorded" in " ".join(words(drawn).split())
    assert outside(drawn) == []
