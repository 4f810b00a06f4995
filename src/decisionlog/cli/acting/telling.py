"""What a command for one fact says: what it recorded, what was wrong in the words of its flags, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from shlex import quote
from typing import Any, Final

from decisionlog.cli.acting.verbs import Verb
from decisionlog.cli.acting.written import flag_for
from decisionlog.commands.things import happened, spoken_for
from decisionlog.domain.differences import field_and_value
from decisionlog.domain.refusals import Mistake, Mistakes
from decisionlog.domain.text import visible
from decisionlog.render.words import in_words

_BRIEF: Final = 60
_CHANGE: Final = re.compile(r"data\.changes\[(\d+)\]")
_FIELD: Final = re.compile(r"data(?:\.([a-z_]+))?")


def changed(plain: dict[str, Any], ref: str, position: int = 0) -> str:
    """What changed, in a few words: `NLB/25-26/031 approved`; a fact that was named by its position, by that."""
    type_name, data = plain["type"], plain.get("data", {})
    what_happened = happened(type_name)
    match type_name:
        case "decision.taken":
            what = f"{ref} {data.get('outcome', what_happened)}"
        case "proposal.position_taken":
            on_version = f" on version {data['version']}" if "version" in data else ""
            what = f"{ref}: {spoken_for(data)}, {data.get('position', 'position not recorded')}{on_version}"
        case "proposal.position_withdrawn":
            what = f"{ref}: position of {spoken_for(data)} withdrawn"
        case "disagreement.dissent_recorded":
            what = f"{ref}: dissent of {spoken_for(data)}"
        case "record.corrected":
            what = f"{_fact(plain, ref, position)} corrected: {'; '.join(map(_change, data['changes']))}"
        case "record.retracted":
            what = f"{_fact(plain, ref, position)} retracted"
        case "finding.waiver_ended":
            what = f"waiver of {data['rule']} for {ref} ended"
        case _ if type_name.startswith("finding."):
            what = f"{data['rule']} for {ref} {what_happened}"
        case _ if type_name.startswith("condition."):
            what = f"condition {data['condition']} of {ref} {what_happened}"
        case _:
            what = f"{ref} {what_happened}"
    return visible(what)


def in_flags(mistakes: Iterable[Mistake], verb: Verb, type_name: str, further: Sequence[str] = ()) -> Mistakes:
    """The same mistakes, each at the flag, or the FIELD=NOW of `further`, that was written instead of the field."""
    return Mistakes(
        [Mistake(_place(mistake.place, verb, type_name, further), mistake.sentence) for mistake in mistakes]
    )


def next_command(verb: Verb, ref: str) -> str:
    """The command that is likely to follow."""
    return verb.next.format(ref=quote(ref))


def _place(place: str, verb: Verb, type_name: str, further: Sequence[str]) -> str:
    where = place
    if verb.further == "changes" and (change := _CHANGE.match(where)) and int(change[1]) < len(further):
        return f"FIELD=NOW, {visible(further[int(change[1])][:_BRIEF])}"
    if where == "on":
        return "--on"
    found = _FIELD.match(where)
    if found is None:
        return where
    rest = where[found.end() :].lstrip(".")
    flag = flag_for(verb, type_name, found[1]) if found[1] else ""
    return f"{flag}, {rest}" if rest and flag.startswith("--set") else flag


def _fact(plain: dict[str, Any], ref: str, position: int) -> str:
    """The thing, where the fact is the one that opened it; else which of its facts, as it was named."""
    if plain["of"]["n"] == 1:
        return ref
    return f"@{position} of {ref}" if position else f"fact {plain['of']['n']} of {ref}"


def _change(change: dict[str, Any]) -> str:
    field, value = field_and_value(change["path"].removesuffix("/0/money"), change.get("now"), {})
    name = in_words(field, {}, begins=False)
    return f"{name} is {_brief(in_words(value, {}, begins=False))}" if "now" in change else f"{name} is struck"


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 3]}..."
