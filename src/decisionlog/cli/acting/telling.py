"""What a command for one fact says: what it recorded, what was wrong in the words of its flags, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from shlex import quote
from typing import Any, Final

from decisionlog.cli.acting.verbs import Verb
from decisionlog.cli.acting.written import flag_for
from decisionlog.domain.differences import field_and_value
from decisionlog.domain.refusals import Mistake, Mistakes
from decisionlog.domain.text import visible
from decisionlog.render.words import in_words

_FIELD: Final = re.compile(r"data(?:\.([a-z_]+))?")


def changed(plain: dict[str, Any], ref: str) -> str:
    """What changed, in a few words: `NLB/25-26/031 approved`."""
    type_name, data = plain["type"], plain.get("data", {})
    happened = type_name.partition(".")[2].replace("_", " ").replace("call in", "call-in")
    match type_name:
        case "decision.taken":
            what = f"{ref} {data.get('outcome', happened)}"
        case "proposal.position_taken":
            on_version = f" on version {data['version']}" if "version" in data else ""
            what = f"{ref}: {_who(data)}, {data.get('position', 'position not recorded')}{on_version}"
        case "proposal.position_withdrawn":
            what = f"{ref}: position of {_who(data)} withdrawn"
        case "disagreement.dissent_recorded":
            what = f"{ref}: dissent of {_who(data)}"
        case "record.corrected":
            what = f"{_fact(plain, ref)} corrected: {'; '.join(map(_change, data['changes']))}"
        case "record.retracted":
            what = f"{_fact(plain, ref)} retracted"
        case _ if type_name.startswith("condition."):
            what = f"condition {data['condition']} of {ref} {happened}"
        case _:
            what = f"{ref} {happened}"
    return visible(what)


def in_flags(mistakes: Iterable[Mistake], verb: Verb, type_name: str) -> Mistakes:
    """The same mistakes, each at the flag that was written instead of the field that it fills."""
    return Mistakes([Mistake(_place(mistake.place, verb, type_name), mistake.sentence) for mistake in mistakes])


def next_command(verb: Verb, ref: str) -> str:
    """The command that is likely to follow."""
    return verb.next.format(ref=quote(ref))


def _place(place: str, verb: Verb, type_name: str) -> str:
    where = place.removeprefix(", ")
    if where == "on":
        return "--on"
    found = _FIELD.match(where)
    if found is None:
        return where
    rest = where[found.end() :].lstrip(".")
    flag = flag_for(verb, type_name, found[1]) if found[1] else ""
    return f"{flag}, {rest}" if rest and flag.startswith("--set") else flag


def _who(data: dict[str, Any]) -> str:
    who = data.get("on_behalf_of") or [data.get("by", "somebody")]
    return ", ".join(one.partition(":")[2] or one for one in who)


def _fact(plain: dict[str, Any], ref: str) -> str:
    """The thing, where the fact is the one that opened it; else which of its facts."""
    return ref if plain["of"]["n"] == 1 else f"fact {plain['of']['n']} of {ref}"


def _change(change: dict[str, Any]) -> str:
    field, value = field_and_value(change["path"], change.get("now"), {})
    name = in_words(field, {}, begins=False)
    return f"{name} is {_brief(in_words(value, {}, begins=False))}" if "now" in change else f"{name} is struck"


def _brief(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
