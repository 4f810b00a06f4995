"""What changed of who sits and who holds: members of bodies, holders of posts, parents and terms of bodies."""

from __future__ import annotations

from typing import Final

from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Named, Said, Worth
from decisionlog.questions.difference.pairs import Pair, Told, changed, field
from decisionlog.questions.difference.words import bare, since, these, until, what_changed

_SEAT: Final = ("role", "on_behalf_of", "voting", "deputy_for", "held_as", "by_decision", "until")
_TERMS: Final = ("version", "instrument", "can", "must_consult", "reports_to", "sign_off", "review_by")


def seat(pair: Pair) -> Told | None:
    """Who sits on a body or holds a post."""
    row = next(pair.pieces).values
    of_a_post = split(pair.stream)[0] == "post"
    role = f" as {row.role.replace('-', ' ')}" if row.role and not of_a_post else ""
    how = f", {row.role.replace('-', ' ')}" if row.role and of_a_post else ""
    bound = these(field(pair.now or pair.was, "on_behalf_of") or (), " for ")
    verb = "holds" if of_a_post else "sits on"
    was, now = changed(pair, _SEAT)
    if pair.was is None:
        began: Said = (
            Named(row.member),
            f" {verb} ",
            Named(pair.stream),
            f"{role}{how}",
            *bound,
            ", ",
            *since(row.since),
        )
        return Told(began, {}, {"member": row.member, **now}, (row.position,), "began")
    if pair.now is None:
        left: Said = (Named(row.member), f" no longer {verb} ", Named(pair.stream), role)
        return Told(
            (*left, *((", ", *until(row.until)) if row.until else ())),
            {"member": row.member, **was},
            {},
            (row.ended_position or row.position,),
            "ended",
        )
    if not was and not now:
        return None
    return Told(
        (Named(row.member), " on " if not of_a_post else " as ", Named(pair.stream), ": ", *what_changed(was, now)),
        was,
        now,
    )


def parent(pair: Pair) -> Told | None:
    """For whom a body acts."""
    row = next(pair.pieces).values
    for_what = these(field(pair.now or pair.was, "functions") or (), ", for ")
    was, now = changed(pair, ("functions", "legal_basis", "instrument", "clause", "by_decision", "until"))
    if pair.was is None:
        law: Said = (", by ", Worth(row.legal_basis, "legal_basis")) if row.legal_basis else ()
        said: Said = (Named(pair.stream), " acts for ", Named(row.parent), *for_what, *law, ", ", *since(row.since))
        return Told(said, {}, {"parent": row.parent, **now}, what="began")
    if pair.now is None:
        said = (Named(pair.stream), " no longer acts for ", Named(row.parent), *for_what)
        return Told(
            (*said, *((", ", *until(row.until)) if row.until else ())), {"parent": row.parent, **was}, {}, what="ended"
        )
    return (
        Told((Named(pair.stream), " acts for ", Named(row.parent), ": ", *what_changed(was, now)), was, now)
        if was or now
        else None
    )


def terms(pair: Pair) -> Told | None:
    """Which terms of reference a body has, and what in them is otherwise."""
    was, now = changed(pair, _TERMS)
    if pair.now is None:
        return Told((Named(pair.stream), ": its terms of reference are no longer on record"), was, {}, what="ended")
    row = pair.now.values
    version: Said = (" version ", *bare(row.version)) if row.version else ()
    if pair.was is None or pair.was.values.since != row.since:
        rest = {name: value for name, value in was.items() if name != "version"}
        now_rest = {name: value for name, value in now.items() if name != "version"}
        told: Said = ("; ", *what_changed(rest, now_rest)) if pair.was and (rest or now_rest) else ()
        on: Said = (" from ", Day(row.since)) if row.since else ()
        return Told((Named(pair.stream), ": terms of reference", *version, *on, *told), was, now, what="began")
    return (
        Told((Named(pair.stream), ": terms of reference: ", *what_changed(was, now)), was, now) if was or now else None
    )
