"""The functions and decisions map: from facts to rows, on both clocks."""

from __future__ import annotations

import pytest

from decisionlog.domain.answers.functions_map import Narrowed
from decisionlog.domain.refusals import NotFound
from decisionlog.domain.saying import plain
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_could import who_could
from decisionlog.questions.functions_map.asking import functions_map
from tests.questions.asking import given, put
from tests.scenario import about, body, fact, organisation

ICB, COUNCIL = "organisation:icb", "organisation:council"
NORTH, SOUTH, EAST = "place:north", "place:south", "place:north-east"


def place(key, level, within=None):
    more = {"within": within} if within else {}
    return fact("place.defined", f"place:{key}", "2020-01-01", ref=key, name=key.title(), level=level, **more)


def function(key, parent=None):
    more = {"parent": parent} if parent else {}
    return fact("function.catalogued", f"function:{key}", "2020-01-01", ref=key, name=key.title(), **more)


def duty(key, holder, *places, on="2022-07-01"):
    more = {"places": list(places)} if places else {}
    return about(f"function:{key}", "function.duty_placed", on, holder=holder, legal_basis="original-power", **more)


def grant(key, delegator, delegate, function_key, on="2025-04-01", **data):
    scope = [{"function": f"function:{function_key}"}]
    return fact(
        "delegation.granted", f"delegation:{key}", on, ref=key, delegator=delegator, delegates=[delegate], scope=scope,
        **data,
    )  # fmt: skip


SYSTEM = [
    place("system", "system"),
    place("north", "place", "place:system"),
    place("south", "place", "place:system"),
    place("north-east", "neighbourhood", NORTH),
    organisation("icb", name="The ICB", kind="icb"),
    organisation("council", name="The Council", kind="upper-tier-la"),
    body("board", name="ICB Board", kind="board", parents=[{"parent": ICB}]),
    body("committee", name="Place Committee", kind="committee", places=[NORTH]),
]


def mapped(*facts, on="2025-10-01", known=None, **narrowed):
    return put(
        functions_map,
        given(*SYSTEM, *facts).log,
        Narrowed(**narrowed),
        on=on,
        known=known,
    )


def where(answer):
    return [(row.function.partition(":")[2], row.place.partition(":")[2], row.classification) for row in answer.items]


def deciding(row):
    return {" and ".join(one.party).partition(":")[2] for one in row.deciders}


def test_a_row_says_whose_duty_it_is_who_can_decide_within_what_and_until_when():
    limit = {"money": {"amount": 100, "currency": "GBP"}, "operator": "<="}
    answer = mapped(
        function("care"),
        duty("care", ICB, NORTH),
        grant(
            "S-1", "body:board", "body:committee", "care", limits=[limit], until="2026-04-01", review_by="2026-01-31"
        ),
    )
    (north, _) = answer.items
    assert north.place == NORTH
    assert [one.party for one in north.duty_holders] == [ICB]
    (decider,) = north.deciders
    assert (decider.party, decider.reference, decider.until) == (("body:committee",), "delegation:S-1", "2026-04-01")
    assert decider.limits == (limit,)
    assert [one.party for one in north.besides] == [("body:board",)]
    assert (north.review.by, north.review.of, north.review.is_over) == ("2026-01-31", "delegation:S-1", False)


def test_a_function_that_was_forgotten_in_one_of_two_places_is_a_gap_there():
    answer = mapped(function("care"), duty("care", ICB, NORTH))
    assert where(answer) == [("care", "north", "complete"), ("care", "south", "gap")]


def test_a_function_that_nobody_has_is_one_gap_in_the_place_that_holds_all_others():
    assert where(mapped(function("care"))) == [("care", "system", "gap")]


def test_a_place_that_only_repeats_what_it_lies_within_has_no_row_of_its_own():
    placed = [function("care"), duty("care", ICB), grant("S-1", "body:board", "body:committee", "care", places=[NORTH])]
    answer = mapped(*placed)
    assert [(place, deciding(row)) for row, (_, place, _) in zip(answer.items, where(answer), strict=True)] == [
        ("system", {"board", "committee"}),
        ("north", {"committee"}),
    ]
    assert next(one for one in answer.items[0].deciders if one.reference == "delegation:S-1").places == (NORTH,)


