"""What is prose or a name goes behind a salted commitment; what is a reference is noted, to be resolved."""

from __future__ import annotations

import pytest

from decisionlog.commands.sealing import Sealer, seal, texts_in, unwrap
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import at
from decisionlog.store.codec import commitment


def sealed(type_name, data, private=()):
    """The data as it is stored, what opens it by digest, and the references in it."""
    sealer = Sealer()
    sealer.data(type_name, data, set(private))
    opened = {opening.digest: opening.value for opening in sealer.openings}
    return data, opened, sorted(container[key] for container, key in sealer.slots)


def test_a_commitment_opens_to_what_was_sealed_and_to_nothing_else():
    stored, opening = seal("Ada Byron")
    assert stored == {"$private": opening.digest}
    assert opening.digest == commitment(opening.salt, "Ada Byron") != commitment(opening.salt, "Ada Lovelace")
    assert len(opening.salt) == 22


def test_the_same_words_twice_are_two_commitments():
    assert seal("approved")[0] != seal("approved")[0]


def test_prose_is_sealed_wherever_it_stands():
    stored, opened, _ = sealed(
        "decision.taken",
        {
            "ref": "D1",
            "title": "T",
            "options_rejected": ["A", "B"],
            "conditions": [{"id": "a", "words": "W"}],
            "urgent": {"ground": "G", "exempt_from_call_in": True},
            "outcome": "approved",
        },
    )
    assert sorted(opened.values()) == ["A", "B", "G", "T", "W"]
    assert (stored["ref"], stored["outcome"], stored["urgent"]["exempt_from_call_in"]) == ("D1", "approved", True)
    places = [
        stored["title"],
        *stored["options_rejected"],
        stored["conditions"][0]["words"],
        stored["urgent"]["ground"],
    ]
    assert all(place.keys() == {"$private"} for place in places)
    assert [opened[place["$private"]] for place in places] == ["T", "A", "B", "W", "G"]


def test_references_are_noted_wherever_they_stand():
    _, _, references = sealed(
        "proposal.position_taken",
        {
            "on_behalf_of": ["organisation:a", "body:b"],
            "by": "person:c",
            "binding": {"delegation": "delegation:d"},
            "conditions": [{"id": "a", "words": "W", "falls_to": ["post:e"]}],
            "replaces": {"stream": "proposal:f", "n": 1},
        },
    )
    assert references == ["body:b", "delegation:d", "organisation:a", "person:c", "post:e", "proposal:f"]


def test_an_open_field_that_is_sealed_is_no_reference_any_more():
    stored, opened, references = sealed(
        "proposal.submitted",
        {
            "sponsor": "body:a",
            "authors": ["person:b", "person:c"],
            "related": [{"proposal": "proposal:d", "link": "amends"}],
        },
        ["/sponsor", "/authors/1", "/related/0"],
    )
    assert references == ["person:b"]
    assert opened[stored["sponsor"]["$private"]] == "body:a"
    assert opened[stored["authors"][1]["$private"]] == "person:c"
    assert opened[stored["related"][0]["$private"]] == {"proposal": "proposal:d", "link": "amends"}


def test_a_part_that_is_sealed_keeps_its_own_seals_inside():
    stored, opened, _ = sealed(
        "proposal.submitted", {"paper": {"title": "T", "uri": "a.pdf"}}, ["/paper", "/paper/uri"]
    )
    inside = opened[stored["paper"]["$private"]]
    assert {name: opened[value["$private"]] for name, value in inside.items()} == {"title": "T", "uri": "a.pdf"}


def test_what_is_sealed_by_its_type_is_not_sealed_twice():
    stored, opened, _ = sealed("person.registered", {"name": "Ada"}, ["/name"])
    assert opened == {stored["name"]["$private"]: "Ada"}


def test_what_a_source_says_of_people_is_sealed():
    sealer = Sealer()
    source = {"name": "a.csv", "recorded_by": "Ann"}
    sealer.source(source)
    assert source["name"] == "a.csv"
    assert [opening.value for opening in sealer.openings] == ["Ann"]
    assert source["recorded_by"] == {"$private": sealer.openings[0].digest}


@pytest.mark.parametrize(
    ("pointer", "value", "openings", "slots"),
    [
        ("/title", "T", ["T"], []),
        ("/options", [{"words": "A"}, {"words": "B", "preferred": True}], ["A", "B"], []),
        ("/sponsor", "body:a", [], ["body:a"]),
        ("/authors", ["person:a", {"$private": "x"}], [], ["person:a"]),
        ("/version", "1", [], []),
        ("/title", {"$private": "already"}, [], []),
        ("/options", [{"words": {"$private": "already"}}, {"$private": "whole"}], [], []),
    ],
)
def test_one_value_is_put_into_the_form_in_which_its_field_is_stored(pointer, value, openings, slots):
    sealer, holder = Sealer(), {"now": value}
    field = at(TYPES["proposal.submitted"], pointer)
    sealer.value(field, holder, "now")
    assert [opening.value for opening in sealer.openings] == openings
    assert [container[key] for container, key in sealer.slots] == slots


def test_wrapped_values_are_unwrapped_and_their_places_noted():
    private: set[str] = set()
    value = {"a": {"$private": [1, {"$private": 2}]}, "b": [{"$private": "x"}], "c": {"$private": 1, "d": 2}}
    assert unwrap(value, "", private) == {"a": [1, 2], "b": ["x"], "c": {"$private": 1, "d": 2}}
    assert private == {"/a", "/a/1", "/b/0"}


def test_every_text_is_visited_with_its_place():
    seen = {}
    texts_in({"a": "x", "b": [{"c": "y"}, 5, "z"], "d": True}, "", seen.__setitem__)
    assert seen == {".a": "x", ".b[0].c": "y", ".b[2]": "z"}
