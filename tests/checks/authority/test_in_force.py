from __future__ import annotations

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def test_nothing_is_found_in_a_clean_place():
    clean().is_clean()


def test_a_delegation_that_had_been_revoked_trips_it_alone():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
    found = clean().also(revoked=revoked).trips("GL04", "D1", "revoked")
    assert sentence(found) == "it relies on delegation:S1, which had been revoked on 2026-03-01"
