"""Plain facts: what they are about, what they answer, and what is set by the log."""

from __future__ import annotations

import pytest

from decisionlog.commands.plain_facts import Drafting
from decisionlog.domain.facts import OPENING, TYPES
from tests.scenario import about, body, decision, fact, given, person, proposal


@pytest.mark.parametrize(
    ("plain", "stream"),
    [
        ({"stream": "proposal:PEP 484", "data": {}}, "proposal:PEP 484"),
        ({"stream": "PEP 484"}, "proposal:PEP 484"),
        ({"about": " proposal: PEP 484 "}, "proposal:PEP 484"),
        ({"data": {"ref": "PEP 484"}}, "proposal:PEP 484"),
        ({"stream": "proposal:k1", "data": {"ref": "PEP 484"}}, "proposal:k1"),
        ({"stream": "NLB:26/1"}, "proposal:NLB:26/1"),
        ({"stream": "9:30"}, "proposal:9:30"),
    ],
)
def test_an_opening_founds_its_stream(plain, stream):
    given().when({"type": "proposal.submitted", **plain}).then({"type": "proposal.submitted", "stream": stream, "n": 1})


def test_a_fact_about_another_is_written_in_its_stream():
    retracted = {"type": "record.retracted", "of": {"stream": "proposal:p1", "n": 1}}
    given(proposal("P1")).when(retracted).then(
        {"type": "record.retracted", "stream": "proposal:P1", "of": {"stream": "proposal:P1", "n": 1}}
    )
    given(decision("D1")).when({"type": "decision.ratified", "of": "d1"}).then(
        {"type": "decision.ratified", "stream": "decision:D1", "of": {"stream": "decision:D1", "n": 1}}
    )
    given(decision("D1")).when(
        {"type": "condition.discharged", "about": "decision:D1", "data": {"condition": "a"}}
    ).then({"type": "condition.discharged", "stream": "decision:D1"})


def test_a_fact_can_be_named_by_its_position():
    log = given(proposal("P1"), fact("proposal.deferred", "proposal:P1")).log
    given(log=log).when({"type": "record.retracted", "of": "@3"}).then(
        {"type": "record.retracted", "stream": "proposal:P1", "of": {"stream": "proposal:P1", "n": 2}}
    )
    for nowhere in ("@0", "@99", "@", "@x", "@²", "@-1", "@1.5", "@" + "9" * 5_000):
        given(log=log).when({"type": "record.retracted", "of": nowhere}).refused(
            "line 1, of: there is no fact at position @"
        )


