"""From the duty down: who is reached, by which chains, and who is not followed."""

from __future__ import annotations

from itertools import permutations

import pytest

from decisionlog.domain.authority.walking import MOST
from tests.domain.authority.worlds import (
    BOARD,
    CABINET,
    COMMITTEE,
    COUNCIL,
    DIRECTOR,
    EAST,
    FORUM,
    ICB,
    PLACE,
    SYSTEM,
    WEST,
    F,
    PlainWorld,
    asked,
    codes,
    could,
    duty,
    grant,
    part,
    party,
    seat,
    stop,
    succession,
    terms,
    ways,
    whole,
)


def test_the_duty_the_board_that_acts_and_the_committee_that_was_given_it_make_one_chain():
    world = PlainWorld(seats=[seat()], grants_=[grant(BOARD, COMMITTEE)])
    assert ways(asked(world)) == ["icb > board > committee"]
    assert could(asked(world)) == {"icb", "board", "committee"}


def test_two_who_have_the_duty_begin_a_chain_each():
    world = PlainWorld(duties_=[duty(), duty(COUNCIL, n=3)], grants_=[grant(COUNCIL, CABINET)])
    assert ways(asked(world)) == ["icb", "council > cabinet"]


def test_what_leads_to_the_same_party_by_two_ways_is_two_chains():
    world = PlainWorld(
        grants_=[grant(ICB, DIRECTOR, reference="delegation:a"), grant(ICB, DIRECTOR, reference="delegation:b")]
    )
    assert ways(asked(world)) == ["icb > director", "icb > director"]


def test_a_function_above_the_one_asked_about_covers_it_and_one_beneath_does_not():
    child = "function:assessment"
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR)], functions_above={child: (F,)})
    assert ways(asked(world, function=child)) == ["icb > director"]
    world.grants_ = [grant(ICB, DIRECTOR, functions=(child,))]
    assert ways(asked(world)) == ["icb"]


def test_a_delegation_of_the_matter_itself_covers_without_a_function():
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, functions=(), matters=("proposal:p",))])
    assert ways(asked(world, matters=("proposal:p",))) == ["icb > director"]
    assert ways(asked(world)) == ["icb"]


# Places


@pytest.mark.parametrize(("where", "found"), [(EAST, 1), (SYSTEM, 1), ("place:elsewhere", 0)])
def test_a_place_covers_what_lies_within_it_and_in_part_what_it_lies_within(where, found):
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, places=(PLACE,))])
    answer = asked(world, places=(where,))
    assert sum(way.endswith("director") for way in ways(answer)) == found


def test_things_for_places_that_do_not_meet_never_stand_on_one_way():
    world = PlainWorld(duties_=[duty(places=(EAST,))], grants_=[grant(ICB, DIRECTOR, places=(WEST,))])
    assert ways(asked(world)) == ["icb"]


def test_a_committee_for_one_place_does_not_act_for_another():
    world = PlainWorld(seats=[seat(COMMITTEE, ICB, (F,))], parties=[party(COMMITTEE, "committee", places=(EAST,))])
    assert ways(asked(world, places=(EAST,))) == ["icb > committee"]
    assert ways(asked(world, places=(WEST,))) == ["icb"]


# Bodies


def test_a_committee_acts_only_for_the_functions_that_its_entry_names():
    assert ways(asked(PlainWorld(seats=[seat(COMMITTEE, ICB)]))) == ["icb"]
    assert ways(asked(PlainWorld(seats=[seat(COMMITTEE, ICB, (F,))]))) == ["icb > committee"]
    assert ways(asked(PlainWorld(seats=[seat(BOARD, ICB, ("function:other",))]))) == ["icb"]


def test_what_was_delegated_in_words_goes_before_an_entry_and_its_limit_holds():
    world = PlainWorld(
        seats=[seat(COMMITTEE, ICB, (F,))],
        grants_=[grant(ICB, COMMITTEE, limits=({"money": {"amount": 100, "currency": "GBP"}},))],
    )
    assert ways(asked(world)) == ["icb > committee"]
    assert could(asked(world, value=200)) == {"icb"}


@pytest.mark.parametrize("can", ["recommend", "advise", "discuss"])
def test_a_body_that_can_only_talk_never_acts(can):
    world = PlainWorld(seats=[seat()], terms_={BOARD: terms(can)})
    assert ways(asked(world)) == ["icb"]


