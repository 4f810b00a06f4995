"""Every type of fact: encoded, decoded and encoded again it is the same bytes; and what may be asked can be read."""

from __future__ import annotations

import json

import orjson
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.json import decode as decode_json

from decisionlog.commands.json_lines import parse
from decisionlog.commands.requests import check
from decisionlog.commands.sealing import Sealer
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Data, Envelope, Unread
from decisionlog.domain.facts.typed import typed, untyped
from decisionlog.domain.refusals import NotSound
from decisionlog.store.codec import canonical, decode
from tests.properties import values
from tests.store.raw import fact, line

EVERY_TYPE = pytest.mark.parametrize("name", TYPES)
FEW = settings(max_examples=settings.default.max_examples // 16)
"""For what is asked of every one of a hundred types."""


@EVERY_TYPE
@FEW
@given(st.data())
def test_encode_decode_encode_gives_the_same_bytes(name, data):
    plain = data.draw(values.stored(TYPES[name]))
    written = line(fact(type=name, data=plain))
    read = decode(written)
    assert isinstance(read.data, TYPES[name])
    again = orjson.loads(written.state) | {"data": untyped(read.data)}
    assert canonical(again) == written.state
    assert rfc8785.dumps(again) == written.state


@EVERY_TYPE
@FEW
@given(st.data())
def test_what_may_be_asked_is_recorded_in_canonical_bytes_and_read_as_its_type(name, data):
    clear = data.draw(values.asked(TYPES[name]))
    checked, mistakes = check(name, parse(json.dumps(clear).encode()))
    assert mistakes == []
    sealer = Sealer()
    sealer.data(name, checked, set())
    written = line(fact(type=name, data=checked))
    assert rfc8785.dumps(json.loads(written.state)) == written.state
    read = decode(written)
    assert isinstance(read.data, TYPES[name])
    assert read.withheld == ()
    opened = {opening.digest: opening.value for opening in sealer.openings}
    assert canonical(revealed(untyped(read.data), opened)) == canonical(check(name, clear)[0])


def revealed(value, opened):
    if isinstance(value, dict) and value.keys() == {"$private"}:
        return opened[value["$private"]]
    if isinstance(value, dict):
        return {key: revealed(inner, opened) for key, inner in value.items()}
    return [revealed(inner, opened) for inner in value] if isinstance(value, list) else value


@given(st.sampled_from(sorted(TYPES)), st.dictionaries(st.text("abcdeft_", max_size=6), values.PLAIN, max_size=4))
def test_data_of_any_shape_is_kept_as_it_is(name, plain):
    read = decode(line(fact(type=name, data=plain)))
    assert untyped(read.data) == plain or read.withheld
    assert isinstance(read.data, (Data, Unread))


@given(st.data())
def test_any_field_that_is_sealed_leaves_the_rest_or_keeps_it_all(data):
    name = data.draw(st.sampled_from(sorted(TYPES)))
    plain = data.draw(values.stored(TYPES[name]))
    private = data.draw(st.sets(st.sampled_from(sorted(plain)), max_size=2)) if plain else set()
    written = {key: {"$private": "A" * 43} if key in private else value for key, value in plain.items()}
    kept, withheld = typed(name, written)
    if isinstance(kept, Unread):
        assert kept.raw == written
    else:
        rest = {key: value for key, value in plain.items() if f"/{key}" not in withheld}
        assert untyped(kept) == rest | {key: written[key] for key in private if f"/{key}" not in withheld}


@given(st.binary(max_size=80))
def test_no_bytes_break_the_decoder(state):
    with pytest.raises(NotSound):
        decode(line(fact())._replace(state=state))


def test_the_envelope_is_written_as_it_was_read():
    plain = fact(
        on="2026-03-12",
        clock="2026-06-01T09:29:59.000000Z",
        of={"stream": "proposal:P0", "n": 1},
        source={"name": "a.csv"},
    )
    assert canonical(orjson.loads(canonical(untyped(decode_json(canonical(plain), type=Envelope))))) == canonical(plain)
