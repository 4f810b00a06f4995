from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

ON_P1 = [{"proposal": "proposal:P1", "version": "1"}]


def again(on="2026-04-09", **data):
    """The committee decides on the paper once more, and rejects it; what else is odd of that is not asked here."""
    whole = {
        "proposals": ON_P1,
        "decision_makers": ["body:committee"],
        "on_behalf_of": ["organisation:icb"],
        "outcome": "rejected",
        "places": ["place:town"],
        "functions": ["function:discharge"],
        **data,
    }
    return fact("decision.taken", "decision:D2", on, ref="D2", **{k: v for k, v in whole.items() if v is not None})


def found(history, **asked):
    return history.findings("GL46", **asked)


def conflict(**data):
    return clean().also(again=again(**data))


def test_no_after_yes_for_the_same_organisation_trips_it():
    history = conflict()
    [one] = found(history)
    assert one.subject == "decision:D2"
    assert sentence(one) == (
        "it rejected proposal:P1, which decision:D1 had approved on 2026-03-12, and neither says what becomes of the other"
    )
    assert one.severity == "warning"
    assert history._named(one.evidence) == ["again", "D1"]


def test_yes_after_no_trips_it_as_well():
    [one] = found(conflict(on="2026-02-27"))
    assert one.subject == "decision:D1"
    assert sentence(one).startswith("it approved proposal:P1, which decision:D2 had rejected on 2026-02-27,")


def test_of_one_day_the_one_recorded_first_is_the_earlier():
    [one] = found(conflict(on="2026-03-12"))
    assert one.subject == "decision:D2"


def test_it_is_so_while_both_hold():
    assert not found(conflict(), on="2026-04-08")
    assert found(conflict(), on="2026-04-09")
    assert not found(conflict(from_="2026-05-01"), on="2026-04-30")
    assert found(conflict(from_="2026-05-01"), on="2026-05-01")
    assert not found(conflict(until="2026-05-15"), on="2026-05-15")
    assert not found(conflict().but("D1", until="2026-05-15"), on="2026-05-15")
    assert not found(conflict().but("D1", until="2026-04-09"), on="2026-04-09")
    rescinded = fact("decision.rescinded", "decision:D1", "2026-05-01")
    assert found(conflict().also(rescinded=rescinded), on="2026-04-30")
    assert not found(conflict().also(rescinded=rescinded), on="2026-05-01")


@pytest.mark.parametrize("outcome", ["approved-as-amended", "approved-with-conditions", "approved-in-part", "ratified"])
def test_every_kind_of_yes_is_the_opposite_of_no(outcome):
    assert found(conflict().but("D1", outcome=outcome))


@pytest.mark.parametrize("outcome", ["approved", "noted", "deferred", "referred", "endorsed", "delegated", None])
def test_what_is_no_no_is_no_opposite(outcome):
    assert not found(conflict(outcome=outcome))


def test_what_was_asked_for_advice_decided_nothing():
    assert not found(conflict(asked_to="advise"))
    assert not found(conflict().but("D1", asked_to="advise"))


def test_another_organisation_may_say_no():
    assert not found(conflict(on_behalf_of=["organisation:council"]))
    assert found(conflict(on_behalf_of=["organisation:council", "organisation:icb"]))


def test_where_it_is_not_recorded_whom_they_bind_the_same_decider_counts():
    assert found(conflict(on_behalf_of=None))
    assert not found(conflict(on_behalf_of=None, decision_makers=["body:board"]))
    assert not found(conflict(on_behalf_of=None, decision_makers=None))
    assert found(conflict(on_behalf_of=None).but("D1", on_behalf_of=None))


def test_another_version_is_another_question():
    assert not found(conflict(proposals=[{"proposal": "proposal:P1", "version": "2"}]))
    assert found(conflict(proposals=[{"proposal": "proposal:P1"}]))
    assert found(conflict().but("D1", proposals=[{"proposal": "proposal:P1"}]))


def test_another_paper_is_another_question():
    paper = fact("proposal.submitted", "proposal:P2", "2026-03-01", ref="P2", version="1")
    other = [{"proposal": "proposal:P2", "version": "1"}]
    assert not found(clean().also(paper=paper, again=again(proposals=other)))
    both = clean().also(paper=paper, again=again(proposals=[*other, *ON_P1])).but("D1", proposals=[*ON_P1, *other])
    assert len(found(both)) == 1


def test_another_place_or_function_is_another_question():
    village = fact("place.defined", "place:village", "2022-07-01", ref="village", name="Village", level="place")
    assert not found(clean().also(village=village, again=again(places=["place:village"])))
    assert found(clean().also(village=village, again=again(places=["place:village", "place:town"])))
    assert found(conflict(places=None))
    beds = fact("function.catalogued", "function:beds", "2022-07-01", ref="beds", name="Beds")
    assert not found(clean().also(beds=beds, again=again(functions=["function:beds"])))
    assert found(conflict(functions=None))


@pytest.mark.parametrize("kind", ["amendment", "procedural", "referral", "reconsideration"])
def test_a_vote_on_something_else_than_the_paper_is_another_question(kind):
    assert not found(conflict(motion={"kind": kind}))
    assert not found(conflict().but("D1", motion={"kind": kind}))


def test_a_vote_on_another_part_is_another_question():
    assert not found(conflict(motion={"kind": "substantive", "part": "2"}))
    assert found(conflict(motion={"kind": "substantive"}))
    assert found(conflict(motion={"kind": "en-bloc", "part": "2"}).but("D1", motion={"part": "2"}))


def test_a_link_says_what_becomes_of_the_other():
    assert not found(conflict(links=[{"decision": "decision:D1", "link": "reconsiders"}]))
    assert not found(conflict().but("D1", links=[{"decision": "decision:D2", "link": "follows"}]))
    superseded = fact("decision.superseded", "decision:D1", "2026-04-20", by_decisions=["decision:D2"])
    assert not found(conflict().also(superseded=superseded), on="2026-04-10")


def test_a_retracted_decision_conflicts_with_nothing():
    retracted = fact("record.retracted", "decision:D2", None, of={"stream": "decision:D2", "n": 1})
    assert not found(conflict().also(retracted=retracted))


def test_the_day_is_left_out_where_it_is_not_recorded():
    history = conflict(on="2026-08-01").undated("D1")
    [one] = found(history, on="2026-08-01")
    assert "which decision:D1 had approved, and neither" in sentence(one)
