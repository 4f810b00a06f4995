"""Who asks: the account behind a request, and what it may do. The one seam between the routes and the keys."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from starlette.requests import Request

from decisionlog.web.limits import READS, WRITES, Limits, address_of
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


class Caller(Struct, frozen=True):
    """Somebody who asks."""

    account: str | None
    """As `recorded_by` writes it; none: nobody said who asks."""
    scopes: frozenset[Scope]
    bodies: frozenset[str] | None = None
    """The bodies for which it may record; none: all."""

    def may(self, scope: Scope) -> bool:
        """Whether it may do that."""
        return scope in self.scopes


READER: Final = Caller(None, frozenset({Scope.READ, Scope.READ_PRIVATE}))
"""Whoever reaches a service that listens on this computer alone: as whoever may read the file."""

PUBLIC: Final = Caller(None, frozenset({Scope.READ}))
"""Whoever reaches a service that others can reach, and says not who they are."""


def caller(request: Request) -> Caller:
    """Who asks. Raises `Problem` for credentials that do not hold."""
    service: Service = request.app.state.service
    return service.anonymous


def allowed(request: Request, scope: Scope) -> Caller:
    """Who asks, if they may do that. Raises `Problem`: 401 where nobody said who they are, 403 where they may not."""
    found = caller(request)
    _require_seldom(request, found, scope)
    if found.may(scope):
        return found
    if found.account is None:
        raise Problem(
            "key-needed", "This needs a key: send it as Authorization: Bearer dlk_... . Nothing was recorded."
        )
    raise Problem("forbidden", f"This key does not carry the permission '{scope}'. Nothing was recorded.")


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
