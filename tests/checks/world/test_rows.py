"""The world of an answer about authority, as the rows give it: what held at a moment, as known at a point."""

from __future__ import annotations

import os
from contextlib import closing

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.days import instant_asked
from decisionlog.domain.known import AsOf
from decisionlog.store.catch_up import ReadModels
from tests.scenario import STORE, about, body, corrected, engine_for, fact, new_log, organisation, person, record

F, G = "function:f", "function:g"
ICB, COUNCIL = "organisation:icb", "organisation:council"
D = "delegation:d"


class Log:
    """A log, and the world at a day, as known at a position."""

    def __init__(self):
        self.log = new_log()
        self._models = ReadModels(self.log, engine_for(self.log), MODELS)
        self.record(
            organisation("icb", kind="icb"),
            organisation("council", kind="upper-tier-la", **{"from": "2024-01-01"}),
            person("p"),
            fact("function.catalogued", G, "2020-01-01"),
            fact("function.catalogued", F, "2020-01-01", parent=G),
        )

    def record(self, *facts):
        record(self.log, *facts, again=True)

    def at(self, day, known=1_000):
        """The rows are read when they are asked for; the connection is closed with the models."""
        self._models.catch_up()
        point = AsOf(instant_asked(day, self.log.zone), min(known, self.log.size()))
        return RowsWorld(self._rows, point)

    def following(self, day, known=1_000):
        """The same, with what was found out before."""
        self._models.catch_up()
        point = AsOf(instant_asked(day, self.log.zone), min(known, self.log.size()))
        return RowsWorld.at_point(self._rows, point)

    @property
    def _rows(self):
        if not hasattr(self, "_open"):
            self._open = self._models._engine.connect()
        return self._open

    def grant(self, day, known=1_000):
        found = self.at(day, known).grants_of([F, G], [])
        return found[0] if found else None

    def close(self):
        if hasattr(self, "_open"):
            self._open.close()
        self._models._engine.dispose()


@pytest.fixture
def log():
    with closing(Log()) as made:
        yield made


def granted(on="2025-01-01", **data):
    return fact(
        "delegation.granted", D, on, **{"delegator": ICB, "delegates": ["person:p"], "scope": [{"function": F}], **data}
    )


def of(n, type_name, on, **data):
    return about(D, type_name, on, of=n, **data)


# The terms of a delegation


def test_a_delegation_is_there_before_it_takes_effect_and_says_so(log):
    log.record(granted(**{"from": "2025-06-01"}))
    assert [log.grant(day).begun for day in ("2025-01-01", "2025-05-31", "2025-06-01")] == [False, False, True]


def test_variations_count_in_the_order_of_their_effect_not_of_their_acts(log):
    log.record(
        granted(),
        fact("delegation.varied", D, "2025-02-01", review_by="2027-01-01", **{"from": "2025-06-01"}),
        fact("delegation.varied", D, "2025-03-01", review_by="2026-01-01"),
    )
    assert [log.grant(day).review_by for day in ("2025-02-15", "2025-03-15", "2025-06-15")] == [
        "",
        "2026-01-01",
        "2027-01-01",
    ]


def test_a_variation_gives_another_end_or_strikes_it(log):
    log.record(granted(until="2025-03-01"), fact("delegation.varied", D, "2025-02-01", until="2025-05-01"))
    assert log.grant("2025-04-30").stops == ()
    assert log.grant("2025-05-01") is None
    log.record(fact("delegation.varied", D, "2025-02-10", struck=["until"]))
    assert log.grant("2025-06-01").until == ""


def test_what_is_not_recorded_is_not_what_is_stated_as_none(log):
    log.record(granted())
    assert (log.grant("2025-06-01").limits, log.grant("2025-06-01").reserved) == (None, None)
    log.record(fact("delegation.varied", D, "2025-02-01", limits=[], reserved_matters=[]))
    assert (log.grant("2025-06-01").limits, log.grant("2025-06-01").reserved) == ((), 0)


