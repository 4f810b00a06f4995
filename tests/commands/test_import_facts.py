"""An import: plain facts of a file, recorded as one batch, all or nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from decisionlog.domain.refusals import BadInput, Conflict, Mistakes, Refusal
from decisionlog.store.transfer import export_lines
from tests.scenario import (
    NOW,
    body,
    corrected,
    decision,
    fact,
    given,
    line,
    new_log,
    person,
    proposal,
    record,
    request,
    snapshot,
    stored,
)


def test_a_file_is_one_batch():
    log = (
        given()
        .when(body("nlb"), proposal("P1"), decision("D1"))
        .then("body.constituted", "proposal.submitted", "decision.taken")
        .log
    )
    assert len({one["batch"] for one in stored(log, 1)}) == 1


def test_a_file_is_recorded_whole_or_not_at_all():
    given().when(body("nlb"), proposal("P1", sponsor="body:none"), decision("D1")).refused(
        "line 2: body:none is not recorded here."
    )


def test_blank_lines_do_not_count_and_a_mark_at_the_beginning_is_nothing():
    log = (
        given()
        .when(b"\xef\xbb\xbf" + line(body("nlb")), b"", b"  \r", line(proposal("P1", sponsor="body:x")))
        .refused("line 4: body:x")
        .log
    )
    given(log=log).when(b"\xef\xbb\xbf" + line(body("nlb")), b"\r\n", b"\t").then("body.constituted")
    given(log=log).when(body("a"), b"\xef\xbb\xbf" + line(body("b"))).refused("line 2: is not JSON")


@pytest.mark.parametrize("lines", [[], [b""], [b"", b"  ", b"\t\r"]])
def test_a_file_without_facts_is_refused(lines):
    given().when(request(*lines)).refused("The file holds no facts. Nothing was recorded.", BadInput)


# The same again


def test_the_same_file_again_is_already_recorded():
    log = (
        given()
        .when(proposal("P1"), proposal("P2", on="2030-01-01"))
        .then("proposal.submitted", "proposal.submitted")
        .log
    )
    again = record(log, proposal("P1"), proposal("P2", on="2030-01-01"), now=NOW + timedelta(days=1))
    assert again.receipt.already
    assert (again.receipt.first, again.receipt.last) == (2, 3)
    assert again.notes == []
    assert log.head().size == 3


def test_the_ends_of_lines_do_not_make_another_file():
    log = given(proposal("P1")).log
    assert record(log, line(proposal("P1")) + b" \r\n").receipt.already


def test_the_same_corrections_again_are_already_recorded_and_not_disputed():
    log = given(proposal("P1", version="1"), corrected("proposal:P1", "/version", "1", "2")).log
    again = record(log, corrected("proposal:P1", "/version", "1", "2"))
    assert (again.receipt.already, again.notes) == (True, [])


def test_the_same_file_can_be_recorded_again_when_that_is_meant():
    given(fact("proposal.submitted", "proposal:P1"), fact("proposal.deferred", "proposal:P1")).when(
        fact("proposal.deferred", "proposal:P1"), again=True
    ).then("proposal.deferred")


def test_a_key_that_was_used_for_another_request_is_refused():
    log = given().log
    record(log, proposal("P1"), key="march-minutes")
    given(log=log).when(proposal("P2"), key="march-minutes").refused(
        "The key 'march-minutes' was used for a different request on 2026-06-01 (facts 2 to 2)", Refusal
    )
    assert record(log, proposal("P1"), key="march-minutes").receipt.already
    assert not record(log, proposal("P2"), key="other").receipt.already


def test_a_size_that_is_stale_is_a_conflict():
    log = given(proposal("P1")).log
    given(log=log).when(proposal("P2"), size=1).refused(
        "The log has 2 facts, not 1: somebody recorded in the meantime.", Conflict
    )
    given(log=log).when(proposal("P2"), size=2).then("proposal.submitted")


def test_a_dry_run_finds_the_same_mistakes_and_records_nothing():
    log = given(body("nlb")).log
    before = snapshot(log)
    tried = record(log, proposal("P1", on="2030-01-01"), dry_run=True)
    assert [(one.position, one.stream) for one in tried.receipt.facts] == [(3, "proposal:P1")]
    assert tried.notes == ["line 1: 2030-01-01 is in the future; recorded as written."]
    assert snapshot(log) == before
    given(log=log).when(proposal("P1", sponsor="body:x"), dry_run=True).refused("body:x is not recorded here.")
    assert record(log, proposal("P1", on="2030-01-01")).receipt.first == 3


# Rejects


def test_the_sound_lines_are_recorded_and_the_others_handed_back():
    log = given(body("nlb")).log
    lines = [
        line(proposal("P1", sponsor="body:nlb")),
        b"not json",
        line(proposal("P2", titel="x", key=1)),
        line(fact("proposal.deferred", "proposal:P1")),
        line(proposal("P3", sponsor="body:none")),
        b"",
        line(fact("proposal.deferred", "proposal:P3")),  # of one that was rejected
        line(proposal("P4", related=[{"proposal": "proposal:P3", "link": "amends"}])),
        line(proposal("P5")),
    ]
    imported = record(log, *lines, keep_rejects=True)
    assert [(one["type"], one["stream"]) for one in stored(log, 2)] == [
        ("proposal.submitted", "proposal:P1"),
        ("proposal.deferred", "proposal:P1"),
        ("proposal.submitted", "proposal:P5"),
    ]
    assert [(reject.number, reject.line) for reject in imported.rejects] == [(n, lines[n - 1]) for n in (2, 3, 5, 7, 8)]
    assert [len(reject.reasons) for reject in imported.rejects] == [1, 2, 1, 1, 1]
    assert imported.rejects[0].reasons == ["line 2: is not JSON: Expecting value at column 1."]
    assert imported.rejects[3].reasons[0].startswith("line 7: proposal:P3 is not recorded here.")
    assert len({one["batch"] for one in stored(log, 2)}) == 1


def test_where_no_line_is_sound_nothing_is_recorded():
    log = given().log
    before = snapshot(log)
    imported = record(log, b"not json", proposal("P1", sponsor="body:none"), keep_rejects=True)
    assert imported.receipt is None
    assert [reject.number for reject in imported.rejects] == [1, 2]
    assert snapshot(log) == before


def test_other_refusals_are_not_rejects():
    log = given(proposal("P1")).log
    given(log=log).when(proposal("P2"), b"x", size=1, keep_rejects=True).refused("The log has 2 facts, not 1", Conflict)


# Notes


def test_what_is_in_the_future_is_recorded_and_said():
    given().when(proposal("P1", on="2026-06-02"), proposal("P2", on="2026-06-01"), proposal("P3", on=None)).then(
        *["proposal.submitted"] * 3
    ).noted("line 1: 2026-06-02 is in the future; recorded as written.")
    imported = record(new_log(), proposal("P1", on="2026-06-01"), proposal("P2", on="2026-06-01T09:30:00Z"))
    assert imported.notes == []


def test_the_days_of_the_log_are_those_of_its_own_clocks():
    half_past_midnight = NOW.replace(month=5, day=31, hour=23, minute=30)
    log = new_log(now=half_past_midnight)
    assert record(log, proposal("P1", on="2026-06-01"), now=half_past_midnight).notes == []
    assert record(log, proposal("P2", on="2026-06-02"), now=half_past_midnight).notes != []


def test_a_clock_that_is_behind_is_told():
    given().when(proposal("P1"), now=NOW - timedelta(days=3)).then("proposal.submitted").noted("clock is 2 days behind")


def test_progress_is_told_while_reading():
    from decisionlog.commands.import_facts import import_facts

    seen = []
    import_facts(new_log(), request(*(proposal(f"P{number}") for number in range(2_001))), seen.append)
    assert seen[:2] == [1000, 2000]


# Our own export


def test_our_own_export_is_not_plain_facts_and_says_so():
    log = given(body("nlb"), person("p-1", "Ada")).log
    refused = (
        given()
        .when(*(one.rstrip(b"\n") for one in export_lines(log)))
        .refused("is set by the log; leave it out.")
        .refusal
    )
    assert isinstance(refused, Mistakes)


def test_what_was_exported_as_plain_facts_can_be_imported_again():
    log = given(
        body("nlb"), person("p-1", "Ada"), proposal("P1", title="T", sponsor="body:nlb", version={"$private": "2"})
    ).log
    given(log=log).when(
        corrected("proposal:P1", "/title", "T", "U"), fact("record.renumbered", "proposal:P1", ref="P 2")
    ).then("record.corrected", "record.renumbered")
    plain = [
        {name: value for name, value in one.items() if name in {"type", "stream", "on", "of", "data", "source"}}
        for one in stored(log, 1)
    ]
    other = new_log()
    record(other, *map(json.dumps, plain))
    assert [{name: one[name] for name in again} for one, again in zip(stored(other, 1), plain, strict=True)] == plain


def test_collecting_garbage_goes_on_as_it_was():
    import gc

    for enabled in (True, False):
        (gc.enable if enabled else gc.disable)()
        try:
            record(new_log(), proposal("P1"))
            with pytest.raises(Mistakes):
                record(new_log(), b"x")
            assert gc.isenabled() is enabled
        finally:
            gc.enable()
