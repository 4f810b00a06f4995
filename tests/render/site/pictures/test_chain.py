"""Chains of authority as pictures: who stands on them from the law down, what does not hold, what is not recorded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from decisionlog.domain.answers.accountable import Accountable, AskedAbout, ChainHop
from decisionlog.domain.authority import outcomes
from decisionlog.render.site.pictures import accounting, deciding
from decisionlog.render.site.pictures.chain import draw, tell
from tests.render.answers import BASIS, DECIDED, HOP, MAKER, NAMES, UNKNOWN
from tests.render.site.pictures.reading import forbidden, names_itself, outside, parsed, texts, words

ICB, BOARD, CABINET, COUNCIL = "organisation:icb", "body:icb-board", "body:cabinet", "organisation:council"
CARE = "function:care"
GIVEN = replace(HOP, legal_basis="nhsa2006-s65Z5")
ACTS = replace(
    HOP, from_=ICB, to=(BOARD,), step=1, kind="acts", reference=BOARD, delegation="", instrument="not recorded", clause="",
    limits=(),
)  # fmt: skip
DUTY = replace(ACTS, from_="the law", to=(ICB,), step=2, kind="duty", reference=CARE, legal_basis="nhsa2006-s3")
OVER = outcomes.Test("limit", outcomes.Outcome.FAILS, ("500000.00 GBP",), (14,))
ALL_NAMES = {**NAMES, CARE: "Care at home", "decision:D1": "Type hints", "delegation:X": "X"}


def decided(*authority, names=ALL_NAMES, **more):
    return deciding.ways_of(replace(DECIDED, authority=authority, **more), names)


def stops(ways):
    return [[stop.who for stop in way.stops] for way in ways.ways]


def holds(ways):
    return [[join.holds for join in way.joins] for way in ways.ways]


def test_a_chain_runs_from_the_law_down_to_whoever_decided_and_to_what_came_of_it():
    ways = decided(GIVEN, ACTS, DUTY)

    assert stops(ways) == [["NHS Act 2006 s3", "NHS Northmoor ICB", "Northmoor ICB Board", "Northmoor Cabinet"]]
    assert holds(ways) == [["yes", "yes", "yes"]]
    assert [stop.role for stop in ways.ways[0].stops] == ["The law", "Has the duty", "", "Decided"]
    assert ways.outcome == ("Approved", "D1, on 12 March 2026", "Type hints")
    written = words(draw(ways, "p"))
    assert [written.index(one) for one in (*stops(ways)[0], *ways.outcome)] == sorted(
        written.index(one) for one in (*stops(ways)[0], *ways.outcome)
    )


def test_a_step_says_by_what_instrument_and_clause_within_what_limit():
    written = words(draw(decided(GIVEN, ACTS, DUTY), "p"))

    assert "Scheme of delegation, clause 7.2" in written
    assert "Delegation X" in written
    assert "below \u00a3450,000.50" in written.lower()


def test_a_step_that_fails_a_test_says_what_is_wrong_and_is_crossed_out_in_form():
    sound, broken = (decided(replace(GIVEN, tests=found), ACTS, DUTY) for found in ((), (OVER,)))

    assert holds(broken) == [["yes", "yes", "no"]]
    assert "Problem: over the limit" in words(draw(broken, "p"))
    assert draw(broken, "p").count("stroke-dasharray") > draw(sound, "p").count("stroke-dasharray")


def test_a_delegation_that_had_expired_says_so():
    ways = decided(replace(GIVEN, valid="not in force: its last day was 2026-02-28"), ACTS, DUTY)

    assert holds(ways) == [["yes", "yes", "no"]]
    assert "Not in force: its last day was 28 February 2026" in words(draw(ways, "p"))


def test_a_chain_that_ends_below_the_law_says_that_it_is_not_recorded_where_the_power_comes_from():
    ways = decided(GIVEN)

    assert stops(ways) == [["Where this power comes from is not recorded", "Northmoor ICB Board", "Northmoor Cabinet"]]
    assert holds(ways) == [["unknown", "yes"]]
    assert not ways.ways[0].stops[0].known


def test_what_its_maker_may_do_anyway_begins_with_whose_power_it_is_and_lacks_nothing():
    own = replace(
        GIVEN, from_=ICB, to=(CABINET,), legal_basis="original-power", instrument="not recorded", clause="", limits=(),
        delegation="", valid="not recorded: no delegation is cited",
    )  # fmt: skip
    for giver, whose in ((CABINET, "Its own power"), (ICB, "NHS Northmoor ICB")):
        ways = decided(replace(own, from_=giver))
        assert stops(ways) == [[whose, "Northmoor Cabinet"]]
        assert holds(ways) == [["yes"]]
        assert "Nobody had to give this power" in words(draw(ways, "p"))
        assert "not recorded" not in words(draw(ways, "p")).lower()
    acts = replace(ACTS, to=(CABINET,))
    assert stops(decided(own, acts)) == [["NHS Northmoor ICB", "Northmoor Cabinet"]]
    assert stops(decided(own, acts, DUTY))[0][0] == "NHS Act 2006 s3"
    assert holds(decided(replace(own, legal_basis="nhsa2006-s3"))) == [["unknown", "unknown"]]


def test_a_chain_that_is_broken_shows_the_gap_between_those_who_gave_and_those_who_had_it():
    other = replace(
        HOP,
        from_=ICB,
        to=("body:other",),
        step=1,
        delegation="delegation:Y",
        rests="recorded as what it was made under",
    )
    ways = decided(GIVEN, other)

    assert stops(ways) == [
        [
            "Where this power comes from is not recorded", "NHS Northmoor ICB", "body other", "Northmoor ICB Board",
            "Northmoor Cabinet",
        ]
    ]  # fmt: skip
    assert ways.ways[0].joins[2].said == ("How the power came to them is not recorded",)
    assert holds(ways) == [["unknown", "yes", "unknown", "yes"]]


def test_a_step_that_is_only_possible_says_why():
    above = replace(GIVEN, from_=ICB, to=(BOARD,), step=1, rests="possible: that it rests on it is not recorded")
    ways = decided(GIVEN, above)

    assert holds(ways)[0][1] == "possible"
    assert "Possible: that it rests on it is not recorded" in " ".join(words(draw(ways, "p")).split())


def test_how_it_is_known_what_a_step_rests_on_stands_in_the_words_beside_the_picture():
    above = replace(GIVEN, from_=ICB, to=(BOARD,), step=1, rests="recorded as what it was made under")
    ways = decided(GIVEN, above)

    assert holds(ways)[0][1] == "yes"
    assert "Recorded as what it was made under" in tell(ways)[0].rows[2][3]


def test_what_is_in_force_in_part_is_only_possible():
    assert holds(decided(replace(GIVEN, valid="in force in part: revoked for the east"), ACTS, DUTY)) == [
        ["yes", "yes", "possible"]
    ]


def test_a_decision_under_no_authority_says_so_beside_whoever_made_it():
    ways = decided()

    assert stops(ways) == [["Under what authority is not recorded", "Northmoor Cabinet"]]
    assert ways.ways[0].stops[1].role == "Decided"


def test_a_decision_of_which_nothing_is_recorded_is_drawn_as_such():
    ways = deciding.ways_of(UNKNOWN, {})

    assert stops(ways) == [["Under what authority is not recorded", "Who decided is not recorded"]]
    assert ways.outcome == ("Outcome not recorded", "D2, on a day that is not recorded")


def test_each_organisation_that_a_joint_decision_binds_has_a_way_of_its_own():
    for_icb, for_council = replace(GIVEN, from_=ICB), replace(GIVEN, from_=COUNCIL)
    icb_duty = replace(DUTY, step=1)
    council_duty = replace(icb_duty, to=(COUNCIL,), legal_basis="careact2014-s18")
    ways = decided(for_icb, icb_duty, for_council, council_duty)

    assert [way.heading for way in ways.ways] == ["For NHS Northmoor ICB", "For Northmoor Council"]
    assert stops(ways)[1] == ["Care Act 2014 s18", "Northmoor Council", "Northmoor Cabinet"]


def test_two_who_decided_jointly_are_both_shown_though_only_one_relied_on_something():
    other = replace(MAKER, body="body:icb-board")
    ways = decided(GIVEN, ACTS, DUTY, decision_makers=(MAKER, other))

    assert stops(ways)[1] == ["Under what authority is not recorded", "Northmoor ICB Board"]


def test_an_organisation_that_came_after_another_says_after_which():
    old = "organisation:old"
    duty = replace(DUTY, to=(old,))
    after = replace(DUTY, from_=old, to=(ICB,), kind="succession", reference=old, legal_basis="hca2022")
    ways = decided(GIVEN, ACTS, after, duty, names={**ALL_NAMES, old: "The CCG"})

    assert stops(ways) == [
        ["NHS Act 2006 s3", "The CCG", "NHS Northmoor ICB", "Northmoor ICB Board", "Northmoor Cabinet"]
    ]
    assert [stop.role for stop in ways.ways[0].stops] == ["The law", "Had the duty", "Has the duty", "", "Decided"]
    assert "Came after The CCG" in words(draw(ways, "p"))


def test_a_chain_that_runs_in_a_circle_is_drawn_once_round():
    up, down = replace(GIVEN, step=1, from_=CABINET, to=(BOARD,)), replace(GIVEN, step=2)

    assert len(decided(GIVEN, up, down).ways) == 1


def test_the_words_beside_the_picture_hold_every_step_whole():
    long = "Committee " + "of the long name " * 40
    ways = decided(GIVEN, ACTS, DUTY, names={**ALL_NAMES, BOARD: long})
    told = tell(ways)

    assert long.strip() in told[0].rows[2][1]
    assert all(len(row) == len(one.columns) for one in told for row in one.rows)
    assert long.strip() not in words(draw(ways, "p"))


def described(ways):
    return next(one.text for one in parsed(draw(ways, "p")).iter() if one.tag.endswith("desc"))


def test_what_is_read_out_names_everyone_on_the_way_and_what_does_not_hold():
    assert described(decided(replace(GIVEN, tests=(OVER,)), ACTS, DUTY)) == (
        "NHS Act 2006 s3, then NHS Northmoor ICB, then Northmoor ICB Board, then Northmoor Cabinet. "
        "Not in order: Problem: over the limit. It came to: Approved, D1, on 12 March 2026, Type hints."
    )


def test_an_id_that_holds_a_space_still_names_the_picture():
    assert names_itself(draw(decided(GIVEN), "ICB 25 26"), "ICB-25-26")


# Who is accountable


STEP = ChainHop(
    kind="delegation", from_=BOARD, to=(CABINET,), reference="delegation:X", legal_basis="nhsa2006-s65Z5",
    instrument="instrument:SORD", clause="7.2", limits=None, valid="in force", since="2025-04-01", continued="", until="",
    places=(), reach=(), people=(), tests=(), has_power=True, verified=True, evidence=(14,),
)  # fmt: skip
HAS_DUTY = replace(
    STEP, kind="duty", from_="the law", to=(ICB,), reference=CARE, legal_basis="nhsa2006-s3", instrument="", clause=""
)
ACTS_FOR = replace(STEP, kind="acts", from_=ICB, to=(BOARD,), reference=BOARD, instrument="", clause="")


def accountable(*chains, names=ALL_NAMES, classification="complete"):
    asked = AskedAbout(CARE, (CARE,), (), (), ())
    return accounting.ways_of(Accountable(BASIS, asked, classification, {}, chains, (), (), (), (), names, ()))


def test_who_is_accountable_runs_from_the_duty_to_whoever_could_decide():
    ways = accountable((HAS_DUTY, ACTS_FOR, STEP))

    assert stops(ways) == [["NHS Act 2006 s3", "NHS Northmoor ICB", "Northmoor ICB Board", "Northmoor Cabinet"]]
    assert [stop.role for stop in ways.ways[0].stops] == [
        "The law",
        "Has the duty",
        "Could also decide",
        "Could decide",
    ]
    assert "Limits not recorded" in words(draw(ways, "p"))


def test_a_second_chain_is_shown_from_where_it_leaves_the_first():
    other = replace(STEP, to=("body:other",), reference="delegation:Y")
    ways = accountable((HAS_DUTY, ACTS_FOR, STEP), (HAS_DUTY, ACTS_FOR, other))

    assert stops(ways)[1] == ["Northmoor ICB Board", "body other"]
    assert ways.ways[1].stops[0].role == "As above"


def test_of_many_ways_only_where_they_lead_is_read_out():
    others = [replace(STEP, to=(f"body:b{number}",)) for number in range(3)]

    assert described(accountable(*((HAS_DUTY, ACTS_FOR, one) for one in others))) == (
        "3 ways. 1. To body b0. 2. To body b1. 3. To body b2."
    )


def test_of_more_ways_than_can_be_read_the_rest_is_counted():
    ways = accountable(*((HAS_DUTY, replace(STEP, to=(f"body:b{number}",))) for number in range(30)))

    assert len(ways.ways) == accounting.MOST_WAYS
    assert "6 further ways not shown here" in words(draw(ways, "p"))
    assert ("6 further ways not shown here",) in tell(ways)[-1].rows


def test_a_gap_is_shown_as_one():
    ways = accountable(classification="gap")

    assert stops(ways) == [["Who has this duty is not recorded", "Nobody who could decide it is on record"]]
    assert "A gap" in words(draw(ways, "p"))


def test_a_chain_without_a_duty_says_that_its_beginning_is_not_recorded():
    assert stops(accountable((STEP,)))[0][0] == "Where this power comes from is not recorded"


def test_a_failing_step_of_a_chain_is_a_problem():
    ways = accountable((HAS_DUTY, ACTS_FOR, replace(STEP, tests=(OVER,), has_power=False)))

    assert holds(ways) == [["yes", "yes", "no"]]
    assert ways.ways[0].stops[2].role == "Could decide"


# Whatever the names hold

PICTURES = (
    lambda names: decided(GIVEN, ACTS, DUTY, names=names),
    lambda names: decided(replace(GIVEN, valid=names[BOARD], clause=names[ICB], tests=(OVER,)), names=names),
    lambda names: decided(names=names),
    lambda names: accountable((HAS_DUTY, ACTS_FOR, STEP), (HAS_DUTY, STEP), names=names),
)


@given(st.sampled_from(PICTURES), st.lists(texts, min_size=len(ALL_NAMES), max_size=len(ALL_NAMES)))
def test_whatever_names_hold_the_picture_is_sound_and_stays_within_its_edges(picture, named):
    ways = picture(dict(zip(ALL_NAMES, named, strict=True)))
    drawn = draw(ways, "p1")

    assert names_itself(drawn, "p1")
    assert forbidden(drawn) == []
    assert outside(drawn) == []
    assert drawn == draw(ways, "p1")


@given(st.lists(texts, min_size=len(ALL_NAMES), max_size=len(ALL_NAMES)))
def test_every_stop_is_whole_in_the_words_beside_the_picture(named):
    ways = decided(GIVEN, ACTS, DUTY, names=dict(zip(ALL_NAMES, named, strict=True)))
    told = tell(ways)

    assert [row[1].startswith(stop.who) for row, stop in zip(told[0].rows, ways.ways[0].stops, strict=True)] == [
        True
    ] * 4


def test_two_pictures_on_a_page_share_no_ids():
    first, second = (draw(decided(GIVEN), ids) for ids in ("one", "two"))
    ids = [{one.get("id") for one in parsed(drawn).iter() if one.get("id")} for drawn in (first, second)]

    assert len(ids[0]) == len(ids[1]) == 2
    assert ids[0].isdisjoint(ids[1])
