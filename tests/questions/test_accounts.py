"""Every kind of thing as a page: what is told of it, what is not recorded, and what no longer holds."""

from __future__ import annotations

import pytest

from decisionlog.domain.facts import KINDS
from decisionlog.domain.refusals import NotFound
from decisionlog.questions.accounts import ACCOUNTS
from tests.questions.asking import given, page, section, shown
from tests.scenario import about, body, corrected, decision, fact, organisation, person, proposal

ICB, COUNCIL, TRUST = "organisation:icb", "organisation:council", "organisation:trust"
PLACE = [
    organisation("icb", name="Northmoor ICB", kind="icb", legal_person=True),
    organisation("council", name="Northmoor Council"),
    organisation("trust", name="Northmoor Trust"),
    body("board", name="ICB Board", kind="board", parents=[{"parent": ICB}]),
    body("committee", name="Place Committee", kind="committee", parents=[{"parent": "body:board"}]),
    person("p-1", "Ada Bell"),
    person("p-2", "Ben Cole"),
    fact("function.catalogued", "function:ucr", "2022-07-01", ref="ucr", name="Urgent response"),
]
POST = fact("post.established", "post:director", "2024-01-01", ref="director", name="Place Director", organisation=ICB)
GRANT = fact(
    "delegation.granted", "delegation:S-7", "2025-04-01", ref="S-7", delegator="body:board",
    delegates=["body:committee"], scope=[{"function": "function:ucr"}], legal_basis="nhsa2006-sch1B",
    limits=[{"money": {"amount": 5_000_000, "currency": "GBP"}, "operator": "<="}],
)  # fmt: skip


def gbp(pounds):
    return [{"money": {"amount": pounds * 100, "currency": "GBP"}}]


def place(*more):
    return given(*PLACE, *more).log


def opening(log, ref, **at):
    """What stands under the heading, up to the first section."""
    lines = page(shown(log, ref, **at))
    return lines[2 : lines.index("")]


def test_every_account_is_of_a_kind():
    assert set(ACCOUNTS) < set(KINDS)


@pytest.mark.parametrize("kind", ["row", "access", "dispensation"])
def test_a_kind_without_an_account_is_shown_by_its_facts(kind):
    opened = {
        "row": fact("row.imported", "row:R-1", "2025-01-01", cells=[{"column": "Ref", "verbatim": "1"}]),
        "access": fact("access.granted", "access:A-1", "2025-01-01", ref="A-1", account="reader"),
        "dispensation": fact("dispensation.granted", "dispensation:D-1", "2025-01-01", ref="D-1", allows="speak"),
    }[kind]
    answer = shown(place(opened), opened["stream"])
    assert answer.sections == ()
    assert answer.thing.stream == opened["stream"]


# Decisions and actions


def test_a_decision_tells_what_happened_since_and_the_actions_from_it():
    log = place(
        decision("D1", decision_makers=["body:committee"], on_behalf_of=[ICB], outcome="approved"),
        fact("decision.reported_back", "decision:D1", "2026-03-25", to="body:board"),
        fact("action.assigned", "action:A1", "2026-03-20", ref="A1", what="Hire", organisation=TRUST,
             due="2026-03-28", decision="decision:D1"),
        decision("D2", on="2026-03-28", outcome="noted", links=[{"decision": "decision:D1", "link": "follows"}]),
    )  # fmt: skip
    assert page(shown(log, "D1"))[:2] == [
        "D1",
        "Place Committee approved this on 20 March 2026, on behalf of Northmoor ICB, under an authority that is not recorded [10].",
    ]
    assert section(log, "D1", "What happened since") == ["2026-03-25        It was reported to ICB Board. [11]"]
    assert section(log, "D1", "Actions from it", on="2026-03-28") == [
        "A1, 'Hire': Northmoor Trust is to do it, by 28 March 2026 (not reported as done). [12]",
    ]
    assert "(overdue)" in section(log, "D1", "Actions from it", on="2026-03-30")[0]
    assert section(log, "D1", "Decisions that name it") == [
        "D2: A decider that is not recorded noted it on 28 March 2026. [13]"
    ]


def test_an_action_says_who_is_to_do_what_and_how_it_goes():
    assigned = fact("action.assigned", "action:A1", "2026-03-01", ref="A1", what="Hire", owner="person:p-1",
                    organisation=TRUST, due="2026-03-20")  # fmt: skip
    late = fact("action.updated", "action:A1", "2026-03-10", progress="at-risk", due="2026-04-20")
    done = fact("action.completed", "action:A1", "2026-04-01")
    log = place(assigned, late, done)
    assert opening(log, "A1", on="2026-03-05") == [
        "Ada Bell, for Northmoor Trust, is to do it, by 20 March 2026: not reported as done."
    ]
    assert opening(log, "A1", on="2026-03-12") == [
        "Ada Bell, for Northmoor Trust, is to do it, by 20 April 2026: at risk."
    ]
    assert opening(log, "A1", on="2026-04-01")[0].endswith(": done.")
    assert section(log, "A1", "What is to be done") == ["'Hire' [10]"]
    assert section(log, "A1", "How it goes", on="2026-04-01")[-1] == "2026-04-01        Done [12]"


