"""Disagreements: how each stood, and whose move it was."""

from __future__ import annotations

from decisionlog.projections.disagreements import disagreements
from decisionlog.store.histories import unpacked
from tests.scenario import body, fact, organisation, proposal

DIS = "disagreement:DIS-1"


def raised(asked, *facts, **data):
    asked.record(organisation("icb"), organisation("vcse"), body("b"), proposal("P1", "2026-03-01"))
    asked.record(fact("disagreement.raised", DIS, "2026-03-02", about=["proposal:P1"], **data), *facts)


def at(asked, query, stream, *days, **known):
    return [next(iter(asked.held(query, [stream], day, **known)), None) for day in days]


def test_a_disagreement_is_the_move_of_whom_it_was_escalated_to(asked):
    escalated = fact("disagreement.escalated", DIS, "2026-03-10", to="body:b", rung=2, respond_by="2026-03-24")
    raised(asked, escalated, other_side=["organisation:icb"])
    first, second = at(asked, disagreements, DIS, "2026-03-09", "2026-03-10")
    assert (first.state, unpacked(first.to), first.rung) == ("raised", ["organisation:icb"], 0)
    assert (second.state, unpacked(second.to), second.rung) == ("escalated", ["body:b"], 2)
    assert second.respond_by == "2026-03-24"


def test_it_stays_open_while_some_still_disagree(asked):
    both = ["organisation:icb", "organisation:vcse"]
    raised(
        asked,
        fact("disagreement.withdrawn", DIS, "2026-03-10", on_behalf_of=["organisation:icb"]),
        fact("disagreement.withdrawn", DIS, "2026-03-11", on_behalf_of=["organisation:vcse"]),
        on_behalf_of=both,
    )
    found = at(asked, disagreements, DIS, "2026-03-09", "2026-03-10", "2026-03-11")
    assert [one.state for one in found] == ["raised", "raised", "withdrawn"]
    assert unpacked(found[1].on_behalf_of) == ["organisation:vcse"]


def test_a_recorded_dissent_ends_it(asked):
    raised(asked, fact("disagreement.dissent_recorded", DIS, "2026-03-10"))
    (found,) = at(asked, disagreements, DIS, "2026-03-10")
    assert (found.state, found.dissent) == ("dissent recorded", "yes")


def test_a_dissent_recorded_after_it_was_settled_leaves_it_as_it_was_settled(asked):
    raised(
        asked,
        fact("disagreement.overruled", DIS, "2026-03-09"),
        fact("disagreement.dissent_recorded", DIS, "2026-03-10"),
    )
    (found,) = at(asked, disagreements, DIS, "2026-03-10")
    assert (found.state, found.dissent) == ("overruled", "yes")
