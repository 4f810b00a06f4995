"""Questions about authority: put to the program and to the oracle, at the same point of both times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st
from msgspec import Struct
from sqlalchemy import Connection

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.authority.comparing import comparable
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.resolving import resolve
from decisionlog.domain.authority.steps import Resolution
from decisionlog.domain.authority.table import Basis, Table
from decisionlog.domain.known import AsOf
from decisionlog.store.log import Log
from tests.authority import oracle
from tests.authority.shapes import Answer, Asked, Law
from tests.authority.small_world import DAYS, FUNCTIONS, MATTER, PLACES, SAID
from tests.oracle import LONDON, Fact, Point, first_moment

DAY = 86_400_000_000

BASES: dict[str, dict[str, Any]] = {
    "nhsa2006-s65Z5": {
        "givers": ["icb", "nhs-trust"],
        "receivers": ["icb", "upper-tier-la", "joint-committee", "board", "post"],
        "moves": True,
    },
    "nhsa2006-s7A": {
        "givers": ["any"],
        "receivers": ["upper-tier-la", "icb", "body", "person"],
        "moves": True,
        "from": "2023-01-01",
    },
    "nhsa2006-s13Z": {"givers": ["icb"], "receivers": ["any"], "moves": False, "until": "2025-04-01"},
    "mou": {"givers": [], "receivers": [], "moves": False},
    "original-power": {"givers": ["any"], "receivers": ["any"], "moves": False},
}
"""A small table of legal bases, so that what is compared does not hang on what the law says at present."""
LAW = Law(BASES, {"icb": ("NHS England",), "upper-tier-la": ("the full council",)}, frozenset({"mou"}))


TABLE = Table(
    "of the tests",
    {
        code: Basis(
            code=code,
            name=code,
            uri="",
            from_=entry.get("from", ""),
            until=entry.get("until", ""),
            givers=tuple(entry["givers"]),
            receivers=tuple(entry["receivers"]),
            onward="",
            accountability="",
            liability_words="",
            liability="receiver" if entry["moves"] else "giver",
            source="",
            verified=True,
        )
        for code, entry in BASES.items()
    },
    dict(LAW.answerable),
    tuple(LAW.without_force),
)
"""The same table, as the program reads one."""


class Put(NamedTuple):
    """A question and the point at which it is put: the day, and how far back of the end of the log."""

    asked: Asked
    on: int
    back: int
    said_by: int | None

    def point(self, log: Log) -> AsOf:
        """The point in a log: known up to a position, or as the sources had said by a moment."""
        position = max(1, log.size() - self.back)
        return AsOf(self.on, position if self.said_by is None else log.position_at(self.said_by), self.said_by)


asked = st.builds(
    Asked,
    functions=st.sampled_from([FUNCTIONS[:1], FUNCTIONS[1:2], FUNCTIONS[1:2], FUNCTIONS[2:], FUNCTIONS[1:], ()]),
    places=st.sampled_from([(), (), *((place,) for place in PLACES), PLACES[2:]]),
    matters=st.sampled_from([(), (), (MATTER,)]),
    amounts=st.sampled_from(
        [
            (),
            ({"currency": "GBP", "amount": 200},),
            ({"currency": "GBP", "amount": 100, "fund": "fund:f"}, {"currency": "GBP", "amount": 150}),
            ({"currency": "GBP", "amount": 300, "kind": "capital"}, {"currency": "EUR", "amount": 100}),
        ]
    ),
)
moments = st.builds(
    lambda day, later: first_moment(day) + later,
    st.sampled_from(["2026-04-01", "2027-01-01", "2025-04-01", "2024-06", *DAYS]),
    st.sampled_from([0, DAY - 1, -1, 20 * DAY]),
)
questions = st.builds(
    Put,
    asked=asked,
    on=moments,
    back=st.sampled_from([0, 0, 0, 1, 2, 3, 4, 6, 9, 14]),
    said_by=st.none() | st.none() | st.sampled_from(SAID).map(first_moment),
)


def resolved(rows: Connection, point: AsOf, question: Asked, world: RowsWorld | None = None) -> Resolution:
    """The program's answer: of a world that knows nothing as yet, if no other is given."""
    values = tuple(
        {"money": {"amount": one["amount"], "currency": one["currency"]}}
        | {name: one[name] for name in ("kind", "fund") if name in one}
        for one in question.amounts
    )
    put = Question(question.functions, question.places, question.matters, values, point.on, LONDON)
    return resolve(world or RowsWorld(rows, point), put, TABLE)


def answered(rows: Connection, point: AsOf, question: Asked) -> Answer:
    """The program's answer in the shape of the oracle's."""
    found = comparable(resolved(rows, point, question))
    return Answer(
        found["classification"],
        {role: frozenset(who) for role, who in found["roles"].items() if who},
        frozenset(found["chains"]),
        {party: frozenset(people) for party, people in found["could"].items()},
        frozenset(found["findings"]),
    )


def expected(facts: list[Fact], point: AsOf, question: Asked) -> Answer:
    """The oracle's answer."""
    found = oracle.accountable(facts, Point(*point), question, LAW)
    return found._replace(roles={role: who for role, who in found.roles.items() if who})


def positions_in(value: Any) -> Iterator[int]:
    """Every position that an answer gives as evidence, at any depth."""
    if isinstance(value, Struct):
        yield from getattr(value, "evidence", ())
        for name in value.__struct_fields__:
            yield from positions_in(getattr(value, name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from positions_in(each)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for each in value:
            yield from positions_in(each)
