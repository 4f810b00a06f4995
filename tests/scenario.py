"""Given facts, when somebody asks, then facts: the way in which the rules of recording are told here.

given(body("nlb")).when(proposal("P1", title="Type hints")).then("proposal.submitted")
given(body("nlb")).when(proposal("P1", titel="Type hints")).refused("Did you mean `title`?")
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from decisionlog.commands.begin import Begin, begin
from decisionlog.commands.import_facts import Imported, ImportFacts, import_facts
from decisionlog.domain.refusals import DecisionlogError, Mistakes
from decisionlog.store.catch_up import engine_of
from decisionlog.store.log import Log
from decisionlog.store.memory import MemoryRecorder

if TYPE_CHECKING:
    from sqlalchemy import Engine

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
"""The fixed clock: what is recorded by `given` is recorded an hour before."""
BY = "secretariat-1"
ORIGIN = "northmoor.example/decisions"
STORE = "DECISIONLOG_TEST_STORE"
"""The environment variable that has tests which need no store of their own run on one: `postgresql`."""
OPENING_LINE = 1
"""Every log begins with one fact of its own."""

Plain = dict[str, Any]


def new_recorder() -> Any:
    """A store with nothing in it: in memory, or on a server where the whole run is to be on one."""
    if os.environ.get(STORE) != "postgresql":
        return MemoryRecorder()
    from decisionlog.store.postgresql.recorder import PostgreSQLRecorder
    from tests import servers

    return PostgreSQLRecorder.create(servers.place())


def engine_for(log: Log) -> Engine:
    """Where the read models of a log lie: in memory, or where the log does."""
    return engine_of(getattr(log.recorder, "server", None))


def new_log(recorder: Any = None, *, now: datetime = NOW - timedelta(hours=2)) -> Log:
    """A log of its own, begun two hours before the fixed clock."""
    recorder = new_recorder() if recorder is None else recorder
    return begin(recorder, Begin("Northmoor", ORIGIN, BY, now))


def empty_the_vault(log: Log, *positions: int) -> None:
    """Take away what lies behind the commitments of these facts, or of all, as an erasure does."""
    if server := getattr(log.recorder, "server", None):
        from decisionlog.store.postgresql.connecting import connected

        with connected(server, as_role=False) as connection:
            connection.execute("DELETE FROM vault WHERE position = ANY(?) OR ? = 0", (list(positions), len(positions)))
        return
    vault = log.recorder.kept.vault
    for position in positions or list(vault):
        vault.pop(position, None)


def line(plain: Plain | bytes | str) -> bytes:
    """A plain fact as a line of a file; bytes and text as they are."""
    if isinstance(plain, bytes):
        return plain
    return plain.encode() if isinstance(plain, str) else json.dumps(plain).encode()


def record(log: Log, *plain: Plain | bytes | str, now: datetime = NOW, **options: Any) -> Imported:
    """Import plain facts as one batch."""
    return import_facts(log, ImportFacts([line(fact) for fact in plain], BY, now, **{"may_erase": True, **options}))


def request(*plain: Plain | bytes | str, **options: Any) -> ImportFacts:
    """An import, for what cannot be said with the facts alone."""
    return ImportFacts([line(fact) for fact in plain], options.pop("by", BY), options.pop("now", NOW), **options)


def stored(log: Log, after: int = 0) -> list[Plain]:
    """What was recorded after a position, in plain JSON, with what was sealed opened again."""
    opened = {one.digest: one.value for one in log.recorder.openings(range(1, log.head().size + 1))}
    return [revealed(json.loads(each.state), opened) for each in log.lines(after)]


def revealed(value: Any, opened: dict[str, Any]) -> Any:
    """A stored value with every commitment replaced by what lies behind it."""
    if isinstance(value, dict):
        if value.keys() == {"$private"} and value["$private"] in opened:
            return revealed(opened[value["$private"]], opened)
        return {key: revealed(inner, opened) for key, inner in value.items()}
    return [revealed(inner, opened) for inner in value] if isinstance(value, list) else value


def given(*plain: Plain | bytes | str, log: Log | None = None) -> Given:
    """A log (in memory, unless one is given) in which these facts are recorded, each in a batch of its own."""
    log = new_log() if log is None else log
    for each in plain:
        record(log, each, now=NOW - timedelta(hours=1))
    return Given(log)


class Given:
    """What was recorded before."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def when(self, *asked: Plain | bytes | str | ImportFacts, **options: Any) -> When:
        """Somebody asks for these facts to be recorded, as one batch."""
        whole = asked[0] if len(asked) == 1 and isinstance(asked[0], ImportFacts) else None
        return When(self.log, whole or request(*asked, **options))