# Proposals


def taken(who, position, on="2026-03-13", **more):
    return fact("proposal.position_taken", "proposal:P1", on, on_behalf_of=[who], position=position, **more)


P1 = proposal("P1", on="2026-03-01", version="1", sponsor=TRUST, partners=[ICB, COUNCIL], recommendation="Fund it.",
              options=[{"words": "Do it.", "preferred": True}, {"words": "Do nothing."}], value=gbp(450_000))  # fmt: skip


def test_a_proposal_says_what_it_asks_and_who_stands_where():
    log = place(
        P1,
        taken(COUNCIL, "support-with-conditions", version="1", conditions=[{"id": "C1", "words": "A plan."}]),
        fact("condition.discharged", "proposal:P1", "2026-03-20", condition="C1")
        | {"of": {"stream": "proposal:P1", "n": 2}},
    )
    assert opening(log, "P1") == ["Northmoor Trust put it forward on 1 March 2026, asking for £450,000."]
    assert section(log, "P1", "What it asks") == [
        "Recommendation    'Fund it.' [10]",
        "Option, preferred 'Do it.' [10]",
        "Option            'Do nothing.' [10]",
        "Value             £450,000 [10]",
    ]
    assert section(log, "P1", "Positions on version 1") == [
        "Northmoor Council supported version 1, on condition C1 'A plan.' (discharged). [11, 12]",
        "Northmoor ICB: no position is recorded.",
    ]
    assert section(log, "P1", "What was decided") == ["No determination of it is recorded."]


def test_a_new_version_makes_positions_stale_unless_it_changes_nothing_material():
    stale = place(
        P1, taken(COUNCIL, "object", version="1"), fact("proposal.revised", "proposal:P1", "2026-03-20", version="2")
    )
    assert section(stale, "P1", "Positions on version 2")[0] == (
        "Northmoor Council objected to version 1, which is not the version that counts. [11]"
    )
    still = place(
        P1,
        taken(COUNCIL, "object", version="1"),
        fact("proposal.revised", "proposal:P1", "2026-03-20", version="2", material=False),
    )
    assert section(still, "P1", "Positions on version 2")[0] == "Northmoor Council objected to version 1. [11]"
    assert section(still, "P1", "Versions")[1] == (
        "Version 2         Put forward on 20 March 2026, said to change nothing material. [12]"
    )
    assert opening(stale, "P1", on="2026-03-14") == [
        "Northmoor Trust put it forward on 1 March 2026, asking for £450,000."
    ]
    assert opening(stale, "P1")[1] == "Version 2 is current, since 20 March 2026."


def test_a_request_waits_until_it_is_answered_or_withdrawn():
    asked = fact("proposal.sign_off_requested", "proposal:P1", "2026-03-02", asked=ICB, version="1", due="2026-03-10")
    log = place(P1, asked)
    assert section(log, "P1", "Waiting for a position", on="2026-03-10") == [
        "Northmoor ICB, on version 1, by 10 March 2026. [11]"
    ]
    assert section(log, "P1", "Waiting for a position", on="2026-03-11")[0].endswith(
        "by 10 March 2026, which is over. [11]"
    )
    answered = place(P1, asked, taken(ICB, "no-view", answers={"stream": "proposal:P1", "n": 2}))
    assert "Waiting for a position" not in page(shown(answered, "P1"))
    elsewhere = place(P1, asked, taken(COUNCIL, "support"))
    assert "Waiting for a position" in page(shown(elsewhere, "P1"))
    in_another_capacity = place(P1, {**asked, "data": {**asked["data"], "capacity": "finance"}}, taken(ICB, "support"))
    assert "Waiting for a position" in page(shown(in_another_capacity, "P1"))
    gone = place(P1, asked, about("proposal:P1", "proposal.sign_off_request_withdrawn", "2026-03-05", of=2))
    assert "Waiting for a position" not in page(shown(gone, "P1"))


def test_a_position_taken_back_or_replaced_is_said_to_be():
    log = place(P1, taken(COUNCIL, "support"), about("proposal:P1", "proposal.position_withdrawn", "2026-03-20", of=2))
    assert "; later withdrawn or replaced." in section(log, "P1", "Positions on version 1")[0]


