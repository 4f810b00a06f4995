"""Who held one post, or sat on one body, at a moment and on its day: from the pieces of its seats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import Any, Final

from msgspec import Struct

from decisionlog.checks.world.from_rows import positions
from decisionlog.domain.answers.holding import Change, HeldBy, Vacancy
from decisionlog.domain.days import at, day_start, is_partial
from decisionlog.domain.vocabulary import HolderBasis, Role
from decisionlog.store.histories import unpacked
from decisionlog.store.pieces import Piece

_UNORDERED: Final = "same day, order not recorded"
_RANKS: Final = {word: rank for rank, word in enumerate((*Role.__args__, *HolderBasis.__args__))}  # type: ignore[attr-defined]


class Asked(Struct, frozen=True):
    """The moment asked about; the first moment of its day, where a whole day was asked about."""

    moment: int
    day: str
    """Empty, where a time was asked about."""
    zone: tzinfo

    @property
    def begins(self) -> int:
        """The first moment that is asked about."""
        civil = at(self.moment).astimezone(self.zone).date()
        return day_start(civil, self.zone) if self.day else self.moment


def holding(seats: Iterable[Piece], asked: Asked) -> tuple[list[HeldBy], list[HeldBy]]:
    """Who held it at the moment, and who did earlier on its day and no longer then."""
    pieces = list(seats)
    left = [piece for piece in pieces if _left_that_day(piece, asked)]
    now = [
        held_by(piece, asked, _UNORDERED if left and _began_that_day(piece, asked) else "")
        for piece in pieces
        if piece.holds(asked.moment)
    ]
    earlier = [held_by(piece, asked, _why(piece, asked)) for piece in pieces if _held_earlier(piece, asked)]
    return sorted(now, key=_order), sorted(earlier, key=_order)


def held_by(piece: Piece, asked: Asked, part_of_day: str = "") -> HeldBy:
    """One seat as it stood."""
    seat = piece.values
    possible = piece.holds(asked.moment) and (piece.possible(asked.moment) or asked.moment >= seat.ends_from)
    partial = [day for day in (seat.since, seat.until) if is_partial(day)]
    why = f"possible: {partial[0]} is a partial date" if partial else "possible: a date of it is partial"
    return HeldBy(
        who=seat.member,
        role=seat.role,
        on_behalf_of=tuple(unpacked(seat.on_behalf_of)),
        voting=seat.voting,
        seat=seat.held_as,
        deputy_for=seat.deputy_for,
        by_decision=seat.by_decision,
        since=seat.since,
        until=seat.until,
        possible=why if possible else "",
        part_of_day=part_of_day,
        evidence=positions(seat.evidence),
    )


def vacancy(seats: Sequence[Piece], asked: Asked) -> Vacancy:
    """Since when nobody held it, and until when, as far as that is recorded."""
    before = [piece for piece in seats if piece.valid_until <= asked.moment]
    last = max(before, key=lambda piece: piece.valid_until, default=None)
    after = [piece for piece in seats if piece.valid_from > asked.moment]
    following = min(after, key=lambda piece: piece.valid_from, default=None)
    return Vacancy(
        since=last.values.until if last else "",
        until=following.values.since if following else "",
        evidence=(*_proof(last), *_proof(following)),
    )


def to_come(seats: Sequence[Piece], office: Piece | None, asked: Asked) -> Iterator[Change]:
    """What is known to change next: everything that changes at the first moment at which something does."""
    ends = [piece for piece in seats if piece.values.until]
    changes = [(piece.valid_until, piece.values.member, "ends", piece.values.until, piece) for piece in ends]
    changes += [(piece.valid_from, piece.values.member, "begins", piece.values.since, piece) for piece in seats]
    if office is not None and office.values.until and office.values.state == "there":
        changes.append((office.valid_until, office.stream, "is over", office.values.until, office))
    later = [change for change in changes if change[0] > asked.moment]
    first = min((change[0] for change in later), default=0)
    for moment, who, what, on, piece in later:
        if moment == first:
            yield Change(who, what, on, _proof(piece))


def _proof(piece: Piece | None) -> tuple[int, ...]:
    return positions(piece.values.evidence) if piece else ()


def _left_that_day(piece: Piece, asked: Asked) -> bool:
    """Whether the act that ended it is of the day asked about, at a time that is not recorded."""
    return bool(asked.day) and piece.values.left_on == asked.day


def _began_that_day(piece: Piece, asked: Asked) -> bool:
    return piece.valid_from >= asked.begins


def _held_earlier(piece: Piece, asked: Asked) -> bool:
    if piece.holds(asked.moment):
        return False
    for_a_part = piece.valid_from <= asked.moment and piece.valid_until > asked.begins
    return for_a_part or (_left_that_day(piece, asked) and piece.valid_from < asked.begins)


def _why(piece: Piece, asked: Asked) -> str:
    return _UNORDERED if _left_that_day(piece, asked) else "for a part of this day"


def _order(one: HeldBy) -> tuple[Any, ...]:
    return _RANKS.get(one.role, len(_RANKS)), one.evidence
