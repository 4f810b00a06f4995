"""Who holds which key of a log, what it lets them do; and whose a key is that somebody sent."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from decisionlog.domain.answers.keys import AccessKey, AccessKeys
from decisionlog.domain.days import day_before, moment
from decisionlog.domain.keys import Key, read_key
from decisionlog.domain.permissions import EVERY, Grant
from decisionlog.domain.refusals import NotFound
from decisionlog.domain.text import has_half_a_character, visible
from decisionlog.questions.grants import Granted, granted
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.store.batch import StoredKey
from decisionlog.store.log import Log

_NOBODYS: Final = Key("", "").digest
"""Compared with where there is no such key, so that it takes as long to say no."""
_NONE: Final = Key("", "none")


def whose_key(log: Log, sent: str, now: datetime) -> tuple[StoredKey, Granted] | None:
    """The key that somebody sent and what is granted under it, if it holds at this moment; else none, whatever is wrong."""
    key = read_key(sent) or _NONE
    found = log.recorder.keys([key.id])[:1]
    if not key.opens(found[0].digest if found else _NOBODYS) or not found:
        return None
    given = granted(log, key.id)
    return (found[0], given) if given and given.account and given.grant.holds(moment(now)) else None


def keys(log: Log, asked: Asked, now: datetime, key_id: str = "") -> AccessKeys:
    """Every key of this store, or one, with what the log says of it at a point. Raises `NotFound`."""
    point = settle(log, asked, now)
    found = [] if has_half_a_character(key_id) else log.recorder.keys([key_id] if key_id else ())
    if key_id and not found:
        msg = f"There is no key '{visible(key_id[:40])}' here. `decisionlog keys list` shows those there are."
        raise NotFound(msg)
    return AccessKeys(point.basis, tuple(_shown(log, key, point) for key in found))


def _shown(log: Log, key: StoredKey, point: Point) -> AccessKey:
    given = granted(log, key.id, point.known) or Granted("", Grant(frozenset()))
    bodies = given.grant.bodies
    return AccessKey(
        id=key.id,
        name=key.name,
        account=given.account,
        scopes=tuple(word for word in EVERY if word in given.grant.permissions),
        bodies=None if bodies is None else tuple(sorted(bodies)),
        state=_state(given, point.as_of.on),
        last_day=(day_before(given.until) or given.until) if given.until else "",
        made_at=key.made_at,
        last_used=key.last_used,
        evidence=tuple(at for at in (given.grant.position, given.revoked_by) if at),
    )


def _state(given: Granted, at: int) -> str:
    if not given.grant.position:
        return "not granted"
    if at < given.grant.begins:
        return "not begun"
    if at < given.grant.ends:
        return "active"
    return "revoked" if given.revoked_by else "expired"
