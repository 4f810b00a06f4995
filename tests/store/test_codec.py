"""Facts to canonical bytes and back; what this program does not know is kept, and what is no fact is named."""

from __future__ import annotations

import json
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

import orjson
import pytest
import rfc8785

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Cited, Envelope, Source, Unread
from decisionlog.domain.facts.proposal import ProposalSubmitted
from decisionlog.domain.facts.shape import parts_of
from decisionlog.domain.facts.typed import typed
from decisionlog.domain.refusals import NotSound
from decisionlog.store.codec import Line, canonical, commitment, decode, unpadded

ENVELOPE = {
    "type": "proposal.submitted",
    "v": 1,
    "stream": "proposal:P1",
    "n": 1,
    "recorded_at": "2026-06-01T09:30:00.000000Z",
    "recorded_by": "secretariat-1",
    "batch": "01KDVDNA00BM43JVBPA2VSZJM9",
    "salt": "Zc2MHeq9Wxez78UWDDRX3A",
    "data": {"ref": "P1"},
}
SEALED = {"$private": "W0FCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaMDEyMzQ"}


def line(position=7, **changes) -> Line:
    """A stored line of these fields."""
    head = {key: value for key, value in {**ENVELOPE, **changes}.items() if value is not ...}
    return Line(position, head["stream"], head["n"], head["type"], canonical(head))


def test_every_field_of_the_envelope_is_read():
    fact = decode(
        line(
            n=3,
            on="2026-03-12",
            clock="2026-06-01T09:29:59.000000Z",
            of={"stream": "proposal:P1", "n": 1},
            source={"name": "minutes.csv", "place": "row 4", "recorded_at": "2026-03-13", "sha256": "0" * 64},
        )
    )
    assert (fact.position, fact.type, fact.v, fact.stream, fact.n) == (7, "proposal.submitted", 1, "proposal:P1", 3)
    assert (fact.on, fact.clock, fact.batch) == ("2026-03-12", "2026-06-01T09:29:59.000000Z", ENVELOPE["batch"])
    assert fact.of == Cited(stream="proposal:P1", n=1)
    assert fact.source == Source(name="minutes.csv", place="row 4", recorded_at="2026-03-13", sha256="0" * 64)
    assert fact.data == ProposalSubmitted(ref="P1")
    assert (fact.kind, fact.said_at) == ("proposal", "2026-03-13")


def test_a_fact_without_a_source_was_said_when_it_was_recorded():
    assert decode(line()).said_at == ENVELOPE["recorded_at"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "proposal.dreamt", "data": {"colour": "blue"}}, "a type that this version does not know"),
        ({"type": "dream.dreamt", "stream": "dream:1", "data": {}}, "a type that this version does not know"),
        (
            {"v": 2, "data": {"ref": "P1", "mood": "hopeful"}},
            "version 2 of a type of which this program knows version 1",
        ),
        ({"data": {"ref": "P1", "mood": "hopeful"}}, "a shape that this version does not know"),
        ({"data": {"ref": 5}}, "a shape that this version does not know"),
        ({"data": {"title": "in clear"}}, "a shape that this version does not know"),
        ({"data": {"purpose": "amusement"}}, "a shape that this version does not know"),
        ({"type": "proposal.dreamt", "v": 9, "data": {}}, "a type that this version does not know"),
    ],
)
def test_what_is_not_known_is_kept_as_it_is(changes, reason):
    written = line(**changes)
    fact = decode(written)
    assert isinstance(fact.data, Unread)
    assert fact.data.raw == orjson.loads(written.state)["data"]
    assert reason in fact.data.reason


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"type": "this:nothing"},
            "Entry 7 has a type that this program does not allow: this:nothing. Nothing was read",
        ),
        ({"type": "decisionlog.domain.facts:Fact"}, "Entry 7 has a type that this program does not allow"),
        ({"type": "Proposal.submitted"}, "does not allow"),
        ({"type": "proposal.submitted\n"}, "does not allow"),
        ({"type": ""}, "does not allow"),
        ({"mood": "hopeful"}, "Entry 7 is not a fact of this log's format"),
        ({"salt": ...}, "Entry 7 is not a fact of this log's format"),
        ({"data": ...}, "Entry 7 is not a fact of this log's format"),
        ({"v": "1"}, "Entry 7 is not a fact of this log's format"),
        ({"data": 5}, "not a fact of this log's format"),
        ({"data": []}, "not a fact of this log's format"),
        ({"data": None}, "not a fact of this log's format"),
        ({"data": "text"}, "not a fact of this log's format"),
        ({"type": "proposal.dreamt", "data": [1]}, "not a fact of this log's format"),
    ],
)
def test_what_is_no_fact_is_named(changes, sentence):
    with pytest.raises(NotSound) as found:
        decode(line(**changes))
    assert sentence in str(found.value)


@pytest.mark.parametrize("state", [b"", b"{", b"null", b"\xff\xfe", b"[1,2]", b'{"type":"x"}', b"{" * 5_000])
def test_bytes_that_are_no_fact_are_named(state):
    with pytest.raises(NotSound, match=r"Entry 7 is not a fact of this log's format"):
        decode(Line(7, "proposal:P1", 1, "proposal.submitted", state))


@pytest.mark.parametrize("column", [{"stream": "proposal:P2"}, {"n": 2}, {"type": "proposal.revised"}])
def test_a_row_that_says_otherwise_than_its_bytes_is_named(column):
    with pytest.raises(NotSound, match=r"Entry 7 says in its bytes that it is proposal.submitted 1 of proposal:P1"):
        decode(line()._replace(**column))


