"""Positions for which the terms of a body ask before it decides, and that were not recorded: a fact, and no judgement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from decisionlog.domain.answers.deciding import PositionTaken
from decisionlog.domain.saying import Said, said
from decisionlog.questions.viewing import Stated, Viewing

_LEAVES_OPEN: Final = frozenset("deferred referred withdrawn no-decision noted received".split())
"""Outcomes for which nobody need have signed."""
_ASKED: Final = (
    "No position of {partner} is {then}; the terms of {body}[, version {version},] ask for it[, for {applies_to}]"
)


class Unsigned(NamedTuple):
    """A position that is asked for and not recorded, and the terms that ask for it."""

    said: Said
    position: int


def unsigned(
    viewing: Viewing, taken: Stated, bodies: Iterable[str], positions: Iterable[PositionTaken], by: int | None
) -> Iterator[Unsigned]:
    """What the terms of these bodies asked for on the day of a decision, and no partner had given by then.

    `by` is the last moment of that day; where it is not recorded, the terms are those of the day asked about.
    """
    if taken.data.get("outcome") in _LEAVES_OPEN:
        return
    given = {partner for one in positions if not one.after and not one.given_up_before for partner in one.on_behalf_of}
    then = "recorded" if by is None else "recorded by then"
    for body in dict.fromkeys(bodies):
        terms = _in_force(viewing, body, viewing.point.as_of.on if by is None else by)
        for asked in terms.data.get("sign_off", ()) if terms else ():
            if terms and asked.get("partner") not in given:
                sentence = said(_ASKED, {**terms.data, **asked, "body": body, "then": then})
                yield Unsigned((*sentence, f" [{terms.position}]."), terms.position)


def _in_force(viewing: Viewing, body: str, moment: int) -> Stated | None:
    """The terms of a body that were in force at a moment."""
    seen = viewing.of(body)
    adopted = [
        one
        for one in seen.stated("body.terms_adopted")
        if viewing.moment(one.data.get("from"), seen.happened_at(one.fact)) <= moment
    ]
    return adopted[-1] if adopted else None
