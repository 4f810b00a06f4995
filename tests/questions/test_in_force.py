"""What ended or was suspended in part is not in force for that part, and in force for the rest."""

from __future__ import annotations

import pytest

from decisionlog.domain.saying import plain
from tests.questions.asking import given, page, shown, who
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
    irregular = [note for note in map(plain, decided.notes) if "was not in force" in note]
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
