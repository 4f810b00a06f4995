"""What falls due on a day that is recorded, and is not done: reviews, reports, actions, conditions, answers.

Only days that somebody wrote down: of a report that is owed every quarter, the next day is known when it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec.structs import replace

from decisionlog.domain.answers.feeds import Dated
from decisionlog.domain.answers.things import Listed
from decisionlog.domain.saying import Named, Said, Words, joined
from decisionlog.projections import decisions, register
from decisionlog.questions.before_a_body import ENDED, SETTLED
from decisionlog.questions.conditions import conditions_of
from decisionlog.questions.delegations import terms
from decisionlog.questions.feeds.learnt import learnt
from decisionlog.questions.listed import listed
from decisionlog.questions.particulars import Asking, particulars
from decisionlog.questions.viewing import Seen, Viewing
from decisionlog.store.histories import Held, unpacked

_OF_A_LIST: Final[Mapping[str, str]] = {
    "action": "action",
    "decision": "review",
    "delegation": "review",
    "instrument": "review",
    "body": "review",
    "disagreement": "disagreement",
}
"""The kinds of which a list says when they fall due, and what is due of each."""
_OVER: Final = frozenset({"revoked", "lapsed", "ended", "closed"})


def falling_due(viewing: Viewing) -> Iterator[Dated]:
    """Whatever is due on some day, past or to come, and still open."""
    for kind, what in _OF_A_LIST.items():
        yield from _of_a_list(viewing, kind, what)
    yield from _of_decisions(viewing)
    for kind in ("delegation", "fund"):
        yield from _reports(viewing, kind)


def _of_a_list(viewing: Viewing, kind: str, what: str) -> Iterator[Dated]:
    things = list(register.things(viewing.rows, kind, viewing.point.as_of))
    told = particulars(Asking(viewing.log, viewing.rows, viewing.point.as_of, things), kind)
    due = [known for known in things if known.stream in told and told[known.stream].due]
    for thing in listed(viewing.log, due):
        particular = told[thing.stream]
        is_set_aside = thing.state == "parked"  # no answer is due then: it is to be looked at again
        one = _dated(viewing, thing, "review" if is_set_aside else what, particular.due, particular.said)
        yield replace(one, title=one.title or particular.title)


def _of_decisions(viewing: Viewing) -> Iterator[Dated]:
    """The conditions that decisions set, and the reports that they ask for."""
    known = {one.stream: one for one in register.things(viewing.rows, "decision", viewing.point.as_of)}
    for held in decisions.decisions(viewing.rows, known, viewing.point.as_of):
        if held.values.state in ENDED:
            continue
        conditions = [one for one in unpacked(held.values.conditions) if one.get("due") and one["state"] not in SETTLED]
        owed = [one for one in unpacked(held.values.report_to) if one.get("due") and not one["reported"]]
        if conditions or owed:
            (thing,) = listed(viewing.log, [known[held.stream]])
            yield from _conditions(viewing, held, thing, conditions)
            for number, one in enumerate(owed):
                said = _owed_to(one.get("to", ""))
                yield _dated(viewing, thing, "report", one["due"], said, part=one.get("to") or f"report {number + 1}")


def _conditions(viewing: Viewing, held: Held, thing: Listed, conditions: Iterable[Any]) -> Iterator[Dated]:
    seen = viewing.of(held.stream)
    words = {one.id: one.words for stating in seen.stated() for one in conditions_of(seen, stating)}
    for one in conditions:
        said: list[Said] = [(Words(words[one["id"]]),)] if words.get(one["id"]) else []
        if falls_to := one.get("falls_to"):
            said.append(("It falls to ", *joined((Named(who),) for who in falls_to), "."))
        yield _dated(viewing, thing, "condition", one["due"], said, part=one["id"])


def _reports(viewing: Viewing, kind: str) -> Iterator[Dated]:
    """The reports that are owed on delegations and on funds, by their terms or by what was said with the last report."""
    known = [one for one in register.things(viewing.rows, kind, viewing.point.as_of) if one.thing.state not in _OVER]
    for thing in listed(viewing.log, known):
        for to, due in _next_reports(viewing, viewing.of(thing.stream), kind):
            yield _dated(viewing, thing, "report", due, _owed_to(to), part=to or "report")


def _next_reports(viewing: Viewing, seen: Seen, kind: str) -> Iterator[tuple[str, str]]:
    """To whom a report is owed, and by when."""
    made = seen.stated(f"{kind}.reported")
    duties = _duties(viewing, seen, kind)
    for to in dict.fromkeys([one.get("to", "") for one in duties] + [one.data.get("to", "") for one in made]):
        last = [one.data for one in made if one.data.get("to", "") in {"", to}]
        promised = [last[-1]] if last else [one for one in duties if one.get("to", "") == to]
        if due := next((one["next_due"] for one in promised if one.get("next_due")), ""):
            yield to, due


def _duties(viewing: Viewing, seen: Seen, kind: str) -> list[Any]:
    if kind == "delegation":
        stated = terms(seen, viewing.point.basis.as_at, viewing.log.zone)[0]
    else:
        established = seen.first("fund.established")
        stated = established.data if established else {}
    return list(stated.get("reporting", ()))


def _owed_to(to: str) -> tuple[Said, ...]:
    return (("The report is due to ", Named(to), "."),) if to else ()


def _dated(viewing: Viewing, thing: Listed, what: str, when: str, said: Iterable[Said], *, part: str = "") -> Dated:
    recorded = learnt(viewing, thing.stream)
    return Dated(
        what=what,
        stream=thing.stream,
        ref=thing.ref,
        title=thing.title,
        when=when,
        said=tuple(said),
        updated=recorded.last,
        changes=recorded.more,
        evidence=thing.evidence,
        part=part,
    )