def test_a_body_that_has_ended_or_has_not_begun_does_not_act():
    for state in ({"ended": True}, {}):
        world = PlainWorld(seats=[seat()], parties=[party(BOARD, "board", exists=False, **state)])
        assert ways(asked(world)) == ["icb"]


# Stops


def test_a_delegation_that_is_suspended_for_another_function_is_followed():
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, stops=(stop("suspended", functions=("function:other",)),))])
    assert ways(asked(world)) == ["icb > director"]
    world.grants_ = [grant(ICB, DIRECTOR, stops=(stop("suspended", functions=(F,)),))]
    assert ways(asked(world)) == ["icb"]


def test_when_one_of_two_who_gave_stops_it_only_its_own_way_ends():
    joint = grant(ICB, COMMITTEE, on_behalf_of=(ICB, COUNCIL), stops=(stop(on_behalf_of=(COUNCIL,)),))
    world = PlainWorld(duties_=[duty(), duty(COUNCIL, n=3)], grants_=[joint])
    assert ways(asked(world)) == ["icb > committee", "council"]


def test_a_delegation_only_to_carry_out_gives_nobody_a_decision():
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, kind="execute")])
    assert ways(asked(world)) == ["icb"]


# Going round, and beginning in the middle


def test_a_way_that_leads_back_is_not_followed_and_is_said():
    world = PlainWorld(grants_=[grant(ICB, COMMITTEE), grant(COMMITTEE, ICB, reference="delegation:back")])
    assert ways(asked(world)) == ["icb > committee"]
    assert ("leads-back", "delegation:back") in codes(asked(world))


def test_a_giver_whose_own_power_is_not_recorded_begins_a_chain_of_its_own():
    world = PlainWorld(grants_=[grant(COUNCIL, CABINET, reference="delegation:c"), grant(CABINET, DIRECTOR)])
    answer = asked(world)
    assert ways(answer) == ["icb", "cabinet > director"]
    assert could(answer) == {"icb", "cabinet", "director"}
    assert ("own-chain", "delegation:c") in codes(answer)


def test_two_who_gave_to_each_other_and_got_it_from_nobody_are_no_endless_loop():
    world = PlainWorld(grants_=[grant(COUNCIL, CABINET), grant(CABINET, COUNCIL)])
    assert ways(asked(world)) == ["icb", "cabinet", "council"]


def test_where_everybody_gave_to_everybody_it_ends_and_says_that_there_is_more():
    bodies = [f"body:b{number}" for number in range(7)]
    everybody = [
        grant(giver, other, reference=f"delegation:{giver}-{other}", granted_at=600 + number)
        for number, (giver, other) in enumerate(permutations(bodies, 2))
    ]
    world = PlainWorld(grants_=[grant(ICB, bodies[0]), *everybody])
    answer = asked(world)
    assert len(answer.chains) <= MOST
    assert {body.partition(":")[2] for body in bodies} <= could(answer)
    world.grants_ += [grant(bodies[0], f"body:more{number}", granted_at=700 + number) for number in range(4)]
    assert could(asked(world)) >= {f"more{number}" for number in range(4)}


def test_nothing_is_passed_on_by_one_of_several_who_act_jointly():
    both = grant(ICB, COMMITTEE, CABINET, jointly=True)
    world = PlainWorld(grants_=[both, grant(CABINET, DIRECTOR)])
    answer = asked(world)
    assert "icb > committee and cabinet" in ways(answer)
    assert "committee and cabinet" in could(answer)


def test_a_forum_that_was_given_something_cannot_pass_it_on():
    world = PlainWorld(grants_=[grant(ICB, FORUM), grant(FORUM, DIRECTOR)])
    assert ways(asked(world)) == ["icb > forum!"]


# Successions


NEXT, OTHER = "organisation:next", "organisation:other"


def test_the_duty_lies_on_the_successor_whatever_its_code():
    world = PlainWorld(
        successions_=[succession(ICB, whole(NEXT))], parties=[party(ICB, "icb", exists=False, ended=True)]
    )
    assert ways(asked(world)) == ["next"]


def test_one_organisation_split_between_two_leaves_each_its_places():
    world = PlainWorld(
        successions_=[succession(ICB, part(NEXT, EAST), part(OTHER, WEST))],
        parties=[party(ICB, "icb", exists=False, ended=True)],
    )
    assert ways(asked(world, places=(EAST,))) == ["next"]
    assert ways(asked(world)) == ["next", "other"]


