"""A meeting from one file: what each part of it becomes, and that recording it again adds nothing."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import Conflict
from tests.exchange.meetings.conftest import one

BOARD = """
meeting: {body: northmoor-locality-board, on: 2026-03-12, presiding: [council-leader, p-008]}
present:
  - {person: p-014, for: northmoor-council, role: voting}
  - {person: p-017, for: northmoor-ft, deputy_for: p-009, from: "14:05", until: "15:30"}
apologies: [p-011]
interests:
  - {person: p-017, type: financial, nature: "employer is the bidder", items: [4], action: left the room, left: "14:40"}
items:
  - item: 4
    proposal: {ref: NLB/25-26/P14, title: Urgent community response, version: 2, sponsor: gp-collaborative, value: £450000}
    positions:
      northmoor-council: support
      northmoor-ft: {position: support with conditions, conditions: [funding confirmed by the ICB], by: p-017}
      voluntary-alliance: {position: object, words: "no plan for carers"}
    disagreement: {partner: voluntary-alliance, grounds: "no plan for carers", outcome: dissent recorded, words: "We dissent."}
    decisions:
      - {ref: NLB/25-26/031, maker: northmoor-icb-place-committee, for: northmoor-icb, outcome: approved, under: SORD-7.2,
         text: "To fund it.", reasons: "Fewer admissions.", rejected: ["do nothing"], effective: 2026-04-01, review: 2027-04-01}
      - {maker: northmoor-cabinet, for: northmoor-council, outcome: noted}
    actions:
      - {what: mobilisation plan, owner: trust-chief-operating-officer, for: northmoor-ft, due: 2026-04-30}
