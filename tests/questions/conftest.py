"""Questions put to one log in memory, its read models caught up whenever it is asked."""

from __future__ import annotations

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.questions.agenda import agenda
from decisionlog.questions.completeness.asking import Narrowed, completeness
from decisionlog.questions.filters import Filters
from decisionlog.questions.listing import list_things
from decisionlog.questions.point import Asked
from decisionlog.questions.searching import search
from decisionlog.store.catch_up import ReadModels
from tests.scenario import NOW, engine_for, new_log, record


class Place:
    """A log, and what is answered from it."""

    def __init__(self):
        self.log = new_log()
        self.models = ReadModels(self.log, engine_for(self.log), MODELS)

    def record(self, *plain, **options):
        record(self.log, *plain, again=True, **options)

    def _asked(self, on, known, clock):
        self.models.catch_up()
        return Asked(on, known, clock)

    def list(self, kind, on="2030-01-01", known=None, clock="log", limit=None, **filters):
        asked = self._asked(on, known, clock)
        return list_things(self.log, self.models, kind, asked, NOW, limit=limit, filters=Filters(**filters))

    def refs(self, kind, **asked):
        return [item.ref for item in self.list(kind, **asked).items]

    def search(self, text, on="2030-01-01", known=None, clock="log", **options):
        return search(self.log, self.models, text, self._asked(on, known, clock), NOW, **options)

    def agenda(self, body, on, known=None, clock="log"):
        return agenda(self.log, self.models, body, self._asked(on, known, clock), NOW)

    def completeness(self, ref=None, on="2030-01-01", known=None, clock="log", **by):
        asked = self._asked(on, known, clock)
        return completeness(self.log, self.models, ref, asked, NOW, by=Narrowed(**by))

    def awaiting(self, section, on="2026-06-01", body="pc", **known):
        return [item for item in self.agenda(body, on, **known).items if item.section == section]


@pytest.fixture
def place():
    made = Place()
    yield made
    made.models._engine.dispose()
