"""The short forms and the rarer parts of a file, each with the fact that it becomes."""

from __future__ import annotations

import pytest

from tests.exchange.meetings.conftest import one
from tests.exchange.meetings.test_recording import BOARD

HEAD = "meeting: {body: northmoor-icb-place-committee, on: 2026-03-12}\n"
ITEM = HEAD + "items:\n  - item: 1\n"


def decided(desk, written):
    """The data of the one decision of an item."""
    return one(desk.records(ITEM + f"    decision: {written}\n"), "decision.taken")["data"]


def test_an_id_is_not_given_twice_whatever_its_capitals(desk):
    made = decided(desk, '{outcome: approved, conditions: [{id: c1, words: "One."}, "Two."]}')["conditions"]
    assert [condition["id"] for condition in made] == ["c1", "C2"]


def test_an_outcome_alone_is_a_decision(desk):
    data = decided(desk, "noted")
    assert data == {"ref": "PC/25-26/001", "outcome": "noted", "meeting": "meeting:PC-2026-03-12", "item": "1"}


def test_what_holds_for_every_decision_is_written_once_and_not_for_another_maker(desk):
    defaults = (
        "defaults: {maker: northmoor-icb-place-committee, for: northmoor-icb, under: SORD-7.2, method: consensus}\n"
    )
    facts = desk.records(
        HEAD + defaults + "items: [{decisions: [{outcome: noted}, {maker: northmoor-cabinet, outcome: noted}]}]\n"
    )
    ours, theirs = (fact["data"] for fact in facts[1:])
    assert ours["decision_makers"] == ["body:northmoor-icb-place-committee"]
    assert ours["authority"] == [{"delegation": "delegation:SORD-7.2", "on_behalf_of": ["organisation:northmoor-icb"]}]
    assert theirs["decision_makers"] == ["body:northmoor-cabinet"]
    assert "authority" not in theirs
    assert "on_behalf_of" not in theirs
    assert theirs["method"] == ours["method"] == "consensus"


def test_every_maker_with_its_outcome_is_a_short_form(desk):
    facts = desk.records(
        ITEM + "    decisions: {northmoor-cabinet: noted, northmoor-ft-board: {outcome: approved, key: no}}\n"
    )
    assert [(fact["data"]["decision_makers"], fact["data"]["outcome"]) for fact in facts[1:]] == [
        (["body:northmoor-cabinet"], "noted"),
        (["body:northmoor-ft-board"], "approved"),
    ]


@pytest.mark.parametrize(
    ("under", "authority"),
    [
        ("SORD-7.2", {"delegation": "delegation:SORD-7.2"}),
        ("nhsa2006-s75", {"legal_basis": "nhsa2006-s75"}),
        ("icb-sord", {"instrument": "instrument:icb-sord"}),
        ("{instrument: icb-sord, clause: 7.2}", {"instrument": "instrument:icb-sord", "clause": "7.2"}),
    ],
)
def test_an_authority_is_a_delegation_a_power_or_an_instrument(desk, under, authority):
    assert decided(desk, f"{{outcome: noted, under: {under}}}")["authority"] == [authority]


def test_a_decision_holds_everything_that_a_record_of_one_must(desk):
    data = decided(
        desk,
        """
      maker: [northmoor-icb-place-committee, northmoor-cabinet]
      by: p-006
      for: [northmoor-icb, northmoor-council]
      outcome: approved with conditions
      outcome_words: Agreed, as amended
      asked_to: decide
      effective: 2026-04-01
      last_day: 2027-03-31
      review: 2027-01
      votes: {method: recorded, result: majority, in_favour: 5, against: [northmoor-ft, p-003], eligible: 8}
      moved_by: p-001
      seconded_by: p-002
      excepted: [6]
      covers: [5, 6, 7]
      conditions: [Funding is confirmed., {id: X, words: Staff are found., due: 2026-06-30}, Carers are told.]
      consulted: [cabinet-member-health, {who: healthwatch-northmoor, on: 2026-03-01, view: In favour.}]
      urgent: {ground: Beds., consents: [icb-chief-executive]}
      next: northmoor-icb-board
      report_to: {to: northmoor-icb-board, due: 2026-06-30}
      rejected: none
      value: 450k
      key: no
      access: {level: exempt, paragraphs: [3], reason: Commercial.}
      call_in_until: 2026-03-20
      interests: none
      function: hospital-discharge
      place: northmoor
      links: [{decision: PC/25-26/001, link: follows}]
""",
    )
    assert data["until"] == "2027-04-01"
    assert data["method"] == "vote-recorded"
    assert data["votes"] == {
        "result": "majority",
        "eligible": 8,
        "counts": {"in_favour": 5},
        "named": [
            {"on_behalf_of": ["organisation:northmoor-ft"], "vote": "against"},
            {"by": "person:p-003", "vote": "against"},
        ],
    }
    assert data["motion"] == {"moved_by": ["person:p-001"], "seconded_by": ["person:p-002"]}
    assert data["en_bloc"] == {"excepted": ["6"], "covers": ["5", "6", "7"]}
    assert [condition["id"] for condition in data["conditions"]] == ["C1", "X", "C2"]
    assert data["consulted"][0] == {"who": "post:cabinet-member-health"}
    assert data["urgent"] == {"ground": "Beds.", "agreed_by": ["post:icb-chief-executive"]}
    assert data["next"] == [{"to": "body:northmoor-icb-board"}]
    assert data["report_to"] == [{"to": "body:northmoor-icb-board", "due": "2026-06-30"}]
    assert data["options_rejected"] == []
    assert data["interests"] == []
    assert data["value"] == [{"money": {"amount": 45_000_000, "currency": "GBP"}}]
    assert data["access"] == {"level": "exempt", "paragraphs": ["3"], "reason": "Commercial."}
    assert data["key"] is False


