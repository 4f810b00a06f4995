from __future__ import annotations

import pytest

from decisionlog.domain.days import OPEN_END
from decisionlog.render.words import in_words
from tests.checks.authority.passed_on import moment, positions
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def _granted(**data):
    return clean().but("grant", **data)


def test_a_receiver_whom_the_law_does_not_allow_trips_it_alone():
    found = (
        _granted(delegates=["body:committee"], legal_basis="nhsa2006-s65Z6")
        .but("D1", authority=[{"delegation": "delegation:S1"}])
        .trips("GL45", "grant")
    )
    assert sentence(found) == (
        "nhsa2006-s65Z6 does not allow it from body:board to body:committee: "
        "body or committee as receiver is not in the table for it"
    )
    assert found.severity == "error"
    assert found.subject == "delegation:S1"
    assert found.until == OPEN_END


def test_a_power_is_printed_by_its_name():
    (found,) = _granted(legal_basis="nhsa2006-s65Z6").findings("GL45")
    assert in_words(found.said, {}).startswith("NHS Act 2006 s65Z6 does not allow it")
    (found,) = _granted(legal_basis="mou").findings("GL45")
    assert in_words(found.said, {}) == ("It rests on a memorandum of understanding, by which no function can be given")


def test_several_receivers_are_named_and_none_is_said():
    (found,) = _granted(legal_basis="lga1972-s101", delegates=["body:committee", "person:p4"]).findings("GL45")
    assert sentence(found).startswith(
        "lga1972-s101 does not allow it from body:board to body:committee and person:p4: "
    )
    (found,) = _granted(legal_basis="lga1972-s101", delegates=None).findings("GL45")
    assert " to somebody who is not recorded: " in sentence(found)
    (found,) = _granted(legal_basis="nhsa2006-s13Z", delegator=None).findings("GL45")
    assert sentence(found).startswith("nhsa2006-s13Z does not allow it from somebody who is not recorded to body:")


def test_a_giver_whom_the_law_does_not_allow_trips_it():
    found = _granted(legal_basis="lga1972-s101").trips("GL45", "grant")
    assert sentence(found).endswith("icb as giver is not in the table for it")


def test_a_power_that_was_not_there_at_that_time_trips_it():
    (found,) = _granted(on="2022-06-30", legal_basis="nhsa2006-sch1B").findings("GL45")
    assert sentence(found) == (
        "nhsa2006-sch1B does not allow it from body:board to body:committee: "
        "NHS Act 2006 Sch 1B was not there at that time"
    )
    _granted(on="2022-06-30", from_="2022-07-01").says_nothing("GL45")


@pytest.mark.parametrize("basis", ["mou", "contract", "lga1972-s113"])
def test_a_basis_by_which_nothing_can_be_given_trips_it(basis):
    found = _granted(legal_basis=basis).trips("GL45", "grant")
    assert sentence(found) == f"it rests on {basis}, by which no function can be given"


@pytest.mark.parametrize("basis", ["mou", "contract"])
def test_what_is_only_to_be_carried_out_needs_no_such_power(basis):
    _granted(legal_basis=basis, kind="execute").says_nothing("GL45")


@pytest.mark.parametrize("basis", ["other", "original-power"])
def test_a_basis_in_words_is_left_to_people(basis):
    _granted(legal_basis=basis).is_clean()


def test_an_instrument_without_legal_force_alone_gives_nothing():
    history = _granted(legal_basis=None).but("sord", kind="mou")
    found = history.trips("GL45", "grant")
    assert sentence(found) == "it rests on instrument:sord alone, which has no legal force and gives nothing"
    clean().but("sord", kind="mou").is_clean()


def test_a_power_that_is_not_recorded_is_not_evidenced():
    found = _granted(legal_basis=None).is_not_evidenced("GL45")
    assert sentence(found) == "by which power body:board gave it is not recorded"


def test_a_power_that_is_not_in_the_table_is_not_evidenced():
    found = _granted(legal_basis="localact-s1").is_not_evidenced("GL45")
    assert sentence(found) == "whether localact-s1 allows it cannot be told: localact-s1 is not in the table"


def test_a_receiver_who_is_not_recorded_is_not_evidenced():
    found = _granted(delegates=None).is_not_evidenced("GL45")
    assert sentence(found).endswith("cannot be told: the receiver is not recorded")


def test_of_a_giver_of_whom_no_kind_is_recorded_nothing_is_said():
    history = _granted(legal_basis=None).but("icb", kind=None)
    history.says_nothing("GL45")
    _granted(legal_basis="nhsa2006-sch1B").but("icb", kind=None).says_nothing("GL45")
    _granted(delegator=None).says_nothing("GL45")


def _by_the_council(**data):
    return _granted(
        delegator="organisation:council", delegates=["organisation:trust"], legal_basis="careact2014-s79", **data
    )


def test_a_function_that_cannot_be_given_by_a_basis_trips_it():
    history = _by_the_council().but("discharge", legal_basis="careact2014-s42")
    (found,) = history.findings("GL45")
    assert sentence(found) == "careact2014-s79 does not allow function:discharge to be given by it"
    assert found.evidence == positions(history, "grant", "discharge")
    assert found.since == moment("2025-04-01")
    _by_the_council().says_nothing("GL45")
    _by_the_council().but("discharge", legal_basis="careact2014-s18").says_nothing("GL45")


def test_the_law_by_which_a_duty_was_placed_counts_likewise():
    history = _by_the_council().but("duty", legal_basis="careact2014-s42")
    (found,) = history.findings("GL45")
    assert found.evidence == positions(history, "grant", "duty")
    assert in_words(found.said, {}).startswith("Care Act 2014 s79 does not allow")
    history.but("grant", legal_basis="nhsa2006-s75").says_nothing("GL45")


def test_a_correction_of_the_basis_counts():
    corrected = fact(
        "record.corrected",
        "delegation:S1",
        "2026-01-01",
        of={"stream": "delegation:S1", "n": 1},
        changes=[{"path": "/legal_basis", "was": "mou", "now": "nhsa2006-sch1B"}],
    )
    _granted(legal_basis="mou").also(corrected=corrected).is_clean()


def test_of_a_stub_nothing_is_said():
    clean().also(stub=fact("delegation.granted", "delegation:S9", None, ref="S9")).is_clean()
