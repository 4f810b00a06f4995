"""Places of acts: the same for the same act, within a label's length, and told apart however long the names are."""

from __future__ import annotations

from decisionlog.domain.acts import BETWEEN, MEETING, correction_of, gathering, group_of, is_act, place_of

LONG = "X" * 200


def test_a_place_says_of_which_meeting_item_kind_and_maker_an_act_is():
    place = place_of(gathering(MEETING, "NLB-2026-03-12"), "item 4", "", "decision of northmoor-cabinet")
    assert place == "meeting NLB-2026-03-12, item 4, decision of northmoor-cabinet"
    assert is_act(place)
    assert (
        gathering(BETWEEN, "2026-02-20", "icb-place-director", "") == "between meetings 2026-02-20 icb-place-director"
    )


def test_what_changes_the_record_of_an_act_is_none():
    assert not is_act(correction_of("meeting NLB-1"))
    assert not is_act("row 12")


def test_long_names_are_kept_apart_within_a_label():
    one, other = (place_of(gathering(MEETING, LONG + end), "item 4", f"decision of {LONG}") for end in "ab")
    assert one != other
    assert len(correction_of(f"{one} 12, managed")) <= 200


def test_the_acts_of_a_gathering_are_grouped_with_it_however_long_they_are():
    meeting = gathering(MEETING, LONG)
    assert group_of(place_of(meeting, "item 4", f"decision of {LONG}")) == group_of(meeting) == meeting
