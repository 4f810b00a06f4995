"""A meeting's page: its hours, who presided, and what became there of what was there before."""

from __future__ import annotations

from tests.questions.asking import given, page, section, shown, story
from tests.scenario import about, body, corrected, decision, fact, organisation, person, proposal

ICB, TRUST = "organisation:icb", "organisation:trust"
AT = {"meeting": "meeting:M1", "item": "3"}
HELD = fact(
    "meeting.held", "meeting:M1", "2026-03-12T14:00:00+00:00", ref="M1", bodies=["body:board"], ended="2026-03-12T16:10:00+00:00",
    presiding=[{"capacity": "leader"}, {"capacity": "elder", "items": ["2", "3"]}],
)  # fmt: skip


def place(*more):
    return given(
        organisation("icb", name="Northmoor ICB"),
        organisation("trust", name="Northmoor Trust"),
        body("board", name="Locality Board"),
        fact("post.established", "post:leader", "2024-01-01", ref="leader", name="Leader of the Council"),
        proposal("P1", on="2026-03-01", title="Urgent response"),
        HELD,
        *more,
    ).log


def test_a_meeting_says_when_it_began_and_ended_and_which_post_presided():
    lines = page(shown(place(), "M1"))
    assert lines[1:5] == [
        "meeting:M1: held 2026-03-12 14:00 [7]",
        "Locality Board met on 12 March 2026, 14:00.",
        "It ended on 12 March 2026, 16:10.",
        "Leader of the Council and elder (for items 2 and 3) presided.",
    ]


def test_a_dissent_is_theirs_who_raised_the_disagreement_where_it_does_not_say_whose_it_is():
    log = place(
        person("p"),
        fact("disagreement.raised", "disagreement:X1", "2026-03-02", about=["proposal:P1"], on_behalf_of=[TRUST]),
        fact("decision.taken", "decision:D1", "2026-03-12", ref="D1"),
        fact("disagreement.dissent_recorded", "disagreement:X1", "2026-03-12", decision="decision:D1", by="person:p", **AT),
    )  # fmt: skip
    told = "The dissent of Northmoor Trust from D1 was recorded."
    assert any(line.endswith(told) for line in page(story(log, "X1")))
    assert told in section(log, "M1", "Items")[0]


def test_how_a_disagreement_went_on_at_a_meeting_stands_under_its_item():
    raised = fact("disagreement.raised", "disagreement:X1", "2026-03-02", about=["proposal:P1"], on_behalf_of=[TRUST])
    on = "2026-03-12"
    log = place(
        raised,
        fact("disagreement.escalated", "disagreement:X1", on, to="body:board", **AT),
        fact("disagreement.dissent_recorded", "disagreement:X1", on, on_behalf_of=[TRUST], **AT),
        fact("disagreement.parked", "disagreement:X1", on, **AT),
        fact("disagreement.overruled", "disagreement:X1", on, who="body:board", **AT),
        fact("disagreement.upheld", "disagreement:X1", on, who="body:board", **AT),
        fact("disagreement.reconciled", "disagreement:X1", on, terms="A pilot.", **AT),
        fact("disagreement.withdrawn", "disagreement:X1", on, on_behalf_of=[TRUST], **AT),
    )
    about_it = "X1, about P1 (Urgent response): "
    assert [line.removeprefix("Item 3            ") for line in section(log, "M1", "Items")] == [
        f"{about_it}It went up to Locality Board. [8, 9]",
        f"{about_it}The dissent of Northmoor Trust was recorded. [8, 10]",
        f"{about_it}The sides agreed to differ for now. [8, 11]",
        f"{about_it}Locality Board decided against those who disagreed. [8, 12]",
        f"{about_it}Locality Board found for those who disagreed. [8, 13]",
        f"{about_it}The sides came to terms: 'A pilot.' [8, 14]",
        f"{about_it}Northmoor Trust withdrew the disagreement. [8, 15]",
    ]


def test_what_was_done_reported_or_ratified_stands_under_its_item():
    on = "2026-03-12"
    log = place(
        decision("D1", on="2026-03-01", title="Night sitting", outcome="approved"),
        fact("action.assigned", "action:A1", "2026-03-01", ref="A1", what="Hire"),
        fact("action.completed", "action:A1", on, **AT),
        fact("decision.reported_back", "decision:D1", on, **AT),
        fact("decision.ratified", "decision:D1", on, decision_makers=["body:board"], **AT),
    )
    assert section(log, "M1", "Items") == [
        "Item 3            A1: It was done. [9, 10]",
        "'Hire'",
        "D1 (Night sitting): It was reported. [11]",
        "D1 (Night sitting): Locality Board ratified it. [12]",
    ]


