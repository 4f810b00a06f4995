"""Where partners stand on a proposal: each position, whether it still holds, and whether it is about the version that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from decisionlog.domain.answers.deciding import PositionTaken
from decisionlog.domain.positions import no_longer_held
from decisionlog.questions.conditions import conditions_of
from decisionlog.questions.telling import NOT_RECORDED, text_of
from decisionlog.questions.viewing import Seen, Stated

_VERSIONS = ("proposal.submitted", "proposal.revised")


class Version(NamedTuple):
    """One version of a proposal."""

    label: str
    stated: Stated
    material: bool
    """Whether it makes positions on earlier versions stale: so it does, unless it is said not to."""


def versions_of(seen: Seen) -> list[Version]:
    """The versions of a proposal, in the order in which they were put forward."""
    return [
        Version(one.data.get("version", ""), one, one.data.get("material") is not False)
        for one in seen.stated(*_VERSIONS)
    ]


def positions_of(seen: Seen, counts: str, by: int | None = None) -> Iterator[PositionTaken]:
    """The positions on a proposal; `counts` is the version that was decided, or that is current.

    With the last moment of the day of a decision (`by`), they are told apart by how they stood then. One of which the
    day is not recorded is not taken to be later.
    """
    over = no_longer_held(seen.facts, seen.reading.retracted)
    before = seen.facts if by is None else [fact for fact in seen.facts if seen.happened_at(fact) <= by]
    over_before = set[int]() if by is None else no_longer_held(before, seen.reading.retracted)
    for one in seen.stated("proposal.position_taken"):
        data = one.data
        conditions = tuple(conditions_of(seen, one))
        changes = seen.reading.corrections.get(one.position, ())
        corrected_by = tuple(dict.fromkeys(change.position for change in changes))
        after = by is not None and one.fact.on is not None and seen.happened_at(one.fact) > by
        yield PositionTaken(
            on_behalf_of=tuple(data.get("on_behalf_of", ())),
            by=data.get("by", ""),
            capacity=data.get("capacity", ""),
            position=data.get("position", "") or text_of(data.get("position_words")),
            words=text_of(data.get("words")),
            conditions=tuple(f"{condition.id}: {condition.words}" for condition in conditions),
            version=data.get("version", ""),
            on=one.fact.on or NOT_RECORDED,
            current=one.fact.n not in over,
            evidence=(one.position, *(at for each in conditions for at in each.evidence[1:]), *corrected_by),
            stale=is_stale(data.get("version", ""), counts, versions_of(seen)),
            stage=data.get("stage", ""),
            binding=data.get("binding", {}).get("kind", "") if isinstance(data.get("binding"), dict) else "",
            condition_states=conditions,
            after=after,
            given_up_before=one.fact.n in over_before,
            corrected_by=corrected_by,
        )


def is_stale(version: str, counts: str, versions: list[Version]) -> bool:
    """Whether a position on one version says nothing of another: unless every change between was said to be immaterial."""
    if not version or not counts or version == counts:
        return False
    labels = [one.label for one in versions]
    if version not in labels or counts not in labels:
        return True
    first, last = sorted((labels.index(version), labels.index(counts)))
    return any(one.material for one in versions[first + 1 : last + 1])
