from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

_OTHER = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other care")
_BENEATH = fact(
    "function.catalogued", "function:beds", "2022-07-01", ref="beds", name="Beds", parent="function:discharge"
)
_ELSEWHERE = fact("place.defined", "place:elsewhere", "2022-07-01", ref="elsewhere", name="Elsewhere", level="place")
_STREET = fact("place.defined", "place:street", "2022-07-01", ref="street", name="Street", within="place:town")
_SAME_DUTY = fact(
    "function.duty_placed", "function:other", "2022-07-01", holder="organisation:icb", legal_basis="nhsa2006-s3"
)


def _catalogued():
    return clean().also(other=_OTHER, other_duty=_SAME_DUTY, beds=_BENEATH, elsewhere=_ELSEWHERE, street=_STREET)


def _decided(**about):
    return _catalogued().but("D1", **about)


# GL07


def test_a_function_that_was_not_given_trips_it_alone():
    found = _decided(functions=["function:discharge", "function:other"]).trips("GL07", "D1", "grant")
    assert sentence(found) == "function:other is not among the functions that delegation:S1 gives"
    assert found.severity == "error"


def test_what_lies_beneath_a_function_was_given_with_it():
    _decided(functions=["function:beds"]).is_clean()


def test_the_functions_of_the_paper_count_where_the_decision_names_none():
    _decided(functions=None).but("P1", functions=["function:other"]).trips("GL07", "D1", "grant")
    _decided().but("P1", functions=["function:other"]).is_clean()


def test_a_place_for_which_it_was_not_given_trips_it():
    found = _decided(places=["place:elsewhere", "place:town"]).trips("GL07", "D1", "grant")
    assert sentence(found) == "place:elsewhere is not within the places that delegation:S1 is for"
    _decided(places=["place:street"]).is_clean()
    _decided(places=["place:elsewhere"]).but("grant", places=None).is_clean()


def test_where_no_scope_is_recorded_nothing_is_outside_it():
    _decided(functions=["function:other"]).but("grant", scope=None).says_nothing("GL07")
    _decided(functions=None, places=None).but("P1", functions=None, places=None).is_clean()


def test_a_scope_that_was_widened_before_counts():
    wider = [{"function": "function:discharge"}, {"function": "function:other"}]
    history = _decided(functions=["function:other"])
    varied = fact("delegation.varied", "delegation:S1", "2026-03-01", scope=wider)
    history.also(varied=varied).says_nothing("GL07")
    later = fact("delegation.varied", "delegation:S1", "2026-03-13", scope=wider)
    history.also(varied=later).trips("GL07", "D1", "grant")


def test_a_scope_that_changed_within_the_day_is_not_evidenced():
    wider = [{"function": "function:other"}]
    varied = fact("delegation.varied", "delegation:S1", "2026-03-12T15:00:00Z", scope=wider)
    found = _decided(functions=["function:other"]).also(varied=varied).is_not_evidenced("GL07")
    assert sentence(found) == (
        "function:other is not among the functions that delegation:S1 gives, whose scope changed at about that time: "
        "which came first is not recorded"
    )


def test_to_carry_out_is_not_to_decide():
    found = clean().but("grant", kind="execute").trips("GL07", "D1", "grant")
    assert sentence(found) == "delegation:S1 lets it carry out what others decided, and not decide"


def test_a_delegation_of_one_matter_is_for_that_matter():
    other = fact("proposal.submitted", "proposal:P9", "2026-02-01", ref="P9", title="Another paper")
    history = clean().also(paper=other)
    history.but("grant", scope=None, matters=["proposal:P1"]).says_nothing("GL07")
    history.but("grant", scope=None, matters=["decision:D1"]).says_nothing("GL07")
    found = history.but("grant", scope=None, matters=["proposal:P9"]).findings("GL07")
    assert [sentence(one) for one in found] == [
        "delegation:S1 was given for proposal:P9, and this is about proposal:P1"
    ]
    nothing = history.but("grant", scope=None, matters=["proposal:P9"]).but("D1", proposals=None)
    nothing.says_nothing("GL07")


def test_a_matter_that_was_given_besides_the_functions_is_within_it():
    _decided(functions=["function:other"]).but("grant", matters=["proposal:P1"]).says_nothing("GL07")