def test_a_part_that_was_taken_leaves_the_rest_where_it_was():
    world = PlainWorld(successions_=[succession(ICB, part(NEXT, EAST), ends=False)])
    assert ways(asked(world, places=(EAST,))) == ["next"]
    assert ways(asked(world, places=(WEST,))) == ["icb"]
    assert ways(asked(world)) == ["next", "icb"]


def test_a_succession_before_the_duty_was_placed_moves_nothing():
    world = PlainWorld(duties_=[duty(placed_at=800)], successions_=[succession(ICB, whole(NEXT), at=700, ends=False)])
    assert ways(asked(world)) == ["icb"]


def test_organisations_that_took_each_other_over_are_no_endless_loop():
    both = [succession(ICB, whole(NEXT), at=700), succession(NEXT, whole(ICB), at=800)]
    assert ways(asked(PlainWorld(successions_=both))) == ["icb"]


def test_a_delegation_outlives_its_giver_only_where_something_says_so():
    gone = [party(ICB, "icb", exists=False, ended=True)]
    given_before = [grant(ICB, DIRECTOR, reference="delegation:d")]
    then = PlainWorld(grants_=given_before)
    kept = PlainWorld(grants_=given_before, successions_=[succession(ICB, whole(NEXT))], parties=gone, before=then)
    assert ways(asked(kept)) == ["next > director"]
    silent = PlainWorld(grants_=given_before, successions_=[succession(ICB, whole(NEXT), continuity="")], parties=gone)
    assert ways(asked(silent)) == ["next"]
    assert ("did-not-outlive", "delegation:d") in codes(asked(silent))
    ended = PlainWorld(
        grants_=given_before, successions_=[succession(ICB, whole(NEXT), continuity="not-continued")], parties=gone
    )
    assert codes(asked(ended)) == set()


def test_a_delegate_that_was_succeeded_is_replaced():
    world = PlainWorld(
        grants_=[grant(ICB, COUNCIL)],
        successions_=[succession(COUNCIL, whole(NEXT))],
        parties=[party(COUNCIL, "upper-tier-la", exists=False, ended=True)],
    )
    assert ways(asked(world)) == ["icb > next"]


def test_a_successor_that_has_ended_itself_is_still_the_delegate_and_the_test_says_so():
    world = PlainWorld(
        grants_=[grant(ICB, COUNCIL)],
        successions_=[succession(COUNCIL, whole(NEXT))],
        parties=[party(COUNCIL, exists=False, ended=True), party(NEXT, exists=False, ended=True)],
    )
    assert ways(asked(world)) == ["icb > next!"]


def test_a_second_succession_that_found_nothing_left_to_take_says_nothing():
    world = PlainWorld(
        grants_=[grant(ICB, DIRECTOR)],
        successions_=[
            succession(ICB, whole(NEXT), continuity="not-continued"),
            succession(ICB, whole(OTHER), continuity=""),
        ],
        parties=[party(ICB, "icb", exists=False, ended=True)],
    )
    assert codes(asked(world)) == set()


def test_what_a_successor_took_of_a_delegates_places_does_not_come_back_by_a_wider_place_that_it_kept():
    world = PlainWorld(
        grants_=[grant(ICB, COUNCIL, reference="delegation:d")],
        successions_=[succession(COUNCIL, part("organisation:next", EAST))],
    )
    answer = asked(world, places=(EAST, PLACE))
    kept = next(step for way in answer.chains for step in way.steps if step.receivers == (COUNCIL,))
    assert (kept.places, kept.part) == ((PLACE,), True)


def test_what_a_successor_took_of_a_delegates_places_is_not_the_delegates_also_where_the_delegation_did_not_outlive():
    world = PlainWorld(
        grants_=[grant(ICB, COUNCIL, reference="delegation:d")],
        successions_=[succession(COUNCIL, part("organisation:next", EAST), continuity="")],
    )
    answer = asked(world, places=(EAST, PLACE))
    [kept] = (step for way in answer.chains for step in way.steps if step.reference == "delegation:d")
    assert (kept.receivers, kept.places, kept.part) == ((COUNCIL,), (PLACE,), True)