@pytest.mark.parametrize(
    ("plain", "place", "sentence"),
    [
        ({}, "line 1", '`type` is missing; write what happened, for example "type": "decision.taken".'),
        (
            {"type": "proposal.submited", "stream": "P1"},
            "line 1",
            "'proposal.submited' is not a type of fact. Did you mean 'proposal.submitted'?",
        ),
        (
            {"type": "dream.dreamt"},
            "line 1",
            "'dream.dreamt' is not a type of fact. `decisionlog schema --types` lists them.",
        ),
        ({"type": 5}, "line 1", "'5' is not a type of fact."),
        ({"type": None}, "line 1", "`type` is missing"),
        ({"type": "decision.unratified"}, "line 1", "'decision.unratified' is not a type of fact. `decisionlog"),
        ({"type": "log.opened"}, "line 1", "a log is opened once, by `decisionlog init`."),
        (
            {"type": "proposal.submitted"},
            "line 1",
            'says nothing of what it is about; give `stream`, for example "stream": "proposal:...".',
        ),
        (
            {"type": "proposal.submitted", "stream": "P1", "about": "P1"},
            "line 1",
            "give `stream` or `about`, not both.",
        ),
        (
            {"type": "proposal.submitted", "stream": 5},
            "line 1, stream",
            'text is wanted, for example "stream": "proposal:...".',
        ),
        ({"type": "proposal.submitted", "about": None}, "line 1, about", "text is wanted"),
        (
            {"type": "proposal.submitted", "stream": "proposal:"},
            "line 1, stream",
            "'proposal:' is not kind:key. The kinds are: organisation,",
        ),
        ({"type": "proposal.submitted", "stream": ""}, "line 1, stream", "the reference is empty."),
        (
            {"type": "proposal.submitted", "stream": "proposal:" + "x" * 300},
            "line 1, stream",
            "the reference is 309 characters; the limit is 220.",
        ),
        (
            {"type": "proposal.submitted", "stream": "proposal:a\u202eb"},
            "line 1, stream",
            "hidden direction-changing character (U+202E) at position 11.",
        ),
        (
            {"type": "proposal.submitted", "stream": "decision:D1"},
            "line 1, stream",
            "proposal.submitted is written in a stream of kind proposal, not decision.",
        ),
        (
            {"type": "record.retracted", "stream": "P1", "of": "proposal:P1"},
            "line 1, stream",
            "'P1' is not kind:key. The kinds are:",
        ),
        (
            {"type": "record.retracted", "stream": "proposl:P1", "of": "proposal:P1"},
            "line 1, stream",
            "Did you mean 'proposal:P1'?",
        ),
        (
            {"type": "record.retracted", "stream": "proposal:P1"},
            "line 1",
            "`of` is missing: record.retracted names the fact that it is about.",
        ),
        (
            {"type": "record.corrected", "stream": "proposal:P1", "data": {"changes": []}},
            "line 1",
            "`of` is missing: record.corrected",
        ),
        (
            {"type": "proposal.deferred", "stream": "P1", "of": None},
            "line 1, of",
            'write {"stream": "kind:key", "n": 1}, a position such as "@12", or a reference.',
        ),
        ({"type": "proposal.deferred", "stream": "P1", "of": {"stream": "P1"}}, "line 1, of", "write {"),
        ({"type": "proposal.deferred", "stream": "P1", "of": {"stream": "P1", "n": "1"}}, "line 1, of", "write {"),
        ({"type": "proposal.deferred", "stream": "P1", "of": {"stream": "P1", "n": True}}, "line 1, of", "write {"),
        ({"type": "proposal.deferred", "stream": "P1", "of": {"stream": "P1", "n": 0}}, "line 1, of", "write {"),
        (
            {"type": "proposal.deferred", "stream": "P1", "of": {"stream": "P1", "n": 1, "m": 2}},
            "line 1, of",
            "write {",
        ),
        ({"type": "proposal.deferred", "stream": "P1", "of": ["P1"]}, "line 1, of", "write {"),
        (
            {"type": "proposal.deferred", "stream": "P1", "of": "a\ud800"},
            "line 1, of",
            "the reference contains half of a character",
        ),
        ({"type": "proposal.submitted", "stream": "P1", "data": []}, "line 1, data", "an object, {...}, is wanted."),
        ({"type": "proposal.submitted", "stream": "P1", "data": None}, "line 1, data", "an object, {...}, is wanted."),
        (
            {"type": "proposal.submitted", "stream": "P1", "on": None},
            "line 1, on",
            "null is not a date; write 2026-03-12 in quotation marks.",
        ),
        ({"type": "proposal.submitted", "stream": "P1", "on": 2026}, "line 1, on", "2026 is not a date"),
        (
            {"type": "proposal.submitted", "stream": "P1", "source": []},
            "line 1, source",
            "a list was found; an object ({...}) is wanted.",
        ),
        (
            {"type": "proposal.submitted", "stream": "P1", "source": {"recorded_at": "soon"}},
            "line 1, source.recorded_at",
            "'soon' is not a date",
        ),
        (
            {"type": "proposal.submitted", "stream": "P1", "dta": {}},
            "line 1",
            "Unknown field `dta`. Did you mean `data`?",
        ),
    ],
)
def test_what_is_no_plain_fact_is_refused_with_its_place(plain, place, sentence):
    refused = given(proposal("P1")).when(plain).refused(sentence).refusal
    assert place in {mistake.place for mistake in refused.mistakes}


def test_everything_wrong_in_a_file_is_said_at_once_in_its_order():
    refused = (
        given()
        .when(
            {"type": "nothing"},
            proposal("P1", titel="x", key=1),
            b"not json",
            {"zzz": 1, "yyy": 2, "type": "proposal.submitted"},
        )
        .refused("line 1: 'nothing'")
        .refusal
    )
    assert [mistake.place for mistake in refused.mistakes] == [
        "line 1",
        "line 2, data.key",
        "line 2, data",
        "line 3",
        "line 4",
        "line 4",
        "line 4",
    ]
    assert [one.sentence[:22] for one in refused.mistakes if one.place == "line 4"][:2] == [
        "Unknown field `zzz`. K",
        "Unknown field `yyy`. K",
    ]


