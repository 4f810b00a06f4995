"""Who holds which key of a log, what it lets them do; and whose a key is that somebody sent."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from decisionlog.domain.answers.keys import Keys, KeyShown
from decisionlog.domain.days import OPEN_END, moment
from decisionlog.domain.keys import Key, read_key
from decisionlog.domain.permissions import EVERY, Grant
from decisionlog.domain.refusals import NotFound
from decisionlog.questions.grants import Granted, granted
from decisionlog.questions.point import Asked, settle
from decisionlog.store.batch import StoredKey
from decisionlog.store.log import Log

_NOBODYS: Final = Key("", "").digest
"""Compared with where there is no such key, so that it takes as long to say no."""


def whose_key(log: Log, sent: str, now: datetime) -> tuple[StoredKey, Granted] | None:
    """The key that somebody sent and what is granted under it, if it holds at this moment; else none, whatever is wrong."""
    key = read_key(sent)
    found = log.recorder.keys([key.id])[:1] if key else []
    is_it = (key or Key("", "?")).opens(found[0].digest if found else _NOBODYS)
    if not (is_it and found):
        return None
    given = granted(log, found[0].id)
    return (found[0], given) if given and given.account and given.grant.holds(moment(now)) else None


def keys(log: Log, now: datetime, asked: Asked | None = None) -> Keys:
    """Every key of this store, with what the log says of it."""
    basis = settle(log, asked or Asked(), now).basis
    return Keys(basis, tuple(_shown(log, key, now) for key in log.recorder.keys()))


def key_shown(log: Log, key_id: str, now: datetime) -> KeyShown:
    """One key. Raises `NotFound`."""
    found = log.recorder.keys([key_id])
    if not found:
        msg = f"There is no key '{key_id[:40]}' here. `decisionlog keys list` shows those there are."
        raise NotFound(msg)
    return _shown(log, found[0], now)


def _shown(log: Log, key: StoredKey, now: datetime) -> KeyShown:
    given = granted(log, key.id) or Granted("", Grant(frozenset()))
    bodies = given.grant.bodies
    return KeyShown(
        id=key.id,
        name=key.name,
        account=given.account,
        scopes=tuple(word for word in EVERY if word in given.grant.permissions),
        bodies=None if bodies is None else tuple(sorted(bodies)),
        state=_state(given, moment(now)),
        expires=given.until,
        made_at=key.made_at,
        last_used=key.last_used,
        evidence=tuple(at for at in (given.granted_at, given.revoked_by) if at),
    )


def _state(given: Granted, at: int) -> str:
    if not given.granted_at:
        return "not granted"
    if at < given.grant.begins:
        return "not begun"
    if at < given.grant.ends or given.grant.ends == OPEN_END:
        return "active"
    return "revoked" if given.revoked_by else "expired"
