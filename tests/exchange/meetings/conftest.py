"""A secretary's desk: a log in which Northmoor is known, and files of meetings that are recorded in it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.domain.refusals import Mistakes
from decisionlog.exchange.meetings.files import read_sheet
from decisionlog.exchange.meetings.recording import MeetingFiles, Recorder
from decisionlog.exchange.meetings.telling import told
from decisionlog.questions.recorded_acts import RecordedActs
from decisionlog.store.catch_up import ReadModels
from tests.northmoor_stub import openings
from tests.scenario import BY, NOW, engine_for, new_log, record, stored


class Desk:
    """What is read, checked and recorded here."""

    def __init__(self):
        self.log = new_log()
        record(self.log, *openings())
        self._models = ReadModels(self.log, engine_for(self.log), MODELS)

    def files(self, *texts, names=(), **asked):
        sheets = []
        for index, text in enumerate(texts):
            name = names[index] if names else ("march.yaml" if len(texts) == 1 else f"file-{index + 1}.yaml")
            content = text if isinstance(text, bytes) else dedent(text).encode()
            sheets.append(read_sheet(name, content, Path(name)))
        return self.sheets(sheets, **asked)

    def sheets(self, sheets, **asked):
        self._models.catch_up()
        with self._models.reading() as rows:
            return MeetingFiles(
                self.log, RecordedActs(self.log, rows), Recorder(BY, NOW, **asked), sheets, self._models
            )

    def records(self, *texts, names=(), **asked):
        """Record files, and give the facts that were added."""
        before = self.log.head().size
        files = self.files(*texts, names=names, **asked)
        files.check()
        self.told = [told(plan) for plan, _ in files.record()]
        return stored(self.log, before)

    def mistakes(self, *texts, **asked):
        """Everything that is wrong with files, a line each; nothing is recorded."""
        size = self.log.head().size
        with pytest.raises(Mistakes) as raised:
            self.files(*texts, **asked).check()
        assert self.log.head().size == size
        return [str(mistake) for mistake in raised.value.mistakes]

    def plain(self, *plain):
        return record(self.log, *plain)

    def close(self):
        self._models._engine.dispose()


@pytest.fixture
def desk():
    """A log in which Northmoor is known."""
    made = Desk()
    yield made
    made.close()


def one(facts, type_name):
    """The only fact of a type."""
    (found,) = [fact for fact in facts if fact["type"] == type_name]
    return found