def test_a_neighbourhood_that_has_something_of_its_own_has_a_row():
    placed = [function("care"), duty("care", ICB, NORTH, SOUTH)]
    team = grant("S-1", "body:board", "body:committee", "care", places=[EAST])
    east = mapped(*placed, team, level="neighbourhood")
    assert [(place, deciding(row)) for row, (_, place, _) in zip(east.items, where(east), strict=True)] == [
        ("north-east", {"committee"})
    ]
    assert [one.places for one in mapped(*placed, team, place="north").items[0].deciders if one.places] == [(EAST,)]


def test_the_parts_of_a_function_follow_it_and_say_so():
    answer = mapped(function("transport"), function("care"), function("home", "function:care"), duty("home", ICB))
    assert where(answer) == [("transport", "system", "gap"), ("care", "system", "gap"), ("home", "system", "complete")]
    assert answer.items[2].above == ("function:care",)
    assert [plain(one) for one in answer.items[1].remarks] == [
        "Of what is a part of it somebody has the duty: function:home."
    ]


def test_only_gaps_are_shown_where_only_gaps_are_asked_for():
    several = [function("care"), function("transport"), function("water"), duty("care", ICB), duty("water", COUNCIL)]
    exclusive = [
        grant(f"W-{one}", COUNCIL, f"organisation:{one}", "water", exclusivity="exclusive") for one in ("icb", "trust")
    ]
    answer = mapped(*several, organisation("trust", name="Trust"), *exclusive, gaps=True)
    assert where(answer) == [("transport", "system", "gap"), ("water", "system", "contested")]
    assert answer.counted == {"gap": 1, "contested": 1}


def test_of_an_organisation_only_what_somebody_else_exercises_is_shown_and_the_rest_is_named():
    answer = mapped(
        function("care"), function("water"), function("roads"),
        duty("care", ICB), duty("care", COUNCIL), duty("water", ICB), duty("roads", COUNCIL),
        grant("S-1", "body:board", "body:committee", "care"), grant("C-1", COUNCIL, "body:committee", "roads"),
        of="icb",
    )  # fmt: skip
    assert where(answer) == [("care", "system", answer.items[0].classification)]
    assert deciding(answer.items[0]) == {"committee"}
    assert [plain(one) for one in answer.notes] == ["Exercised by nobody else: function:water."]


def test_of_an_organisation_what_is_irregular_on_the_chain_of_another_is_not_told():
    shared = [
        function("care"),
        duty("care", ICB),
        duty("care", COUNCIL),
        grant("S-1", "body:board", "body:committee", "care"),
    ]
    silent = (
        grant("C-1", COUNCIL, "body:committee", "care"),
        grant("C-2", "body:committee", "organisation:trust", "care"),
    )
    everything = mapped(*shared, organisation("trust", name="Trust"), *silent)
    assert everything.items[0].classification == "complete-with-findings"
    assert {one.subject for one in everything.items[0].findings} >= {"delegation:C-2"}
    theirs = mapped(*shared[:2], *shared[3:], duty("care", COUNCIL), of="icb")
    assert theirs.items[0].classification == "complete"


def test_a_place_that_is_asked_for_is_shown_for_every_function():
    answer = mapped(function("care"), function("water"), duty("care", ICB, SOUTH), duty("water", ICB), place="north")
    assert where(answer) == [("care", "north", "gap"), ("water", "north", "complete")]


def test_a_level_leaves_out_what_is_of_other_levels():
    several = [function("care"), function("water"), duty("care", ICB, NORTH), duty("water", ICB, "place:system")]
    assert where(mapped(*several, level="system")) == [("water", "system", "complete")]
    assert where(mapped(*several, level="place"))[0] == ("care", "north", "complete")


def test_what_was_not_known_yet_is_not_on_the_map():
    facts = [function("care"), duty("care", ICB)]
    assert where(mapped(*facts, known="@10")) == [("care", "system", "gap")]
    assert where(mapped(*facts, known="@11")) == [("care", "system", "complete")]


def test_a_review_ends_the_day_that_was_set_before():
    reviewed = about("delegation:S-1", "delegation.reviewed", "2025-06-01", review_by="2027-01-31")
    answer = mapped(
        function("care"), duty("care", ICB),
        grant("S-1", "body:board", "body:committee", "care", review_by="2025-09-30"), reviewed,
    )  # fmt: skip
    assert [(row.review.by, row.review.is_over) for row in answer.items if row.review][:1] == [("2027-01-31", False)]
    late = mapped(
        function("care"),
        duty("care", ICB),
        grant("S-1", "body:board", "body:committee", "care", review_by="2025-09-30"),
    )
    assert late.items[0].review.is_over


