"""What people write in a scheme file, and the facts that it wants."""

from __future__ import annotations

import pytest

from tests.schemes import read


def wanted(text):
    found = read(text)
    assert found.mistakes == []
    return found.wanted


def data_of(text, type_name):
    return next(one.data for one in wanted(text) if one.type == type_name)


def mistakes(text):
    return [str(mistake) for mistake in read(text).mistakes]


def test_a_section_of_bare_keys_is_a_list():
    assert [(one.type, one.stream, one.data) for one in wanted("people: [p-001, 7]")] == [
        ("person.registered", "person:p-001", {}),
        ("person.registered", "person:7", {}),
    ]


def test_a_bare_text_is_a_name():
    assert data_of("people: {p-001: Alex Example}", "person.registered") == {"name": "Alex Example"}


def test_one_value_stands_for_a_list_and_none_for_an_empty_one():
    data = data_of("delegations: {D: {delegates: body:pc, limits: none, scope: discharge}}", "delegation.granted")
    assert data == {"delegates": ["body:pc"], "limits": [], "scope": [{"function": "function:discharge"}]}


def test_amounts_flags_and_numbers_take_the_form_of_their_fields():
    fund = data_of("funds: {f: {contributions: [{partner: icb, money: 2m, period: 2025}]}}", "fund.established")
    assert fund["contributions"] == [
        {"partner": "icb", "money": {"amount": 200_000_000, "currency": "GBP"}, "period": "2025"}
    ]
    terms = data_of("bodies: {b: {terms: {version: 3, deputies: no, quorum: 5}}}", "body.terms_adopted")
    assert terms == {"version": "3", "deputies": {"allowed": False}, "quorum_rule": {"at_least": 5}}


def test_a_member_is_named_under_what_it_is():
    text = "bodies: {b: {members: [{person: p-001}, {post: clerk, for: council}, p-002]}}"
    data = [one.data for one in wanted(text)[1:]]
    assert data == [
        {"member": "person:p-001"},
        {"member": "post:clerk", "on_behalf_of": ["council"]},
        {"member": "p-002"},
    ]


def test_under_is_an_instrument_and_its_clause():
    for under in ("{instrument: sord, clause: 7.2}", "[sord, 7.2]"):
        data = data_of(f"delegations: {{D: {{under: {under}}}}}", "delegation.granted")
        assert data == {"instrument": "instrument:sord", "clause": "7.2"}


def test_the_defaults_of_the_file_stand_for_what_stands_from_a_day_on_and_never_for_an_ending():
    text = (
        "from: 2025-04-01\nunder: {instrument: i, clause: 3}\nposts:\n  p:\n    renamed: [{name: P}]\n"
        "    holders: [{person: a, ended: {departure: resigned}}, {person: b, from: 2026-01-01}]\n"
    )
    found = {(one.type, one.data.get("person")): (one.effective, one.data.get("clause")) for one in wanted(text)}
    assert found == {
        ("post.established", None): ("2025-04-01", "3"),
        ("post.renamed", None): (None, None),
        ("post.filled", "person:a"): ("2025-04-01", "3"),
        ("post.vacated", None): (None, None),
        ("post.filled", "person:b"): ("2026-01-01", "3"),
    }


def test_an_act_before_the_default_day_has_effect_from_it_and_a_later_act_from_its_own_day():
    text = (
        "from: 2025-04-01\nbodies:\n  b:\n    terms: [{version: 1, on: 2025-02-28}, {version: 2, on: 2025-09-01}]\n"
        "    renamed: [{name: B, on: 2025-02-28}]\npeople: {p: {on: 2025-02-28}}\n"
    )
    found = {(one.type, one.data.get("version")): (one.on, one.effective) for one in wanted(text)}
    assert found == {
        ("body.constituted", None): ("2025-04-01", "2025-04-01"),
        ("body.renamed", None): ("2025-02-28", "2025-02-28"),
        ("body.terms_adopted", "1"): ("2025-02-28", "2025-04-01"),
        ("body.terms_adopted", "2"): ("2025-09-01", "2025-09-01"),
        ("person.registered", None): ("2025-02-28", "2025-02-28"),
    }


def test_the_last_day_is_the_day_before_until():
    assert data_of("bodies: {b: {last_day: 2024-02-28}}", "body.constituted") == {"until": "2024-02-29"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "bodies: {b: {last_day: 2025-01-01, until: 2025-01-02}}",
            "b.until: `until` says again what is said above; keep one of them.",
        ),
        (
            "people: {p: {from: 2025-01-01, on: 2025-02-01}}",
            "people.p.from: `from` and `on` are one day in person.registered",
        ),
        ("from: yes", "file.yaml, line 1, from: 'yes' is not a date"),
        ("bodies: {b: {terms: [3]}}", "bodies.b.terms[0]: holds '3'; {version, from, on, document, ...} is wanted."),
        ("bodies: {b: [x]}", "bodies.b: holds a list. Write its keys below it, or in braces: {name: ...}."),
        ("bodies: {b: {terms: {quorum: [3]}}}", "bodies.b.terms.quorum: holds a list;"),
        ("bodies: {b: {parents: [[x]]}}", "bodies.b.parents[0]: holds a list; {parent, by_decision,"),
        ("bodies: {b: {under: i}}", "bodies.b.under: unknown key `under`."),
        ("delegations: {D: {under: true}}", "D.under: an instrument is wanted, or {instrument: ..., clause: ...}."),
        ("delegations: {D: {delegator: person:}}", "D.delegator: 'person:' is not a reference"),
        ("posts: {p: {holders: [{}]}}", "posts.p.holders[0]: `person` is missing."),
        ('posts: {" ": {}}', "' ' is not a key; write one such as northmoor-post."),
        (
            "posts: true",
            "posts: holds true; keys with what is known of each below them are wanted, or a list of keys alone.",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(text, sentence):
    assert any(sentence in mistake for mistake in mistakes(text)), mistakes(text)


def test_a_fact_with_a_mistake_keeps_what_is_sound():
    found = read("bodies: {b: {name: Board, kind: bord}}")
    assert [one.data for one in found.unsound] == [{"name": "Board"}]
    assert found.wanted == []