def test_where_a_proposal_has_been_is_told_in_order():
    log = place(
        proposal("P1", on="2026-03-01", route=[{"who": "body:board", "on": "2026-01-10", "purpose": "discussion"}]),
        fact("proposal.referred", "proposal:P1", "2026-03-05", to="body:committee", asked_to="decide"),
    )
    assert section(log, "P1", "Where it has been") == [
        "2026-01-10        ICB Board, for discussion, as the paper says. [10]",
        "2026-03-05        It was referred to Place Committee, to decide. [11]",
    ]


# Meetings

HELD = fact(
    "meeting.held", "meeting:M1", "2026-03-12", ref="M1", bodies=["body:committee"], public="public",
    presiding=[{"by": "person:p-1", "capacity": "chair"}],
    attendance=[
        {"by": "person:p-1", "on_behalf_of": [ICB], "role": "chair", "presence": "present",
         "intervals": [{"left": "2026-03-12T15:00:00Z"}]},
        {"by": "person:p-2", "on_behalf_of": [TRUST], "presence": "apologies"},
        {"role": "observer", "presence": "present", "on_behalf_of": [COUNCIL]},
    ],
    interests=[], minutes="taken",
)  # fmt: skip


def test_a_meeting_says_who_was_there_and_who_was_not():
    log = place(HELD)
    assert opening(log, "M1") == ["Place Committee met on 12 March 2026, in public.", "Ada Bell presided as chair."]
    assert section(log, "M1", "Present") == ["Ada Bell, for Northmoor ICB, chair, until 12 March 2026, 15:00 UTC [10]"]
    assert section(log, "M1", "In attendance") == ["Somebody who is not recorded, for Northmoor Council, observer [10]"]
    assert section(log, "M1", "Apologies") == ["Ben Cole, for Northmoor Trust [10]"]
    assert section(log, "M1", "Interests") == ["None was declared."]
    assert section(log, "M1", "Items") == ["No item and no determination is recorded of it."]
    assert section(log, "M1", "Minutes") == ["Minutes: taken. [10]"]


def test_a_meeting_says_what_came_of_each_item():
    log = place(
        HELD,
        fact("meeting.item_considered", "meeting:M1", "2026-03-12", item="10", title="Winter"),
        decision(
            "D1",
            on="2026-03-12",
            decision_makers=["body:committee"],
            outcome="approved",
            meeting="meeting:M1",
            item="4",
        ),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1", items=["4"], nature="A trustee"),
        about("meeting:M1", "meeting.conflict_managed", "2026-03-12", of=3, management="leaves-for-item"),
        fact("meeting.minutes_confirmed", "meeting:M1", "2026-04-01", record_status="confirmed"),
    )
    assert section(log, "M1", "Items") == [
        "Item 4            D1: Place Committee approved it on 12 March 2026. [12]",
        "Item 10           Considered, and nothing was decided: 'Winter'. [11]",
    ]
    assert section(log, "M1", "Interests") == ["Ada Bell, item 4: 'A trustee'. [13, 14]", "Leaves for the item."]
    assert section(log, "M1", "Minutes", on="2026-04-01")[-1] == ("2026-04-01        The minutes were confirmed. [15]")


