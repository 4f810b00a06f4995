"""The tests of a step: each holds, fails, is not recorded or must be read; and what a failing one takes away."""

from __future__ import annotations

from datetime import UTC

import pytest

from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.resolving import resolve
from decisionlog.domain.authority.table import Table
from decisionlog.domain.authority.world import ConditionOf
from decisionlog.domain.saying import plain
from tests.domain.authority.worlds import (
    BOARD,
    COMMITTEE,
    COUNCIL,
    DIRECTOR,
    FORUM,
    ICB,
    NOW,
    TABLE,
    F,
    PlainWorld,
    asked,
    basis,
    codes,
    consent,
    could,
    duty,
    grant,
    holder,
    instrument,
    outcomes,
    party,
    seat,
    ways,
)

D = "delegation:d"


def outcome(name, *, world=None, **given):
    world = world or PlainWorld()
    world.grants_ = [grant(ICB, DIRECTOR, reference=D, **given)]
    return outcomes(asked(world), D).get(name)


def pounds(amount, operator="<=", currency="GBP", **more):
    return {"money": {"amount": amount, "currency": currency}, "operator": operator, **more}


def test_a_sound_delegation_holds_in_everything():
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, reference=D)])
    assert set(outcomes(asked(world), D).values()) == {"holds"}
    assert asked(world).classification == "complete"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"instruments": [instrument()]}, "holds"),
        ({"instruments": [instrument(in_force=False, why="replaced")]}, "fails"),
        ({"instruments": []}, "not-recorded"),
    ],
)
def test_the_instrument_that_is_cited(given, expected):
    assert outcome("instrument", world=PlainWorld(**given)) == expected


def test_no_instrument_is_not_recorded():
    assert outcome("instrument", instrument="") == "not-recorded"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (basis(), "holds"),
        (basis(givers=("icb",), receivers=("post",)), "holds"),
        (basis(givers=("upper-tier-la",)), "fails"),
        (basis(receivers=("body",)), "fails"),
        (basis(until="1970-01-01"), "fails"),
        (basis(from_="2999-01-01"), "fails"),
        (basis("another"), "not-recorded"),
    ],
)
def test_the_table_of_legal_bases_allows_the_pair(table, expected):
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, reference=D)])
    answer = asked(world, table=Table("t", {table.code: table}, {}, ()))
    assert outcomes(answer, D)["basis"] == expected


def test_a_kind_that_is_not_recorded_is_not_guessed():
    world = PlainWorld(parties=[party(ICB, "")], grants_=[grant(ICB, DIRECTOR, reference=D)])
    answer = asked(world, table=Table("t", {"power": basis(givers=("icb",))}, {}, ()))
    assert outcomes(answer, D)["basis"] == "not-recorded"


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ({"onward": "permitted"}, "holds"),
        ({"onward": "prohibited"}, "fails"),
        ({"onward": ""}, "not-recorded"),
        ({"onward": "with-consent"}, "fails"),
        ({"onward": "with-consent", "consents": (consent(),)}, "holds"),
        ({"onward": "with-consent", "consents": (consent(delegation=D),)}, "holds"),
        ({"onward": "with-consent", "consents": (consent(delegation="delegation:other"),)}, "fails"),
        ({"onward": "with-consent", "consents": (consent(delegates=(DIRECTOR, BOARD)),)}, "holds"),
        ({"onward": "with-consent", "consent_of": (BOARD,), "consents": (consent(COMMITTEE),)}, "fails"),
        ({"onward": "with-consent", "consent_of": (BOARD,), "consents": (consent(BOARD),)}, "holds"),
    ],
)
def test_the_delegation_above_permits_that_it_is_passed_on(above, expected):
    world = PlainWorld(grants_=[grant(ICB, COMMITTEE, **above), grant(COMMITTEE, DIRECTOR, reference=D)])
    assert outcomes(asked(world), D)["onward"] == expected


def test_silence_about_passing_on_is_a_finding_and_not_a_yes():
    world = PlainWorld(grants_=[grant(ICB, COMMITTEE, onward=""), grant(COMMITTEE, DIRECTOR, reference=D)])
    assert codes(asked(world)) == {("onward-not-recorded", "onward")}
    assert asked(world).classification == "complete-with-findings"
    assert "director" in could(asked(world))


