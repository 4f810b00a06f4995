"""Whether those who decided, and for whom they decided, were there on the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from decisionlog.checks.authority.relying import is_unordered, uses
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.put_right import until_put_right
from decisionlog.checks.record import Record
from decisionlog.domain.authority.world import Holder, Party
from decisionlog.domain.facts.post import PostFilled
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Named, Said

_SUBSTANTIVELY: Final = frozenset({"substantive", "ex-officio"})
_FOR_SUBSTANTIVE: Final = "substantive-only"


def dissolved_party(record: Record, decision: str) -> Iterator[Tripped]:
    """GL36: who decided, or for whom, had ended or had not begun on that day.

    A successor is another legal person, whatever code it has.
    """
    taken = determination(record, decision)
    if taken is None or not taken.exercises or not taken.dated:
        return
    for reference in dict.fromkeys((*taken.makers, *taken.bound)):
        first, last = (record.at(moment).party(reference) for moment in (taken.first, taken.last))
        away = first if last.exists else last
        if away.exists or not (away.ended or away.since):  # what has no day of its beginning may well have been there
            continue
        day = away.until if away.ended else away.since
        certain = bool(day) and not (
            first.exists or last.exists or is_unordered(record, taken, reference, last.evidence)
        )
        untold = () if certain else (": whether before or after the decision cannot be told",)
        decided = reference in taken.makers
        said = (
            Named(reference),
            ", which took it" if decided else ", for which it was taken",
            *_away(away, day),
            *untold,
        )
        yield Tripped(said, (taken.position, *last.evidence), taken.first, evidenced=certain)


def post_vacant(record: Record, decision: str) -> Iterator[Tripped]:
    """GL35: nobody held the post that decided, or only somebody whom the delegation does not let use it."""
    taken = determination(record, decision)
    if taken and taken.exercises and taken.dated:
        found = _not_held(record, taken)
        yield from until_put_right(record, taken, taken.bound, post_vacant, found)


def _not_held(record: Record, taken: Determination) -> Iterator[Tripped]:
    for post in (maker for maker in taken.makers if split(maker)[0] == "post"):
        if not record.of(post).first(PostFilled) or not record.at(taken.last).party(post).exists:
            continue
        before, after = (_holding(record, taken, post, moment) for moment in (taken.first, taken.last))
        held = after or before
        evidence = (taken.position, *(at for one in held for at in one.evidence))
        if not held:
            yield Tripped(("nobody held ", Named(post), " on that day"), evidence, taken.first)
            continue
        for use in uses(record, taken.stream):
            if post in use.after.delegates and not _substantive(before) and not _substantive(after):
                in_words = _has_words(record, post, held)
                yield from _judged(taken, post, held, use.after.holders, use.named, evidence, in_words=in_words)


def _away(party: Party, day: str) -> Said:
    if party.ended:
        return (", had ended on ", Day(day)) if day else (", had ended",)
    return (", did not exist before ", Day(day)) if day else (", had not begun",)


def _holding(record: Record, taken: Determination, post: str, moment: int) -> list[Holder]:
    """Who held a post; of those, where it is recorded which people decided, these."""
    holders = list(record.at(moment).holders(post))
    decided = [one for one in holders if one.member in (taken.data.people or ())]
    return decided or holders


def _substantive(holders: Sequence[Holder]) -> bool:
    """Whether one of them holds it for good; who is recorded without a word for it may."""
    return any(one.role in _SUBSTANTIVELY or not one.role for one in holders)


def _has_words(record: Record, post: str, holders: Sequence[Holder]) -> bool:
    """Whether the appointment of one of these holders says something in words, which may be what they may use."""
    positions = {at for one in holders for at in one.evidence}
    filled = (act for act in record.of(post).all(PostFilled) if act.position in positions)
    return any(act.data.words or act.data.basis_words for act in filled)


def _judged(
    taken: Determination,
    post: str,
    holders: Sequence[Holder],
    rule: str,
    delegation: Named,
    evidence: tuple[int, ...],
    *,
    in_words: bool,
) -> Iterator[Tripped]:
    words = " or ".join(dict.fromkeys(one.role for one in holders))
    held: Said = (
        Named(post),
        f" was held by an {words} holder" if words[0] in "aeiou" else f" was held by a {words} holder",
    )
    if rule == _FOR_SUBSTANTIVE:
        yield Tripped((*held, ", and ", delegation, " is for substantive holders only"), evidence, taken.first)
    elif not rule:
        told = " is for people to read in the words of the appointment" if in_words else " is not recorded"
        said = (*held, ": whether such a holder may use ", delegation, told)
        yield Tripped(said, evidence, taken.first, evidenced=False)