def test_what_is_not_known_of_a_meeting_is_said():
    log = place(fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:committee"], attendance_count=7))
    assert section(log, "M1", "Present") == ["7 were present; the record gives a number only. [10]"]
    assert section(log, "M1", "Interests") == ["Whether interests were asked for is not recorded."]
    assert section(log, "M1", "Minutes") == ["Nothing is recorded of its minutes."]


def test_an_agenda_is_told_before_the_meeting():
    agenda = [{"item": "1", "title": "Apologies"}, {"item": "2"}]
    log = place(
        fact(
            "meeting.called",
            "meeting:M1",
            "2026-03-01",
            bodies=["body:committee"],
            for_when="2026-04-12",
            agenda=agenda,
        )
    )
    assert opening(log, "M1", on="2026-03-20") == ["Place Committee is to meet on 12 April 2026."]
    assert opening(log, "M1") == [
        "Place Committee was to meet on 12 April 2026.",
        "Whether it met is not recorded.",
    ]
    assert section(log, "M1", "Items") == [
        "Item 1            'Apologies' [10]",
        "Item 2            No title is recorded [10]",
    ]


# Bodies, people, posts


def seat(member, on="2025-04-01", **data):
    return fact("body.member_appointed", "body:committee", on, member=member, **data)


def test_a_body_says_what_its_terms_are_and_what_they_leave_open():
    terms = fact(
        "body.terms_adopted", "body:committee", "2025-05-01", version="2", can="decide",
        quorum_rule={"at_least": 3, "composition": [{"members": "clinicians", "at_least": 1}], "deputies_count": False},
        decision_rules=[{"rule": "majority", "base": "votes-cast", "tie": "casting-vote"}],
        escalation=[{"rung": 2, "to": "body:board", "within_days": 28}, {"rung": 1, "to": "post:director"}],
    )  # fmt: skip
    log = place(POST, terms)
    assert opening(log, "committee") == [
        "A committee of ICB Board, set up on 1 April 2025.",
        "It can decide, under its terms version 2, in force from 1 May 2025.",
    ]
    assert section(log, "committee", "Terms in force") == [
        "Quorum            3 members, with at least 1 clinicians; deputies do not count [11]",
        "Decides           By a majority, of votes cast; a tie is settled by casting vote [11]",
        "Ladder, rung 1    Place Director [11]",
        "Ladder, rung 2    ICB Board, within 28 days [11]",
        "Not recorded      Whose position is needed [11]",
    ]
    assert section(log, "committee", "Terms in force", on="2025-04-30") == ["No terms are recorded."]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ("joint-chair", "joint chair"),
        ("icb", "of an integrated care board"),
        ("foundation-trust", "of an NHS foundation trust"),
        ("council", "of Northmoor Council"),
        ("clinicians", "clinicians"),
    ],
)
def test_who_must_be_there_is_told_in_words(members, told):
    quorum = {"at_least": 3, "composition": [{"members": members, "at_least": 1}]}
    log = place(fact("body.terms_adopted", "body:committee", "2025-05-01", quorum_rule=quorum))
    assert section(log, "committee", "Terms in force")[0].startswith(
        f"Quorum            3 members, with at least 1 {told} ["
    )


def test_a_body_is_told_by_what_is_recorded_of_it_and_never_twice_by_what_is_not():
    log = place(
        fact(
            "body.constituted", "body:forum", "2025-04-01", ref="forum", name="Forum", kind_words="a meeting of leads", host=ICB
        ),
        fact(
            "body.terms_adopted", "body:forum", "2025-05-01", version="2",
            escalation=[{"rung": 1, "words": "The leads reconcile.", "within_days": 5}, {"rung": 2}],
        ),
    )  # fmt: skip
    assert opening(log, "forum") == [
        "A body, 'a meeting of leads', hosted by Northmoor ICB, set up on 1 April 2025; to whom it belongs is not recorded.",
        "It has terms, version 2, in force from 1 May 2025.",
    ]
    terms = section(log, "forum", "Terms in force")
    assert terms[:2] == [
        "Ladder, rung 1    'The leads reconcile.', within 5 days [11]",
        "Ladder, rung 2    To whom is not recorded [11]",
    ]


def test_members_are_those_of_the_day():
    log = place(
        seat("person:p-1", on_behalf_of=[ICB], role="member"),
        seat("person:p-2", on_behalf_of=[COUNCIL], role="chair", voting=True),
        about("body:committee", "body.member_ended", "2025-12-01", of=2, departure="resigned"),
    )
    assert section(log, "committee", "Members", on="2025-06-01") == [
        "Ben Cole, chair, for Northmoor Council, voting, since 1 April 2025 [11]",
        "Ada Bell, member, for Northmoor ICB, since 1 April 2025 [10]",
    ]
    assert section(log, "committee", "Members") == [
        "Ben Cole, chair, for Northmoor Council, voting, since 1 April 2025 [11]"
    ]


def test_a_member_is_one_from_the_day_of_effect_also_where_that_was_decided_later():
    log = place(
        seat("person:p-1", "2025-09-25", **{"from": "2025-07-01"}),
        seat("person:p-2", "2025-04-01"),
        about("body:committee", "body.member_ended", "2025-09-25", of=3, **{"from": "2025-07-01"}),
    )
    assert section(log, "committee", "Members", on="2025-06-30") == ["Ben Cole, since 1 April 2025 [11]"]
    assert section(log, "committee", "Members", on="2025-08-01") == ["Ada Bell, since 1 July 2025 [10]"]
    assert section(log, "committee", "Members", on="2025-08-01", known="@9") == ["No member is recorded on this day."]


def test_a_deputy_is_told_with_whom_the_deputy_stands_in_for():
    log = place(
        seat("person:p-1", role="deputy", deputy_for="person:p-2", on_behalf_of=[ICB]),
        seat("person:p-2", role="member", deputy_for="person:p-1"),
    )
    assert section(log, "committee", "Members") == [
        "Ben Cole, member, deputy for Ada Bell, since 1 April 2025 [11]",
        "Ada Bell, deputy for Ben Cole, for Northmoor ICB, since 1 April 2025 [10]",
    ]


