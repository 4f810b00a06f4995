"""The flags of the commands for one fact, in the words of the facts: which field each fills, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import click

from decisionlog.domain.days import day_after
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.exchange.fitting import limit

_CONDITION: Final = re.compile(r"([A-Za-z]{1,4}[0-9]{1,4}):\s+(.+)", re.DOTALL)
_MOST_WORDS: Final = 9


class Flag(NamedTuple):
    """One flag: what it says, and the fields that it may fill: the first of these that the type has."""

    help: str
    fields: tuple[str, ...]
    read: Callable[[str], Any] | None = None
    """Turns what was written into what the field holds; text is kept as it is where there is none."""
    negative: str = ""
    """Of yes or no: the flag that says no, where it is not --no-."""


def field_of(flag: Flag, type_name: str) -> FieldShape | None:
    """The field of a type that a flag fills, if it has one."""
    fields = fields_of(TYPES[type_name])
    return next((fields[name] for name in flag.fields if name in fields), None)


def value_of(flag: Flag, field: FieldShape, written: tuple[str, ...] | bool) -> Any:  # noqa: FBT001 - yes and no are values
    """What a flag gives for a field: a list where it was repeated, an empty one for `none`."""
    if isinstance(written, bool):
        return written
    if field.many and written == ("none",):
        return []
    values = [_one(flag, field, text) for text in written]
    return values if field.many else values[-1]


def option(name: str, flag: Flag, field: FieldShape) -> Callable[..., Any]:
    """The click option of a flag."""
    if field.meaning == "flag":
        negative = flag.negative or f"no-{name}"
        return click.option(f"--{name}/--{negative}", _parameter(name), default=None, help=flag.help)
    words = f" One of: {', '.join(field.words)}." if 0 < len(field.words) <= _MOST_WORDS else ""
    return click.option(
        f"--{name}",
        _parameter(name),
        metavar=_metavar(field),
        multiple=field.many,
        help=f"{flag.help}{words}",
        shell_complete=lambda _, __, begun: [word for word in field.words if word.startswith(begun)],
    )


def _parameter(name: str) -> str:
    return f"flag_{name.replace('-', '_')}"


def _one(flag: Flag, field: FieldShape, text: str) -> Any:
    return flag.read(text) if flag.read and not _already(flag, field) else text


def _already(flag: Flag, field: FieldShape) -> bool:
    """Whether the field wants the text itself, though another field of the same flag wants it read."""
    return field.part is None and field.name != flag.fields[0]


def _metavar(field: FieldShape) -> str:
    match field.meaning:
        case "ref":
            return "|".join(field.kinds).upper() if 0 < len(field.kinds) <= 2 else "REF"
        case "when":
            return "DAY"
        case "word":
            return "WORD"
        case "label" | "code":
            return "LABEL"
        case "part" if field.name in {"value", "limits"}:
            return "AMOUNT"
        case "part" if field.name == "evidence":
            return "@N"
        case "part" if field.name in {"paper", "documents"}:
            return "FILE"
        case _:
            return "TEXT"


def _condition(text: str) -> dict[str, str]:
    """`C3: funding is confirmed`, or the words alone, which are then numbered."""
    found = _CONDITION.fullmatch(text.strip())
    return {"id": found[1], "words": found[2]} if found else {"words": text}


def _after(text: str) -> str:
    """The day after a last day: the first on which it no longer holds."""
    return day_after(text.strip()) or text  # what is no day is refused where it is recorded, with the way to write it


def _document(text: str) -> dict[str, str]:
    from decisionlog.cli.acting.papers import document

    return document(text)


def _paragraphs(text: str) -> dict[str, list[str]]:
    return {"paragraphs": [one.strip() for one in text.split(",")]}


def _as(name: str) -> Callable[[str], dict[str, str]]:
    """The part whose one field this is."""
    return lambda text: {name: text}


FLAGS: Final[Mapping[str, Flag]] = {
    "ref": Flag("What people call it; without it, the next number of the series.", ("ref",)),
    "issuer": Flag("The body or organisation that numbers it.", ("issuer",)),
    "title": Flag("What it is called.", ("title",)),
    "version": Flag("The version; without it, the newest.", ("version",)),
    "material": Flag("Whether the change makes earlier positions stale.", ("material",)),
    "stage": Flag("The stage it is for.", ("stage",)),
    "paper": Flag("The paper: its name and digest are kept.", ("paper",), _document),
    "document": Flag("What shows it: a file, of which name and digest are kept, or a link.", ("documents",), _document),
    "sponsor": Flag("Who brings it and owns it.", ("sponsor",)),
    "author": Flag("Who wrote it.", ("authors",)),
    "partner": Flag("The partner (organisation or body).", ("on_behalf_of", "partners")),
    "for": Flag("The organisation bound.", ("on_behalf_of", "organisation")),
    "person": Flag("The person who spoke or decided, by key.", ("by", "people")),
    "by-whom": Flag("The person who says so, by key.", ("by",)),
    "evidence": Flag(
        "A fact of the finding that is meant, by its position; without it, the rule as a whole.", ("evidence",)
    ),
    "capacity": Flag("The hat that the person wore.", ("capacity",)),
    "purpose": Flag("What the sponsor asks for.", ("purpose",)),
    "recommendation": Flag("What the decider is asked to resolve.", ("recommendation",)),
    "option": Flag("An option put to the decider.", ("options",), _as("words")),
    "function": Flag("A function concerned.", ("scope", "functions"), _as("function")),
    "place": Flag("A place concerned.", ("places",)),
    "value": Flag("The money: £450,000, 450k; none = stated as none.", ("value",)),
    "position": Flag("Where the partner stands.", ("position",)),
    "position-words": Flag("The position in the source's own words.", ("position_words",)),
    "words": Flag("What was said, word for word.", ("words",)),
    "condition": Flag("What it is subject to: TEXT, or 'C3: TEXT'.", ("conditions",), _condition),
    "binding": Flag("With what authority to bind the partner.", ("binding",), _as("kind")),
    "meeting": Flag("The meeting.", ("meeting",)),
    "item": Flag("The item of its agenda.", ("item",)),
    "channel": Flag("By letter, e-mail, on the website.", ("channel",)),
    "grounds": Flag("Why.", ("grounds",)),
    "wants": Flag("What would settle it.", ("wants",)),
    "respond-by": Flag("When an answer is due.", ("respond_by",)),
    "bars": Flag("The terms bar a decision while it is open.", ("bars_decision",)),
    "rung": Flag(
        "The rung of the ladder, as a number.", ("rung",), lambda text: int(text) if text.isdecimal() else text
    ),
    "to": Flag("To whom.", ("to",)),
    "terms": Flag("The terms that the sides came to.", ("terms",)),
    "agreed-by": Flag("Who agreed to it.", ("agreed_by",)),
    "who": Flag("Who did it.", ("who",)),
    "by-decision": Flag("The decision that made it so.", ("by_decision", "decision")),
    "reason": Flag("Why.", ("reason", "reasons")),
    "maker": Flag("Who decided: a body, a post, a person.", ("decision_makers",)),
    "outcome": Flag("What came of it: approved, rejected, noted, deferred ...", ("outcome",)),
    "outcome-words": Flag("The outcome in the source's own words.", ("outcome_words",)),
    "text": Flag("The resolution, as minuted.", ("text",)),
    "rejected": Flag("An alternative that was rejected; none = there was none.", ("options_rejected",)),
    "under": Flag("The delegation relied on.", ("authority",), _as("delegation")),
    "asked-to": Flag("What the decider had been asked to do.", ("asked_to",)),
    "effective": Flag("First day of effect, if not the day itself.", ("from",)),
    "until-when": Flag("Until which day.", ("for_when",)),
    "asked": Flag("Who was asked: a partner, a body, a post, a person.", ("asked",)),
    "until": Flag("First day on which it no longer holds.", ("until",)),
    "last-day": Flag("Last day on which it holds.", ("until",), _after),
    "method": Flag("How it was decided.", ("method",)),
    "urgent": Flag("On which ground it could not wait.", ("urgent",), _as("ground")),
    "key-decision": Flag("It is a key decision, or is not.", ("key",)),
    "consulted": Flag("Who was consulted; none = nobody.", ("consulted",), _as("who")),
    "call-in-until": Flag("End of the call-in window.", ("call_in_until",)),
    "report-to": Flag("To whom it is to be reported back.", ("report_to",), _as("to")),
    "review-by": Flag("To be reviewed by.", ("review_by",)),
    "delegator": Flag("Who gives the power.", ("delegator",)),
    "delegate": Flag("Who is given it: a body or a post.", ("delegates",)),
    "kind": Flag("What is given.", ("kind",)),
    "legal-basis": Flag("The power used: nhsa2006-s75, lga1972-s101 ...", ("legal_basis",)),
    "instrument": Flag("The document that says so.", ("instrument",)),
    "clause": Flag("Its clause.", ("clause",)),
    "parent": Flag("The delegation that it is made under.", ("parent",)),
    "limit": Flag("'up to £500,000 per decision'; none = stated to be without.", ("limits",), limit),
    "must-consult": Flag("Who must be consulted before each use.", ("must_consult",)),
    "onward": Flag("Whether it may be passed on: prohibited, permitted, with-consent.", ("onward",), _as("rule")),
    "period": Flag("The period reported on.", ("period",)),
    "next-due": Flag("When the next report is due.", ("next_due",)),
    "notice": Flag("Reference of the notice.", ("notice",)),
    "wholly": Flag("Wholly, or in part.", ("wholly",), None, "partly"),
    "stands": Flag("Whether the decision holds all the same.", ("stands",)),
    "cause": Flag("Why it ended by itself.", ("cause",)),
    "with": Flag("What took its place.", ("by_decisions", "by_proposals")),
    "result": Flag("What came of the call-in.", ("call_in_result",)),
    "what": Flag("What is to be done.", ("what",)),
    "owner": Flag("Who is to do it: a post or a person.", ("owner",)),
    "due": Flag("By when.", ("due",)),
    "level": Flag(
        "open, part-exempt, exempt, confidential, private-nhs or withheld-pending.", ("access",), _as("level")
    ),
    "paragraph": Flag("Of Schedule 12A of the Local Government Act 1972: 3, or 1,3.", ("access",), _paragraphs),
    "ground": Flag("Why it is kept from the public.", ("access",), _as("reason")),
    "review-on": Flag("When to look at it again.", ("access",), _as("review_on")),
    "release-on": Flag("When it is to be made public.", ("release_on",)),
    "path": Flag("The part alone that is meant: /text, /value.", ("paths",)),
}
"""Every flag. Whatever else a type holds is given by --set FIELD=VALUE."""
