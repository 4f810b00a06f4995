from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

# GL36


def _dissolved(stream, on, **data):
    kind = stream.partition(":")[0]
    return fact(f"{kind}.dissolved", stream, on, **data)


def test_a_decision_for_an_organisation_that_had_ended_trips_it():
    (found,) = clean().also(gone=_dissolved("organisation:icb", "2026-03-01")).findings("GL36")
    assert sentence(found) == "organisation:icb, for which it was taken, had ended on 2026-03-01"
    assert found.evidenced
    assert found.severity == "error"


def test_a_decision_by_a_body_that_had_ended_trips_it():
    history = clean().also(gone=_dissolved("body:committee", "2026-03-01"))
    (found,) = history.findings("GL36")
    assert sentence(found) == "body:committee, which took it, had ended on 2026-03-01"
    assert found.evidence == tuple(list(history.facts).index(name) + 2 for name in ("D1", "committee", "gone"))


def test_who_ended_the_day_after_was_there():
    clean().also(gone=_dissolved("organisation:icb", "2026-03-13")).says_nothing("GL36")


def test_who_ended_on_that_day_by_an_act_of_it_may_have_been_there():
    found = clean().also(gone=_dissolved("organisation:icb", "2026-03-12")).is_not_evidenced("GL36")
    assert sentence(found).endswith("had ended on 2026-03-12: whether before or after the decision cannot be told")
    by_order = _dissolved("organisation:icb", "2026-02-01", from_="2026-03-12")
    assert [one.evidenced for one in clean().also(gone=by_order).findings("GL36")] == [True]
    clean().also(gone=_dissolved("organisation:icb", "2026-03-12T15:00:00Z")).is_not_evidenced("GL36")


def test_who_ended_by_order_at_an_hour_of_that_day_may_have_been_there():
    gone = _dissolved("organisation:icb", "2026-02-01", from_="2026-03-12T15:00:00Z")
    clean().also(gone=gone).is_not_evidenced("GL36")


def test_of_whom_no_day_is_recorded_it_is_not_evidenced():
    gone = fact("organisation.dissolved", "organisation:icb", None)
    found = clean().but("D1", on="2026-06-02").also(gone=gone).is_not_evidenced("GL36", on="2026-06-03")
    assert sentence(found) == (
        "organisation:icb, for which it was taken, had ended: whether before or after the decision cannot be told"
    )


def test_what_has_no_day_of_its_beginning_may_well_have_been_there():
    clean().undated("committee").says_nothing("GL36")


def test_who_did_not_exist_yet_trips_it():
    found = clean().but("committee", on="2026-03-13").findings("GL36")
    assert [sentence(one) for one in found] == ["body:committee, which took it, did not exist before 2026-03-13"]
    clean().but("committee", on="2026-03-12").says_nothing("GL36")
    clean().but("committee", on="2026-03-12T15:00:00Z").is_not_evidenced("GL36")


def test_a_successor_with_the_same_code_is_another_legal_person():
    code = [{"scheme": "ODS", "code": "QOP"}]
    ended = fact(
        "organisation.succeeded",
        "organisation:icb",
        "2026-03-01",
        successors=[{"organisation": "organisation:icb-2", "takes": "whole"}],
        ends=True,
        continuity="treated-as-done-by-successor",
    )
    heir = fact("organisation.registered", "organisation:icb-2", "2026-03-01", ref="icb-2", kind="icb", codes=code)
    history = clean().but("icb", codes=code).also(heir=heir, succeeded=ended)
    assert [sentence(one) for one in history.findings("GL36")] == [
        "organisation:icb, for which it was taken, had ended on 2026-03-01"
    ]
    history.but("D1", on_behalf_of=["organisation:icb-2"]).says_nothing("GL36")


def test_of_whom_nothing_is_recorded_nothing_is_said():
    stub = fact("body.constituted", "body:stub", None, ref="stub")
    clean().also(stub=stub).but("D1", decision_makers=["body:stub"]).says_nothing("GL36")


def test_what_uses_no_power_may_come_from_anybody():
    clean().but("D1", outcome="noted").also(gone=_dissolved("body:committee", "2026-03-01")).says_nothing("GL36")


def test_a_decision_without_a_day_is_not_judged():
    gone = _dissolved("body:committee", "2026-03-01")
    clean().undated("D1").also(gone=gone).says_nothing("GL36")


# GL35

_OFFICER = fact(
    "post.established", "post:officer", "2022-07-01", ref="officer", name="Officer", organisation="organisation:icb"
)


def _filled(person, basis="substantive", on="2024-01-01", **data):
    held_as = {"basis": basis} if basis else {}
    return fact("post.filled", "post:officer", on, person=person, **held_as, **data)


def _by_an_officer(*held, **data):
    fillings = {f"held-{number}": one for number, one in enumerate(held)}
    history = clean().also(officer=_OFFICER, **fillings).but("grant", delegates=["post:officer"])
    return history.but("D1", decision_makers=["post:officer"], **data)


def test_a_post_that_somebody_holds_says_nothing():
    _by_an_officer(_filled("person:p1")).is_clean()
    _by_an_officer(_filled("person:p1", "ex-officio")).but("grant", holders="substantive-only").is_clean()