def test_a_body_of_which_no_parent_is_recorded_says_so():
    assert opening(place(body("forum", kind="advisory-forum")), "forum") == [
        "An advisory forum, set up on 1 April 2025; to whom it belongs is not recorded."
    ]


@pytest.mark.parametrize("day", ["2025-02-01", "2025-03-10"])
def test_what_is_dated_before_a_body_begins_does_not_make_it_begin_earlier(day):
    terms = fact("body.terms_adopted", "body:board", "2025-02-28", version="1")
    with pytest.raises(NotFound) as refused:
        shown(place(terms), "board", on=day)
    assert str(refused.value) == (
        f"body:board was not there yet on {day}: it begins on 2025-04-01 [5]. Something is recorded of it from before "
        "its beginning, of 2025-02-28 [10]; `decisionlog history 'body:board'` has it."
    )
    with pytest.raises(NotFound, match=r"not there yet on 2025-03-10; what is known of it begins on 2025-04-01\."):
        shown(place(), "board", on="2025-03-10")


def test_what_has_no_day_is_not_said_to_have_been_absent_before_it_was_first_spoken_of():
    undated = {**fact("body.constituted", "body:forum", name="Forum"), "source": {"recorded_at": "2025-06-01"}}
    with pytest.raises(NotFound) as refused:
        shown(place(undated), "forum", on="2025-05-31")
    assert str(refused.value) == (
        "Nothing is known of body:forum on 2025-05-31: since when it has been there is not recorded, and it was first "
        "spoken of on 2025-06-01."
    )


def test_a_person_has_posts_and_seats_and_never_more_than_is_recorded():
    log = place(
        POST,
        fact("post.filled", "post:director", "2024-01-01", person="person:p-1", basis="interim"),
        about("post:director", "post.vacated", "2025-01-01", of=2),
        seat("person:p-1", role="observer", on_behalf_of=[TRUST]),
    )
    assert section(log, "p-1", "Posts") == [
        "Place Director, interim, since 1 January 2024, last day 31 December 2024 [11, 12]"
    ]
    assert section(log, "p-1", "Seats") == ["Place Committee, observer, for Northmoor Trust, since 1 April 2025 [13]"]
    assert section(log, "p-1", "Works for") == ["For whom the person works is not recorded."]
    assert section(log, "p-2", "Posts") == ["No post is recorded."]


def test_what_an_erased_person_did_stays():
    log = place(seat("person:p-1", role="observer"), fact("person.erased", "person:p-1", "2026-03-01"))
    assert opening(log, "p-1") == ["What names this person was erased; what the person did stays."]
    assert section(log, "p-1", "Seats") == ["Place Committee, observer, since 1 April 2025 [10]"]


def test_a_post_tells_its_holders_over_time():
    log = place(
        POST,
        fact("post.filled", "post:director", "2024-01-01", person="person:p-1"),
        about("post:director", "post.vacated", "2025-01-01", of=2),
        fact("post.filled", "post:director", "2025-02-01", person="person:p-2", basis="acting"),
    )
    assert opening(log, "director") == [
        "A post in Northmoor ICB, set up on 1 January 2024.",
        "Ben Cole holds it, acting.",
    ]
    assert opening(log, "director", on="2025-01-15")[1] == "Nobody is recorded as holding it on this day."
    assert section(log, "director", "Holders") == [
        "Ada Bell, since 1 January 2024, last day 31 December 2024 [11, 12]",
        "Ben Cole, acting, since 1 February 2025 [13]",
    ]


# Delegations


def test_a_delegation_says_what_was_given_within_what_and_whether_it_is_in_force():
    log = place(GRANT, about("delegation:S-7", "delegation.revoked", "2026-01-01"))
    assert opening(log, "S-7", on="2025-06-01") == [
        "ICB Board gave it to Place Committee, under NHS Act 2006 Sch 1B.",
        "On the day asked about it is in force.",
    ]
    assert opening(log, "S-7")[1] == "On the day asked about it is not in force: revoked on 1 January 2026."
    assert section(log, "S-7", "Within what") == [
        "Limit             Up to £50,000 [10]",
        "Onward            Whether it may be passed on is not recorded (that is not a yes) [10]",
    ]
    assert section(log, "S-7", "What happened to it") == ["2026-01-01        It was revoked. [11]"]
    assert section(log, "S-7", "Decisions that rest on it") == ["No decision that cites it is recorded."]


def test_a_variation_counts_from_its_day():
    varied = fact(
        "delegation.varied", "delegation:S-7", "2026-01-01", limits=[{"money": {"amount": 100, "currency": "GBP"}}]
    )
    log = place(GRANT, varied)
    assert section(log, "S-7", "Within what", on="2025-12-31")[0] == "Limit             Up to £50,000 [10]"
    assert section(log, "S-7", "Within what")[0] == "Limit             £1 [10, 11]"


