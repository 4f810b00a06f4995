"""Corrections say what stood there before; what replaces it is held to the rules of its field."""

from __future__ import annotations

import json

import pytest

from decisionlog.commands.correcting import Corrections
from decisionlog.domain.known import Known, read
from decisionlog.store.batch import Draft
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.transfer import begin_from, export_lines
from tests.scenario import about, body, corrected, decision, fact, given, new_log, proposal, record, stored

P1 = proposal(
    "P1", title="Type hints", version="1", sponsor="body:nlb", paper={"title": "Paper", "uri": "a.pdf"}, places=[]
)
BEFORE = (body("nlb", ref="Locality Board"), body("other"), P1)


def now(log, stream="proposal:P1", n=1):
    """A fact as it is known now."""
    return next(one for one in read(log.stream(stream), Known(), log.zone).facts if one.n == n)


def opened(log, commitment):
    return log.openings(log.facts())[commitment.digest]


@pytest.mark.parametrize(
    ("path", "was", "is_now"),
    [
        ("/version", "1", "2"),
        ("/title", "Type hints", "Type annotations"),
        ("/sponsor", "body:nlb", "body:other"),
        ("/sponsor", "body:locality board", "body:OTHER"),
        ("/paper", {"title": "Paper", "uri": "a.pdf"}, {"title": "Another", "uri": "b.pdf"}),
        ("/paper/title", "Paper", "Another"),
        ("/paper/pages", None, "1-3"),
        ("/places", [], ["place:x"]),
        ("/authors", None, ["body:nlb", "body:other"]),
        ("/options", None, [{"words": "Do nothing", "preferred": False}]),
        ("/key", None, True),
        ("/on", "2026-03-12", "2026-03-13"),
        ("/version", "1", None),
        ("/paper/uri", "a.pdf", None),
        ("/version", " 1 ", "\u0065\u0301"),
    ],
)
def test_a_correction_that_says_what_stood_there_is_applied(path, was, is_now):
    log = given(*BEFORE, fact("place.defined", "place:x")).log
    given(log=log).when(corrected("proposal:P1", path, was, is_now)).then("record.corrected")
    reading = read(log.stream("proposal:P1"), Known(), log.zone)
    assert reading.disputed == []
    assert [change.path for change in reading.corrections[4]] == [path]
    assert type(reading.facts[0].data).__name__ == "ProposalSubmitted"


def test_a_corrected_title_is_sealed_and_can_be_opened():
    log = given(*BEFORE).log
    given(log=log).when(corrected("proposal:P1", "/title", "Type hints", "Secret canary")).then(
        {
            "type": "record.corrected",
            "data": {"changes": [{"path": "/title", "was": "Type hints", "now": "Secret canary"}]},
        }
    )
    assert b"canary" not in list(log.lines())[-1].state
    assert opened(log, now(log).data.title) == "Secret canary"


def test_several_fields_and_several_corrections_follow_one_another():
    log = given(*BEFORE).log
    changes = [{"path": "/version", "was": "1", "now": "2"}, {"path": "/version", "was": "2", "now": "3"}]
    given(log=log).when(
        about("proposal:P1", "record.corrected", changes=changes),
        corrected("proposal:p1", "/version", "3", "4"),
        corrected("proposal:P1", "/title", "Type hints", "A"),
        corrected("proposal:P1", "/title", "A", "B"),
        corrected("proposal:P1", "/paper", {"title": "Paper", "uri": "a.pdf"}, {"title": "C"}),
        corrected("proposal:P1", "/paper/uri", None, "c.pdf"),
    ).then(*["record.corrected"] * 6)
    data = now(log).data
    assert (data.version, opened(log, data.title), data.paper.uri) == ("4", "B", "c.pdf")
    first = stored(log, 5)
    assert first[-2]["data"]["changes"][0]["now"] == {"title": "C"}  # and nothing of what came after it


