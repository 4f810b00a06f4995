"""`list KIND` with filters: each finds what fits and leaves out what does not, on any day, as it was known."""

from __future__ import annotations

import pytest

from decisionlog.domain.facts import KINDS
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.filters import BY_THING, filters_of
from tests.scenario import body, corrected, decision, fact, organisation, person, proposal

ICB, COUNCIL = "organisation:icb", "organisation:council"


@pytest.fixture
def northmoor(place):
    """Two bodies of two partners, with something of every kind for the one, and for the other."""
    place.record(
        organisation("icb"), organisation("council"), body("pc"), body("cabinet"), person("p-006"), person("p-007")
    )
    place.record(fact("function.catalogued", "function:ucr", name="Urgent community response"))
    place.record(
        fact("place.defined", "place:east", name="East"),
        fact("place.defined", "place:west", name="West", within="place:east"),
    )
    place.record(fact("post.established", "post:director", "2025-04-01", organisation=ICB))
    place.record(fact("post.filled", "post:director", "2025-04-01", person="person:p-006", until="2026-05-01"))
    place.record(fact("body.member_appointed", "body:pc", "2025-04-01", member="post:director"))
    place.record(fact("body.member_appointed", "body:cabinet", "2025-04-01", member="person:p-007"))
    attendance = [{"by": "person:p-006", "on_behalf_of": [ICB]}]
    place.record(fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:pc"], attendance=attendance))
    place.record(fact("meeting.held", "meeting:M2", "2026-04-12", bodies=["body:cabinet"]))
    scope = {"places": ["place:east"], "functions": ["function:ucr"]}
    place.record(
        decision(
            "D1",
            "2026-03-12",
            outcome="approved",
            decision_makers=["body:pc"],
            on_behalf_of=[ICB],
            meeting="meeting:M1",
            **scope,
        ),
        decision(
            "D2",
            "2026-04-12",
            outcome="rejected",
            decision_makers=["body:cabinet"],
            on_behalf_of=[COUNCIL],
            meeting="meeting:M2",
        ),
        decision(
            "D3",
            "2026-04-20",
            outcome="approved",
            decision_makers=["post:director"],
            people=["person:p-006"],
            urgent={},
        ),
        decision("D4", None, outcome="noted"),
    )
    place.record(
        proposal("P1", "2026-03-01", sponsor=ICB, authors=["person:p-006"], **scope),
        proposal("P2", "2026-03-02", sponsor=COUNCIL),
        fact("proposal.listed", "proposal:P2", "2026-03-03", body="body:cabinet", meeting="meeting:M2"),
    )
    place.record(
        fact("disagreement.raised", "disagreement:X1", "2026-03-12", about=["proposal:P1"], on_behalf_of=[COUNCIL],
             by="person:p-007", meeting="meeting:M1"),
        fact("disagreement.raised", "disagreement:X2", "2026-03-13", about=["proposal:P2"], on_behalf_of=[ICB]),
        fact("disagreement.escalated", "disagreement:X2", "2026-03-14", to="body:cabinet"),
        fact("action.assigned", "action:A1", "2026-03-12", owner="person:p-006", organisation=ICB, meeting="meeting:M1", **scope),
        fact("action.assigned", "action:A2", "2026-03-13", decision="decision:D2"),
        fact("delegation.granted", "delegation:S1", "2025-04-01", delegator="body:pc", delegates=["post:director"],
             on_behalf_of=[ICB], places=["place:east"], scope=[{"function": "function:ucr"}]),
        fact("delegation.granted", "delegation:S2", "2025-04-01", delegator="body:cabinet", delegates=["person:p-007"]),
        fact("function.duty_placed", "function:ucr", "2025-04-01", holder=ICB, places=["place:east"]),
        fact("fund.established", "fund:F1", "2025-04-01", host=COUNCIL, parties=[ICB, COUNCIL], functions=["function:ucr"]),
        fact("instrument.adopted", "instrument:I1", "2025-04-01", parties=[ICB]),
        fact("interest.registered", "interest:N1", "2025-05-01", by="person:p-006", on_behalf_of=[ICB]),
        fact("dispensation.granted", "dispensation:Z1", "2025-05-01", person="person:p-006", bodies=["body:pc"]),
    )  # fmt: skip
    return place


@pytest.mark.parametrize(
    ("kind", "filters", "refs"),
    [
        ("decision", {}, ["D1", "D2", "D3", "D4"]),
        ("decision", {"body": "pc"}, ["D1"]),
        ("decision", {"partner": "council"}, ["D2"]),
        ("decision", {"person": "p-006"}, ["D3"]),
        ("decision", {"person": "post:director"}, ["D3"]),
        ("decision", {"meeting": "M2"}, ["D2"]),
        ("decision", {"place": "east"}, ["D1"]),
        ("decision", {"function": "ucr"}, ["D1"]),
        ("decision", {"outcome": "approved"}, ["D1", "D3"]),
        ("decision", {"outcome": "approved", "body": "pc"}, ["D1"]),
        ("decision", {"state": "awaiting ratification"}, ["D3"]),
        ("decision", {"state": "in force"}, ["D1"]),
        ("decision", {"state": "rejected"}, ["D2"]),
        ("decision", {"since": "2026-04-12"}, ["D2", "D3"]),
        ("decision", {"until": "2026-04-12"}, ["D1", "D2"]),
        ("decision", {"since": "2026-04-01", "until": "2026-04-15"}, ["D2"]),
        ("proposal", {"body": "cabinet"}, ["P2"]),
        ("proposal", {"partner": "icb"}, ["P1"]),
        ("proposal", {"person": "p-006"}, ["P1"]),
        ("proposal", {"meeting": "M2"}, ["P2"]),
        ("proposal", {"place": "east"}, ["P1"]),
        ("proposal", {"function": "ucr"}, ["P1"]),
        ("proposal", {"since": "2026-03-02"}, ["P2"]),
        ("disagreement", {"body": "cabinet"}, ["X2"]),
        ("disagreement", {"partner": "council"}, ["X1"]),
        ("disagreement", {"person": "p-007"}, ["X1"]),
        ("disagreement", {"meeting": "M1"}, ["X1"]),
        ("meeting", {"body": "pc"}, ["M1"]),
        ("meeting", {"partner": "icb"}, ["M1"]),
        ("meeting", {"person": "p-006"}, ["M1"]),
        ("action", {"body": "cabinet"}, ["A2"]),
        ("action", {"body": "pc"}, ["A1"]),
        ("action", {"partner": "icb"}, ["A1"]),
        ("action", {"person": "p-006"}, ["A1"]),
        ("action", {"meeting": "M1"}, ["A1"]),
        ("action", {"place": "east"}, ["A1"]),
        ("action", {"function": "ucr"}, ["A1"]),
        ("delegation", {"body": "pc"}, ["S1"]),
        ("delegation", {"partner": "icb"}, ["S1"]),
        ("delegation", {"person": "director"}, ["S1"]),
        ("delegation", {"place": "east"}, ["S1"]),
        ("delegation", {"function": "ucr"}, ["S1"]),
        ("post", {"partner": "icb"}, ["director"]),
        ("function", {"partner": "icb"}, ["ucr"]),
        ("function", {"place": "west"}, []),
        ("place", {"place": "east"}, ["west"]),
        ("fund", {"partner": "icb"}, ["F1"]),
        ("fund", {"function": "ucr"}, ["F1"]),
        ("instrument", {"partner": "council"}, []),
        ("instrument", {"partner": "icb"}, ["I1"]),
        ("interest", {"person": "p-006"}, ["N1"]),
        ("interest", {"partner": "council"}, []),
        ("dispensation", {"body": "pc"}, ["Z1"]),
        ("dispensation", {"person": "p-007"}, []),
    ],
)
def test_a_filter_finds_what_fits_and_nothing_else(northmoor, kind, filters, refs):
    assert northmoor.refs(kind, **filters) == refs


def test_who_sits_where_is_asked_as_at_the_day(northmoor):
    assert northmoor.refs("body", person="p-006", on="2026-04-30") == ["pc"]
    assert northmoor.refs("body", person="p-006", on="2026-05-01") == []
    assert northmoor.refs("post", person="p-006", on="2026-04-30") == ["director"]
    assert northmoor.refs("person", body="pc", on="2026-04-30") == ["p-006"]
    assert northmoor.refs("person", body="pc", on="2026-05-01") == []
    assert northmoor.refs("person", body="cabinet") == ["p-007"]


def test_a_filter_honours_what_was_known(northmoor):
    before = northmoor.log.head().size
    northmoor.record(corrected("decision:D2", "/decision_makers", ["body:cabinet"], ["body:pc"]))
    assert northmoor.refs("decision", body="pc") == ["D1", "D2"]
    assert northmoor.refs("decision", body="pc", known=f"@{before}") == ["D1"]
    assert northmoor.refs("decision", body="cabinet", known=f"@{before}") == ["D2"]


def test_a_filter_honours_the_clock_of_the_sources(place):
    place.record(
        body("pc"),
        {**decision("D1", "2026-01-10", decision_makers=["body:pc"]), "source": {"recorded_at": "2026-01-12"}},
    )
    place.record({**body("late", None), "source": {"recorded_at": "2026-01-01"}})
    assert place.refs("decision", body="pc", known="2026-01-12", clock="source") == ["D1"]
    assert place.refs("decision", body="pc", known="2026-01-11", clock="source") == []


def test_what_happened_on_an_unrecorded_day_is_left_out_of_a_range_and_that_is_said(northmoor):
    found = northmoor.list("decision", since="2026-01-01")
    assert "D4" not in [item.ref for item in found.items]
    assert found.notes == ("Left out: 1 of which the day of the act is not recorded.",)
    assert northmoor.list("decision").notes == ()


def test_a_state_in_which_nothing_is_is_answered_with_the_nearest(northmoor):
    found = northmoor.list("decision", state="in forse")
    assert found.items == ()
    (note,) = found.notes
    assert note.startswith(
        "Nothing here is in the state 'in forse'. Did you mean 'in force'? The states here are: approved,"
    )
    assert northmoor.list("decision", state="in force").notes == ()


def test_a_partial_date_that_overlaps_the_range_is_in_it(place):
    place.record(decision("D1", "2026-03"), decision("D2", "2026"))
    assert place.refs("decision", since="2026-03-31") == ["D1", "D2"]
    assert place.refs("decision", since="2026-04-01", until="2026-04-30") == ["D2"]


def test_a_limit_says_how_many_are_left_out(northmoor):
    found = northmoor.list("decision", outcome="approved", limit=1)
    assert ([item.ref for item in found.items], found.left_out) == (["D1"], 1)


@pytest.mark.parametrize(
    ("kind", "filters", "sentence"),
    [
        ("meeting", {"outcome": "approved"}, "cannot be narrowed by --outcome. It can by --body, --partner, --person,"),
        ("row", {"body": "pc"}, "It can by --state, --since, --until."),
        ("decision", {"outcome": "aproved"}, "'aproved' is not an outcome. Did you mean 'approved'?"),
        ("decision", {"since": "12/03/2026"}, "Which one? 2026-03-12 or 2026-12-03."),
        ("decision", {"until": "soon"}, "'soon' is not a date"),
        (
            "decision",
            {"since": "2026-05-01", "until": "2026-04-01"},
            "--since 2026-05-01 is later than --until 2026-04-01",
        ),
        (
            "decision",
            {"body": "organisation:icb"},
            "organisation:icb is of kind organisation; wanted is one of kind body.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(northmoor, kind, filters, sentence):
    with pytest.raises(BadInput) as refused:
        northmoor.list(kind, **filters)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"body": "cabinett"}, "No body here is called 'cabinett'. Did you mean body:cabinet?"),
        ({"partner": "concil"}, "Did you mean organisation:council?"),
        ({"function": "xyz"}, "No function here is called 'xyz'."),
    ],
)
def test_what_nothing_is_called_is_answered_with_the_nearest(northmoor, filters, sentence):
    with pytest.raises(NotFound) as refused:
        northmoor.list("decision", **filters)
    assert sentence in str(refused.value)


def test_every_kind_says_which_filters_it_has():
    assert set(BY_THING) <= set(KINDS)
    assert all({"state", "since", "until"} <= set(filters_of(kind)) for kind in KINDS)
    assert filters_of("person") == ("body", "partner", "state", "since", "until")
    assert filters_of("action")[-1] == "due-by"
