"""Posts: whether each was there, and of which organisations. Who holds them is told by the seats. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import Course, Life, is_recorded, proof


class Post(NamedTuple):
    """One post as it stood."""

    state: str
    """`there`, `to come`, or `over`."""
    recorded: int
    """0, where nothing but its reference is recorded."""
    organisation: str
    organisations: str
    """Packed: its organisation, and those that share it."""
    reports_to: str
    since: str
    until: str
    ended: str
    evidence: str


_COURSE = Course(
    frozenset({"post.established"}),
    lambda fact: fact.type == "post.abolished",
    ("organisation", "jointly_with", "reports_to"),
)


class Posts(Histories):
    """Every post, over all of time."""

    name = "posts"
    version = 1
    kinds = frozenset({"post"})
    marks = frozenset({"post.established", "post.abolished"})
    row = Post

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """All of time: before it was set up, while it was there, and after."""
        recorded = is_recorded(reading, _COURSE)

        def row(life: Life) -> Post:
            organisation = life.said.get("organisation", "")
            every = dict.fromkeys([*([organisation] if organisation else []), *life.said.get("jointly_with", ())])
            return Post(
                state=life.state,
                recorded=int(recorded),
                organisation=organisation,
                organisations=packed(list(every)),
                reports_to=packed(life.said.get("reports_to")),
                since=life.since,
                until=life.until,
                ended=life.ended,
                evidence=packed(proof(reading, life.facts.values())),
            )

        return _COURSE.life(reading, zone, row)
