"""A log out of one store and into another: byte for byte, with the same root and the same answers, or not at all."""

from __future__ import annotations

import json
from datetime import timedelta

import orjson
import pytest
from eventsourcing.persistence import IntegrityError

from decisionlog.bootstrap import MODELS
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.known import AsOf
from decisionlog.domain.refusals import BadInput, Conflict, DecisionlogError, NotSound
from decisionlog.projections import register
from decisionlog.store import transfer
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.codec import canonical
from decisionlog.store.log import Log
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.sqlite import SQLiteRecorder
from decisionlog.store.transfer import begin_from, export_lines, export_openings
from tests.scenario import (
    NOW,
    about,
    body,
    corrected,
    decision,
    engine_for,
    fact,
    new_log,
    person,
    proposal,
    record,
    stored,
)
from tests.store import raw


@pytest.fixture(scope="module")
def source():
    """A log with a bit of everything that matters to a move."""
    log = new_log()
    record(log, body("nlb", ref="Northmoor Locality Board"), person("p-014", "Ada Byron"))
    record(log, proposal("26/1", issuer="body:NLB", title="Urgent response", version={"$private": "draft 3"}))
    record(log, proposal("26/1"), fact("meeting.called", "meeting:m1", ref="12 March"))
    record(
        log, {**fact("meeting.held", "meeting:m1", ref="NLB March", bodies=["body:nlb"])}, now=NOW + timedelta(days=1)
    )
    record(log, decision("D1", outcome="approved", proposals=[{"proposal": "proposal:26/1"}], text="Go ahead.\nSoon."))
    record(
        log,
        fact("record.renumbered", "decision:D1", ref="NLB/D1"),
        corrected("decision:D1", "/outcome", "approved", "noted"),
    )
    record(log, about("meeting:m1", "record.retracted", of=2), now=NOW)  # by a clock that is behind
    unknown = raw.fact("proposal:26/1", 2, type="proposal.dreamt", recorded_at=log.head().recorded_at)
    lines = [*export_lines(log), canonical(unknown) + b"\n"]
    return begin_from(MemoryRecorder(), lines, export_openings(log, log.head().size))


@pytest.fixture(scope="module")
def exported(source):
    return list(export_lines(source))


@pytest.fixture(scope="module")
def vault(source):
    return list(export_openings(source, source.head().size))


KINDS = ("log", "body", "person", "proposal", "meeting", "decision")


def names(log):
    return sorted(name for kind in KINDS for name in log.recorder.names_of_kind(kind, 99))


def nodes(log, size):
    return log.recorder.nodes(range(1, size + 1))


def listed(log):
    models = ReadModels(log, engine_for(log), MODELS)
    models.catch_up()
    with models.reading() as rows:
        point = AsOf(OPEN_END - 1, log.head().size)
        return [
            one
            for kind in ("body", "person", "proposal", "meeting", "decision")
            for one in register.things(rows, kind, point)
        ]


def test_line_n_is_the_fact_at_position_n(source, exported):
    assert exported == [line.state + b"\n" for line in source.lines()]
    assert list(export_lines(source, 2, 5)) == exported[2:5]


def test_the_vault_opens_every_commitment_and_names_its_fact(source, vault):
    words = {json.loads(line)["value"] for line in vault}
    assert words == {"Ada Byron", "Urgent response", "draft 3", "Go ahead.\nSoon."}
    for line in vault:
        opening = json.loads(line)
        assert opening.keys() == {"position", "private", "salt", "value"}
        assert opening["private"].encode() in next(source.lines(opening["position"] - 1)).state
        assert canonical(opening) + b"\n" == line


@pytest.mark.parametrize("at_once", [1, 4, 2_000])
@pytest.mark.parametrize("with_vault", [True, False])
def test_a_log_begun_from_an_export_is_the_same_log(
    source, exported, vault, recorder, monkeypatch, with_vault, at_once
):
    monkeypatch.setattr(transfer, "_AT_ONCE", at_once)
    told = []
    log = begin_from(recorder, exported, vault if with_vault else (), told.append)
    size = source.head().size
    assert list(export_lines(log)) == exported
    assert log.head() == source.head()
    assert [log.root(n) for n in range(size + 1)] == [source.root(n) for n in range(size + 1)]
    assert log.identity == source.identity
    assert names(log) == names(source)
    assert sorted(export_openings(log, size)) == (sorted(vault) if with_vault else [])
    assert stored(log) == (stored(source) if with_vault else [json.loads(line) for line in exported])
    assert listed(log) == listed(source)
    assert log.position_known("2026-06-01") == source.position_known("2026-06-01")


