"""Who decided: the chain of authority, who agreed, what became of it, and what is possibly irregular."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.domain.saying import plain
from tests.questions.asking import given, in_json, page, section, story, who
from tests.scenario import about, body, corrected, decision, fact, organisation, person, proposal

ICB, COUNCIL = "organisation:icb", "organisation:council"
THINGS = [
    organisation("icb", name="Northmoor ICB"),
    organisation("council", name="Northmoor Council"),
    body("board", name="ICB Board"),
    body("committee", name="Place Committee"),
    fact("post.established", "post:director", "2024-01-01", ref="director", name="Place Director"),
    person("p-1", "Ada Bell"),
    fact("function.catalogued", "function:ucr", "2022-07-01", ref="ucr", name="Urgent response"),
]


def pounds(amount):
    return {"money": {"amount": amount * 100, "currency": "GBP"}}


def grant(key, delegator, delegate, on="2025-04-01", **data):
    return fact(
        "delegation.granted", f"delegation:{key}", on, ref=key, delegator=delegator, delegates=[delegate], **data
    )


BOARD_GAVE = grant(
    "S-7",
    "body:board",
    "body:committee",
    scope=[{"function": "function:ucr"}],
    limits=[{**pounds(500_000), "operator": "<="}],
)
COMMITTEE_GAVE = grant(
    "S-9",
    "body:committee",
    "post:director",
    scope=[{"function": "function:ucr"}],
    limits=[{**pounds(100_000), "operator": "<="}],
)


def made(under="S-9", **data):
    known = {"decision_makers": ["post:director"], "on_behalf_of": [ICB], "outcome": "approved"}
    return decision(
        "D1", **{**known, "authority": [{"on_behalf_of": [ICB], "delegation": f"delegation:{under}"}], **data}
    )


def log_of(*more):
    return given(*THINGS, *more).log


def chain(log, **at):
    (decided,) = who(log, "D1", **at).items
    return [(hop.delegation, hop.step, hop.rests) for hop in decided.authority]


def irregular(log, **at):
    (decided,) = who(log, "D1", **at).items
    return [plain(one.said) for one in decided.findings if one.evidenced]


# The sentence


def test_the_first_paragraph_is_a_plain_sentence():
    log = log_of(BOARD_GAVE, COMMITTEE_GAVE, made())
    assert page(who(log, "D1"))[1] == (
        "Place Director approved this on 20 March 2026, on behalf of Northmoor ICB, under delegation S-9 [11]."
    )


def test_noting_is_not_deciding():
    log = log_of(
        decision("D1", decision_makers=["body:committee"], on_behalf_of=[ICB], asked_to="note", outcome="noted")
    )
    assert (
        "Place Committee noted this on 20 March 2026, on behalf of Northmoor ICB, having been asked to note, "
        in page(who(log, "D1"))[1]
    )


def test_of_what_nobody_is_recorded_to_have_decided_the_sentence_says_so_once():
    log = log_of(decision("D1", "2026-03", outcome="approved-in-part", outcome_words="In part"))
    assert page(who(log, "D1"))[1] == (
        "Approved in part ('In part') in March 2026; by whom, on whose behalf and under what authority is not recorded [9]."
    )


def test_a_person_who_decided_is_not_asked_for_again():
    log = log_of(BOARD_GAVE, COMMITTEE_GAVE, made(decision_makers=["person:p-1"]))
    assert not [line for line in page(who(log, "D1")) if line.startswith("  People")]
    assert "  People            not recorded" in page(who(log_of(BOARD_GAVE, COMMITTEE_GAVE, made()), "D1"))


def test_what_goes_by_its_reference_is_called_by_its_name_and_not_by_its_kind_as_well():
    group = body("Working Group", name="Working Group")
    log = log_of(
        group, proposal("P1", title="P1"), decision("D1", decision_makers=["body:Working Group"], outcome="noted")
    )
    assert page(who(log, "D1"))[1].startswith("Working Group noted this on 20 March 2026, ")
    assert page(story(log, "Working Group"))[0] == "body:Working Group"
    assert page(who(log, "P1"))[0] == "P1:"


def test_a_note_on_a_later_fact_says_of_which():
    log = log_of(
        decision("D1", outcome="approved"),
        about("decision:D1", "decision.published", on="2026-03-21", of=1),
        corrected("decision:D1", "/on", "2026-03-20", "2026-03-19"),
        corrected("decision:D1", "/on", "2026-03-21", "2026-03-20", of=2),
    )
    lines = [line.removeprefix("  Note").strip() for line in page(who(log, "D1"))]
    assert "Corrected by [11]: date was 20 March 2026, now 19 March 2026." in lines
    assert "Of [10]: Corrected by [12]: date was 21 March 2026, now 20 March 2026." in lines


# The chain


def test_the_chain_goes_up_by_the_recorded_parent():
    log = log_of(BOARD_GAVE, {**COMMITTEE_GAVE, "data": {**COMMITTEE_GAVE["data"], "parent": "delegation:S-7"}}, made())
    assert chain(log) == [
        ("delegation:S-9", 0, ""),
        ("delegation:S-7", 1, "recorded as what it was made under"),
    ]


def test_the_chain_goes_up_by_the_decision_that_made_the_grant():
    granting = decision(
        "D0",
        on="2025-03-20",
        decision_makers=["body:committee"],
        outcome="delegated",
        authority=[{"delegation": "delegation:S-7"}],
    )
    log = log_of(
        BOARD_GAVE,
        granting,
        {**COMMITTEE_GAVE, "data": {**COMMITTEE_GAVE["data"], "by_decision": "decision:D0"}},
        made(),
    )
    assert chain(log)[1:] == [("delegation:S-7", 1, "relied on by decision:D0, which made the grant")]


def test_what_the_delegator_had_for_the_same_function_is_only_possible():
    log = log_of(BOARD_GAVE, COMMITTEE_GAVE, made())
    (stream, step, rests), *_ = chain(log)[1:]
    assert (stream, step) == ("delegation:S-7", 1)
    assert rests.startswith("possible: ")
    other = {**BOARD_GAVE, "data": {**BOARD_GAVE["data"], "scope": []}}
    assert chain(log_of(other, COMMITTEE_GAVE, made()))[1:] == []


def placed(holder=ICB):
    return about("function:ucr", "function.duty_placed", "2022-07-01", holder=holder, legal_basis="nhsa2006-s3")


def kinds(log, **at):
    (decided,) = who(log, "D1", **at).items
    return [(hop.kind, hop.step, " and ".join(hop.to)) for hop in decided.authority]


def acting():
    return body("exec", name="Executive", kind="executive", parents=[{"parent": ICB}])


UCR = {"functions": ["function:ucr"]}


def test_the_chain_goes_up_to_the_duty_and_the_law():
    gave = grant("S-8", "body:exec", "post:director", scope=[{"function": "function:ucr"}])
    log = log_of(acting(), placed(), gave, made("S-8", **UCR))
    assert kinds(log) == [
        ("delegation", 0, "post:director"),
        ("acts", 1, "body:exec"),
        ("duty", 2, "organisation:icb"),
    ]
    said = " ".join(line.strip() for line in page(who(log, "D1")))
    assert "which rests on the duty: NHS Act 2006 s3 places Urgent response on Northmoor ICB: in force" in said


def test_where_no_delegation_is_cited_the_maker_itself_is_followed_up():
    log = log_of(
        acting(),
        placed(),
        decision(
            "D1",
            decision_makers=["body:exec"],
            on_behalf_of=[ICB],
            authority=[{"legal_basis": "original-power"}],
            **UCR,
        ),
    )
    assert kinds(log) == [("delegation", 0, "body:exec"), ("acts", 1, "body:exec"), ("duty", 2, "organisation:icb")]


def joint():
    """A committee decides for two organisations, by one delegation that both gave."""
    gave = grant(
        "S-8", ICB, "body:committee", scope=[{"function": "function:ucr"}], on_behalf_of=[ICB, COUNCIL],
        legal_basis="mou", limits=[{**pounds(500_000), "operator": "<="}],
    )  # fmt: skip
    return gave, decision(
        "D1", decision_makers=["body:committee"], on_behalf_of=[ICB, COUNCIL], authority=[{"delegation": "delegation:S-8"}],
        value=[pounds(990_000)], **UCR,
    )  # fmt: skip


def test_a_joint_decision_is_followed_up_for_each_whom_it_binds():
    log = log_of(placed(), placed(COUNCIL), *joint())
    (decided,) = who(log, "D1").items
    assert [(hop.kind, hop.step, hop.from_) for hop in decided.authority] == [
        ("delegation", 0, ICB),
        ("duty", 1, "the law"),
        ("delegation", 0, COUNCIL),
        ("duty", 1, "the law"),
    ]
    assert sum("by which no function can be given" in one for one in irregular(log)) == 1, irregular(log)


def test_of_a_joint_decision_it_is_said_for_whom_no_duty_is_on_record():
    log = log_of(placed(), *joint())
    (decided,) = who(log, "D1").items
    assert [hop.from_ for hop in decided.authority if hop.delegation] == [ICB, COUNCIL]
    said = [line for line in page(who(log, "D1")) if "from Northmoor Council to" in line]
    assert "(on what its power rests is not on record)" in " ".join(page(who(log, "D1")))
    assert said


def test_what_fails_on_the_way_up_is_told_with_the_step():
    early = grant(
        "S-8",
        "body:exec",
        "body:committee",
        on="2025-06-01",
        scope=[{"function": "function:ucr"}],
        onward={"rule": "prohibited"},
    )
    onward = grant("S-9", "body:committee", "post:director", on="2025-07-01", scope=[{"function": "function:ucr"}])
    filled = about("post:director", "post.filled", "2025-01-01", person="person:p-1", basis="substantive")
    log = log_of(acting(), placed(), filled, early, onward, made("S-9", **UCR))
    document = in_json(who(log, "D1"))
    assert {"name": "onward", "outcome": "fails"}.items() <= next(
        test for test in document["authority"][0]["tests"] if test["name"] == "onward"
    ).items()


def test_a_delegation_that_was_over_is_still_followed_up_from_whoever_gave_it():
    over = grant("S-8", "body:exec", "post:director", scope=[{"function": "function:ucr"}], until="2026-01-01")
    log = log_of(acting(), placed(), over, made("S-8", **UCR))
    assert [kind for kind, _, _ in kinds(log)] == ["delegation", "acts", "duty"]


def test_a_circle_of_delegations_is_passed_once():
    one = grant("A", "body:board", "body:committee")
    log = log_of(
        grant("S-9", "body:committee", "post:director"),
        {**one, "data": {**one["data"], "parent": "delegation:S-9"}},
        corrected("delegation:S-9", "/parent", now="delegation:A"),
        made(),
    )
    assert [stream for stream, _, _ in chain(log)] == ["delegation:S-9", "delegation:A"]


def test_the_chain_is_as_it_was_known():
    log = log_of(BOARD_GAVE, COMMITTEE_GAVE, made(), corrected("delegation:S-9", "/parent", now="delegation:S-7"))
    assert chain(log)[1][2] == "recorded as what it was made under"
    assert chain(log, known="@11")[1][2].startswith("possible: ")


# What is possibly irregular


@pytest.mark.parametrize(
    ("more", "rule", "said"),
    [
        (made(value=[pounds(100_001)]), "GL01", "£100,001 is over the limit"),
        (made(under="S-7"), "GL06", "and not to whoever decided"),
    ],
)
def test_what_does_not_add_up_about_it_is_said_with_its_rule(more, rule, said):
    log = log_of(BOARD_GAVE, COMMITTEE_GAVE, more)
    (decided,) = who(log, "D1").items
    assert rule in [one.rule for one in decided.findings], [plain(one.said) for one in decided.findings]
    shown = " ".join(page(who(log, "D1")))
    assert f"({rule})" in shown
    assert said in shown
    assert rule in [one["rule"] for one in in_json(who(log, "D1"))["findings"]]


def test_what_is_owed_under_what_it_relied_on_is_told_on_the_page_of_that_alone():
    reported = [{"to": "body:board", "every": "quarterly", "next_due": "2026-01-31"}]
    given = {**COMMITTEE_GAVE, "data": {**COMMITTEE_GAVE["data"], "reporting": reported}}
    shown = " ".join(page(who(log_of(BOARD_GAVE, given, made()), "D1")))
    assert "a report to " not in shown
    assert ": possible: its value" not in " ".join(
        page(who(log_of(BOARD_GAVE, COMMITTEE_GAVE, made(value=[pounds(100_001)])), "D1"))
    )


# Positions, conditions, interests


def taken_on(day, who_, position, **data):
    return fact("proposal.position_taken", "proposal:P1", day, on_behalf_of=[who_], position=position, **data)


DECIDED_ON_P1 = decision("D1", proposals=[{"proposal": "proposal:P1"}], outcome="approved")
"""On 20 March 2026."""


def of_groups(log, **at):
    labels = ("Positions", "Agreed", "Did not agree", "Neither", "No longer held", "Since then")
    lines = page(who(log, "D1", **at))
    return {label: each[20:] for label in labels for each in lines if each.startswith(f"  {label} ")}


def test_what_was_said_after_the_decision_does_not_stand_as_if_it_had_been_said_before():
    log = log_of(
        proposal("P1"),
        taken_on("2026-03-20", ICB, "support"),
        taken_on("2026-03-25", COUNCIL, "object"),
        DECIDED_ON_P1,
    )
    assert of_groups(log) == {
        "Agreed": "Northmoor ICB: support [10]",
        "Since then": "Northmoor Council: object on 25 March 2026 [11]",
    }
    assert [each["after"] for each in in_json(who(log, "D1"))["positions"]] == [False, True]


def test_what_was_replaced_after_the_decision_stands_as_it_stood_then():
    log = log_of(
        proposal("P1"),
        taken_on("2026-03-13", ICB, "object"),
        taken_on("2026-03-18", ICB, "support", replaces={"stream": "proposal:P1", "n": 2}),
        taken_on("2026-03-25", ICB, "object", replaces={"stream": "proposal:P1", "n": 3}),
        DECIDED_ON_P1,
    )
    assert of_groups(log) == {
        "Agreed": "Northmoor ICB: support on 18 March 2026, later withdrawn or replaced [11]",
        "No longer held": "Northmoor ICB: object on 13 March 2026 [10]",
        "Since then": "Northmoor ICB: object on 25 March 2026 [12]",
    }


def test_positions_that_all_came_later_leave_none_for_then():
    log = log_of(proposal("P1"), taken_on("2026-04", ICB, "support"), DECIDED_ON_P1)
    assert of_groups(log) == {
        "Positions": "not recorded by then",
        "Since then": "Northmoor ICB: support in April 2026 [10]",
    }


def test_where_a_day_is_not_recorded_nothing_is_said_to_be_later():
    undated = {**DECIDED_ON_P1}
    del undated["on"]
    log = log_of(proposal("P1"), taken_on("2026-03-25", ICB, "support"), undated)
    assert of_groups(log) == {"Agreed": "Northmoor ICB: support on 25 March 2026 [10]"}
    unsaid = taken_on("2026-03-25", COUNCIL, "object")
    del unsaid["on"]
    log = log_of(proposal("P1"), unsaid, DECIDED_ON_P1)
    assert of_groups(log) == {"Did not agree": "Northmoor Council: object [10]"}


def test_a_position_that_was_corrected_says_so():
    log = log_of(
        proposal("P1"),
        taken_on("2026-03-20", ICB, "object"),
        DECIDED_ON_P1,
        corrected("proposal:P1", "/position", was="object", now="support", of=2),
    )
    assert of_groups(log) == {"Agreed": "Northmoor ICB: support, corrected by [12] [10]"}
    found = in_json(who(log, "D1"))
    assert found["positions"][0]["evidence"] == [10, 12]
    assert 12 in found["evidence"]
    assert of_groups(log, known="@11") == {"Did not agree": "Northmoor ICB: object [10]"}


def test_the_same_positions_of_several_determinations_are_told_once():
    both = [
        decision(ref, proposals=[{"proposal": "proposal:P1"}], outcome=outcome, decision_makers=[maker])
        for ref, outcome, maker in (("D1", "approved", "body:committee"), ("D2", "noted", "body:board"))
    ]
    log = log_of(proposal("P1"), taken_on("2026-03-20", ICB, "support"), *both)
    lines = page(who(log, "P1"))
    assert [line for line in lines if "support" in line] == ["  Agreed            Northmoor ICB: support [10]"]
    assert lines.count("  Positions and disagreements: as above") == 1
    assert [len(each["positions"]) for each in in_json(who(log, "P1"))["items"]] == [1, 1]


def test_that_a_version_is_not_recorded_is_told_once():
    first, second = taken_on("2026-03-20", ICB, "support"), taken_on("2026-03-20", COUNCIL, "object")
    lines = section(log_of(proposal("P1"), first, second), "P1", "Positions")
    assert lines == [
        "Northmoor ICB supported it. [10]",
        "Northmoor Council objected to it. [11]",
        "On which version is not recorded. [10, 11]",
    ]
    some = taken_on("2026-03-20", ICB, "support", version="1")
    lines = section(log_of(proposal("P1", version="1"), some, second), "P1", "Positions on version 1")
    assert lines[-1] == "Where none is named, on which version is not recorded. [11]"


def at_a_meeting(*attendance):
    named = [one["by"].partition(":")[2] for one in attendance if one.get("by", "person:p-1") != "person:p-1"]
    return log_of(
        *map(person, named),
        fact("meeting.held", "meeting:M1", "2026-03-20", ref="M1", bodies=["body:board"], attendance=attendance),
        decision("D1", decision_makers=["body:board"], outcome="approved", meeting="meeting:M1"),
    )


def people(log):
    return next(each[20:] for each in page(who(log, "D1")) if each.startswith("  People "))


def test_who_was_present_where_it_met_stands_for_the_people_that_are_not_recorded():
    log = at_a_meeting(
        {"by": "person:p-1", "presence": "present"},
        {"by": "person:p-2", "presence": "part"},
        {"by": "person:p-3", "presence": "apologies"},
    )
    assert people(log) == "not recorded; present at M1: Ada Bell and person p-2 [11]"
    assert 11 in in_json(who(log, "D1"))["evidence"]


def test_where_many_were_present_or_not_all_are_named_the_meeting_is_pointed_to():
    many = [{"by": f"person:p-{n}", "presence": "present"} for n in range(1, 14)]
    assert people(at_a_meeting(*many)) == "not recorded; see who was present at M1 [21]"
    assert people(at_a_meeting(many[0], {"presence": "present"})) == "not recorded; see who was present at M1 [9]"
    assert people(at_a_meeting({"by": "person:p-1", "presence": "absent"})) == "not recorded"


def test_a_conflict_that_was_not_managed_as_intended_is_told_so():
    log = log_of(
        fact("meeting.held", "meeting:M1", "2026-03-20", ref="M1", bodies=["body:board"]),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-20", by="person:p-1", nature="Shares", items=["4"]),
        about("meeting:M1", "meeting.conflict_managed", "2026-03-20", of=2, as_intended=False, words="He had stayed."),
        decision("D1", outcome="approved", meeting="meeting:M1", item="4"),
    )
    told = "Ada Bell, item 4: 'Shares'; not managed as intended: 'He had stayed.' [10, 11]"
    assert any(line.endswith(told) for line in page(who(log, "D1")))
    assert "Not managed as intended: 'He had stayed.'" in section(log, "M1", "Interests")
    assert any(
        "A conflict of interest was not managed as intended: 'He had stayed.'" in line
        for line in page(story(log, "M1"))
    )


def test_who_only_attended_a_meeting_is_not_among_those_who_were_present():
    there = {"by": "person:p-1", "presence": "present"}
    officer = {"by": "person:p-2", "presence": "present", "role": "in-attendance"}
    assert people(at_a_meeting(there, officer)) == "not recorded; present at M1: Ada Bell [10]"


def test_what_a_partner_said_of_the_version_that_was_decided_takes_the_place_of_what_it_said_before():
    def took(who_, position, version, **data):
        said = {"on_behalf_of": [who_], "position": position, "version": version, **data}
        return fact("proposal.position_taken", "proposal:P1", "2026-03-13", **said)

    log = log_of(
        proposal("P1", version="1"),
        took(COUNCIL, "support", "1"),
        took(ICB, "support", "1"),
        took(COUNCIL, "support", "1", capacity="leader"),
        fact("proposal.revised", "proposal:P1", "2026-03-13", version="2"),
        took(COUNCIL, "object", "2"),
        decision("D1", proposals=[{"proposal": "proposal:P1", "version": "2"}], outcome="approved"),
    )
    lines = page(who(log, "D1"))
    where = {
        line[2:20].strip(): line[20:] for line in lines if line[2:20].strip() in {"Agreed", "Did not agree", "Before"}
    }
    assert where == {
        "Agreed": "Northmoor ICB: support on 13 March 2026, on version 1, stale: another version was decided [11]",
        "Did not agree": "Northmoor Council: object on 13 March 2026, on version 2 [14]",
        "Before": "Northmoor Council: support on 13 March 2026, on version 1, stale: another version was decided [10]",
    }


def test_those_who_agreed_and_those_who_did_not_stand_apart():
    def took(who_, position, **data):
        return fact(
            "proposal.position_taken", "proposal:P1", "2026-03-13", on_behalf_of=[who_], position=position, **data
        )

    log = log_of(
        proposal("P1", version="1"),
        took(ICB, "support", version="1"),
        took(COUNCIL, "object", version="2"),
        decision("D1", proposals=[{"proposal": "proposal:P1", "version": "2"}], outcome="approved"),
    )
    lines = page(who(log, "D1"))
    assert (
        "  Agreed            Northmoor ICB: support on 13 March 2026, on version 1, stale: another version was decided [10]"
        in lines
    )
    assert "  Did not agree     Northmoor Council: object on 13 March 2026, on version 2 [11]" in lines
    assert [each["stale"] for each in in_json(who(log, "D1"))["positions"]] == [True, False]


def test_conditions_are_told_with_how_they_stand():
    conditions = [{"id": "C1", "words": "A plan.", "kind": "precedent"}, {"id": "C2", "words": "A report."}]
    log = log_of(
        decision("D1", outcome="approved", conditions=conditions),
        about("decision:D1", "condition.waived", "2026-04-01", condition="C1"),
    )
    lines = page(who(log, "D1"))
    assert "  Conditions        C1: 'A plan.' (precedent): waived on 1 April 2026 [9, 10]" in lines
    assert "                    C2: 'A report.': nothing further is recorded of it [9]" in lines
    assert [each["state"] for each in in_json(who(log, "D1", on="2026-03-31"))["conditions"]] == ["stated", "stated"]


def test_interests_are_told_with_how_they_were_managed():
    log = log_of(
        fact("meeting.held", "meeting:M1", "2026-03-20", bodies=["body:committee"]),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-20", by="person:p-1", items=["4"], nature="Shares"),
        about("meeting:M1", "meeting.conflict_managed", "2026-03-20", of=2, management="leaves-for-item"),
        decision("D1", outcome="approved", meeting="meeting:M1", item="4"),
        decision("D2", outcome="approved", meeting="meeting:M1", item="5"),
        decision("D3", outcome="approved", meeting="meeting:M1", item="6", on="2026-03-19"),
    )
    assert any(
        line.endswith("Ada Bell, item 4: 'Shares'; managed: leaves for the item [10, 11]")
        for line in page(who(log, "D1"))
    )
    assert "  Interests         none declared" in page(who(log, "D2"))  # whoever declared one had been asked
    assert "  Interests         not recorded" in page(who(log, "D3"))


# Items of a meeting

MEETING = [
    fact("meeting.held", "meeting:M1", "2026-03-20", ref="M1", bodies=["body:committee"]),
    fact("meeting.item_considered", "meeting:M1", "2026-03-20", item="5"),
    decision("D1", outcome="approved", meeting="meeting:M1", item="4"),
    decision("D2", outcome="noted", meeting="meeting:M1", item="6"),
    decision("D3", outcome="approved", meeting="meeting:M1", en_bloc={"covers": ["7", "8", "9"], "excepted": ["8"]}),
]


@pytest.mark.parametrize(("item", "refs"), [("4", ["D1"]), ("6", ["D2"]), ("7", ["D3"]), ("9", ["D3"])])
def test_an_item_of_a_meeting_is_answered_with_what_was_decided_on_it(item, refs):
    log = log_of(*MEETING)
    for answer in (who(log, f"M1#{item}"), who(log, "M1", item=item)):
        assert [decided.decision["ref"] for decided in answer.items] == refs
        assert in_json(answer)["item"] == item
    assert page(who(log, f"M1#{item}"))[0] == f"1 determination of item {item} of M1."


def test_an_item_on_which_nothing_was_decided_says_so():
    answer = who(log_of(*MEETING), "M1#5")
    assert answer.items == ()
    assert answer.notes == ("Item 5 was considered and nothing was decided on it [10].",)


def test_an_item_of_which_nothing_is_recorded_is_not_found():
    with pytest.raises(NotFound, match=r"meeting:M1 has no item '99' on record\. Its items are: 4, 5, 6, 7, 8, 9\."):
        who(log_of(*MEETING), "M1#99")


def test_an_item_that_was_taken_out_of_a_decision_en_bloc_says_so():
    answer = who(log_of(*MEETING), "M1#8")
    assert answer.items == ()
    assert answer.notes == (
        "Item 8 was taken out of what D3 decided en bloc; no determination of it is recorded [13].",
    )


def test_an_item_that_was_taken_out_and_decided_alone_is_answered_with_that_decision():
    log = log_of(*MEETING, decision("D4", outcome="rejected", meeting="meeting:M1", item="8"))
    assert [decided.decision["ref"] for decided in who(log, "M1#8").items] == ["D4"]


def test_a_decision_is_found_by_the_meeting_and_the_item_that_a_correction_gave_it():
    moved = corrected("decision:D1", "/meeting", was="meeting:M1", now="meeting:M2")
    log = log_of(*MEETING, fact("meeting.held", "meeting:M2", "2026-03-20", ref="M2", bodies=["body:committee"]), moved)
    assert [decided.decision["ref"] for decided in who(log, "M1").items] == ["D2", "D3"]
    assert [decided.decision["ref"] for decided in who(log, "M2").items] == ["D1"]
    assert [decided.decision["ref"] for decided in who(log, "M2#4").items] == ["D1"]
    assert [decided.decision["ref"] for decided in who(log, "M1", known="@13").items] == ["D1", "D2", "D3"]
    with pytest.raises(NotFound, match=r"Its items are: 5, 6, 7, 8, 9\."):
        who(log, "M1#4")


def test_a_decision_is_found_by_the_item_that_a_correction_gave_it():
    log = log_of(*MEETING, corrected("decision:D1", "/item", was="4", now="11"))
    assert [decided.decision["ref"] for decided in who(log, "M1#11").items] == ["D1"]
    with pytest.raises(NotFound):
        who(log, "M1#4")


def test_a_decision_is_found_by_the_proposal_that_a_correction_gave_it():
    disposing = decision("D9", proposals=[{"proposal": "proposal:P1"}])
    log = log_of(
        proposal("P1"), proposal("P2"), disposing,
        corrected("decision:D9", "/proposals/0/proposal", was="proposal:P1", now="proposal:P2"),
    )  # fmt: skip
    assert who(log, "P1").items == ()
    assert [decided.decision["ref"] for decided in who(log, "P2").items] == ["D9"]


def test_an_item_that_only_facts_of_other_things_name_is_on_record():
    log = log_of(
        *MEETING,
        fact("decision.reported_back", "decision:D1", "2026-03-20", meeting="meeting:M1", item="10"),
        fact("decision.reported_back", "decision:D2", "2026-03-20", meeting="meeting:M1", item="1"),
    )
    assert who(log, "M1#10").notes == ("Item 10 is on record; no determination of it is recorded [14].",)
    with pytest.raises(NotFound, match=r"Its items are: 1, 4, 5, 6, 7, 8, 9, 10\."):
        who(log, "M1#2")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "Noted on 20 March 2026; by whom is not recorded [9]."),
        (
            {"decision_makers": ["body:committee"]},
            "Place Committee noted this on 20 March 2026, on whose behalf is not recorded, under an authority that is not recorded [9].",
        ),
    ],
)
def test_what_was_noted_by_nobody_who_is_recorded_is_told_in_short(more, sentence):
    assert page(who(log_of(decision("D1", outcome="noted", **more)), "D1"))[1] == sentence


def test_a_reference_may_hold_the_mark_of_an_item():
    log = log_of(decision("Motion #4", outcome="approved"))
    assert who(log, "Motion #4").asked == "decision:Motion #4"


def test_only_a_meeting_has_items():
    with pytest.raises(BadInput, match="has no items"):
        who(log_of(*MEETING), "D1", item="4")
    with pytest.raises(Refusal, match="is of kind body"):
        who(log_of(), "committee")