def test_a_fact_can_be_corrected_in_the_file_that_brings_it():
    log = given(*BEFORE).log
    given(log=log).when(
        proposal("P2", sponsor="body:Locality Board", title="A"),
        fact("proposal.deferred", "proposal:P2", reason="R"),
        corrected("proposal:P2", "/sponsor", "body:NLB", "body:other"),
        corrected("proposal:P2", "/sponsor", "body:other", "body:nlb"),
        corrected("proposal:P2", "/title", "A", "B"),
        corrected("proposal:P2", "/reason", "R", "S", of=2),
        corrected("proposal:P1", "/version", "1", "2"),
    ).then("proposal.submitted", "proposal.deferred", *["record.corrected"] * 5)
    reading = read(log.stream("proposal:P2"), Known(), log.zone)
    assert reading.disputed == []
    assert opened(log, now(log, "proposal:P2").data.title) == "B"
    assert now(log, "proposal:P2").data.sponsor == "body:nlb"


def test_a_meeting_that_is_held_in_the_same_file_can_be_corrected():
    log = given(body("nlb"), fact("meeting.called", "meeting:m1", venue="Hall")).log
    given(log=log).when(
        fact("meeting.held", "meeting:m1", bodies=["body:nlb"], venue="Room 2"),
        corrected("meeting:m1", "/venue", "Room 2", "Room 3", of=2),
        corrected("meeting:m1", "/venue", "Hall", "Town hall", of=1),
    ).then("meeting.held", "record.corrected", "record.corrected")
    reading = read(log.stream("meeting:m1"), Known(), log.zone)
    assert reading.disputed == []
    assert len(reading.corrections) == 2


@pytest.mark.parametrize(
    ("path", "was", "sentence"),
    [
        ("/version", "9", "says that version was '9', but it stands as '1'. Kept as disputed."),
        ("/version", None, "says that version was not recorded, but it stands as '1'. Kept as disputed."),
        ("/title", "Wrong", "says that title was 'Wrong', but it stands as 'Type hints'. Kept as disputed."),
        ("/kind", "paper", "says that kind was paper, but it stands as not recorded. Kept as disputed."),
        ("/sponsor", "body:other", "says that sponsor was body:other, but it stands as body:nlb."),
        ("/on", "2026-03-11", "says that date was 2026-03-11, but it stands as 2026-03-12."),
    ],
)
def test_a_correction_of_what_did_not_stand_there_is_kept_as_disputed_and_not_applied(path, was, sentence):
    log = given(*BEFORE).log
    is_now = "body:nlb" if path == "/sponsor" else "2026-03-13" if path == "/on" else "2"
    given(log=log).when(corrected("proposal:P1", path, was, is_now)).then("record.corrected").noted(
        f"line 1, data.changes[0]: {sentence}"
    )
    reading = read(log.stream("proposal:P1"), Known(), log.zone)
    assert [change.path for change in reading.disputed] == [path]
    assert now(log).data == read(log.stream("proposal:P1"), Known(position=4), log.zone).facts[0].data


def test_what_was_said_to_stand_there_is_sealed_too():
    log = given(*BEFORE).log
    record(log, corrected("proposal:P1", "/title", "Wrong canary", "Right canary"))
    assert b"canary" not in list(log.lines())[-1].state


