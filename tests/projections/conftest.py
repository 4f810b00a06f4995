"""Read models of one log, caught up whenever they are asked."""

from __future__ import annotations

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.domain.days import instant_asked
from decisionlog.domain.known import AsOf
from decisionlog.projections import citations, concerns, register, search, tally
from decisionlog.store.catch_up import ReadModels
from tests.scenario import empty_the_vault, engine_for, new_log, record


class Asked:
    """A log, and what its read models answer."""

    def __init__(self):
        self.log = new_log()
        self._models = ReadModels(self.log, engine_for(self.log), MODELS)

    def record(self, *plain, **options):
        return record(self.log, *plain, again=True, **options)

    def _point(self, on, known, said_by):
        zone = self.log.zone
        if said_by is None:
            return AsOf(instant_asked(on, zone), self.log.position_known(known))
        moment = instant_asked(said_by, zone)
        return AsOf(instant_asked(on, zone), self.log.position_at(moment), moment)

    def things(self, kind, on="2030-01-01", known="2030-01-01", said_by=None):
        self._models.catch_up()
        with self._models.reading() as rows:
            return list(register.things(rows, kind, self._point(on, known, said_by)))

    def thing(self, stream, on="2030-01-01", known="2030-01-01", said_by=None):
        self._models.catch_up()
        with self._models.reading() as rows:
            return register.thing(rows, stream, self._point(on, known, said_by))

    def state(self, stream, on="2030-01-01", known="2030-01-01", said_by=None):
        found = self.thing(stream, on, known, said_by)
        return found and (f"possibly {found.thing.state}" if found.possible else found.thing.state)

    def held(self, query, streams, on="2030-01-01", known="2030-01-01", said_by=None):
        """What a model's query finds of some streams, as its rows' values."""
        with self.reading() as rows:
            return [one.values for one in query(rows, streams, self._point(on, known, said_by))]

    def concerning(self, thing, kind, *fields, on="2030-01-01", known="2030-01-01"):
        with self.reading() as rows:
            return concerns.streams_concerning(rows, thing, kind, fields, self._point(on, known, None))

    def matching(self, text, kind="", position=1_000):
        with self.reading() as rows:
            return set(search.matching(rows, search.words_in(text), kind, position, 100))

    def empty_the_vault(self, *positions):
        """Take away what lies behind the commitments of these facts, as an erasure does."""
        empty_the_vault(self.log, *positions)

    def rebuild(self):
        self._models.rebuild()

    def reading(self):
        self._models.catch_up()
        return self._models.reading()

    def citing(self, cited, types=(), field=""):
        with self.reading() as rows:
            found = citations.newest(rows, cited, types, [field] if field else [], 1_000, 1_000)
        return sorted(found, key=lambda one: (one.position, one.field))

    def counts(self):
        self._models.catch_up()
        with self._models.reading() as rows:
            return {one.type: (one.facts, one.opened, one.unread) for one in tally.counts(rows)}

    def close(self):
        self._models._engine.dispose()


@pytest.fixture
def asked():
    """A log in memory, recorded and asked."""
    made = Asked()
    yield made
    made.close()
