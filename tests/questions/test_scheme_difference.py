"""What the file says otherwise is corrected, what it says of a later day is recorded, what it leaves out is left alone."""

from __future__ import annotations

from tests.scenario import fact, new_log, record, stored
from tests.schemes import apply, exported, holding, planned, told

COMMITTEE = """
organisations:
  icb: {name: Northmoor ICB, kind: icb, from: 2022-07-01, codes: [{scheme: ODS, code: QNM, from: 2022-07-01}]}
people: [p-001, p-002]
posts:
  chair:
    name: Chair
    organisation: icb
    from: 2025-04-01
    holders:
      - {person: p-001, basis: substantive, from: 2025-04-01}
bodies:
  pc:
    name: Place Committee
    kind: committee
    from: 2025-04-01
    parents: [{parent: icb, from: 2025-04-01}]
    terms:
      - {version: "1", from: 2025-04-01, can: decide, quorum: {at_least: 3}}
    members:
      - {post: chair, for: icb, role: chair, from: 2025-04-01}
delegations:
  SORD-1: {delegator: icb, delegates: pc, for: icb, from: 2025-04-01, limits: up to 500k per decision}
"""


def data_of(log, position=-1):
    return stored(log)[position]["data"]


def test_a_whole_scheme_is_recorded_in_an_empty_log_and_then_differs_in_nothing():
    log = new_log()
    types = [type_name for type_name, _ in apply(log, COMMITTEE)]
    assert types.index("delegation.granted") < types.index("post.filled"), "openings come first"
    assert len(types) == 9
    answer = planned(log, COMMITTEE)
    assert (answer.coming, answer.left, answer.agreeing) == ((), (), 9)
    assert apply(log, COMMITTEE) == []


def test_the_day_from_which_something_holds_is_the_day_of_the_act_unless_the_file_says_another():
    log = holding("bodies: {a: {kind: board, from: 2025-04-01}, b: {kind: board, on: 2025-03-20, from: 2025-04-01}}")
    a, b = stored(log, 1)
    assert (a["on"], a["data"]) == ("2025-04-01", {"kind": "board"})
    assert (b["on"], b["data"]) == ("2025-03-20", {"kind": "board", "from": "2025-04-01"})


def test_another_value_of_the_same_thing_and_day_is_a_correction():
    log = holding(COMMITTEE)
    changed = COMMITTEE.replace("at_least: 3", "at_least: 4").replace("name: Chair", "name: Chair of the ICB")
    lines = told(log, changed)
    assert "~ post chair: name: Chair -> Chair of the ICB [5]" in lines
    assert "~ body pc: terms 1: quorum, at least: 3 -> 4 [9]" in lines
    assert apply(log, changed) == [("record.corrected", "post:chair"), ("record.corrected", "body:pc")]
    assert data_of(log) == {"changes": [{"path": "/quorum_rule/at_least", "was": 3, "now": 4}]}
    assert apply(log, changed) == []


def test_what_was_not_recorded_is_added_by_a_correction():
    log = holding(COMMITTEE)
    assert apply(log, COMMITTEE.replace("kind: committee", "kind: committee, short_name: PC".replace(", ", "\n    ")))
    assert data_of(log) == {"changes": [{"path": "/short_name", "now": "PC"}]}


def test_another_day_of_an_entry_is_a_correction_of_the_day():
    log = holding(COMMITTEE)
    later = COMMITTEE.replace("kind: committee\n    from: 2025-04-01", "kind: committee\n    from: 2025-05-01")
    assert apply(log, later) == [("record.corrected", "body:pc")]
    assert data_of(log) == {"changes": [{"path": "/on", "was": "2025-04-01", "now": "2025-05-01"}]}


def test_a_version_of_a_later_day_is_a_fact_of_that_day():
    log = holding(COMMITTEE)
    changed = COMMITTEE.replace(
        "    members:",
        '      - {version: "2", from: 2026-04-01, can: decide, quorum: {at_least: 4}}\n'
        "    renamed: [{from: 2026-04-01, name: Northmoor Committee}]\n    members:",
    )
    assert set(apply(log, changed)) == {("body.renamed", "body:pc"), ("body.terms_adopted", "body:pc")}
    assert {one["on"] for one in stored(log)[-2:]} == {"2026-04-01"}
    assert apply(log, changed) == []


def test_an_ending_names_what_it_ends_and_goes_before_a_beginning_of_the_same_day():
    log = holding(COMMITTEE)
    changed = COMMITTEE.replace(
        "basis: substantive, from: 2025-04-01}",
        "basis: substantive, from: 2025-04-01, ended: 2025-10-01}\n      - {person: p-002, basis: acting, from: 2025-10-01}",
    )
    assert apply(log, changed) == [("post.vacated", "post:chair"), ("post.filled", "post:chair")]
    vacated = stored(log)[-2]
    assert (vacated["on"], vacated["of"], vacated["data"]) == ("2025-10-01", {"stream": "post:chair", "n": 2}, {})
    assert apply(log, changed) == []


