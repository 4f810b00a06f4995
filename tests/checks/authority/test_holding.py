from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from decisionlog.domain.days import OPEN_END, span
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def moment(day):
    return span(day, ZoneInfo("Europe/London")).earliest


def _positions(history, *names):
    return tuple(list(history.facts).index(name) + 2 for name in names)


def _found(history, rule, subject="function:discharge", **asked):
    return [one for one in history.findings(rule, **asked) if one.subject == subject]


_DUTY = {"stream": "function:discharge", "n": 2}
_PLACE = fact("place.defined", "place:elsewhere", "2022-07-01", ref="elsewhere", name="Elsewhere", level="place")


def _ended(on="2026-05-01"):
    return fact("function.duty_ended", "function:discharge", on, of=_DUTY)


def _placed(on, **data):
    return fact("function.duty_placed", "function:discharge", on, **{"holder": "organisation:council", **data})


# GL24


def test_a_function_whose_duty_ended_trips_it_alone():
    found = clean().also(ended=_ended()).trips("GL24", "discharge", "duty", "ended")
    assert sentence(found) == "nobody is recorded as having the duty for it"
    assert (found.severity, found.subject) == ("error", "function:discharge")
    assert (found.since, found.until) == (moment("2026-05-01"), OPEN_END)
    clean().also(ended=_ended()).is_clean(on="2026-04-30")


def test_a_function_of_which_nobody_ever_had_the_duty_trips_it():
    history = clean().also(other=fact("function.catalogued", "function:other", "2026-01-01", ref="other", name="Other"))
    found = history.trips("GL24", "other")
    assert (found.since, found.until) == (moment("2026-01-01"), OPEN_END)
    history.is_clean(on="2025-12-31")


def test_a_gap_ends_when_somebody_has_the_duty():
    history = clean().also(ended=_ended(), again=_placed("2026-05-20"))
    (found,) = _found(history, "GL24", on="2026-05-19")
    assert found.evidenced
    assert (found.since, found.until) == (moment("2026-05-01"), moment("2026-05-20"))
    assert not _found(history, "GL24", on="2026-05-20")


def test_a_duty_that_passes_on_at_once_leaves_no_gap():
    clean().also(ended=_ended(), again=_placed("2026-05-01")).says_nothing("GL24")
    clean().but("duty", until="2026-05-01").also(again=_placed("2026-05-01")).says_nothing("GL24")


def test_who_had_it_before_the_first_who_is_recorded_is_not_evidenced():
    history = clean().but("duty", on="2024-01-01")
    (found,) = _found(history, "GL24", on="2023-12-31")
    assert not found.evidenced
    assert (found.since, found.until) == (moment("2022-07-01"), moment("2024-01-01"))
    history.is_clean()


def test_a_holder_that_was_dissolved_leaves_a_gap():
    gone = fact("organisation.dissolved", "organisation:icb", "2026-05-01")
    (found,) = _found(clean().also(gone=gone), "GL24")
    assert found.since == moment("2026-05-01")


def test_a_holder_that_was_succeeded_leaves_none():
    heir = fact("organisation.registered", "organisation:icb-2", "2026-05-01", ref="icb-2", kind="icb")
    succeeded = fact(
        "organisation.succeeded",
        "organisation:icb",
        "2026-05-01",
        successors=[{"organisation": "organisation:icb-2", "takes": "whole"}],
        ends=True,
    )
    assert not _found(clean().also(heir=heir, succeeded=succeeded), "GL24")


def test_a_place_of_which_nobody_has_the_duty_any_more_trips_it():
    there = fact(
        "function.duty_placed",
        "function:discharge",
        "2022-07-01",
        holder="organisation:council",
        places=["place:elsewhere"],
        until="2026-05-01",
    )
    history = clean().also(elsewhere=_PLACE, there=there)
    found = history.trips("GL24", "discharge", "there")
    assert sentence(found) == "nobody is recorded as having the duty for it in place:elsewhere"
    assert found.since == moment("2026-05-01")