def test_a_suspension_stops_until_it_is_over_or_the_resumption_that_names_it(log):
    log.record(
        granted(),
        fact("delegation.suspended", D, "2025-03-01", until="2025-04-01"),
        fact("delegation.suspended", D, "2025-05-01"),
        of(3, "delegation.resumed", "2025-06-01"),
    )
    found = {
        day: [stop.how for stop in log.grant(day).stops]
        for day in ("2025-03-15", "2025-04-01", "2025-05-31", "2025-06-01")
    }
    assert found == {"2025-03-15": ["suspended"], "2025-04-01": [], "2025-05-31": ["suspended"], "2025-06-01": []}


def test_a_revocation_by_some_leaves_the_grant_and_names_them(log):
    log.record(granted(), fact("delegation.revoked", D, "2025-03-01", on_behalf_of=[COUNCIL]))
    (stop,) = log.grant("2025-06-01").stops
    assert (stop.how, stop.on, stop.on_behalf_of, stop.evidence) == ("revoked", "2025-03-01", (COUNCIL,), (8,))


def test_a_revocation_within_a_month_stops_from_its_end_and_is_possible_before(log):
    log.record(granted(), fact("delegation.revoked", D, "2025-03-10", **{"from": "2025-04"}))
    assert [log.grant(day).possible for day in ("2025-03-31", "2025-04-15")] == [False, True]
    assert log.grant("2025-05-01") is None


def test_a_condition_stands_as_the_last_fact_that_names_it_says(log):
    log.record(
        granted(conditions=[{"id": "c1", "words": "Funding", "kind": "precedent"}]),
        of(1, "condition.discharged", "2025-03-01", condition="c1"),
        of(1, "condition.failed", "2025-04-01", condition="c1"),
    )
    found = [log.grant(day).conditions[0].state for day in ("2025-02-01", "2025-03-01", "2025-04-01")]
    assert found == ["stated", "discharged", "failed"]


def test_a_consent_and_a_continuation_hold_for_their_time(log):
    log.record(
        granted(),
        fact("delegation.consented", D, "2025-02-01", who=COUNCIL, until="2025-04-01"),
        fact("delegation.continued", D, "2025-03-01", parties=[COUNCIL]),
    )
    assert [one.who for one in log.grant("2025-02-15").consents] == [COUNCIL]
    assert log.grant("2025-04-01").consents == ()
    assert [one.parties for one in log.grant("2025-03-01").continuations] == [(COUNCIL,)]
    assert log.grant("2025-02-28").continuations == ()


def test_a_late_correction_changes_what_is_known_not_what_was_known(log):
    log.record(granted())
    log.record(corrected(D, "/delegator", ICB, COUNCIL, of=1))
    assert log.grant("2025-06-01", known=7).delegator == ICB
    assert (log.grant("2025-06-01").delegator, log.grant("2025-06-01").evidence) == (COUNCIL, (7, 8))


def test_a_grant_that_should_not_have_been_recorded_is_gone(log):
    log.record(granted())
    log.record(about(D, "record.retracted", of=1))
    assert log.grant("2025-06-01", known=7) is not None
    assert log.grant("2025-06-01") is None


# Who there is


def test_an_organisation_that_has_not_begun_is_recorded_and_does_not_exist(log):
    party = log.at("2023-12-31").party(COUNCIL)
    assert (party.recorded, party.exists, party.ended) == (True, False, False)
    assert log.at("2024-01-01").party(COUNCIL).exists


def test_one_that_ended_with_its_succession_has_ended(log):
    succeeded = {"successors": [{"organisation": COUNCIL}], "ends": True, "from": "2025-04-01"}
    log.record(fact("organisation.succeeded", ICB, "2025-01-01", **succeeded))
    assert (log.at("2025-03-31").party(ICB).exists, log.at("2025-04-01").party(ICB).ended) == (True, True)
    (succession,) = log.at("2025-04-01").successions(ICB)
    assert [(share.organisation, share.whole) for share in succession.shares] == [(COUNCIL, True)]
    assert log.at("2025-03-31").successions(ICB) == []


def test_a_stub_and_what_is_not_on_the_log_may_well_exist(log):
    log.record(fact("organisation.registered", "organisation:stub"))
    found = [log.at("2025-01-01").party(one) for one in ("organisation:stub", "organisation:nowhere")]
    assert [(one.recorded, one.exists) for one in found] == [(False, True), (False, True)]