def test_a_number_present_is_only_a_number(desk):
    held = one(desk.records(HEAD + "present: 14\n"), "meeting.held")["data"]
    assert held["attendance_count"] == 14
    assert "attendance" not in held


def test_people_may_be_listed_with_their_partners(desk):
    held = one(
        desk.records(HEAD + "present: {p-001: northmoor-council, p-008: {for: northmoor-ft, mode: remote}}\n"),
        "meeting.held",
    )
    assert held["data"]["attendance"] == [
        {"presence": "present", "by": "person:p-001", "on_behalf_of": ["organisation:northmoor-council"]},
        {"presence": "present", "by": "person:p-008", "on_behalf_of": ["organisation:northmoor-ft"], "mode": "remote"},
    ]


def test_that_no_interest_was_declared_is_not_the_same_as_saying_nothing(desk):
    assert one(desk.records(HEAD + "interests: none\n"), "meeting.held")["data"]["interests"] == []
    assert "interests" not in one(desk.records(HEAD.replace("03-12", "03-13")), "meeting.held")["data"]


def test_quorum_that_was_lost_is_noted_from_then_on(desk):
    facts = desk.records(HEAD + 'quorum: [{quorate: yes, counted: 5}, {quorate: no, from: "15:40", items: [6]}]\n')
    assert [fact["data"]["quorate"] for fact in facts if fact["type"] == "meeting.quorum_noted"] == [True, False]
    assert facts[2]["data"]["from"] == "2026-03-12T15:40:00+00:00"
    assert one(desk.records(HEAD.replace("03-12", "03-13") + "quorum: no\n"), "meeting.held")["data"]["quorum"] == {
        "quorate": False
    }


@pytest.mark.parametrize(
    ("outcome", "more", "type_name", "data"),
    [
        ("reconciled", "terms: Carers first.", "reconciled", {"terms": "Carers first."}),
        ("parked", "review: 2026-09-01", "parked", {"review_by": "2026-09-01"}),
        ("upheld", "who: northmoor-icb-board", "upheld", {"who": "body:northmoor-icb-board"}),
        ("overruled", "reasons: Late.", "overruled", {"reasons": "Late."}),
        ("withdrawn", "reason: Settled.", "withdrawn", {"reason": "Settled."}),
        (
            "escalated to northmoor-icb-board",
            "due: 2026-04-01",
            "escalated",
            {"to": "body:northmoor-icb-board", "respond_by": "2026-04-01"},
        ),
    ],
)
def test_a_disagreement_ends_in_one_of_these_ways(desk, outcome, more, type_name, data):
    facts = desk.records(
        ITEM
        + f"    decision: noted\n    disagreement: {{partner: northmoor-ft, grounds: Late, outcome: {outcome}, {more}}}\n"
    )
    raised, ended = one(facts, "disagreement.raised"), one(facts, f"disagreement.{type_name}")
    assert raised["data"]["about"] == ["decision:PC/25-26/001"]
    assert ended["stream"] == raised["stream"] == "disagreement:PC/25-26/D01"
    assert data.items() <= ended["data"].items()