def test_an_ending_in_a_new_log_names_the_fact_of_the_same_batch():
    log = holding(
        "people: [p-001, p-002]\nposts:\n  chair:\n    from: 2024-01-01\n    renamed: [{name: Chair, from: 2024-02-01}]\n"
        "    holders:\n      - {person: p-002, from: 2025-10-01}\n"
        "      - {person: p-001, from: 2025-01-01, ended: {from: 2025-10-01, departure: resigned}}\n"
    )
    facts = [
        (one["type"], one.get("of", {}).get("n"), one["n"]) for one in stored(log) if one["stream"] == "post:chair"
    ]
    assert facts == [
        ("post.established", None, 1),
        ("post.renamed", None, 2),
        ("post.filled", None, 3),
        ("post.vacated", 3, 4),
        ("post.filled", None, 5),
    ]


def test_a_last_day_that_the_log_did_not_foresee_is_an_ending():
    log = holding(COMMITTEE)
    ends = COMMITTEE.replace("limits: up", "last_day: 2025-12-31, limits: up").replace(
        "role: chair, from: 2025-04-01", "role: chair, from: 2025-04-01, until: 2026-01-01"
    )
    assert apply(log, ends) == [("body.member_ended", "body:pc"), ("delegation.revoked", "delegation:SORD-1")]
    assert stored(log)[-1]["on"] == "2026-01-01"
    assert apply(log, ends) == []
    assert apply(log, ends.replace("2025-12-31", "2025-11-30")) == [("record.corrected", "delegation:SORD-1")]
    assert data_of(log) == {"changes": [{"path": "/on", "was": "2026-01-01", "now": "2025-12-01"}]}


def test_a_last_day_that_the_log_foresaw_otherwise_is_corrected():
    text = "delegations: {D: {from: 2025-04-01, last_day: 2025-12-31}}"
    log = holding(text)
    assert data_of(log) == {"until": "2026-01-01"}
    assert apply(log, text.replace("12-31", "11-30")) == [("record.corrected", "delegation:D")]
    assert data_of(log) == {"changes": [{"path": "/until", "was": "2026-01-01", "now": "2025-12-01"}]}


def test_a_code_of_a_later_day_is_given_and_not_corrected():
    log = holding(COMMITTEE)
    more = COMMITTEE.replace("from: 2022-07-01}]}", "from: 2022-07-01}, {scheme: ODS, code: QN2, from: 2026-04-01}]}")
    assert apply(log, more) == [("organisation.coded", "organisation:icb")]
    assert data_of(log) == {"codes": [{"scheme": "ODS", "code": "QN2", "from": "2026-04-01"}]}
    assert apply(log, more) == []


def test_a_parent_of_a_later_day_joins():
    log = holding(COMMITTEE)
    more = COMMITTEE.replace(
        "parents: [{parent: icb, from: 2025-04-01}]",
        "parents: [{parent: icb, from: 2025-04-01}, {parent: council, from: 2026-04-01}]",
    ).replace("people:", "  council: {kind: upper-tier-la}\npeople:")
    assert apply(log, more) == [
        ("organisation.registered", "organisation:council"),
        ("body.parents_changed", "body:pc"),
    ]
    assert data_of(log) == {"parents_joined": [{"parent": "organisation:council", "from": "2026-04-01"}]}
    assert apply(log, more) == []


def test_what_the_file_leaves_out_is_left_alone_and_listed():
    log = holding(COMMITTEE)
    lines = told(log, "bodies: {pc: {name: Place Committee}}\npeople: [p-001]")
    assert lines[: lines.index("")] == [
        "In the log, not in the file; it is left alone:",
        "  body pc: kind, parents [6]",
        "  body pc: terms 1 from 2025-04-01 [9]",
        "  body pc: member chair from 2025-04-01 [10]",
        "  organisations: icb [2]",
        "  people: p-002 [4]",
        "  posts: chair [5, 8]",
        "  delegations: SORD-1 [7]",
    ]
    assert lines[-2] == "No difference: the log has everything that file.yaml says (2 facts)."


def test_a_member_without_a_day_is_the_one_that_the_log_knows():
    log = holding(COMMITTEE)
    assert apply(log, "bodies: {pc: {members: [{post: chair, role: vice-chair}]}}") == [("record.corrected", "body:pc")]
    assert data_of(log) == {"changes": [{"path": "/role", "was": "chair", "now": "vice-chair"}]}


def test_the_same_thing_given_twice_is_told():
    answer = planned(
        new_log(), "bodies:\n  b:\n    members:\n      - {person: p-1, from: 2025-01-01}\n      - p-1\n      - p-1\n"
    )
    assert [str(mistake) for mistake in answer.twice] == [
        "file.yaml, line 6, bodies.b.members[2]: is given twice; first at file.yaml, line 5, bodies.b.members[1]. Keep one of them."
    ]


