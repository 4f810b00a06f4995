"""What changed between two days, and in what was believed: from facts to sentences."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.difference.asking import difference
from decisionlog.questions.difference.points import Between
from decisionlog.render.page import Page
from decisionlog.render.text import text
from tests.questions.asking import given, in_json, put
from tests.scenario import about, body, corrected, fact, organisation, person

ICB, NEXT = "organisation:icb", "organisation:next"
BOARD, COMMITTEE, DIRECTOR = "body:board", "body:committee", "post:director"
GRANT = "delegation:S-1"
UNTIL_MARCH, JUNE = "2025-03-31", "2025-06-30"


def pounds(amount):
    return {"money": {"amount": amount * 100, "currency": "GBP"}, "operator": "<="}


def granted(key="S-1", on="2025-04-01", functions=("care",), **data):
    return fact(
        "delegation.granted", f"delegation:{key}", on, ref=key, delegator=BOARD, delegates=[COMMITTEE],
        scope=[{"function": f"function:{one}"} for one in functions], **data,
    )  # fmt: skip


PLACE = [
    organisation("icb", name="The ICB", kind="icb"),
    body("board", on="2022-07-01", name="ICB Board", kind="board", parents=[{"parent": ICB}]),
    body("committee", on="2022-07-01", name="Place Committee", kind="committee"),
    fact("post.established", DIRECTOR, "2022-07-01", ref="director", name="Director", organisation=ICB),
    person("p-1"),
    person("p-2"),
    fact("function.catalogued", "function:care", "2022-07-01", ref="care", name="Care"),
    about("function:care", "function.duty_placed", "2022-07-01", holder=ICB, legal_basis="original-power"),
]
"""Positions 2 to 9."""


SPRING = Between(UNTIL_MARCH, JUNE)


def asked(*facts, between=SPRING, **narrowed):
    def question(log, models, between, _, now):
        return difference(log, models, between, now, **narrowed)

    return put(question, given(*PLACE, *facts).log, between)


def told(*facts, group="", **more):
    answer = asked(*facts, **more)
    lines = list(text(answer, Page(None)))
    if group:
        lines = lines[lines.index(group) + 1 :]
        lines = lines[: lines.index("")]
    return [line.strip() for line in lines if line.startswith("  ")]


# Between two days


def test_what_began_is_told_with_the_fact_that_began_it():
    assert told(granted(limits=[pounds(500)])) == [
        "Place Committee can decide on Care by S-1, up to £500 [10]",
        "S-1: in force since 1 April 2025, from ICB Board to Place Committee, for Care, up to £500 [10]",
    ]


def test_what_was_revoked_is_told_until_when_and_by_what():
    revoked = about(GRANT, "delegation.revoked", "2025-06-15", **{"from": "2025-07-01"})
    between = Between("2025-05-01", "2025-07-31")
    assert told(granted(), revoked, between=between) == [
        "Place Committee can no longer decide on Care by S-1 [11]",
        "S-1: in force until 30 June 2025, then revoked [11]",
    ]
    assert told(granted(), revoked, between=Between("2025-05-01", "2025-06-30")) == []


def test_what_came_and_went_in_between_says_both_days():
    revoked = about(GRANT, "delegation.revoked", "2025-05-15")
    assert told(granted(), revoked) == ["S-1: in force from 1 April 2025 until 14 May 2025, then revoked [11]"]


def test_what_was_only_for_a_time_ends_by_the_fact_that_set_it():
    between = Between("2025-05-01", JUNE)
    assert told(granted(until="2025-06-01"), between=between, group="Delegations") == [
        "S-1: in force until 31 May 2025, its last day [10]"
    ]


def test_limits_that_moved_are_told_of_the_power_and_of_the_delegation():
    varied = about(GRANT, "delegation.varied", "2025-05-01", limits=[pounds(300)])
    between = Between("2025-04-30", JUNE)
    assert told(granted(limits=[pounds(250)]), varied, between=between) == [
        "Place Committee can decide on Care by S-1, up to £300, before that up to £250 [11]",
        "S-1: limit was up to £250, now up to £300 [11]",
    ]


def test_that_a_grant_is_worded_otherwise_is_told():
    scope = [{"function": "function:care", "includes": ["Hours at home"]}]
    varied = about(GRANT, "delegation.varied", "2025-05-01", scope=scope)
    assert told(granted(), varied, between=Between("2025-04-30", JUNE), group="Delegations") == [
        "S-1: what of its functions it includes or leaves out, in words [11]"
    ]


def test_a_suspension_in_part_is_told_and_so_is_its_end():
    both = granted(functions=("care", "transport"))
    transport = fact("function.catalogued", "function:transport", "2022-07-01", ref="transport", name="Transport")
    suspended = about(GRANT, "delegation.suspended", "2025-05-01", scope=[{"function": "function:care"}])
    resumed = about(GRANT, "delegation.resumed", "2025-06-01", of=2)
    assert told(transport, both, suspended, between=Between("2025-04-30", "2025-05-31"), group="Delegations") == [
        "S-1: suspended on 1 May 2025 as to Care [12]"
    ]
    ended = Between("2025-05-31", JUNE)
    assert told(transport, both, suspended, resumed, between=ended, group="Delegations") == [
        "S-1: no longer suspended on 1 May 2025 as to Care [13]"
    ]


def test_a_suspension_of_all_that_was_given_is_one_of_the_whole():
    suspended = about(GRANT, "delegation.suspended", "2025-05-01", scope=[{"function": "function:care"}])
    resumed = about(GRANT, "delegation.resumed", "2025-06-01", of=2)
    between = Between("2025-04-30", "2025-05-31")
    assert told(granted(), suspended, between=between, group="Delegations") == [
        "S-1: in force until 30 April 2025, then suspended [11]"
    ]
    assert told(granted(), suspended, resumed, between=Between("2025-05-31", JUNE), group="Delegations") == [
        "S-1: in force again [12]"
    ]


def test_that_it_became_unclear_who_decides_is_told():
    ended = about("function:care", "function.duty_ended", "2025-05-01", of=2)
    lines = told(ended, group="Who can decide what")
    assert "Care: a gap, before that clear [10]" in lines
    assert "ICB Board can no longer decide on Care for The ICB [10]" in lines


def test_people_who_come_and_go_are_told_by_post_and_by_body():
    filled = about(DIRECTOR, "post.filled", "2022-07-01", None, person="person:p-1", basis="substantive")
    vacated = about(DIRECTOR, "post.vacated", "2025-05-01", 2)
    successor = about(DIRECTOR, "post.filled", "2025-05-10", None, person="person:p-2", basis="acting")
    sits = about(
        COMMITTEE, "body.member_appointed", "2025-05-10", None, member=DIRECTOR, role="chair", on_behalf_of=[ICB]
    )
    assert told(filled, vacated, successor, sits) == [
        "Director sits on Place Committee as chair for The ICB, since 10 May 2025 [13]",
        "Person p-1 no longer holds Director, until 30 April 2025 [11]",
        "Person p-2 holds Director, acting, since 10 May 2025 [12]",
    ]


def test_bodies_terms_and_names_that_change_are_told():
    first = about(
        COMMITTEE, "body.terms_adopted", "2024-01-01", None, version="1", can="decide", review_by="2025-12-31"
    )
    second = about(
        COMMITTEE, "body.terms_adopted", "2025-05-01", None, version="2", can="advise", review_by="2025-12-31"
    )
    named = about(COMMITTEE, "body.renamed", "2025-05-02", None, name="Care Committee")
    assert told(first, second, named, group="Bodies, members and terms") == [
        "Care Committee: terms of reference version '2' from 1 May 2025; can was decide, now advise [11]",
        "'Place Committee' is now called 'Care Committee' [12]",
    ]


def test_organisations_that_follow_one_another_are_told():
    after = organisation("next", on="2025-05-01", name="The Next", kind="icb")
    succeeded = about(
        ICB, "organisation.succeeded", "2025-05-01", None,
        successors=[{"organisation": NEXT, "takes": "whole"}], ends=True,
    )  # fmt: skip
    lines = told(after, succeeded, group="Organisations")
    assert lines == [
        "The Next: there, since 1 May 2025 [10]",
        "The ICB: until 30 April 2025, then taken over [11]",
        "The Next took over all of The ICB, on 1 May 2025 [11]",
    ]


def test_decisions_are_told_where_they_have_effect_or_no_longer():
    taken = fact(
        "decision.taken",
        "decision:D-1",
        "2025-04-10",
        ref="D-1",
        title="Beds",
        outcome="approved",
        decision_makers=[BOARD],
    )
    noted = fact("decision.taken", "decision:D-2", "2025-04-10", ref="D-2", title="Report", outcome="noted")
    rescinded = about("decision:D-1", "decision.rescinded", "2025-07-10")
    assert told(taken, noted, rescinded) == ["D-1 (Beds): approved on 10 April 2025 by ICB Board, in force [10]"]
    answer = asked(taken, noted, rescinded)
    assert answer.notes != ()
    assert told(taken, noted, rescinded, between=Between(JUNE, "2025-07-31")) == [
        "D-1 (Beds): was in force, now rescinded, by an act of 10 July 2025 [12]"
    ]


def test_of_a_date_that_is_recorded_in_part_it_is_said_that_it_is_possible():
    assert told(granted(on="2025-06"), between=Between(UNTIL_MARCH, "2025-06-15"), group="Delegations") == [
        "S-1: in force since June 2025, from ICB Board to Place Committee, for Care (possibly: a date is recorded only in part) [10]"
    ]


def test_a_difference_may_be_as_it_was_known_earlier():
    assert told(granted(), between=Between(UNTIL_MARCH, JUNE, at="@9")) == []
    assert len(told(granted(), between=Between(UNTIL_MARCH, JUNE, at="@10"))) == 2


# Of belief


def believed(first, second, on=JUNE, clock="log"):
    return Between(first, second, of_belief=True, at=on, clock=clock)


def test_a_change_of_belief_names_the_correction():
    fixed = corrected(GRANT, "/limits/0/money/amount", 50_000, 5_000)
    lines = told(granted(limits=[pounds(500)]), fixed, between=believed("@10", "@11"), group="Delegations")
    assert lines == [
        "S-1: limit was up to £500, now up to £50",
        "by a correction, recorded 2026-06-01 08:30 UTC [11]",
    ]


def test_a_change_of_belief_names_the_retraction():
    lines = told(granted(), about(GRANT, "record.retracted"), between=believed("@10", "@11"), group="Delegations")
    assert lines == ["S-1: no longer on record", "by a retraction, recorded 2026-06-01 08:30 UTC [11]"]


def test_a_change_of_belief_names_the_late_entry():
    lines = told(granted(), between=believed("@9", "@10"), group="Who can decide what")
    assert lines == [
        "Place Committee can decide on Care by S-1",
        "by a late entry, of 1 April 2025, recorded 2026-06-01 08:30 UTC [10]",
    ]


def test_what_happened_after_it_was_known_is_no_late_entry():
    later = granted(on="2026-05-15") | {"source": {"name": "minutes", "recorded_at": "2026-05-16"}}
    between = believed("2026-05-01", "2026-05-31", on="2026-05-20", clock="source")
    lines = told(*[], later, between=between, group="Delegations")
    assert lines[1] == "by an entry, of 15 May 2026, said on 16 May 2026 [10]"


# As programs read it, narrowed, and what is refused


def test_the_basis_states_both_points():
    document = in_json(asked(granted()))
    assert document["basis"]["as_at"] == JUNE
    assert document["basis"]["from"]["as_at"] == UNTIL_MARCH
    for basis in (document["basis"], document["basis"]["from"]):
        assert all(basis[name] for name in ("log", "as_at", "known_at", "clock", "position", "root", "rules"))
    first, second = document["items"]
    assert (first["group"], first["what"], first["made_by"]) == ("deciding", "began", [10])
    assert second["now"] == {"state": "in force"}


def test_it_is_narrowed_to_a_kind_and_to_a_thing():
    facts = [granted(), granted("S-2", on="2025-05-01")]
    assert {one.subject for one in asked(*facts, kind="delegation").items} == {GRANT, "delegation:S-2"}
    assert {one.subject for one in asked(*facts, ref="S-2", kind="delegation").items} == {"delegation:S-2"}
    assert asked(*facts, ref="director").items == ()


def test_two_points_in_the_wrong_order_are_refused_with_the_right_one():
    with pytest.raises(BadInput, match="2025-06-30 is later than 2025-03-31; write the earlier one first"):
        asked(between=Between(JUNE, UNTIL_MARCH))
    with pytest.raises(BadInput, match="@9 is later than @8"):
        asked(between=believed("@9", "@8"))


def test_two_positions_are_refused_with_the_way_to_compare_them():
    with pytest.raises(BadInput, match="diff --known @5 @9"):
        asked(between=Between("@5", "@9"))


def test_what_is_no_day_and_what_is_unknown_is_refused():
    with pytest.raises(BadInput):
        asked(between=Between("soon", JUNE))
    with pytest.raises(NotFound, match="director"):
        asked(ref="direktor")
    with pytest.raises(NotFound, match="Nothing had been recorded in this log by 2001-01-01"):
        asked(between=Between(UNTIL_MARCH, JUNE, at="2001-01-01"))
    with pytest.raises(NotFound, match=r"known then is compared with --clock source\.$"):
        asked(between=Between("2001-01-01", "2001-02-01", of_belief=True))
