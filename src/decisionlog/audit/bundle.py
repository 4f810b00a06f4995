"""A bundle: one decision with all its evidence and what proves it, as one canonical text that `verify` checks offline.

It is made of bytes: of stored lines, what opens their commitments, a checkpoint, and the paths from the one to the other.
What it holds, byte for byte, is in docs/audit.md.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from decisionlog.audit.verify import (
    BUNDLE,
    Opening,
    Shown,
    authority_of,
    delegations_named,
    gave,
    leaf_hash,
    plain,
    read_bundle,
    require_proved,
)

_RESTING: Final = ("decision:", "delegation:")
_PARTIES: Final = ("body:", "post:")

Path = Callable[[int], Sequence[bytes]]
"""Gives the path from the fact at a position to the root of the checkpoint."""


def resting_on(decision: str, facts_of: Callable[[str], Iterable[bytes]]) -> list[str]:
    """The streams on which a decision rests, itself the first.

    They are the delegations that it names, those that these name, and so on; without them there is no bundle. And the
    bodies and posts that decided, that gave to them, and so on, as far as they are recorded: so the chain goes up.
    """
    found = [decision]
    for stream in found:
        facts = [plain(line) for line in facts_of(stream)]
        more = {one for fact in facts for one in (*_named(stream, fact), *_parties(fact))}
        found += sorted(more.difference(found))
    return found


def _named(stream: str, fact: dict[str, Any]) -> Iterable[str]:
    return delegations_named(fact) if stream.startswith(_RESTING) else ()


def _parties(fact: dict[str, Any]) -> Iterator[str]:
    """The bodies and posts that decided, or that gave a power."""
    data = fact.get("data")
    makers = data.get("decision_makers") if fact.get("type") == "decision.taken" and isinstance(data, dict) else None
    for party in (*gave(fact)[0], *(makers if isinstance(makers, list) else ())):
        if isinstance(party, str) and party.startswith(_PARTIES):
            yield party


def withheld(line: bytes) -> bytes:
    """What stands in the place of a fact that is withheld, as in a public export: its leaf hash."""
    return b'{"$withheld":"%s"}' % leaf_hash(line).hex().encode()


def written(
    decision: str, lines: Mapping[int, bytes], openings: Iterable[Opening], checkpoint: bytes, path: Path
) -> bytes:
    """The text of a bundle: of the facts with these positions, as they are to be shown.

    It is proved before it is handed out. Raises `Mismatch` and `Malformed` where what was given proves no such bundle.
    """
    facts = [_shown(position, lines[position], path) for position in sorted(lines)]
    text = _canonical(
        {
            "authority": authority_of(decision, facts),
            "checkpoint": checkpoint.decode(),
            "decision": decision,
            "facts": [
                {
                    "line": each.line.decode(),
                    "path": [b64encode(hash_).decode() for hash_ in each.path],
                    "position": each.position,
                }
                for each in facts
            ],
            "format": BUNDLE,
            "openings": [each._asdict() for each in sorted(openings, key=lambda one: (one.position, one.private))],
        }
    )
    require_proved(read_bundle(text))
    return text


def _shown(position: int, line: bytes, path: Path) -> Shown:
    fact = plain(line)
    return Shown(position, line, tuple(path(position)), {} if "$withheld" in fact else fact)


def _canonical(bundle: Mapping[str, object]) -> bytes:
    return json.dumps(bundle, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
