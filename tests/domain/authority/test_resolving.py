"""Who could decide, who is in which role, and the one word for the whole."""

from __future__ import annotations

import pytest

from decisionlog.domain.authority.table import Table
from decisionlog.domain.authority.world import Disputed, Fund, Promise, Relation
from tests.domain.authority.worlds import (
    BOARD,
    CABINET,
    COMMITTEE,
    COUNCIL,
    DIRECTOR,
    EAST,
    FORUM,
    HELD,
    ICB,
    PLACE,
    WEST,
    F,
    PlainWorld,
    asked,
    basis,
    could,
    duty,
    grant,
    holder,
    instrument,
    party,
    role,
    seat,
    terms,
    ways,
)

# Who could


def test_a_giver_keeps_the_power_beside_the_delegate_unless_it_gave_it_exclusively():
    world = PlainWorld(seats=[seat()], grants_=[grant(BOARD, COMMITTEE)])
    assert could(asked(world)) == {"icb", "board", "committee"}
    world.grants_ = [grant(BOARD, COMMITTEE, exclusivity="exclusive")]
    assert could(asked(world)) == {"icb", "committee"}


def test_an_exclusive_delegation_for_a_part_or_one_that_fails_takes_nothing_away():
    world = PlainWorld(grants_=[grant(ICB, COMMITTEE, exclusivity="exclusive", places=(EAST,))])
    assert could(asked(world, places=(PLACE,))) == {"icb", "committee"}
    assert could(asked(world, places=(EAST,))) == {"committee"}
    world.grants_ = [grant(ICB, FORUM, exclusivity="exclusive")]
    assert could(asked(world)) == {"icb"}


def test_of_a_post_everybody_who_holds_it_is_named():
    world = PlainWorld(
        grants_=[grant(ICB, DIRECTOR)], holders_={DIRECTOR: [holder("person:a"), holder("person:b", "interim")]}
    )
    power = next(one for one in asked(world).powers if one.receivers == (DIRECTOR,))
    assert power.people == ("person:a", "person:b")


# The eight roles


def test_whoever_is_last_with_the_power_on_each_chain_could_decide():
    world = PlainWorld(seats=[seat()], grants_=[grant(BOARD, COMMITTEE), grant(COMMITTEE, FORUM)])
    assert role(asked(world), "decision_makers") == {COMMITTEE}


def test_to_whom_the_duty_holder_is_answerable_comes_from_relations_and_from_the_table():
    related = Relation(
        **HELD,
        organisation=ICB,
        relation="answerable-to",
        to="organisation:nhse",
        functions=(),
        places=(),
        legal_basis="",
    )
    elsewhere = Relation(
        **HELD, organisation=ICB, relation="part-of", to="organisation:x", functions=(), places=(), legal_basis=""
    )
    world = PlainWorld(relations_=[related, elsewhere])
    assert role(asked(world), "answerable_to") == {"organisation:nhse", "NHS England"}


def test_liability_stays_with_the_duty_holder_unless_a_step_moves_it():
    assert role(asked(PlainWorld(grants_=[grant(ICB, COUNCIL)])), "liability") == {ICB}
    assert role(asked(PlainWorld(grants_=[grant(ICB, COUNCIL, legal_basis="moves")])), "liability") == {COUNCIL}


def test_liability_moves_to_a_legal_person_and_by_no_step_that_fails():
    world = PlainWorld(
        duties_=[duty()],
        seats=[seat(CABINET, COUNCIL)],
        grants_=[grant(ICB, CABINET, legal_basis="moves")],
    )
    assert role(asked(world), "liability") == {COUNCIL}
    world.grants_ = [grant(ICB, FORUM, legal_basis="moves")]
    assert role(asked(world), "liability") == {ICB}


def test_delivery_is_who_carries_out_hosts_manages_or_has_an_open_action():
    fund = Fund(
        **HELD,
        reference="fund:f",
        kind="pooled",
        host=COUNCIL,
        manager=DIRECTOR,
        parties=(),
        functions=(F,),
        places=(),
        reporting=({"to": BOARD},),
    )
    action = Promise(
        **HELD,
        reference="action:a",
        organisation=COUNCIL,
        owner="post:officer",
        to=ICB,
        functions=(F,),
        places=(),
        due="",
    )
    world = PlainWorld(
        seats=[seat()],
        grants_=[grant(ICB, "post:clerk", kind="execute")],
        funds_=[fund],
        promises_=[action],
        hosts={BOARD: "organisation:host"},
    )
    answer = asked(world)
    assert role(answer, "delivery") == {"post:clerk", "organisation:host", COUNCIL, DIRECTOR, "post:officer"}
    assert role(answer, "commitments") == {COUNCIL}
    assert role(answer, "oversight") == {BOARD}


