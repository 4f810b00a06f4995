from __future__ import annotations

from zoneinfo import ZoneInfo

from decisionlog.domain.days import OPEN_END, span
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def moment(day):
    return span(day, ZoneInfo("Europe/London")).earliest


def _positions(history, *names):
    return tuple(list(history.facts).index(name) + 2 for name in names)


_OFFICER = fact(
    "post.established", "post:officer", "2022-07-01", ref="officer", name="Officer", organisation="organisation:icb"
)
_HELD = fact("post.filled", "post:officer", "2024-01-01", person="person:p1", basis="substantive")


def _onward(on="2025-06-01", **data):
    """What the committee was given, it passes to an officer."""
    told = {
        "delegator": "body:committee",
        "on_behalf_of": ["organisation:icb"],
        "delegates": ["post:officer"],
        "scope": [{"function": "function:discharge"}],
        "places": ["place:town"],
        "legal_basis": "nhsa2006-sch1B",
        "limits": [],
        **data,
    }
    return fact("delegation.granted", "delegation:S2", on, ref="S2", **{k: v for k, v in told.items() if v is not None})


def _passed_on(onward, **data):
    return clean().but("grant", onward=onward).also(officer=_OFFICER, held_post=_HELD, onward=_onward(**data))


# GL09


def test_what_is_permitted_may_be_passed_on():
    _passed_on({"rule": "permitted"}).is_clean()


def test_what_may_not_be_passed_on_trips_it_alone():
    found = _passed_on({"rule": "prohibited"}).trips("GL09", "onward", "grant")
    assert sentence(found) == "it passes on what delegation:S1 gave, which may not be passed on"
    assert found.severity == "error"
    assert found.subject == "delegation:S2"
    assert (found.since, found.until) == (moment("2025-06-01"), OPEN_END)


def test_silence_is_not_a_yes_and_only_a_warning():
    found = _passed_on(None).trips("GL09", "onward", "grant")
    assert sentence(found) == (
        "it passes on what delegation:S1 gave, and whether that may be passed on is not recorded: silence is not a yes"
    )
    assert found.severity == "warning"


_WITH_CONSENT = {"rule": "with-consent", "consent_of": ["body:board"]}


def _consented(on, **data):
    return fact("delegation.consented", "delegation:S1", on, **{"who": "body:board", **data})


def test_without_the_consent_that_is_wanted_it_may_not_be_passed_on():
    found = _passed_on(_WITH_CONSENT).trips("GL09", "onward", "grant")
    assert sentence(found) == (
        "it passes on what delegation:S1 gave, which may be passed on with consent only: no consent of body:board is recorded"
    )


def test_with_consent_it_may_be_passed_on():
    history = _passed_on(_WITH_CONSENT)
    history.also(consent=_consented("2025-05-01")).is_clean()
    history.also(consent=_consented("2025-06-01")).is_clean()
    history.also(consent=_consented("2025-05-01", delegation="delegation:S2")).is_clean()
    history.also(consent=_consented("2025-05-01", delegates=["post:officer"])).is_clean()
    history.also(consent=_consented("2025-05-01", delegates=["body:board"])).trips("GL09", "onward", "grant")
    history.also(consent=_consented("2025-05-01", who="body:committee")).trips("GL09", "onward", "grant")


def test_a_consent_that_came_later_ends_the_finding():
    history = _passed_on(_WITH_CONSENT).also(consent=_consented("2025-09-01"))
    found = history.trips("GL09", "onward", "grant", on="2025-08-31")
    assert (found.since, found.until) == (moment("2025-06-01"), moment("2025-09-01"))
    history.is_clean()


def test_terms_that_were_changed_later_end_the_finding():
    varied = fact("delegation.varied", "delegation:S1", "2025-09-01", onward={"rule": "permitted"})
    history = _passed_on({"rule": "prohibited"}).also(varied=varied)
    assert history.trips("GL09", "onward", "grant", on="2025-08-31").until == moment("2025-09-01")
    history.is_clean()
    still = fact("delegation.varied", "delegation:S1", "2025-09-01", review_by="2028-04-01")
    assert _passed_on({"rule": "prohibited"}).also(varied=still).findings("GL09")[0].until == OPEN_END


def test_what_was_permitted_when_it_was_passed_on_stays_so():
    varied = fact("delegation.varied", "delegation:S1", "2025-09-01", onward={"rule": "prohibited"})
    _passed_on({"rule": "permitted"}).also(varied=varied).says_nothing("GL09")


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
    _passed_on({"rule": "prohibited"}).also(other=other).says_nothing("GL09")