def test_a_plain_fact_is_recorded_once():
    text = COMMITTEE + "also:\n  - {type: delegation.reported, about: SORD-1, on: 2025-07-15, data: {to: icb}}\n"
    log = holding(COMMITTEE)
    assert apply(log, text) == [("delegation.reported", "delegation:SORD-1")]
    assert apply(log, text) == []
    assert planned(log, text).left == ()


def test_a_corrected_value_is_compared_as_corrected():
    log = holding(COMMITTEE)
    record(
        log,
        {**fact("record.corrected", "body:pc", changes=[{"path": "/name", "was": "Place Committee", "now": "PC"}]),
         "of": {"stream": "body:pc", "n": 1}},
    )  # fmt: skip
    assert apply(log, COMMITTEE.replace("name: Place Committee", "name: PC")) == []
    assert "name: PC" in exported(log)


def test_a_reference_may_leave_its_kind_out_in_the_file_and_in_the_export():
    log = holding(COMMITTEE)
    granted = next(one for one in stored(log) if one["type"] == "delegation.granted")
    assert granted["data"]["delegator"] == "organisation:icb"
    assert "delegator: icb" in exported(log)


def test_a_code_that_ends_is_ended_and_not_corrected():
    log = holding(COMMITTEE)
    ends = COMMITTEE.replace("code: QNM, from: 2022-07-01", "code: QNM, from: 2022-07-01, last_day: 2026-03-31")
    assert apply(log, ends) == [("organisation.coded", "organisation:icb")]
    assert stored(log)[-1]["on"] == "2026-04-01"
    assert apply(log, ends) == []
    assert planned(log, ends).left == ()


def test_a_parent_that_ends_has_left():
    log = holding(COMMITTEE)
    ends = COMMITTEE.replace("parent: icb, from: 2025-04-01", "parent: icb, from: 2025-04-01, until: 2026-04-01")
    assert apply(log, ends) == [("body.parents_changed", "body:pc")]
    assert data_of(log) == {"parents_left": ["organisation:icb"]}
    assert apply(log, ends) == []
    assert planned(log, ends).left == ()


def test_a_code_that_the_file_leaves_out_is_left_alone():
    log = holding(COMMITTEE)
    answer = planned(log, "organisations: {icb: {name: Northmoor ICB, kind: icb, codes: [{scheme: GSS, code: E1}]}}")
    assert [change.path for one in answer.coming for change in one.changes] == ["/codes/1"]
    assert ("organisation:icb", ("codes",)) in [(left.stream, left.fields) for left in answer.left]


def test_a_reference_to_what_no_section_holds_is_settled_as_the_log_has_it():
    log = new_log()
    record(log, fact("decision.taken", "decision:NLB/031", "2025-03-01", outcome="approved"))
    text = "delegations: {D: {by_decision: nlb/031, matters: nlb/031}}"
    apply(log, text)
    assert data_of(log) == {"by_decision": "decision:NLB/031", "matters": ["decision:NLB/031"]}
    assert apply(log, text) == []
    assert planned(log, exported(log)).coming == ()
    assert "matters: decision:NLB/031" in exported(log)


def test_a_change_of_a_delegation_names_the_grant_that_it_changes():
    log = holding(COMMITTEE)
    text = COMMITTEE.replace(
        "limits: up to 500k per decision}",
        "limits: up to 500k per decision, varied: [{from: 2025-10-01, limits: up to 400k}], ended: 2026-01-01}",
    )
    assert apply(log, text) == [("delegation.varied", "delegation:SORD-1"), ("delegation.revoked", "delegation:SORD-1")]
    assert [one["of"] for one in stored(log)[-2:]] == [{"stream": "delegation:SORD-1", "n": 1}] * 2
    assert apply(log, text) == []


def test_what_other_commands_recorded_of_an_entry_is_in_its_export():
    log = holding(COMMITTEE)
    of = {"of": {"stream": "delegation:SORD-1", "n": 1}}
    record(log, fact("delegation.varied", "delegation:SORD-1", "2025-10-01", places=[]) | of)
    record(log, fact("delegation.lapsed", "delegation:SORD-1", "2026-01-01", cause="time-expired"))
    text = exported(log)
    assert "varied:" in text
    assert "lapsed: {from: 2026-01-01, cause: time-expired}" in text
    answer = planned(log, text)
    assert (answer.coming, answer.left) == ((), ())


def test_one_thing_under_two_keys_is_told():
    text = "bodies:\n  nlb: {kind: board}\n  NLB: {name: Board}\n"
    for log in (new_log(), holding("bodies: {nlb: {kind: board}}")):
        (mistake,) = planned(log, text).twice
        assert mistake.place == "file.yaml, line 3, bodies.NLB"
        assert mistake.sentence.startswith("is body:nlb again; first at file.yaml, line 2, bodies.nlb.")


def test_a_change_that_is_copied_by_mistake_is_told():
    text = "bodies: {b: {renamed: [{name: B, from: 2025-01-01}, {name: C, from: 2025-01-01}, {name: B, from: 2025-01-01}]}}"
    (mistake,) = planned(new_log(), text).twice
    assert mistake.place == "file.yaml, line 1, bodies.b.renamed[2]"