def test_a_disagreement_raised_before_ends_without_being_raised_again(desk):
    desk.records(BOARD.replace("grounds:", "ref: NLB/D9, grounds:"))
    facts = desk.records(ITEM + "    disagreement: {ref: NLB/D9, outcome: parked}\n")
    assert [(fact["type"], fact["stream"]) for fact in facts[1:]] == [("disagreement.parked", "disagreement:NLB/D9")]
    assert facts[1]["source"]["place"] == "meeting PC-2026-03-12, item 1, disagreement NLB/D9 1, parked"


def test_minutes_of_an_earlier_meeting_are_confirmed_in_its_own_stream(desk):
    desk.records(BOARD)
    facts = desk.records(HEAD + "minutes: {of: NLB-2026-03-12, status: confirmed as amended, words: A date.}\n")
    confirmed = one(facts, "meeting.minutes_confirmed")
    assert confirmed["stream"] == "meeting:NLB-2026-03-12"
    assert confirmed["data"] == {
        "record_status": "confirmed-as-amended",
        "words": "A date.",
        "meeting": "meeting:PC-2026-03-12",
    }


def test_minutes_may_be_refused(desk):
    desk.records(BOARD)
    facts = desk.records(ITEM + "    minutes: {of: NLB-2026-03-12, status: refused, reason: Wrong date.}\n")
    assert one(facts, "meeting.minutes_refused")["data"]["reason"] == "Wrong date."


def test_what_became_of_earlier_business_has_short_keys(desk):
    desk.records(BOARD)
    facts = desk.records(
        ITEM
        + """
    ratified: [{of: NLB/25-26/031, maker: northmoor-icb-board, for: northmoor-icb}]
    reported_back: {NLB/25-26/032: Told to the board.}
    completed: NLB/25-26/A01
    deferred: {NLB/25-26/P14: 2026-09}
    referred: {NLB/25-26/P14: northmoor-icb-board}
"""
    )
    assert [(fact["type"], fact["stream"], fact.get("of")) for fact in facts[1:]] == [
        ("decision.ratified", "decision:NLB/25-26/031", {"stream": "decision:NLB/25-26/031", "n": 1}),
        ("decision.reported_back", "decision:NLB/25-26/032", {"stream": "decision:NLB/25-26/032", "n": 1}),
        ("proposal.referred", "proposal:NLB/25-26/P14", None),
        ("proposal.deferred", "proposal:NLB/25-26/P14", None),
        ("action.completed", "action:NLB/25-26/A01", None),
    ]
    assert facts[1]["data"]["decision_makers"] == ["body:northmoor-icb-board"]
    assert [fact["data"].get("meeting") for fact in facts[1:]] == [
        "meeting:PC-2026-03-12",
        "meeting:PC-2026-03-12",
        "meeting:PC-2026-03-12",
        None,  # the meeting to which a proposal is put off is another
        "meeting:PC-2026-03-12",
    ]


def test_any_fact_may_be_written_as_it_is(desk):
    desk.records(BOARD)
    facts = desk.records(
        HEAD
        + """also:
  - {type: decision.published, of: NLB/25-26/031, channel: web}
  - {type: meeting.adjourned, about: PC-2026-03-12, data: {reason: Fire alarm.}}
"""
    )
    assert [(fact["type"], fact["stream"]) for fact in facts[1:]] == [
        ("decision.published", "decision:NLB/25-26/031"),
        ("meeting.adjourned", "meeting:PC-2026-03-12"),
    ]
    assert facts[1]["on"] == "2026-03-12"
    assert facts[2]["data"] == {"reason": "Fire alarm."}


def test_who_presides_may_be_somebody_whom_the_file_itself_adds(desk):
    facts = desk.records(
        HEAD.replace("on:", "presiding: [p-500], on:") + "also: [{type: person.registered, ref: p-500}]\n"
    )
    assert one(facts, "meeting.held")["data"]["presiding"] == [{"by": "person:p-500"}]


def test_a_fact_about_a_condition_finds_what_it_answers_by_its_ref_alone(desk):
    desk.records(BOARD)
    facts = desk.records(
        HEAD
        + """also:
  - {type: condition.accepted, about: "decision:NLB/25-26/031", of: NLB/25-26/031, condition: C1}
  - {type: condition.discharged, of: NLB/25-26/031, condition: C1}
"""
    )
    assert [(fact["stream"], fact["of"]) for fact in facts[1:]] == [
        ("decision:NLB/25-26/031", {"stream": "decision:NLB/25-26/031", "n": 1})
    ] * 2


