"""The end of a waiver: which waiver of a rule for a thing it is that ends, since an ending never means just any."""

from __future__ import annotations

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.things import Thing, oddities, thing, when
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.refusals import NotFound, Refusal
from decisionlog.store.log import Log

_WAIVED = "finding.waived"
_ENDED = "finding.waiver_ended"


def end(log: Log, act: Act) -> Decided:
    """End the last waiver of a rule that stands for a thing, or the one at the position that is named.

    Raises `NotFound` where no such waiver is recorded, and `Refusal` where it was ended already.
    """
    about = thing(log, act.ref)
    rule = str(act.data.get("rule", ""))
    waivers = [fact for fact in about.of_types(_WAIVED) if about.data(fact).get("rule") == rule]
    if act.fact:
        waivers = [fact for fact in waivers if fact.position == act.fact]
    if not waivers:
        where = f" at @{act.fact}" if act.fact else ""
        msg = f"No waiver of {rule} for {about.ref} is recorded{where}. `decisionlog history {about.written}` tells what is."
        raise NotFound(msg)
    standing = [fact for fact in waivers if _ended(about, fact) is None]
    if not standing and not act.again:
        ended = _ended(about, waivers[-1])
        assert ended is not None
        msg = (
            f"The waiver of {rule} for {about.ref} {when(waivers[-1])} was ended already {when(ended)}. "
            "To record that it was once more, give --again."
        )
        raise Refusal(msg)
    waiver = (standing or waivers)[-1]
    return Decided(
        plain(act, stream=about.stream, of={"stream": about.stream, "n": waiver.n}),
        about.written,
        about.expected,
        notes=tuple(oddities(about, act.on)),
    )


def _ended(about: Thing, waiver: Fact) -> Fact | None:
    """What ended a waiver, if anything did."""
    ended = (fact for fact in about.of_types(_ENDED) if fact.of and fact.of.n == waiver.n)
    return next(ended, None)