def test_the_name_of_a_type_never_imports_anything():
    before = set(sys.modules)
    for name in ("this:nothing", "this.nothing", "antigravity:fly", "os:system"):
        try:
            fact = decode(line(type=name))
        except NotSound:
            continue
        assert isinstance(fact.data, Unread)
    assert set(sys.modules) == before
    assert "this" not in sys.modules
    assert "antigravity" not in sys.modules


# Withheld fields


def test_an_open_field_that_is_sealed_reads_as_withheld_and_the_rest_stays():
    fact = decode(line(data={"ref": "P1", "version": SEALED, "purpose": "decision", "title": SEALED}))
    assert fact.data.ref == "P1"
    assert fact.data.version is None
    assert fact.data.purpose == "decision"
    assert fact.data.title.digest == SEALED["$private"]
    assert fact.withheld == ("/version",)


def test_a_part_or_a_field_inside_a_part_can_be_withheld():
    fact = decode(line(data={"ref": "P1", "paper": SEALED, "access": {"level": "exempt", "review_on": SEALED}}))
    assert (fact.data.paper, fact.data.access.level, fact.data.access.review_on) == (None, "exempt", None)
    assert set(fact.withheld) == {"/paper", "/access/review_on"}


def test_a_list_of_which_an_entry_is_withheld_is_never_read_as_shorter():
    fact = decode(line(data={"ref": "P1", "authors": ["person:a", SEALED], "places": ["place:x"]}))
    assert isinstance(fact.data, ProposalSubmitted)
    assert fact.data.authors != ("person:a",)
    assert fact.data.places == ("place:x",)
    assert "/authors/1" in fact.withheld


def test_a_whole_list_can_be_withheld():
    fact = decode(line(data={"ref": "P1", "authors": SEALED}))
    assert (fact.data.authors, fact.withheld) == (None, ("/authors",))


def test_a_fact_that_cannot_be_read_without_what_is_withheld_is_kept_as_it_is():
    fact = decode(line(type="body.renamed", stream="body:nlb", data={"name": SEALED}))
    assert isinstance(fact.data, Unread)
    assert fact.data.raw == {"name": SEALED}


# Canonical bytes


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        "",
        {"b": 1, "a": [True, False, {"d": -1, "c": "x"}], "A": 0},
        {"amount": 2**53 - 1, "least": -(2**53) + 1},
        {"text": 'a"b\\c/d\n\t\r\b\f\x00\x1f\x7f\u2028\u2029é\ufeff😀'},
        {"é": 1, "z": 2, "~": 3},
    ],
)
def test_canonical_bytes_are_those_of_rfc_8785(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value",
    [
        {"\U0001f600": 1, "\ufb01": 2},  # RFC 8785 sorts by UTF-16, which differs beyond the basic plane
        1.0,  # which is 1 there, and no fact holds a fraction
        1e16,
        -0.0,
    ],
)
def test_orjson_differs_from_the_standard_only_where_no_fact_goes(value):
    assert canonical(value) != rfc8785.dumps(value)


def test_every_name_of_a_field_is_ascii():
    models = [Envelope, Source, Cited, *TYPES.values(), *(part for model in TYPES.values() for part in parts_of(model))]
    assert all(name.isascii() for model in models for name in model.__struct_encode_fields__)


def test_a_number_beyond_every_reader_is_refused_by_the_standard():
    with pytest.raises(rfc8785.IntegerDomainError):
        rfc8785.dumps(2**53)


# Commitments (RFC 9901)


def digest_of(disclosure: bytes) -> str:
    """RFC 9901, section 4.2.3: base64url of the SHA-256 of the disclosure's ASCII bytes."""
    return urlsafe_b64encode(sha256(disclosure).digest()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("disclosure", "digest"),
    [
        # The standard's own examples: an object property (4.2.3) and an array element (4.2.4.2).
        ("WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0", "uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY"),
        ("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0", "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"),
    ],
)
def test_these_lines_make_digests_as_the_standard_does(disclosure, digest):
    assert digest_of(disclosure.encode("ascii")) == digest


def test_a_commitment_is_the_digest_of_an_array_element_without_spaces():
    salt, value = "lklxF5jMYlGTPUovMNIvCA", "Urgent community response"
    disclosure = b"WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwiVXJnZW50IGNvbW11bml0eSByZXNwb25zZSJd"
    assert urlsafe_b64decode(disclosure) == b'["lklxF5jMYlGTPUovMNIvCA","Urgent community response"]'
    assert commitment(salt, value) == digest_of(disclosure) == "BNGMWWclZ_f1v3TEojHGTEvX486Iq5uLQR7UmI5wTTk"


@pytest.mark.parametrize(
    "value", ["Gŵyr 😀", "", 5, True, ["a", {"b": 1, "a": "2"}], {"currency": "GBP", "amount": 1}, "line\nbreak"]
)
def test_a_commitment_to_any_value_is_made_from_its_canonical_form(value):
    array = json.dumps(["c2FsdA", value], separators=(",", ":"), ensure_ascii=False, sort_keys=True).encode()
    assert commitment("c2FsdA", value) == digest_of(urlsafe_b64encode(array).rstrip(b"="))


def test_base64url_is_unpadded():
    assert [unpadded(bytes(size)) for size in range(4)] == ["", "AA", "AAA", "AAAA"]
    assert unpadded(b"\xfb\xff") == "-_8"


def test_typing_data_is_what_decoding_does():
    data = {"ref": "P1", "version": SEALED}
    fact = decode(line(data=data))
    assert typed("proposal.submitted", data) == (fact.data, fact.withheld)
