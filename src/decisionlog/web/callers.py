"""Who asks: the account behind a request, and what it may do. The one seam between the routes and the keys."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from starlette.requests import Request

from decisionlog.commands.keys import note_use
from decisionlog.domain.refusals import Unusable
from decisionlog.questions.keys import whose_key
from decisionlog.web.limits import READS, WRITES, WRONG_KEYS, Limits, address_of
from decisionlog.web.problems import Problem

if TYPE_CHECKING:
    from decisionlog.web.service import Service


class Scope(StrEnum):
    """What a caller may do."""

    READ = "read"
    READ_PRIVATE = "read-private"
    """Also what is exempt; without it, exempt matter answers as if it were not there."""
    RECORD = "record"
    CORRECT = "correct"
    PUBLISH = "publish"
    ERASE = "erase"
    ADMINISTER = "administer"


WRITING: Final = (Scope.RECORD, Scope.CORRECT, Scope.PUBLISH, Scope.ERASE, Scope.ADMINISTER)
"""Any of which lets somebody record something."""


class Caller(Struct, frozen=True):
    """Somebody who asks."""

    account: str | None
    """As `recorded_by` writes it; none: nobody said who asks."""
    scopes: frozenset[Scope]
    bodies: frozenset[str] | None = None
    """The bodies in whose matters it may do so; none: in all."""
    key: str = ""
    """The id of the key that said who asks."""

    def may(self, scope: Scope) -> bool:
        """Whether it may do that."""
        return scope in self.scopes

    @property
    def sees_everything(self) -> bool:
        """Whether nothing of the log is kept back."""
        return self.may(Scope.READ_PRIVATE) and self.bodies is None

    @property
    def private_at(self) -> frozenset[str]:
        """The bodies of whose matters also what is exempt is shown, where not everything is."""
        return (self.bodies or frozenset()) if self.may(Scope.READ_PRIVATE) else frozenset()


READER: Final = Caller(None, frozenset({Scope.READ, Scope.READ_PRIVATE}))
"""Whoever reaches a service that listens on this computer alone: as whoever may read the file."""

PUBLIC: Final = Caller(None, frozenset({Scope.READ}))
"""Whoever reaches a service that others can reach, and says not who they are."""


_CHALLENGE: Final[Mapping[str, str]] = {"WWW-Authenticate": 'Bearer realm="decisionlog"'}
_NEEDED: Final = "This needs a key: send it as Authorization: Bearer dlk_... . Nothing was recorded."
_NOT_HELD: Final = (
    "The key that was sent does not hold here: it is another log's, has ended, was taken back, or is none. "
    "Nothing was recorded."
)
_NO_KEY: Final = "What was sent as Authorization is no key: one is wanted, once, as Authorization: Bearer dlk_... . Nothing was recorded."


def caller(request: Request) -> Caller:
    """Who asks, by the key that they sent. Raises `Problem` for one that does not hold, and after too many of these.

    A key that holds is let in however many wrong ones came from its address: many offices share one.
    """
    service: Service = request.app.state.service
    sent = request.headers.getlist("authorization")
    if not sent:
        return service.anonymous
    key = _key_in(sent)
    holder = holder_of(service, key)
    if holder is None:
        service.limits.require(WRONG_KEYS, address(request))
        raise Problem("key-needed", _NOT_HELD if key else _NO_KEY, headers=_CHALLENGE)
    return holder


def holder_of(service: Service, sent: str) -> Caller | None:
    """Who holds a key; none, whatever is wrong with it."""
    now = service.now()
    with service.lane.lookups(service.logs).lent(caught_up=False) as found:
        held = whose_key(found.log, sent, now)
        if held is None:
            return None
        key, given = held
        with suppress(Unusable):  # that it was used is good to know, and nothing to refuse a request for
            note_use(found.log, key, now)
    scopes = frozenset(map(Scope, given.grant.permissions)) | {Scope.READ}
    return Caller(given.account, scopes, given.grant.bodies, key.id)


def _key_in(sent: list[str]) -> str:
    """The key in what was sent as `Authorization: Bearer dlk_...`; empty, where there is none, or more than one."""
    scheme, _, key = sent[0].partition(" ")
    return key.strip() if len(sent) == 1 and scheme.lower() == "bearer" else ""


def allowed(request: Request, *scopes: Scope) -> Caller:
    """Who asks, if they may do one of these. Raises `Problem`: 401 where nobody said who they are, 403 where they may not."""
    found = caller(request)
    request.state.account = found.account
    _require_seldom(request, found, scopes[0])
    if any(map(found.may, scopes)):
        return found
    if found.account is None:
        raise Problem("key-needed", _NEEDED, headers=_CHALLENGE)
    raise Problem("forbidden", f"This key does not carry the permission '{scopes[0]}'. Nothing was recorded.")


def address(request: Request) -> str:
    """From where somebody asks, as it is counted."""
    return address_of(request.client.host) if request.client else ""


def _require_seldom(request: Request, asker: Caller, scope: Scope) -> None:
    """Count a request. Raises `Problem` where too many came: of an account that records, of an address that says not who asks."""
    limits: Limits = request.app.state.service.limits
    if asker.account is None:
        limits.require(READS, address(request))
    elif scope is not Scope.READ:
        limits.require(WRITES, asker.account)