def test_a_post_that_nobody_held_on_the_day_trips_it():
    vacated = fact("post.vacated", "post:officer", "2026-03-01", of={"stream": "post:officer", "n": 2})
    found = _by_an_officer(_filled("person:p1"), vacated).trips("GL35", "D1")
    assert sentence(found) == "nobody held post:officer on that day"
    assert found.severity == "warning"


def test_a_post_that_fell_vacant_on_that_day_was_held():
    vacated = fact("post.vacated", "post:officer", "2026-03-12T18:00:00Z", of={"stream": "post:officer", "n": 2})
    _by_an_officer(_filled("person:p1"), vacated).is_clean()
    _by_an_officer(_filled("person:p1", on="2026-03-12T08:00:00Z")).is_clean()
    _by_an_officer(_filled("person:p1", until="2026-03-13")).is_clean()
    _by_an_officer(_filled("person:p1", until="2026-03-12")).trips("GL35", "D1")


def test_a_post_of_which_no_holder_was_ever_recorded_is_not_held_against_it():
    _by_an_officer().is_clean()


@pytest.mark.parametrize("basis", ["acting", "interim", "deputising"])
def test_who_holds_it_for_a_time_may_not_use_what_is_for_substantive_holders(basis):
    found = _by_an_officer(_filled("person:p1", basis)).but("grant", holders="substantive-only")
    found = found.trips("GL35", "D1", "held-0")
    article = "an" if basis[0] in "aeiou" else "a"
    assert sentence(found) == (
        f"post:officer was held by {article} {basis} holder, and delegation:S1 is for substantive holders only"
    )


def test_two_ways_of_holding_it_are_both_told():
    held = (_filled("person:p1", "interim"), _filled("person:p2", "acting"))
    found = _by_an_officer(*held).but("grant", holders="substantive-only").trips("GL35", "D1", "held-0", "held-1")
    assert sentence(found).startswith("post:officer was held by an interim or acting holder, and")


def test_who_left_it_within_the_day_held_it():
    vacated = fact("post.vacated", "post:officer", "2026-03-12T18:00:00Z", of={"stream": "post:officer", "n": 2})
    history = _by_an_officer(_filled("person:p1", "acting"), vacated).but("grant", holders="substantive-only")
    history.trips("GL35", "D1", "held-0", "held-1")


def test_any_holder_may_use_what_is_for_any():
    _by_an_officer(_filled("person:p1", "acting")).but("grant", holders="any-holder").is_clean()


def test_what_the_appointment_says_in_words_is_for_people_to_read():
    for words in ("words", "basis_words"):
        filled = _filled("person:p1", "acting", **{words: "With the powers of the officer."})
        history = _by_an_officer(filled).but("grant", holders=None)
        found = history.is_not_evidenced("GL35")
        assert sentence(found) == (
            "post:officer was held by an acting holder: whether such a holder may use delegation:S1 is for people to "
            "read in the words of the appointment"
        )
        history.but("grant", holders="substantive-only").trips("GL35", "D1", "held-0")


def test_where_the_delegation_does_not_say_for_whom_it_is_it_is_not_evidenced():
    history = _by_an_officer(_filled("person:p1", "acting")).but("grant", holders=None)
    found = history.is_not_evidenced("GL35")
    assert sentence(found) == (
        "post:officer was held by an acting holder: whether such a holder may use delegation:S1 is not recorded"
    )


def test_who_is_recorded_without_a_word_for_how_may_hold_it_for_good():
    _by_an_officer(_filled("person:p1", None)).but("grant", holders="substantive-only").is_clean()


def test_of_two_holders_the_one_who_decided_counts():
    held = (_filled("person:p1"), _filled("person:p2", "acting"))
    history = _by_an_officer(*held).but("grant", holders="substantive-only")
    history.is_clean()
    history.but("D1", people=["person:p1"]).is_clean()
    history.but("D1", people=["person:p2"]).trips("GL35", "D1", "held-1")
    history.but("D1", people=["person:p3"]).is_clean()


def test_what_another_delegate_was_given_is_not_asked_of_the_post():
    history = _by_an_officer(_filled("person:p1", "acting")).but("grant", holders="substantive-only")
    history.but("grant", delegates=["body:committee"]).says_nothing("GL35")


def test_a_post_that_was_abolished_is_another_rules_matter():
    abolished = fact("post.abolished", "post:officer", "2026-03-01")
    vacated = fact("post.vacated", "post:officer", "2026-03-01", of={"stream": "post:officer", "n": 2})
    history = _by_an_officer(_filled("person:p1"), vacated, abolished)
    history.says_nothing("GL35")
    assert history.findings("GL36")


def test_an_outcome_that_uses_no_power_needs_no_holder():
    vacated = fact("post.vacated", "post:officer", "2026-03-01", of={"stream": "post:officer", "n": 2})
    _by_an_officer(_filled("person:p1"), vacated, outcome="noted").says_nothing("GL35")
    _by_an_officer(_filled("person:p1"), vacated).undated("D1").says_nothing("GL35")
