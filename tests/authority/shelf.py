"""Read models whose tables are made once and serve one log after another: making tables takes longer than filling them."""

from __future__ import annotations

from decisionlog.bootstrap import MODELS
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log
from tests.scenario import engine_for, new_log

NEEDED = tuple(
    model
    for model in MODELS
    if model.place.startswith("authority.") or model.name in {"register", "concerns", "actions", "seats"}
)
"""What answers about authority are read from."""


class Shelf(ReadModels):
    """The tables of authority, emptied for each log."""

    def __init__(self) -> None:
        log = new_log()
        super().__init__(log, engine_for(log), NEEDED)
        self.catch_up()

    def take(self, log: Log) -> None:
        """Empty every table, and fill it from another log."""
        with self._writing() as connection:
            for build in self._builds.values():
                for table in build.metadata.sorted_tables:
                    connection.exec_driver_sql(f"DELETE FROM {table.name}")
            connection.exec_driver_sql("UPDATE read_models SET position = 0")
        self._log, self._reached = log, -1
        self.catch_up()