@pytest.mark.parametrize(
    ("correction", "sentence"),
    [
        (
            corrected("proposal:P1", "/version", "1", 5),
            "line 1, data.changes[0].now: 5 was found; text (in quotation marks) is wanted.",
        ),
        (
            corrected("proposal:P1", "/version", "1", "a\nb"),
            "data.changes[0].now: now contains a line break at position 2; it must be one line.",
        ),
        (
            corrected("proposal:P1", "/paper", None, {"titel": "x"}),
            "data.changes[0].now: Unknown field `titel`. Did you mean `title`?",
        ),
        (corrected("proposal:P1", "/sponsor", "body:nlb", "place:x"), "'place:x' is of kind place"),
        (corrected("proposal:P1", "/sponsor", "body:nlb", "body:none"), "body:none is not recorded here."),
        (
            corrected("proposal:P1", "/purpose", None, "amusement"),
            "'amusement' is not one of the words for this field.",
        ),
        (corrected("proposal:P1", "/on", "2026-03-12", "31/2/2026"), "is not a day, whichever way it is read"),
        (corrected("proposal:P1", "/on", "2026-03-12", "2026-10-25T01:30"), "Which one? 2026-10-25T01:30:00+01:00"),
        (
            corrected("proposal:P1", "/version", "9", "2") | {"of": {"stream": "proposal:P1", "n": 4}},
            "`of` names fact 4 of proposal:P1, which is not recorded here.",
        ),
        (
            corrected("proposal:P7", "/version", "1", "2"),
            "`of` names fact 1 of proposal:P7, which is not recorded here.",
        ),
        (corrected("proposal:P1", "/mood", None, "2"), "/mood is not a field of proposal.submitted."),
        (corrected("proposal:P1", "/data/title", None, "2"), "/data/title is not a field of proposal.submitted."),
        (
            corrected("proposal:P1", "/value/0/money", None, {"amount": 1, "currency": "GBP"}),
            "what holds /value/0/money is not recorded; correct that as a whole.",
        ),
        (corrected("proposal:P1", "/places/4", None, "place:x"), "what holds /places/4 is not recorded"),
        (corrected("body:nlb", "/name", None, "x", of=2), "of` names fact 2 of body:nlb, which is not recorded here."),
        (
            about("proposal:P1", "record.corrected", changes=[{"path": "/version", "was": ["x"], "now": "2"}]),
            "data.changes[0].was: a list was found",
        ),
        (about("proposal:P1", "record.contradicted", path="/version", says=5), "data.says: 5 was found; text"),
        (
            about("proposal:P1", "record.contradicted", path="/mood", says="x"),
            "/mood is not a field of proposal.submitted.",
        ),
    ],
)
def test_a_correction_that_cannot_be_is_refused(correction, sentence):
    given(*BEFORE).when(correction).refused(sentence)


def test_what_must_be_there_can_be_corrected_but_not_struck():
    log = given(*BEFORE, fact("body.renamed", "body:nlb", name="B")).log
    given(log=log).when(corrected("body:nlb", "/name", "B", of=2)).refused(
        "/name must be there; it can be corrected, but not struck."
    )
    given(log=log).when(corrected("body:nlb", "/name", "B", "C", of=2)).then("record.corrected")


def test_a_correction_is_corrected_by_correcting_the_fact_again():
    log = given(*BEFORE, corrected("proposal:P1", "/version", "1", "2")).log
    given(log=log).when(corrected("proposal:P1", "/changes", None, [], of=2)).refused(
        "corrects a correction; correct the first fact again."
    )
    given(log=log).when(corrected("proposal:P1", "/version", "2", "3")).then("record.corrected")
    assert now(log).data.version == "3"


def test_a_retracted_correction_no_longer_stands():
    log = given(
        *BEFORE, corrected("proposal:P1", "/version", "1", "2"), about("proposal:P1", "record.retracted", of=2)
    ).log
    imported = given(log=log).when(corrected("proposal:P1", "/version", "1", "3")).then("record.corrected").imported
    assert imported.notes == []
    assert now(log).data.version == "3"


def test_a_retracted_fact_can_still_be_corrected():
    log = given(*BEFORE, about("proposal:P1", "record.retracted")).log
    given(log=log).when(corrected("proposal:P1", "/version", "1", "2")).then("record.corrected")


