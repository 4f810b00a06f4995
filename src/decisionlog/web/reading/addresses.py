"""Addresses of things that were written with the slashes of a reference: how they are written here."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from decisionlog.domain.references import slug
from decisionlog.web.reading.asking import KINDS
from decisionlog.web.reading.table import QUESTIONS

_BEGINS: Final = "/v1/"
_ASKED: Final = frozenset(
    one.path.removeprefix("/v1/{kinds}/{slug}/") for one in QUESTIONS if one.path.startswith("/v1/{kinds}/{slug}/")
)
"""The questions about one thing, by the last word of their addresses."""


def address_with_slugs(path: str) -> str:
    """The address that was meant by one with slashes in a reference, percent-encoded or as they are; empty for any other."""
    kinds, _, rest = path.removeprefix(_BEGINS).partition("/")
    if not path.startswith(_BEGINS) or kinds not in KINDS:
        return ""
    written, slash, last = rest.rpartition("/")
    asked = last if slash and last in _ASKED else ""
    reference = unquote(written if asked else rest, errors="replace").strip("/")
    if "/" not in reference or "\ufffd" in reference or ".." in reference:
        return ""
    return "/".join(filter(None, [f"{_BEGINS}{kinds}", slug(reference), asked]))
