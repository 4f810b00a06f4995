"""The habits of the file format, held mechanically over every type and every part."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from typing import Literal, get_args, get_origin

import pytest
from msgspec import NODEFAULT, Struct, ValidationError, convert
from msgspec.structs import fields

from decisionlog.domain import vocabulary
from decisionlog.domain.facts import ANY_STREAM, KINDS, OPENING, TYPES
from decisionlog.domain.facts.names import FIELD_NAMES
from decisionlog.domain.facts.shape import FieldShape, fields_of, parts_of

PARTS = list(dict.fromkeys(part for struct_type in TYPES.values() for part in parts_of(struct_type)))
STRUCTS = [*TYPES.values(), *PARTS]

LOADED = {
    "decision.taken", "delegation.granted", "proposal.submitted", "proposal.position_taken", "meeting.held",
    "body.terms_adopted", "body.member_appointed", "organisation.succeeded", "disagreement.raised", "record.corrected",
}  # fmt: skip

SAID_DIFFERENTLY = {
    "asked_to": "where a matter goes next, somebody may also be asked to act",
    "deputy_for": "a seat may be that of a post; a person who attends stands for a person",
    "kind": "which kind it is, and each page has its own list of kinds",
    "level": "the level of a place and the level of access are two lists",
    "link": "how proposals and how decisions stand to each other are two lists",
    "mode": "a meeting may be hybrid; a person is in one place",
    "name": "names are open, and those of persons are sealed",
    "named": "what is named of a vote is votes, and of a round voting papers",
    "parent": "what stands above a function, a body or a delegation is of its own kind",
    "purpose": "the purpose of a proposal is controlled; that of a step on its route is the source's label",
    "rule": "which rule it is: of deciding, of passing on, or of the findings",
}
"""Fields whose type depends on where they stand, each with its reason. Nothing else may."""

NOT_EMPTY = {
    "meeting.held": "a meeting that no body held is not one",
    "disagreement.raised": "a disagreement with nothing is not one",
    "log.opened": "written by the log itself, and never cited",
}
"""Opening types that cannot be stubs, each with its reason."""


def type_of(shape: FieldShape) -> tuple[object, ...]:
    return (shape.meaning, shape.many, shape.kinds, shape.part, shape.words, shape.verbatim)


def test_there_are_the_types_that_the_format_has():
    assert len(TYPES) == 134


def test_a_type_is_named_for_ever():
    for name in TYPES:
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", name), name
        assert TYPES[name].__name__ == "".join(word.capitalize() for word in re.split("[._]", name)), name


def test_a_type_belongs_to_a_kind_of_stream_or_to_any():
    for name in TYPES:
        assert name.partition(".")[0] in {*KINDS, *ANY_STREAM}, name


def test_every_kind_of_stream_is_opened_by_a_type():
    assert set(OPENING) <= set(TYPES)
    assert {name.partition(".")[0] for name in OPENING} == set(KINDS)
    assert not {name.partition(".")[0] for name in OPENING} & ANY_STREAM


def test_a_struct_is_frozen_strict_and_says_what_it_is():
    for struct_type in STRUCTS:
        config = struct_type.__struct_config__
        assert (config.frozen, config.forbid_unknown_fields, config.omit_defaults) == (True, True, True), struct_type
        assert 1 <= len([line for line in struct_type.__doc__.splitlines() if line.strip()]) <= 3, struct_type


def test_nothing_is_recorded_that_nobody_said():
    for struct_type in STRUCTS:
        assert {field.default for field in fields(struct_type)} <= {None, NODEFAULT}, struct_type
        assert {field.default_factory for field in fields(struct_type)} <= {NODEFAULT}, struct_type


def test_a_field_name_has_one_type_everywhere():
    found = defaultdict(set)
    for struct_type in STRUCTS:
        for name, shape in fields_of(struct_type).items():
            found[name].add(type_of(shape))
    assert {name for name, types in found.items() if len(types) > 1} == set(SAID_DIFFERENTLY)


def test_a_field_name_has_one_meaning_and_it_is_written_down():
    assert {name for struct_type in STRUCTS for name in fields_of(struct_type)} == set(FIELD_NAMES)
    assert list(FIELD_NAMES) == sorted(FIELD_NAMES)


def test_data_has_no_day_of_the_act_of_its_own():
    for name in TYPES:
        assert "on" not in fields_of(TYPES[name]), name


def test_data_does_not_repeat_what_the_envelope_says():
    for name in TYPES:
        assert not {"of", "type", "stream", "recorded_at", "recorded_by", "source"} & set(fields_of(TYPES[name])), name


def test_effect_is_from_and_until():
    for struct_type in STRUCTS:
        shapes = fields_of(struct_type)
        for name in {"from", "until"} & set(shapes):
            assert (shapes[name].meaning, shapes[name].required) == ("when", False), struct_type
        assert not {"effective_from", "effective_to", "valid_from", "valid_to", "start", "end"} & set(shapes), (
            struct_type
        )


def test_people_act_in_three_ways_and_each_has_its_form():
    for struct_type in STRUCTS:
        shapes = fields_of(struct_type)
        if bound := shapes.get("on_behalf_of"):
            assert (bound.many, bound.kinds) == (True, ("organisation", "body")), struct_type
        if spoke := shapes.get("by"):
            assert (spoke.many, spoke.kinds) == (False, ("person",)), struct_type
        if hat := shapes.get("capacity"):
            assert (hat.many, hat.meaning) == (False, "label"), struct_type


def test_the_sources_own_words_are_sealed_and_stand_beside_a_controlled_word():
    for struct_type in STRUCTS:
        shapes = fields_of(struct_type)
        for name in shapes:
            if name.endswith("_words"):
                assert shapes[name].sealed, struct_type
                assert name.removesuffix("_words") in shapes, struct_type
                assert shapes[name.removesuffix("_words")].meaning in {"word", "label"}, struct_type


def test_a_controlled_word_has_the_sources_words_beside_it():
    without = {field for loaded in LOADED for field, shape in fields_of(TYPES[loaded]).items() if shape.words}
    for name in set(TYPES) - LOADED - {"meeting.called", "access.granted"}:
        shapes = fields_of(TYPES[name])
        bare = {field for field, shape in shapes.items() if shape.words and f"{field}_words" not in shapes}
        assert bare <= without - {"kind"}, name


def test_what_opens_a_stream_may_be_numbered_by_somebody():
    for name in TYPES:
        if name in OPENING - {"log.opened"}:
            shapes = fields_of(TYPES[name])
            assert (shapes["ref"].meaning, shapes["issuer"].kinds) == ("label", ("organisation", "body")), name


@pytest.mark.parametrize("name", sorted(OPENING))
def test_what_opens_a_stream_may_hold_nothing_but_its_ref(name):
    if name in NOT_EMPTY:
        with pytest.raises(ValidationError, match="missing required field"):
            convert({"ref": "a"} if name != "log.opened" else {}, TYPES[name])
    else:
        assert convert({"ref": "a"}, TYPES[name]).ref == "a"
        assert convert({}, TYPES[name]).ref is None


@pytest.mark.parametrize("name", ["person.registered", "person.renamed"])
def test_what_names_a_person_is_sealed(name):
    assert fields_of(TYPES[name])["name"].sealed
    assert fields_of(TYPES[name])["aliases"].sealed


def test_prose_and_titles_are_sealed():
    for struct_type in STRUCTS:
        for name, shape in fields_of(struct_type).items():
            if name in {"title", "text", "words", "reason", "reasons", "grounds", "nature", "what", "recommendation"}:
                assert shape.sealed, struct_type
                assert shape.limit, struct_type


def test_references_lead_to_kinds_of_stream_that_there_are():
    for struct_type in STRUCTS:
        for shape in fields_of(struct_type).values():
            assert set(shape.kinds) <= set(KINDS), struct_type


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("decision.taken", {"outcom": "approved"}),
        ("decision.taken", {"outcome": "agreed"}),
        ("decision.taken", {"outcome": None, "value": 5}),
        ("decision.taken", {"title": "in clear"}),
        ("decision.taken", {"on_behalf_of": "organisation:northmoor-council"}),
        ("meeting.held", {}),
        ("record.corrected", {"changes": [{"was": 1}]}),
        ("proposal.position_taken", {"conditions": [{"id": "C1"}]}),
    ],
)
def test_what_does_not_fit_its_type_is_not_read_as_it(name, data):
    with pytest.raises(ValidationError):
        convert(data, TYPES[name])


def test_absent_is_not_recorded_and_an_empty_list_is_recorded_as_none():
    taken = TYPES["decision.taken"]
    assert convert({}, taken).consulted is None
    assert convert({"consulted": []}, taken).consulted == ()


def test_words_of_the_lists_are_short_open_and_never_twice():
    lists = {name: get_args(one) for name, one in vars(vocabulary).items() if get_origin(one) is Literal}
    assert len(lists) > 40
    for name, words in lists.items():
        assert len(set(words)) == len(words), name
        assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*|<=?", word) for word in words), name


def test_every_list_of_words_is_used():
    used = {shape.words for struct_type in STRUCTS for shape in fields_of(struct_type).values() if shape.words}
    assert {
        name for name, one in vars(vocabulary).items() if get_origin(one) is Literal and get_args(one) not in used
    } == set()


def test_a_memorandum_and_a_contract_delegate_nothing():
    bases = vocabulary.LEGAL_BASES
    assert not bases["mou"].delegates
    assert not bases["contract"].delegates
    assert bases["nhsa2006-s65Z5"].delegates
    assert bases["nhsa2006-s13Z"].until == "2022-07-01"


def test_a_legal_basis_says_where_its_text_is_and_whether_it_was_read():
    for code, basis in vocabulary.LEGAL_BASES.items():
        assert re.fullmatch(r"[A-Za-z0-9()-]+", code)
        assert basis.uri is None or basis.uri.startswith("https://www.legislation.gov.uk/id/uk")
        assert isinstance(basis.verified, bool)


def test_reading_the_pages_brings_in_no_other_library():
    ours = (
        "import sys; import msgspec; before = set(sys.modules); import decisionlog.domain.facts; "
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-c", ours], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["decisionlog"]


def test_a_struct_is_not_changed_once_it_is_made():
    taken = convert({"ref": "NLB/25-26/031"}, TYPES["decision.taken"])
    assert isinstance(taken, Struct)
    with pytest.raises(AttributeError):
        taken.ref = "another"
