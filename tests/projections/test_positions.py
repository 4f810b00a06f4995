"""Positions: where each partner stands, who was asked, and which version is current."""

from __future__ import annotations

import pytest

from decisionlog.projections.positions import positions
from tests.scenario import about, body, corrected, fact, organisation, proposal

P1 = "proposal:P1"
ICB, COUNCIL = "organisation:icb", "organisation:council"


def said(on, who=ICB, position="support", version="1", **data):
    return fact("proposal.position_taken", P1, on, on_behalf_of=[who], position=position, version=version, **data)


def given(asked, *facts):
    asked.record(organisation("icb"), organisation("council"), proposal("P1", "2026-03-01", version="1"), *facts)


def standing(asked, what="position", **point):
    return [one for one in asked.held(positions, [P1], **point) if one.what == what]


def test_a_position_on_the_current_version_is_current(asked):
    given(asked, said("2026-03-02"))
    (one,) = standing(asked)
    assert (one.state, one.stale, one.version, one.current_version) == ("current", "", "1", "1")


def test_a_new_version_makes_it_stale_from_that_day(asked):
    given(asked, said("2026-03-02"), fact("proposal.revised", P1, "2026-03-10", version="2"))
    (before,), (after,) = standing(asked, on="2026-03-09"), standing(asked, on="2026-03-10")
    assert (before.stale, before.current_version) == ("", "1")
    assert (after.stale, after.current_version) == ("yes", "2")


def test_a_change_that_is_not_material_leaves_it_fresh(asked):
    given(asked, said("2026-03-02"), fact("proposal.revised", P1, "2026-03-10", version="1a", material=False))
    assert [one.stale for one in standing(asked)] == [""]


def test_one_that_is_replaced_and_one_that_is_withdrawn_are_no_longer_current(asked):
    given(
        asked,
        said("2026-03-02"),
        said("2026-03-03", position="object", replaces={"stream": P1, "n": 2}),
        said("2026-03-04", who=COUNCIL),
        {**fact("proposal.position_withdrawn", P1, "2026-03-05"), "of": {"stream": P1, "n": 4}},
    )
    assert [(one.position, one.state) for one in standing(asked)] == [
        ("support", "replaced"), ("object", "current"), ("support", "withdrawn"),
    ]  # fmt: skip
    assert [one.state for one in standing(asked, on="2026-03-02")] == ["current"]


def test_a_request_is_answered_by_whom_was_asked_and_by_nobody_else(asked):
    given(
        asked,
        fact("proposal.sign_off_requested", P1, "2026-03-02", asked=ICB, due="2026-03-20"),
        said("2026-03-03", who=COUNCIL),
        said("2026-03-04", who=ICB),
    )
    assert [standing(asked, "request", on=day)[0].state for day in ("2026-03-03", "2026-03-04")] == [
        "current", "answered",
    ]  # fmt: skip


def test_a_request_for_one_stage_is_not_answered_for_another(asked):
    given(
        asked,
        fact("proposal.sign_off_requested", P1, "2026-03-02", asked=ICB, stage="business case"),
        said("2026-03-04", stage="outline"),
    )
    assert [one.state for one in standing(asked, "request")] == ["current"]


def test_a_withdrawn_proposal_awaits_nothing_until_it_is_brought_back(asked):
    given(
        asked,
        body("b"),
        fact("proposal.listed", P1, "2026-03-02", body="body:b"),
        fact("proposal.withdrawn", P1, "2026-03-03"),
        fact("proposal.revised", P1, "2026-03-04", version="2"),
    )
    days = ("2026-03-02", "2026-03-03", "2026-03-04")
    assert [standing(asked, "listing", on=day)[0].state for day in days] == ["current", "closed", "current"]


def test_a_corrected_version_is_read_as_corrected_from_then_on(asked):
    given(asked, fact("proposal.revised", P1, "2026-03-01", version="2"), said("2026-03-02", version="1"))
    asked.record(corrected(P1, "/version", "1", "2", of=3))
    assert [standing(asked, known=known)[0].stale for known in ("@6", "@7")] == ["yes", ""]


def test_a_retracted_position_was_never_taken(asked):
    given(asked, said("2026-03-02"))
    asked.record(about(P1, "record.retracted", of=2))
    assert standing(asked) == []
    assert len(standing(asked, known="@5")) == 1


REQUESTED = fact("proposal.sign_off_requested", P1, "2026-03-04", asked=ICB)
REVISED = fact("proposal.revised", P1, "2026-03-10", version="2")


@pytest.mark.parametrize(
    "facts",
    [
        [said("2026-03-02"), said("2026-03-03", who=COUNCIL), said("2026-03")],
        [said("2026-03-02"), REVISED, said("2026-03-05", who=COUNCIL), said("2026-03-12", who=COUNCIL)],
        [said("2026-03-02", version="2"), REVISED, said("2026-03-05", who=COUNCIL, version="2")],
        [said("2026-03-02"), REQUESTED, said("2026-03-05"), said("2026-03-06")],
        [said("2026-03-02"), REQUESTED, said("2026-03-05", answers={"stream": P1, "n": 3})],
        [said("2026-03-02"), said("2026-03-05", replaces={"stream": P1, "n": 2}), said("2026-03-06")],
        [said("2026-03-02"), fact("proposal.lapsed", P1, "2026-03-20"), said("2026-03-05"), said("2026-03-21")],
        [said("2026-03-02"), corrected(P1, "/version", "1", "2", of=2), said("2026-03-05")],
        [said("2026-03-09"), corrected(P1, "/on", "2026-03-09", "2026-03-01", of=2), said("2026-03-05")],
        [said("2026-03-02"), about(P1, "record.retracted", of=2), said("2026-03-05"), said(None)],
        [said("2026-03-02"), {**said("2026-03-05"), "source": {"recorded_at": "2026-03-06"}}, said("2026-03-07")],
    ],
)
def test_what_stands_is_the_same_whether_facts_came_one_by_one_or_all_at_once(asked, facts):
    at_once = type(asked)()
    given(asked)
    given(at_once)
    for one in facts:
        asked.record(one)
        standing(asked)
    at_once.record(*facts)
    with asked.reading() as grown, at_once.reading() as built:
        rows = [sorted(map(tuple, side.exec_driver_sql("SELECT * FROM positions"))) for side in (grown, built)]
    assert rows[0] == rows[1] != []
