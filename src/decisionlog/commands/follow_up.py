"""What happened to a thing after it was opened: one fact in its stream, that names by `of` what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from decisionlog.commands.acts import Act, Decided, plain
from decisionlog.commands.conditions import numbered, stated
from decisionlog.commands.things import ENDINGS, VERSIONS, Thing, happened, oddities, thing, when
from decisionlog.domain.facts import KINDS
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.refusals import Refusal
from decisionlog.store.log import Log

_ONCE: Final = ENDINGS | {"decision.ratified", "decision.not_ratified", "decision.implemented", "decision.called_in"}
"""What is so once it happened: a second time is recorded only when it is asked for again."""
_DISSENT: Final = "disagreement.dissent_recorded"
_UNDONE_BY: Final[Mapping[str, str]] = {"decision.called_in": "decision.call_in_concluded"}
_ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "decision.call_in_concluded": ("decision.called_in",),
    "delegation.resumed": ("delegation.suspended",),
    "proposal.revised": (*VERSIONS, "proposal.withdrawn", "proposal.deferred", "proposal.lapsed"),
    "proposal.withdrawn": VERSIONS,
    "proposal.lapsed": VERSIONS,
    "proposal.superseded": VERSIONS,
}
"""Which fact is answered: the last of these that stands; where a type is not here, the one that opened the thing."""
_CONTRARY: Final[Mapping[str, str]] = {
    "decision.ratified": "decision.not_ratified",
    "decision.not_ratified": "decision.ratified",
}


def decide(log: Log, act: Act) -> Decided:
    """Say what happened to the thing. Raises `Refusal` where that is so already, `NotFound` where there is no such thing."""
    kind = act.type.partition(".")[0]
    about = thing(log, act.ref, (kind,) if kind in KINDS else KINDS)
    refuse_what_is_so(about, act)
    answered = _answered(about, act)
    data = numbered({**_dissenting(about, act), **act.data}, (id_ for id_, _ in stated(about)))
    return Decided(
        plain(act, stream=about.stream, of={"stream": about.stream, "n": answered.n}, data=data),
        about.written,
        about.expected,
        notes=(*oddities(about, act.on, act.type), *_contested(about, act.type)),
    )


def _dissenting(about: Thing, act: Act) -> dict[str, Any]:
    """Whose dissent stands, where nobody is named: that of the partner that raised the disagreement."""
    raised_by = about.data(about.opening).get("on_behalf_of")
    named = {"on_behalf_of", "by"} & act.data.keys()
    return {"on_behalf_of": raised_by} if act.type == _DISSENT and raised_by and not named else {}


def refuse_what_is_so(about: Thing, act: Act) -> None:
    """Refuse what is recorded already and holds, unless it is asked for again. Raises `Refusal`."""
    before = _already(about, act.type)
    if before and not act.again:
        msg = (
            f"{about.ref} was {happened(act.type)} already {when(before)}, recorded on {before.recorded_at[:10]}. "
            "To record that it was once more, give --again."
        )
        raise Refusal(msg)


def _already(about: Thing, fact_type: str) -> Fact | None:
    if fact_type in ENDINGS:
        return about.ended({fact_type})
    if fact_type not in _ONCE:
        return None
    undone = _UNDONE_BY.get(fact_type, "")
    last = about.newest(fact_type, undone)
    partly = last is not None and about.data(last).get("wholly") is False
    return last if last and last.type == fact_type and not partly else None


def _answered(about: Thing, act: Act) -> Fact:
    """The fact that is answered. Raises `Refusal` where there is none to answer."""
    if act.type not in _ANSWERS:
        return about.opening
    found = about.newest(*_ANSWERS[act.type])
    if found is None and about.opening.type not in _ANSWERS[act.type]:
        wanted = happened(_ANSWERS[act.type][0])
        msg = f"That {about.ref} was {wanted} is not recorded; record that first, so that this can name it."
        raise Refusal(msg)
    return found or about.opening


def _contested(about: Thing, fact_type: str) -> Iterator[str]:
    if (contrary := _CONTRARY.get(fact_type)) and (other := about.newest(contrary)):
        yield f"{about.ref} was {happened(contrary)} {when(other)}; both are kept, and shown as contested."