@pytest.mark.parametrize(
    ("allowed", "above", "expected"),
    [
        ({"committee": ("post",)}, {}, "holds"),
        ({"body": ("post",)}, {}, "holds"),
        ({"committee": ("sub-committee",)}, {}, "not-recorded"),
        ({"post": ("post",)}, {}, "not-recorded"),
        ({}, {}, "not-recorded"),
        ({"committee": ("post",)}, {"legal_basis": "another"}, "not-recorded"),
        ({"committee": ("post",)}, {"onward": "prohibited"}, "fails"),
    ],
)
def test_silence_is_a_yes_where_the_table_says_so_of_the_legal_basis_above(allowed, above, expected):
    table = Table("t", {"power": basis(onward_unless_directed=allowed), "another": basis("another")}, {}, ())
    parties = [party(COMMITTEE, "committee")]
    grants = [grant(ICB, COMMITTEE, **{"onward": "", **above}), grant(COMMITTEE, DIRECTOR, reference=D)]
    assert outcomes(asked(PlainWorld(parties=parties, grants_=grants), table=table), D)["onward"] == expected


def test_onward_is_not_asked_of_whoever_has_the_power_without_a_delegation():
    assert outcome("onward") is None


@pytest.mark.parametrize(("reserved", "expected"), [(None, "not-recorded"), (0, "holds"), (2, "to-be-read")])
def test_what_is_reserved_a_person_must_read(reserved, expected):
    assert outcome("reserved", reserved=reserved) == expected


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (None, "not-recorded"),
        ((), "holds"),
        ((pounds(200),), "holds"),
        ((pounds(100),), "holds"),
        ((pounds(100, "<"),), "fails"),
        ((pounds(99),), "fails"),
        ((pounds(200), pounds(50)), "fails"),
        ((pounds(50, currency="EUR"),), "to-be-read"),
        ((pounds(50, currency="EUR"), pounds(99)), "fails"),
        (({"words": "within the budget"},), "to-be-read"),
        (({**pounds(50), "fund": "fund:pool"},), "to-be-read"),
    ],
)
def test_an_amount_is_within_every_limit(limits, expected):
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, reference=D, limits=limits)])
    answer = asked(world, value=100)
    assert outcomes(answer, D)["limit"] == expected
    assert ("director" in could(answer)) == (expected != "fails")


def test_a_limit_is_not_asked_about_without_an_amount():
    assert outcome("limit") is None


@pytest.mark.parametrize(
    ("kind", "state", "expected"),
    [
        ("precedent", "stated", "fails"),
        ("precedent", "accepted", "fails"),
        ("precedent", "discharged", "holds"),
        ("precedent", "waived", "holds"),
        ("subsequent", "failed", "holds"),
        ("each-use", "stated", "to-be-read"),
        ("", "stated", "to-be-read"),
    ],
)
def test_conditions(kind, state, expected):
    assert outcome("conditions", conditions=(ConditionOf("C1", kind, state, (5,)),)) == expected


def test_whether_those_who_must_be_consulted_were_a_person_must_read():
    assert outcome("consulted", must_consult=(COMMITTEE,)) == "to-be-read"
    assert outcome("consulted") is None


@pytest.mark.parametrize(
    ("delegate", "expected"),
    [
        (party(COMMITTEE, "committee"), "holds"),
        (party(COMMITTEE, "committee", exists=False, ended=True), "fails"),
        (party(COMMITTEE, "committee", exists=False), "fails"),
        (party(COMMITTEE, "committee", recorded=False), "not-recorded"),
        (party(COMMITTEE, "working-group"), "fails"),
    ],
)
def test_the_delegate_is_there_and_can_decide(delegate, expected):
    world = PlainWorld(parties=[delegate], grants_=[grant(ICB, COMMITTEE, reference=D)])
    assert outcomes(asked(world), D)["delegate"] == expected


@pytest.mark.parametrize(
    ("roles", "rule", "expected"),
    [
        ([], "any-holder", "fails"),
        (["interim"], "any-holder", "holds"),
        (["interim"], "substantive-only", "fails"),
        (["interim"], "", "not-recorded"),
        (["interim", "substantive"], "substantive-only", "holds"),
        (["ex-officio"], "", "holds"),
        ([""], "substantive-only", "not-recorded"),
        ([""], "", "holds"),
    ],
)
def test_somebody_holds_the_post_in_the_way_that_is_wanted(roles, rule, expected):
    held = {DIRECTOR: [holder(f"person:{number}", role) for number, role in enumerate(roles)]}
    assert outcome("holder", world=PlainWorld(holders_=held), holders=rule) == expected