class When:
    """What came of it."""

    def __init__(self, log: Log, asked: ImportFacts) -> None:
        self.log = log
        self.before = snapshot(log)
        self.imported: Imported | None = None
        self.refusal: DecisionlogError | None = None
        try:
            self.imported = import_facts(log, asked)
        except DecisionlogError as refusal:
            self.refusal = refusal

    def then(self, *expected: str | Plain) -> When:
        """These facts were recorded and no others: each by its type, or by the fields that it must have."""
        assert self.refusal is None, f"it was refused: {self.refusal}"
        found = stored(self.log, self.before["size"])
        assert [fact["type"] for fact in found] == [_type_of(one) for one in expected]
        for fact, wanted in zip(found, expected, strict=True):
            if isinstance(wanted, dict):
                assert_holds(fact, wanted)
        return self

    def noted(self, part: str) -> When:
        """The recorder was told so."""
        assert self.imported is not None, f"it was refused: {self.refusal}"
        assert any(part in note for note in self.imported.notes), self.imported.notes
        return self

    def refused(self, part: str, kind: type[DecisionlogError] = Mistakes) -> When:
        """It was refused with this in the sentence, and nothing of it is left in the log."""
        assert self.refusal is not None, "it was recorded"
        assert part in str(self.refusal), str(self.refusal)
        assert isinstance(self.refusal, kind), type(self.refusal)
        assert snapshot(self.log) == self.before
        return self


def _type_of(expected: str | Plain) -> str:
    return expected if isinstance(expected, str) else str(expected["type"])


def assert_holds(found: Any, wanted: Any, at: str = "") -> None:
    """Every field that is wanted is there with its value; others may be there too."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for name, value in wanted.items():
            assert name in found, f"{at}/{name} is not in {found}"
            assert_holds(found[name], value, f"{at}/{name}")
    else:
        assert found == wanted, f"{at} is {found!r}, not {wanted!r}"


def snapshot(log: Log) -> dict[str, Any]:
    """Everything that a refusal must leave as it was."""
    size = log.head().size
    return {
        "size": size,
        "recorded_at": log.head().recorded_at,
        "root": log.root(size),
        "vault": len(log.recorder.openings(range(1, size + 2))),
        "names": sorted(
            name
            for kind in ("proposal", "body", "decision", "person")
            for name in log.recorder.names_of_kind(kind, 999)
        ),
    }


# Facts that many tests need


def fact(type_name: str, stream: str, /, on: str | None = None, **data: Any) -> Plain:
    """One plain fact."""
    plain: Plain = {"type": type_name, "stream": stream, "data": data}
    return plain if on is None else {**plain, "on": on}


def proposal(key: str, /, on: str | None = "2026-03-12", **data: Any) -> Plain:
    """A proposal is submitted."""
    return fact("proposal.submitted", f"proposal:{key}", on, **data)


def decision(key: str, /, on: str | None = "2026-03-20", **data: Any) -> Plain:
    """A decision is taken."""
    return fact("decision.taken", f"decision:{key}", on, **data)


def body(key: str, /, on: str | None = "2025-04-01", **data: Any) -> Plain:
    """A body is constituted."""
    return fact("body.constituted", f"body:{key}", on, **data)


def organisation(key: str, /, on: str | None = "2022-07-01", **data: Any) -> Plain:
    """An organisation is registered."""
    return fact("organisation.registered", f"organisation:{key}", on, **data)


def person(key: str, name: str | None = None) -> Plain:
    """A person is registered, under an opaque key."""
    return fact("person.registered", f"person:{key}", None, **({"name": name} if name else {}))


def about(stream: str, type_name: str, on: str | None = None, of: int | None = 1, **data: Any) -> Plain:
    """A fact about the record, in the stream of what it is about."""
    plain = fact(type_name, stream, on, **data)
    return {**plain, "of": {"stream": stream, "n": of}} if of else plain


def corrected(stream: str, path: str, was: Any = None, now: Any = None, of: int = 1) -> Plain:
    """One field of one fact is corrected."""
    change = {"path": path} | ({} if was is None else {"was": was}) | ({} if now is None else {"now": now})
    return about(stream, "record.corrected", of=of, changes=[change])


def history(stream: str, *steps: tuple[Any, ...]) -> list[Plain]:
    """The facts of one stream: each step is a type, when it happened, and its data."""
    return [fact(step[0], stream, *step[1:2], **(step[2] if len(step) > 2 else {})) for step in steps]


def together(*histories: Iterable[Plain]) -> list[Plain]:
    """Several histories, one after the other."""
    return [each for one in histories for each in one]
