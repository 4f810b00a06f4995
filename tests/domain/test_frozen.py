"""One frozen example of every type of fact. What was stored once must be read, and written again, for ever."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest
import rfc8785
from msgspec import ValidationError, defstruct, to_builtins
from msgspec.json import decode, encode
from msgspec.structs import fields

from decisionlog.domain.facts import TYPES, Data, Envelope
from decisionlog.domain.facts.shape import fields_of, parts_of

FROZEN = Path(__file__).parent.parent / "frozen"
EVERY_TYPE = pytest.mark.parametrize("name", TYPES)


def line_of(name: str) -> bytes:
    return (FROZEN / f"{name}.json").read_bytes().removesuffix(b"\n")


def canonical(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def test_every_type_has_its_example_and_every_example_its_type():
    assert sorted(file.name for file in FROZEN.iterdir()) == sorted(f"{name}.json" for name in TYPES)


def test_an_example_is_one_canonical_line():
    for name in TYPES:
        content = (FROZEN / f"{name}.json").read_bytes()
        assert content.endswith(b"}\n"), name
        assert content.count(b"\n") == 1, name
        assert rfc8785.dumps(orjson.loads(content)) == content[:-1], name


@EVERY_TYPE
def test_an_example_reads_and_writes_to_the_same_bytes(name):
    line = line_of(name)
    head = decode(line, type=Envelope)
    data = decode(head.data, type=TYPES[name])
    assert (head.type, type(data)) == (name, TYPES[name])
    assert canonical({**orjson.loads(line), "data": to_builtins(data)}) == line
    assert canonical(orjson.loads(encode(head))) == line


def test_an_example_has_every_field_of_its_type():
    for name, struct_type in TYPES.items():
        assert set(fields_of(struct_type)) == set(orjson.loads(line_of(name))["data"]), name


def test_the_examples_together_have_every_field_of_every_part():
    seen: set[tuple[type, str]] = set()

    def look(struct_type: type, held: dict) -> None:
        for field, value in held.items():
            shape = fields_of(struct_type)[field]
            seen.add((struct_type, field))
            if shape.part:
                for one in value if shape.many else [value]:
                    look(shape.part, one)

    for name, struct_type in TYPES.items():
        look(struct_type, orjson.loads(line_of(name))["data"])
    wanted = {
        (part, field) for struct_type in TYPES.values() for part in parts_of(struct_type) for field in fields_of(part)
    }
    assert wanted - seen == set()


@EVERY_TYPE
def test_a_type_that_loses_a_field_no_longer_reads_its_example(name):
    struct_type = TYPES[name]
    for lost in fields(struct_type):
        kept = [(field.name, object, None) for field in fields(struct_type) if field.name != lost.name]
        names = {field.name: field.encode_name for field in fields(struct_type)}
        poorer = defstruct("Poorer", kept, bases=(Data,), rename=names)
        with pytest.raises(ValidationError, match=f"unknown field `{lost.encode_name}`"):
            decode(decode(line_of(name), type=Envelope).data, type=poorer)


def test_salts_and_commitments_have_their_shape_and_no_salt_is_used_twice():
    lines = [line_of(name) for name in TYPES]
    salts = [orjson.loads(line)["salt"] for line in lines]
    digests = re.findall(rb'"\$private":"([^"]*)"', b"".join(lines))
    assert len(digests) > len(TYPES)
    assert all(re.fullmatch(rb"[A-Za-z0-9_-]{43}", digest) for digest in digests)
    assert all(re.fullmatch("[A-Za-z0-9_-]{22}", salt) for salt in salts)
    assert len(set(salts)) == len(salts)
