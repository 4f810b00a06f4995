"""Withdrawing a partner's position: the one it holds is named, so that no other can be meant."""

from __future__ import annotations

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.sign_off import position_of, speaking
from decisionlog.commands.things import oddities, thing
from decisionlog.domain.refusals import Refusal
from decisionlog.store.log import Log


def decide(log: Log, act: Act) -> Decided:
    """Take back a position. Raises `Refusal` where the partner holds none."""
    about = thing(log, act.ref, ("proposal",))
    data = {**act.data, **speaking(log, act)}
    position = next((fact for fact in about.recorded if fact.position == act.fact), None) or position_of(about, data)
    if position is None or position.type != "proposal.position_taken":
        held = f"@{act.fact} is not a position on {about.ref}" if act.fact else f"It holds no position on {about.ref}"
        msg = f"{held} that could be withdrawn. Who took one, and in which capacity: decisionlog history '{about.written}'"
        raise Refusal(msg)
    data.setdefault("on_behalf_of", about.data(position).get("on_behalf_of", []))
    return Decided(
        plain(act, stream=about.stream, of={"stream": about.stream, "n": position.n}, data=data),
        about.written,
        about.expected,
        notes=tuple(oddities(about, act.on)),
    )