def test_what_is_so_everywhere_is_not_said_of_every_place_again():
    assert len(_found(clean().also(ended=_ended()), "GL24")) == 1


def test_what_of_a_gap_in_one_place_is_not_one_everywhere_is_said_of_the_place():
    history = clean().also(elsewhere=_PLACE, ended=_ended(), there=_placed("2026-05-20", places=["place:elsewhere"]))
    (everywhere,) = _found(history, "GL24", on="2026-05-19")
    assert sentence(everywhere) == "nobody is recorded as having the duty for it"
    (town,) = _found(history, "GL24", on="2026-05-20")
    assert sentence(town).endswith("in place:town")
    assert (town.since, town.until) == (moment("2026-05-20"), OPEN_END)


def test_a_gap_in_one_place_ends_where_there_is_one_everywhere():
    until_may = {"holder": "organisation:council", "places": ["place:elsewhere"], "until": "2026-05-01"}
    there = fact("function.duty_placed", "function:discharge", "2022-07-01", **until_may)
    history = clean().also(elsewhere=_PLACE, there=there, ended=_ended("2026-05-10"))
    (elsewhere,) = _found(history, "GL24", on="2026-05-09")
    assert (elsewhere.since, elsewhere.until) == (moment("2026-05-01"), moment("2026-05-10"))
    (everywhere,) = _found(history, "GL24", on="2026-05-10")
    assert sentence(everywhere) == "nobody is recorded as having the duty for it"


def test_what_has_functions_beneath_it_and_had_a_duty_of_its_own_is_no_heading():
    beneath = fact(
        "function.catalogued", "function:beds", "2022-07-01", ref="beds", name="Beds", parent="function:discharge"
    )
    history = clean().also(beds=beneath, ended=_ended())
    assert [one.subject for one in history.findings("GL24")] == ["function:discharge", "function:beds"]


def test_a_duty_for_what_lies_above_covers_what_lies_beneath():
    beneath = fact(
        "function.catalogued", "function:beds", "2022-07-01", ref="beds", name="Beds", parent="function:discharge"
    )
    clean().also(beds=beneath).is_clean()


def test_a_heading_is_judged_by_what_stands_beneath_it():
    heading = fact("function.catalogued", "function:care", "2022-07-01", ref="care", name="Care")
    clean().also(care=heading).but("discharge", parent="function:care").is_clean()
    alone = clean().also(care=heading).findings("GL24")
    assert [one.subject for one in alone] == ["function:care"]


def test_a_function_that_is_only_cited_is_in_no_catalogue():
    stub = fact("function.catalogued", "function:stub", None, ref="stub")
    clean().also(stub=stub).is_clean()


def test_a_function_that_left_the_catalogue_needs_nobody():
    clean().but("discharge", until="2026-05-01").also(ended=_ended()).says_nothing("GL24")
    history = clean().but("discharge", until="2026-05-20").also(ended=_ended())
    assert [one.until for one in _found(history, "GL24", on="2026-05-10")] == [moment("2026-05-20")]


# GL25


def _also(on="2025-06-01", key="S2", **data):
    told = {
        "delegator": "body:board",
        "on_behalf_of": ["organisation:icb"],
        "delegates": ["organisation:trust"],
        "scope": [{"function": "function:discharge"}],
        "places": ["place:town"],
        "exclusivity": "exclusive",
        "legal_basis": "nhsa2006-s65Z5",
        "limits": [],
        **data,
    }
    plain = {name: value for name, value in told.items() if value is not None}
    return fact("delegation.granted", f"delegation:{key}", on, ref=key, **plain)


def _two(on="2025-06-01", **data):
    return clean().but("grant", exclusivity="exclusive").also(second=_also(on, **data))


