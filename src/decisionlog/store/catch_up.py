"""Read models catch up with the log: pulled, in batches, rows and position together, each fact exactly once.

A model is built in tables of its own, named by its version and build, and read through a view of its name. A new
version, or a rebuild, grows beside the one that is read and takes its place when it has caught up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from decisionlog.addresses import Place, Server
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.refusals import DecisionlogError, NotSound
from decisionlog.store.beside import Beside
from decisionlog.store.builds import BUILDS, Standing, driver, has_builds, print_of, standings_in
from decisionlog.store.codec import Line
from decisionlog.store.databases import database_named
from decisionlog.store.log import Log
from decisionlog.store.read_model import ReadModel
from decisionlog.store.sql_views import serve

if TYPE_CHECKING:
    from decisionlog.store.building import Model
    from decisionlog.store.statements import Writer

BATCH = 5_000
"""Facts folded in one transaction."""
_WILL_FOLLOW = "What was recorded is safe; what is read from it follows the next time."


class ModelStopped(NotSound):
    """A read model met a fact that it could not fold; it stands where it was, and says which fact."""

    def __init__(self, name: str, fact: str, why: str) -> None:
        super().__init__(
            f"The read model '{name}' stopped at {fact}: {why}. The log itself is untouched; report this, then rebuild."
        )


class ReadModels:
    """All read models of one log."""

    def __init__(self, log: Log, engine: Engine, models: Sequence[Model], *, read_only: bool = False) -> None:
        self._log = log
        self._engine = engine
        self._database = database_named(engine.dialect.name)
        self._models = {model.name: model for model in models}
        self._read_only = read_only
        self._builds: dict[tuple[str, int], ReadModel] = {}
        self._writer: Connection | None = None
        self._beside = Beside(engine, {model.name: model.version for model in models}, self._build)
        self._read_on: Connection | None = None
        self._ready = False
        self._reached = -1

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for queries."""
        if self._read_on is not None:
            yield self._read_on
            return
        with self._in_plain_words("Nothing was changed."), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def held(self) -> Iterator[None]:
        """For very many queries one after another: meanwhile all of them are on one connection."""
        with self.reading() as connection:
            self._read_on = connection
            try:
                yield
            finally:
                self._read_on = None

    @contextmanager
    def keeping(self) -> Iterator[Connection | None]:
        """A connection on which others keep what they made of the rows, in one transaction; none, where nothing may be written."""
        if self._read_only:
            yield None
            return
        with self._writing() as connection:
            yield connection

    def standings(self) -> list[Standing]:
        """Where every build stands."""
        with self.reading() as connection:
            if not self._ready and not has_builds(connection):
                return []
            return standings_in(connection)

    def prints(self) -> dict[str, tuple[int, tuple[int, ...]]]:
        """Of each read model that is read: its position, and a number for each of its tables, the same for the same rows."""
        with self.reading() as connection:
            found: dict[str, tuple[int, tuple[int, ...]]] = {}
            if not self._ready and not has_builds(connection):
                return found
            for standing in (one for one in standings_in(connection) if one.serving and one.name in self._models):
                tables = self._build(standing.name, standing.build).metadata.sorted_tables
                found[standing.name] = standing.position, tuple(print_of(connection, table.name) for table in tables)
            return found

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        """Fold what is new into every model; the position reached. A model that stops does not hold up the others.

        Raises `ModelStopped` after the others have caught up.
        """
        size = self._log.size()
        if self._read_only or size == self._reached:
            return size
        self._prepare()
        if self._has_reached(size):
            self._reached = size
            return size
        stopped: dict[str, ModelStopped] = {}
        while self._step(size, stopped, progress):
            pass
        if stopped:
            raise next(iter(stopped.values()))
        self._reached = size
        return size

    def follow(self, log: Log, writer: Writer, lines: Sequence[Line]) -> bool:
        """Fold facts in the transaction that records them; whether it was done. `log` is the log with them.

        What goes wrong with the rows is undone alone: the facts are recorded, and `catch_up` meets it again and tells.
        """
        driver, done = writer.connection, False
        driver.execute("SAVEPOINT rows")
        with suppress(Exception):  # nothing that concerns rows may stand in the way of a fact
            done = self._ready and self._beside.fold(log, driver, lines)
        if not done:
            driver.execute("ROLLBACK TO rows")
        driver.execute("RELEASE rows")
        return done

    def followed(self, position: int) -> None:
        """What was folded up to a position is durable."""
        self._reached = position

    def rebuild(self, names: Sequence[str] = (), progress: Callable[[int], None] | None = None) -> None:
        """Build models anew beside those that are read, and put them in their place when they have caught up."""
        self._prepare()
        self._reached = -1
        with self._writing() as connection:
            for name in names or self._models:
                self._start(connection, self._models[name])
        self.catch_up(progress)

    def purge(self) -> None:
        """Let nothing remain in any table of what was erased; builds that another version left behind go altogether."""
        self._prepare()
        with self._writing() as connection:
            ours = self._ours(connection)
            for standing in standings_in(connection):
                if standing in ours:
                    self._build(standing.name, standing.build).purge(connection)
                else:
                    self._drop(connection, standing)

    def _prepare(self) -> None:
        if self._ready:
            return
        with self.reading() as connection:
            known = {(s.name, s.version) for s in standings_in(connection)} if has_builds(connection) else None
        wanted = {(model.name, model.version) for model in self._models.values()}
        if known is None or wanted - known:
            with self._writing() as connection:
                connection.execute(text(BUILDS))
                known = {(s.name, s.version) for s in standings_in(connection)}
                for name in sorted(name for name, _ in wanted - known):
                    self._start(connection, self._models[name])
        self._ready = True

    def _has_reached(self, size: int) -> bool:
        """Whether somebody else has brought everything up already, seen without the lock of those who write rows."""
        with self.reading() as connection:
            return all(standing.serving and standing.position >= size for standing in self._ours(connection))

    def _start(self, connection: Connection, model: Model) -> None:
        builds = [standing for standing in standings_in(connection) if standing.name == model.name]
        for standing in builds:
            if not standing.serving:
                self._drop(connection, standing)
        build = 1 + max((standing.build for standing in builds), default=0)
        self._build(model.name, build).make(connection)
        serving = not builds
        connection.execute(
            text(
                "INSERT INTO read_models (name, version, build, position, serving, stopped) VALUES (:n, :v, :b, 0, :s, '')"
            ),
            {"n": model.name, "v": model.version, "b": build, "s": serving},
        )
        if serving:
            self._serve(connection, model.name, build)

    def _step(self, size: int, stopped: dict[str, ModelStopped], progress: Callable[[int], None] | None) -> bool:
        """One batch for the builds that are furthest behind; whether anything may be left to do."""
        with self._writing() as connection:
            ours = self._ours(connection)
            if not all(standing.serving for standing in ours):
                size = self._log.size()  # what takes another's place must not be behind it
            behind = [standing for standing in ours if standing.position < size and standing.name not in stopped]
            if not behind:
                return False
            start = min(standing.position for standing in behind)
            furthest = [standing for standing in behind if standing.position == start]
            facts, reached = self._sound(start, min(start + BATCH, size))
            for standing in furthest if facts else ():
                try:
                    self._build(standing.name, standing.build).fold(facts, connection, self._log)
                except Exception as fault:
                    if self._is_trouble(fault):
                        raise
                    driver(connection).execute("ROLLBACK")
                    stopped[standing.name] = self._stop(connection, standing, facts, fault)
                    self._database.begin(driver(connection))
                    return True
            self._advance(connection, furthest, start, reached, size)
        if progress:
            progress(reached)
        return reached < size or len(furthest) < len(behind)

    def _sound(self, start: int, until: int) -> tuple[list[Fact], int]:
        """The facts after a position, up to another or to what is no fact; how far that is. Raises `NotSound` where there is none."""
        facts: list[Fact] = []
        try:
            facts.extend(self._log.facts(start, until))
        except NotSound:
            if not facts:
                raise
            return facts, facts[-1].position
        return facts, until

    def _ours(self, connection: Connection) -> list[Standing]:
        newest = {(model.name, model.version) for model in self._models.values()}
        return [standing for standing in standings_in(connection) if (standing.name, standing.version) in newest]

    def _advance(self, connection: Connection, builds: list[Standing], start: int, reached: int, size: int) -> None:
        """Move the position of these builds, all at `start`; put in their place those that have caught up beside another."""
        if all(standing.serving for standing in builds):
            among = ", ".join(f"'{standing.name}'" for standing in builds)
            driver(connection).execute(
                f"UPDATE read_models SET position = ?, stopped = '' WHERE position = ? AND serving AND name IN ({among})",  # noqa: S608 - our own names
                (reached, start),
            )
            return
        for standing in builds:
            connection.execute(
                text("UPDATE read_models SET position = :p, stopped = '' WHERE name = :n AND build = :b"),
                {"p": reached, "n": standing.name, "b": standing.build},
            )
            if not standing.serving and reached >= size:
                older = [s for s in standings_in(connection) if s.name == standing.name and s.build != standing.build]
                self._serve(connection, standing.name, standing.build)
                for replaced in older:
                    self._drop(connection, replaced)

    def _stop(self, connection: Connection, standing: Standing, facts: list[Fact], fault: Exception) -> ModelStopped:
        """Find the fact that cannot be folded by folding one at a time, and note it."""
        guilty = facts[-1]
        self._database.begin(driver(connection))
        model = self._build(standing.name, standing.build)
        for fact in facts:
            try:
                model.fold([fact], connection, self._log)
            except Exception as found:
                if self._is_trouble(found):
                    raise
                guilty, fault = fact, found
                break
        driver(connection).execute("ROLLBACK")
        why = str(_of_the_driver(fault)).partition("\n")[0]
        reason = why if isinstance(fault, DecisionlogError) else f"{type(fault).__name__}: {why}"
        problem = ModelStopped(standing.name, f"fact {guilty.position} ({guilty.type} of {guilty.stream})", reason)
        self._database.begin(driver(connection))
        connection.execute(
            text("UPDATE read_models SET stopped = :w WHERE name = :n AND build = :b"),
            {"w": str(problem), "n": standing.name, "b": standing.build},
        )
        driver(connection).execute("COMMIT")
        return problem

    def _serve(self, connection: Connection, name: str, build: int) -> None:
        connection.execute(
            text("UPDATE read_models SET serving = (build = :b) WHERE name = :n"), {"n": name, "b": build}
        )
        serve(connection, name, self._build(name, build).table)

    def _drop(self, connection: Connection, standing: Standing) -> None:
        connection.execute(text(f"DROP TABLE IF EXISTS {standing.name}_v{standing.version}_{standing.build}"))
        connection.execute(
            text("DELETE FROM read_models WHERE name = :n AND build = :b"), {"n": standing.name, "b": standing.build}
        )

    def _build(self, name: str, build: int) -> ReadModel:
        if (name, build) not in self._builds:
            self._builds[(name, build)] = self._models[name](build)
        return self._builds[(name, build)]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The one connection that writes rows, in a transaction that holds the writer's lock from its beginning."""
        with self._in_plain_words(_WILL_FOLLOW):
            writer = self._begun()
            try:
                yield writer
                driver(writer).execute("COMMIT")
            except BaseException:
                # A full disk has ended the transaction already, so this asks the driver, which looks before it rolls back.
                writer.connection.rollback()
                raise

    def _begun(self) -> Connection:
        """The connection that writes rows, in a transaction; a new one, where the server has closed the last."""
        if self._writer is not None:
            try:
                self._database.begin(driver(self._writer))
            except Exception:
                if not self._database.is_closed(driver(self._writer)):
                    raise
                self._let_go()
            else:
                return self._writer
        self._writer = self._engine.connect()
        self._database.begin(driver(self._writer))
        return self._writer

    def _let_go(self) -> None:
        """Close the connection that writes rows, also where the server did so before."""
        if self._writer is None:
            return
        if self._database.is_closed(driver(self._writer)):
            self._writer.invalidate()
        self._writer.close()
        self._writer = None

    @contextmanager
    def _in_plain_words(self, kept: str) -> Iterator[None]:
        try:
            yield
        except Exception as fault:
            if not self._is_trouble(fault):
                raise
            raise self._database.unusable(self._log.recorder.place, _of_the_driver(fault), kept) from fault

    def _is_trouble(self, fault: Exception) -> bool:
        return self._database.is_trouble(_of_the_driver(fault))

    def close(self) -> None:
        """Let go of the connections."""
        self._let_go()
        self._engine.dispose()


def _of_the_driver(fault: BaseException) -> BaseException:
    """The database's own fault, if SQLAlchemy passed it on in one of its own."""
    return (isinstance(fault, DBAPIError) and fault.orig) or fault


def engine_of(place: Place | None, *, read_only: bool = False) -> Engine:
    """The engine for a log's read models: where the log lies, or in memory."""
    if isinstance(place, Server):
        from decisionlog.store.postgresql import rows  # noqa: PLC0415 - a log in a file needs none of it

        return rows.engine_of(place)
    from decisionlog.store import sqlite_rows  # noqa: PLC0415 - nor does one on a server need this

    return sqlite_rows.engine_of(place, read_only=read_only)
