"""An account of a disagreement: who disagrees with what and why, whose move it is, and the words of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.domain.answers.telling import Line
from decisionlog.domain.references import split
from decisionlog.domain.saying import Said, said
from decisionlog.questions.accounts.account import (
    Account,
    fields,
    filled,
    happened,
    line,
    rung,
    section,
    told,
    words_below,
)
from decisionlog.questions.sentences import sentence
from decisionlog.questions.viewing import Seen, Stated, Viewing

_ENDS: Final = (
    "disagreement.reconciled",
    "disagreement.upheld",
    "disagreement.overruled",
    "disagreement.withdrawn",
)
_PARKED: Final = "disagreement.parked"
_BOTH: Final = ("disagreement.reconciled", _PARKED)
"""How it may end by the word of both sides."""
_UP: Final = "disagreement.escalated"
_DISSENT: Final = "disagreement.dissent_recorded"
_SAYING: Final = ("terms", "reasons", "reason", "words")


def disagreement(viewing: Viewing, seen: Seen) -> Account:
    """How it stands, how far up the ladder it went, and what each side said."""
    raised = seen.first("disagreement.raised")
    if raised is None:
        return Account()
    who = "{on_behalf_of|by|=A partner that is not recorded}"
    opening = said(
        f"{who} disagreed with {{about}}[, version {{version}}][, on {{on}}].",
        {**raised.data, "on": raised.fact.on} if raised.fact.on else raised.data,
    )
    return Account(
        opening=(opening, how_it_stands(viewing, seen, raised)),
        sections=filled(
            section("Those who disagree say", _their_words(seen, raised), none="Their grounds are not recorded."),
            section("The other side says", _other_words(seen, raised), none="Nothing of the other side is recorded."),
            section("Both sides say", _ended(seen, *_BOTH)),
            section("Ladder", _ladder(viewing, seen, raised), none="No ladder is recorded for it."),
            section("How it went", _way(seen)),
        ),
        told=fields("about on_behalf_of by grounds wants other_side ladder rung respond_by version bars_decision"),
    )


def how_it_stands(viewing: Viewing, seen: Seen, raised: Stated) -> Said:
    """Whose move it is; or how it ended."""
    last = seen.last(*_ENDS, _PARKED, _UP, "disagreement.raised") or raised
    if last.fact.type in {*_ENDS, _PARKED}:
        return sentence(last.fact.type, last.data)
    if minuted := _minuted_after(seen, last):
        return sentence(_DISSENT, {**minuted.data, **{f"of {name}": value for name, value in raised.data.items()}})
    late = ", which is over" if viewing.is_past(last.data.get("respond_by")) else ""
    whose = last.data.get("to") or last.data.get("other_side")
    if not whose:
        return said(
            f"It is open; nobody is recorded whose move it is[; an answer is due by {{respond_by}}{late}].", last.data
        )
    return said(
        f"It is open; an answer is awaited from {{whose}}[ by {{respond_by}}{late}].", {**last.data, "whose": whose}
    )


def _minuted_after(seen: Seen, last: Stated) -> Stated | None:
    """The dissent by whose minuting it ended: one that was recorded after the last move."""
    order = seen.stated(_DISSENT, last.fact.type)
    return order[-1] if order and order[-1].fact.type == _DISSENT else None


def _their_words(seen: Seen, raised: Stated) -> Iterator[Line]:
    yield from told("{grounds}", raised.data, raised, "Grounds")
    yield from told("{wants}", raised.data, raised, "Would be settled by")
    for one in seen.stated(_DISSENT):
        yield line("{words|=in words that are not recorded}[, from {decision}]", one, label="Dissent")


def _other_words(seen: Seen, raised: Stated) -> Iterator[Line]:
    yield from told("{other_side}", raised.data, raised, "Other side")
    yield from _ended(seen, "disagreement.upheld", "disagreement.overruled")


def _ended(seen: Seen, *types: str) -> Iterator[Line]:
    """In which words it ended, and who agreed to that."""
    for one in seen.stated(*types):
        agreed: Said = said("agreed by {agreed_by}", one.data)
        words = words_below(one, *_SAYING)
        ended: tuple[Said, ...] = ((*agreed, ": ", *words[0]), *words[1:]) if agreed and words else words or (agreed,)
        for each in filter(None, ended):
            yield Line(each, (one.position,), one.fact.type.partition(".")[2].capitalize())


def _ladder(viewing: Viewing, seen: Seen, raised: Stated) -> Iterator[Line]:
    ups = seen.stated(_UP)
    reached = next((one.data["rung"] for one in reversed(ups) if "rung" in one.data), raised.data.get("rung"))
    ladder = raised.data.get("ladder", "")
    terms = viewing.of(ladder).last("body.terms_adopted") if split(ladder)[0] == "body" else None
    for step in sorted(terms.data.get("escalation", ()), key=lambda one: one.get("rung", 0)) if terms else ():
        found = rung(step, " (here)" if step.get("rung") == reached else "")
        yield Line(found, (terms.position,) if terms else (), f"Rung {step.get('rung', '')}")
    if not terms:
        yield from told("{ladder}", raised.data, raised, "Ladder")
        for one in ups:
            yield line(
                "{to|=somebody who is not recorded}[, for an answer by {respond_by}]",
                one,
                label=f"Rung {one.data.get('rung', 'not recorded')}",
            )


def _way(seen: Seen) -> Iterator[Line]:
    for one in seen.stated():
        if one.fact.type.startswith("disagreement.") and one.fact.type not in {"disagreement.raised", _DISSENT}:
            yield happened(one)
