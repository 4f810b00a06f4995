"""One page of the register as it is asked for, and what a kind of page is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Shown
from decisionlog.domain.references import unslug
from decisionlog.domain.refusals import NotFound
from decisionlog.questions.point import Asked
from decisionlog.settings import BUILT_IN
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


class Asking(Struct, frozen=True):
    """A page that is asked for: the log as the reader may see it, and everything that was given."""

    log: Log
    models: ReadModels
    now: datetime
    slug: str = ""
    """Of a page about one thing: its slug."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What the form of the page was filled in with; nothing that was left empty."""
    rules: str = BUILT_IN
    findings: bool = False
    """Whether what does not add up is shown: it is not public by default."""

    @property
    def asked(self) -> Asked:
        """The point in time that the page is about."""
        return Asked(self.given.get("on"), self.given.get("known"), "log", self.rules)

    def stream(self, kind: str) -> str:
        """The thing that the page is about, as `kind:key`. Raises `NotFound` where the slug is none."""
        try:
            return f"{kind}:{unslug(self.slug)}"
        except ValueError:
            msg = "Nothing is called so: the last part of this address is not a reference."
            raise NotFound(msg) from None

    def without_findings(self, shown: Shown) -> Shown:
        """A thing without what does not add up about it, where that is not shown."""
        if self.findings:
            return shown
        decided = shown.decided
        if decided:
            untested = tuple(replace(hop, tests=()) for hop in decided.authority)
            decided = replace(decided, findings=(), authority=untested)
        return replace(shown, findings=(), decided=decided)

    def page(
        self, name: str, about: str, title: str, basis: Basis, names: Mapping[str, str], **answers: Any
    ) -> RegisterPage:
        """The page that was asked for."""
        return RegisterPage(name, about, title, basis, answers, names, given=dict(self.given))


class PageKind(Struct, frozen=True):
    """A kind of page: where it is, what its form takes, and what it shows."""

    name: str
    path: str
    """`decisions`, or `decisions/{slug}`."""
    make: Callable[[Asking], RegisterPage]
    takes: tuple[str, ...] = ()
    """The fields of its form."""
    about: str = ""
    """Of a page about one thing: its kind."""
    is_asked: bool = False
    """It answers what its form asks, so that a register that is written as files has none."""
    keys: Callable[[Asking], Iterator[str]] | None = None
    """What there is a page about each of, where that is no kind of thing."""
    of_findings: bool = False
    """Whether it is there only where the register shows what does not add up."""
