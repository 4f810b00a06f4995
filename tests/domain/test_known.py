"""What was known at a time: corrections and retractions as they were known, acts in the order in which they happened."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec import json

from decisionlog.domain.days import moment, zone_named
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Cited, Fact, Source, Unread
from decisionlog.domain.facts.typed import typed, untyped
from decisionlog.domain.known import Known, apply, happened_at, never_was, read, said_at, value_at

LONDON = zone_named("Europe/London")
STREAM = "proposal:P1"


def a_fact(n, type_name, *, on=None, of=None, data=None, source=None, stream=STREAM, recorded_at=None):
    """A fact at a position that is its version."""
    as_typed, withheld = typed(type_name, data or {})
    return Fact(
        position=n,
        type=type_name,
        v=1,
        stream=stream,
        n=n,
        on=on,
        recorded_at=recorded_at or f"2026-06-{n:02}T09:00:00.000000Z",
        clock=None,
        recorded_by="secretariat-1",
        batch="B",
        source=Source(recorded_at=source) if source else None,
        of=of if isinstance(of, Cited) else Cited(stream=STREAM, n=of) if of else None,
        data=as_typed,
        withheld=withheld,
    )


def correction(n, of, *changes, **more):
    written = [{"path": path} | {"was": was, "now": now} for path, was, now in changes]
    kept = [{key: value for key, value in change.items() if value is not None} for change in written]
    return a_fact(n, "record.corrected", of=of, data={"changes": kept}, **more)


SUBMITTED = a_fact(1, "proposal.submitted", on="2026-03-12", data={"ref": "P1", "version": "1", "kind": "paper"})


def versions(facts, known=None):
    return [
        fact.data.version for fact in read(facts, known or Known(), LONDON).facts if fact.type == "proposal.submitted"
    ]


def test_facts_are_in_the_order_of_the_acts_and_then_of_the_log():
    facts = [
        SUBMITTED,
        a_fact(2, "proposal.deferred", on="2026-05-01"),
        a_fact(3, "proposal.referred", on="2026-04-01"),
        a_fact(4, "proposal.listed", on="2026-04-01"),
        a_fact(5, "proposal.noticed"),  # when it happened is not recorded: it counts from when it was said
        a_fact(6, "proposal.consulted", source="2026-03-01"),
        a_fact(7, "proposal.withdrawn", on="no date at all"),
    ]
    assert [fact.n for fact in read(facts, Known(), LONDON).facts] == [6, 1, 3, 4, 2, 5, 7]


def test_a_partial_date_stands_at_its_beginning():
    facts = [SUBMITTED, a_fact(2, "proposal.listed", on="2026-03"), a_fact(3, "proposal.referred", on="2026")]
    assert [fact.n for fact in read(facts, Known(), LONDON).facts] == [3, 2, 1]


def test_a_correction_is_applied_from_when_it_was_known():
    facts = [SUBMITTED, correction(2, 1, ("/version", "1", "2")), correction(3, 1, ("/version", "2", "3"))]
    assert [versions(facts, Known(position=k)) for k in range(4)] == [[], ["1"], ["2"], ["3"]]
    assert versions(facts) == ["3"]
    assert [change.position for change in read(facts, Known(), LONDON).corrections[1]] == [2, 3]


def test_a_correction_of_when_it_happened_moves_it():
    facts = [
        SUBMITTED,
        a_fact(2, "proposal.referred", on="2026-03-20"),
        correction(3, 1, ("/on", "2026-03-12", "2026-04-12")),
    ]
    assert [fact.n for fact in read(facts, Known(), LONDON).facts] == [2, 1, 3]
    assert next(fact.on for fact in read(facts, Known(), LONDON).facts if fact.n == 1) == "2026-04-12"


def test_a_field_can_be_added_struck_and_changed_inside_a_part():
    facts = [
        a_fact(
            1, "proposal.submitted", data={"paper": {"uri": "a.pdf"}, "kind": "paper", "places": ["place:x", "place:y"]}
        ),
        correction(2, 1, ("/kind", "paper", None), ("/paper/pages", None, "3"), ("/paper/uri", "a.pdf", "b.pdf")),
        correction(3, 1, ("/places/0", "place:x", None), ("/places/1", None, "place:z")),
    ]
    data = read(facts, Known(), LONDON).facts[0].data
    assert (data.kind, data.paper.pages, data.paper.uri, data.places) == (None, "3", "b.pdf", ("place:y", "place:z"))


def test_a_correction_of_what_did_not_stand_there_is_disputed_and_not_applied():
    facts = [SUBMITTED, correction(2, 1, ("/version", "9", "2")), correction(3, 1, ("/title/x/y", None, "2"))]
    reading = read(facts, Known(), LONDON)
    assert versions(facts) == ["1"]
    assert [(change.position, change.path) for change in reading.disputed] == [(2, "/version"), (3, "/title/x/y")]


@pytest.mark.parametrize(
    "change",
    [
        ("/on", "2026-03-12", 5),
        ("/on", "2026-03-12", ["2026"]),
        ("", None, "x"),
        ("version", None, "x"),
        ("/places/" + "9" * 5_000, None, "place:x"),
        ("/places/-1", None, "place:x"),
        ("/places/²", None, "place:x"),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(change):
    reading = read([SUBMITTED, correction(2, 1, change)], Known(), LONDON)
    assert reading.facts[0] == SUBMITTED
    assert len(reading.disputed) == 1


def test_a_correction_that_no_longer_fits_the_type_leaves_the_fact_readable_as_it_is():
    reading = read([SUBMITTED, correction(2, 1, ("/version", "1", 5))], Known(), LONDON)
    assert isinstance(reading.facts[0].data, Unread)
    assert reading.facts[0].data.raw["version"] == 5


def test_a_retracted_fact_is_gone_from_when_it_was_retracted():
    facts = [SUBMITTED, a_fact(2, "proposal.deferred", on="2026-04-01"), a_fact(3, "record.retracted", of=2)]
    assert [fact.n for fact in read(facts, Known(position=2), LONDON).facts] == [1, 2]
    now = read(facts, Known(), LONDON)
    assert [fact.n for fact in now.facts] == [1, 3]
    assert [fact.n for fact in now.retracted] == [2]


def test_a_retraction_can_be_retracted():
    facts = [
        SUBMITTED,
        a_fact(2, "proposal.deferred", on="2026-04-01"),
        a_fact(3, "record.retracted", of=2),
        a_fact(4, "record.retracted", of=3),
    ]
    now = read(facts, Known(), LONDON)
    assert [fact.n for fact in now.facts] == [1, 2, 4]
    assert [fact.n for fact in now.retracted] == [3]


def test_a_thing_never_was_when_all_that_opened_it_was_retracted():
    called, held = a_fact(1, "meeting.called"), a_fact(2, "meeting.held", data={"bodies": ["body:b"]})
    retractions = a_fact(3, "record.retracted", of=1), a_fact(4, "record.retracted", of=2)
    found = [never_was(read([called, held, *retractions[:count]], Known(), LONDON)) for count in range(3)]
    assert found == [False, False, True]
    assert not never_was(read([retractions[0]], Known(), LONDON))  # of what opened it nothing is known


def test_retractions_of_each_other_end():
    facts = [SUBMITTED, a_fact(2, "record.retracted", of=3), a_fact(3, "record.retracted", of=2)]
    assert [fact.n for fact in read(facts, Known(), LONDON).facts] == [1, 3]


def test_a_retracted_correction_is_not_applied():
    facts = [SUBMITTED, correction(2, 1, ("/version", "1", "2")), a_fact(3, "record.retracted", of=2)]
    assert versions(facts) == ["1"]
    assert versions(facts, Known(position=2)) == ["2"]


def test_what_a_correction_names_in_another_stream_is_not_touched():
    elsewhere = Cited(stream="proposal:P2", n=1)
    facts = [SUBMITTED, correction(2, elsewhere, ("/version", "1", "2")), a_fact(3, "record.retracted", of=elsewhere)]
    assert versions(facts) == ["1"]
    assert read(facts, Known(), LONDON).retracted == []


def test_a_correction_of_a_fact_that_is_not_known_is_not_applied():
    facts = [SUBMITTED, correction(2, 7, ("/version", "1", "2"))]
    assert versions(facts) == ["1"]
    assert read(facts, Known(), LONDON).disputed == []


def test_on_the_sources_clocks_corrections_come_in_the_order_in_which_they_were_said():
    facts = [
        a_fact(1, "proposal.submitted", on="2026-03-12", data={"version": "1"}, source="2026-03-12"),
        correction(2, 1, ("/version", "2", "3"), source="2026-05-01"),
        correction(3, 1, ("/version", "1", "2"), source="2026-04-01"),
    ]
    said = [moment_of(day) for day in ("2026-03-11", "2026-03-12", "2026-04-02", "2026-05-02")]
    assert [versions(facts, Known(said_by=when)) for when in said] == [[], ["1"], ["2"], ["3"]]
    assert versions(facts) == ["2"]  # on this log's clock the first of them came too early, and is disputed


def moment_of(day):
    return said_at(a_fact(1, "proposal.submitted", source=day), LONDON)


def test_a_source_that_says_no_time_speaks_when_it_was_recorded():
    fact = a_fact(1, "proposal.submitted", source="some time in spring")
    assert said_at(fact, LONDON) == said_at(SUBMITTED, LONDON)
    assert happened_at(fact, LONDON) == said_at(fact, LONDON)


@pytest.mark.parametrize(
    ("first", "second", "contested"),
    [
        (("decision.ratified", "2026-04-01", {}), ("decision.ratified", "2026-04-02", {}), True),
        (("decision.ratified", "2026-04-01", {}), ("decision.ratified", "2026-04-01", {"item": "3"}), True),
        (("decision.ratified", "2026-04-01", {}), ("decision.ratified", "2026-04-01", {}), False),
        (("decision.ratified", "2026-04-01", {}), ("decision.not_ratified", "2026-04-01", {}), True),
        (("decision.ratified", "2026-04-01", {}), ("decision.rescinded", "2026-09-01", {}), False),
        (("decision.reported_back", "2026-04-01", {}), ("decision.reported_back", "2026-05-01", {}), False),
    ],
)
def test_two_different_answers_to_one_question_are_contested(first, second, contested):
    answers = [a_fact(n, one[0], on=one[1], of=1, data=one[2]) for n, one in enumerate((first, second), start=2)]
    found = read([a_fact(1, "decision.taken"), *answers], Known(), LONDON).contested
    assert [tuple(fact.n for fact in group) for group in found] == ([(2, 3)] if contested else [])


def test_the_outcomes_of_a_disagreement_exclude_each_other():
    facts = [
        a_fact(1, "disagreement.raised", data={"about": "proposal:P1"}),
        a_fact(2, "disagreement.upheld", of=1),
        a_fact(3, "disagreement.overruled", of=1),
    ]
    assert len(read(facts, Known(), LONDON).contested) == 1


def test_what_is_withheld_stays_withheld_through_a_correction():
    sealed = {"$private": "A" * 43}
    fact = a_fact(1, "proposal.submitted", data={"version": "1", "kind": sealed})
    assert fact.withheld == ("/kind",)
    found = read([fact, correction(2, 1, ("/version", "1", "2"))], Known(), LONDON).facts[0]
    assert (found.data.version, found.data.kind) == ("2", None)
    assert found.withheld == ("/kind",)
    given = read([fact, correction(2, 1, ("/kind", None, "paper"))], Known(), LONDON).facts[0]
    assert (given.data.kind, given.withheld) == ("paper", ())


def test_an_unread_fact_is_corrected_in_its_raw_form():
    unread = a_fact(1, "proposal.dreamt", data={"colour": "blue"})
    found = read([unread, correction(2, 1, ("/colour", "blue", "green"))], Known(), LONDON).facts[0]
    assert isinstance(found.data, Unread)
    assert found.data.raw == {"colour": "green"}
    assert unread.data.raw == {"colour": "blue"}


def test_reading_changes_no_fact():
    facts = [SUBMITTED, correction(2, 1, ("/version", "1", "2"))]
    before = [json.encode(fact.data) for fact in facts]
    read(facts, Known(), LONDON)
    assert [json.encode(fact.data) for fact in facts] == before


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/a", 1),
        ("/b/0", "x"),
        ("/b/1", None),
        ("/b/x", None),
        ("/c/d~1e", 2),
        ("/c/f~0g", 3),
        ("/a/0", None),
        ("/nothing/at/all", None),
    ],
)
def test_the_value_at_a_pointer(pointer, value):
    document = {"a": 1, "b": ["x"], "c": {"d/e": 2, "f~g": 3}}
    assert value_at(document, pointer) == value


@pytest.mark.parametrize(
    ("pointer", "now", "strike", "after"),
    [
        ("/a", 2, False, {"a": 2, "b": ["x", "y"]}),
        ("/a", None, True, {"b": ["x", "y"]}),
        ("/new", 3, False, {"a": 1, "b": ["x", "y"], "new": 3}),
        ("/missing", None, True, {"a": 1, "b": ["x", "y"]}),
        ("/b/1", "z", False, {"a": 1, "b": ["x", "z"]}),
        ("/b/2", "z", False, {"a": 1, "b": ["x", "y", "z"]}),
        ("/b/0", None, True, {"a": 1, "b": ["y"]}),
    ],
)
def test_a_value_is_set_or_struck_at_a_pointer(pointer, now, strike, after):
    document = {"a": 1, "b": ["x", "y"]}
    assert apply(document, pointer, now, strike=strike)
    assert document == after


@pytest.mark.parametrize(
    ("pointer", "strike"),
    [
        ("/b/3", False),
        ("/b/2", True),
        ("/a/x", False),
        ("/none/x", False),
        ("", False),
        ("a", False),
        ("/b/01x", False),
    ],
)
def test_where_there_is_no_place_nothing_is_set(pointer, strike):
    document = {"a": 1, "b": ["x", "y"]}
    assert not apply(document, pointer, "z", strike=strike)
    assert document == {"a": 1, "b": ["x", "y"]}


def test_known_by_position_and_known_by_the_sources_clocks():
    fact = a_fact(4, "proposal.submitted", source="2026-01-05")
    assert Known().has(fact, LONDON)
    assert Known(position=4).has(fact, LONDON)
    assert not Known(position=3).has(fact, LONDON)
    said = moment_of("2026-01-05")
    assert Known(said_by=said).has(fact, LONDON)
    assert not Known(said_by=said - 1).has(fact, LONDON)
    assert Known(position=1, said_by=said).has(fact, LONDON)  # the sources' clocks were asked for


def test_every_type_can_be_read_and_put_back():
    for name, model in TYPES.items():
        data, _ = typed(name, {})
        assert isinstance(data, (model, Unread))
        assert untyped(data) == {}


def test_moments_are_those_of_the_log_where_the_source_says_nothing():
    assert said_at(SUBMITTED, LONDON) == moment(datetime.fromisoformat(SUBMITTED.recorded_at))
