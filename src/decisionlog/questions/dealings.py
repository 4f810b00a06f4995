"""What an organisation signed, where it disagreed and what it owes, as at a day, as known at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from decisionlog.domain.answers.agenda import Awaiting
from decisionlog.domain.answers.dealings import Dealings, Dissent, Owed, Signed
from decisionlog.domain.answers.deciding import PositionTaken
from decisionlog.domain.answers.things import Particulars
from decisionlog.domain.references import split
from decisionlog.projections import disagreements, register
from decisionlog.questions.accounts.disagreements import how_it_stands
from decisionlog.questions.before_a_body import Body
from decisionlog.questions.determining import disagreement_shown
from decisionlog.questions.finding_things import find_thing, mentioned_in, names_of
from decisionlog.questions.matters import conditions, reports
from decisionlog.questions.particulars import Asking, particulars
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.positions import positions_of, versions_of
from decisionlog.questions.powers import parties_of
from decisionlog.questions.viewing import Seen, Stated, Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_NOTHING: Final = Particulars()
_MOST: Final = 25
"""How many of the latest positions and disagreements are shown."""


def dealings(log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime) -> Dealings:
    """The dealings of an organisation. Raises `NotFound`."""
    point = settle(log, asked, now)
    stream = find_thing(log, models, ref, ("organisation",))
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        taken, earlier = viewing.concerning(stream, ["proposal.position_taken"], ["on_behalf_of"], _MOST)
        signed = tuple(_all_signed(viewing, taken))
        raised, raised_earlier = viewing.concerning(stream, ["disagreement.raised"], ["on_behalf_of"], _MOST)
        dissents = tuple(one for stated in reversed(raised) for one in _dissent(viewing, stated))
        owed = tuple(sorted(_owed(viewing, stream), key=_most_urgent))
        mentioned = mentioned_in((signed, dissents, owed)) | {stream}
        names = names_of(log, rows, (one for one in mentioned if split(one)[0]), point.as_of)
    return Dealings(point.basis, stream, signed, earlier, dissents, raised_earlier, owed, names)


def _all_signed(viewing: Viewing, taken: Sequence[Stated]) -> Iterator[Signed]:
    """The positions that these facts state, the latest first, each with what came of its proposal."""
    streams = sorted({one.fact.stream for one in taken})
    things = register.things_among(viewing.rows, streams, viewing.point.as_of)
    told = particulars(Asking(viewing.log, viewing.rows, viewing.point.as_of, things), "proposal")
    states = {one.stream: one.thing.state for one in things}
    for stated in reversed(taken):
        proposal = stated.fact.stream
        came = told.get(proposal, _NOTHING)
        if position := _position(viewing.of(proposal), stated):
            yield Signed(proposal, position, came.state or states.get(proposal, ""), came.said)


def _position(seen: Seen, taken: Stated) -> PositionTaken | None:
    """The position that a fact states, as it stands, with its conditions."""
    versions = versions_of(seen)
    every = positions_of(seen, versions[-1].label if versions else "")
    return next((one for one in every if one.evidence[0] == taken.position), None)


def _dissent(viewing: Viewing, raised: Stated) -> Iterator[Dissent]:
    stream = raised.fact.stream
    shown = disagreement_shown(viewing, stream)
    known = register.thing(viewing.rows, stream, viewing.point.as_of)
    if shown is None or known is None:
        return
    state = next(
        (one.values.state for one in disagreements.disagreements(viewing.rows, [stream], viewing.point.as_of)), ""
    )
    yield Dissent(
        about=tuple(raised.data.get("about", ())),
        on=raised.fact.on or "",
        shown=shown,
        stands=how_it_stands(viewing, viewing.of(stream), raised),
        state_on=known.thing.state_on,
        is_open=state in disagreements.OPEN,
    )


def _owed(viewing: Viewing, stream: str) -> Iterator[Owed]:
    """The reports and the conditions that bodies await of it, of its posts or of its bodies; of none itself."""
    parties = frozenset(parties_of(viewing, stream))
    for known in register.things(viewing.rows, "body", viewing.point.as_of):
        awaited = viewing.once("awaited", known.stream, partial(_awaited_by, viewing, known.stream))
        yield from (Owed(known.stream, one) for one in awaited if not parties.isdisjoint(one.who))


def _awaited_by(viewing: Viewing, stream: str) -> tuple[Awaiting, ...]:
    """The reports and the conditions that a body awaits, of whomever."""
    body = Body(viewing, stream)
    return (*reports(body), *conditions(body))


def _most_urgent(owed: Owed) -> tuple[bool, str, str]:
    return not owed.awaited.overdue, owed.awaited.due or "9999", owed.awaited.ref