def test_an_unread_fact_has_no_fields_to_correct():
    log = new_log()
    record(log, *BEFORE)
    lines = list(export_lines(log))
    odd = json.loads(lines[-1]) | {"type": "proposal.dreamt", "n": 2}
    moved = begin_from(
        MemoryRecorder(), [*lines, json.dumps(odd, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()]
    )
    given(log=moved).when(corrected("proposal:P1", "/version", None, "2", of=2)).refused(
        "/version is not a field of proposal.dreamt."
    )


def test_what_another_source_says_is_sealed_as_the_field_is():
    log = given(*BEFORE).log
    given(log=log).when(
        about("proposal:P1", "record.contradicted", path="/title", says="canary"),
        about("proposal:P1", "record.contradicted", path="/version", says="9"),
        about("proposal:P1", "record.contradicted", path="/sponsor", says="body:Locality Board"),
        about("proposal:P1", "record.contradicted", path="/kind"),
    ).then(
        {"type": "record.contradicted", "data": {"says": "canary"}},
        {"type": "record.contradicted", "data": {"says": "9"}},
        {"type": "record.contradicted", "data": {"says": "body:nlb"}},
        "record.contradicted",
    )
    states = [line.state for line in log.lines(4)]
    assert b"canary" not in states[0]
    assert b'"says":"9"' in states[1]


def test_an_open_field_can_be_corrected_to_a_sealed_value():
    log = given(*BEFORE).log
    given(log=log).when(corrected("proposal:P1", "/version", {"$private": "1"}, {"$private": "canary"})).then(
        {"type": "record.corrected", "data": {"changes": [{"path": "/version", "was": "1", "now": "canary"}]}}
    )
    assert b"canary" not in list(log.lines())[-1].state
    assert len(log.recorder.openings([5])) == 1
    assert now(log).withheld == ("/version",)
    given(log=log).when(corrected("proposal:P1", "/title", "Type hints", {"$private": "X"})).then("record.corrected")
    assert opened(log, now(log).data.title) == "X"
    given(log=log).when(
        corrected(
            "proposal:P1",
            "/paper",
            {"title": "Paper", "uri": "a.pdf"},
            {"title": "P", "uri": {"$private": "canary.pdf"}},
        )
    ).then("record.corrected")
    assert b"canary" not in list(log.lines())[-1].state


def test_a_stream_that_grows_between_reading_and_recording_is_a_conflict():
    log = given(*BEFORE).log
    corrections = Corrections(log, [], keep_disputed=True)
    corrections.settle(
        Draft(
            "record.corrected",
            "proposal:P1",
            {"changes": [{"path": "/version", "was": "1", "now": "2"}]},
            of={"stream": "proposal:P1", "n": 1},
        )
    )
    assert corrections.expected == {"proposal:P1": 1}


def test_typed_one_at_a_time_a_disputed_correction_is_a_conflict():
    log = given(*BEFORE).log
    draft = Draft(
        "record.corrected",
        "proposal:P1",
        {"changes": [{"path": "/version", "was": "9", "now": "2"}]},
        of={"stream": "proposal:P1", "n": 1},
        place="line 1",
    )
    corrections = Corrections(log, [draft], keep_disputed=False)
    corrections.settle_all()
    (conflict,) = corrections.conflicts
    assert str(conflict) == (
        "line 1, data.changes[0]: says that version was '9', but it stands as '1'. Somebody may have corrected it already; look first."
    )
    assert (corrections.mistakes, corrections.notes) == ([], [])


def test_a_correction_without_a_fact_is_refused():
    draft = Draft("record.corrected", "proposal:P1", {"changes": []}, place="line 1")
    corrections = Corrections(new_log(), [draft], keep_disputed=True)
    corrections.settle_all()
    assert str(corrections.mistakes[0]) == "line 1: `of` is missing: record.corrected names the fact that it is about."


def test_a_wrong_line_does_not_spoil_what_the_sound_ones_say():
    log = given(*BEFORE).log
    imported = record(
        log,
        corrected("proposal:P1", "/version", "1", 5),
        corrected("proposal:P1", "/version", "1", "2"),
        corrected("proposal:P1", "/mood", None, "x"),
        decision("D1"),
        keep_rejects=True,
    )
    assert [reject.number for reject in imported.rejects] == [1, 3]
    assert imported.notes == []
    assert now(log).data.version == "2"
