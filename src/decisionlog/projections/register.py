"""The register: every stream, its kind, reference, state and dates, on both axes of time. Table, fold, queries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, String, Table, and_, delete, func, select

from decisionlog.domain.days import OPEN_END, NotADate, span
from decisionlog.domain.facts import OPENING
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf, Known, Reading, never_was, read, said_at
from decisionlog.domain.references import split
from decisionlog.domain.states import REVERTS, SETTLED, STATES
from decisionlog.store.bitemporal import BOTH, LOG, SOURCE, Holding, as_of, columns, known_at, row, versions
from decisionlog.store.log import Log
from decisionlog.store.pieces import rows_at
from decisionlog.store.read_model import ReadModel

_CORRECTING = ("record.corrected", "record.retracted")
_MARKS = frozenset({*STATES, *REVERTS, *_CORRECTING, "record.renumbered", "proposal.status_noted"})
_SEALED_NAMES = frozenset({"/title", "/name"})
_NAMES = frozenset("person.renamed organisation.renamed body.renamed post.renamed proposal.revised".split())


class Thing(NamedTuple):
    """What the register says of one stream at one point of both times."""

    ref: str
    issuer: str
    name: str
    """Its open name, or empty."""
    title: str
    """The commitment to its sealed title or name, or empty."""
    title_position: int
    state: str
    status: str
    """The label that the source itself uses, where it was noted; it decides nothing."""
    opened_on: str
    state_on: str
    effective_from: str
    effective_until: str
    position: int
    """Of the fact that put it into this state."""


class Registered(NamedTuple):
    """One thing as the register lists it."""

    stream: str
    kind: str
    key: str
    first_position: int
    thing: Thing
    possible: bool
    """The date of its state is partial, and the day asked about lies within it."""


class Register(ReadModel):
    """Every stream with its state, as at any day, as known at any time."""

    name = "register"
    version = 3

    @classmethod
    def define(cls, table_name: str, metadata: MetaData) -> Table:
        """One row for each state of each stream, and for how long it was known."""
        return Table(
            table_name,
            metadata,
            Column("stream", String, nullable=False),
            Column("kind", String, nullable=False),
            Column("first_position", BigInteger, nullable=False),
            *(Column(name, _TYPES.get(name, String), nullable=False) for name in Thing._fields),
            *columns(),
            Index(f"{table_name}_by_kind", "kind", "first_position"),
            Index(f"{table_name}_by_stream", "stream"),
        )

    def fold(self, facts: Sequence[Fact], rows: Connection, log: Log) -> None:
        """Write the whole history of every stream whose state, name or dates these facts touch."""
        touched: dict[str, list[Fact]] = {}
        for fact in facts:
            if _is_mark(fact):
                touched.setdefault(fact.stream, []).append(fact)
        known_before = [stream for stream, marks in touched.items() if marks[0].n != 1]
        for start in range(0, len(known_before), _AT_ONCE):
            rows.execute(delete(self.table).where(self.table.c.stream.in_(known_before[start : start + _AT_ONCE])))
        limit = facts[-1].position
        for stream in known_before:
            touched[stream] = [fact for fact in log.stream(stream) if fact.position <= limit and _is_mark(fact)]
        self.add(rows, [line for stream, marks in touched.items() for line in _history(stream, marks, log.zone)])


_TYPES: dict[str, Any] = {"title_position": BigInteger, "position": BigInteger}
_AT_ONCE = 500
_table = Register.define("register", MetaData())
_COLUMNS = _table.columns.keys()


def things(rows: Connection, kind: str, point: AsOf) -> Iterator[Registered]:
    """Everything of a kind as at a day, as known at a time, in the order in which it was first recorded."""
    chosen = select(_table).where(and_(_table.c.kind == kind, as_of(_table, point)))
    for found in rows.execute(chosen.order_by(_table.c.first_position)):
        yield _registered(found._mapping, point)  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping


def streams(rows: Connection, kind: str, position: int) -> list[str]:
    """Every stream of a kind that began by a position, in the order in which they were first recorded."""
    begun = select(_table.c.stream).where(_table.c.kind == kind, _table.c.first_position <= position)
    return list(rows.execute(begun.group_by(_table.c.stream).order_by(func.min(_table.c.first_position))).scalars())


def how_many(rows: Connection, kinds: Collection[str], position: int) -> int:
    """How many streams of these kinds began by a position."""
    begun = and_(_table.c.kind.in_(sorted(kinds)), _table.c.first_position <= position)
    return rows.execute(select(func.count(_table.c.stream.distinct())).where(begun)).scalar_one()


def thing(rows: Connection, stream: str, point: AsOf) -> Registered | None:
    """One stream as at a day, as known at a time; none, where it was not there or not known."""
    return next(iter(things_among(rows, [stream], point)), None)


def begins(rows: Connection, point: AsOf, stream: str = "") -> int | None:
    """The first moment of which anything is known at a point, of one thing or of all; none, where nothing is."""
    first = select(func.min(_table.c.valid_from)).where(known_at(_table, point))
    found: int | None = rows.execute(first.where(_table.c.stream == stream) if stream else first).scalar()
    return found


def things_among(rows: Connection, streams: Sequence[str], point: AsOf) -> list[Registered]:
    """These streams as at a day, as known at a time, in the order in which they were first recorded."""
    found = [
        _registered(dict(zip(_COLUMNS, row_, strict=True)), point) for row_ in rows_at(rows, "register", streams, point)
    ]
    return sorted(found, key=lambda one: one.first_position)


def renamed(rows: Connection, before: AsOf, after: AsOf) -> list[tuple[str, Thing, Thing]]:
    """Everything that has another open name at the second of two points than at the first."""
    (then, now) = (as_of(_table, point) for point in (before, after))
    changed = select(_table, then.label("then")).where(then != now).order_by(_table.c.first_position)
    seen: dict[bool, dict[str, Thing]] = {True: {}, False: {}}
    for found in rows.execute(changed):
        one = _registered(found._mapping, before)  # noqa: SLF001 - as above
        seen[bool(found.then)][one.stream] = one.thing
    both = [(stream, was, seen[False][stream]) for stream, was in seen[True].items() if stream in seen[False]]
    return [(stream, was, is_now) for stream, was, is_now in both if was.name != is_now.name]


def refs_beginning(rows: Connection, kind: str, begins: str) -> list[str]:
    """Every reference of a kind that begins so, in capitals or not, in the order in which the things were first recorded."""
    chosen = select(_table.c.ref).where(_table.c.kind == kind, _table.c.ref.istartswith(begins, autoescape=True))
    return list(dict.fromkeys(rows.execute(chosen.order_by(_table.c.first_position)).scalars()))


def open_names(rows: Connection, kinds: Sequence[str], limit: int) -> list[tuple[str, str]]:
    """Things of these kinds with the open names that they have or had, whenever that was."""
    named = select(_table.c.stream, _table.c.name).where(_table.c.kind.in_(kinds), _table.c.name != "").distinct()
    return [(stream, name) for stream, name in rows.execute(named.limit(limit))]


def _registered(found: Any, point: AsOf) -> Registered:
    thing_ = Thing(*(found[name] for name in Thing._fields))
    kind, key = split(found["stream"])
    return Registered(found["stream"], kind, key, found["first_position"], thing_, point.on < found["certain_from"])


def _is_mark(fact: Fact) -> bool:
    """Whether a fact bears on the state, the name or the dates of its stream."""
    return fact.n == 1 or fact.type in _MARKS or fact.type in _NAMES


def _history(stream: str, facts: list[Fact], zone: tzinfo) -> Iterator[tuple[Any, ...]]:
    by_source = any(fact.source and fact.source.recorded_at for fact in facts)
    begins = (stream, split(stream)[0], facts[0].position)

    def known_here(position: int) -> list[Holding]:
        return _timeline(facts, Known(position=position), zone)

    def known_there(moment: int) -> list[Holding]:
        return _timeline(facts, Known(said_by=moment), zone)

    for version in versions((fact.position for fact in facts), known_here):
        yield (*begins, *version.holding.values, *row(version, LOG if by_source else BOTH))
    if by_source:
        for version in versions((said_at(fact, zone) for fact in facts), known_there):
            yield (*begins, *version.holding.values, *row(version, SOURCE))


def _timeline(facts: list[Fact], known: Known, zone: tzinfo) -> list[Holding]:
    """The states of one stream, each from when it began to when the next began."""
    reading = read(facts, known, zone)
    if never_was(reading):
        return []
    points: list[tuple[int, int, Thing]] = []
    current: Thing | None = None
    states: list[tuple[str, str, str]] = []
    for fact in reading.facts:
        after = _after(current, fact, states)
        after = after and after._replace(title_position=_sealed_at(after, reading))
        if after is None or after == current:
            continue
        current = after
        when = _when(fact, zone)
        if points and points[-1][0] == when[0]:
            points.pop()
        points.append((*when, current))
    ends = [*(begins for begins, _, _ in points), OPEN_END][1:]
    return [Holding(begins, certain, end, thing_) for (begins, certain, thing_), end in zip(points, ends, strict=True)]


def _sealed_at(thing_: Thing, reading: Reading) -> int:
    """The position of the fact beside which the title's opening is kept: a correction's, where one changed it."""
    changes = reading.corrections.get(thing_.title_position, ())
    return next(
        (change.position for change in reversed(changes) if change.path in _SEALED_NAMES), thing_.title_position
    )


def _when(fact: Fact, zone: tzinfo) -> tuple[int, int]:
    try:
        happened = span(fact.on or fact.said_at, zone)
    except NotADate:
        happened = span(fact.recorded_at, zone)
    return happened.earliest, happened.certain


def _after(current: Thing | None, fact: Fact, states: list[tuple[str, str, str]]) -> Thing | None:
    """The thing after one fact more; `states` has those that it went through: by which type, what, and when.

    A status that its source noted stands until something happens to the thing.
    """
    data = fact.data
    if current is None and fact.type in _CORRECTING:
        return None  # a fact about the record brings nothing into being
    if current is None:
        current = _opened(fact)
    if fact.type in OPENING:
        unnumbered = fact.n == 1 and current.ref == split(fact.stream)[1]
        current = _opened_again(current, _opened(fact), numbers=unnumbered)
    if fact.type in REVERTS and states and states[-1][0] == REVERTS[fact.type]:
        states.pop()
        _, before, on = states[-1] if states else ("", "", "")
        return current._replace(state=before, state_on=on, position=fact.position)
    if fact.type in STATES and current.state not in SETTLED.get(fact.type, ()):
        states.append((fact.type, _state(fact), fact.on or ""))
        current = current._replace(state=_state(fact), state_on=fact.on or "", position=fact.position, status="")
    if fact.type == "proposal.status_noted":
        return current._replace(status=getattr(data, "status", None) or "")
    if fact.type == "record.renumbered":
        return current._replace(
            ref=getattr(data, "ref", current.ref), issuer=getattr(data, "issuer", None) or current.issuer
        )
    name, title = _called(fact)
    if fact.type in _NAMES and (name or title):
        return current._replace(name=name, title=title, title_position=fact.position)
    return current


def _opened(fact: Fact) -> Thing:
    data = fact.data
    name, title = _called(fact)
    return Thing(
        ref=getattr(data, "ref", None) or split(fact.stream)[1],
        issuer=getattr(data, "issuer", None) or "",
        name=name,
        title=title,
        title_position=fact.position,
        state=_state(fact),
        status="",
        opened_on=(fact.type in OPENING and fact.on) or "",
        state_on=fact.on or "",
        effective_from=(fact.type in OPENING and getattr(data, "from_", None)) or "",
        effective_until=(fact.type in OPENING and getattr(data, "until", None)) or "",
        position=fact.position,
    )


def _opened_again(current: Thing, later: Thing, *, numbers: bool) -> Thing:
    """A thing after another opening fact: a meeting that was called is held, or something was known of it from before it was opened.

    What the later one does not repeat still holds.
    """
    titled = later if later.title else current
    return current._replace(
        ref=later.ref if numbers else current.ref,
        issuer=later.issuer if numbers else current.issuer,
        name=later.name or current.name,
        title=titled.title,
        title_position=titled.title_position,
        opened_on=current.opened_on or later.opened_on,
        effective_from=later.effective_from or current.effective_from,
        effective_until=later.effective_until or current.effective_until,
    )


def _state(fact: Fact) -> str:
    outcome = getattr(fact.data, "outcome", None) if fact.type == "decision.taken" else None
    return outcome or STATES.get(fact.type, "")


def _called(fact: Fact) -> tuple[str, str]:
    name = getattr(fact.data, "name", None)
    title = getattr(fact.data, "title", None)
    sealed = name if name is not None and not isinstance(name, str) else title
    return (name if isinstance(name, str) else ""), (sealed.digest if sealed is not None else "")
