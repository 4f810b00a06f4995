"""One request to record: who asks, under which key, on what condition; answered once, and the same way again.

The key of a request (`Idempotency-Key`) is kept by the log with what it recorded, so that a repeat is known whichever
process gets it, and after a restart. What was answered the first time is kept here as well, word for word, for a while.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson
from msgspec import Struct, field
from starlette.requests import Request
from starlette.responses import Response

from decisionlog.commands.record_facts import request_digest
from decisionlog.domain.references import slug, split
from decisionlog.domain.refusals import Conflict, KeyReused
from decisionlog.questions.newly_found import newly_found
from decisionlog.render.as_json import dumped
from decisionlog.render.receipts import receipt_json
from decisionlog.render.what_if import changed_json
from decisionlog.render.words import PLURALS
from decisionlog.web.problems import Problem
from decisionlog.web.reading.parameters import Parameter, read

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.web.callers import Caller
    from decisionlog.web.service import Service

KEY: Final = "idempotency-key"
DRY_RUN: Final = Parameter("dry_run", "Say what would be recorded, and record nothing.", takes="flag", usual=False)
PERSONAL: Final = Parameter(
    "contains_personal_data", "The words hold personal data, and are to be kept, sealed.", takes="flag", usual=False
)
USUAL: Final = (DRY_RUN, PERSONAL)
"""The parameters of every request to record."""
_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")
_TAG: Final = re.compile(r'"(@?)([0-9]{1,15})(?:-[0-9a-f]*)?"')
_KEPT: Final = 1_000
_CREATED: Final = 201
_TOLD: Final = 20
"""The most facts that a refused condition lists."""


class Posted(Struct, frozen=True):
    """A request to record, its body read."""

    asker: Caller
    path: str
    given: Mapping[str, Any]
    content: bytes
    key: str
    version: int | None
    """The version of the thing that the caller saw (`If-Match: "7"`)."""
    size: int | None
    """The size of the log that the caller saw (`If-Match: "@412"`)."""
    found: OpenLog
    service: Service

    @property
    def by(self) -> str:
        """Who records: the account of the key, and nothing that the request says."""
        assert self.asker.account is not None, "only an account may record"
        return self.asker.account

    @property
    def asked(self) -> dict[str, str]:
        """By what the request is known again: where it was sent, and its bytes."""
        return {"path": self.path, "body": sha256(self.content).hexdigest()}

    @property
    def own_key(self) -> str:
        """The key in the log, where two accounts may choose the same."""
        return f"http {self.by} {self.key}"

    @property
    def dry_run(self) -> bool:
        """Whether nothing is to be recorded."""
        return bool(self.given["dry_run"])


class Written(NamedTuple):
    """What came of it: the receipt, none where there was nothing to record; and what else is told."""

    receipt: Any
    more: Mapping[str, Any] = {}
    notes: tuple[str, ...] = ()
    is_an_act: bool = False
    """Few facts about one matter: what they newly trip is told with the receipt."""


class _Fact(NamedTuple):
    """One fact that was recorded."""

    position: int
    type: str
    stream: str
    n: int


class _Answer(NamedTuple):
    asked: dict[str, str]
    status: int
    body: bytes
    headers: dict[str, str]


class Posting(Struct):
    """The requests that are answered now, and the last answers."""

    running: set[str] = field(default_factory=set)
    answers: OrderedDict[str, _Answer] = field(default_factory=OrderedDict)
    lock: Any = field(default_factory=Lock)

    @contextmanager
    def one(self, key: str) -> Iterator[None]:
        """The only one under its key. Raises `Problem` while another runs."""
        with self.lock:
            if key in self.running:
                detail = "The first request with this Idempotency-Key is not answered yet. Send it again in a moment."
                raise Problem("still-running", detail, headers={"Retry-After": "1"}, recorded=None)
            self.running.add(key)
        try:
            yield
        finally:
            with self.lock:
                self.running.discard(key)

    def first(self, posted: Posted) -> Response | None:
        """The first answer again, where it was given here. Raises `Problem` where its key was another request's."""
        with self.lock:
            before = self.answers.get(posted.own_key)
        if before is None:
            return None
        if before.asked != posted.asked:
            raise _reused(orjson.loads(before.body)["recorded_at"][:10])
        return Response(before.body, before.status, {**before.headers, "Idempotent-Replayed": "true"})

    def keep(self, posted: Posted, answer: _Answer) -> None:
        """Keep an answer; the oldest is forgotten first."""
        with self.lock:
            self.answers[posted.own_key] = answer
            while len(self.answers) > _KEPT:
                self.answers.popitem(last=False)


def key_of(request: Request) -> str:
    """The key of a request. Raises `Problem` where it has none, or one that cannot be kept."""
    key = request.headers.get(KEY, "")
    if not key:
        detail = (
            "Idempotency-Key is missing: give every POST a name of its own, such as a UUID, so that it can be repeated."
        )
        raise Problem("idempotency-key-needed", detail)
    if not _KEY.fullmatch(key):
        raise Problem("bad-input", "Idempotency-Key must be 1 to 200 visible ASCII characters.")
    return key