def test_a_fund_that_was_given_is_within_it():
    fund = fact("fund.established", "fund:pool", "2025-04-01", ref="pool", name="Pool", kind="own")
    value = {"money": {"amount": 100, "currency": "GBP"}, "fund": "fund:pool"}
    history = _decided(functions=["function:other"], value=[value]).also(fund=fund)
    history.but("grant", matters=["fund:pool"]).says_nothing("GL07")
    assert [one.evidenced for one in history.findings("GL07")] == [True]


def _without_a_delegation(**about):
    return _decided(authority=[{"legal_basis": "nhsa2006-sch1B"}], **about)


def test_a_body_that_cites_no_delegation_has_the_functions_of_its_parents():
    _without_a_delegation().is_clean()
    _without_a_delegation(functions=["function:beds"]).is_clean()
    found = _without_a_delegation(functions=["function:other"]).trips("GL07", "D1", "committee")
    assert sentence(found) == "function:other is not among the functions for which body:committee was set up"


def test_whom_the_parent_acts_for_is_bound_too():
    parents = [{"parent": "body:board", "functions": ["function:discharge"]}]
    history = _without_a_delegation(functions=["function:other"]).but("committee", parents=parents)
    assert [one.evidenced for one in history.findings("GL07")] == [True]


def test_what_the_body_gave_to_others_was_not_given_to_it():
    by_it = fact(
        "delegation.granted",
        "delegation:S2",
        "2025-04-01",
        ref="S2",
        delegator="body:committee",
        delegates=["person:p4"],
        scope=[{"function": "function:other"}],
    )
    assert _without_a_delegation(functions=["function:other"]).also(given=by_it).findings("GL07")


def test_what_was_delegated_to_the_body_need_not_be_cited():
    to_it = fact(
        "delegation.granted",
        "delegation:S2",
        "2025-04-01",
        ref="S2",
        delegator="body:board",
        delegates=["body:committee"],
        scope=[{"function": "function:other"}],
    )
    _without_a_delegation(functions=["function:other"]).also(given=to_it).says_nothing("GL07")
    later = {**to_it, "on": "2026-03-13"}
    assert _without_a_delegation(functions=["function:other"]).also(given=later).findings("GL07")


def test_a_body_whose_parents_name_no_functions_is_not_judged_by_them():
    parents = [{"parent": "organisation:icb", "legal_basis": "nhsa2006-sch1B"}]
    _without_a_delegation(functions=["function:other"]).but("committee", parents=parents).says_nothing("GL07")


def test_the_functions_of_the_parent_that_is_bound_count():
    parents = [
        {"parent": "organisation:icb", "functions": ["function:discharge"]},
        {"parent": "organisation:council", "functions": ["function:other"]},
    ]
    history = _without_a_delegation(functions=["function:other"]).but("committee", parents=parents)
    assert [one.evidenced for one in history.findings("GL07")] == [True]
    history.but("D1", on_behalf_of=["organisation:council"]).says_nothing("GL07")
    history.but("D1", on_behalf_of=None).says_nothing("GL07")


@pytest.mark.parametrize("outcome", ["noted", "deferred", "recommended"])
def test_an_outcome_that_uses_no_power_is_nowhere_outside(outcome):
    _decided(functions=["function:other"], outcome=outcome).says_nothing("GL07")
    _without_a_delegation(functions=["function:other"], outcome=outcome).says_nothing("GL07")


# GL08


def _for_the_board_alone(history):
    ended = fact("function.duty_ended", "function:other", "2025-01-01", of={"stream": "function:other", "n": 2})
    board = fact("function.duty_placed", "function:other", "2025-01-01", holder="body:board")
    return history.also(ended=ended, reserved=board)


def test_what_is_for_the_board_to_decide_trips_it_when_another_decides():
    history = _for_the_board_alone(_without_a_delegation(functions=["function:other"]))
    found = history.findings("GL08")
    assert [sentence(one) for one in found] == [
        "function:other is for body:board to decide, and nothing recorded gave it to body:committee"
    ]
    assert found[0].evidenced


def test_the_one_for_whom_it_is_may_decide_it():
    history = _for_the_board_alone(_without_a_delegation(functions=["function:other"]))
    history.but("D1", decision_makers=["body:board"]).says_nothing("GL08")


