"""Who was accountable and who could: from facts to the answer, on both clocks, as people and as programs read it."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.domain.saying import plain
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.accountable.who_could import who_could
from decisionlog.render.markdown import MarkdownPage
from decisionlog.render.mermaid import mermaid
from decisionlog.render.page import Page
from decisionlog.render.text import text
from tests.questions.asking import given, in_json, put
from tests.scenario import about, body, fact, organisation, person, proposal

ICB, NEXT = "organisation:icb", "organisation:next"
F = {"functions": ["function:ucr"]}
OTHER = body("other", name="Other Committee", kind="committee")
THINGS = [
    organisation("icb", name="Northmoor ICB", kind="icb"),
    body("board", name="ICB Board", kind="board", parents=[{"parent": ICB}]),
    body("committee", name="Place Committee", kind="committee"),
    fact("place.defined", "place:north", "2022-07-01", ref="north", name="North"),
    fact("function.catalogued", "function:ucr", "2022-07-01", ref="ucr", name="Urgent response"),
    about("function:ucr", "function.duty_placed", "2022-07-01", holder=ICB, legal_basis="nhsa2006-s3"),
]


def pounds(amount):
    return {"money": {"amount": amount * 100, "currency": "GBP"}}


def grant(key, delegator, delegate, on="2025-04-01", **data):
    scope = [{"function": "function:ucr"}]
    return fact(
        "delegation.granted", f"delegation:{key}", on, ref=key, delegator=delegator, delegates=[delegate], scope=scope,
        **data,
    )  # fmt: skip


GAVE = grant("S-7", "body:board", "body:committee", limits=[{**pounds(500_000), "operator": "<="}])


def log_of(*more):
    return given(*THINGS, *more).log


def about_it(ref, place, value, fund):
    amount = {"amount": value * 100, "currency": "GBP"} if value is not None else None
    return About(ref, place, amount, fund)


def accountable(log, ref="ucr", place=None, value=None, fund=None, **at):
    return put(who_accountable, log, about_it(ref, place, value, fund), **at)


def could(log, ref="ucr", place=None, value=None, fund=None, **at):
    return put(who_could, log, about_it(ref, place, value, fund), **at)


def lines(answer, page=None):
    return list(text(answer, page or Page(None)))


def chains(answer):
    return [" > ".join(" and ".join(hop.to) for hop in chain) for chain in answer.chains]


# As people read it


def test_the_first_lines_are_plain_sentences():
    answer = accountable(log_of(GAVE), on="2025-10-01")
    assert lines(answer)[:4] == [
        "On 1 October 2025, as known today, Northmoor ICB was accountable for Urgent response.",
        "It could be decided by Place Committee, for Northmoor ICB, up to £500,000.",
        "Those who passed it on could decide it too: ICB Board, for Northmoor ICB.",
        "In order, as far as is recorded: the power comes down from the duty, and no problem is known.",
    ]


def test_several_who_could_decide_are_told_a_line_each_and_of_several_limits_by_which_delegation():
    fund = fact("fund.established", "fund:pool", "2025-01-01", ref="pool", name="Pooled Fund", host=ICB)
    more = grant(
        "S-8", "body:board", "body:committee", limits=[{**pounds(9_000), "operator": "<", "fund": "fund:pool"}]
    )
    other = grant("S-9", "body:board", "body:other")
    said = lines(accountable(log_of(fund, OTHER, GAVE, more, other), on="2025-10-01"))
    assert said[1:5] == [
        "It could be decided by",
        "  Place Committee, for Northmoor ICB, up to £500,000 (S-7) and below £9,000 from Pooled Fund (S-8);",
        "  Other Committee, for Northmoor ICB.",
        "Those who passed it on could decide it too: ICB Board, for Northmoor ICB.",
    ]


@pytest.mark.parametrize(
    ("at", "beginning"),
    [
        ({}, "Now, Northmoor ICB is accountable"),
        ({"on": "2025-10"}, "At the end of October 2025, as known today, Northmoor ICB was accountable"),
        ({"on": "2025-10-01T10:00Z"}, "At 1 October 2025, 10:00 UTC, as known today, Northmoor ICB was accountable"),
        ({"on": "2030-01-01"}, "On 1 January 2030, as known today, Northmoor ICB will be accountable"),
        ({"on": "2026-06-01", "known": "2026-06-01"}, "On 1 June 2026, as known then, Northmoor ICB was accountable"),
        ({"on": "2026-06-01", "known": "@8"}, "On 1 June 2026, as known at position 8, Northmoor ICB was accountable"),
    ],
)
def test_the_first_line_says_of_when_and_as_known_when(at, beginning):
    assert lines(accountable(log_of(GAVE), **at))[0].startswith(beginning)


def test_a_step_that_fails_is_marked_and_says_why():
    said = lines(accountable(log_of(GAVE), value=600_000, on="2025-10-01"))
    assert "     PROBLEM: over the limit (up to £500,000) [8]" in said
    assert "  Irregular         possible: £600,000 is over the limit (up to £500,000) of S-7 [8]" in said
    assert said[1] == "It could be decided at £600,000 by ICB Board, for Northmoor ICB."


def test_nobody_with_the_duty_is_said_in_the_first_line_with_when_it_was_placed():
    said = lines(accountable(log_of(), on="1999-01-01"))
    assert said[:3] == [
        "On 1 January 1999, as known today, nobody on record was accountable for Urgent response.",
        "Nobody on record could decide it.",
        "A gap: nobody is recorded with the duty.",
    ]
    assert any("The duty is recorded as placed on Northmoor ICB from 1 July 2022 on." in line for line in said)
    assert any("lies before the log's first fact" in line for line in said)


def test_what_begins_as_another_chain_is_not_shown_again():
    said = lines(accountable(log_of(GAVE, OTHER, grant("S-8", "body:board", "body:other")), on="2025-10-01"))
    assert "  1. to 2. are as in chain 1." in said


def test_the_answer_makes_a_page_of_markdown_and_a_chart():
    answer = accountable(log_of(GAVE), on="2025-10-01")
    assert "## Chain 1: Northmoor ICB \\> ICB Board \\> Place Committee (S-7)" in lines(answer, MarkdownPage())
    chart = list(mermaid(answer))
    assert chart[0] == "flowchart TD"
    assert '  n3 -->|"S-7, up to £500,000"| n4' in chart


def test_what_a_name_holds_is_no_markup_in_a_chart():
    bad = organisation("evil", name='"]; click x "javascript:alert(1)" <b>', kind="icb")
    log = given(*THINGS, bad, grant("S-9", ICB, "organisation:evil")).log
    chart = "\n".join(mermaid(accountable(log, on="2025-10-01")))
    assert "<b>" not in chart
    assert "#34;#93;#59; click x" in chart


def test_for_programs_every_role_and_every_step_has_its_facts():
    document = in_json(accountable(log_of(GAVE), on="2025-10-01", value=100))
    assert set(document["roles"]) == {
        "duty_holders", "answerable_to", "decision_makers", "liability", "delivery", "consulted", "commitments", "oversight",
    }  # fmt: skip
    assert all(document["basis"].values())
    assert document["classification"] == "complete"
    (chain,) = document["chains"]
    assert [hop["from"] for hop in chain] == ["the law", ICB, "body:board"]
    assert all({"from", "to", "legal_basis", "instrument", "limits", "valid", "evidence"} <= set(hop) for hop in chain)
    assert all(hop["evidence"] for hop in chain)
    assert all(entry["evidence"] for entries in document["roles"].values() for entry in entries)
    assert set(document["evidence"]) >= {position for hop in chain for position in hop["evidence"]}


# What is asked about


def test_a_decision_asks_about_its_functions_places_amount_and_day():
    taken = fact(
        "decision.taken", "decision:D1", "2025-06-01", ref="D1", functions=["function:ucr"], places=["place:north"],
        value=[pounds(600_000)], decision_makers=["body:committee"],
    )  # fmt: skip
    answer = accountable(log_of(GAVE, taken), "D1")
    assert answer.basis.as_at == "2025-06-01"
    assert answer.asked.places == ("place:north",)
    assert [one.test for one in answer.findings] == ["limit"]
    asked_besides = accountable(log_of(GAVE, taken), "D1", on="2025-07-01", value=5)
    assert (asked_besides.basis.as_at, asked_besides.findings) == ("2025-07-01", ())


def test_a_delegation_of_a_proposal_is_found_by_the_decision_that_disposes_of_it():
    paper = proposal("P1", functions=["function:ucr"])
    matter = fact(
        "delegation.granted", "delegation:M", "2025-04-01", ref="M", delegator="body:board", delegates=["body:committee"],
        matters=["proposal:P1"],
    )  # fmt: skip
    taken = fact("decision.taken", "decision:D1", "2025-06-01", ref="D1", proposals=[{"proposal": "proposal:P1"}], **F)
    log = log_of(paper, matter, taken)
    assert chains(could(log, "D1")) == ["organisation:icb > body:board > body:committee"]
    assert chains(could(log, "proposal:P1")) == ["organisation:icb > body:board > body:committee"]
    assert chains(could(log, on="2025-06-01")) == ["organisation:icb > body:board"]


def test_what_a_decision_does_not_name_itself_its_proposals_may():
    paper = proposal("P1", **F, places=["place:north"], value=[pounds(600_000)])
    taken = fact("decision.taken", "decision:D1", "2025-06-01", ref="D1", proposals=[{"proposal": "proposal:P1"}])
    answer = accountable(log_of(paper, GAVE, taken), "D1")
    assert (answer.asked.functions, answer.asked.places) == (("function:ucr",), ("place:north",))
    assert [one.test for one in answer.findings] == ["limit"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"ref": "ucrr"}, "Did you mean function:ucr?"),
        ({"ref": "committee"}, "'committee' is of kind body; this is about function or proposal or decision."),
        ({"place": "norht"}, "No place here is called 'norht'. Did you mean place:north?"),
    ],
)
def test_a_name_that_is_not_known_is_answered_with_the_nearest(asked, sentence):
    with pytest.raises(NotFound) as refused:
        accountable(log_of(GAVE), **asked)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("at", [{"on": "soon"}, {"known": "@999"}, {"known": "@3", "clock": "source"}])
def test_a_time_that_is_none_is_refused(at):
    with pytest.raises(BadInput):
        accountable(log_of(GAVE), **at)


def test_a_decision_that_was_retracted_or_is_not_known_yet_is_not_found():
    taken = fact("decision.taken", "decision:D1", "2025-06-01", ref="D1", **F)
    log = log_of(taken)
    with pytest.raises(NotFound, match="was not known at position 3"):
        accountable(log, "D1", known="@3")
    gone = log_of(taken, {"type": "record.retracted", "of": {"stream": "decision:D1", "n": 1}, "data": {}})
    with pytest.raises(NotFound, match="was retracted"):
        accountable(gone, "D1")


# Both times


def test_a_late_record_changes_what_is_known_and_not_what_was_known():
    revoked = about("delegation:S-7", "delegation.revoked", "2025-05-01")
    log = log_of(GAVE, revoked)
    assert chains(could(log, on="2025-10-01")) == ["organisation:icb > body:board"]
    assert chains(could(log, on="2025-10-01", known="@8")) == ["organisation:icb > body:board > body:committee"]


def test_no_answer_rests_on_a_fact_that_was_recorded_later():
    log = log_of(GAVE, about("delegation:S-7", "delegation.revoked", "2025-05-01"))
    for known in range(1, 10):
        answer = in_json(could(log, on="2025-10-01", known=f"@{known}")) if known > 6 else {"evidence": [0]}
        assert max(answer["evidence"], default=0) <= known


def test_of_a_day_to_come_it_says_what_is_known_to_begin_and_to_end_by_then():
    ending = grant("S-8", "body:board", "post:director", until="2026-07-01")
    coming = grant("S-9", "body:board", "body:other", on="2026-08-01")
    director = fact(
        "post.established", "post:director", "2024-01-01", ref="director", name="Director", organisation=ICB
    )
    filled = about("post:director", "post.filled", "2024-01-01", person="person:p", basis="substantive")
    log = log_of(OTHER, person("p"), director, filled, ending, coming)
    answer = could(log, on="2026-09-01")
    assert answer.to_come
    assert [plain(one) for one in answer.changes] == [
        "body:other gains it by delegation:S-9 from 2026-08-01 on.",
        "post:director no longer has it then: the last day of delegation:S-8 is 2026-06-30.",
    ]
    assert could(log).changes == ()
    assert "delegation:S-9 to body:other is recorded to begin on 2026-08-01." in [
        plain(one) for one in could(log).notes
    ]


def test_a_suspended_delegation_is_named_as_such():
    log = log_of(GAVE, about("delegation:S-7", "delegation.suspended", "2025-05-01"))
    notes = [plain(one) for one in could(log, on="2025-06-01").notes]
    assert "delegation:S-7 to body:committee is suspended since 2025-05-01 and was not followed." in notes


def test_the_chain_tells_the_succession_by_which_the_duty_came():
    successor = organisation("next", name="Next ICB", kind="icb")
    succeeded = about(
        ICB, "organisation.succeeded", "2026-04-01", ends=True, legal_basis="nhsa2006-sch1B",
        successors=[{"organisation": NEXT, "takes": "whole"}], continuity="treated-as-done-by-successor",
    )  # fmt: skip
    answer = accountable(log_of(successor, succeeded), on="2026-04-01")
    assert [hop.kind for hop in answer.chains[0]] == ["duty", "succession"]
    assert lines(answer)[0] == "On 1 April 2026, as known today, Next ICB was accountable for Urgent response."
    assert chains(accountable(log_of(successor, succeeded), on="2026-03-31")) == ["organisation:icb > body:board"]


# What is written in words, and the limits


def test_what_a_delegation_includes_leaves_out_and_keeps_back_stands_in_its_step():
    one = grant("S-8", "body:board", "body:committee", reserved_matters=["Anything novel"])
    one["data"]["scope"] = [{"function": "function:ucr", "includes": ["Home visits"], "excludes": ["Ambulances"]}]
    said = lines(accountable(log_of(one), on="2025-10-01"))
    assert "     only: 'Home visits'" in said
    assert "     not: 'Ambulances'" in said
    assert "     kept back by ICB Board: 'Anything novel'; a person must read it" in said
    hop = in_json(could(log_of(one), on="2025-10-01"))["chains"][0][-1]
    assert (hop["includes"], hop["excludes"], hop["reserved"]) == (["Home visits"], ["Ambulances"], ["Anything novel"])


def test_the_words_are_those_of_the_function_that_is_asked_about_and_of_that_day():
    other = fact("function.catalogued", "function:beds", "2022-07-01", ref="beds", name="Beds")
    one = grant("S-8", "body:board", "body:committee")
    one["data"]["scope"] = [{"function": "function:ucr"}, {"function": "function:beds", "includes": ["At night"]}]
    later = [{"function": "function:ucr", "includes": ["Home visits"]}]
    varied = about("delegation:S-8", "delegation.varied", "2025-11-01", scope=later)
    log = log_of(other, one, varied)
    assert not any("only:" in line for line in lines(accountable(log, on="2025-10-01")))
    assert "     only: 'Home visits'" in lines(accountable(log, on="2025-11-01"))


def test_what_the_terms_of_a_body_keep_from_it_stands_in_the_step():
    terms = about("body:committee", "body.terms_adopted", "2025-04-01", version="1", reserved_matters=["Closures"])
    newer = about("body:committee", "body.terms_adopted", "2026-01-01", version="2", reserved_matters=["Mergers"])
    log = log_of(GAVE, terms, newer)
    line = "     not for Place Committee, by its terms: 'Closures'; a person must read it"
    assert line in lines(accountable(log, on="2025-10-01"))
    assert line.replace("Closures", "Mergers") in lines(accountable(log, on="2026-02-01"))
    assert any(line.strip() in said for said in lines(could(log, on="2025-10-01")))


def test_under_each_chain_stands_the_lowest_limit_with_the_delegation_that_sets_it():
    onward = grant(
        "S-9", "body:committee", "body:other", limits=[{**pounds(90_000), "operator": "<="}, {**pounds(70_000)}],
    )  # fmt: skip
    answer = could(log_of(OTHER, GAVE, onward), on="2025-10-01")
    assert any("limit £70,000 (limit of S-9)" in line for line in lines(answer))
    ((lowest,),) = in_json(answer)["lowest_limits"]
    assert (lowest["limit"]["money"]["amount"], lowest["delegation"]) == (7_000_000, "delegation:S-9")


POOL = fact(
    "fund.established", "fund:pool", "2025-01-01", ref="pool", name="Pooled Fund", kind="pooled", host=ICB,
    parties=[ICB, NEXT],
)  # fmt: skip


def funded(*more):
    limits = [{**pounds(9_000), "operator": "<=", "fund": "fund:pool"}]
    given_by = grant("S-8", "body:board", "body:committee", limits=limits)
    return log_of(organisation("next", name="Next ICB", kind="icb"), POOL, given_by, *more)


def test_of_an_amount_from_a_fund_its_host_and_its_parties_are_shown():
    answer = accountable(funded(), value=5_000, fund="pool", on="2025-10-01")
    said = lines(answer)
    assert said[1] == (
        "It could be decided at £5,000 from Pooled Fund by Place Committee, for Northmoor ICB, up to £9,000 from Pooled Fund."
    )
    assert any("Pooled Fund: pooled, hosted by Northmoor ICB, of Northmoor ICB and Next ICB" in line for line in said)
    (fund,) = in_json(answer)["funds"]
    assert (fund["host"], fund["parties"], fund["open"]) == (ICB, [ICB, NEXT], True)
    closed = funded(about("fund:pool", "fund.closed", "2025-06-01"))
    (fund,) = accountable(closed, value=5_000, fund="pool", on="2025-10-01").funds
    assert not fund.open


def test_a_limit_of_a_fund_is_compared_with_what_comes_from_it_and_else_it_is_said_that_it_is_not():
    over = accountable(funded(), value=10_000, fund="pool", on="2025-10-01")
    assert [one.test for one in over.findings] == ["limit"]
    unsaid = accountable(funded(), value=10_000, on="2025-10-01")
    assert unsaid.findings == ()
    why = "of which it is not said that the amount comes from it: not compared."
    assert any(
        plain(one).startswith("The limit of delegation:S-8") and plain(one).endswith(why) for one in unsaid.notes
    )


def test_a_limit_in_another_currency_is_said_not_to_be_compared():
    euros = {"money": {"amount": 5_000, "currency": "EUR"}, "operator": "<="}
    answer = could(log_of(grant("S-8", "body:board", "body:committee", limits=[euros])), value=10_000)
    assert any(plain(one).endswith("in EUR, the amount in GBP: not compared.") for one in answer.notes)


def test_a_fund_without_an_amount_is_refused():
    with pytest.raises(BadInput, match="give it with --value"):
        could(funded(), fund="pool")


def test_without_a_place_it_is_said_where_each_has_the_power():
    duty = about("function:beds", "function.duty_placed", "2022-07-01", holder=ICB, places=["place:north"])
    beds = fact("function.catalogued", "function:beds", "2022-07-01", ref="beds", name="Beds")
    log = log_of(beds, duty)
    assert lines(could(log, "beds"))[0] == "Now, 2 parties can decide on Beds in North:"
    assert lines(accountable(log, "beds"))[1] == "It can be decided in North by ICB Board, for Northmoor ICB."
    assert "in North:" in lines(could(log, "beds", place="north"))[0]
    everywhere = about("function:beds", "function.duty_placed", "2022-07-01", holder=NEXT)
    both = lines(could(log_of(organisation("next", name="Next ICB", kind="icb"), beds, duty, everywhere), "beds"))
    assert any(line.startswith("  Northmoor ICB in North: has the duty itself") for line in both)
    assert any(line.startswith("  Next ICB: has the duty itself") for line in both)


# Both times again: what nobody can know yet


def test_what_will_be_known_on_a_day_to_come_is_refused():
    with pytest.raises(BadInput, match="is not known yet"):
        accountable(log_of(GAVE), known="2099-01-01")
    with pytest.raises(BadInput, match="is not known yet"):
        accountable(log_of(GAVE), known="2099", clock="source")


# The table of legal bases


def test_the_answer_names_the_table_and_what_in_it_was_not_verified():
    answer = accountable(log_of(GAVE), on="2025-10-01")
    assert answer.basis.rules == "reading-1, legal bases england-2026.2"
    assert "Not verified against the text of the law, in the table of legal bases: NHS Act 2006 s3." in [
        plain(one) for one in answer.notes
    ]


# What is possibly irregular, in a sentence each


def scheme(*more):
    return (fact("instrument.adopted", "instrument:sord", "2025-01-01", ref="sord", name="Scheme", kind="sord"), *more)


DIRECTOR = fact("post.established", "post:director", "2024-01-01", ref="director", name="Director", organisation=ICB)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            [
                *scheme(grant("S-8", ICB, "body:committee", instrument="instrument:sord")),
                about("instrument:sord", "instrument.ended", "2025-06-01"),
            ],
            "possible: delegation:S-8 rests on instrument:sord, which was not in force (ended)",
        ),
        (
            [grant("S-8", ICB, "body:committee", legal_basis="lga1972-s101")],
            (
                "possible: by the table of legal bases, Local Government Act 1972 s101 does not allow delegation:S-8 "
                "(icb as giver is not in the table for it)"
            ),
        ),
        (
            [grant("S-8", ICB, "body:committee"), about("body:committee", "body.dissolved", "2025-06-01")],
            "possible: delegation:S-8 was given to body:committee (it had ended)",
        ),
        (
            [DIRECTOR, grant("S-8", ICB, "post:director")],
            "possible: post:director could not use delegation:S-8 (nobody held the post)",
        ),
        (
            [
                grant(
                    "S-8", ICB, "body:committee", conditions=[{"id": "C1", "words": "All agree.", "kind": "precedent"}]
                )
            ],
            "possible: a condition of delegation:S-8 was not met (C1 is stated)",
        ),
        (
            [OTHER, grant("S-8", "body:committee", "body:other")],
            "possible: the own power of body:committee, who gave delegation:S-8, is not recorded",
        ),
        (
            [grant("S-8", ICB, "body:committee"), grant("S-9", "body:committee", ICB)],
            "possible: delegation:S-9 from body:committee leads back to somebody on the way, and was not followed",
        ),
        (
            [
                OTHER,
                grant("S-8", ICB, "body:committee", onward={"rule": "with-consent", "consent_of": ["body:board"]}),
                grant("S-9", "body:committee", "body:other"),
            ],
            (
                "possible: body:committee passed its power on by delegation:S-9, which the delegation above does not allow "
                "(no consent of body:board is recorded)"
            ),
        ),
        (
            [
                OTHER,
                grant("S-8", "body:committee", "body:other", on="2025-04-01"),
                grant("S-9", ICB, "body:committee", on="2025-05-01", onward={"rule": "permitted"}),
            ],
            "possible: body:committee did not have the power itself when delegation:S-8 was granted on 2025-04-01",
        ),
        (
            [
                OTHER,
                grant("S-8", ICB, "body:committee", exclusivity="exclusive"),
                grant("S-9", ICB, "body:other", exclusivity="exclusive"),
            ],
            "delegation:S-8 and delegation:S-9 are each exclusive, from the same giver, to different delegates",
        ),
        (
            [
                organisation("next", name="Next ICB", kind="icb"),
                grant("S-8", ICB, "body:committee"),
                about(ICB, "organisation.succeeded", "2025-06-01", successors=[{"organisation": NEXT}], ends=True),
            ],
            "possible: delegation:S-8 was not followed: nothing recorded says that it outlived whoever gave it",
        ),
        (
            [
                body("jc", name="JC", kind="joint-committee", parents=[{"parent": ICB, "functions": ["function:ucr"]}]),
            ],
            "possible: no decision of organisation:icb to join body:jc is recorded",
        ),
    ],
)
def test_what_is_irregular_is_told_in_a_sentence(facts, sentence):
    answer = accountable(log_of(*facts), on="2025-10-01")
    assert sentence in [plain(one.said) for one in answer.findings]
    assert all(one.evidence for one in answer.findings)
    assert answer.classification in {"complete-with-findings", "contested"}


def test_two_ends_of_one_duty_that_differ_are_contested():
    placing = {"stream": "function:ucr", "n": 2}
    ended = [about("function:ucr", "function.duty_ended", on) | {"of": placing} for on in ("2026-01-01", "2026-02-01")]
    answer = accountable(log_of(*ended), on="2025-10-01")
    assert answer.classification == "contested"
    assert "facts about the duty contradict each other" in [plain(one.said) for one in answer.findings]


@pytest.mark.parametrize(("on", "is_told"), [("2026-06-01", False), ("2026-06-02", False), ("2026-06-03", True)])
def test_a_day_is_still_to_come_until_it_has_begun(on, is_told):
    answer = accountable(given(*THINGS).log, on=on)
    assert answer.to_come is is_told
    assert any("is still to come" in line for line in lines(answer)) is is_told
