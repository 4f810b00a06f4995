"""Delegations as spans of time: when each began, when it ended and how, what was suspended."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from decisionlog.domain.answers.powers import Power
from decisionlog.render.site.pictures.spans import Pause
from decisionlog.render.site.spans import spans_of

NAMES = {"body:b": "The Board", "post:p": "Director", "function:beds": "Beds"}
POWER = Power(
    delegation="delegation:G1", delegator="body:b", delegates=("post:p",), jointly=False, on_behalf_of=(), exercised_for=(),
    kind="", functions=("function:beds",), matters=(), places=(), words="", includes=(), excludes=(), reserved=(),
    limits=None, legal_basis="", instrument="", clause="", reporting=(), since="2025-04-01T09:00:00Z", until="",
    review_by="", review_is_over=False, state="in force", state_on="2025-04-01", possible=False, remarks=(), evidence=(1,),
)  # fmt: skip


def span(**changed):
    (found,) = spans_of([replace(POWER, **changed)], NAMES)
    return found


def test_what_is_in_force_has_no_end():
    found = span()
    assert (found.name, found.what) == ("Beds", "From The Board to Director")
    assert (found.from_, found.until, found.how, found.pauses) == ("2025-04-01", "", "", ())


@pytest.mark.parametrize("how", ["revoked", "lapsed", "ended"])
def test_what_an_act_ended_ends_on_its_day_and_not_when_it_was_to_end(how):
    found = span(state=how, state_on="2025-09-01", until="2027-01-01")
    assert (found.until, found.how) == ("2025-09-01", how)


def test_what_is_suspended_is_so_since_a_day():
    assert span(state="suspended", state_on="2025-09-01").pauses == (Pause("2025-09-01"),)


def test_of_what_no_function_is_recorded_the_delegation_is_named():
    assert span(functions=()).name == "G1"


def test_whoever_is_not_recorded_is_not_named():
    assert span(delegator="").what == ""
