"""What of a thing that has a page is withheld: which fields, on what ground, and until when."""

from __future__ import annotations

from decisionlog.domain.access import Held, held
from decisionlog.domain.answers.withheld import PartsWithheld, PartWithheld
from decisionlog.domain.days import moment
from decisionlog.domain.exemptions import ground_of
from decisionlog.domain.facts.envelope import Fact, Unread
from decisionlog.domain.facts.parts import Access
from decisionlog.domain.facts.typed import untyped
from decisionlog.domain.sealed import commitments
from decisionlog.questions.register.asking import Asking

_APART = "access"
"""The field that holds why; its words are withheld with the others."""


def parts_withheld(asking: Asking, stream: str) -> PartsWithheld:
    """What of a thing is held otherwise than openly, as of now: by what is shown of it."""
    facts = asking.log.stream(stream)
    how = held(facts, asking.log.zone, moment(asking.now))
    closed: dict[Held, list[Fact]] = {}
    for fact in facts:
        if not how[fact.n].is_open:
            closed.setdefault(how[fact.n], []).append(fact)
    found = (_part(held_so, of, facts) for held_so, of in closed.items())
    return PartsWithheld(tuple(part for part in found if part.what))


def _part(how: Held, closed: list[Fact], facts: list[Fact]) -> PartWithheld:
    says = next((fact for fact in facts if fact.position == how.position), None)
    access = getattr(says.data, "access", None) if says else None
    labels = (access.paragraphs or ()) if isinstance(access, Access) else ()
    what = dict.fromkeys(name for fact in closed for name in _sealed(fact, how))
    return PartWithheld(
        tuple(what),
        how.level,
        tuple(sorted({ground_of(label) for label in labels})),
        how.release_on,
        how.review_on,
        (how.position,),
    )


def _sealed(fact: Fact, how: Held) -> list[str]:
    """The fields of a fact in which words are withheld."""
    if isinstance(fact.data, Unread):
        return []
    pointers = how.paths or tuple(commitments({"data": untyped(fact.data)}))
    return [name for pointer in pointers if (name := _field(pointer)) != _APART]


def _field(pointer: str) -> str:
    """The field at the top in which a pointer leads."""
    return pointer.removeprefix("/data").split("/")[1]