def test_what_the_board_gave_away_is_no_longer_its_alone():
    to_it = fact(
        "delegation.granted",
        "delegation:S2",
        "2025-04-01",
        ref="S2",
        delegator="body:board",
        delegates=["body:committee"],
        scope=[{"function": "function:other"}],
    )
    history = _for_the_board_alone(_without_a_delegation(functions=["function:other"]))
    history.also(given=to_it).says_nothing("GL08")


def test_where_a_delegation_is_cited_that_is_judged_instead():
    _for_the_board_alone(_decided(functions=["function:other"])).says_nothing("GL08")
    quiet = _for_the_board_alone(_without_a_delegation(functions=["function:other"], outcome="noted"))
    quiet.says_nothing("GL08")


def test_what_is_for_the_board_elsewhere_is_not_reserved_here():
    ended = fact("function.duty_ended", "function:other", "2025-01-01", of={"stream": "function:other", "n": 2})
    there = fact(
        "function.duty_placed", "function:other", "2025-01-01", holder="body:board", places=["place:elsewhere"]
    )
    history = _without_a_delegation(functions=["function:other"]).also(ended=ended, reserved=there)
    history.says_nothing("GL08")
    assert history.but("D1", places=["place:elsewhere"]).findings("GL08")


def test_what_is_an_organisations_duty_is_reserved_to_nobody():
    _without_a_delegation(functions=["function:other"]).says_nothing("GL08")


def test_of_whoever_is_not_recorded_and_of_a_person_nothing_is_said():
    history = _for_the_board_alone(_without_a_delegation(functions=["function:other"]))
    history.but("D1", decision_makers=None).says_nothing("GL08")
    history.but("D1", decision_makers=["person:p1"]).says_nothing("GL08")
    history.but("D1", decision_makers=["organisation:council"]).says_nothing("GL08")


def test_what_is_kept_back_in_words_somebody_must_read():
    found = clean().but("grant", reserved_matters=["closing a ward"]).is_not_evidenced("GL08")
    assert sentence(found) == ("delegation:S1 keeps matters back in words: whether this is one of them must be read")
    clean().but("grant", reserved_matters=None).is_clean()
    clean().but("D1", outcome="noted").but("grant", reserved_matters=["closing a ward"]).says_nothing("GL08")


# What it is about


def test_a_decision_that_is_linked_to_the_matter_that_was_given_is_within_it():
    earlier = fact("decision.taken", "decision:D0", "2026-02-01", ref="D0")
    place = _decided(functions=["function:other"]).also(earlier=earlier).but("grant", matters=["decision:D0"])
    place.says_something("GL07")
    place.but("D1", links=[{"decision": "decision:D0", "link": "follows"}]).says_nothing("GL07")


def test_each_decision_is_judged_by_what_it_is_itself_about():
    other = {**clean().facts["D1"], "stream": "decision:D2"}
    other["data"] = {**other["data"], "ref": "D2", "value": [], "functions": ["function:other"], "item": "5"}
    assert [one.subject for one in _catalogued().also(D2=other).findings("GL07")] == ["decision:D2"]


def test_the_functions_of_every_paper_and_version_count_up_to_the_one_that_was_decided():
    revised = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2", functions=["function:other"])
    place = _catalogued().also(revised=revised).but("D1", functions=None)
    place.says_nothing("GL07")
    both = [{"proposal": "proposal:P1", "version": "2"}]
    place.but("D1", proposals=both).says_something("GL07")
    untouched = place.but("revised", functions=None).but("D1", proposals=both).but("P1", functions=["function:other"])
    untouched.says_something("GL07")


def test_the_places_of_the_paper_count_where_the_decision_names_none():
    place = _decided(places=None).but("P1", places=["place:elsewhere"])
    place.says_something("GL07")
    place.but("P1", places=["place:town"]).says_nothing("GL07")
    revised = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2", places=["place:town"])
    later = place.also(revised=revised).but("D1", proposals=[{"proposal": "proposal:P1", "version": "2"}])
    later.says_nothing("GL07")
    later.but("revised", places=None).says_something("GL07")


def test_a_function_of_two_papers_is_told_once():
    second = fact("proposal.submitted", "proposal:P2", "2026-02-20", ref="P2", functions=["function:other"])
    both = [{"proposal": "proposal:P1"}, {"proposal": "proposal:P2"}]
    place = _catalogued().also(P2=second).but("P1", functions=["function:other"])
    found = place.but("D1", functions=None, proposals=both).says_something("GL07")
    assert sentence(found).count("function:other") == 1