def test_a_delegation_says_how_it_went_on_after_its_organisation_ended():
    ended = fact("organisation.dissolved", ICB, "2026-02-01")
    granted = {**GRANT, "data": {**GRANT["data"], "on_behalf_of": [ICB]}}
    told = opening(place(granted, ended), "S-7")
    assert told[2:] == ["Northmoor ICB ended on 1 February 2026; that this was continued is not recorded."]
    went_on = fact("delegation.continued", "delegation:S-7", "2026-02-01", parties=[TRUST], delegator="body:board")
    assert opening(place(granted, ended, went_on), "S-7")[2:] == [
        "It was continued for Northmoor Trust, by ICB Board, from 1 February 2026."
    ]


# Organisations, functions, places


def test_an_organisation_tells_its_duties_seats_and_positions():
    log = place(
        fact("function.duty_placed", "function:ucr", "2022-07-01", holder=ICB),
        seat("person:p-1", on_behalf_of=[ICB], role="chair"),
        proposal("P1"),
        taken(ICB, "object", version="1"),
        fact("organisation.coded", ICB, "2022-07-01", codes=[{"scheme": "ODS", "code": "QX1", "from": "2022-07-01"}]),
    )
    assert opening(log, "icb") == ["An integrated care board, a legal person."]
    assert section(log, "icb", "Codes") == ["ODS               QX1, from 1 July 2022 [14]"]
    assert section(log, "icb", "Duties") == ["Urgent response [10]"]
    assert section(log, "icb", "Seats that it fills") == ["Ada Bell on Place Committee, chair, since 1 April 2025 [11]"]
    assert section(log, "icb", "Positions that it took") == ["Objected to P1, version 1, on 13 March 2026 [13]"]


def test_an_organisation_tells_what_it_took_over_and_which_bodies_it_hosts_and_hears():
    log = place(
        fact(
            "organisation.succeeded", TRUST, "2026-01-01", successors=[{"organisation": ICB}], **{"from": "2026-02-01"}
        ),
        fact("body.constituted", "body:forum", "2025-04-01", ref="forum", name="Forum", host=ICB),
        fact("body.terms_adopted", "body:forum", "2025-04-01", version="1", reports_to=[ICB]),
        fact("body.terms_adopted", "body:committee", "2025-04-01", version="1", reports_to=[ICB]),
        fact("body.terms_adopted", "body:committee", "2025-05-01", version="2"),
    )
    assert opening(log, "icb")[1] == "It took over from Northmoor Trust on 1 February 2026."
    assert section(log, "icb", "Bodies that it hosts") == ["Forum [11]"]
    assert section(log, "icb", "Bodies that report to it") == ["Forum, under its terms version 1 [12]"]


def test_a_post_tells_which_posts_report_to_it():
    below = fact(
        "post.established", "post:lead", "2024-01-01", ref="lead", organisation=ICB, reports_to=["post:director"]
    )
    assert section(place(POST, below), "director", "Posts that report to it") == ["Post lead, in Northmoor ICB [11]"]


def test_a_function_tells_whose_duty_it_is_and_to_whom_it_was_given():
    log = place(
        fact("function.duty_placed", "function:ucr", "2022-07-01", holder=ICB),
        about("function:ucr", "function.duty_ended", "2026-01-01", of=2),
        GRANT,
    )
    assert section(log, "ucr", "Duty", on="2025-12-31") == ["Northmoor ICB [10]"]
    assert section(log, "ucr", "Duty") == ["Northmoor ICB (not on the day asked about) [10, 11]"]
    assert section(log, "ucr", "Delegations") == ["S-7, from ICB Board to Place Committee: in force [12]"]
    assert section(place(), "ucr", "Duty") == ["On whom the duty lies is not recorded."]


def test_a_place_tells_what_lies_within_it():
    log = place(
        fact(
            "place.defined",
            "place:n",
            None,
            ref="n",
            name="Northmoor",
            level="place",
            areas=[{"name": "East", "code": "E1"}],
        ),
        fact("place.defined", "place:e", None, ref="e", name="Northmoor East", level="neighbourhood", within="place:n"),
    )
    assert opening(log, "place:n") == ["A place."]
    assert section(log, "place:n", "Areas") == ["East E1 [10]"]
    assert section(log, "place:n", "Places within it") == ["Northmoor East [11]"]
    assert opening(log, "place:e") == ["A neighbourhood within Northmoor."]


# Disagreements

RAISED = fact("disagreement.raised", "disagreement:X1", "2026-03-12", ref="X1", about=["proposal:P1"], on_behalf_of=[TRUST],
              grounds="No plan.", other_side=[ICB], respond_by="2026-03-20", ladder="body:committee")  # fmt: skip


