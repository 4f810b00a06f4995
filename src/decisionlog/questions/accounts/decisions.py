"""An account of a decision, and of an action that came of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from decisionlog.domain.answers.telling import Line
from decisionlog.domain.saying import Day, Named, Said, said
from decisionlog.projections import register
from decisionlog.questions.accounts.account import Account, fields, filled, line, section, words_below
from decisionlog.questions.before_a_body import ENDED
from decisionlog.questions.determining import determination
from decisionlog.questions.sentences.deciding import disposed
from decisionlog.questions.viewing import Seen, Stated, Viewing

_LEANS: Final[Mapping[str, str]] = {
    "adopts": "adopts",
    "confirms": "confirms",
    "carried-by": "was carried by",
    "joint-with": "was made jointly with",
    "exercises": "exercises",
    "follows": "follows",
}
"""How a decision stands to one without which it is not what it was; what it amends or decides again, it takes the place of."""


def decision(viewing: Viewing, seen: Seen) -> Account:
    """Who decided it and all that it says; what happened since; the actions and the decisions that came of it."""
    decided = determination(viewing, seen.stream)
    if decided is None:
        return Account()
    since = [Line(fact.said, (fact.position,), fact.on) for fact in decided.later]
    actions, more_actions = viewing.concerning(seen.stream, ["action.assigned"], ["decision"])
    others, more_others = viewing.concerning(
        seen.stream, ["decision.taken"], ["links.decision", "en_bloc.decisions", "binding.decision"]
    )
    return Account(
        sections=filled(
            section("What happened since", since),
            section("Decisions that it leans on, and that no longer stand", _fallen(viewing, seen)),
            section("Actions from it", [action_line(viewing, one) for one in actions], more_actions),
            section("Decisions that name it", [decision_line(one) for one in others], more_others),
        ),
        told=frozenset(one for taken in seen.stated("decision.taken") for one in taken.data),
        decided=decided,
    )


def _fallen(viewing: Viewing, seen: Seen) -> Iterator[Line]:
    """Each decision that this one adopts, confirms or otherwise leans on, and that was ended: it cannot be read without that."""
    taken = seen.first("decision.taken")
    for link in taken.data.get("links", ()) if taken else ():
        known = register.thing(viewing.rows, link["decision"], viewing.point.as_of) if link["link"] in _LEANS else None
        if taken and known and known.thing.state in ENDED:
            since: Said = (" since ", Day(known.thing.state_on)) if known.thing.state_on else ()
            told = (
                Named(known.stream),
                f", which it {_LEANS[link['link']]}, stands as {known.thing.state}",
                *since,
                ".",
            )
            yield Line(told, (taken.position, known.thing.position))


def decision_line(one: Stated, label: str = "") -> Line:
    """A decision in one sentence."""
    who = "{decision_makers|people|=A decider that is not recorded}"
    template = f"{{stream}}: {who} {disposed(one.data.get('outcome'))}[ on {{on}}][, on behalf of {{on_behalf_of}}]."
    return line(template, one, label=label)


def action_line(viewing: Viewing, one: Stated) -> Line:
    """An action in one sentence, with how it stands."""
    seen = viewing.of(one.fact.stream)
    now = seen.now(["action.assigned"], ["action.updated"])
    last = seen.last("action.completed", "action.cancelled", "action.updated")
    ends = said("[, by {due}][ ({state})].", {**now, "state": _standing(viewing, seen)})
    evidence = (one.position, *([last.position] if last and last is not one else []))
    return Line((*action_said(seen), *ends), evidence)


def action_said(seen: Seen) -> Said:
    """What is to be done, and then who is to do it."""
    now = seen.now(["action.assigned"], ["action.updated"])
    if now.get("what") == now.get("title"):  # by which it is called
        now = {name: value for name, value in now.items() if name != "what"}
    template = "{stream}[, {what}]: {owner|organisation|=somebody who is not recorded} is to do it"
    return said(template, {**now, "stream": seen.stream})


def _standing(viewing: Viewing, seen: Seen) -> str:
    """How an action stands: done, cancelled, overdue, or as was last said of it."""
    if seen.last("action.completed"):
        return "done"
    if seen.last("action.cancelled"):
        return "cancelled"
    now = seen.now(["action.assigned"], ["action.updated"])
    overdue = "overdue" if viewing.is_past(now.get("due")) else ""
    progress = str(now.get("progress", "")).replace("-", " ")
    return ", ".join(filter(None, (overdue, progress))) or "not reported as done"


def action(viewing: Viewing, seen: Seen) -> Account:
    """Who is to do what, by when, from which decision, and how it goes."""
    assigned = seen.first("action.assigned")
    if assigned is None:
        return Account()
    now = {**seen.now(["action.assigned"], ["action.updated"]), "state": _standing(viewing, seen)}
    opening = said(
        "{owner|organisation|=Somebody who is not recorded}[, for {organisation}], is to do it[, by {due}]: {state}."
        if "owner" in now and "organisation" in now
        else "{owner|organisation|=Somebody who is not recorded} is to do it[, by {due}]: {state}.",
        now,
    )
    more = [said("It comes from {decision}[, condition {condition}].", now), said("It was promised to {to}.", now)]
    return Account(
        opening=tuple(filter(None, (opening, *more))),
        sections=filled(
            section(
                "What is to be done", [Line(words, (assigned.position,)) for words in words_below(assigned, "what")]
            ),
            section("How it goes", _progress(seen)),
        ),
        told=fields("what organisation owner to due decision condition"),
    )


def _progress(seen: Seen) -> Iterator[Line]:
    for one in seen.stated("action.updated", "action.completed", "action.cancelled"):
        template = {
            "action.updated": "[{progress}][; now due {due}][; {owner} now owns it][, {progress_words}][, {words}]",
            "action.completed": "Done[, {words}]",
            "action.cancelled": "Cancelled[ by {by_decision}][, {reason}]",
        }[one.fact.type]
        found = said(template, one.data)
        yield Line(found or (Named(seen.stream), " was updated"), (one.position,), one.fact.on or "")
