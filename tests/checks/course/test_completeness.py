from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

ICB, COUNCIL = "organisation:icb", "organisation:council"
LATER = "2026-04-10"
"""More than four weeks after the decision."""


def found(history, **asked):
    return [sentence(one) for one in history.findings("GL40", **asked)]


def cabinet(**data):
    """D1 as a decision of a council's cabinet; what other rules make of that is not asked here."""
    parents = [{"parent": COUNCIL}]
    return clean().but("committee", kind="executive", parents=parents).but("D1", on_behalf_of=[COUNCIL], **data)


def officer(**data):
    """D1 as a decision of a council's officer under an express authorisation."""
    post = fact("post.established", "post:director", "2025-01-01", ref="director", organisation=COUNCIL)
    makers = {"decision_makers": ["post:director"], "people": ["person:p4"], "on_behalf_of": [COUNCIL]}
    by_law = {"authority": [{"legal_basis": "lga1972-s101"}]}
    return clean().also(post=post).but("D1", **{**makers, **by_law, **data})


def test_an_nhs_committee_that_says_nothing_of_interests_trips_it():
    history = clean().but("D1", interests=None).but("held", interests=None)
    one = history.trips("GL40", "D1")
    assert sentence(one) == (
        "its record says nothing of interests declared, which is asked for of a decision of an NHS board or committee"
    )
    assert one.severity == "warning"
    assert not found(history, on="2026-03-11")
    assert found(history, on="2026-03-12")


def test_that_there_was_none_is_recorded():
    clean().but("D1", interests=None).is_clean()
    clean().but("held", interests=None).is_clean()


def test_an_interest_declared_at_the_meeting_is_recorded():
    declared = fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p2", items=["4"])
    history = clean().but("D1", interests=None).but("held", interests=None)
    assert not found(history.also(declared=declared))


def test_whoever_declared_one_for_another_item_had_been_asked():
    history = clean().but("D1", interests=None).but("held", interests=None)

    def declared_on(day):
        return fact("meeting.interest_declared", "meeting:M1", day, by="person:p2", items=["5"])

    assert not found(history.also(declared=declared_on("2026-03-12")))
    assert found(history.also(declared=declared_on("2026-04-02")))  # what came to light later says nothing of that day


@pytest.mark.parametrize(
    ("field", "said"), [("reasons", "reasons"), ("options_rejected", "options considered and rejected")]
)
def test_a_cabinet_gives_its_reasons_and_says_what_else_it_considered(field, said):
    assert found(cabinet(**{field: None})) == [
        f"its record says nothing of {said}, which is asked for of a decision of a council's executive at a meeting"
    ]
    assert not found(cabinet(**{field: [] if field == "options_rejected" else "none"}))
    assert not found(clean().but("D1", **{field: None}))  # no law asks it of an NHS committee


def test_all_that_lacks_is_said_at_once():
    [said] = found(cabinet(reasons=None, options_rejected=None, text=None))
    assert said.startswith(
        "its record says nothing of the decision in words, reasons and options considered and rejected,"
    )


def test_a_month_is_no_day():
    assert "the day of the decision" in found(cabinet(meeting=None).but("D1", on="2026-03", meeting=None))[0]


def test_of_what_another_rule_speaks_this_one_does_not():
    assert not found(cabinet(key=True))  # notice
    assert not found(cabinet(key=None))
    assert not found(clean().but("D1", authority=None))
    assert not found(clean().but("D1", value=None))


def test_publication_counts_after_four_weeks():
    history = officer().without("published")
    assert not found(history, on="2026-04-09")
    [said] = found(history, on=LATER)
    assert (
        said
        == "its record says nothing of publication, which is asked for of a council officer's decision under another delegation"
    )
    assert not found(officer(), on=LATER)
    at_night = history.but("D1", on="2026-04-14T23:30:00Z", meeting=None)  # the 15th by the clocks there
    assert not found(at_night, on="2026-05-13")
    assert found(at_night, on="2026-05-14")


def test_what_lacks_now_and_what_lacks_later_are_two():
    history = officer(reasons=None).without("published")
    assert len(found(history, on="2026-04-09")) == 1
    assert len(found(history, on=LATER)) == 2
    assert "publication" not in found(history, on="2026-04-09")[0]


def test_what_no_read_text_asks_for_is_not_missed():
    assert not found(clean().but("D1", method=None, reasons=None))


def test_a_decision_for_two_is_judged_by_both():
    parents = [{"parent": ICB}, {"parent": COUNCIL}]
    both = clean().but("committee", kind="executive", parents=parents)
    both = both.but("D1", on_behalf_of=[ICB, COUNCIL], reasons=None)
    [said] = found(both)
    assert said == (
        "its record says nothing of reasons, which is asked for of a decision of an NHS board or committee and "
        "a decision of a council's executive at a meeting"
    )


@pytest.mark.parametrize("outcome", ["noted", "deferred", "recommended", "no-decision"])
def test_what_decides_nothing_needs_no_complete_record(outcome):
    assert not found(cabinet(outcome=outcome, reasons=None))
    assert found(cabinet(outcome="rejected", reasons=None))


def test_where_it_is_not_recorded_whose_law_applies_nothing_is_said():
    assert not found(cabinet(reasons=None).but("council", kind=None))
    assert not found(cabinet(reasons=None).but("council", kind="vcse"))
    assert not found(cabinet(reasons=None, decision_makers=None).but("D1", reasons=None, decision_makers=None))


def test_a_member_of_the_executive_who_decides_alone_is_judged_as_one():
    seat = fact(
        "body.member_appointed",
        "body:cabinet",
        "2025-01-01",
        member="person:p4",
        role="voting-member",
        on_behalf_of=[COUNCIL],
    )
    constituted = fact(
        "body.constituted",
        "body:cabinet",
        "2025-01-01",
        ref="cabinet",
        name="Cabinet",
        kind="executive",
        parents=[{"parent": COUNCIL}],
    )
    alone = officer(authority=None, key=None).also(constituted=constituted, seat=seat)
    assert not found(alone.but("D1", reasons=None))  # what a member alone must record was not read
    by_law = officer(reasons=None)
    assert found(by_law) == [
        "its record says nothing of reasons, which is asked for of a council officer's decision under another delegation"
    ]


def test_a_dispensation_is_looked_for_and_misses_nothing():
    granted = fact(
        "dispensation.granted", "dispensation:X1", "2026-03-01", ref="X1", person="person:p2", allows="speak"
    )
    interests = [{"by": "person:p2", "nature": "shares", "kind": "financial", "action": "left the room"}]
    assert not found(clean().but("D1", interests=interests).also(granted=granted))