def test_the_one_that_it_names_as_its_parent_counts_where_no_way_from_a_duty_is_recorded():
    history = _passed_on({"rule": "prohibited"}, parent="delegation:S1", delegator="person:p2").without("duty")
    (found,) = history.findings("GL09")
    assert found.evidence == _positions(history, "onward", "grant")
    allowed = _passed_on({"rule": "permitted"}, parent="delegation:S1", delegator="person:p2").without("duty")
    allowed.says_nothing("GL09")


def test_of_what_is_passed_on_without_a_duty_the_way_above_counts():
    (found,) = _passed_on({"rule": "prohibited"}).without("duty").findings("GL09")
    assert sentence(found).endswith("which may not be passed on")


def test_the_first_of_a_chain_passes_nothing_on():
    clean().says_nothing("GL09")


# GL10


def _by_the_officer(**data):
    """The officer decides under what the committee passed on."""
    authority = [{"delegation": "delegation:S2", "legal_basis": "nhsa2006-sch1B"}]
    return _passed_on({"rule": "permitted"}, **data).but("D1", decision_makers=["post:officer"], authority=authority)


def test_a_whole_chain_says_nothing():
    _by_the_officer().says_nothing("GL10")
    clean().says_nothing("GL10")


def test_who_gave_what_they_were_given_later_trips_it():
    history = _by_the_officer().but("grant", on="2025-07-01")
    history = history.but("committee", parents=[{"parent": "organisation:icb", "functions": []}])
    (found,) = history.findings("GL10")
    assert sentence(found) == ("body:committee did not have the power itself when it gave delegation:S2 on 2025-06-01")
    assert found.evidenced
    assert found.severity == "error"
    assert found.evidence == _positions(history, "D1", "onward")
    assert found.since == moment("2026-03-12")


_NO_FUNCTIONS = [{"parent": "organisation:icb", "functions": []}]


def _as_a_chain(**data):
    return _by_the_officer(**data).but("committee", parents=_NO_FUNCTIONS)


def test_what_is_given_on_the_same_day_from_above_is_whole():
    _as_a_chain(on="2025-04-01").says_nothing("GL10")


def test_who_no_longer_had_the_power_trips_it():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
    history = _as_a_chain().also(revoked=revoked)
    (found,) = history.findings("GL10")
    assert sentence(found) == "body:committee, who gave delegation:S2, no longer had the power"
    assert found.evidence == _positions(history, "D1", "onward", "revoked")
    later = {**revoked, "on": "2026-03-13"}
    _as_a_chain().also(revoked=later).says_nothing("GL10")


def test_who_is_recorded_with_other_powers_and_not_with_this_trips_it():
    history = _as_a_chain().without("grant").but("committee", parents=_NO_FUNCTIONS)
    (found,) = history.findings("GL10")
    assert sentence(found) == "nothing recorded gives body:committee the power that it gave by delegation:S2"
    assert found.evidenced
    assert found.evidence == _positions(history, "D1", "onward")


def test_who_is_recorded_with_no_power_at_all_is_not_evidenced():
    history = _by_the_officer().without("grant").but("committee", parents=[{"parent": "organisation:icb"}])
    found = history.is_not_evidenced("GL10")
    assert sentence(found) == "how body:committee, who gave delegation:S2, came to the power is not recorded"


def test_where_nobody_is_recorded_with_the_duty_nothing_is_said():
    _as_a_chain().without("grant", "duty").says_nothing("GL10")


def test_a_giver_who_is_not_recorded_is_not_accused():
    _by_the_officer(delegator=None).says_nothing("GL10")


def test_a_giver_who_ended_is_another_rules_matter():
    gone = fact("body.dissolved", "body:committee", "2026-03-01")
    _as_a_chain().also(gone=gone).says_nothing("GL10")


def test_a_delegation_that_had_ended_itself_is_another_rules_matter():
    revoked = fact("delegation.revoked", "delegation:S2", "2026-03-01", of={"stream": "delegation:S2", "n": 1})
    _by_the_officer().also(revoked=revoked).says_nothing("GL10")
    _by_the_officer(from_="2026-03-13").says_nothing("GL10")


def test_a_function_that_was_not_given_is_another_rules_matter():
    other = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    duty = fact("function.duty_placed", "function:other", "2022-07-01", holder="organisation:icb")
    history = clean().also(other=other, other_duty=duty).but("D1", functions=["function:other"])
    history.says_nothing("GL10")


def test_a_decision_without_a_day_is_not_judged():
    _as_a_chain().without("grant").undated("D1").says_nothing("GL10")