"""


def test_the_example_of_the_design_becomes_its_facts(desk):
    facts = desk.records(BOARD)
    assert [fact["type"] for fact in facts] == [
        "meeting.held",
        "meeting.interest_declared",
        "meeting.conflict_managed",
        "proposal.submitted",
        "proposal.position_taken",
        "proposal.position_taken",
        "proposal.position_taken",
        "decision.taken",
        "decision.taken",
        "disagreement.raised",
        "disagreement.dissent_recorded",
        "action.assigned",
    ]
    assert {fact["on"] for fact in facts} == {"2026-03-12"}
    assert len({fact["batch"] for fact in facts}) == 1
    assert {fact["source"]["name"] for fact in facts} == {"march.yaml"}
    assert facts[8]["source"]["place"] == "meeting NLB-2026-03-12, item 4, decision of northmoor-cabinet 1"


def test_who_was_there_is_kept_with_whom_for_and_from_when_to_when(desk):
    held = one(desk.records(BOARD), "meeting.held")
    assert held["stream"] == "meeting:NLB-2026-03-12"
    assert held["data"]["presiding"] == [{"capacity": "council-leader"}, {"by": "person:p-008"}]
    assert held["data"]["attendance"] == [
        {
            "presence": "present",
            "by": "person:p-014",
            "on_behalf_of": ["organisation:northmoor-council"],
            "role": "voting-member",
        },
        {
            "presence": "present",
            "by": "person:p-017",
            "on_behalf_of": ["organisation:northmoor-ft"],
            "deputy_for": "person:p-009",
            "intervals": [{"arrived": "2026-03-12T14:05:00+00:00", "left": "2026-03-12T15:30:00+00:00"}],
        },
        {"presence": "apologies", "by": "person:p-011"},
    ]


def test_how_an_interest_was_managed_names_the_declaration(desk):
    facts = desk.records(BOARD)
    declared, managed = one(facts, "meeting.interest_declared"), one(facts, "meeting.conflict_managed")
    assert managed["of"] == {"stream": "meeting:NLB-2026-03-12", "n": declared["n"]}
    assert managed["data"] == {
        "left": "2026-03-12T14:40:00+00:00",
        "management_words": "left the room",
        "items": ["4"],
    }


def test_positions_are_bound_to_the_version_before_the_meeting(desk):
    facts = [fact for fact in desk.records(BOARD) if fact["type"] == "proposal.position_taken"]
    assert {fact["data"]["version"] for fact in facts} == {"2"}
    assert {fact["stream"] for fact in facts} == {"proposal:NLB/25-26/P14"}
    assert facts[1]["data"]["conditions"] == [{"id": "C1", "words": "funding confirmed by the ICB"}]


def test_each_maker_has_a_decision_of_its_own(desk):
    approved, noted = (fact for fact in desk.records(BOARD) if fact["type"] == "decision.taken")
    assert approved["data"] == {
        "ref": "NLB/25-26/031",
        "title": "Urgent community response",
        "decision_makers": ["body:northmoor-icb-place-committee"],
        "on_behalf_of": ["organisation:northmoor-icb"],
        "outcome": "approved",
        "authority": [{"delegation": "delegation:SORD-7.2", "on_behalf_of": ["organisation:northmoor-icb"]}],
        "text": "To fund it.",
        "reasons": "Fewer admissions.",
        "options_rejected": ["do nothing"],
        "from": "2026-04-01",
        "review_by": "2027-04-01",
        "proposals": [{"proposal": "proposal:NLB/25-26/P14", "version": "2"}],
        "meeting": "meeting:NLB-2026-03-12",
        "item": "4",
    }
    assert noted["stream"] == "decision:NLB/25-26/032"
    assert noted["data"]["outcome"] == "noted"


def test_the_same_file_again_adds_nothing_whatever_it_is_called_by_then(desk):
    desk.records(BOARD)
    assert desk.records(BOARD) == []
    assert desk.records(BOARD, names=["renamed.yaml"]) == []
    assert desk.told[0].facts == 0


def test_what_was_changed_in_the_file_is_told_place_by_place(desk):
    desk.records(BOARD)
    changed = BOARD.replace("outcome: noted", "outcome: endorsed").replace(", due: 2026-04-30", "")
    (told,) = _told(desk, changed)
    assert [(each.field, each.was, each.now) for each in told.changed] == [
        ("outcome", "noted", "endorsed"),
        ("due", "2026-04-30", None),
    ]
    facts = desk.records(changed)
    assert [fact["type"] for fact in facts] == ["record.corrected", "record.corrected"]
    assert facts[0]["data"]["changes"] == [{"path": "/outcome", "was": "noted", "now": "endorsed"}]
    assert desk.records(changed) == []


def test_what_differs_is_told_in_words(desk):
    from decisionlog.render.recorded_files import differing

    desk.records(BOARD)
    changed = BOARD.replace("value: £450000", "value: £90k").replace("apologies: [p-011]", "apologies: [p-011, p-012]")
    (told,) = _told(desk, changed)
    said = "\n".join(differing(told, adding=True))
    assert "value was £450,000, now £90,000" in said
    assert "attendance: p-012 added, apologies" in said


def _told(desk, *texts):
    from decisionlog.exchange.meetings.telling import told

    return [told(plan) for plan in desk.files(*texts).plans]


def test_words_that_were_changed_are_corrected_behind_their_commitment(desk):
    desk.records(BOARD)
    (fact,) = desk.records(BOARD.replace("To fund it.", "To fund it for a year."))
    assert fact["data"]["changes"] == [{"path": "/text", "was": "To fund it.", "now": "To fund it for a year."}]


def test_what_is_no_longer_in_the_file_is_retracted_only_where_that_is_asked_for(desk):
    desk.records(BOARD)
    shorter = BOARD[: BOARD.index("    actions:")]
    assert desk.records(shorter) == []
    assert desk.told[0].gone == ("meeting NLB-2026-03-12, item 4, action 1",)
    (fact,) = desk.records(shorter, retract_missing=True)
    assert (fact["type"], fact["stream"]) == ("record.retracted", "action:NLB/25-26/A01")
    assert desk.records(shorter, retract_missing=True) == []


def test_an_act_that_was_retracted_is_not_recorded_again(desk):
    desk.records(BOARD)
    desk.plain({"type": "record.retracted", "of": {"stream": "action:NLB/25-26/A01", "n": 1}, "data": {}})
    assert desk.records(BOARD) == []
    assert desk.told[0].left == ("meeting NLB-2026-03-12, item 4, action 1",)


def test_a_file_whose_references_were_written_back_is_the_same_file(desk):
    desk.records(BOARD)
    written = BOARD.replace("{maker: northmoor-cabinet", "{ref: NLB/25-26/032, maker: northmoor-cabinet")
    assert desk.records(written.replace("{what:", "{ref: NLB/25-26/A01, what:")) == []


CABINET = """
meeting: {body: northmoor-cabinet, on: 2026-03-12}
defaults: {maker: northmoor-cabinet}
items:
  - item: 1
    decisions:
