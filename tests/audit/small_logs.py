"""Logs of a few facts, made of bytes alone: their trees, checkpoints and bundles, by the plainest way to each of them."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from functools import cached_property
from hashlib import sha256

from decisionlog.audit import bundle, keys, verify

LOG_KEY = keys.read_signer(
    "PRIVATE+KEY+northmoor.example/decisions+c57af98d+AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
)
"""Of a made-up log: its seed are the bytes 1 to 32, so that everybody can sign with it."""
WITNESS_KEY = keys.read_signer(
    "PRIVATE+KEY+witness.example/trust+429020fa+BCEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9A"
)
OTHER_LOGS_KEY = keys.read_signer(
    "PRIVATE+KEY+other.example/decisions+ed8d29f1+AWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+A"
)
COSIGNED_AT = 1_774_000_000
DECISION = "decision:NLB/25-26/031"
DELEGATION = "delegation:SORD-7.2"


def canonical(value) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sealed(words, name="") -> dict:
    """A sealed value; its salt is made of its words, so that it is the same whenever it is made."""
    return {"$private": verify.commitment(salt_of(words, name), words)}


def salt_of(words, name="") -> str:
    return urlsafe_b64encode(sha256(f"{name}{words}".encode()).digest()[:16]).decode().rstrip("=")


def fact(type_, stream, n, data, **more) -> dict:
    salt = salt_of(f"{type_} {stream} {n}")
    return {
        "batch": "01KJ8A5Y0000000000000000NM",
        "data": data,
        "n": n,
        "recorded_at": "2026-03-13T09:30:00.000000Z",
        "recorded_by": "secretariat-1",
        "salt": salt,
        "stream": stream,
        "type": type_,
        "v": 1,
        **more,
    }


class SmallLog:
    """Facts, one after another from position 1, and what is said of them."""

    def __init__(self, *facts: dict | bytes, origin: str = "northmoor.example/decisions", signer=LOG_KEY) -> None:
        opened = {"currency": "GBP", "name": "Northmoor", "origin": origin, "time_zone": "Europe/London"}
        every = (fact("log.opened", "log:northmoor", 1, opened), *facts)
        self.lines = {
            position: each if isinstance(each, bytes) else canonical(each) for position, each in enumerate(every, 1)
        }
        self.origin = origin
        self.signer = signer

    @property
    def size(self) -> int:
        return len(self.lines)

    @cached_property
    def leaves(self) -> list[bytes]:
        return [verify.leaf_hash(line) for line in self.lines.values()]

    @property
    def text(self) -> bytes:
        return f"{self.origin}\n{self.size}\n{b64encode(tree_hash(self.leaves)).decode()}\n".encode()

    @cached_property
    def checkpoint(self) -> bytes:
        cosigned = keys.cosignature_line(WITNESS_KEY, self.text, COSIGNED_AT)
        return self.text + b"\n" + keys.signature_line(self.signer, self.text) + cosigned

    def path(self, position: int) -> list[bytes]:
        return audit_path(position - 1, self.leaves)

    def entry(self, position: int, line: bytes | None = None) -> dict:
        """A fact as it stands in a bundle."""
        return {
            "line": (line or self.lines[position]).decode(),
            "path": [b64encode(hash_).decode() for hash_ in self.path(position)],
            "position": position,
        }


def tree_hash(leaves) -> bytes:
    """The root, as RFC 6962 defines it in section 2.1."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = half(len(leaves))
    return verify.node_hash(tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def audit_path(index, leaves) -> list[bytes]:
    """The path, as RFC 6962 defines it in section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = half(len(leaves))
    if index < k:
        return [*audit_path(index, leaves[:k]), tree_hash(leaves[k:])]
    return [*audit_path(index - k, leaves[k:]), tree_hash(leaves[:k])]


def half(size: int) -> int:
    """The largest power of two that is smaller."""
    k = 1
    while k * 2 < size:
        k *= 2
    return k


GRANT = fact(
    "delegation.granted",
    DELEGATION,
    1,
    {
        "delegates": ["body:place-committee"],
        "delegator": "organisation:northmoor-icb",
        "legal_basis": "nhsa2006-sch1B",
        "limits": [{"money": {"amount": 50000000, "currency": "GBP"}, "operator": "<="}],
        "ref": "SORD-7.2",
        "words": sealed("Urgent care in Northmoor, up to £500,000."),
    },
    on="2025-04-01",
)
TAKEN = fact(
    "decision.taken",
    DECISION,
    1,
    {
        "authority": [{"delegation": DELEGATION, "on_behalf_of": ["organisation:northmoor-icb"]}],
        "decision_makers": ["body:place-committee"],
        "on_behalf_of": ["organisation:northmoor-icb"],
        "outcome": "approved",
        "people": ["person:p-017"],
        "ref": "NLB/25-26/031",
        "text": sealed("To fund a two-hour response, seven days a week."),
        "title": sealed("Urgent community response"),
    },
    on="2026-03-12",
)
OTHER = fact("proposal.submitted", "proposal:P-15", 1, {"ref": "P-15", "title": sealed("Another matter")})
REVOKED = fact(
    "delegation.revoked", DELEGATION, 2, {"reason": sealed("The committee was dissolved.")}, on="2026-03-31",
    of={"n": 1, "stream": DELEGATION},
)  # fmt: skip


def opening(log: SmallLog, position: int, words, name="") -> verify.Opening:
    """What opens some words in a fact."""
    return verify.Opening(position, sealed(words, name)["$private"], salt_of(words, name), words)


def five_facts() -> SmallLog:
    """The log of the vector in docs/audit.md. The bundle leaves fact 4 out: it has nothing to do with the decision."""
    return SmallLog(GRANT, TAKEN, OTHER, REVOKED)


def bundle_of(log: SmallLog, *positions: int, openings=(), decision: str = DECISION) -> bytes:
    """The bundle with these facts of a log; with all of them, where none is named."""
    lines = {position: log.lines[position] for position in positions or log.lines}
    return bundle.written(decision, lines, openings, log.checkpoint, log.path)


def the_vector() -> bytes:
    """The bundle of docs/audit.md: the title of the decision is opened, every other word stays sealed."""
    log = five_facts()
    return bundle_of(log, 1, 2, 3, 5, openings=[opening(log, 3, "Urgent community response")])
