"""What ended or was suspended in part is not in force for that part, and in force for the rest."""

from __future__ import annotations

import pytest

from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.listing import list_things
from tests.questions.asking import given, page, put, shown, who
from tests.scenario import body, decision, fact, organisation

ICB, COUNCIL = "organisation:icb", "organisation:council"
DISCHARGE, WARDS, HOMES = "function:discharge", "function:wards", "function:homes"
IN_FORCE = "in force"


def place(*more, **taken):
    """Two organisations gave a committee two functions on 1 April 2025; it used them on 20 March 2026."""
    return given(
        organisation("icb", name="Northmoor ICB"),
        organisation("council", name="Northmoor Council"),
        body("committee", name="Joint Committee"),
        *(fact("function.catalogued", f"function:{key}", "2022-07-01", ref=key) for key in ("discharge", "homes")),
        fact("function.catalogued", WARDS, "2022-07-01", ref="wards", parent=DISCHARGE),
        fact(
            "delegation.granted", "delegation:S75", "2025-04-01", ref="S75", delegates=["body:committee"],
            on_behalf_of=[ICB, COUNCIL], scope=[{"function": DISCHARGE}, {"function": HOMES}],
        ),
        *more,
        decision("D1", **{"outcome": "approved", "authority": [{"delegation": "delegation:S75"}], **taken}),
    ).log  # fmt: skip


def suspended(on="2025-12-01", **part):
    return fact("delegation.suspended", "delegation:S75", on, **part)


def valid(*more, **taken):
    (decided,) = who(place(*more, **taken), "D1").items
    irregular = [one for one in decided.findings if one.rule == "GL04" and one.evidenced]
    return decided.authority[0].valid, len(irregular)


ONE_FUNCTION = {"scope": [{"function": DISCHARGE}]}
ONE_PARTY = {"on_behalf_of": [ICB]}
SUSPENDED = "not in force: suspended on 2025-12-01"


@pytest.mark.parametrize(
    ("part", "taken", "expected"),
    [
        ({}, {}, (SUSPENDED, 1)),
        (ONE_FUNCTION, {"functions": [DISCHARGE]}, (SUSPENDED, 1)),
        (ONE_FUNCTION, {"functions": [WARDS]}, (SUSPENDED, 1)),
        (ONE_FUNCTION, {"functions": [HOMES]}, (IN_FORCE, 0)),
        (ONE_PARTY, {"on_behalf_of": [ICB]}, (SUSPENDED, 1)),
        (ONE_PARTY, {"on_behalf_of": [COUNCIL]}, (IN_FORCE, 0)),
        ({**ONE_PARTY, **ONE_FUNCTION}, {"on_behalf_of": [ICB], "functions": [HOMES]}, (IN_FORCE, 0)),
        ({**ONE_PARTY, **ONE_FUNCTION}, {"on_behalf_of": [ICB], "functions": [DISCHARGE]}, (SUSPENDED, 1)),
        ({"on_behalf_of": [ICB, COUNCIL]}, {}, (SUSPENDED, 1)),
    ],
)
def test_a_suspension_reaches_only_the_uses_that_it_names(part, taken, expected):
    assert valid(suspended(**part), **taken) == expected


@pytest.mark.parametrize("outcome", ["no-decision", "deferred", "withdrawn"])
def test_where_no_power_was_used_none_was_used_irregularly(outcome):
    assert valid(suspended(), outcome=outcome) == (SUSPENDED, 0)


def test_where_it_is_not_recorded_what_it_was_used_for_nothing_is_concluded():
    told, irregular = valid(suspended(**ONE_FUNCTION))
    assert told == ("possible: suspended in part on 2025-12-01; whether that reaches this use is not recorded")
    assert irregular == 0


def test_its_page_says_that_it_is_in_force_in_part_and_for_whom_it_is_not():
    lines = page(shown(place(suspended(**ONE_PARTY, **ONE_FUNCTION)), "S75"))
    assert "On the day asked about it is in force in part: suspended in part on 1 December 2025." in lines
    assert any("It was suspended for Northmoor ICB, as to function discharge." in line for line in lines), lines