def test_the_tree_of_an_export_has_the_nodes_of_the_log(exported, tmp_path):
    one, other = (begin_from(made, exported) for made in (MemoryRecorder(), SQLiteRecorder.create(tmp_path / "log.db")))
    assert nodes(one, len(exported)) == nodes(other, len(exported))
    assert one.root(len(exported)) == other.root(len(exported))
    other.close()


def test_a_log_that_was_moved_goes_on(source, exported, vault, recorder):
    log = begin_from(recorder, exported, vault)
    size = log.head().size
    record(log, fact("proposal.deferred", "proposal:26/1~2"), now=NOW + timedelta(days=2))
    assert [(line.position, line.n) for line in log.lines(size)] == [(size + 1, 2)]
    record(log, corrected("decision:nlb/d1", "/text", "Go ahead.\nSoon.", "Go ahead."), now=NOW + timedelta(days=2))
    assert stored(log)[-1]["data"]["changes"][0]["now"] == "Go ahead."


def test_lines_may_end_as_on_any_system(exported, recorder):
    log = begin_from(recorder, [line.replace(b"\n", b"\r\n") for line in exported])
    assert list(export_lines(log)) == exported


def test_a_root_that_is_known_from_elsewhere_is_compared(source, exported, recorder):
    root = source.root(len(exported)).hex()
    assert begin_from(recorder, exported, root=root.upper()).head().size == len(exported)


def tampered(exported, number, **changes):
    plain = orjson.loads(exported[number - 1]) | changes
    return [*exported[: number - 1], canonical(plain) + b"\n", *exported[number:]]


def spoilt(number, change):
    return lambda exported: [change(line) if at == number else line for at, line in enumerate(exported, start=1)]


@pytest.mark.parametrize(
    ("spoil", "kind", "sentence"),
    [
        (lambda _: [], BadInput, "The file is empty"),
        (lambda _: [b"\n"], BadInput, "Line 1 is not a fact of an export"),
        (lambda exported: exported[1:], BadInput, "Line 1 is body.constituted; an export begins with log.opened"),
        (lambda exported: [exported[0], b"not json\n"], BadInput, "Line 2 is not a fact of an export"),
        (lambda exported: [exported[0], b"[1]\n"], BadInput, "Line 2 is not a fact of an export"),
        (lambda exported: [exported[0], b'"text"\n'], BadInput, "Line 2 is not a fact of an export"),
        (lambda exported: [exported[0], b"{}\n"], BadInput, "Line 2 is not a fact of an export"),
        (lambda exported: [exported[0], b'{"type":"a.b","data":{}}\n'], BadInput, "Line 2 is not a fact of an export"),
        (lambda exported: tampered(exported, 2, type=5), DecisionlogError, ""),
        (lambda exported: tampered(exported, 2, n="1"), DecisionlogError, ""),
        (lambda exported: tampered(exported, 2, stream=["x"]), DecisionlogError, ""),
        (lambda exported: tampered(exported, 2, data=5), NotSound, ""),
        (lambda exported: tampered(exported, 2, mood="x"), NotSound, "is not a fact of this log's format"),
        (lambda exported: tampered(exported, 2, type="this:nothing"), NotSound, "does not allow: this:nothing"),
        (spoilt(3, lambda line: line.replace(b'"type"', b' "type"')), NotSound, "Line 3 is not in canonical form"),
        (spoilt(3, lambda line: line.replace(b'{"', b'{"data":{},"', 1)), NotSound, "Line 3 is not in canonical form"),
        (spoilt(3, lambda line: line[:40] + b"\n"), BadInput, "Line 3 is not a fact of an export"),
        (spoilt(3, lambda line: b"\xef\xbb\xbf" + line), BadInput, "Line 3 is not a fact of an export"),
        (
            spoilt(4, lambda _: canonical({"$withheld": "ab" * 32}) + b"\n"),
            BadInput,
            "Line 4 is withheld: this is a public export",
        ),
        (
            lambda exported: [*exported[:3], *exported[2:]],
            NotSound,
            "Line 4 is fact 1 of person:p-014; fact 2 should come here",
        ),
        (lambda exported: [*exported[:5], *exported[6:]], NotSound, "fact 1 should come here"),
        (lambda exported: [*exported, exported[-1]], NotSound, "should come here"),
        (lambda exported: [*exported[:7], exported[8], exported[7], *exported[9:]], NotSound, "should come here"),
        (lambda exported: [exported[0], *reversed(exported[1:])], NotSound, ""),
    ],
)
def test_what_is_no_whole_export_is_refused_and_nothing_is_left(exported, recorder, spoil, kind, sentence):
    with pytest.raises(kind) as refused:
        begin_from(recorder, spoil(exported))
    assert sentence in str(refused.value)
    assert "Nothing was" in str(refused.value) or "format" in str(refused.value)
    assert_nothing_is_left(recorder)


