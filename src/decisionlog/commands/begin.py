"""Begin a log: position 1 says what it is called, where it comes from, and in which civil time its days are read."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from decisionlog.domain.days import NotADate, zone_named
from decisionlog.domain.refusals import BadInput
from decisionlog.domain.text import BadText, clean
from decisionlog.store.batch import Batch, Draft
from decisionlog.store.log import Log

if TYPE_CHECKING:
    from decisionlog.store.recorders import Recorder

RECORDER = re.compile(r"[a-z][a-z0-9-]{1,31}")
_ORIGIN = re.compile(r"[a-z0-9]([a-z0-9.-]{0,60}[a-z0-9])?(/[a-z0-9._-]{1,60})*")
_CURRENCY = re.compile(r"[A-Z]{3}")


class Begin(Struct, frozen=True):
    """The request: what the log is called and where it comes from."""

    name: str
    origin: str
    recorded_by: str
    now: datetime
    time_zone: str = "Europe/London"
    currency: str = "GBP"


def begin(recorder: Recorder, request: Begin) -> Log:
    """Record position 1. Raises `BadInput`."""
    log = Log(recorder)
    data = {
        "name": request.name,
        "origin": request.origin,
        "time_zone": request.time_zone,
        "currency": request.currency,
    }
    log.record(
        Batch([Draft("log.opened", f"log:{request.origin}", data, opens=True)], request.recorded_by, request.now)
    )
    return log


def checked(request: Begin) -> Begin:
    """The request as it will be recorded. Raises `BadInput` with what is wrong and the way out."""
    require_recorder(request.recorded_by)
    try:
        name = clean(request.name, limit=200, one_line=True)
        zone_named(request.time_zone)
    except BadText as wrong:
        msg = f"The name of the log {wrong}."
        raise BadInput(msg) from wrong
    except NotADate as wrong:
        raise BadInput(str(wrong)) from wrong
    if not _ORIGIN.fullmatch(request.origin):
        msg = (
            f"'{request.origin[:80]}' cannot be an origin. It names this log in every proof, for ever: "
            "small letters, digits, dots and dashes, for example northmoor.example/decisions."
        )
        raise BadInput(msg)
    if not _CURRENCY.fullmatch(request.currency):
        msg = f"'{request.currency[:20]}' is not a currency; write its three letters, such as GBP."
        raise BadInput(msg)
    return Begin(name, request.origin, request.recorded_by, request.now, request.time_zone, request.currency)


def require_recorder(recorded_by: str) -> str:
    """Who records: a role or an opaque key. Raises `BadInput`."""
    if not RECORDER.fullmatch(recorded_by):
        msg = (
            f"'{recorded_by[:60]}' cannot be who records. Write a role or an opaque key, not a name: "
            "2 to 32 small letters, digits and dashes, beginning with a letter, such as secretariat-1."
        )
        raise BadInput(msg)
    return recorded_by