def test_a_person_on_the_log_exists_on_every_day(log):
    assert (log.at("1990-01-01").party("person:p").recorded, log.at("1990-01-01").party("person:p").exists) == (
        True,
        True,
    )


def test_parents_join_and_leave_and_a_dissolved_body_is_nobody_s(log):
    log.record(
        body("b", on="2025-01-01", kind="joint-committee", parents=[{"parent": ICB, "functions": [F]}]),
        fact("body.parents_changed", "body:b", "2025-03-01", parents_joined=[{"parent": COUNCIL}]),
        fact("body.parents_changed", "body:b", "2025-05-01", parents_left=[ICB]),
        fact("body.dissolved", "body:b", "2025-07-01"),
    )
    found = {
        day: [one.parent for one in log.at(day).parents_of("body:b")]
        for day in ("2025-02-01", "2025-04-01", "2025-08-01")
    }
    assert found == {"2025-02-01": [ICB], "2025-04-01": [ICB, COUNCIL], "2025-08-01": [COUNCIL]}
    assert [len(log.at(day).bodies_of(COUNCIL)) for day in ("2025-06-01", "2025-07-01")] == [1, 0]
    assert [list(log.at(day).bodies_for([F])) for day in ("2025-04-01", "2025-06-01")] == [["body:b"], []]


def test_the_last_terms_hold_whole(log):
    log.record(
        body("b", on="2025-01-01"),
        fact("body.terms_adopted", "body:b", "2025-01-01", version="1", can="decide", reports_to=[ICB]),
        fact("body.terms_adopted", "body:b", "2025-03-01", version="2", **{"from": "2025-04-01"}),
    )
    found = [log.at(day).terms("body:b") for day in ("2024-12-31", "2025-03-31", "2025-04-01")]
    assert found[0] is None
    assert [(one.version, one.can, one.reports_to) for one in found[1:]] == [("1", "decide", (ICB,)), ("2", "", ())]


def test_an_instrument_says_why_it_is_not_in_force(log):
    log.record(
        fact("instrument.adopted", "instrument:i", "2025-01-01", kind="mou", parties=[ICB], functions=[F]),
        fact("instrument.replaced", "instrument:i", "2025-06-01"),
    )
    found = [log.at(day).instrument("instrument:i") for day in ("2024-12-31", "2025-01-01", "2025-06-01")]
    assert [(one.in_force, one.why) for one in found] == [(False, "not yet adopted"), (True, ""), (False, "replaced")]
    assert [len(log.at(day).agreements([F])) for day in ("2025-01-01", "2025-06-01")] == [1, 0]
    assert not log.at("2025-01-01").instrument("instrument:nowhere").recorded


# Duties, places, money, promises


def test_a_duty_ends_with_the_first_of_its_ends_and_only_by_a_fact_that_names_it(log):
    log.record(
        fact("function.duty_placed", F, "2025-01-01", holder=ICB, until="2025-09-01"),
        fact("function.duty_placed", F, "2025-01-01", holder=COUNCIL),
        about(F, "function.duty_ended", "2025-06-01", of=2),
    )
    found = {day: [(one.holder, one.n) for one in log.at(day).duties([F])] for day in ("2025-05-31", "2025-06-01")}
    assert found == {"2025-05-31": [(ICB, 2), (COUNCIL, 3)], "2025-06-01": [(COUNCIL, 3)]}


def test_a_duty_that_another_source_contradicts_is_disputed_from_its_effect_on(log):
    log.record(
        fact("function.duty_placed", F, "2025-01-01", holder=ICB, places=["place:q"]),
        fact("place.defined", "place:q", "2020-01-01"),
        about(F, "record.contradicted", of=2, path="/holder", says=COUNCIL),
    )
    (dispute,) = log.at("2025-01-01").disputes([F, G])
    assert (dispute.about, dispute.places, dispute.evidence) == (F, ("place:q",), (7, 9))
    assert log.at("2024-12-31").disputes([F, G]) == []


