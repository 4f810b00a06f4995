"""The year's decisions and duties as pictures: every one can be drawn, stays within its edges and says what is known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from decisionlog.addresses import place_of
from decisionlog.bootstrap import open_log
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.filters import Filters
from decisionlog.questions.listing import list_things
from decisionlog.questions.point import Asked
from decisionlog.questions.who_decided import who_decided
from decisionlog.render.site.pictures import accounting, deciding, months, stances
from decisionlog.render.site.pictures.chain import draw, tell
from tests.render.site.pictures.reading import forbidden, outside, words

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def opened(log):
    with open_log(place_of(log)) as found:
        found.catch_up()
        yield found


@pytest.fixture(scope="session")
def decisions(opened):
    """The answer for every decision of the year, by its reference."""
    listed = list_things(opened.log, opened.models, "decision", Asked(), NOW, limit=None, filters=Filters())
    answers = [who_decided(opened.log, opened.models, one.stream, Asked(), NOW) for one in listed.items]
    return {answer.items[0].decision["ref"]: answer for answer in answers}


@pytest.fixture
def ways(decisions):
    def of(ref):
        answer = decisions[ref]
        return deciding.ways_of(answer.items[0], answer.names)

    return of


def steps(ways):
    return [[stop.who for stop in way.stops] for way in ways.ways]


def test_the_decision_over_the_limit_runs_from_the_act_to_the_place_committee(ways):
    found = ways("NLB/25-26/031")

    assert steps(found) == [
        [
            "NHS Act 2006 s3", "NHS Northmoor Integrated Care Board", "Board of NHS Northmoor ICB",
            "Northmoor Place Committee of the ICB",
        ]
    ]  # fmt: skip
    assert found.ways[0].joins[-1].said == ("In force", "Problem: over the limit")
    assert "Up to \u00a3500,000 per decision" in words(draw(found, "p"))


def test_a_joint_decision_has_a_way_for_each_of_the_two_it_binds(ways):
    assert [way.heading for way in ways("JC/25-26/008").ways] == [
        "For NHS Northmoor Integrated Care Board",
        "For Northmoor Council",
    ]


def test_a_decision_of_an_officer_runs_through_everyone_who_passed_the_power_on(ways):
    assert steps(ways("PD/25-26/001"))[0][-2:] == [
        "Northmoor Place Committee of the ICB",
        "Director of Place, Northmoor",
    ]


def test_a_decision_for_which_no_authority_is_recorded_says_so(ways):
    assert steps(ways("CAB/26/118")) == [["Under what authority is not recorded", "Cabinet of Northmoor Council"]]


def test_every_decision_of_the_year_is_drawn_within_its_edges_with_whoever_made_it(decisions, ways):
    for ref, answer in decisions.items():
        found = ways(ref)
        drawn = draw(found, "p")
        assert (outside(drawn), forbidden(drawn)) == ([], []), ref
        told = {row[1] for one in tell(found) if len(one.columns) > 1 for row in one.rows}
        for maker in answer.items[0].decision_makers:
            assert f"{answer.names[maker.body or maker.post or maker.person]} (decided)" in told, ref


def test_every_position_of_the_year_is_drawn_within_its_edges(decisions):
    drawn = [
        stances.draw(stances.stances_of(answer.items[0].positions, answer.names), ref, "p")
        for ref, answer in decisions.items()
    ]

    assert [outside(one) for one in drawn] == [[]] * len(decisions)


def test_the_months_of_the_year_hold_every_decision(decisions):
    told = [(item.decision["on"], item.decision.get("outcome", "")) for one in decisions.values() for item in one.items]
    found = months.periods(told)

    assert [one.when for one in found] == [f"2025-{month:02}" for month in range(4, 13)] + [
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert sum(one.total for one in found) == len(decisions)
    assert outside(months.draw(found, "p")) == []


@pytest.mark.parametrize(
    "function", ["urgent-community-response", "hospital-discharge", "intermediate-care", "primary-care"]
)
@pytest.mark.parametrize("on", ["2010-01-01", "2025-12-01", "2026-03-12"])
def test_who_is_accountable_is_drawn_on_any_day(opened, function, on):
    answer = who_accountable(opened.log, opened.models, About(function, "northmoor"), Asked(on), NOW)
    found = accounting.ways_of(answer)
    drawn = draw(found, "p")

    assert (outside(drawn), forbidden(drawn)) == ([], [])
    assert ("Nobody who could decide it is on record" in words(drawn)) == (not answer.chains)
    assert {
        answer.names[party] for chain in answer.chains for hop in chain for party in hop.to if " " not in party
    } <= {stop.who for way in found.ways for stop in way.stops}
