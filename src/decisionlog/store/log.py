"""The log: append whole batches under one lock, read facts back in their order. It decides nothing."""

from __future__ import annotations

import hmac
import os
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from copy import copy
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from decisionlog.domain.days import at as time_of
from decisionlog.domain.days import instant_asked, moment, stamp, zone_named
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.log import LogOpened
from decisionlog.domain.refusals import BadInput, Conflict, KeyReused, Mistake, Mistakes, NotSound, Unusable
from decisionlog.domain.sealed import ERASING
from decisionlog.store import erasing, tree
from decisionlog.store.batch import Batch, Draft, Head, Receipt, Recorded, Request, ulid
from decisionlog.store.behind import clock_behind
from decisionlog.store.codec import Line, canonical, decode, decode_again, recorded_at, unpadded
from decisionlog.store.directory import Directory, Remembered
from decisionlog.store.following import MOST_AT_ONCE, Follower
from decisionlog.store.guarding import Guard, known_names
from decisionlog.store.withheld import is_withheld, last_shown

if TYPE_CHECKING:  # SQLite is imported only where a log lies in a file
    from decisionlog.store.recorders import AnyWriter, Recorder

T = TypeVar("T")

_READ_AT_ONCE = 2_000
_POSITION_LIMIT = 20
"""Characters of `@1234`: more digits than the positions of any log."""
_REQUEST_KEY = "request-key"
_SALT = 16


class Tip(NamedTuple):
    """The end of the log with the hashes of its tree's peaks, and what is known of its names."""

    head: Head
    frontier: list[bytes]
    names: Remembered