"""


def test_decisions_with_references_may_change_places_in_the_file(desk):
    first, second, third = (f"      - {{ref: CAB/{number}, outcome: noted}}\n" for number in (1, 2, 3))
    desk.records(CABINET + first + second)
    (fact,) = desk.records(CABINET + third + second + first)
    assert (fact["type"], fact["stream"]) == ("decision.taken", "decision:CAB/3")
    assert desk.records(CABINET + third + second + first) == []


def test_another_reference_for_the_same_act_renumbers_it(desk):
    desk.records(BOARD)
    again = BOARD.replace("ref: NLB/25-26/031", "ref: NLB/25-26/131")
    (fact,) = desk.records(again)
    assert (fact["type"], fact["stream"], fact["data"]["ref"]) == (
        "record.renumbered",
        "decision:NLB/25-26/031",
        "NLB/25-26/131",
    )
    assert desk.records(again) == []


def test_a_writer_who_was_first_is_a_conflict(desk):
    files = desk.files(BOARD)
    files.check()
    desk.plain({"type": "person.registered", "data": {"ref": "p-099"}})
    with pytest.raises(Conflict, match="somebody recorded in the meantime"):
        list(files.record())
    assert files.has_grown()


def test_several_files_are_numbered_one_after_the_other(desk):
    other = """
        meeting: {body: northmoor-locality-board, on: 2026-03-26}
        items: [{item: 1, title: Winter, decision: noted}]
        """
    desk.records(BOARD, other)
    assert [allotted.ref for told in desk.told for allotted in told.allotted if allotted.kind == "decision"] == [
        "NLB/25-26/032",
        "NLB/25-26/033",
    ]


LATER = "meeting: {body: northmoor-locality-board, on: 2026-03-26}\n"


LATER_ON = "is opened by file-2.yaml, which comes after this file; record that one first."


def test_what_an_earlier_file_of_the_call_opens_is_there_for_the_next(desk):
    first = BOARD + "also: [{type: person.registered, ref: p-500}]\n"
    second = LATER.replace("on:", "presiding: [p-500], on:") + (
        "items:\n"
        "  - item: 2\n"
        "    proposal: {ref: NLB/25-26/P14, version: 3, title: Response, material: yes}\n"
        "    decision: {outcome: approved, votes: {named: {p-500: in favour, northmoor-ft: against}}}\n"
    )
    adding = "meeting: NLB-2026-03-26\nitems: [{item: 3, title: Beds, decision: noted}]\n"
    facts = desk.records(first, second, adding)
    assert one(facts, "proposal.revised")["data"]["version"] == "3"
    met = [fact for fact in facts if fact["stream"] == "meeting:NLB-2026-03-26"]
    assert met[0]["data"]["presiding"] == [{"by": "person:p-500"}]
    voted = next(fact for fact in facts if fact["type"] == "decision.taken" and "votes" in fact["data"])
    assert [next(iter(vote.values())) for vote in voted["data"]["votes"]["named"]] == [
        "person:p-500",
        ["organisation:northmoor-ft"],
    ]
    added = next(fact for fact in facts if fact["data"].get("title") == "Beds")
    assert (added["on"], added["data"]["meeting"]) == ("2026-03-26", "meeting:NLB-2026-03-26")
    assert desk.records(first, second, adding) == []


def test_a_file_that_names_what_only_a_later_one_opens_is_refused_before_anything_is_recorded(desk):
    cites = (
        LATER + "items: [{item: 1, decision: {outcome: noted, links: [{decision: NLB/25-26/900, link: follows}]}}]\n"
    )
    opens = LATER.replace("03-26", "03-28") + "items: [{item: 1, decision: {ref: NLB/25-26/900, outcome: noted}}]\n"
    assert desk.mistakes(cites, opens) == [
        f"file-1.yaml, line 2, items[0].decision.links (item 1): decision:NLB/25-26/900 {LATER_ON}"
    ]
    assert len(desk.records(opens, cites)) == 4


def test_minutes_of_a_meeting_that_a_later_file_records_name_that_file(desk):
    confirming = LATER + "minutes: {of: NLB-2026-03-12, status: confirmed}\n"
    assert desk.mistakes(confirming, BOARD) == [f"file-1.yaml, line 2, minutes.of: meeting:NLB-2026-03-12 {LATER_ON}"]


def test_a_correction_that_a_file_writes_itself_is_told_with_its_place(desk):
    desk.records(BOARD)
    wrong = "{type: record.corrected, of: NLB/25-26/031, changes: [{path: /outcome, was: noted, now: approved}]}"
    with pytest.raises(Conflict, match=r"march\.yaml, line 2, also\[0\]"):
        desk.files(LATER + f"also: [{wrong}]\n").check()


def test_a_version_of_an_earlier_file_of_the_call_is_cited_and_not_put_forward_again(desk):
    citing = "items: [{item: 2, proposal: {ref: NLB/25-26/P14, version: 2}, decision: noted}]\n"
    facts = desk.records(BOARD, LATER + citing)
    assert [fact["type"] for fact in facts if fact["type"].startswith("proposal.")].count("proposal.revised") == 0


def test_a_vote_of_somebody_who_is_not_recorded_is_told_as_a_persons(desk):
    voted = LATER + "items: [{item: 1, decision: {outcome: noted, votes: {against: [p-777]}}}]\n"
    (mistake,) = desk.mistakes(voted)
    assert "person:p-777 is not recorded here. People are written by an opaque key" in mistake


def test_a_mistake_in_one_file_stops_all(desk):
    wrong = "meeting: {body: northmoor-locality-board, on: 2026-03-26}\nitems: [{item: 1, decison: noted}]\n"
    assert desk.mistakes(BOARD, wrong) == [
        "file-2.yaml, line 2, items[0].decison (item 1): Unknown key `decison`. Did you mean `decision`?"
    ]


def test_two_files_of_one_meeting_are_recorded_one_after_the_other(desk):
    (mistake,) = desk.mistakes(BOARD, BOARD.replace("ref: NLB/25-26/", "ref: X/"))
    assert "file-2.yaml, line 2: is of the same as file-1.yaml (meeting NLB-2026-03-12)" in mistake


def test_a_meeting_that_was_called_is_the_one_that_is_held(desk):
    desk.plain({"type": "meeting.called", "data": {"ref": "NLB-2026-03-12", "for_when": "2026-03-12"}})
    facts = desk.records(BOARD)
    held, declared, managed = facts[:3]
    assert (held["stream"], held["n"]) == ("meeting:NLB-2026-03-12", 2)
    assert managed["of"]["n"] == declared["n"] == 3
    assert desk.records(BOARD) == []


def test_bodies_that_meet_in_common_are_all_named(desk):
    facts = desk.records("meeting: {bodies: [northmoor-cabinet, northmoor-icb-board], on: 2026-03-12}\n")
    assert one(facts, "meeting.held")["data"]["bodies"] == ["body:northmoor-cabinet", "body:northmoor-icb-board"]
    assert facts[0]["stream"] == "meeting:CAB-2026-03-12"


def test_a_meeting_that_was_renumbered_is_still_the_same(desk):
    desk.records(BOARD)
    desk.plain({"type": "record.renumbered", "stream": "meeting:NLB-2026-03-12", "data": {"ref": "NLB/7"}})
    assert desk.records(BOARD.replace("{body:", "{ref: NLB/7, body:", 1)) == []


def test_an_act_that_became_another_kind_of_act_is_retracted_and_recorded_anew(desk):
    desk.records(BOARD)
    april = """
        meeting: {body: northmoor-locality-board, on: 2026-04-16}
        minutes: {of: NLB-2026-03-12, status: confirmed}
        """
    desk.records(april)
    facts = desk.records(april.replace("confirmed", "refused"))
    assert [fact["type"] for fact in facts] == ["record.retracted", "meeting.minutes_refused"]
    assert facts[0]["of"]["stream"] == "meeting:NLB-2026-03-12"
    assert desk.records(april.replace("confirmed", "refused")) == []


def test_a_meeting_with_a_very_long_reference_is_found_again(desk):
    text = BOARD.replace("{body:", f"{{ref: {'X' * 200}, body:", 1)
    facts = desk.records(text)
    assert max(len(fact["source"]["place"]) for fact in facts) <= 200
    assert desk.records(text) == []
    assert desk.records(text.replace("outcome: noted", "outcome: endorsed"))[0]["type"] == "record.corrected"
