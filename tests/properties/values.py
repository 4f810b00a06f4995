"""Data of every type of fact, made from the shapes of the facts alone: as it is stored, and as it is asked for."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from decisionlog.domain.facts.shape import FieldShape, fields_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
"""Stored text is held to no rules."""
TYPED = st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufeff"), min_size=1, max_size=12)
"""Text that keeps the rules for what people type, whatever else it is."""
DIGEST = st.text("ABCXYZabcxyz019-_", min_size=43, max_size=43)
DAYS = st.sampled_from(
    ["2026-03-12", "2026-03", "2024", "2026-03-12T10:00:00Z", "2026-10-25T01:30:00+01:00", "0001-01-01", "9999"]
)
KEYS = st.text("abcXYZ019-./ ()", min_size=1, max_size=8).map(str.strip).filter(bool)
KINDS = ("proposal", "body", "person")
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
PLAIN = st.recursive(
    st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcXYZ$_", max_size=4), inner, max_size=3),
    max_leaves=5,
)
OF_MEANING: dict[str, st.SearchStrategy[Any]] = {
    "flag": st.booleans(),
    "count": st.integers(0, 2**53 - 1),
    "whole": WHOLE,
    "when": DAYS,
    "exact": st.integers().map(str),
    "sha256": st.text("0123456789abcdef", min_size=64, max_size=64),
    "pointer": st.sampled_from(["/title", "/on", "/value/0/money"]),
    "uri": st.sampled_from(["https://example.org/a", "papers/a.pdf", "mailto:a@example.org"]),
    "anything": PLAIN,
}


@cache
def stored(model: type, depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Data of a type, as it may lie in the store."""
    return _struct(model, depth, clear=False)


@cache
def asked(model: type, depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Data of a type, as somebody may ask for it to be recorded."""
    return _struct(model, depth, clear=True)


def _struct(model: type, depth: int, *, clear: bool) -> st.SearchStrategy[dict[str, Any]]:
    fields = fields_of(model).values()
    required = {field.name: _field(field, depth, clear=clear) for field in fields if field.required}
    optional = {
        field.name: _field(field, depth, clear=clear)
        for field in fields
        if not field.required and (depth < 2 or field.part is None)
    }
    return st.fixed_dictionaries(required, optional=optional)


def _field(field: FieldShape, depth: int, *, clear: bool) -> st.SearchStrategy[Any]:
    one = _one(field, depth, clear=clear)
    return st.lists(one, max_size=2) if field.many else one


def _one(field: FieldShape, depth: int, *, clear: bool) -> st.SearchStrategy[Any]:
    if field.meaning == "part":
        return _deferred(field, depth, clear=clear)
    if field.meaning == "word":
        return st.sampled_from(field.words)
    if field.meaning == "ref":
        return st.tuples(st.sampled_from(field.kinds or KINDS), KEYS).map(":".join)
    if field.meaning == "sealed":
        return (TEXT if field.verbatim else TYPED) if clear else DIGEST.map(lambda digest: {"$private": digest})
    return OF_MEANING.get(field.meaning, TYPED if clear else TEXT)


def _deferred(field: FieldShape, depth: int, *, clear: bool) -> st.SearchStrategy[dict[str, Any]]:
    part = field.part
    assert part is not None
    return st.deferred(lambda: asked(part, depth + 1) if clear else stored(part, depth + 1))