def test_conditions_are_taken_on_or_not_in_short(desk):
    desk.records(BOARD)
    facts = desk.records(ITEM + "    accepted: {NLB/25-26/031: C1}\n    refused: {NLB/25-26/031: C2}\n")
    assert [(fact["type"], fact["data"]["condition"]) for fact in facts[1:]] == [
        ("condition.accepted", "C1"),
        ("condition.refused", "C2"),
    ]


def test_a_new_version_of_a_recorded_proposal_is_a_revision_and_another_meeting_may_cite_it(desk):
    desk.records(BOARD)
    facts = desk.records(
        ITEM
        + "    proposal: {ref: NLB/25-26/P14, version: 3, title: Response, material: yes}\n    positions: {northmoor-ft: support}\n"
    )
    revised, position = one(facts, "proposal.revised"), one(facts, "proposal.position_taken")
    assert revised["data"] == {"version": "3", "title": "Response", "material": True}
    assert position["data"]["version"] == "3"
    again = desk.records(
        ITEM
        + "    proposal: {ref: NLB/25-26/P14, version: 3, title: Response, material: yes}\n    positions: {northmoor-ft: support}\n"
    )
    assert again == []


def test_a_proposal_that_is_recorded_is_cited_by_its_ref_alone(desk):
    desk.records(BOARD)
    facts = desk.records(ITEM + "    proposal: {ref: NLB/25-26/P14, version: 2}\n    decision: approved\n")
    assert one(facts, "decision.taken")["data"]["proposals"] == [{"proposal": "proposal:NLB/25-26/P14", "version": "2"}]
    assert len(facts) == 2


def test_between_meetings_the_maker_is_the_one_named_at_the_top(desk):
    facts = desk.records(
        """
        between_meetings: {on: 2026-02-20, post: icb-place-director}
        written: 2026-02-23
        decision: {ref: ICB/U02, by: p-006, for: northmoor-icb, under: SORD-9.1, outcome: approved, title: Night sitting}
        """
    )
    (taken,) = facts
    assert taken["data"]["decision_makers"] == ["post:icb-place-director"]
    assert taken["on"] == "2026-02-20"
    assert taken["source"]["recorded_at"] == "2026-02-23"
    assert (
        taken["source"]["place"] == "between meetings 2026-02-20 icb-place-director, decision of icb-place-director 1"
    )
    assert "meeting" not in taken["data"]


def test_a_file_may_add_to_a_meeting_that_is_recorded(desk):
    desk.records(BOARD)
    facts = desk.records(
        "meeting: NLB-2026-03-12\nitems: [{item: 9, decision: {maker: northmoor-cabinet, outcome: rejected}}]\n"
    )
    assert [(fact["type"], fact["on"]) for fact in facts] == [("decision.taken", "2026-03-12")]
    assert desk.told[0].gone == ()


def test_the_text_after_front_matter_is_kept_as_draft_minutes(desk):
    text = f"---\n{HEAD}---\n\n# Minutes\n\nThe committee met.\n"
    facts = desk.records(text, names=["march.md"])
    drafted = one(facts, "meeting.minutes_drafted")
    assert drafted["data"]["words"] == "# Minutes\n\nThe committee met."
    assert drafted["data"]["record_status"] == "draft"
    assert desk.records(text, names=["march.md"]) == []


def test_minutes_too_long_for_one_fact_are_kept_by_their_digest(desk):
    facts = desk.records(f"---\n{HEAD}---\n{'word ' * 5_000}\n", names=["march.md"])
    assert one(facts, "meeting.minutes_drafted")["data"].keys() == {"record_status", "document"}


def test_what_happened_on_the_day_is_not_dated_to_the_minute_of_the_opening(desk):
    facts = desk.records((ITEM + "    decision: noted\n").replace("2026-03-12", "2026-03-12T14:00:00Z"))
    assert [fact["on"] for fact in facts] == ["2026-03-12T14:00:00Z", "2026-03-12"]
    assert facts[0]["stream"] == "meeting:PC-2026-03-12"


def test_an_item_may_have_a_day_of_its_own(desk):
    facts = desk.records(ITEM + "    on: 2026-03-13\n    decision: noted\n")
    assert facts[1]["on"] == "2026-03-13"


def test_what_is_added_to_a_meeting_with_a_reference_of_its_own_changes_nothing_else(desk):
    desk.records(BOARD)
    more = """
        meeting: NLB-2026-03-12
        items: [{item: 4, decision: {ref: CAB/9, maker: northmoor-cabinet, outcome: rejected}}]
        """
    assert [fact["stream"] for fact in desk.records(more)] == ["decision:CAB/9"]
    assert desk.records(more) == []
    assert desk.records(BOARD) == []
    assert desk.told[0].gone == ()