def condition_of(request: Request) -> tuple[int | None, int | None]:
    """The version of a thing, or the size of the log, that a request is sent on. Raises `Problem`."""
    written = request.headers.get("if-match")
    if written is None:
        return None, None
    found = _TAG.fullmatch(written.strip())
    if not found:
        detail = (
            'If-Match takes the ETag of a thing as it was shown, its version ("7"), or the size of the log ("@412").'
        )
        raise Problem("bad-input", detail)
    number = int(found[2])
    return (None, number) if found[1] else (number, None)


def parameters_of(request: Request, takes: tuple[Parameter, ...]) -> dict[str, Any]:
    """What the query says. Raises `Problem`."""
    return read(request.scope["query_string"], takes)


def answered(posted: Posted, record: Callable[[Posted], Written], posting: Posting) -> Response:
    """Record what a request asks for, once; the answer. Raises `Problem` and the refusals of what records."""
    with posting.one(posted.own_key):
        if not posted.dry_run and (before := posting.first(posted) or _recorded_before(posted)):
            return before
        try:
            written = record(posted)
        except KeyReused as used:
            raise _reused(used.on) from used
        except Conflict as conflict:
            require_unchanged(posted)
            raise conflict from None
        if not posted.dry_run:
            posted.found.catch_up()
        answer = _answer(posted, written._replace(more={**written.more, **_newly_found(posted, written)}))
        if answer.status == _CREATED:
            posting.keep(posted, answer)
        return Response(answer.body, answer.status, answer.headers)


def _reused(on: str) -> Problem:
    """The refusal of a key that was another request's, on that day."""
    detail = f"This Idempotency-Key was used for a different request on {on}. Nothing was recorded."
    return Problem("key-reused", detail)


def _newly_found(posted: Posted, written: Written) -> Mapping[str, Any]:
    """What an act newly trips, as far as the caller may see it; nothing is looked for where nothing was recorded."""
    receipt, found = written.receipt, posted.found
    if not written.is_an_act or posted.dry_run or receipt.already:
        return {}
    changed = newly_found(
        found.log, found.models, receipt.first, receipt.last, posted.service.now(), posted.service.rules
    )
    return {"findings": changed_json(changed)}


def require_unchanged(posted: Posted) -> None:
    """Refuse a request on a log that has grown since. Raises `Problem` with what was recorded since."""
    size = posted.found.log.size()
    if posted.size is not None and posted.size != size:
        since = posted.found.log.facts(min(posted.size, size), limit=_TOLD)
        raise changed(f"The log has {size:,} facts, and not {posted.size:,}.", since)


def require_version(posted: Posted, stream: str) -> int | None:
    """The version of a thing that a request is sent on. Raises `Problem` where it is no longer the last."""
    if posted.version is None:
        return None
    facts = posted.found.log.stream(stream)
    last = facts[-1].n if facts else 0
    if last != posted.version:
        since = [fact for fact in facts if fact.n > posted.version][:_TOLD]
        raise changed(f"{stream} is at version {last}, and not {posted.version}.", since)
    return posted.version


def changed(sentence: str, since: Any) -> Problem:
    """The refusal of a condition, with the facts that were recorded since."""
    told = [
        {
            "position": fact.position,
            "type": fact.type,
            "stream": fact.stream,
            "n": fact.n,
            "recorded_at": fact.recorded_at,
            "recorded_by": fact.recorded_by,
        }
        for fact in since
    ]
    sentence = sentence.removesuffix(" Nothing was recorded.")
    detail = f"{sentence} Look at what has changed, and send it again if it still holds. Nothing was recorded."
    return Problem("changed-since", detail, changed_since=told)


def _recorded_before(posted: Posted) -> Response | None:
    """The answer to a request that was recorded before, by what the log kept of it."""
    receipt: Any = posted.found.log.answered(request_digest(posted.asked), posted.own_key)
    if receipt is None:
        return None
    facts = posted.found.log.facts(receipt.first - 1, receipt.last)
    told = tuple(_Fact(fact.position, fact.type, fact.stream, fact.n) for fact in facts)
    first = receipt._replace(already=False, facts=told)
    answer = _answer(posted, Written(first))
    return Response(answer.body, answer.status, {**answer.headers, "Idempotent-Replayed": "true"})


def _answer(posted: Posted, written: Written) -> _Answer:
    receipt = written.receipt
    notes = (*(receipt.notes if receipt else ()), *written.notes)
    document = receipt_json(receipt, dry_run=posted.dry_run, notes=notes) | dict(written.more)
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if not document["recorded"]:
        return _Answer(posted.asked, 200, dumped(document, indented=True), headers)
    first = receipt.facts[0]
    kind, key = split(first.stream)
    headers["Location"] = f"{posted.service.public_url}/v1/{PLURALS[kind]}/{slug(key)}"
    streams = {fact.stream for fact in receipt.facts}
    if len(streams) == 1:
        headers["ETag"] = f'"{receipt.facts[-1].n}"'
    return _Answer(posted.asked, _CREATED, dumped(document, indented=True), headers)
