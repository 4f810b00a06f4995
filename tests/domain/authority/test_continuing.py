"""A delegation that was continued rests on what the continuation cites."""

from __future__ import annotations

from decisionlog.domain.authority.world import Continuation
from tests.domain.authority.worlds import (
    BOARD,
    COMMITTEE,
    COUNCIL,
    HELD,
    ICB,
    TABLE,
    PlainWorld,
    asked,
    basis,
    codes,
    duty,
    grant,
    instrument,
    outcomes,
    role,
    seat,
    succession,
    ways,
    whole,
)

NEW = instrument("instrument:order")
OLD = instrument(in_force=False, why="replaced")


def continued(**given):
    return Continuation(**(HELD | {"evidence": (7,), "delegator": "", "delegates": (), "parties": ()} | given))


def world(*continuations, giver=ICB, **given):
    one = grant(giver, COMMITTEE, continuations=continuations, reference="delegation:d", **given)
    return PlainWorld(grants_=[one], instruments=[NEW, OLD], seats=[seat()])


def test_what_was_continued_is_tested_by_the_instrument_that_continued_it_and_not_by_the_old_one():
    assert outcomes(asked(world()), "delegation:d")["instrument"] == "fails"
    answer = asked(world(continued(parties=(ICB,), instrument=NEW.reference)))
    assert outcomes(answer, "delegation:d")["instrument"] == "holds"
    assert codes(answer) == set()


def test_and_by_the_legal_basis_that_continued_it():
    barred = {**TABLE.bases, "barred": basis("barred", givers=("nhs-trust",))}
    table = TABLE.__class__("test-2", barred, TABLE.answerable, TABLE.without_legal_force)
    old = world(instrument=NEW.reference, legal_basis="barred")
    assert outcomes(asked(old, table=table), "delegation:d")["basis"] == "fails"
    new = world(continued(legal_basis="power"), instrument=NEW.reference, legal_basis="barred")
    assert outcomes(asked(new, table=table), "delegation:d")["basis"] == "holds"


def test_the_step_shows_what_it_rests_on_with_the_facts_of_the_continuation():
    answer = asked(world(continued(legal_basis="moves", instrument=NEW.reference, clause="4"), clause="old"))
    step = answer.chains[-1].steps[-1]
    assert (step.by.legal_basis, step.by.instrument, step.by.clause) == ("moves", NEW.reference, "4")
    assert 7 in step.evidence


def test_liability_follows_the_basis_by_which_it_was_continued():
    given = {"duties_": [duty(ICB)], "instruments": [NEW]}
    one = grant(ICB, COUNCIL, continuations=(continued(legal_basis="moves"),), instrument=NEW.reference)
    assert role(asked(PlainWorld(grants_=[one], **given)), "liability") == {COUNCIL}


def test_a_continuation_for_somebody_else_changes_nothing():
    answer = asked(world(continued(parties=(COUNCIL,), instrument=NEW.reference)))
    assert outcomes(answer, "delegation:d")["instrument"] == "fails"


def test_a_continuation_for_an_organisation_bears_on_what_its_board_gave():
    answer = asked(world(continued(parties=(ICB,), instrument=NEW.reference), giver=BOARD))
    assert outcomes(answer, "delegation:d")["instrument"] == "holds"


def test_of_several_the_last_that_cites_something_counts_and_one_that_cites_nothing_takes_nothing_away():
    third = instrument("instrument:third", in_force=False, why="ended")
    first, last = continued(instrument=third.reference), continued(instrument=NEW.reference)
    one = world(first, last, continued(parties=(ICB,)))
    one.instruments.append(third)
    assert outcomes(asked(one), "delegation:d")["instrument"] == "holds"


def test_what_continued_it_only_possibly_makes_the_step_possible():
    answer = asked(world(continued(instrument=NEW.reference, possible=True)))
    assert answer.chains[-1].steps[-1].possible
    assert not asked(world(continued(possible=True), instrument=NEW.reference)).chains[-1].steps[-1].possible


def test_a_successor_that_a_continuation_names_gives_by_what_it_cites():
    carried = continued(delegator=COUNCIL, parties=(COUNCIL,), legal_basis="power", instrument=NEW.reference)
    one = PlainWorld(
        duties_=[duty(COUNCIL)],
        grants_=[grant(ICB, COMMITTEE, continuations=(carried,), reference="delegation:d")],
        successions_=[succession(ICB, whole(COUNCIL), continuity="")],
        instruments=[NEW, OLD],
    )
    answer = asked(one)
    assert ways(answer) == ["council > committee"]
    assert outcomes(answer, "delegation:d")["instrument"] == "holds"
    assert codes(answer) == set()
