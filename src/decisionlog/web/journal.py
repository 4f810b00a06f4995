"""What the service writes of itself: one JSON object a line, of fields that are listed here, each of a listed shape.

Everything else is left out: no word, no name, no address, no query, no body and no secret can get into it, whatever somebody
sends and whatever a library would like to say. One field alone is in words, and they are the store's: `reason`, why the log
could not be used. Passwords in it are masked.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TextIO

import orjson
import structlog

from decisionlog.domain.text import visible

_COUNT: Final = r"[0-9]{1,15}"
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(shape, re.ASCII)
    for name, shape in {
        "event": r"request|started|stopped|fault|note",
        "level": r"info|warning|error|critical",
        "request": r"[0-9a-f]{16}",
        "method": r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|other",
        "route": r"(/[a-z0-9._{}-]*)+|none",
        "status": r"[1-5][0-9]{2}|none",
        "milliseconds": _COUNT,
        "account": r"[a-z][a-z0-9-]{1,31}",
        "source": r"[a-z_][a-z_.]{0,60}",
        "fault": r"[A-Za-z_][A-Za-z0-9_]{0,60}",
        "where": r"[A-Za-z0-9_.]{1,60}:[0-9]{1,6}",
        "port": _COUNT,
        "writes": r"True|False",
    }.items()
}
"""Every field there is, and what may stand in it. `where` is a place in the program: a file and a line."""
_IN_WORDS: Final = "reason"
_PASSWORDS: Final = re.compile(r"(?i)(://[^\s/:@]*:)[^\s/]*(?=@)|(\bpassword\s*=\s*)(?:'[^']*'|\"[^\"]*\"|\S+)")
_LONGEST: Final = 500
"""Characters of a reason."""
_LEVELS: Final[Mapping[int, str]] = {30: "warning", 40: "error", 50: "critical"}


class Journal:
    """Writes lines, until nobody can take them: whatever becomes of them, requests are answered."""

    def __init__(self, file: TextIO | None = None) -> None:
        self._log = structlog.wrap_logger(
            structlog.WriteLogger(file or sys.stderr),
            processors=[
                _only_what_is_listed,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
                structlog.processors.JSONRenderer(serializer=_json),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        )

    def write(self, event: str, **said: Any) -> None:
        """One line."""
        with suppress(OSError, ValueError):
            self._log.info(event, **said)


class FromLibraries(logging.Handler):
    """What libraries log: who said it, how grave it is, what kind of fault and where; never in their own words."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(logging.WARNING)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line of a record."""
        fault = record.exc_info[1] if record.exc_info else None
        self._journal.write(
            "note" if fault is None else "fault",
            level=_LEVELS.get(record.levelno, "warning"),
            source=record.name,
            where=place_of(fault) if fault else f"{record.module}:{record.lineno}",
            **({"fault": type(fault).__name__} if fault else {}),
        )


def place_of(fault: BaseException) -> str:
    """Where in the program a fault came up."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "unknown:0"


def take_over_logging(journal: Journal) -> None:
    """Have what libraries log go into the journal, and nowhere else."""
    logging.basicConfig(handlers=[FromLibraries(journal)], level=logging.WARNING, force=True)


def _only_what_is_listed(_: Any, __: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    listed = {name: value for name, value in said.items() if name in _SHAPES and _SHAPES[name].fullmatch(str(value))}
    return {**listed, _IN_WORDS: _reason(str(said[_IN_WORDS]))} if said.get(_IN_WORDS) else listed


def _reason(words: str) -> str:
    """What the store says, on one line and without passwords."""
    masked = _PASSWORDS.sub(lambda found: f"{found[1] or found[2]}***", words)
    return visible(" ".join(masked.split()))[:_LONGEST]


def _json(said: Mapping[str, Any], **_: Any) -> str:
    return orjson.dumps(said).decode()
