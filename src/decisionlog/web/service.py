"""What the HTTP service was told when it was started, and what it works with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct, field

from decisionlog.questions.witnessed import Watch
from decisionlog.settings import BUILT_IN
from decisionlog.web.answers import Answers
from decisionlog.web.callers import READER, Caller
from decisionlog.web.journal import Journal
from decisionlog.web.lane import Lane
from decisionlog.web.limits import Limits, LongWork
from decisionlog.web.logs import Logs
from decisionlog.web.writing.posting import Posting


def _now() -> datetime:
    return datetime.now(UTC)


class Service(Struct, frozen=True):
    """One log, served."""

    logs: Logs
    writes: bool = False
    """Whether it may record."""
    anonymous: Caller = READER
    """Who asks, where nobody says it."""
    public_url: str = ""
    """What links begin with; they are never built from what a request calls this service."""
    hosts: frozenset[str] = frozenset()
    """The names that a request may call this service by; empty: any."""
    proxies: frozenset[str] = frozenset()
    """The addresses of web servers that are believed when they say for whom they ask."""
    limits: Limits = field(default_factory=Limits)
    rules: str = BUILT_IN
    """The setting `rules`."""
    watch: Watch = field(default_factory=Watch)
    """Which witnesses there are to be, for the figures."""
    journal: Journal | None = None
    """Where each request is noted; none: nowhere."""
    findings: bool = False
    """Whether the pages of the register show what does not add up."""
    contact: str = ""
    """To whom readers of the register write; none: nobody is named."""
    is_metered: bool = False
    """Whether there are figures for Prometheus at /metrics."""
    answers: Answers = field(default_factory=Answers)
    lane: Lane = field(default_factory=Lane)
    posting: Posting = field(default_factory=Posting)
    long_work: LongWork = field(default_factory=LongWork)
    now: Callable[[], datetime] = field(default=_now)