def test_minutes_confirmed_at_a_later_meeting_stand_on_the_pages_of_both():
    held = fact("meeting.held", "meeting:M0", "2026-02-12", bodies=["body:board"])
    log = place(
        held, fact("meeting.minutes_confirmed", "meeting:M0", "2026-03-12", record_status="confirmed-as-amended", **AT)
    )
    assert section(log, "M0", "Minutes") == ["2026-03-12        The minutes were confirmed as amended, at M1. [9]"]
    assert section(log, "M1", "Items") == ["Item 3            M0: The minutes were confirmed as amended. [9]"]


def test_when_somebody_left_and_came_back_is_told_with_the_hour():
    log = place(
        fact("person.registered", "person:p-1", "2024-01-01"),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1", items=["4"]),
        about("meeting:M1", "meeting.conflict_managed", "2026-03-12", of=2, management="leaves-for-item",
              left="2026-03-12T15:10:00+00:00", returned="2026-03-12T15:35:00+00:00"),
    )  # fmt: skip
    left = "left 12 March 2026, 15:10, returned 12 March 2026, 15:35."
    assert section(log, "M1", "Interests")[-1] == f"Leaves for the item, {left}"
    assert f"  [10] A conflict of interest was managed: leaves for the item; {left}" in page(story(log, "M1"))


def test_what_happened_at_an_hour_is_labelled_with_day_and_hour():
    drafted = fact("meeting.minutes_drafted", "meeting:M1", "2026-03-20T10:00:00+00:00", version="1")
    assert section(place(drafted), "M1", "Minutes") == ["2026-03-20 10:00  Minutes exist as version 1. [8]"]


def test_positions_taken_at_a_meeting_stand_under_their_items():
    log = place(
        fact("proposal.position_taken", "proposal:P1", "2026-03-12", on_behalf_of=[TRUST], position="object", **AT),
        fact(
            "proposal.position_taken", "proposal:P1", "2026-03-12", on_behalf_of=[ICB], capacity="leader", version="2",
            position="support-with-conditions", conditions=[{"id": "C1", "words": "Staff."}], **AT,
        ),
        fact("proposal.position_taken", "proposal:P1", "2026-03-14", on_behalf_of=[TRUST], position="support"),
        {**fact("proposal.position_withdrawn", "proposal:P1", "2026-03-12", on_behalf_of=[TRUST], **AT), "of": "@8"},
    )  # fmt: skip
    assert section(log, "M1", "Items") == [
        "Item 3            Northmoor Trust objected to P1 (Urgent response). [8]",
        "Northmoor ICB (as Leader of the Council) supported P1 (Urgent response), version 2, on condition C1. [9]",
        "P1 (Urgent response): Northmoor Trust took a position back. [11]",
    ]


def test_items_that_were_decided_en_bloc_or_taken_out_stand_on_the_page():
    together = {"covers": ["3", "4", "5"], "excepted": ["5"]}
    log = place(decision("D1", outcome="approved", meeting="meeting:M1", item="3", en_bloc=together))
    assert section(log, "M1", "Items") == [
        "Item 3            D1: A decider that is not recorded approved it on 20 March 2026. [8]",
        "Item 4            Decided en bloc in D1: approved. [8]",
        "Item 5            Taken out of what was decided en bloc in D1. [8]",
    ]


def test_what_a_correction_moved_to_another_meeting_stands_there_alone():
    log = place(
        fact("meeting.held", "meeting:M2", "2026-04-12", ref="M2", bodies=["body:board"]),
        decision("D1", outcome="approved", meeting="meeting:M1", item="3"),
        corrected("decision:D1", "/meeting", was="meeting:M1", now="meeting:M2"),
    )
    assert section(log, "M2", "Items") == [
        "Item 3            D1: A decider that is not recorded approved it on 20 March 2026. [9]"
    ]
    assert section(log, "M1", "Items") == ["No item and no determination is recorded of it."]
    assert section(log, "M1", "Items", known="@9") == section(log, "M2", "Items")


def test_a_capacity_is_told_by_the_name_of_its_post_in_a_history_too():
    taken = fact(
        "proposal.position_taken",
        "proposal:P1",
        "2026-03-12",
        on_behalf_of=[ICB],
        capacity="leader",
        position="support",
    )
    other = fact("proposal.position_taken", "proposal:P1", "2026-03-13", on_behalf_of=[TRUST], capacity="readiness")
    told = page(story(place(taken, other), "P1"))
    assert any(line.endswith("Northmoor ICB (as Leader of the Council) supported it.") for line in told), told
    assert any(line.endswith("Northmoor Trust (as readiness) took a position on it.") for line in told), told


def test_of_what_has_no_number_it_is_not_said_that_nothing_was_decided():
    said = {"words": "Accepted it."}
    log = place(about("meeting:M1", "meeting.item_considered", on="2026-03-12", of=None, **said))
    assert section(log, "M1", "Items")[0].endswith("Considered, and no determination is recorded here. [8]")
    told = "Something without a number was considered; no determination of it is recorded here."
    assert any(told in line for line in page(story(log, "M1")))