@pytest.mark.parametrize(
    "name", ["n", "v", "recorded_at", "recorded_by", "batch", "salt", "clock", "position", "hash", "id", "sequence"]
)
def test_what_the_log_sets_cannot_be_given(name):
    given().when({**proposal("P1"), name: "x"}).refused(f"`{name}` is set by the log; leave it out.")
    given().when(proposal("P1", **{name: "x"})).refused(f"`{name}` is set by the log; leave it out.")


def test_every_mistake_of_a_place_is_kept_once_and_drafts_are_none():
    drafting = Drafting()
    assert drafting.draft({"type": "proposal.submitted"}, "line 7") is None
    drafting.wrong("line 8", "is odd.")
    assert [str(mistake).partition(":")[0] for mistake in drafting.mistakes] == ["line 7", "line 8"]


# Sealing an open field


def test_an_open_field_is_sealed_by_wrapping_it():
    given(body("nlb")).when(
        proposal(
            "P1",
            version={"$private": "draft 3"},
            authors={"$private": ["person:x"]},
            value=[{"$private": {"money": {"amount": 1, "currency": "GBP"}}}],
        )
    ).then(
        {
            "type": "proposal.submitted",
            "data": {
                "version": "draft 3",
                "authors": ["person:x"],
                "value": [{"money": {"amount": 1, "currency": "GBP"}}],
            },
        }
    )


def test_what_is_sealed_is_held_to_the_same_rules():
    given().when(proposal("P1", version={"$private": "a\nb"})).refused("data.version: version contains a line break")
    given().when(proposal("P1", version={"$private": 5})).refused("data.version: 5 was found")
    given().when(proposal("P1", titel={"$private": "x"})).refused("Unknown field `titel`")


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        (
            fact("body.renamed", "body:nlb", name={"$private": "x"}),
            "/name cannot be sealed, for the fact cannot be read without it",
        ),
        (
            proposal("P1", value=[{"money": {"amount": {"$private": 1}, "currency": "GBP"}}]),
            "/value/0/money/amount cannot be sealed, for the fact cannot be read without it; seal the whole of /value/0/money instead.",
        ),
        (
            proposal("P1", value=[{"money": {"$private": {"amount": 1, "currency": "GBP"}}}]),
            "seal the whole of /value/0 instead.",
        ),
    ],
)
def test_what_a_fact_cannot_be_read_without_stays_open(plain, sentence):
    given(body("nlb")).when(plain).refused(sentence)


def test_wrapping_what_is_sealed_anyway_changes_nothing():
    given().when(person("p-1", {"$private": "Ada"})).then({"type": "person.registered", "data": {"name": "Ada"}})
    given(person("p-1")).when(fact("person.renamed", "person:p-1", name={"$private": "Ada"})).then("person.renamed")


# Personal data


NHS = "943 476 5919"


@pytest.mark.parametrize(
    "plain",
    [
        proposal("P1", title=f"Patient {NHS}"),
        proposal("P1", version="9434765919"),
        proposal("P1", paper={"title": f"see {NHS}."}),
        proposal("P1", options=[{"words": "fine"}, {"words": f"as {NHS} said"}]),
        proposal("P1", version={"$private": NHS}),
        proposal("9434765919"),
        about("proposal:P0", "record.corrected", changes=[{"path": "/title", "now": f"Patient {NHS}"}]),
    ],
)
def test_what_reads_as_an_nhs_number_stops_and_is_let_through_when_it_is_meant(plain):
    given(proposal("P0")).when(plain).refused("holds what reads as an NHS number")
    given(proposal("P0")).when(plain, personal_data=True).then(plain["type"])


def test_the_place_and_the_way_out_are_named():
    given().when(proposal("P1", options=[{"words": f"as {NHS} said"}])).refused(
        "line 1, data.options[0].words: holds what reads as an NHS number. "
        "Take it out; or, if it must be kept, give --contains-personal-data"
    )


def test_other_numbers_are_taken():
    given().when(proposal("P1", title="Contract 943 476 5918 of 2026-03-12")).then("proposal.submitted")


def test_every_opening_type_can_be_a_stub():
    stubs = [
        {"type": name, "stream": f"{name.partition('.')[0]}:{name}", "data": {"ref": name}}
        for name in sorted(OPENING - {"log.opened"})
    ]
    required = {
        "disagreement.raised": {"about": ["proposal:proposal.submitted"]},
        "meeting.held": {"bodies": ["body:body.constituted"]},
    }
    for stub in stubs:
        stub["data"] |= required.get(stub["type"], {})
    given().when(*stubs).then(*(stub["type"] for stub in stubs))
    assert set(TYPES) >= OPENING
