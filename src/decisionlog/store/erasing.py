"""Emptying the vault of what a fact says was erased, in the very transaction that records the fact.

The commitment stays in the fact and the proof holds; in the vault a mark takes the place of salt and value, which says
under which fact they went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from decisionlog.domain import holds
from decisionlog.domain.erased import Erased
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.record import RecordValueErased
from decisionlog.domain.refusals import Refusal
from decisionlog.domain.sealed import ERASING, commitments, decided_by, is_at, said_erased
from decisionlog.store.codec import decode

if TYPE_CHECKING:
    from decisionlog.store.log import Log

UNCLEAN: Final = "unclean"
"""Kept beside the store's secrets from an erasure until its words are gone from the raw bytes of the file as well."""


AS_IT_WAS: Final = "as-it-was"
"""Kept beside the secrets of a copy that shows a log as it once was: how many facts it then had."""


class Place(NamedTuple):
    """Where one sealed value stood: beside which fact, behind which commitment."""

    position: int
    digest: str


class Erasure(NamedTuple):
    """One erasing fact, and what it emptied."""

    fact: Fact
    gone: tuple[Place, ...]

    @property
    def mark(self) -> Erased:
        """What is read in the place of what went."""
        return Erased.under(self.fact.position, decided_by(self.fact))


def erasures(log: Log, after: int = 0) -> list[Erasure]:
    """Every erasing fact after a position, with what it says went: from the facts alone, whatever the vault holds."""
    found = (decode(line) for line in log.lines(after) if line.type in ERASING)
    return [Erasure(fact, tuple(places_of(log, fact))) for fact in found]


def places_of(log: Log, fact: Fact) -> Iterator[Place]:
    """What an erasing fact says went; nothing of a fact that is not there."""
    for cited, paths in said_erased(fact):
        for line in log.recorder.stream_lines(cited.stream):
            if line.n == cited.n and line.position < fact.position:
                sealed = commitments(orjson.loads(line.state))
                yield from (
                    Place(line.position, digest) for at, digest in sealed.items() if not paths or is_at(at, paths)
                )


def leave_out(log: Log, gone: Mapping[Place, Erased]) -> None:
    """Mark in a copy of a log as it was what was erased later, and that it is such a copy."""
    with log.recorder.writing() as writer:
        for place, mark in gone.items():
            writer.empty([place], mark)
        writer.put_secret(AS_IT_WAS, str(log.size()).encode())


def carry_out(log: Log, writer: Any, facts: Iterable[Fact], now: int, *, despite_holds: bool) -> None:
    """Empty the vault of what these facts say went, and forget the requests that held the words.

    `log` is the log with these facts in it. Raises `Refusal` where a hold bars it.
    """
    for fact in facts:
        if not despite_holds:
            require_no_hold(log, _concerned(log, fact), now)
        erasure = Erasure(fact, tuple(places_of(log, fact)))
        writer.empty(erasure.gone, erasure.mark)
        writer.forget_requests({place.position for place in erasure.gone})
        writer.put_secret(UNCLEAN, str(fact.position).encode())


def _concerned(log: Log, fact: Fact) -> list[str]:
    """The streams in which a hold bars an erasure: of what is erased, and of the people whom it is about."""
    of_person = [fact.data.person] if isinstance(fact.data, RecordValueErased) and fact.data.person else []
    about = {person for place in places_of(log, fact) for person in people_around(log, place)}
    return [fact.stream, *of_person, *(cited.stream for cited, _ in said_erased(fact)), *sorted(about)]


def people_around(log: Log, place: Place) -> set[str]:
    """The people whom a sealed value is about, as far as the fact says it by reference."""
    for line in log.lines(place.position - 1, place.position):
        fact = orjson.loads(line.state)
        return {
            person
            for at, digest in commitments(fact).items()
            if digest == place.digest
            for person in holds.people_around(fact.get("data"), at)
        }
    return set()


def holds_on(log: Log, streams: Iterable[str], now: int) -> list[Fact]:
    """The holds that bar erasing anything in these streams, with those on the whole log."""
    whole = log.stands_at(1)
    wanted = dict.fromkeys([*streams, *([whole[0]] if whole else [])])
    return [
        hold
        for stream in wanted
        for hold in holds.standing(
            (decode(line) for line in log.recorder.stream_lines(stream, holds.BEARING)), log.zone, now
        )
    ]


def require_no_hold(log: Log, streams: Iterable[str], now: int, also: str = "") -> None:
    """Raises `Refusal`, which names the hold, where one bars erasing anything in these streams; `also` is said beside that."""
    found = holds_on(log, streams, now)
    if not found:
        return
    hold, whole = found[0], log.stands_at(1)
    of_person = f"{hold.stream}, or in a fact that names them," if hold.stream.startswith("person:") else hold.stream
    what = "the whole log" if whole and hold.stream == whole[0] else f"{of_person}{also}"
    instrument, review = (getattr(hold.data, name, None) for name in ("instrument", "review_by"))
    under = f", under {instrument}" if instrument else ""
    until = f" It is to be reviewed by {review}." if review else ""
    more = f" So do {len(found) - 1} more." if len(found) > 1 else ""
    msg = (
        f"Nothing sealed in {what} may be erased for now: a hold bars it (@{hold.position}"
        f"{f', placed on {hold.on}' if hold.on else ''}{under}).{until}{more} Nothing was erased. "
        f"Once it no longer holds: decisionlog lift-hold @{hold.position}"
    )
    raise Refusal(msg)
