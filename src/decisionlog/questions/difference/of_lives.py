"""What changed of things that begin, change and end: bodies, posts, organisations, instruments, funds, functions, places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from decisionlog.domain.saying import Day, Named, Said
from decisionlog.questions.difference.pairs import Pair, Told, changed, field
from decisionlog.questions.difference.words import bare, since, these, until, what_changed

_OVER: Final = {
    "body.dissolved": "dissolved",
    "organisation.dissolved": "dissolved",
    "organisation.succeeded": "taken over",
    "post.abolished": "abolished",
    "replaced": "replaced",
}
"""The word for an end; of any other, that it ended."""


def life(begins: str, fields: Sequence[str]) -> Callable[[Pair], Told | None]:
    """The teller of a kind of thing: the word for its beginning, and the fields of which changes are told."""

    def tell(pair: Pair) -> Told | None:
        state, now_state = field(pair.was, "state") or "", field(pair.now, "state") or ""
        stood, stands = {"state": state} if state else {}, {"state": now_state} if now_state else {}
        if pair.now is None:
            return Told((Named(pair.stream), ": no longer on record"), stood, {})
        row = pair.now.values
        if now_state == "there" and state != "there":
            return Told((Named(pair.stream), f": {begins}, ", *since(row.since)), stood, stands, what="began")
        if now_state == "over" and state != "over":
            ended = _OVER.get(getattr(row, "ended", ""), "")
            then: Said = (f", then {ended}",) if ended else (", then it ended",)
            return Told((Named(pair.stream), ": ", *until(row.until), *then), stood, stands, what="ended")
        if pair.was is None:
            said: Said = (Named(pair.stream), f": to be {begins} on ", Day(row.since)) if row.since else ()
            return Told(said, {}, stands, what="began") if said else None
        was, now = changed(pair, (*fields, "until"))
        return Told((Named(pair.stream), ": ", *what_changed(was, now)), was, now) if was or now else None

    return tell


def renamed(was: str, now: str) -> Told:
    """That something is called otherwise."""
    return Told((*bare(was), " is now called ", *bare(now)), {"name": was}, {"name": now}, what="changed")


def duty(pair: Pair) -> Told | None:
    """On whom a function was placed, and from whom it was taken."""
    row = next(pair.pieces).values
    where = these(field(pair.now or pair.was, "places") or (), " in ")
    what: Said = (Named(row.holder), " {} the duty for ", Named(pair.stream), *where)
    was, now = changed(pair, ("holder", "places", "legal_basis", "until"))
    if pair.was is None:
        return Told((*_with(what, "has"), ", ", *since(row.since)), {}, now, what="began")
    if pair.now is None:
        ended: Said = (", ", *until(row.until)) if row.until else ()
        return Told((*_with(what, "no longer has"), *ended), was, {}, what="ended")
    return Told((*_with(what, "has"), ": ", *what_changed(was, now)), was, now) if was or now else None


def _with(said: Said, verb: str) -> Said:
    return tuple(part.format(verb) if isinstance(part, str) else part for part in said)


def succession(pair: Pair) -> Told | None:
    """Who took over from whom."""
    row = next(pair.pieces).values
    what = "all" if row.whole else "a part"
    of = (*these(field(pair.now or pair.was, "places") or (), " in "), *these(_functions(pair), " for "))
    verb = "took over" if pair.now else "is no longer recorded to have taken over"
    said: Said = (Named(row.successor), f" {verb} {what} of ", Named(pair.stream), *of)
    was, now = changed(pair, ("successor", "places", "functions", "continuity", "liabilities"))
    if pair.was and pair.now:
        return Told((*said, ": ", *what_changed(was, now)), was, now) if was or now else None
    return Told((*said, *((", on ", Day(row.since)) if row.since else ())), was, now)


def _functions(pair: Pair) -> Sequence[str]:
    return field(pair.now or pair.was, "functions") or ()


def relation(pair: Pair) -> Told | None:
    """To whom an organisation is answerable, or stands otherwise."""
    row = next(pair.pieces).values
    said: Said = (Named(pair.stream), f": {row.relation.replace('-', ' ')} ", *((Named(row.to),) if row.to else ()))
    was, now = changed(pair, ("functions", "places", "legal_basis", "until"))
    if pair.was is None:
        return Told((*said, ", ", *since(row.since)), {}, {"relation": row.relation, "to": row.to}, what="began")
    if pair.now is None:
        ended: Said = (" ", *until(row.until)) if row.until else (", no longer",)
        return Told((*said, *ended), {"relation": row.relation, "to": row.to}, {}, what="ended")
    return Told((*said, ": ", *what_changed(was, now)), was, now) if was or now else None