def test_a_post_of_which_nothing_is_recorded_is_not_said_to_be_vacant():
    world = PlainWorld(holders_={}, parties=[party(DIRECTOR, recorded=False)])
    assert outcome("holder", world=world) == "not-recorded"


def test_of_several_who_act_jointly_the_worst_counts():
    world = PlainWorld(
        parties=[party(COMMITTEE, "committee", exists=False, ended=True)],
        grants_=[grant(ICB, DIRECTOR, COMMITTEE, reference=D, jointly=True)],
    )
    assert outcomes(asked(world), D)["delegate"] == "fails"


# Whether the giver had it


def test_a_giver_who_came_to_the_power_only_later_could_not_give_it():
    early = grant(COMMITTEE, DIRECTOR, reference=D, granted_at=400)
    world = PlainWorld(grants_=[grant(ICB, COMMITTEE, granted_at=500), early])
    assert outcomes(asked(world), D)["delegator_held"] == "fails"
    assert could(asked(world)) == {"icb", "committee"}


def test_where_nobody_is_recorded_with_the_duty_at_that_time_it_is_not_recorded():
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, reference=D)], before=PlainWorld(duties_=[]))
    assert outcomes(asked(world), D)["delegator_held"] == "not-recorded"


def test_of_what_took_effect_at_the_very_moment_the_steps_above_count():
    both = [grant(ICB, COMMITTEE, granted_at=1_000), grant(COMMITTEE, DIRECTOR, reference=D, granted_at=1_000)]
    assert outcomes(asked(PlainWorld(grants_=both)), D)["delegator_held"] == "holds"


def test_the_amount_does_not_count_for_whether_the_giver_had_it():
    small = grant(ICB, COMMITTEE, limits=(pounds(10),), granted_at=400)
    world = PlainWorld(grants_=[small, grant(COMMITTEE, DIRECTOR, reference=D)])
    assert outcomes(asked(world, value=100), D)["delegator_held"] == "holds"


# The duty and the bodies


def test_a_duty_of_a_post_that_nobody_holds_leaves_nobody_with_the_power():
    world = PlainWorld(duties_=[duty(DIRECTOR)], holders_={DIRECTOR: []})
    assert ways(asked(world)) == ["director!"]
    assert could(asked(world)) == set()


def test_a_parent_that_never_resolved_to_join_a_joint_committee_is_found():
    both = [
        seat(COMMITTEE, ICB, ("function:discharge",)),
        seat(COMMITTEE, COUNCIL, ("function:discharge",), by_decision=""),
    ]
    world = PlainWorld(duties_=[duty(), duty(COUNCIL, n=3)], seats=both, parties=[party(COMMITTEE, "joint-committee")])
    answer = asked(world)
    assert ways(answer) == ["icb > committee", "council > committee"]
    assert codes(answer) == {("not-resolved", "resolved")}


def test_a_forum_as_delegate_cannot_decide():
    world = PlainWorld(grants_=[grant(ICB, FORUM, reference=D)])
    assert outcomes(asked(world), D)["delegate"] == "fails"


POOL, OTHER = "fund:pool", "fund:other"


@pytest.mark.parametrize(
    ("limit", "value", "expected"),
    [
        ({**pounds(50), "fund": POOL}, {"fund": POOL}, "fails"),
        ({**pounds(200), "fund": POOL}, {"fund": POOL}, "holds"),
        ({**pounds(50), "fund": POOL}, {"fund": OTHER}, "holds"),
        (pounds(50), {"fund": POOL}, "fails"),
        ({**pounds(50), "kind": "capital"}, {"kind": "revenue"}, "holds"),
        ({**pounds(50), "kind": "capital"}, {}, "fails"),
    ],
)
def test_a_limit_of_a_fund_is_for_what_comes_from_that_fund(limit, value, expected):
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, reference=D, limits=(limit,))])
    sums = ({"money": {"amount": 100, "currency": "GBP"}, **value},)
    answer = resolve(world, Question((F,), (), (), sums, NOW, UTC), TABLE)
    assert outcomes(answer, D)["limit"] == expected


def test_why_a_limit_was_not_compared_is_said():
    world = PlainWorld(grants_=[grant(ICB, DIRECTOR, reference=D, limits=(pounds(50, currency="EUR"),))])
    (test,) = (one for one in asked(world, value=100).chains[-1].steps[-1].tests if one.name == "limit")
    assert plain(test.detail).endswith(", in EUR, the amount in GBP: not compared")