def test_a_disagreement_says_whose_move_it_is():
    up = fact(
        "disagreement.escalated", "disagreement:X1", "2026-03-21", rung=1, to="body:board", respond_by="2026-04-30"
    )
    log = place(P1, RAISED, up)
    assert opening(log, "X1", on="2026-03-20") == [
        "Northmoor Trust disagreed with P1, on 12 March 2026.",
        "It is open; an answer is awaited from Northmoor ICB by 20 March 2026.",
    ]
    assert opening(log, "X1", on="2026-03-21")[1] == "It is open; an answer is awaited from ICB Board by 30 April 2026."
    assert section(log, "X1", "Ladder") == [
        "Ladder            Place Committee [11]",
        "Rung 1            ICB Board, for an answer by 30 April 2026 [12]",
    ]


def test_nothing_more_is_awaited_once_the_dissent_is_minuted():
    up = fact("disagreement.escalated", "disagreement:X1", "2026-03-21", rung=1, to="body:board")
    minuted = fact("disagreement.dissent_recorded", "disagreement:X1", "2026-03-25", words="We were never for it.")
    assert opening(place(P1, RAISED, up, minuted), "X1")[1] == "The dissent of Northmoor Trust was recorded."
    again = {**up, "on": "2026-03-28"}
    assert opening(place(P1, RAISED, minuted, again), "X1")[1] == "It is open; an answer is awaited from ICB Board."


def test_a_disagreement_gives_the_words_of_both_sides():
    ended = fact("disagreement.overruled", "disagreement:X1", "2026-03-25", who="body:board", reasons="It has a plan.")
    log = place(P1, RAISED, ended)
    assert opening(log, "X1")[1] == "ICB Board decided against those who disagreed."
    assert section(log, "X1", "Those who disagree say") == ["Grounds           'No plan.' [11]"]
    assert section(log, "X1", "The other side says") == [
        "Other side        Northmoor ICB [11]",
        "Overruled         'It has a plan.' [12]",
    ]


def test_terms_that_both_sides_agreed_say_who_agreed():
    agreed = fact("disagreement.reconciled", "disagreement:X1", "2026-03-25", terms="A pilot.", agreed_by=[ICB, TRUST])
    silent = fact("disagreement.parked", "disagreement:X1", "2026-03-26", agreed_by=[ICB])
    assert section(place(P1, RAISED, agreed, silent), "X1", "Both sides say") == [
        "Reconciled        Agreed by Northmoor ICB and Northmoor Trust: 'A pilot.' [12]",
        "Parked            Agreed by Northmoor ICB [13]",
    ]


def test_the_ladder_of_the_terms_is_shown_with_where_it_stands():
    terms = fact(
        "body.terms_adopted",
        "body:committee",
        "2025-04-01",
        escalation=[{"rung": 1, "to": "body:board"}, {"rung": 2, "to": ICB}],
    )
    log = place(P1, terms, RAISED, fact("disagreement.escalated", "disagreement:X1", "2026-03-21", rung=2))
    assert section(log, "X1", "Ladder") == [
        "Rung 1            ICB Board [11]",
        "Rung 2            Northmoor ICB (here) [11]",
    ]


# Instruments, funds, interests


def test_an_instrument_tells_its_parties_now_and_what_rests_on_it():
    log = place(
        fact("instrument.adopted", "instrument:s75", "2025-04-01", ref="s75", name="Agreement", kind="s75-agreement",
             parties=[ICB, COUNCIL], clauses=[{"clause": "4", "title": "Money"}], review_by="2026-01-31"),
        fact("instrument.parties_changed", "instrument:s75", "2025-10-01", parties_joined=[TRUST], parties_left=[COUNCIL]),
        {**GRANT, "data": {**GRANT["data"], "instrument": "instrument:s75"}},
    )  # fmt: skip
    assert opening(log, "s75") == [
        "A section 75 agreement, in force from 1 April 2025.",
        "It is to be reviewed by 31 January 2026, a day that is over.",
        "possible: its review was due by 31 January 2026, and none is recorded by then [10] (GL33)",
    ]
    assert section(log, "s75", "Parties") == ["Northmoor ICB [10]", "Northmoor Trust [11]"]
    assert section(log, "s75", "Clauses") == ["Clause 4          'Money' [10]"]
    assert section(log, "s75", "Made under it")[0].startswith("S-7: ICB Board gave it to Place Committee")