def test_the_map_of_a_log_of_which_nothing_was_known_is_refused():
    with pytest.raises(NotFound, match="Nothing had been recorded in this log by 2001-01-01"):
        mapped(function("care"), known="2001-01-01")


def test_an_unknown_place_is_refused_with_the_nearest_names():
    with pytest.raises(NotFound, match="north"):
        mapped(function("care"), place="norht")


def test_where_no_function_is_catalogued_the_map_says_how_one_is():
    answer = mapped()
    assert answer.items == ()
    assert [plain(one) for one in answer.notes] == [
        "No function is catalogued by then; a scheme file lists them under functions."
    ]


def pounds(amount, **more):
    return {"money": {"amount": amount * 100, "currency": "GBP"}, "operator": "<=", **more}


def limits_of(*grants):
    answer = mapped(function("care"), duty("care", ICB), *grants)
    return [one.limits for one in answer.items[0].deciders]


def test_of_alike_limits_on_a_way_the_lowest_holds_and_others_stand_beside_it():
    above = grant("S-1", "body:board", "body:committee", "care", limits=[pounds(500), pounds(2_000, per="year")])
    below = grant("S-2", "body:committee", "organisation:council", "care", limits=[pounds(900, per="decision")])
    assert limits_of(above, below) == [(pounds(500), pounds(2_000, per="year"))]


def test_a_limit_that_is_not_recorded_is_not_one_that_is_none():
    assert limits_of(grant("S-1", "body:board", "body:committee", "care")) == [None]
    assert limits_of(grant("S-1", "body:board", "body:committee", "care", limits=[])) == [()]


def test_the_limit_of_one_way_does_not_lower_that_of_another():
    first = grant("S-1", "body:board", "body:committee", "care", limits=[pounds(100)])
    second = grant("S-2", ICB, "body:committee", "care", limits=[pounds(300)])
    below = grant("S-3", "body:committee", "organisation:council", "care", limits=[])
    assert limits_of(first, second, below) == [(pounds(100), pounds(300))]


def test_the_map_tells_everybody_who_could_decide_each_within_the_lowest_limit_on_the_way():
    facts = [
        *(body(key, name=key.title(), kind="committee") for key in ("panel", "other")),
        function("care"),
        duty("care", ICB),
        grant("S-1", "body:board", "body:committee", "care", limits=[pounds(500)]),
        grant("S-2", "body:committee", "body:panel", "care", limits=[pounds(50, per="decision")]),
        grant("S-3", "body:panel", "body:other", "care", limits=[pounds(900)]),
    ]
    (row,) = mapped(*facts).items
    could = put(who_could, given(*SYSTEM, *facts).log, About("care"), on="2025-10-01")
    within = {one.party: one.limits for one in could.items}
    assert within == {
        (ICB,): (),
        ("body:board",): (),
        ("body:committee",): (pounds(500),),
        ("body:panel",): (pounds(50, per="decision"),),
        ("body:other",): (pounds(50, per="decision"),),
    }
    assert [one.party for one in row.deciders] == [("body:other",)]
    told = {one.party: one.limits for one in (*row.deciders, *row.besides)}
    assert told | {(one.party,): () for one in row.duty_holders} == within


def test_of_one_organisation_only_those_above_are_told_who_decide_for_it():
    facts = [
        function("care"),
        duty("care", ICB),
        duty("care", COUNCIL),
        body("panel", name="Panel", kind="committee"),
        body("cabinet", name="Cabinet", kind="board", parents=[{"parent": COUNCIL}]),
        grant("S-1", "body:board", "body:committee", "care"),
        grant("S-3", "body:cabinet", "body:panel", "care"),
    ]
    assert [one.party for row in mapped(*facts).items for one in row.besides] == [("body:board",), ("body:cabinet",)]
    assert [one.party for row in mapped(*facts, of="icb").items for one in row.besides] == [("body:board",)]


def test_what_a_delegation_gives_in_part_only_is_told_with_the_power():
    scope = [{"function": "function:care", "includes": ["Hours at home"], "excludes": ["Hospices"]}]
    above = fact(
        "delegation.granted", "delegation:S-1", "2025-04-01", ref="S-1", delegator="body:board",
        delegates=["body:committee"], scope=scope,
    )  # fmt: skip
    below = grant("S-2", "body:committee", "organisation:council", "care")
    (decider,) = mapped(function("care"), duty("care", ICB), above, below).items[0].deciders
    assert (decider.includes, decider.excludes) == (("Hours at home",), ("Hospices",))