def test_two_ends_of_one_duty_that_differ_are_disputed(log):
    log.record(
        fact("function.duty_placed", F, "2025-01-01", holder=ICB),
        about(F, "function.duty_ended", "2025-06-01", of=2),
        about(F, "function.duty_ended", "2025-07-01", of=2),
    )
    assert [one.evidence for one in log.at("2025-02-01").disputes([F])] == [(7, 8, 9)]


def test_a_cycle_of_functions_or_places_ends_where_it_closes(log):
    log.record(
        fact("place.defined", "place:a", "2020-01-01"),
        fact("place.defined", "place:b", "2020-01-01", within="place:a"),
        fact("place.redrawn", "place:a", "2021-01-01", within="place:b"),
    )
    world = log.at("2022-01-01")
    assert world.place("place:a").chain == ("place:a", "place:b")
    assert world.places_in("place:a") == {"place:a", "place:b"}
    assert log.at("2020-06-01").places_in("place:a") == {"place:b"}
    assert world.function(F).chain == (F, G)


def test_a_fund_is_found_by_its_functions_while_it_is_open(log):
    log.record(
        fact("fund.established", "fund:x", "2025-01-01", host=COUNCIL, functions=[G], parties=[ICB]),
        fact("fund.parties_changed", "fund:x", "2025-02-01", parties_joined=[COUNCIL], parties_left=[ICB]),
        fact("fund.closed", "fund:x", "2025-06-01"),
    )
    found = {
        day: [one.parties for one in log.at(day).funds([F, G])] for day in ("2025-01-15", "2025-03-01", "2025-06-01")
    }
    assert found == {"2025-01-15": [(ICB,)], "2025-03-01": [(COUNCIL,)], "2025-06-01": []}


def test_an_open_action_of_the_function_is_a_promise_until_it_is_done(log):
    log.record(
        fact("action.assigned", "action:a", "2025-01-01", functions=[F], owner="person:p", to=COUNCIL),
        fact("action.completed", "action:a", "2025-03-01"),
    )
    (promise,) = log.at("2025-02-01").promises([F, G])
    assert (promise.owner, promise.to, promise.functions) == ("person:p", COUNCIL, (F,))
    assert list(log.at("2025-03-01").promises([F, G])) == []


def test_another_moment_is_another_world_of_the_same_knowledge(log):
    log.record(granted())
    log.record(fact("delegation.revoked", D, "2025-03-01"))
    world = log.at("2025-06-01", known=7)
    then = world.at(instant_asked("2025-02-01", log.log.zone))
    assert [one.stops for one in then.grants_of([F], [])] == [()]
    assert then.at(instant_asked("2025-06-01", log.log.zone)) is world


# What is taken over from one question to the next


def test_a_holder_who_may_have_left_is_told_so_also_after_the_same_was_asked_of_an_earlier_day(log):
    post = "post:director"
    log.record(
        fact("post.established", post, "2024-01-01", organisation=ICB),
        about(post, "post.filled", "2024-01-01", of=None, person="person:p"),
        about(post, "post.vacated", "2025-06", of=2),
    )
    days = ("2025-05-30", "2025-06-10", "2025-07-10", "2025-06-20", "2025-05-01")
    asked = [[one.possible for one in log.following(day).holders(post)] for day in days]
    assert asked == [[False], [True], [], [True], [False]]


def test_what_was_found_out_is_taken_over_where_nothing_changed_since_and_only_there(log):
    log.record(organisation("new", **{"from": "2025-06-01"}))
    before = log.following("2025-01-01")
    party = before.party("organisation:new")
    assert not party.exists
    assert log.following("2025-01-02").party("organisation:new") == party
    if os.environ.get(STORE) != "postgresql":  # a server does not tell whether anybody wrote, so nothing is taken over
        assert log.following("2025-01-02").party("organisation:new") is party
    assert log.following("2025-06-01").party("organisation:new").exists
    assert not log.following("2025-01-03").party("organisation:new").exists


def test_what_is_found_out_later_at_one_moment_is_not_taken_back_to_an_earlier_one(log):
    log.record(organisation("new", **{"from": "2025-06-01"}))
    before = log.following("2025-01-01")
    after = log.following("2025-12-31")
    assert after.party("organisation:new").exists
    assert not before.party("organisation:new").exists
    assert not log.following("2025-01-01").party("organisation:new").exists
