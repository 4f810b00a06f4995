"""Who is meant by a name."""

from __future__ import annotations

import pytest

from tests.examples.peps.records import authors, delegation, named, of_type, only, opened


def test_a_name_replaced_in_several_headers_of_one_commit_is_one_person_renamed(facts):
    time = "2023-10-11T12:00:00Z"
    renamed = [
        authors(["Ann Archer"], ["Zoe Archer-Young"], time, number, commit="rename") for number in ("PEP 9", "PEP 10")
    ]
    changed = delegation(["Zoe Archer-Young"], "delegation_changed", time, previous=["Ann Archer"], commit="rename")
    written = facts(opened(), opened("PEP 10"), delegation(["Ann Archer"]), *renamed, changed)
    assert named(written) == {"person:p-001": "Ann Archer"}
    assert only(written, "person.renamed")["data"] == {"name": "Zoe Archer-Young"}
    assert of_type(written, "proposal.revised", "delegation.revoked") == []
    assert len(of_type(written, "row.imported")) == 3


def test_two_ways_of_writing_a_name_that_were_both_in_use_are_merged(facts):
    written = facts(
        opened(authors=["Ann B. Archer"]),
        opened("PEP 10", authors=["Ann Archer"]),
        authors(["Ann B. Archer"], ["Ann Archer"]),
    )
    merged = only(written, "record.merged")
    assert (merged["stream"], merged["data"]["into"]) == ("person:p-001", "person:p-002")
    assert of_type(written, "person.renamed", "proposal.revised") == []


def test_one_author_in_the_place_of_another_is_another_author(facts):
    written = facts(opened(), authors(["Ann Archer"], ["Bo Baker"]))
    assert of_type(written, "record.merged", "person.renamed") == []
    assert only(written, "proposal.revised")


def test_capitals_accents_and_full_stops_make_no_second_person(facts):
    written = facts(opened(authors=["INADA Naoki"]), opened("PEP 10", authors=["Inada Naoki"]))
    assert only(written, "record.merged")


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [
        (["Ann Archer  Bo Baker"], ["Ann Archer", "Bo Baker"]),
        (["Mary  Alone"], ["Mary Alone"]),
        (["Ann Archer  Pfizer", "Inc."], ["Ann Archer"]),
        (["Bj\ufffdrn Lind"], ["Björn Lind"]),
        (["None", "TODO", "to be determined"], []),
    ],
)
def test_names_are_read_as_they_were_meant(facts, written_as, meant):
    known = opened(authors=["Ann Archer", "Bo Baker", "Björn Lind"])
    facts = facts(known, opened("PEP 10", authors=written_as))
    who = named(facts)
    last = of_type(facts, "proposal.submitted")[-1]
    assert [who[person] for person in last["data"].get("authors", [])] == meant
