from __future__ import annotations

from decisionlog.domain.days import OPEN_END
from tests.checks.authority.passed_on import moment, passed_on, positions
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def test_what_is_permitted_may_bepassed_on():
    passed_on({"rule": "permitted"}).is_clean()


def test_what_may_not_be_passed_on_trips_it_alone():
    found = passed_on({"rule": "prohibited"}).trips("GL09", "onward", "grant")
    assert sentence(found) == "it passes on what delegation:S1 gave, which may not be passed on"
    assert found.severity == "error"
    assert found.subject == "delegation:S2"
    assert (found.since, found.until) == (moment("2025-06-01"), OPEN_END)


def test_silence_is_not_a_yes_and_only_a_warning():
    found = passed_on(None).trips("GL09", "onward", "grant")
    assert sentence(found) == (
        "it passes on what delegation:S1 gave, and whether that may be passed on is not recorded: silence is not a yes"
    )
    assert found.severity == "warning"


def _by_the_council(giver="executive", basis="lga2000-s9E", **data):
    """The council gives the committee discharge by a law of its own, and says nothing of passing it on."""
    given = {"delegator": "organisation:council", "on_behalf_of": ["organisation:council"], "legal_basis": basis}
    place = passed_on(None, delegator="body:committee", on_behalf_of=["organisation:council"], parent="delegation:S1")
    place = place.but("grant", instrument=None, **given).but("duty", holder="organisation:council")
    return place.but("committee", kind=giver, parents=[{"parent": "organisation:council", "functions": []}]).but(
        "onward", legal_basis=basis, **data
    )


def test_an_executive_may_pass_on_to_an_officer_unless_the_leader_directs_otherwise():
    _by_the_council().says_nothing("GL09")
    found = _by_the_council().but("grant", onward={"rule": "prohibited"}).says_something("GL09")
    assert found.severity == "error"


def test_a_committee_of_a_council_may_pass_on_to_an_officer_or_a_sub_committee_unless_it_is_directed_otherwise():
    _by_the_council("committee", "lga1972-s101").says_nothing("GL09")
    other = fact("body.constituted", "body:sub", "2022-07-01", ref="sub", kind="sub-committee", name="Sub")
    place = _by_the_council("committee", "lga1972-s101", delegates=["body:sub"]).also(sub=other)
    place.says_nothing("GL09")
    assert place.but("sub", kind="committee").says_something("GL09").severity == "warning"


def test_under_other_laws_silence_is_still_no_yes():
    assert _by_the_council("executive", "lga2000-s9EB").says_something("GL09").severity == "warning"


_WITH_CONSENT = {"rule": "with-consent", "consent_of": ["body:board"]}


def _consented(on, **data):
    return fact("delegation.consented", "delegation:S1", on, **{"who": "body:board", **data})


def test_without_the_consent_that_is_wanted_it_may_not_bepassed_on():
    found = passed_on(_WITH_CONSENT).trips("GL09", "onward", "grant")
    assert sentence(found) == (
        "it passes on what delegation:S1 gave, which may be passed on with consent only: no consent of body:board is recorded"
    )


def test_with_consent_it_may_bepassed_on():
    history = passed_on(_WITH_CONSENT)
    history.also(consent=_consented("2025-05-01")).is_clean()
    history.also(consent=_consented("2025-06-01")).is_clean()
    history.also(consent=_consented("2025-05-01", delegation="delegation:S2")).is_clean()
    history.also(consent=_consented("2025-05-01", delegates=["post:officer"])).is_clean()
    history.also(consent=_consented("2025-05-01", delegates=["body:board"])).trips("GL09", "onward", "grant")
    history.also(consent=_consented("2025-05-01", who="body:committee")).trips("GL09", "onward", "grant")


def test_a_consent_that_came_later_ends_the_finding():
    history = passed_on(_WITH_CONSENT).also(consent=_consented("2025-09-01"))
    found = history.trips("GL09", "onward", "grant", on="2025-08-31")
    assert (found.since, found.until) == (moment("2025-06-01"), moment("2025-09-01"))
    history.is_clean()


