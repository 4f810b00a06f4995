from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from decisionlog.domain.days import OPEN_END, span
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def moment(day):
    return span(day, ZoneInfo("Europe/London")).earliest


_GONE = fact("body.dissolved", "body:board", "2026-05-01")
_HEIR = fact("organisation.registered", "organisation:icb-2", "2026-05-01", ref="icb-2", name="New ICB", kind="icb")


def _succeeded(**data):
    return fact(
        "organisation.succeeded",
        "organisation:icb",
        "2026-05-01",
        successors=[{"organisation": "organisation:icb-2", "takes": "whole"}],
        ends=True,
        **data,
    )


def test_a_delegation_whose_giver_ended_trips_it_alone():
    found = clean().also(gone=_GONE).trips("GL37", "grant", "board", "gone")
    assert sentence(found) == (
        "body:board, which gave it, ended on 2026-05-01, and nothing recorded says what became of it"
    )
    assert found.severity == "warning"
    assert found.subject == "delegation:S1"
    assert (found.since, found.until) == (moment("2026-05-01"), OPEN_END)


def test_until_the_giver_ends_nothing_is_said():
    clean().also(gone=_GONE).is_clean(on="2026-04-30")


def test_a_delegation_whose_receiver_ended_trips_it():
    gone = fact("body.dissolved", "body:committee", "2026-05-01")
    (found,) = clean().also(gone=gone).findings("GL37")
    assert sentence(found) == (
        "body:committee, to which it was given, ended on 2026-05-01, and nothing recorded says what became of it"
    )


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("delegation.revoked", {}),
        ("delegation.lapsed", {"cause": "party-dissolved"}),
        ("delegation.continued", {"delegator": "organisation:icb"}),
    ],
)
def test_what_says_what_became_of_it_ends_the_finding(type_, data):
    known_of = {"stream": "delegation:S1", "n": 1} if type_ == "delegation.revoked" else None
    told = fact(type_, "delegation:S1", "2026-05-01", of=known_of, **data)
    clean().also(gone=_GONE, told=told).says_nothing("GL37")
    later = {**told, "on": "2026-05-20"}
    history = clean().also(gone=_GONE, told=later)
    (found,) = history.findings("GL37", on="2026-05-19")
    assert (found.since, found.until) == (moment("2026-05-01"), moment("2026-05-20"))
    history.says_nothing("GL37", on="2026-05-20")


def test_a_new_grant_that_continues_it_ends_the_finding():
    again = fact("delegation.granted", "delegation:S2", "2026-05-20", ref="S2", continues=["delegation:S1"])
    history = clean().also(gone=_GONE, again=again)
    (found,) = history.findings("GL37", on="2026-05-19")
    assert found.until == moment("2026-05-20")
    history.says_nothing("GL37")


def test_what_had_ended_before_its_giver_did_is_not_left_behind():
    clean().but("grant", until="2026-05-01").also(gone=_GONE).says_nothing("GL37")
    clean().but("grant", from_="2026-06-01").also(gone=_GONE).says_nothing("GL37", on="2026-05-31")


def test_its_own_end_ends_the_finding():
    (found,) = clean().but("grant", until="2026-05-20").also(gone=_GONE).findings("GL37", on="2026-05-10")
    assert found.until == moment("2026-05-20")


def _by_the_organisation():
    return clean().but("grant", delegator="organisation:icb")


def test_an_organisation_that_was_succeeded_without_a_word_leaves_it_behind():
    history = _by_the_organisation().also(heir=_HEIR, succeeded=_succeeded())
    (found,) = history.findings("GL37")
    assert sentence(found).startswith("organisation:icb, which gave it, ended on 2026-05-01")


def test_one_of_two_givers_that_ended_leaves_its_part_behind():
    both = ["organisation:icb", "organisation:council"]
    history = _by_the_organisation().but("grant", on_behalf_of=both)
    ended = fact("organisation.dissolved", "organisation:council", "2026-05-01")
    (found,) = history.also(gone=ended).findings("GL37")
    assert sentence(found) == (
        "organisation:council, which gave it, ended on 2026-05-01, and nothing recorded says what became of it"
    )
    assert (found.since, found.until) == (moment("2026-05-01"), OPEN_END)
    (other,) = history.also(heir=_HEIR, succeeded=_succeeded()).findings("GL37")
    assert sentence(other).startswith("organisation:icb, which gave it, ended on 2026-05-01")


def test_one_of_two_givers_whose_successor_goes_on_with_it_leaves_nothing_behind():
    both = ["organisation:icb", "organisation:council"]
    history = _by_the_organisation().but("grant", on_behalf_of=both).also(heir=_HEIR)
    treated = _succeeded(continuity="treated-as-done-by-successor")
    history.also(succeeded=treated).says_nothing("GL37")
    told = fact("delegation.continued", "delegation:S1", "2026-05-01", delegator="organisation:icb-2")
    history.also(succeeded=_succeeded(), told=told).says_nothing("GL37")


@pytest.mark.parametrize("continuity", ["treated-as-done-by-successor", "not-continued"])
def test_what_the_succession_says_of_acts_done_before_will_do(continuity):
    history = _by_the_organisation().also(heir=_HEIR, succeeded=_succeeded(continuity=continuity))
    history.says_nothing("GL37")


def test_a_stub_has_no_parties():
    clean().also(stub=fact("delegation.granted", "delegation:S9", None, ref="S9")).is_clean()