def test_a_fund_tells_who_puts_in_what_now():
    log = place(
        fact("fund.established", "fund:f", "2025-04-01", ref="f", name="Pooled", kind="pooled", host=COUNCIL,
             parties=[ICB, COUNCIL], contributions=[{"partner": ICB, "money": {"amount": 100_00, "currency": "GBP"}}]),
        fact("fund.contribution_changed", "fund:f", "2026-01-01",
             contributions=[{"partner": ICB, "money": {"amount": 200_00, "currency": "GBP"}}]),
    )  # fmt: skip
    assert opening(log, "fund:f") == ["A pooled fund, hosted by Northmoor Council, set up on 1 April 2025."]
    assert section(log, "fund:f", "Contributions", on="2025-12-31") == ["Northmoor ICB: £100 [10]"]
    assert section(log, "fund:f", "Contributions") == ["Northmoor ICB: £200 [11]"]


def test_an_interest_says_whose_it_is():
    log = place(
        fact(
            "interest.registered",
            "interest:I1",
            "2025-01-01",
            ref="I1",
            by="person:p-1",
            kind="financial",
            nature="Shares",
        ),
        about("interest:I1", "interest.ended", "2026-01-01"),
    )
    assert opening(log, "I1", on="2025-06-01") == [
        "Ada Bell holds an interest of the kind financial, since 1 January 2025."
    ]
    assert opening(log, "I1")[1] == "It is no longer held, since 1 January 2026."
    assert section(log, "I1", "What it is") == ["Nature            'Shares' [10]"]


# Both times


def test_a_page_is_as_it_was_known():
    log = place(GRANT, corrected("delegation:S-7", "/clause", now="7.2"))
    assert ", clause 7.2." in opening(log, "S-7")[0]
    assert ", clause 7.2." not in opening(log, "S-7", known="@10")[0]
    assert (
        section(log, "S-7", "To know about the record")[1] == "Corrected by [11]: clause was not recorded, now '7.2'."
    )


def test_what_was_retracted_is_not_told():
    log = place(P1, taken(COUNCIL, "support"), about("proposal:P1", "record.retracted", of=2))
    assert section(log, "P1", "Positions on version 1") == [
        "Northmoor ICB: no position is recorded.",
        "Northmoor Council: no position is recorded.",
    ]


def test_a_long_section_is_cut_with_how_many_more():
    log = place(*(decision(f"D{n}", decision_makers=["body:committee"], outcome="noted") for n in range(15)))
    lines = section(log, "committee", "Recent decisions")
    assert len(lines) == 13
    assert lines[-1] == "... and 3 more; `decisionlog list decisions --body committee` has them."


def test_what_happened_since_does_not_hide_what_had_happened_by_then():
    def noted(n, on):
        return decision(f"D{n}", on=on, decision_makers=["body:committee"], outcome="noted")

    log = place(*(noted(n, "2025-05-01") for n in range(3)), *(noted(n, "2026-05-01") for n in range(3, 40)))
    assert len(section(log, "committee", "Recent decisions", on="2025-05-01")) == 3
    assert (
        section(log, "committee", "Recent decisions")[-1]
        == "... and 28 more; `decisionlog list decisions --body committee` has them."
    )


def test_a_page_runs_on_the_clock_of_the_sources():
    old = {"name": "minutes.csv", "recorded_at": "2024-01-10"}
    log = place({**decision("D1", on="2024-01-05", decision_makers=["body:committee"], outcome="noted"), "source": old})
    told = [line.said for one in shown(log, "committee").sections for line in one.lines]
    assert any("decision:D1" in str(said) for said in told)
    by_source = shown(log, "D1", known="2024-02-01", clock="source")
    assert by_source.thing.ref == "D1"
    with pytest.raises(NotFound):
        shown(log, "D1", known="2024-02-01")


def test_somebody_who_sits_for_two_organisations_is_listed_for_both():
    seats = [
        fact("body.member_appointed", "body:committee", "2025-04-01", member="person:p-9", on_behalf_of=[bound])
        for bound in (ICB, COUNCIL)
    ]
    people = shown(place(person("p-9"), *seats), "body:committee").people
    assert [seat.on_behalf_of for seat in people if seat.who == "person:p-9"] == [(ICB,), (COUNCIL,)]


@pytest.mark.parametrize(
    ("link", "told"), [("confirms", "which it confirms"), ("joint-with", "jointly"), ("amends", "")]
)
def test_a_decision_says_which_it_leans_on_that_no_longer_stands(link, told):
    log = given(
        decision("D1"),
        decision("D2", on="2026-03-20", links=[{"decision": "decision:D1", "link": link}]),
        about("decision:D1", "decision.voided", "2026-04-01"),
    ).log
    title = "Decisions that it leans on, and that no longer stand"
    assert title not in page(shown(log, "D2", on="2026-03-25"))
    if told:
        (line,) = section(log, "D2", title)
        assert told in line
        assert "stands as voided since 1 April 2026" in line
    else:
        assert title not in page(shown(log, "D2"))
