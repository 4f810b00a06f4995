"""Give a key to another program, and take it back. What it may do is a fact; the digest of its secret lies beside the log."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from msgspec import Struct

from decisionlog.commands.begin import require_recorder
from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts
from decisionlog.domain.days import NotADate, day_before, moment, span, stamp
from decisionlog.domain.keys import ID_BYTES, SECRET_BYTES, Key, key_of, stream_of
from decisionlog.domain.permissions import EVERY
from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from decisionlog.domain.text import visible
from decisionlog.store.batch import Receipt, StoredKey
from decisionlog.store.log import Log

A_YEAR: Final = timedelta(days=365)
_NAME: Final = 80
_ONCE_A: Final = timedelta(minutes=1)
"""How often it is written down that a key was used."""


class NewKey(Struct, frozen=True):
    """The request: a key for an account, with what it lets the account do, and where."""

    name: str
    account: str
    scopes: tuple[str, ...]
    recorded_by: str
    now: datetime
    bodies: tuple[str, ...] = ()
    """Only in matters of these bodies, as they are called; empty: in all."""
    until: str = ""
    """The first day on which it no longer holds; empty: in a year."""
    by_decision: str = ""
    dry_run: bool = False


class RevokeKey(Struct, frozen=True):
    """The request: a key holds no longer."""

    key_id: str
    recorded_by: str
    now: datetime
    reason: str = ""
    by_decision: str = ""
    dry_run: bool = False


class Given(NamedTuple):
    """A new key, and the receipt of the fact that says what it may do."""

    key: Key
    receipt: Receipt
    until: str


def new_key(log: Log, request: NewKey) -> Given:
    """Make a key and record what it lets its holder do; the secret is kept nowhere. Raises `BadInput`, `Mistakes`."""
    name, until = _checked(log, request)
    key = key_of(os.urandom(ID_BYTES + SECRET_BYTES))
    data = {
        "account": request.account,
        "permissions": [word for word in EVERY if word in request.scopes],
        "until": until,
        **({"bodies": [_of_body(body) for body in request.bodies]} if request.bodies else {}),
        **({"by_decision": _of_decision(request.by_decision)} if request.by_decision else {}),
    }
    plain = {"type": "access.granted", "stream": stream_of(key.id), "on": stamp(request.now), "data": data}
    facts = RecordFacts([Plain(plain)], request.recorded_by, request.now, dry_run=request.dry_run)
    if request.dry_run:
        return Given(key, record_facts(log, facts), until)
    # The digest goes first: a key of which nothing is granted may do nothing, should the fact not follow.
    with log.recorder.writing() as writer:
        writer.put_key(StoredKey(key.id, name, key.digest, stamp(request.now)))
    try:
        return Given(key, record_facts(log, facts, followed=True), until)
    except BaseException:
        if not log.recorder.stream_lines(stream_of(key.id)):
            with log.recorder.writing() as writer:
                writer.drop_key(key.id)
        raise


def revoke_key(log: Log, request: RevokeKey) -> Receipt:
    """Record that a key holds no longer, from now on. Raises `NotFound`, and `Refusal` where it was taken back before."""
    stream = stream_of(request.key_id)
    facts = log.stream(stream)
    if not facts:
        msg = f"There is no key '{visible(request.key_id[:40])}' here. `decisionlog keys list` shows those there are."
        raise NotFound(msg)
    revoked = next((fact for fact in facts if fact.type == "access.revoked"), None)
    if revoked:
        msg = f"The key {request.key_id} was taken back already [{revoked.position}]. Nothing was recorded."
        raise Refusal(msg)
    data = {
        **({"reason": request.reason} if request.reason else {}),
        **({"by_decision": _of_decision(request.by_decision)} if request.by_decision else {}),
    }
    plain = {
        "type": "access.revoked",
        "stream": stream,
        "on": stamp(request.now),
        "of": {"stream": stream, "n": facts[0].n},
        "data": data,
    }
    expected = {stream: facts[-1].n}
    asked = RecordFacts([Plain(plain)], request.recorded_by, request.now, expected=expected, dry_run=request.dry_run)
    return record_facts(log, asked, followed=True)


def note_use(log: Log, key: StoredKey, now: datetime) -> bool:
    """Write down that a key was used, at most once a minute; whether it was. Raises `Unusable` where it cannot be written."""
    if key.last_used and stamp(now - _ONCE_A) < key.last_used:
        return False
    with log.recorder.writing() as writer:
        writer.put_key(key._replace(last_used=stamp(now)))
    return True


def _checked(log: Log, request: NewKey) -> tuple[str, str]:
    """The name, and the end. Raises `BadInput`."""
    name = request.name.strip()
    if not name or len(name) > _NAME or not name.isprintable():
        msg = f"A key needs a name of at most {_NAME} characters that can be printed, such as 'minutes of the ICB'."
        raise BadInput(msg)
    require_recorder(request.account)
    wrong = [scope for scope in request.scopes if scope not in EVERY]
    if wrong or not request.scopes:
        found = f"'{visible(wrong[0][:40])}' is not a scope" if wrong else "A key needs at least one scope"
        msg = f"{found}. The scopes are {', '.join(EVERY)}."
        raise BadInput(msg)
    until = request.until or (request.now + A_YEAR).date().isoformat()
    try:
        ends = span(until, log.zone).earliest
    except NotADate as wrong_date:
        raise BadInput(str(wrong_date)) from wrong_date
    if ends <= moment(request.now):
        year = (request.now + A_YEAR).date()
        msg = f"A key that ends with {day_before(until) or until} holds no longer. Give a last day to come, such as {year}."
        raise BadInput(msg)
    return name, until


def _of_body(body: str) -> str:
    return body if body.startswith("body:") else f"body:{body}"


def _of_decision(decision: str) -> str:
    return decision if decision.startswith("decision:") else f"decision:{decision}"
