from __future__ import annotations

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

_NEVER_ASKED = ("s-council",)


def _unasked(**data):
    """The council took no position on the paper."""
    return clean().without(*_NEVER_ASKED).but("D1", **data)


def test_who_was_not_consulted_trips_it():
    found = _unasked(consulted=[{"who": "organisation:trust"}]).findings("GL32")
    assert [sentence(one) for one in found] == [
        "delegation:S1 wants organisation:council consulted first, and no consultation of them is recorded"
    ]
    assert found[0].evidenced
    assert found[0].severity == "error"


def test_that_nobody_was_consulted_trips_it():
    history = _unasked(consulted=[])
    assert [one.evidenced for one in history.findings("GL32")] == [True]
    assert history.findings("GL32")[0].evidence == tuple(
        list(history.facts).index(name) + 2 for name in ("D1", "grant")
    )


def test_where_nothing_of_consulting_is_recorded_it_is_not_evidenced():
    _unasked(consulted=None).is_not_evidenced("GL32")


def test_whoever_was_consulted_by_then_says_nothing():
    for heard in ({"on": "2026-03-12"}, {"on": "2026-03-02"}, {}):
        _unasked(consulted=[{"who": "organisation:council", **heard}]).says_nothing("GL32")


def test_who_was_consulted_afterwards_was_not_consulted_first():
    history = _unasked(consulted=[{"who": "organisation:council", "on": "2026-03-13"}])
    assert [one.evidenced for one in history.findings("GL32")] == [True]


def test_a_consultation_on_the_paper_counts():
    asked = fact("proposal.consulted", "proposal:P1", "2026-03-01", consulted=[{"who": "organisation:council"}])
    _unasked(consulted=None).also(asked=asked).says_nothing("GL32")
    others = fact("proposal.consulted", "proposal:P1", "2026-03-01", consulted=[{"who": "organisation:trust"}])
    assert [one.evidenced for one in _unasked(consulted=None).also(asked=others).findings("GL32")] == [True]


def test_a_consultation_on_the_paper_after_the_decision_came_too_late():
    late = fact("proposal.consulted", "proposal:P1", "2026-03-13", consulted=[{"who": "organisation:council"}])
    assert len(_unasked(consulted=None).also(asked=late).findings("GL32")) == 1


def test_whoever_was_heard_by_the_very_minute_was_heard():
    at = "2026-03-12T10:00:00Z"
    history = _unasked(consulted=None).but("D1", on=at)
    asked = fact("proposal.consulted", "proposal:P1", at, consulted=[{"who": "organisation:council"}])
    position = fact(
        "proposal.position_taken", "proposal:P1", at, on_behalf_of=["organisation:council"], position="support"
    )
    other = fact(
        "decision.taken",
        "decision:F1",
        at,
        ref="F1",
        decision_makers=["organisation:council"],
        proposals=[{"proposal": "proposal:P1"}],
        outcome="noted",
    )
    for heard in (asked, position, other):
        history.also(heard=heard).says_nothing("GL32")
    history.but("D1", on=at, consulted=[{"who": "organisation:council", "on": at}]).says_nothing("GL32")


def test_the_day_of_a_consultation_on_the_paper_counts():
    late = [{"who": "organisation:council", "on": "2026-03-13"}]
    asked = fact("proposal.consulted", "proposal:P1", "2026-03-01", consulted=late)
    assert len(_unasked(consulted=None).also(asked=asked).findings("GL32")) == 1


def test_whoever_took_a_position_on_the_paper_was_consulted():
    clean().but("D1", consulted=None).says_nothing("GL32")
    clean().but("D1", consulted=None).but("s-council", on="2026-03-13").is_not_evidenced("GL32")


def test_whoever_had_the_paper_before_them_was_consulted():
    history = _unasked(consulted=None)
    history.but("P1", route=[{"who": "organisation:council", "on": "2026-03-01"}]).says_nothing("GL32")
    history.but("P1", route=[{"words": "the usual way"}]).is_not_evidenced("GL32")
    forum = fact("body.constituted", "body:forum", "2022-07-01", ref="forum", name="Forum", kind="advisory-forum")
    advice = fact(
        "decision.taken",
        "decision:F1",
        "2026-03-05",
        ref="F1",
        decision_makers=["body:forum"],
        proposals=[{"proposal": "proposal:P1"}],
        outcome="endorsed",
    )
    wanted = history.also(forum=forum, advice=advice).but("grant", must_consult=["body:forum"])
    wanted.says_nothing("GL32")
    late = history.also(forum=forum, advice={**advice, "on": "2026-03-13"}).but("grant", must_consult=["body:forum"])
    late.is_not_evidenced("GL32")


def test_whoever_decides_did_not_consult_themselves_by_deciding():
    _unasked(consulted=None).but("grant", must_consult=["body:committee"]).is_not_evidenced("GL32")


def test_an_officer_of_whoever_is_to_be_consulted_will_do():
    officer = fact(
        "post.established",
        "post:officer",
        "2022-07-01",
        ref="officer",
        name="Officer",
        organisation="organisation:council",
    )
    _unasked(consulted=[{"who": "post:officer"}]).also(officer=officer).says_nothing("GL32")


def test_several_are_named_in_one_sentence():
    history = _unasked(consulted=[]).but("grant", must_consult=["organisation:council", "organisation:trust"])
    (found,) = history.findings("GL32")
    assert sentence(found) == (
        "delegation:S1 wants organisation:council and organisation:trust consulted first, "
        "and no consultation of them is recorded"
    )


def test_only_what_was_wanted_all_through_the_day_is_missed():
    varied = fact("delegation.varied", "delegation:S1", "2026-03-12T15:00:00Z", must_consult=["organisation:trust"])
    _unasked(consulted=[]).also(varied=varied).says_nothing("GL32")


def test_where_nobody_must_be_consulted_nobody_is_missed():
    for must in ([], None):
        _unasked(consulted=[]).but("grant", must_consult=must).says_nothing("GL32")
    _unasked(consulted=[], outcome="noted").says_nothing("GL32")
