"""Read models that are brought up in the transaction that records: the facts and what is read from them are one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine
from sqlalchemy.pool import StaticPool

from decisionlog.store.codec import Line, decode_again

if TYPE_CHECKING:
    from decisionlog.store.log import Log
    from decisionlog.store.read_model import ReadModel

_ADVANCE_ALL = (
    "UPDATE read_models SET position = ?, stopped = '' WHERE position = ? AND serving "
    "RETURNING name, version, build, (SELECT count(*) FROM read_models)"
)


class Beside:
    """What is read, on the connection that records."""

    def __init__(self, engine: Engine, versions: Mapping[str, int], build: Callable[[str, int], ReadModel]) -> None:
        self._engine = engine
        self._versions = versions
        self._build = build
        self._rows: Connection | None = None
        self._advanced: list[Any] | None = None
        self._readers: dict[tuple[str, str], list[ReadModel]] = {}

    def fold(self, log: Log, driver: Any, lines: Sequence[Line]) -> bool:
        """Fold into what is read, where all of it stands right before these facts and nothing is being built."""
        advanced = sorted(
            map(tuple, driver.execute(_ADVANCE_ALL, (lines[-1].position, lines[0].position - 1)).fetchall())
        )
        if advanced != self._advanced:
            if not self._are_all(advanced):
                return False
            self._advanced, self._readers = advanced, {}
        rows, facts = self._rows_on(driver), [decode_again(line) for line in lines]
        for model in dict.fromkeys(model for fact in facts for model in self._readers_of(fact.type, fact.kind)):
            model.fold(facts, rows, log)
        return True

    def _are_all(self, advanced: Sequence[Any]) -> bool:
        """Whether every model is among these builds, and no other build is there."""
        found = [(name, version, every) for name, version, _, every in advanced]
        return sorted(found) == sorted((name, version, len(found)) for name, version in self._versions.items())

    def _readers_of(self, fact_type: str, kind: str) -> list[ReadModel]:
        """The builds that facts of a type, about a kind of thing, may change."""
        if (fact_type, kind) not in self._readers:
            builds = [self._build(name, build) for name, _, build, _ in self._advanced or ()]
            self._readers[fact_type, kind] = [model for model in builds if model.reads(fact_type, kind)]
        return self._readers[fact_type, kind]

    def _rows_on(self, driver: Any) -> Connection:
        """Rows by way of a connection that is another's: SQLAlchemy neither prepares it nor closes it."""
        if self._rows is None or self._rows.connection.dbapi_connection is not driver:
            self._rows = Connection(self._engine, StaticPool(lambda: driver, reset_on_return=None).connect())
        return self._rows