def assert_nothing_is_left(recorder):
    assert recorder.head() == (0, "")
    assert recorder.lines(0, 9) == []
    assert recorder.openings(range(1, 99)) == []
    assert recorder.names_of_kind("body", 9) == []
    assert Log(recorder).root(0).hex().startswith("e3b0c442")


def test_lines_whose_order_was_changed_without_a_gap_are_noticed_by_their_time(recorder):
    log = new_log()
    for hour in range(3):
        record(log, proposal(f"P{hour}"), now=NOW + timedelta(hours=hour))
    first, *others = export_lines(log)
    with pytest.raises(NotSound, match=r"Line 3 was recorded before the line above it"):
        begin_from(recorder, [first, *reversed(others)])
    assert_nothing_is_left(recorder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda exported: exported[:-1],
        lambda exported: exported[:4],
        lambda exported: tampered(exported, 2, recorded_by="somebody-else"),
    ],
)
def test_a_cut_end_or_a_careful_change_is_noticed_by_the_root_alone(source, exported, recorder, spoil):
    with pytest.raises(
        NotSound, match=r"The export has the root .*: it is cut, altered, or another log's. Nothing was made"
    ):
        begin_from(recorder, spoil(exported), root=source.root(len(exported)).hex())
    assert_nothing_is_left(recorder)


@pytest.mark.parametrize(
    ("spoil", "kind", "sentence"),
    [
        (lambda opening: {**opening, "value": "Ada Lovelace"}, NotSound, "does not open the commitment that it names"),
        (lambda opening: {**opening, "salt": "AAAA"}, NotSound, "does not open the commitment that it names"),
        (lambda opening: {**opening, "position": 1}, NotSound, "opens nothing in fact 1: it belongs to another log"),
        (lambda opening: {**opening, "position": 999}, NotSound, "opens nothing in fact 999"),
        (lambda opening: {**opening, "position": -1}, DecisionlogError, "Line 2 of the vault"),
        (lambda opening: {**opening, "position": 2**63}, DecisionlogError, "Line 2 of the vault"),
        (lambda opening: {**opening, "position": 3.5}, DecisionlogError, "Line 2 of the vault"),
        (lambda opening: {**opening, "position": "3"}, DecisionlogError, "Line 2 of the vault"),
        (lambda opening: {**opening, "private": 5}, DecisionlogError, "Line 2 of the vault"),
        (lambda opening: {**opening, "private": "A" * 43}, NotSound, "Line 2 of the vault opens nothing"),
        (lambda opening: {"private": opening["private"]}, BadInput, "Line 2 of the vault is not an opening"),
        (lambda _: [1], BadInput, "Line 2 of the vault is not an opening"),
        (lambda _: "text", BadInput, "Line 2 of the vault is not an opening"),
    ],
)
def test_a_vault_that_does_not_fit_is_refused_and_nothing_is_left(exported, vault, recorder, spoil, kind, sentence):
    lines = [vault[0], orjson.dumps(spoil(json.loads(vault[1]))), *vault[2:]]
    with pytest.raises(kind) as refused:
        begin_from(recorder, exported, lines)
    assert sentence in str(refused.value)
    assert_nothing_is_left(recorder)


def test_an_opening_that_is_given_twice_is_refused(exported, vault, recorder):
    with pytest.raises(BadInput, match=r"Line 3 of the vault opens what another line opens already. Nothing was made"):
        begin_from(recorder, exported, [vault[0], vault[1], vault[0]])
    assert_nothing_is_left(recorder)


def test_progress_is_told(recorder):
    log, told = new_log(), []
    record(log, *(proposal(f"P{number}") for number in range(2_000)))
    begin_from(recorder, export_lines(log), progress=told.append)
    assert told == [1000, 2000]


def test_the_vault_of_another_log_is_refused(exported, recorder):
    other = new_log()
    record(other, person("p-014", "Ada Byron"))
    with pytest.raises(NotSound, match=r"it belongs to another log"):
        begin_from(recorder, exported, export_openings(other, 2))
    assert_nothing_is_left(recorder)


def test_a_part_of_the_vault_will_do(exported, vault, recorder):
    log = begin_from(recorder, exported, vault[:2])
    assert list(export_openings(log, log.head().size)) == vault[:2]


def test_a_store_that_holds_a_log_already_is_not_written_to(exported, log):
    before = list(export_lines(log))
    with pytest.raises((Conflict, IntegrityError)):
        begin_from(log.recorder, exported)
    assert list(export_lines(log)) == before