def test_those_to_be_consulted_come_from_the_duty_the_delegations_and_the_terms():
    world = PlainWorld(
        duties_=[duty(must_consult=("body:users",))],
        seats=[seat()],
        grants_=[grant(BOARD, COMMITTEE, must_consult=(DIRECTOR,))],
        terms_={COMMITTEE: terms(must_consult=(FORUM,), reports_to=(BOARD,))},
    )
    assert role(asked(world), "consulted") == {"body:users", DIRECTOR, FORUM}
    assert role(asked(world), "oversight") == {BOARD}


def test_an_agreement_without_legal_force_is_a_commitment_of_its_parties_and_gives_nobody_a_power():
    agreed = instrument("instrument:mou", kind="mou", functions=(F,), parties=(ICB, COUNCIL))
    world = PlainWorld(
        instruments=[
            agreed,
            instrument("instrument:contract", kind="contract", functions=(F,), parties=("organisation:x",)),
        ]
    )
    assert role(asked(world), "commitments") == {ICB, COUNCIL}
    assert could(asked(world)) == {"icb"}


def test_nobody_is_named_without_the_facts():
    world = PlainWorld(
        seats=[seat()], grants_=[grant(BOARD, COMMITTEE, must_consult=(DIRECTOR,), reporting=({"to": BOARD},))]
    )
    answer = asked(world)
    assert all(entry.evidence for entries in answer.roles.values() for entry in entries)


# The word


def test_nobody_with_the_duty_is_a_gap_also_where_somebody_was_given_it():
    assert asked(PlainWorld(duties_=[])).classification == "gap"
    world = PlainWorld(duties_=[], grants_=[grant(COUNCIL, CABINET)])
    assert asked(world).classification == "gap"
    assert ways(asked(world)) == ["cabinet"]


def test_two_exclusive_delegations_to_different_delegates_are_contested():
    both = [grant(ICB, one, exclusivity="exclusive") for one in (COMMITTEE, CABINET)]
    assert asked(PlainWorld(grants_=both)).classification == "contested"


@pytest.mark.parametrize(("other", "word"), [(WEST, "complete"), (PLACE, "contested"), (EAST, "contested")])
def test_exclusive_delegations_for_places_that_do_not_meet_are_not_contested(other, word):
    both = [
        grant(ICB, COMMITTEE, exclusivity="exclusive", places=(EAST,)),
        grant(ICB, CABINET, exclusivity="exclusive", places=(other,)),
    ]
    assert asked(PlainWorld(grants_=both)).classification == word


def test_facts_about_the_duty_that_contradict_each_other_are_contested():
    world = PlainWorld(disputes_=[Disputed(F, (), (4, 7))])
    assert asked(world).classification == "contested"
    assert asked(world).disputes == (4, 7)


def test_a_function_that_only_a_forum_deals_with_is_dormant():
    world = PlainWorld(seats=[seat(FORUM, ICB, (F,))], parties=[party(FORUM, "advisory-forum", places=(PLACE,))])
    assert asked(world).classification == "dormant"
    assert asked(world, places=(PLACE,)).classification == "dormant"
    world.grants_ = [grant(ICB, DIRECTOR)]
    assert asked(world).classification == "complete"


def test_a_forum_at_the_place_asked_about_is_enough():
    world = PlainWorld(parties=[party(FORUM, "advisory-forum", places=(PLACE,))])
    assert asked(world, places=(PLACE,)).classification == "dormant"
    assert asked(world, places=(EAST,)).classification == "complete"


def test_an_organisation_that_keeps_its_duty_to_itself_is_complete():
    assert asked(PlainWorld()).classification == "complete"


def test_the_table_is_what_is_handed_in():
    world = PlainWorld(grants_=[grant(ICB, COUNCIL)])
    own = Table("own-1", {"power": basis(liability="receiver", verified=False)}, {"icb": ("Parliament",)}, ())
    answer = asked(world, table=own)
    assert role(answer, "liability") == {COUNCIL}
    assert role(answer, "answerable_to") == {"Parliament"}
    assert not next(iter(answer.roles["liability"])).verified