def test_terms_that_were_changed_later_end_the_finding():
    varied = fact("delegation.varied", "delegation:S1", "2025-09-01", onward={"rule": "permitted"})
    history = passed_on({"rule": "prohibited"}).also(varied=varied)
    assert history.trips("GL09", "onward", "grant", on="2025-08-31").until == moment("2025-09-01")
    history.is_clean()
    still = fact("delegation.varied", "delegation:S1", "2025-09-01", review_by="2028-04-01")
    assert passed_on({"rule": "prohibited"}).also(varied=still).findings("GL09")[0].until == OPEN_END


def test_what_was_permitted_when_it_was_passed_on_stays_so():
    varied = fact("delegation.varied", "delegation:S1", "2025-09-01", onward={"rule": "prohibited"})
    passed_on({"rule": "permitted"}).also(varied=varied).says_nothing("GL09")


def test_who_had_the_power_by_another_way_passed_nothing_on():
    other = fact(
        "delegation.granted",
        "delegation:S0",
        "2025-04-01",
        ref="S0",
        delegator="organisation:icb",
        delegates=["body:committee"],
        scope=[{"function": "function:discharge"}],
        onward={"rule": "permitted"},
    )
    passed_on({"rule": "prohibited"}).also(other=other).says_nothing("GL09")


def test_who_acts_for_another_organisation_has_the_power_of_that_one():
    council = fact("function.duty_placed", "function:discharge", "2022-07-01", holder="organisation:council")
    parents = [{"parent": "organisation:council", "functions": ["function:discharge"]}]
    history = passed_on({"rule": "prohibited"}, on_behalf_of=None).but("committee", parents=parents)
    assert history.findings("GL09")
    history.also(council_duty=council).says_nothing("GL09")


def test_of_two_delegations_above_the_one_that_is_silent_is_told():
    silent = fact(
        "delegation.granted",
        "delegation:S0",
        "2025-04-01",
        ref="S0",
        delegator="organisation:icb",
        delegates=["body:committee"],
        scope=[{"function": "function:discharge"}],
    )
    (found,) = passed_on({"rule": "prohibited"}).also(silent=silent).findings("GL09")
    assert found.severity == "warning"
    assert sentence(found).startswith("it passes on what delegation:S0 gave")


def test_the_one_that_it_names_as_its_parent_counts_where_no_way_from_a_duty_is_recorded():
    history = passed_on({"rule": "prohibited"}, parent="delegation:S1", delegator="person:p2").without("duty")
    (found,) = history.findings("GL09")
    assert found.evidence == positions(history, "onward", "grant")
    allowed = passed_on({"rule": "permitted"}, parent="delegation:S1", delegator="person:p2").without("duty")
    allowed.says_nothing("GL09")


def test_of_what_is_passed_on_without_a_duty_the_way_above_counts():
    (found,) = passed_on({"rule": "prohibited"}).without("duty").findings("GL09")
    assert sentence(found).endswith("which may not be passed on")


def test_the_first_of_a_chain_passes_nothing_on():
    clean().says_nothing("GL09")


def test_a_body_that_acts_for_the_very_party_that_gave_it_a_delegation_has_it_as_that_says():
    passed_on({"rule": "prohibited"}).but("grant", delegator="organisation:icb").says_something("GL09")


def test_of_two_that_are_given_on_one_day_each_is_judged_by_its_own_way():
    given = {"delegator": "body:board", "delegates": ["post:officer"], "scope": [{"function": "function:discharge"}]}
    own = fact("delegation.granted", "delegation:S4", "2025-06-01", ref="S4", places=["place:town"], **given)
    history = passed_on({"rule": "prohibited"}).also(own=own)
    assert {one.subject for one in history.findings("GL09")} == {"delegation:S2"}
    first = type(history)({name: plain for name, plain in history.facts.items() if name != "onward"})
    assert {one.subject for one in first.also(onward=history.facts["onward"]).findings("GL09")} == {"delegation:S2"}