def test_two_exclusive_delegations_to_different_delegates_trip_it_alone():
    found = _two().trips("GL25", "grant", "second")
    assert sentence(found) == (
        "by delegation:S1 and by delegation:S2 it was given to different delegates, to each alone"
    )
    assert (found.severity, found.subject) == ("error", "function:discharge")
    assert (found.since, found.until) == (moment("2025-06-01"), OPEN_END)


def test_a_concurrent_delegation_excludes_nobody():
    _two(exclusivity="concurrent").is_clean()
    _two(exclusivity=None).is_clean()
    _two().but("grant", exclusivity="concurrent").is_clean()


def test_two_for_one_delegate_exclude_nobody():
    _two(delegates=["body:committee"]).says_nothing("GL25")


def test_two_for_places_that_do_not_meet_exclude_nobody():
    history = _two(places=["place:elsewhere"]).also(elsewhere=_PLACE).but("duty", places=None)
    history.says_nothing("GL25")
    assert _found(_two(places=["place:elsewhere", "place:town"]).also(elsewhere=_PLACE), "GL25")
    street = fact("place.defined", "place:street", "2022-07-01", ref="street", name="Street", within="place:town")
    assert _found(_two(places=["place:street"]).also(street=street), "GL25")
    assert _found(_two(places=None), "GL25")
    assert _found(_two().but("grant", places=None), "GL25")


def test_two_of_different_givers_exclude_nobody():
    council = _placed("2022-07-01", places=["place:town"])
    _two(delegator="organisation:council", on_behalf_of=["organisation:council"]).also(
        council_duty=council
    ).says_nothing("GL25")


def test_it_begins_with_the_second_and_ends_with_either():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-01-01", of={"stream": "delegation:S1", "n": 1})
    history = _two().also(revoked=revoked)
    (found,) = _found(history, "GL25", on="2025-12-31")
    assert (found.since, found.until) == (moment("2025-06-01"), moment("2026-01-01"))
    assert not _found(history, "GL25", on="2026-01-01")
    assert not _found(history, "GL25", on="2025-05-31")
    assert not _found(_two(until="2025-06-02"), "GL25")


def test_one_that_begins_when_the_other_ends_excludes_nobody():
    _two().but("grant", until="2025-06-01").says_nothing("GL25")


def test_exclusivity_that_is_given_up_later_ends_it():
    varied = fact("delegation.varied", "delegation:S2", "2025-09-01", exclusivity="concurrent")
    (found,) = _found(_two().also(varied=varied), "GL25", on="2025-08-31")
    assert found.until == moment("2025-09-01")
    became = fact("delegation.varied", "delegation:S2", "2025-09-01", exclusivity="exclusive")
    (found,) = _found(_two(exclusivity=None).also(varied=became), "GL25")
    assert found.since == moment("2025-09-01")


def test_a_scope_that_was_widened_later_counts_from_then():
    varied = fact("delegation.varied", "delegation:S2", "2025-09-01", scope=[{"function": "function:discharge"}])
    other = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    history = _two(scope=[{"function": "function:other"}]).also(other=other, varied=varied)
    (found,) = _found(history, "GL25")
    assert found.since == moment("2025-09-01")


def test_a_clash_over_what_lies_above_is_said_there_alone():
    beneath = fact(
        "function.catalogued", "function:beds", "2022-07-01", ref="beds", name="Beds", parent="function:discharge"
    )
    assert [one.subject for one in _two().also(beds=beneath).findings("GL25")] == ["function:discharge"]
    over_beds = _two(scope=[{"function": "function:beds"}]).also(beds=beneath)
    assert [one.subject for one in over_beds.findings("GL25")] == ["function:beds"]


@pytest.mark.parametrize("gone", ["grant", "second"])
def test_one_alone_excludes_nobody(gone):
    history = _two()
    history = history.but("D1", authority=[{"legal_basis": "original-power"}]).without(gone)
    history.says_nothing("GL25")