class Log:
    """One partnership's log, whatever store it lies in."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.follower: Follower | None = None
        self.guard: Guard | None = None
        """Who may record, where that is not simply whoever may write the file."""
        self._pepper: bytes | None = None
        self._tip: Tip | None = None

    @cached_property
    def identity(self) -> LogOpened:
        """What position 1 says of the log: its name, origin, time zone and currency."""
        first = next(iter(self.facts(limit=1)), None)
        if first is None or not isinstance(first.data, LogOpened):
            msg = f"{self.recorder.place} has no log.opened at position 1; it was never begun, or is damaged."
            raise NotSound(msg)
        return first.data

    @cached_property
    def zone(self) -> tzinfo:
        """The civil time in which the log's days are read."""
        return zone_named(self.identity.time_zone)

    # Reading

    def head(self) -> Head:
        """How many facts the log has, and when the last was recorded."""
        return self.recorder.head()

    def size(self) -> int:
        """How many facts the log has."""
        return self.recorder.size()

    def wait(self, after: int, seconds: float) -> bool:
        """Whether the log comes to hold more than `after` facts within so many seconds. Raises `Unusable`."""
        return self.recorder.wait(after, seconds)

    def root(self, size: int) -> bytes:
        """The root of the tree over the first `size` facts."""
        return tree.root(size, self.recorder.nodes)

    def lines(self, after: int = 0, until: int | None = None) -> Iterator[Line]:
        """The stored bytes after a position, in order. Raises `NotSound` at a gap."""
        while until is None or after < until:
            at_once = _READ_AT_ONCE if until is None else min(_READ_AT_ONCE, until - after)
            lines = self.recorder.lines(after, at_once)
            for line in lines:
                after += 1
                if line.position != after:
                    msg = f"Position {after} is missing: the next fact is {line.position}. Facts 1 to {after - 1} are there."
                    raise NotSound(msg)
                yield line
            if len(lines) < at_once:
                return

    def facts(self, after: int = 0, until: int | None = None, *, limit: int | None = None) -> Iterator[Fact]:
        """Facts after a position, in order; in a view of a log, without those that are withheld."""
        if limit is not None:
            until = after + limit if until is None else min(until, after + limit)
        return (decode(line) for line in self.lines(after, until) if not is_withheld(line))

    def stream(self, stream: str, types: Sequence[str] = ()) -> list[Fact]:
        """The facts of one stream, in order; of these types only where types are given."""
        return [decode_again(line) for line in self.recorder.stream_lines(stream, types)]

    def stands_at(self, position: int) -> tuple[str, int] | None:
        """The stream of the fact at a position, and its version in it; none, where there is no such fact."""
        found = self.recorder.lines(position - 1, 1) if position > 0 else []
        return (found[0].stream, found[0].n) if found and not is_withheld(found[0]) else None

    def openings(self, facts: Iterable[Fact]) -> dict[str, Any]:
        """What lies behind the commitments of these facts, by digest, as far as it is still there; `Erased` where it went."""
        return {opening.digest: opening.value for opening in self.recorder.openings(fact.position for fact in facts)}

    def position_known(self, known: str) -> int:
        """The last position that was recorded by a date (its end), a time, or up to a position (`@1234`)."""
        if known.startswith("@") and known[1:].isdecimal():
            if len(known) > _POSITION_LIMIT:
                msg = f"{known[:_POSITION_LIMIT]}... is beyond the end of the log, which has {self.size():,} facts."
                raise BadInput(msg)
            return min(int(known[1:]), self.size())
        return self.position_at(instant_asked(known, self.zone))

    def position_at(self, moment: int) -> int:
        """The last position recorded at or before a moment."""
        wanted = stamp(time_of(moment))
        head = self.head()
        if head.recorded_at <= wanted:
            return head.size
        return bisect_right(range(1, head.size + 1), wanted, key=self.recorded_at)

    def recorded_at(self, position: int) -> str:
        """When the fact at a position was recorded, or the last before it that is shown; empty, where none is."""
        line = last_shown(self.recorder.lines, position)
        return recorded_at(line) if line else ""

    def once(self, what: Hashable, make: Callable[[], T]) -> T:  # noqa: ARG002 - a log that stands still keeps it by this name
        """What is made of the log as it stands: made anew whenever it is asked for, since the log may have grown."""
        return make()

    # Recording

    def record(
        self,
        batch: Batch,
        *,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
        followed: bool = False,
    ) -> Receipt:
        """Record a batch, whole or not at all; when this returns, it is durable.

        Where it is to be followed, what is read from it is brought up with it, if that can be done at once.
        Raises `Mistakes` for references that do not resolve, `Conflict` where somebody was first, `Refusal` for a key
        used for another request, `Unusable` where the store cannot be written.
        """
        name = ulid(batch.now, os.urandom(10))
        recording = _Recording(self, batch, name, progress)
        try:
            with self.recorder.writing() as writer:
                receipt = recording.run(writer)
                # What is known of the end holds again only when the transaction has ended well.
                self._tip = None
                if dry_run:
                    raise _DryRunEndsHere(receipt)
                if followed:
                    recording.take_along(writer)
        except _DryRunEndsHere as ended:
            return ended.receipt
        except Unusable as trouble:
            # The store gave no clear answer: what it holds now decides what is said.
            try:
                settled = self._settled(name, recording)
            except Unusable:
                raise trouble from None
            if settled is None and not recording.is_followed:
                raise
            return settled or self.record(batch, progress=progress)  # it may be recorded without what is read from it
        self._tip = recording.tip
        if self.follower and recording.is_followed:
            self.follower.followed(receipt.last)
        return receipt

    def pepper(self, writer: AnyWriter) -> bytes:
        """The key of the digests of requests; it stays in this store."""
        if self._pepper is None:
            kept = writer.secret(_REQUEST_KEY)
            if kept is None:
                kept = os.urandom(32)
                writer.put_secret(_REQUEST_KEY, kept)
                return kept
            self._pepper = kept
        return self._pepper

    def tip(self, writer: AnyWriter) -> Tip:
        """The end of the log: as this process left it, if nobody recorded since, else read again."""
        size = writer.size()
        if self._tip is None or self._tip.head.size != size:
            head = writer.head()
            self._tip = Tip(head, tree.frontier(head.size, writer.nodes), Remembered())
        return self._tip

    def _settled(self, name: str, recording: _Recording) -> Receipt | None:
        """The receipt of what is in the log all the same; none, where it is not. Raises `Unusable` where that cannot be seen."""
        found = self.recorder.lines(recording.receipt.first - 1, 1) if recording.receipt else []
        return recording.receipt if found and decode(found[0]).batch == name else None

    def answered(self, asked: bytes, key: str | None = None) -> Receipt | None:
        """The receipt of a request that was recorded before, by its own name or its caller's; none, where it was not."""
        pepper = self.recorder.secret(_REQUEST_KEY)
        if pepper is None:
            return None
        digest = hmac.digest(pepper, asked, "sha256")
        found = self.recorder.request(hmac.digest(pepper, b"key:" + key.encode(), "sha256") if key else digest)
        if found is None or not hmac.compare_digest(found.digest, digest):
            return None  # a key that was used for another request is refused where it is recorded
        first = decode(self.recorder.lines(found.first - 1, 1)[0])
        return Receipt(first.batch, found.first, found.last, first.recorded_at, first.recorded_by, already=True)

    def close(self) -> None:
        """Let go of the store."""
        self.recorder.close()


