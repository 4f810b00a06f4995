"""From what people call a thing to the thing: one query on the names of the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from decisionlog.domain.facts import KINDS
from decisionlog.domain.known import Known, never_was, read
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import BadInput, NotFound, NothingCalled
from decisionlog.domain.text import has_half_a_character
from decisionlog.store.directory import name_of
from decisionlog.store.log import Log

_SUGGESTED_FROM = 5_000
_LONGEST_POSITION = 16
"""Letters of `@12` beyond which no store counts."""


def find(log: Log, reference: str, kinds: Sequence[str] = KINDS) -> str:
    """The stream of one of these kinds that a REF names: a ref, `kind:ref`, `issuer:ref`, or the fact at a position (`@12`).

    Of several that fit, those that were retracted are not meant. Raises `NotFound` with the nearest references, and
    `BadInput` where several things fit, or it is no text.
    """
    if has_half_a_character(reference):
        msg = f"'{reference}' contains half of a character (a lone surrogate); it is not valid text."
        raise BadInput(msg)
    if reference.startswith("@") and reference[1:].isdecimal():
        if len(reference) > _LONGEST_POSITION:
            raise NotFound(
                f"There is no fact at position {reference[1:_LONGEST_POSITION]}...; the log has {log.size()}."
            )
        return _of_a_kind(_at_position(log, int(reference[1:])), reference, kinds)
    prefix, rest = split(reference)
    if prefix in KINDS and prefix not in kinds:
        raise NotFound(_another_kind(reference, prefix, kinds))
    matches = _named(log, (prefix,), rest) if prefix in KINDS else _named(log, kinds, reference)
    if not matches and prefix and prefix not in KINDS:
        matches = [row for row in _named(log, kinds, rest) if split(row[1])[1] == prefix]
    streams = list(dict.fromkeys(stream for stream, _ in matches))
    if not streams:
        raise _nothing(log, reference, prefix, rest, kinds)
    if len(streams) == 1 or reference in streams:
        return reference if reference in streams else streams[0]
    standing = [stream for stream in streams if not never_was(read(log.stream(stream), Known(), log.zone))]
    if len(standing) != 1:
        msg = f"'{reference}' fits several things: {', '.join(standing or streams)}. Write the one that is meant."
        raise BadInput(msg)
    return standing[0]


def _of_a_kind(stream: str, reference: str, kinds: Sequence[str]) -> str:
    if split(stream)[0] not in kinds:
        raise NotFound(_another_kind(reference, split(stream)[0], kinds))
    return stream


def _at_position(log: Log, position: int) -> str:
    standing = log.stands_at(position)
    if standing is None:
        size = log.size()
        msg = f"There is no fact at position {position}; the log has {size}."
        if 0 < position <= size:
            msg = f"Entry {position} is withheld: whoever may read it is told what it says."
        raise NotFound(msg)
    return standing[0]


def _named(log: Log, kinds: Iterable[str], ref: str) -> list[tuple[str, str]]:
    names = [name_of(kind, ref) for kind in kinds]
    return [(standing.named.stream, standing.named.issuer) for standing in log.recorder.named(names)]


def _nothing(log: Log, reference: str, prefix: str, rest: str, kinds: Sequence[str]) -> NotFound:
    """The refusal of a name that nothing has: what it is instead, or what is called nearly so."""
    ref = rest if prefix in KINDS else reference
    others = [stream for stream, _ in _named(log, KINDS, ref)] if len(kinds) < len(KINDS) else []
    if others:
        return NotFound(_another_kind(reference, split(others[0])[0], kinds))
    looked_through = (prefix,) if prefix in KINDS else kinds
    known = (row for kind in looked_through for row in log.recorder.names_of_kind(kind, _SUGGESTED_FROM))
    names = {split(row.name)[1]: row.stream for row in known}
    near = get_close_matches(fold(ref), names, n=3, cutoff=0.6)
    what = " or ".join(kinds) if len(kinds) <= 3 else ""
    sentence = f"No {what} here is called '{reference}'." if what else f"Nothing here is called '{reference}'."
    return NothingCalled(sentence, [names[name] for name in near])


def _another_kind(reference: str, kind: str, kinds: Sequence[str]) -> str:
    return f"'{reference}' is of kind {kind}; this is about {' or '.join(kinds)}."
