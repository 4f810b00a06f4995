"""By which profile a decision is judged: one case for each kind of decider, and what is said where that is not recorded."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from decisionlog.checks.profiles.choosing import Circumstances, Known, Law, Maker, chosen
from decisionlog.checks.profiles.table import built_in
from decisionlog.domain.saying import plain

TABLE = built_in()
ICB = Known("organisation:icb", "icb", (2,))
COUNCIL = Known("organisation:council", "upper-tier-la", (3,))
CHARITY = Known("organisation:charity", "vcse", (4,))
UNKNOWN = Known("organisation:x", "", (5,))
CABINET = Maker("body:cabinet", "executive", (6,), organisations=(COUNCIL,))
COMMITTEE = Maker("body:pc", "committee", (7,), organisations=(ICB,))
OFFICER = Maker("post:director", "", (8,), organisations=(COUNCIL,))
JOINT = Maker("body:jc", "joint-committee", (9,), organisations=(ICB, COUNCIL))
PSR = Law("psr-si2023-1348", "decision:D1", (20,))


def decided(*makers, **more):
    given = {
        "day": "2026-03-12",
        "outcome": "approved",
        "asked_to": "",
        "key": False,
        "position": 20,
        "makers": makers,
        "bound": (),
        "laws": (),
        "givers": (),
    }
    return Circumstances(**{**given, **more})


def judged(*makers, **more):
    return {one.profile.name: (plain(one.why), one.evidence) for one in chosen(decided(*makers, **more), TABLE)}


def test_a_council_s_executive_decides_at_a_meeting():
    why = (
        "body:cabinet is an executive, and it belongs to organisation:council, a council "
        "(for whom it was decided is not recorded)"
    )
    assert judged(CABINET) == {"la-exec-meeting": (why, (6, 3))}


def test_for_whom_it_was_decided_goes_before_whose_the_decider_is():
    (why, _) = judged(CABINET, bound=(COUNCIL,))["la-exec-meeting"]
    assert why.endswith("and it was decided for organisation:council, a council")
    assert list(judged(COMMITTEE, bound=(COUNCIL,))) == ["union"]


def test_a_committee_of_the_executive_counts_as_the_executive():
    part = Maker(
        "body:sub", "committee", (7,), above=(Known("body:cabinet", "executive", (6,)),), organisations=(COUNCIL,)
    )
    (why, evidence) = judged(part)["la-exec-meeting"]
    assert why.startswith("body:sub is part of body:cabinet, an executive")
    assert evidence == (7, 3, 6)


@pytest.mark.parametrize(
    ("circumstances", "reason"),
    [
        ({"key": True}, "it was a key decision, which only an executive takes"),
        ({"laws": (Law("lga2000-s9E", "delegation:CC-4.7", (11,)),)}, "by delegation:CC-4.7 under lga2000-s9E, for the executive"),
        ({"givers": (Known("body:cabinet", "executive", (6,)),)}, "by what body:cabinet, an executive, gave"),
    ],
)  # fmt: skip
def test_an_individual_decides_for_the_executive_where_something_recorded_says_so(circumstances, reason):
    (why, _) = judged(OFFICER, **circumstances)["la-exec-individual"]
    assert reason in why


def test_a_member_of_the_executive_decides_for_it():
    member = replace(OFFICER, sits_on=(Known("body:cabinet", "executive", (12,)),))
    (why, evidence) = judged(member)["la-exec-individual"]
    assert "as a member of body:cabinet, an executive" in why
    assert 12 in evidence


def test_an_officer_decides_under_another_delegation_even_where_he_sits_with_the_executive():
    member = replace(OFFICER, sits_on=(Known("body:cabinet", "executive", (12,)),))
    law = Law("lga1972-s101", "delegation:X", (11,))
    (why, evidence) = judged(member, laws=(law,))["la-officer"]
    assert "by delegation:X under lga1972-s101" in why
    assert evidence == (8, 3, 11)


def test_whether_an_individual_decided_for_the_executive_may_not_be_recorded():
    (why, _) = judged(OFFICER)["union"]
    assert "whether for the council's executive is not recorded" in why


@pytest.mark.parametrize(
    ("maker", "profile", "reason"),
    [
        (COMMITTEE, "nhs-committee", "body:pc is a committee"),
        (JOINT, "nhs-committee", "body:jc is a joint committee"),
        (Maker("post:chief", "", (8,)), "nhs-individual", "post:chief is a post, which decides alone"),
        (Maker("person:p-1", "", (8,)), "nhs-individual", "person:p-1 is a person, which decides alone"),
        (
            Maker("body:group", "group-of-individual-decision-makers", (8,)),
            "nhs-individual",
            "body:group is a group in which each decides alone",
        ),
        (Maker("body:b", "", (8,)), "union", "of what kind body:b is, is not recorded"),
        (
            Maker("organisation:icb", "", (8,)),
            "union",
            "which body or post of organisation:icb decided is not recorded",
        ),
    ],
)
def test_an_nhs_body_decides_by_a_committee_or_by_one_person(maker, profile, reason):
    (why, _) = judged(maker, bound=(ICB,))[profile]
    assert why.startswith(reason)


@pytest.mark.parametrize("outcome", ["noted", "endorsed", "recommended", "deferred", "no-decision"])
def test_what_decides_nothing_is_judged_as_advice(outcome):
    (why, evidence) = judged(CABINET, outcome=outcome)["advisory"]
    assert why == f"what came of it, {outcome.replace('-', ' ')}, decides nothing"
    assert evidence == (20,)


def test_who_had_been_asked_to_advise_only_advised():
    assert judged(CABINET, asked_to="advise")["advisory"][0] == "it had been asked only to advise"
    assert "advisory" not in judged(CABINET, asked_to="decide")


@pytest.mark.parametrize(
    ("maker", "reason"),
    [
        (Maker("body:nlb", "advisory-forum", (8,), organisations=(ICB,)), "body:nlb is an advisory forum"),
        (Maker("body:pc", "committee", (8,), can="recommend", organisations=(ICB,)), "body:pc is by its terms at most to recommend"),
    ],
)  # fmt: skip
def test_a_forum_only_advises(maker, reason):
    assert judged(maker)["advisory"] == (reason, (8,))
    assert "advisory" not in judged(maker, COMMITTEE)


def test_a_joint_committee_is_judged_for_each_organisation_that_it_bound():
    found = judged(JOINT, bound=(ICB, COUNCIL))
    assert list(found) == ["nhs-committee", "union"]
    assert "is not recorded to be an executive" in found["union"][0]


def test_of_several_deciders_each_is_judged_for_its_own_organisation():
    assert list(judged(CABINET, COMMITTEE, bound=(ICB, COUNCIL))) == ["la-exec-meeting", "nhs-committee"]


def test_an_award_is_judged_as_one_besides():
    found = judged(COMMITTEE, laws=(PSR,))
    assert list(found) == ["nhs-committee", "psr-award"]
    assert found["psr-award"] == ("decision:D1 rests on the Provider Selection Regime", (20,))
    assert list(judged(COMMITTEE, laws=(PSR,), outcome="noted")) == ["advisory"]


@pytest.mark.parametrize(
    ("makers", "circumstances", "reason"),
    [
        ((), {"bound": (ICB,)}, "who decided is not recorded"),
        ((Maker("person:p-1", "", (8,)),), {}, "for whom it was decided is not recorded"),
        ((COMMITTEE,), {"bound": (UNKNOWN,)}, "the kind of organisation:x is not recorded"),
        ((COMMITTEE,), {"bound": (CHARITY,)}, "there is no profile for what is decided for organisation:charity, of kind vcse"),
    ],
)  # fmt: skip
def test_what_is_not_recorded_is_said_and_what_is_certain_is_asked_for(makers, circumstances, reason):
    (why, _) = judged(*makers, **circumstances)["union"]
    assert why == reason


def test_what_was_decided_before_the_law_is_not_judged_by_it():
    (why, evidence) = judged(CABINET, day="2012-09-09")["union"]
    assert why == "SI 2012/2089 reg 12 applies from 2012-09-10 on, and it was taken before"
    assert evidence == (20,)
    assert list(judged(COMMITTEE, laws=(PSR,), day="2023-05-01")) == ["nhs-committee", "union"]
    assert list(judged(CABINET, day="")) == ["la-exec-meeting"]
