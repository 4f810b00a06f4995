"""An account of one thing: what a reader should see first, then section after section."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from decisionlog.domain.answers.deciding import Decided
from decisionlog.domain.answers.telling import Line, Section
from decisionlog.domain.kinds import article_before
from decisionlog.domain.references import split
from decisionlog.domain.saying import Said, said
from decisionlog.questions.sentences import sentence
from decisionlog.questions.viewing import MOST, Seen, Stated, Viewing


class Account(Struct, frozen=True):
    """What is told of a thing, beside the facts themselves."""

    opening: tuple[Said, ...] = ()
    sections: tuple[Section, ...] = ()
    told: frozenset[str] = field(default_factory=frozenset)
    """Fields of the opening fact that need not be told again."""
    decided: Decided | None = None


def fields(names: str) -> frozenset[str]:
    """Names of fields, as words."""
    return frozenset(names.split())


def line(template: str, stated: Stated, *also: Stated | None, label: str = "", **more: Any) -> Line:
    """A line made of one fact, that rests on others too; `more` adds to its fields, or takes their place.

    `{stream}` is the thing that the fact is about, and `{on}` its day.
    """
    evidence = (stated.position, *(one.position for one in also if one))
    envelope = {"stream": stated.fact.stream, "on": stated.fact.on}
    return Line(said(template, {**envelope, **stated.data, **more}), evidence, label)


def lines(template: str, facts: Iterable[Stated]) -> list[Line]:
    """A line made of each of these facts."""
    return [line(template, one) for one in facts]


def happened(one: Stated) -> Line:
    """What a fact says happened, on its day."""
    return Line(sentence(one.fact.type, one.data), (one.position,), one.fact.on or "")


def with_article(noun: str) -> str:
    """`A fund`, `An agreement`, `An NHS trust`."""
    return f"{article_before(noun).capitalize()} {noun}"


def told(template: str, data: Mapping[str, Any], stated: Stated | None, label: str = "") -> list[Line]:
    """A line, where every field that it needs is recorded."""
    found = said(template, data)
    return [Line(found, (stated.position,) if stated else (), label)] if found else []


def section(title: str, lines: Iterable[Line], left_out: int = 0, none: str = "") -> Section:
    """A section, whole."""
    return Section(title, tuple(lines), left_out, none)


def latest(title: str, lines: Sequence[Line], left_out: int = 0, more: str = "", none: str = "") -> Section:
    """A section of the last lines only, with how many more there are, and the command that has them."""
    return Section(title, tuple(lines[-MOST:]), left_out + max(0, len(lines) - MOST), none, more)


def listed(seen: Seen, narrowed_by: str) -> str:
    """The command that lists the decisions that concern a thing."""
    return f"decisionlog list decisions --{narrowed_by} {shlex.quote(split(seen.stream)[1])}"


def rung(step: Mapping[str, Any], here: str = "") -> Said:
    """A rung of a ladder for disagreement: to whom it leads, as far as that is recorded, by when, and in which words."""
    if "to" in step or "words" not in step:
        return said(f"{{to|=to whom is not recorded}}[, within {{within_days}} days]{here}[: {{words}}]", step)
    return said(f"{{words}}[, within {{within_days}} days]{here}", step)


def filled(*sections: Section) -> tuple[Section, ...]:
    """The sections in which something stands."""
    return tuple(one for one in sections if one.lines or one.none)


def either(data: Mapping[str, Any], name: str, yes: str, no: str) -> str:
    """What is said where a flag is recorded as yes, and as no; nothing where it is not recorded."""
    value = data.get(name)
    return "" if value is None else yes if value else no


def words_below(stated: Stated, *names: str) -> tuple[Said, ...]:
    """What was typed, to stand below a line."""
    found = (said(f"{{{name}}}", stated.data) for name in names)
    return tuple(one for one in found if one)


def span_of(stated: Stated, ending: Stated | None) -> dict[str, Any]:
    """From when, and until when, something held, as far as it is recorded."""
    begins = stated.data.get("from") or stated.fact.on
    ends = (ending.data.get("from") or ending.fact.on) if ending else None
    until = ends or stated.data.get("until")
    return {"from": begins, "until": until} if begins else {"until": until}


def holding(viewing: Viewing, seen: Seen, one: Stated, *endings: str) -> tuple[bool, Stated | None]:
    """Whether what a fact says holds at the point asked about, and the fact that ended it.

    What counts is from when it has effect, as far as that is known: the act may have come later.
    """
    ending = seen.answers(one, *endings, known=True) if endings else None
    if ending is not None and not viewing.has_begun(ending) and ending not in seen.stated():
        ending = None
    return viewing.has_begun(one) and not viewing.is_over(one, ending), ending
