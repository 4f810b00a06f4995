"""The questions about the log itself: its facts, its batches, how far it is read, and the shapes of what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final

from msgspec.structs import replace

from decisionlog.domain.facts import TYPES
from decisionlog.exchange.scheme.writing import scheme_lines
from decisionlog.questions.batches import is_batch, show_batch
from decisionlog.questions.entries import basis_of, entries, types_named
from decisionlog.questions.scheme import scheme
from decisionlog.questions.show_fact import show_fact
from decisionlog.questions.status import status
from decisionlog.render.as_json import dumped, log_document
from decisionlog.render.schema import schema
from decisionlog.web.problems import Problem
from decisionlog.web.reading.asking import POINT, Question, Request
from decisionlog.web.reading.parameters import Parameter

_USUAL: Final = 1_000
_MOST: Final = 10_000
_PLAIN: Final = Parameter("plain", "As people write facts, not as they are stored.", takes="flag", usual=False)


def _fact(asked: Request) -> Any:
    return show_fact(asked.found.log, asked.found.models, f"@{position(asked)}", asked.asked, asked.now)


def position(asked: Request) -> int:
    """The position that the path names. Raises `Problem` where it is none."""
    text = asked.path["position"]
    if text.isascii() and text.isdecimal() and len(text) <= 15 and int(text):
        return int(text)
    raise Problem("not-found", "A position is a whole number from 1.")


def _batch(asked: Request) -> Any:
    name = asked.path["batch"]
    if not is_batch(name):
        raise Problem("not-found", "That is not the name of a batch, which has 26 letters and digits.")
    return show_batch(asked.found.log, asked.found.models, name, asked.asked, asked.now)


def _log(asked: Request) -> bytes:
    given, log = asked.given, asked.found.log
    wanted = types_named(given["type"])
    basis = basis_of(log, asked.now, given["known"])
    return _joined(log_document(basis, islice(entries(log, given["from"] - 1, basis.position, wanted), given["limit"])))


def _joined(pieces: Iterable[bytes]) -> bytes:
    return b"".join(pieces)


def _status(asked: Request) -> Any:
    found = status(asked.found.log, asked.found.models, asked.now, asked.given["known"])
    return replace(found, place=found.basis.log)  # where the file lies is nobody's business


def _schema(asked: Request) -> bytes:
    name = asked.path.get("type")
    if name is not None and name not in TYPES:
        near = get_close_matches(name, TYPES, n=1, cutoff=0.7)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise Problem("not-found", f"There is no type of fact of that name.{hint}")
    return dumped(schema([name] if name else (), plain=asked.given["plain"]), indented=True)


def _scheme(asked: Request) -> bytes:
    return "".join(f"{line}\n" for line in scheme_lines(scheme(asked.found.log, asked.asked, asked.now))).encode()


QUESTIONS: Final = (
    Question(
        "log",
        "/v1/log",
        "The facts themselves, in the order in which they were recorded; each is the very bytes that are stored and proved.",
        _log,
        (
            Parameter("from", "From this position on.", takes="count", usual=1, least=1),
            Parameter("limit", "At most so many.", takes="count", usual=_USUAL, most=_MOST),
            Parameter("type", "Only facts of this type, or of a kind of them: record.", many=True),
            POINT[1],
        ),
        tag="Log",
        command="log",
    ),
    Question(
        "fact", "/v1/facts/{position}", "The fact at a position, in full.", _fact, POINT, tag="Log", command="show @N"
    ),
    Question(
        "batch",
        "/v1/batches/{batch}",
        "One act of recording, fact by fact.",
        _batch,
        POINT,
        tag="Log",
        command="show BATCH",
    ),
    Question(
        "status",
        "/v1/status",
        "How much is recorded, of what, and how far it has been read.",
        _status,
        (POINT[1],),
        tag="Log",
        command="status",
    ),
    Question(
        "scheme",
        "/v1/scheme",
        "The scheme as a file: who there is, who sits where, who may decide what. Left out, `on` is no day: everything.",
        _scheme,
        POINT,
        tag="Log",
        command="scheme export",
        media_type="application/yaml",
    ),
    Question(
        "schema",
        "/v1/schema",
        "The shapes of the facts, as JSON Schema.",
        _schema,
        (_PLAIN,),
        tag="Log",
        command="schema",
    ),
    Question(
        "schema-of-type",
        "/v1/schema/{type}",
        "The shape of one type of fact, as JSON Schema.",
        _schema,
        (_PLAIN,),
        tag="Log",
        command="schema",
    ),
)
