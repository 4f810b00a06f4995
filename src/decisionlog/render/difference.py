"""`diff` as text: what changed, group by group, each in a sentence with the facts that made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec.structs import asdict

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.difference import GROUPS, Changed, Difference, Later
from decisionlog.domain.saying import Said, plain, references_in_values, references_of
from decisionlog.render.page import Page
from decisionlog.render.words import (
    PLURALS,
    called,
    counted,
    happening,
    in_prose,
    in_words,
    positions,
    resting_on,
    when,
)

_HEADINGS: Final[Mapping[str, str]] = {
    "deciding": "Who can decide what",
    "delegations": "Delegations",
    "functions": "Functions, duties and places",
    "bodies": "Bodies, members and terms",
    "posts": "Posts",
    "organisations": "Organisations",
    "instruments": "Instruments",
    "funds": "Funds",
    "decisions": "Decisions",
}
_HOW: Final[Mapping[str, str]] = {
    "correction": "by a correction",
    "retraction": "by a retraction",
    "late entry": "by a late entry",
    "entry": "by an entry",
}


def difference(answer: Difference, page: Page) -> Iterator[str]:
    """How many changes there are, then each, then both points."""
    yield from page.paragraph(_opening(answer))
    counts = [(group, sum(one.group == group for one in answer.items)) for group in GROUPS]
    if told := [f"{_HEADINGS[group].lower()} {number}" for group, number in counts if number]:
        yield from page.paragraph(f"{'; '.join(told)[:1].upper()}{'; '.join(told)[1:]}.")
    yield from changes(answer, page)
    yield ""
    for note in answer.notes:
        yield from page.paragraph(in_words(note, answer.names))
    yield from page.paragraph(f"From: {resting_on(answer.before)}")
    yield from page.paragraph(f"To: {resting_on(answer.after)}")


def changes(answer: Difference, page: Page) -> Iterator[str]:
    """Every change, group by group."""
    names = _Names(answer.names)
    for group in GROUPS:
        if several := [one for one in answer.items if one.group == group]:
            yield ""
            yield from page.heading(_HEADINGS[group], level=2)
            for one in several:
                yield from page.paragraph(_sentence(one, names), indent=2, hang=2)
                for later in one.later:
                    yield from page.paragraph(_later(later, answer), indent=4, hang=2)


def _opening(answer: Difference) -> str:
    kind, thing = answer.narrowed
    about = f" about {called(thing, answer.names)}" if thing else ""
    of = f" of {PLURALS[kind]}" if kind else ""
    changes = f"{counted(len(answer.items), 'change') if answer.items else 'no change'}{of}{about}"
    first, second = answer.before, answer.after
    if answer.is_of_belief:
        at = "now" if _is_now(second) else f"on {in_prose(second.as_at)}"
        return (
            f"Of how things stood {at}, between what was known {_knowledge(first)} and {_knowledge(second)}: {changes}."
        )
    return f"Between {_day(first)} and {_day(second)}, as known {_knowledge(second)}: {changes}."


def _is_now(basis: Basis) -> bool:
    return len(basis.as_at) > len("2026-03-12T00:00:00+00:00")


def _day(basis: Basis) -> str:
    return in_prose(basis.as_at)


def _knowledge(basis: Basis) -> str:
    if basis.known_at.startswith("@"):
        return f"at position {basis.known_at[1:]}"
    return f"on {in_prose(basis.known_at)}" if len(basis.known_at) <= len("2026-03-12") else "now"


def _sentence(one: Changed, names: _Names) -> str:
    made_by = "" if one.later else f" {positions(one.made_by)}"
    return f"{in_words(one.said, names.of(one.said))}{made_by}".rstrip()


class _Names:
    """The names that one sentence needs: to look through all of them for each of thousands would take minutes."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._alike: dict[str, list[str]] = {}
        for reference, name in names.items():
            self._alike.setdefault(name, []).append(reference)

    def of(self, said: Said) -> dict[str, str]:
        """What is mentioned, and whatever has the same name, since then the reference must be told too."""
        mentioned = references_of(said) | references_in_values(said)
        named = [self._names[one] for one in mentioned if one in self._names]
        return {reference: name for name in named for reference in self._alike[name]}


def _later(one: Later, answer: Difference) -> str:
    on = f", of {in_prose(one.on)}" if one.on else ""
    said = f"said {happening(one.said_at)}" if answer.after.clock == "source" else f"recorded {when(one.said_at)}"
    return f"{_HOW[one.how]}{on}, {said} {positions([one.position])}"


def difference_json(answer: Difference) -> dict[str, Any]:
    """The same as plain data: `basis` is that of the second point, with the first as its `from`."""
    kind, thing = answer.narrowed
    return {
        "basis": asdict(answer.after) | {"from": asdict(answer.before)},
        "of_belief": answer.is_of_belief,
        "narrowed": {"kind": kind, "thing": thing},
        "items": [_item(one) for one in answer.items],
        "names": answer.names,
        "notes": [plain(note) for note in answer.notes],
        "evidence": answer.evidence,
    }


def _item(one: Changed) -> dict[str, Any]:
    return {
        "group": one.group,
        "kind": one.kind,
        "subject": one.subject,
        "what": one.what,
        "sentence": plain(one.said),
        "was": one.was,
        "now": one.now,
        "made_by": one.made_by,
        "later": [asdict(later) for later in one.later],
    }
