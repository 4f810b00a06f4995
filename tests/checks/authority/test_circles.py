from __future__ import annotations

from zoneinfo import ZoneInfo

from decisionlog.domain.days import OPEN_END, span
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def moment(day):
    return span(day, ZoneInfo("Europe/London")).earliest


def _given(key, giver, receiver, on="2025-06-01", **data):
    return fact(
        "delegation.granted",
        f"delegation:{key}",
        on,
        ref=key,
        delegator=giver,
        delegates=[receiver],
        **{"scope": [{"function": "function:discharge"}], "places": ["place:town"], **data},
    )


def _found(history, **asked):
    return history.findings("GL51", **asked)


def test_a_power_that_is_given_back_trips_it():
    history = clean().also(back=_given("S2", "body:committee", "body:board"))
    (found,) = _found(history)
    assert sentence(found) == "it gives a power back to where it came from, by way of delegation:S1"
    assert (found.subject, found.severity) == ("delegation:S2", "error")
    names = ["log", *history.facts]
    assert [names[at - 1] for at in found.evidence] == ["back", "grant"]
    assert (found.since, found.until) == (moment("2025-06-01"), OPEN_END)


def test_a_power_that_goes_on_to_others_says_nothing():
    assert not _found(clean().also(on=_given("S2", "body:committee", "person:p1")))
    assert not _found(clean())


def test_it_ends_with_either():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-05-01", of={"stream": "delegation:S1", "n": 1})
    history = (
        clean().but("committee", parents=[]).also(back=_given("S2", "body:committee", "body:board"), revoked=revoked)
    )
    (found,) = _found(history, on="2026-04-30")
    assert (found.since, found.until) == (moment("2025-06-01"), moment("2026-05-01"))
    assert not _found(history, on="2026-05-01")
    own = clean().also(back=_given("S2", "body:committee", "body:board", until="2025-09-01"))
    assert [one.until for one in _found(own, on="2025-08-31")] == [moment("2025-09-01")]
    assert not _found(own)


def test_a_power_given_back_to_the_organisation_itself_trips_it():
    (found,) = _found(clean().also(back=_given("S2", "body:committee", "organisation:icb")))
    assert sentence(found) == "it gives a power back to where it came from, by way of delegation:S1"


def test_a_body_of_the_organisation_needs_no_delegation_to_have_it_back():
    history = clean().but("grant", on_behalf_of=None).also(back=_given("S2", "body:committee", "organisation:icb"))
    (found,) = _found(history)
    assert sentence(found) == "it gives a power back to where it came from"


def test_a_host_is_no_parent():
    host = fact("body.constituted", "body:guest", "2022-07-01", ref="guest", name="Guest", host="organisation:trust")
    back = _given("S2", "body:guest", "organisation:trust")
    assert not _found(clean().also(guest=host, back=back))


def test_a_longer_circle_names_the_delegations_on_it():
    history = clean().also(
        onward=_given("S2", "body:committee", "person:p1"), back=_given("S3", "person:p1", "body:board", "2025-07-01")
    )
    (found,) = _found(history)
    assert sentence(found) == ("it gives a power back to where it came from, by way of delegation:S1 and delegation:S2")


def test_another_function_makes_no_circle():
    other = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    back = _given("S2", "body:committee", "body:board", scope=[{"function": "function:other"}])
    assert not _found(clean().also(other=other, back=back))


def test_another_place_makes_no_circle():
    elsewhere = fact("place.defined", "place:elsewhere", "2022-07-01", ref="elsewhere", name="E", level="place")
    back = _given("S2", "body:committee", "body:board", places=["place:elsewhere"])
    assert not _found(clean().also(elsewhere=elsewhere, back=back))


def test_of_a_circle_without_a_duty_the_last_that_was_granted_is_told():
    one = _given("S8", "person:p1", "person:p2", "2025-07-01")
    other = _given("S9", "person:p2", "person:p1", "2025-06-01")
    assert [found.subject for found in _found(clean().also(one=one, other=other))] == ["delegation:S8"]
    same_day = {**other, "on": "2025-07-01"}
    assert [found.subject for found in _found(clean().also(one=one, other=same_day))] == ["delegation:S9"]


def test_a_power_given_to_oneself_trips_it():
    (found,) = _found(clean().also(own=_given("S2", "body:board", "body:board")))
    assert sentence(found) == "it gives a power back to where it came from"


def test_a_giver_who_is_not_recorded_makes_no_circle():
    back = fact("delegation.granted", "delegation:S2", "2025-06-01", ref="S2", delegates=["body:board"])
    assert not _found(clean().also(back=back))


def test_a_circle_about_one_matter_is_one():
    paper = {"scope": None, "places": None, "matters": ["proposal:P1"]}
    one = {**_given("S8", "person:p1", "person:p2", "2025-07-01")}
    one["data"] = {k: v for k, v in {**one["data"], **paper}.items() if v is not None}
    other = _given("S9", "person:p2", "person:p1", "2025-07-02")
    other["data"] = {k: v for k, v in {**other["data"], **paper}.items() if v is not None}
    assert [found.subject for found in _found(clean().also(one=one, other=other))] == ["delegation:S9"]
