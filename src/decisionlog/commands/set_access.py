"""What may be shown of a thing, or of one fact of it, from now on: exempt, and on what ground, or open again."""

from __future__ import annotations

from datetime import datetime

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.correct import target
from decisionlog.domain.access import OPEN, PENDING, Held, held
from decisionlog.domain.days import moment
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.refusals import Refusal
from decisionlog.store.log import Log


def change(log: Log, act: Act) -> Decided:
    """Say how something is held.

    Raises `Refusal` where it is held so already, and where it is to be opened while it is not decided whether it is exempt.
    """
    meant = target(log, act.ref, act.fact)
    about, fact = meant.about, meant.fact
    level = str(dict(act.data.get("access", {})).get("level", ""))
    how = how_held(log, fact, act.now)
    if level == "open" and "by_decision" not in act.data:
        require_decided(how, about.ref)
    if (
        level == how.level
        and how.position
        and set(act.data) == {"access"}
        and set(act.data["access"]) == {"level"}
        and not act.again
    ):
        msg = f"{about.ref} is {level} already [{how.position}]. To record it once more, give --again."
        raise Refusal(msg)
    return Decided(
        plain(act, stream=about.stream, of={"stream": about.stream, "n": fact.n}), about.written, about.expected
    )


def how_held(log: Log, fact: Fact, now: datetime) -> Held:
    """How one fact is held at a time."""
    return held(log.stream(fact.stream), log.zone, moment(now)).get(fact.n, OPEN)


def require_decided(how: Held, ref: str) -> None:
    """Raises `Refusal`, which names the fact, where it is still to be decided whether something is exempt."""
    if how.level == PENDING:
        msg = (
            f"{ref} is withheld until it is decided whether it is exempt (@{how.position}), and that is not recorded yet. "
            f"Nothing was released. Record the decision, then: decisionlog set-access '{ref}' --level open --by-decision DECISION"
        )
        raise Refusal(msg)
