from __future__ import annotations

import pytest

from tests.checks.clean import DIGEST, fact
from tests.checks.histories import clean, sentence

_SORD = {"stream": "instrument:sord", "n": 1}


# GL06


def test_a_decision_that_names_no_power_trips_it_alone():
    found = clean().but("D1", authority=[]).trips("GL06", "D1")
    assert sentence(found) == "neither a delegation nor a power of the decider's own is recorded for it"
    assert found.severity == "error"
    clean().but("D1", authority=None).trips("GL06", "D1")


@pytest.mark.parametrize(
    "cited",
    [
        {"legal_basis": "original-power"},
        {"instrument": "instrument:sord"},
        {"clause": "7.2"},
        {"words": "the general power"},
        {"delegation": "delegation:S1"},
    ],
)
def test_whatever_it_names_will_do(cited):
    clean().but("D1", authority=[cited]).is_clean()


def test_an_entry_that_only_says_for_whom_names_no_power():
    clean().but("D1", authority=[{"on_behalf_of": ["organisation:icb"]}]).trips("GL06", "D1")


@pytest.mark.parametrize("outcome", ["rejected", "noted", "deferred", "recommended", "elected", "no-decision"])
def test_where_nothing_is_to_be_done_no_power_is_missed(outcome):
    clean().but("D1", authority=None, outcome=outcome).says_nothing("GL06")


def test_who_was_asked_for_advice_needs_no_power():
    clean().but("D1", authority=None, asked_to="advise").says_nothing("GL06")


def test_a_forum_that_approves_is_another_rules_matter():
    clean().but("D1", authority=None).but("terms", can="advise").says_nothing("GL06")


def test_where_it_is_not_recorded_who_decided_nothing_is_said():
    clean().but("D1", authority=None, decision_makers=None).says_nothing("GL06")


def test_of_somebody_of_whom_no_kind_is_recorded_it_is_not_evidenced():
    history = clean().but("icb", kind=None).but("D1", authority=None)
    found = history.is_not_evidenced("GL06")
    assert sentence(found) == "neither a delegation nor a power of the decider's own is recorded for it"
    assert history.but("D1", authority=[]).findings("GL06")[0].evidenced


def test_the_kind_of_whom_it_binds_will_do():
    stranger = fact("body.constituted", "body:stranger", "2022-07-01", ref="stranger", name="Stranger")
    history = clean().also(stranger=stranger).but("D1", authority=None, decision_makers=["body:stranger"])
    assert [one.evidenced for one in history.findings("GL06")] == [True]


def test_a_delegation_of_which_nothing_is_recorded_is_not_evidenced():
    cited = fact("delegation.granted", "delegation:S9", None, ref="S9")
    history = clean().also(cited=cited).but("D1", authority=[{"delegation": "delegation:S9"}])
    found = history.is_not_evidenced("GL06")
    assert sentence(found) == "it relies on delegation:S9, of which nothing but the reference is recorded"


# GL34


def _replaced(on, **data):
    return fact("instrument.replaced", "instrument:sord", on, of=_SORD, replaced_by="instrument:sord-2", **data)


def _next_sord(history):
    second = fact("instrument.adopted", "instrument:sord-2", "2026-02-01", ref="sord-2", document={"sha256": DIGEST})
    return history.also(second=second)


def test_an_instrument_that_had_been_replaced_trips_it_alone():
    found = _next_sord(clean()).also(replaced=_replaced("2026-03-01")).trips("GL34", "D1", "sord", "replaced")
    assert sentence(found) == "it rests on instrument:sord, which had been replaced on 2026-03-01"
    assert found.severity == "warning"


def test_an_instrument_that_had_ended_trips_it_too():
    found = (
        clean()
        .also(ended=fact("instrument.ended", "instrument:sord", "2026-03-11"))
        .trips("GL34", "D1", "sord", "ended")
    )
    assert sentence(found) == "it rests on instrument:sord, which had ended on 2026-03-11"
    assert sentence(clean().but("sord", until="2026-03-12").trips("GL34", "D1", "sord")).endswith("ended on 2026-03-12")


def test_until_its_last_day_an_instrument_holds():
    clean().but("sord", until="2026-03-13").is_clean()
    _next_sord(clean()).also(replaced=_replaced("2026-03-13")).is_clean()


def test_what_was_replaced_on_that_day_is_not_evidenced():
    found = _next_sord(clean()).also(replaced=_replaced("2026-03-12")).is_not_evidenced("GL34")
    assert sentence(found).endswith(": whether before or after the decision cannot be told")
    _next_sord(clean()).also(replaced=_replaced("2026-03-12", from_="2026-03-12")).trips(
        "GL34", "D1", "sord", "replaced"
    )
    _next_sord(clean()).also(replaced=_replaced("2026-03-12T15:00:00Z")).is_not_evidenced("GL34")


def test_the_instrument_of_the_delegation_counts_where_the_decision_names_none():
    history = _next_sord(clean()).but("D1", authority=[{"delegation": "delegation:S1"}])
    found = history.also(replaced=_replaced("2026-03-01")).trips("GL34", "D1", "sord", "replaced")
    assert sentence(found) == ("it relies on delegation:S1 by instrument:sord, which had been replaced on 2026-03-01")


def test_an_instrument_of_which_nothing_is_recorded_is_not_evidenced():
    lost = clean().also(lost=fact("instrument.adopted", "instrument:lost", None, ref="lost"))
    found = lost.but("D1", authority=[{"instrument": "instrument:lost"}]).is_not_evidenced("GL34")
    assert sentence(found) == "it rests on instrument:lost, of which nothing but the reference is recorded"
    lost.but("grant", instrument="instrument:lost").says_nothing("GL34")


def test_an_instrument_without_a_digest_is_not_evidenced():
    found = clean().but("sord", document=None).is_not_evidenced("GL34")
    assert sentence(found) == (
        "it rests on instrument:sord, of whose text no digest is recorded: which text it was cannot be shown"
    )
    clean().but("sord", document={"title": "SoRD"}).is_not_evidenced("GL34")
    amended = fact("instrument.amended", "instrument:sord", "2025-01-01", document={"sha256": DIGEST})
    clean().but("sord", document=None).also(amended=amended).is_clean()
    clean().but("sord", document=None).but("D1", authority=[{"delegation": "delegation:S1"}]).is_clean()


def test_an_instrument_that_is_yet_to_begin_is_another_rules_matter():
    clean().but("sord", from_="2026-03-13").says_nothing("GL34")


@pytest.mark.parametrize("outcome", ["noted", "deferred", "recommended"])
def test_an_outcome_that_uses_no_power_rests_on_no_instrument(outcome):
    clean().but("D1", outcome=outcome).but("sord", document=None).says_nothing("GL34")


def test_a_decision_without_a_day_is_not_held_against_its_instrument():
    _next_sord(clean().undated("D1")).also(replaced=_replaced("2026-03-01")).is_not_evidenced("GL34")
