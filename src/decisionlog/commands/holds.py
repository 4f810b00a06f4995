"""The end of a hold: which hold it is that bars erasing no longer, since an ending never means just any."""

from __future__ import annotations

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.things import thing, when
from decisionlog.domain.holds import LIFTED, PLACED, standing
from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.store.log import Log


def lift(log: Log, act: Act) -> Decided:
    """Lift the hold at a position, or the one that stands on a thing.

    Raises `NotFound` where no hold is recorded, `BadInput` where several stand, `Refusal` where it was lifted already.
    """
    about = thing(log, act.ref)
    at = int(act.ref[1:]) if act.ref.startswith("@") else 0
    placed = [fact for fact in about.of_types(PLACED) if not at or fact.position == at]
    if not placed:
        msg = f"No hold on {about.ref} is recorded{f' at @{at}' if at else ''}. `decisionlog history {about.written}` tells what is."
        raise NotFound(msg)
    stand = [fact for fact in standing(about.recorded, log.zone) if not at or fact.position == at]
    if len(stand) > 1:
        each = ", ".join(f"@{fact.position}" for fact in stand)
        msg = f"Several holds stand on {about.ref}: {each}. Name the one that is lifted."
        raise BadInput(msg)
    if not stand and not act.again:
        lifted = next(fact for fact in about.of_types(LIFTED) if fact.of and fact.of.n == placed[-1].n)
        msg = f"The hold on {about.ref} {when(placed[-1])} was lifted already {when(lifted)}. To record it once more, give --again."
        raise Refusal(msg)
    hold = (stand or placed)[-1]
    return Decided(
        plain(act, stream=about.stream, of={"stream": about.stream, "n": hold.n}), about.written, about.expected
    )