class _DryRunEndsHere(Exception):
    """Not an error: it undoes the transaction of a dry run."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__("dry run")
        self.receipt = receipt


class _Recording:
    """One batch on its way into the log, inside the transaction that writes it."""

    def __init__(self, log: Log, batch: Batch, name: str, progress: Callable[[int], None] | None) -> None:
        self._log = log
        self._batch = batch
        self._name = name
        self._progress = progress
        self._now = stamp(batch.now)
        self.receipt: Receipt | None = None
        self.tip: Tip | None = None
        self.is_followed = False
        self._lines: list[Line] = []

    def run(self, writer: AnyWriter) -> Receipt:
        self.tip = self._log.tip(writer)
        head = self.tip.head
        if already := self._answered(writer, head.size):
            return already
        if self._batch.size is not None and self._batch.size != head.size:
            found = f"{head.size:,} fact{'s' * (head.size != 1)}"
            msg = (
                f"The log has {found}, not {self._batch.size}: somebody recorded in the meantime. Nothing was recorded."
            )
            raise Conflict(msg)
        guard = self._log.guard
        names = known_names(guard, self._seen_from(writer), self._batch) if guard else writer
        directory = Directory(names, self._batch, Remembered() if guard else self.tip.names)
        directory.settle()
        numbered = self._number(directory)
        self._lines, leaves = self._write_out(head, numbered)
        self.receipt = self._keep(writer, self.tip, self._lines, leaves, directory)
        if guard:
            guard.require(self._seen_from(writer), self._lines, moment(self._batch.now))
        if said := [decode(line) for line in self._lines if line.type in ERASING]:
            now, despite = moment(self._batch.now), self._batch.despite_holds
            erasing.carry_out(self._seen_from(writer), writer, said, now, despite_holds=despite)
        return self.receipt

    def take_along(self, writer: AnyWriter) -> None:
        """Have what is read from the facts brought up in their transaction, where they are few."""
        follower = self._log.follower
        if follower and 0 < len(self._lines) <= MOST_AT_ONCE:
            self.is_followed = True
            self.is_followed = follower.follow(self._seen_from(writer), writer, self._lines)

    def _seen_from(self, writer: AnyWriter) -> Log:
        """The log with these facts, which only this transaction sees as yet."""
        log = copy(self._log)
        log.recorder = writer  # type: ignore[assignment] # it answers the same questions
        return log

    def _answered(self, writer: AnyWriter, size: int) -> Receipt | None:
        """The receipt of the same request, if it was recorded before; else the request is kept with what it records.

        Requests are kept as keyed digests: words cannot be guessed from them, and they can be erased with the words.
        """
        batch = self._batch
        if batch.request is None:
            return None
        pepper = self._log.pepper(writer)
        digest = hmac.digest(pepper, batch.request, "sha256")
        key = hmac.digest(pepper, b"key:" + batch.key.encode(), "sha256") if batch.key else digest
        found = writer.claim(key, Request(digest, size + 1, size + len(batch.drafts)))
        if found is None:
            return None
        first = decode(writer.lines(found.first - 1, 1)[0])
        if not hmac.compare_digest(found.digest, digest):
            raise KeyReused(batch.key or "", first.recorded_at[:10], found.first, found.last)
        return Receipt(first.batch, found.first, found.last, first.recorded_at, first.recorded_by, already=True)

    def _number(self, directory: Directory) -> list[tuple[Draft, int]]:
        """Each draft with its version in its stream; raises what is wrong with the batch, all at once."""
        mistakes = directory.mistakes
        last: dict[str, int] = {}
        numbered = []
        for draft in self._batch.drafts:
            if not draft.stream:
                continue
            n = last.get(draft.stream, directory.before(draft.stream)) + 1
            last[draft.stream] = n
            if n == 1 and not draft.opens:
                mistakes.append(
                    Mistake(draft.place, f"{draft.type} is written in {draft.stream} before the fact that opens it.")
                )
            numbered.append((draft, n))
        for draft in self._batch.drafts:
            directory.cite(draft)
        if mistakes:
            raise Mistakes(sorted(mistakes, key=lambda mistake: _line_number(mistake.place)))
        for stream, expected in self._batch.expected.items():
            if stream in last and directory.before(stream) != expected:
                msg = f"{stream} has changed: it was at version {expected} and is at {directory.before(stream)}. Nothing was recorded."
                raise Conflict(msg)
        return numbered

    def _write_out(self, head: Head, numbered: list[tuple[Draft, int]]) -> tuple[list[Line], list[bytes]]:
        now, recorded_at = self._now, max(self._now, head.recorded_at)
        fact: dict[str, Any] = {
            "recorded_at": recorded_at,
            "recorded_by": self._batch.recorded_by,
            "batch": self._name,
        }
        if now < recorded_at:
            fact["clock"] = now
        salts = os.urandom(_SALT * len(numbered))
        lines, leaves = [], []
        for offset, (draft, n) in enumerate(numbered):
            fact["type"], fact["v"], fact["stream"], fact["n"] = draft.type, draft.v, draft.stream, n
            fact["salt"], fact["data"] = unpadded(salts[offset * _SALT : (offset + 1) * _SALT]), draft.data
            for name, value in (("on", draft.on), ("of", draft.of), ("source", draft.source)):
                if value:
                    fact[name] = value
                else:
                    fact.pop(name, None)
            state = canonical(fact)
            lines.append(Line(head.size + offset + 1, draft.stream, n, draft.type, state))
            leaves.append(tree.leaf_hash(state))
            if self._progress and not offset % 1000:
                self._progress(offset)
        return lines, leaves

    def _keep(
        self,
        writer: AnyWriter,
        tip: Tip,
        lines: list[Line],
        leaves: list[bytes],
        directory: Directory,
    ) -> Receipt:
        head, drafts = tip.head, self._batch.drafts
        first, last = head.size + 1, head.size + len(lines)
        nodes, frontier = tree.grow(head.size, tip.frontier, leaves)
        writer.add_lines(lines, nodes)
        names = directory.new_names(first)
        if names:
            writer.add_names(names)
        if openings := [(place, opening) for place, draft in enumerate(drafts, first) for opening in draft.openings]:
            writer.add_openings(openings)
        recorded_at = max(self._now, head.recorded_at)
        remembered = Remembered() if self._log.guard else directory.remember(names)
        self.tip = Tip(Head(last, recorded_at), frontier, remembered)
        return Receipt(
            batch=self._name,
            first=first,
            last=last,
            recorded_at=recorded_at,
            recorded_by=self._batch.recorded_by,
            facts=tuple([Recorded(position, type_, stream, n) for position, stream, n, type_, _ in lines]),
            notes=(*directory.notes, *clock_behind(self._now, self._batch.now, head.recorded_at)),
        )


def _line_number(place: str) -> tuple[str, int]:
    digits = "".join(filter(str.isdecimal, place))
    return (place.rstrip("0123456789"), int(digits) if digits else 0)
