"""Names that never change: by them a reader of feeds knows what it has seen before. And the texts of feeds, safe to print."""

from __future__ import annotations

from decisionlog.domain.references import slug, split
from decisionlog.domain.text import visible


def tag_of(origin: str, opened_at: str, specific: str) -> str:
    """A `tag:` URI (RFC 4151): the authority and its day are those of the log, whatever the address it is served at.

    `tag:demo.example,2026-03-12:northmoor/decision:NLB~2f1`
    """
    authority, _, path = origin.partition("/")
    day = opened_at[: len("2026-03-12")]
    return f"tag:{slug(authority).lower()},{day}:{'/'.join(slug(part) for part in path.split('/'))}/{specific}"


def uid_of(origin: str, stream: str, *parts: str) -> str:
    """The name of one entry of a calendar (RFC 7986): `meeting-NLB-2026-05-28@demo.example/northmoor`."""
    kind, key = split(stream)
    named = "-".join(slug(part) for part in (kind, key, *filter(None, parts)))
    return f"{named}@{'/'.join(slug(part) for part in origin.split('/'))}"


def safe(text: str) -> str:
    """A text without what neither XML nor a calendar can carry: controls are shown, never obeyed."""
    return visible(text, keep_breaks=True)
