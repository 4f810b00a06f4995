"""How much one caller may ask of the service: how often, and how much at once."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from decisionlog.domain.refusals import BadInput
from decisionlog.web.problems import Problem

READS: Final = "reads"
WRITES: Final = "writes"
WRONG_KEYS: Final = "wrong-keys"
NONE: Final = "none"
USUAL: Final[Mapping[str, str]] = {
    READS: "120 per 2 minutes",
    WRITES: "30 per minute",
    WRONG_KEYS: "10 per minute",
}
"""How often: whoever says not who they are may read, from one address; one account may record; one address may send a wrong key."""
_AT_ONCE: Final = 2
_PATIENCE: Final = 20.0
"""Seconds that a question waits for its turn."""
_SENTENCES: Final[Mapping[str, str]] = {
    READS: "This address asks more often than {rate}. A key lifts this limit; otherwise ask again later.",
    WRITES: "This account records more often than {rate}. Nothing was recorded; send the request again later.",
    WRONG_KEYS: "This address sent more wrong keys than {rate}. Nothing was recorded; try again later.",
}


class Limits:
    """How often each may ask; a name that has no rate is not limited."""

    def __init__(self, rates: Mapping[str, str] | None = None) -> None:
        every = {name: rate_of(name, text) for name, text in (rates or {}).items()}
        self._rates = {name: rate for name, rate in every.items() if rate is not None}
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def require(self, name: str, who: str) -> None:
        """Count one request. Raises `Problem` where somebody has used up what may be asked."""
        rate = self._rates.get(name)
        if rate is None or self._limiter.hit(rate, name, who):
            return
        raise self._used_up(name, rate, who)

    def _used_up(self, name: str, rate: RateLimitItem, who: str) -> Problem:
        free_at = self._limiter.get_window_stats(rate, name, who).reset_time
        seconds = max(1, round(free_at - time.time()))
        return Problem("too-many", _SENTENCES[name].format(rate=rate), headers={"Retry-After": str(seconds)})


def rate_of(name: str, text: str) -> RateLimitItem | None:
    """A rate, as `30 per minute`; none, where there is to be no limit. Raises `BadInput`."""
    if name not in USUAL:
        msg = f"'{name}' is no limit. They are: {', '.join(USUAL)}."
        raise BadInput(msg)
    try:
        return None if text == NONE else parse(text)
    except ValueError:
        msg = f"'{text}' is not how often; write 30 per minute, 120 per 2 minutes, or none."
        raise BadInput(msg) from None


def address_of(host: str) -> str:
    """By what a caller's address is counted: of IPv6, the network that one household gets."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


class LongWork:
    """What takes long is done for a few callers at once; the others wait a while for their turn."""

    def __init__(self, at_once: int = _AT_ONCE, patience: float = _PATIENCE) -> None:
        self._places = BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place among them. Raises `Problem` where none comes free."""
        if not self._places.acquire(timeout=self._patience):
            detail = "As many long questions are answered as can be at once. Send the request again in a while."
            raise Problem("busy", detail, headers={"Retry-After": "10"})
        try:
            yield
        finally:
            self._places.release()
