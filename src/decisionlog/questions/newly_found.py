"""What one act newly trips, and what it mends: the findings about what it concerns, as known before it and with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from decisionlog.checks.rule import kinds_judged
from decisionlog.domain.answers.what_if import FindingsChanged
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf
from decisionlog.domain.references import split
from decisionlog.projections.citations import cited_by
from decisionlog.questions import findings
from decisionlog.questions.came_of import with_what_came_of
from decisionlog.questions.finding_things import names_of
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.questions.what_if import differing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_MATTERS: Final = frozenset({"proposal", "decision", "delegation", "disagreement", "meeting", "action"})
"""What a fact names and may have made irregular: not the parties, of which everything that they ever did would be judged."""


def newly_found(log: Log, models: ReadModels, first: int, last: int, now: datetime, rules: str) -> FindingsChanged:
    """What differs in the findings about what the facts from one position to another concern, as at this moment.

    What somebody else recorded before them is known before: of two who decide one matter at once, the second is told.
    `rules` is the setting of that name. The read models have reached the last of the facts.
    """
    facts = list(log.facts(first - 1, last))
    with models.reading() as rows:
        with_them, before = (
            Viewing(log, rows, settle(log, Asked(known=f"@{position}", rules=rules), now))
            for position in (last, first - 1)
        )
        things = sorted(set(_concerned(log, rows, facts, with_them.point.as_of)))
        changed = differing(findings.findings_of(before, things), findings.findings_of(with_them, things))
        told = (*changed.appear, *changed.vanish, *changed.stand_otherwise)
        names = names_of(log, rows, findings.mentioned(told), with_them.point.as_of)
    return FindingsChanged(changed.appear, changed.vanish, changed.stand_otherwise, names)


def _concerned(log: Log, rows: Connection, facts: Iterable[Fact], point: AsOf) -> Iterator[str]:
    """What the facts are about, the matters that they name, and what came of the proposals among them."""
    for fact in facts:
        named = (one.cited for one in cited_by(fact) if split(one.cited)[0] in _MATTERS)
        for thing in dict.fromkeys((fact.stream, *named)):
            is_proposal = split(thing)[0] == "proposal"
            yield from with_what_came_of(log, rows, thing, kinds_judged(), point) if is_proposal else (thing,)
