"""The page of a proposal: where it stands in plain words, whose move it is, and who said what of which version."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import NotFound
from decisionlog.domain.saying import plain
from tests.questions.register.pages import page, written
from tests.scenario import body, decision, fact, given, organisation, proposal

OF_P1 = {"proposals": [{"proposal": "proposal:P1"}]}
CABINET = {"decision_makers": ["body:cab"], **OF_P1}


def place(*more, **submitted):
    return given(
        organisation("icb", name="Northmoor ICB"),
        organisation("trust", name="Northmoor Trust"),
        body("cab", name="Cabinet"),
        proposal("P1", on="2026-03-01", title="More beds", version="1", **submitted),
        *more,
    ).log


def stands(log, **at):
    return page(log, "proposal", "P1", **at).answers["stands"]


def told(lines):
    return [plain(line.said) for line in lines]


def position(who, what="support", on="2026-03-05", **more):
    return fact(
        "proposal.position_taken", "proposal:P1", on, on_behalf_of=[f"organisation:{who}"], position=what, **more
    )


def test_it_is_not_decided_until_somebody_decides_it():
    log = place(decision("D1", outcome="noted", **CABINET))
    assert told(stands(log).stands) == [
        "It is not decided yet.",
        "decision:D1 dealt with it, and did not decide it.",
    ]
    assert stands(log).is_pending


def test_a_decision_is_told_in_words_with_what_became_of_it():
    log = place(
        decision("D1", outcome="approved-with-conditions", **CABINET),
        fact("decision.rescinded", "decision:D1", "2026-04-01"),
    )
    assert told(stands(log).stands) == [
        "Approved with conditions by body:cab on 2026-03-20. That decision was rescinded on 2026-04-01."
    ]
    assert [item.ref for item in page(log, "proposal", "P1").answers["decisions"].items] == ["D1"]


def test_what_ended_it_is_told_with_its_day():
    log = place(fact("proposal.withdrawn", "proposal:P1", "2026-03-09", on_behalf_of=["organisation:icb"]))
    (line,) = stands(log).stands
    assert (line.label, plain(line.said)) == ("2026-03-09", "It was withdrawn by organisation:icb.")
    assert not stands(log).is_pending


def test_whose_move_it_is_is_told_as_long_as_it_is():
    meeting = fact(
        "meeting.called", "meeting:M1", "2026-03-02", bodies=["body:cab"], for_when="2026-05-12", public="public"
    )
    log = place(
        meeting,
        fact("proposal.listed", "proposal:P1", "2026-03-02", body="body:cab", meeting="meeting:M1", asked_to="decide"),
        fact("proposal.sign_off_requested", "proposal:P1", "2026-03-02", asked="organisation:trust", due="2026-04-01"),
        fact("disagreement.raised", "disagreement:G1", "2026-03-03", about=["proposal:P1"], grounds="Too dear"),
        fact("disagreement.escalated", "disagreement:G1", "2026-03-05", rung=2, to="body:cab"),
    )
    assert told(stands(log, on="2026-03-10").moves) == [
        "A position is awaited of organisation:trust, by 2026-04-01.",
        "It is on the agenda of body:cab, at meeting:M1, on 2026-05-12, in public, to decide.",
        "The move on disagreement:G1 is with body:cab.",
    ]
    assert told(stands(log).moves) == [
        "A position is awaited of organisation:trust, by 2026-04-01, which is over.",
        "The move on disagreement:G1 is with body:cab.",
    ]


def test_whoever_called_it_in_is_to_decide():
    log = place(fact("proposal.called_in", "proposal:P1", "2026-03-05", who="organisation:icb"))
    assert told(stands(log).moves) == ["organisation:icb called it in, and is to decide."]
    assert "Which body is to decide it is not recorded." not in written(page(log, "proposal", "P1"))


def test_what_became_of_it_is_told_the_newest_first_also_that_a_decision_on_it_was_taken_over():
    log = place(
        decision("D1", "2026-03-04", outcome="approved", **CABINET),
        fact("proposal.called_in", "proposal:P1", "2026-03-05", who="organisation:trust"),
        fact("decision.taken_over", "decision:D1", "2026-03-24", who="organisation:trust"),
    )
    assert [(line.label, plain(line.said)) for line in stands(log).stands] == [
        ("2026-03-24", "organisation:trust took decision:D1 into their own hands."),
        ("2026-03-05", "organisation:trust called it in."),
        ("", "Approved by body:cab on 2026-03-04."),
    ]


def test_partners_who_said_nothing_are_named_and_a_position_on_an_older_version_is_marked():
    log = place(
        position("icb", version="1"),
        fact("proposal.revised", "proposal:P1", "2026-03-10", version="2"),
        partners=["organisation:icb", "organisation:trust"],
    )
    found = stands(log)
    assert found.version == "2"
    assert [(one.on_behalf_of, one.stale) for one in found.positions] == [(("organisation:icb",), True)]
    assert found.silent == ("organisation:trust",)
    told_so = written(page(log, "proposal", "P1"))
    assert "an older one: it changed since" in told_so
    assert "not on the one that is current" in " ".join(told_so.replace("</tspan>", " ").split())
    assert "Nothing said yet, as far as is recorded" in told_so


def test_how_one_can_have_a_say_is_told_where_it_is_recorded():
    log = place(
        fact("proposal.consulted", "proposal:P1", "2026-03-02", consulted=[{"who": "organisation:trust", "view": "no"}])
    )
    assert told(stands(log).say) == ["organisation:trust was consulted: 'no'."]
    assert "How one can comment on it is not recorded here" in written(page(place(), "proposal", "P1"))


def test_it_is_told_as_it_was_and_was_known():
    log = place(position("icb"), decision("D1", outcome="rejected", **CABINET))
    assert told(stands(log, on="2026-03-10").stands) == ["It is not decided yet."]
    assert told(stands(log, known="@5").stands) == ["It is not decided yet."]
    assert stands(log, known="@5").positions == ()


def test_one_of_which_nothing_is_recorded_but_its_number_has_a_page():
    log = given(fact("proposal.submitted", "proposal:P1")).log
    told_so = written(page(log, "proposal", "P1"))
    assert "Nobody is recorded as having to do something next." in told_so
    assert "No position of a partner is recorded." in told_so


def test_one_that_was_never_recorded_has_none():
    with pytest.raises(NotFound):
        page(place(), "proposal", "P2")


def cabinet_meets(key, for_when):
    return fact("meeting.called", f"meeting:{key}", "2026-03-01", bodies=["body:cab"], for_when=for_when)


def test_who_is_to_decide_it_is_told_with_their_next_meeting():
    log = place(
        cabinet_meets("M2", "2026-09-12"),
        cabinet_meets("M1", "2026-08-12"),
        fact("proposal.referred", "proposal:P1", "2026-03-02", to="body:cab", asked_to="decide"),
        fact("meeting.cancelled", "meeting:M1", "2026-03-03"),
    )
    assert told(stands(log).before) == ["body:cab is to decide it; its next meeting is meeting:M2, on 2026-09-12."]
    assert "Who may tell you" in written(page(log, "proposal", "P1"))


def test_who_only_has_it_before_it_is_not_said_to_decide_it():
    log = place(
        cabinet_meets("M1", "2026-08-12"), fact("proposal.listed", "proposal:P1", "2026-03-02", meeting="meeting:M1")
    )
    assert told(stands(log).before) == [
        "body:cab has it before it; its next meeting is meeting:M1, on 2026-08-12.",
        "Which body is to decide it is not recorded.",
    ]


def test_where_nothing_is_recorded_of_who_decides_that_is_said_and_whom_to_ask():
    assert told(stands(place()).before) == ["Which body is to decide it is not recorded."]
    assert "Of the keeper of this register no address is set" in written(page(place(), "proposal", "P1"))


def test_of_one_that_was_withdrawn_nobody_is_told_to_be_asked():
    log = place(fact("proposal.withdrawn", "proposal:P1", "2026-04-01"))
    assert stands(log).before == ()
    assert "Who may tell you" not in written(page(log, "proposal", "P1"))
