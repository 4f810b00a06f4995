"""A bundle of one decision: the facts that `who decided` cites, and the whole of what they are about, as one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, NamedTuple

from msgspec import Struct

from decisionlog.audit.bundle import resting_on, withheld, written
from decisionlog.audit.proofs import inclusion
from decisionlog.audit.verify import Opening, read_checkpoint
from decisionlog.domain.answers.deciding import WhoDecided
from decisionlog.domain.days import moment
from decisionlog.domain.refusals import NotFound, Refusal
from decisionlog.domain.text import visible
from decisionlog.questions.point import Asked
from decisionlog.questions.who_decided import who_decided
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.codec import Line
from decisionlog.store.log import Log
from decisionlog.store.publishing import Publishing

_CITING: Final = frozenset({"evidence", "position", "positions", "corrected_by"})
"""Parts of an answer that hold positions of facts."""
_RESTING: Final = ("decision:", "delegation:")


class Gathered(NamedTuple):
    """One decision, and the facts that a bundle of it holds."""

    decision: str
    cited: frozenset[int]
    """Those that the answer cites, with those of the decision and of the delegations that it rests on."""
    lines: dict[int, Line]
    """All of them, by position: each stream whole, up to where it was read."""
    upto: int
    """How many facts the log had there."""

    @property
    def last(self) -> int:
        """The last position among them: a checkpoint must cover it."""
        return max(self.lines)


class Shown(NamedTuple):
    """The facts that are shown, and those of which only the hash is."""

    positions: frozenset[int]
    withheld: frozenset[int]


class Proof(NamedTuple):
    """A decision, and the text of the bundle that proves it."""

    decision: str
    text: bytes


def gathered(log: Log, models: ReadModels, ref: str, now: datetime, upto: int | None = None) -> Gathered:
    """The evidence of a decision, as it was recorded up to a position, or up to the end; whatever rules find of it is no part.

    Raises as `who_decided`; and `Refusal` where several decisions came of what was asked about, or none.
    """
    known = None if upto is None else f"@{upto}"
    answer = who_decided(log, models, ref, Asked(known=known), now, judged=False)
    decision, upto = _decision(answer), answer.basis.position
    resting = resting_on(decision, lambda stream: (line.state for line in _lines_of(log, stream, upto).values()))
    cited = {position for position in cited_in(answer.items) if position <= upto}
    lines = {line.position: line for line in log.lines(0, 1)}
    for stream in {*resting, *(place[0] for at in cited if (place := log.stands_at(at)))}:
        lines |= _lines_of(log, stream, upto)
    cited |= {at for at, line in lines.items() if line.stream in resting and line.stream.startswith(_RESTING)}
    return Gathered(decision, frozenset(cited), lines, upto)


def bundle(log: Log, found: Gathered, checkpoint: bytes, hidden: Iterable[int], openings: Iterable[Opening]) -> bytes:
    """The text of a bundle under a checkpoint of the log, which covers its facts; the hidden ones are withheld."""
    size, kept_back = read_checkpoint(checkpoint).size, frozenset(hidden)
    lines = {at: withheld(line.state) if at in kept_back else line.state for at, line in found.lines.items()}
    return written(found.decision, lines, openings, checkpoint, lambda at: inclusion(log.recorder.nodes, at - 1, size))


def for_everybody(log: Log, found: Gathered, ref: str, checkpoint: bytes, now: datetime) -> bytes:
    """The text of a bundle with the words that everybody may read, and nothing that is kept from anybody.

    Raises `Refusal` where the decision itself is kept from somebody.
    """
    publishing = Publishing(log, read_checkpoint(checkpoint).size, moment(now))
    return _published(log, publishing, found, ref, checkpoint)


def _published(log: Log, publishing: Publishing, found: Gathered, ref: str, checkpoint: bytes) -> bytes:
    shown = shown_by(publishing, found, ref)
    openings = [
        Opening(at, one.digest, one.salt, one.value)
        for at in sorted(found.cited & shown.positions)
        for one in publishing.openings_of(found.lines[at])
    ]
    return bundle(log, found, checkpoint, shown.withheld, openings)


def shown_to_everybody(log: Log, found: Gathered, ref: str, size: int, now: int) -> Shown:
    """Which of the facts everybody may see at a moment. Raises `Refusal` where the decision itself is not among them."""
    return shown_by(Publishing(log, size, now), found, ref)


def under_last_checkpoint(log: Log, models: ReadModels, decisions: Iterable[str], now: datetime) -> Iterator[Proof]:
    """Of each decision that the last kept checkpoint covers, the bundle that everybody may have; none without a checkpoint."""
    kept = log.recorder.checkpoints()
    if not kept:
        return
    size, note = kept[-1].size, kept[-1].note
    publishing = Publishing(log, size, moment(now))
    for decision in decisions:
        with suppress(NotFound, Refusal):  # it was recorded later, or may not be shown to everybody
            found = gathered(log, models, decision, now, size)
            yield Proof(decision, _published(log, publishing, found, decision, note))


def shown_by(publishing: Publishing, found: Gathered, ref: str) -> Shown:
    """Which of the facts are published. Raises `Refusal` where the decision itself is not among them."""
    kept_back = {at: line for at, line in found.lines.items() if at > 1 and publishing.is_withheld(line)}
    first = next((at for at, line in kept_back.items() if line.stream == found.decision and line.n == 1), 0)
    if first:
        how = publishing.how(found.decision, 1)
        msg = f"{visible(ref)} is {how.level} [{how.position}], so a bundle for everybody cannot show it."
        raise Refusal(msg)
    closed = {at for at, line in found.lines.items() if not publishing.how(line.stream, line.n).is_open}
    return Shown(frozenset(found.lines) - closed, frozenset(kept_back))


def openings_of(log: Log, positions: Iterable[int]) -> list[Opening]:
    """What opens the commitments of the facts at these positions, as far as it is still there."""
    return [
        Opening(position, one.digest, one.salt, one.value)
        for position in sorted(positions)
        for one in log.recorder.openings([position])
        if one.salt
    ]


def _decision(answer: WhoDecided) -> str:
    found = [str(decided.decision["stream"]) for decided in answer.items]
    if len(found) == 1:
        return found[0]
    if not found:
        msg = f"No decision came of {answer.asked}, so there is nothing to put into a bundle."
        raise Refusal(msg)
    msg = f"A bundle is of one decision, and {len(found)} came of {answer.asked}. Name one of them: {', '.join(found)}."
    raise Refusal(msg)


def _lines_of(log: Log, stream: str, upto: int) -> dict[int, Line]:
    return {line.position: line for line in log.recorder.stream_lines(stream) if line.position <= upto}


def cited_in(part: Any) -> Iterator[int]:
    """Every position that an answer or a part of one cites."""
    if isinstance(part, (list, tuple)):
        for each in part:
            yield from cited_in(each)
        return
    fields: Iterable[tuple[str, Any]] = ()
    if isinstance(part, Struct):
        fields = [(name, getattr(part, name)) for name in part.__struct_fields__]
    elif isinstance(part, dict):
        fields = part.items()
    for name, value in fields:
        positions = value if isinstance(value, (list, tuple)) else (value,)
        if name in _CITING and all(type(each) is int for each in positions):
            yield from positions
        else:
            yield from cited_in(value)