def test_a_resumption_ends_the_suspension_that_it_names_and_no_revocation():
    first = suspended(**ONE_FUNCTION)
    resumed = {**fact("delegation.resumed", "delegation:S75", "2026-02-01"), "of": "@9"}
    assert valid(first, resumed, functions=[DISCHARGE]) == (IN_FORCE, 0)
    wholly = suspended("2026-01-01")
    assert valid(first, wholly, resumed, functions=[DISCHARGE]) == ("not in force: suspended on 2026-01-01", 1)
    revoked = fact("delegation.revoked", "delegation:S75", "2026-01-05")
    again = fact("delegation.resumed", "delegation:S75", "2026-02-01")
    assert valid(revoked, again, functions=[DISCHARGE]) == ("not in force: revoked on 2026-01-05", 1)


def test_what_was_revoked_for_one_party_is_in_force_for_the_other():
    revoked = fact("delegation.revoked", "delegation:S75", "2026-01-05", on_behalf_of=[ICB])
    assert valid(revoked, on_behalf_of=[COUNCIL]) == (IN_FORCE, 0)
    assert valid(revoked, on_behalf_of=[ICB, COUNCIL]) == ("not in force: revoked on 2026-01-05", 1)


# Whoever gave it is no more


BOARD = body("board", name="ICB Board", kind="board", parents=[{"parent": ICB}])
GAVE = {
    "delegator": "body:board",
    "on_behalf_of": [ICB],
    "delegates": ["body:committee"],
    "scope": [{"function": HOMES}],
}


def ended(*more, how=()):
    """The board of the ICB gave a committee a function; the ICB was taken over by the council, and its board dissolved."""
    return place(
        BOARD,
        fact("delegation.granted", "delegation:S-1", "2025-04-01", ref="S-1", **GAVE),
        fact(
            "organisation.succeeded", ICB, "2026-01-01", successors=[{"organisation": COUNCIL, "takes": "whole"}],
            ends=True, **dict(how),
        ),
        fact("body.dissolved", "body:board", "2026-01-01"),
        *more,
        authority=[{"delegation": "delegation:S-1"}], functions=[HOMES], on_behalf_of=[ICB],
    )  # fmt: skip


def listed(log, on):
    return put(list_things, log, "delegation", on=on)


def states(log, on):
    return {item.ref: item.state for item in listed(log, on).items}


def test_a_delegation_that_nothing_says_outlived_its_giver_is_not_in_force_by_any_answer():
    log = ended()
    assert states(log, "2025-12-31")["S-1"] == "in force"
    assert states(log, "2026-03-20")["S-1"] == "not known to be in force"
    why = "nothing says that it outlived whoever gave it"
    assert f"Whether it is in force on the day asked about is not recorded: {why}." in page(shown(log, "S-1"))
    (decided,) = who(log, "D1").items
    assert decided.authority[0].valid == f"not recorded: {why}"
    assert ("GL37", "delegation:S-1") in [(one.rule, one.subject) for one in decided.findings]
    answer = put(who_accountable, log, About("homes"), on="2026-03-20")
    assert ("did-not-outlive", "delegation:S-1") in {(one.rule, one.subject) for one in answer.findings}


def test_a_delegation_of_an_organisation_goes_on_where_its_succession_says_so_and_ends_where_it_says_not():
    gave = {**GAVE, "delegator": ICB}
    granted = fact("delegation.granted", "delegation:S-2", "2025-04-01", ref="S-2", **gave)
    for word, state in {
        "treated-as-done-by-successor": "in force",
        "not-continued": "not continued",
        "": "not known to be in force",
    }.items():
        log = ended(granted, how={"continuity": word} if word else {})
        assert states(log, "2026-03-20")["S-2"] == state


def test_a_delegation_that_was_continued_says_by_whom():
    carried = fact("delegation.continued", "delegation:S-1", "2026-01-01", delegator=COUNCIL, parties=[COUNCIL])
    log = ended(carried)
    assert states(log, "2026-03-20")["S-1"] == "in force"
    assert any("continued by Northmoor Council for Northmoor Council from 1 January 2026" in line
               for line in page(listed(log, "2026-03-20")))  # fmt: skip


def test_a_delegation_inside_a_partial_date_is_possible():
    log = place(fact("delegation.revoked", "delegation:S75", "2026-03"))
    (decided,) = who(log, "D1").items
    assert decided.authority[0].valid == "possible: in force, a date of it is recorded only in part"
