"""Which keys are believed to sign for a log, and for which sizes."""

from __future__ import annotations

import json

from decisionlog.audit.key_changes import KeyChange, Span, changes_in, recorded, spans
from tests.audit.signing import ICB, ORIGIN, signer_of

FIRST, SECOND, THIRD = (signer_of(f"{ORIGIN}-{number}").key for number in (1, 2, 3))
ONCE = KeyChange(10, SECOND, FIRST, compromised=False)
TWICE = KeyChange(20, THIRD, SECOND, compromised=False)


def by(*signed):
    """What vouches: each key with the size of the largest checkpoint that it signed."""
    sizes = dict(signed)
    return lambda key, position: sizes.get(key, 0) >= position


def test_a_log_that_never_changed_its_key_has_the_keys_that_are_given():
    assert spans([FIRST, ICB.key], [], by()) == [Span(FIRST, 0, None)]


def test_a_key_leads_to_the_one_after_it_where_it_signed_for_the_fact_that_says_so():
    assert spans([FIRST], [ONCE], by((FIRST, 10))) == [Span(FIRST, 0, 10), Span(SECOND, 10, None)]
    assert spans([FIRST], [ONCE], by((FIRST, 9), (SECOND, 12))) == [Span(FIRST, 0, None)]


def test_a_key_leads_to_the_one_before_it_where_it_signed_for_the_fact_that_says_so():
    assert spans([SECOND], [ONCE], by((SECOND, 12))) == [Span(SECOND, 10, None), Span(FIRST, 0, 10)]
    assert spans([SECOND], [ONCE], by((FIRST, 12))) == [Span(SECOND, 0, None)]


def test_keys_lead_on_over_several_changes():
    every = {FIRST: (0, 10), SECOND: (10, 20), THIRD: (20, None)}
    signed = by((FIRST, 10), (SECOND, 20), (THIRD, 25))
    for given in every:
        found = spans([given], [ONCE, TWICE], signed)
        assert {span.key: (span.first, span.last) for span in found} == every


def test_a_key_that_others_may_have_had_leads_on_to_none_but_is_led_back_to():
    stolen = ONCE._replace(compromised=True)
    signed = by((FIRST, 10), (SECOND, 12))
    assert spans([FIRST], [stolen], signed) == [Span(FIRST, 0, 10)]
    assert spans([SECOND], [stolen], signed) == [Span(SECOND, 10, None), Span(FIRST, 0, 10)]


def test_a_change_that_no_known_key_signed_for_takes_nothing_from_a_key_that_is_given():
    false = KeyChange(10, FIRST, THIRD, compromised=False)
    assert spans([FIRST], [false], by((THIRD, 12))) == [Span(FIRST, 0, None)]


def test_what_is_recorded_of_a_change_is_read_as_it_was_meant_and_what_names_no_key_is_left_out():
    def fact(**data):
        return json.dumps({"data": data}).encode()

    told = fact(**recorded(SECOND, FIRST, compromised=True))
    false = fact(key_name="with a space", public_key=recorded(SECOND, None, compromised=False)["public_key"])
    assert [one.position for one in changes_in([(4, fact()), (5, fact(public_key="no key")), (6, false)], ORIGIN)] == []
    assert changes_in([(7, told)], ORIGIN)[0].key.public == SECOND.public
    assert changes_in([(7, told)], ORIGIN)[0].compromised
