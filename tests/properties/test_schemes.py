"""Whatever the log holds, at any two dates: its scheme as a file, read again, differs in nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import assume, given, reject
from hypothesis import strategies as st

from decisionlog.domain.refusals import DecisionlogError, Mistakes
from decisionlog.exchange.written import read_yaml
from decisionlog.exchange.yaml_text import yaml_lines
from decisionlog.store.log import Log
from tests.scenario import NOW, Plain, new_log, record
from tests.schemes import apply, exported, planned

DAYS = (None, "2024", "2024-06", "2025-04-01", "2025-04-01T10:00:00Z", "2025-10-01", "2026-04-01", "2027-01-01")
NAMES = (
    "Board", "yes", "007", "7", "a: b", "- x", "#1", "it's \"so\"", "£5, or so", "null", "{b}", "no one's: [1, 2]", "Ōtautahi",
    "true", "a #b", "b:", "2025-04-01", "two\nlines", "two\n\nlines of: text\n- more", "smile \U0001f600", "per cent %", "~",
)  # fmt: skip
ONE_LINE = tuple(name for name in NAMES if "\n" not in name)
BODY: dict[str, Any] = {
    "terms": ("body.terms_adopted", [
        {"version": "1", "quorum_rule": {"at_least": 3}, "sign_off": [], "reserved_matters": ["none"]},
        {"version": "2.0", "can": "decide", "quorum_rule": {"composition": [{"members": "chair", "at_least": 1}], "words": "W"},
         "deputies": {"allowed": False}, "escalation": [{"rung": 1, "to": "body:b", "within_days": 5, "words": "W"}]},
        {"review_by": "2026-04", "decision_rules": [{"rule": "majority", "casting_vote": "person:p", "tie": "casting-vote"}]},
    ]),
    "member": ("body.member_appointed", [
        {"member": "person:p", "role": "chair", "voting": True}, {"member": "post:q", "on_behalf_of": ["body:b"]},
        {"member": "person:p", "until": "2026-01-01", "deputy_for": "post:q"},
    ]),
    "renamed": ("body.renamed", [{"name": name} for name in ONE_LINE]),
    "parents": ("body.parents_changed", [{"parents_joined": [{"parent": "organisation:o"}]}, {"parents_left": []}]),
    "dissolved": ("body.dissolved", [{}, {"reason": "W"}]),
    "again": ("body.reconstituted", [{}, {"until": "2026-06-01T12:00:00Z"}]),
}  # fmt: skip
STEPS: dict[str, list[tuple[str, list[dict[str, Any]]]]] = {
    "body:b": [*BODY.values()],
    "organisation:o": [
        ("organisation.coded", [{"codes": [{"scheme": "ODS", "code": "QN2", "from": "2025-10-01"}]}]),
        ("organisation.related", [{"relation": "part-of", "to": "body:b"}, {"relation_words": "near", "to": "body:b"}]),
        ("organisation.succeeded", [{"successors": [{"organisation": "organisation:o", "takes": "part"}], "ends": False}]),
    ],
    "post:q": [
        ("post.filled", [{"person": "person:p"}, {"person": "person:p", "basis": "acting", "words": "two\nlines"}]),
        ("post.abolished", [{}]),
    ],
    "delegation:d": [
        ("delegation.varied", [
            {"limits": [{"money": {"amount": 5_000_000, "currency": "GBP"}, "operator": "<="}]},
            {"limits": [{"money": {"amount": 12_345, "currency": "EUR"}, "operator": "<", "per": "decision, each", "words": "W"}]},
            {"limits": [], "struck": ["conditions"], "conditions": [{"id": "1", "words": "W"}]},
        ]),
        ("delegation.suspended", [{}, {"until": "2026-01-01"}]),
        ("delegation.reported", [{"to": "body:b", "period": "Q1"}]),
        ("delegation.revoked", [{}, {"from": "2026-01-01"}]),
    ],
    "person:p": [
        ("person.renamed", [{"name": "N. N."}]),
        ("person.affiliated", [{"employers": []}, {"employers": ["organisation:o"]}]),
    ],
}  # fmt: skip
PARENT = {"parent": "organisation:o", "clause": "3", "instrument": "instrument:i"}
GRANT = {
    "delegator": "body:b",
    "delegates": ["post:q", "person:p"],
    "instrument": "instrument:i",
    "clause": "7.2",
    "scope": [],
}
OPENINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "organisation:o": ("organisation.registered", {"name": "O", "codes": [{"scheme": "ODS", "code": "QNM"}]}),
    "body:b": ("body.constituted", {"name": "B", "kind": "board", "parents": [PARENT]}),
    "person:p": ("person.registered", {"ref": "p"}),
    "post:q": ("post.established", {"organisation": "organisation:o"}),
    "instrument:i": ("instrument.adopted", {"clauses": [{"clause": "3", "title": "T"}], "legal_basis": "other"}),
    "delegation:d": ("delegation.granted", GRANT),
}
ENDED_BY = {
    "body.member_appointed": "body.member_ended",
    "post.filled": "post.vacated",
    "organisation.related": "organisation.relation_ended",
    "delegation.suspended": "delegation.resumed",
}
CORRECTED = {"/name": "Corrected", "/from": "2025-10-01", "/until": "2026-02-01", "/on": "2025-11-01"}

MOVES = st.lists(
    st.tuples(
        st.sampled_from(sorted(STEPS)), st.integers(0, 40), st.integers(0, 40), st.sampled_from(DAYS), st.sampled_from(DAYS),
        st.sampled_from(("", "", "end", "end without", "correct", "retract")),
    ),
    max_size=14,
)  # fmt: skip
ASKED = st.tuples(st.sampled_from(DAYS), st.integers(1, 40))


def fact_of(type_name: str, stream: str, on: str | None, from_: str | None, data: dict[str, Any]) -> Plain:
    has_from = type_name not in {"delegation.reported", "person.registered", "organisation.coded"}
    more = {"from": from_} if from_ and has_from and "from" not in data else {}
    return {"type": type_name, "stream": stream, "data": {**data, **more}, **({"on": on} if on else {})}


def built(moves: list[Any]) -> Log:
    """A log in which these moves were recorded, each a minute after the one before."""
    log, now = new_log(), NOW - timedelta(hours=1)
    record(
        log, *(fact_of(name, stream, "2024-01-01", None, data) for stream, (name, data) in OPENINGS.items()), now=now
    )
    for stream, which, variant, on, from_, then in moves:
        name, variants = STEPS[stream][which % len(STEPS[stream])]
        now += timedelta(minutes=1)
        record(log, fact_of(name, stream, on, from_, variants[variant % len(variants)]), now=now, again=True)
        last = log.stream(stream)[-1]
        of = {"of": {"stream": stream, "n": last.n}}
        if then.startswith("end") and name in ENDED_BY:
            ending = fact_of(ENDED_BY[name], stream, from_, on, {})
            record(log, ending | (of if then == "end" else {}), now=now, again=True)
        elif then == "retract":
            record(log, {"type": "record.retracted", "stream": stream, "data": {}, **of}, now=now)
        elif then == "correct":
            _correct(log, stream, variant, of, now)
    return log


def _correct(log: Log, stream: str, variant: int, of: dict[str, Any], now: Any) -> None:
    path, value = sorted(CORRECTED.items())[variant % len(CORRECTED)]
    last = log.stream(stream)[-1]
    was = last.on if path == "/on" else getattr(last.data, {"/from": "from_"}.get(path, path[1:]), None)
    was = "N. N." if path == "/name" and stream == "person:p" else was
    change = {"path": path, "now": value, **({"was": was} if was else {})}
    try:
        record(log, {"type": "record.corrected", "stream": stream, "data": {"changes": [change]}, **of}, now=now)
    except DecisionlogError:
        return  # not every type has every field


@given(MOVES, ASKED)
def test_a_scheme_that_goes_out_as_at_a_day_as_known_at_a_time_differs_in_nothing_there(moves, asked):
    log, (on, known) = built(moves), asked
    known_at = f"@{min(known, log.head().size)}"
    answer = planned(log, exported(log, on=on, known=known_at), on=on, known=known_at)
    assert [(one.type, one.stream, one.changes) for one in answer.coming] == []
    assert answer.left == ()


@given(MOVES, st.sampled_from(DAYS))
def test_a_scheme_as_at_any_day_wants_nothing_of_the_whole_log(moves, on):
    log = built(moves)
    answer = planned(log, exported(log, on=on))
    assert [(one.type, one.stream, one.changes) for one in answer.coming] == []


@given(MOVES, MOVES)
def test_whatever_the_log_held_before_a_file_that_was_applied_wants_nothing_more(before, after):
    log = new_log()
    for moves in (before, after):
        text = exported(built(moves))
        assume(planned(log, text).twice == ())
        try:
            apply(log, text)
        except Mistakes:  # a plain fact that names by its number a fact of another log
            reject()
        answer = planned(log, text)
        assert [(one.type, one.stream, one.changes) for one in answer.coming] == []


TEXT = st.one_of(st.sampled_from(NAMES), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
KEY = TEXT.filter(lambda text: text not in {"", "<<"})
VALUES = st.recursive(
    st.one_of(TEXT, st.integers(-(10**15), 10**15)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEY, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(KEY, VALUES, min_size=1, max_size=4))
def test_whatever_is_written_as_yaml_is_read_as_the_same(values):
    text = "\n".join(yaml_lines(values)) + "\n"
    assert read_yaml("file.yaml", text.encode()).value == values


def test_an_act_before_the_default_day_differs_in_nothing_once_recorded_nor_in_its_export():
    text = "from: 2025-04-01\nbodies:\n  b:\n    terms: [{version: '1', on: 2025-02-28}]\n"
    log = new_log()
    apply(log, text)
    assert planned(log, text).plain == planned(log, exported(log)).plain == ()
    assert "on: 2025-02-28" in exported(log)
