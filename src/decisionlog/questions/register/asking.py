"""One page of the register as it is asked for, and what a kind of page is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listing, Shown
from decisionlog.domain.references import unslug
from decisionlog.domain.refusals import NotFound
from decisionlog.questions.filters import Filters
from decisionlog.questions.listing import list_things
from decisionlog.questions.point import Asked
from decisionlog.questions.show import show
from decisionlog.questions.witnessed import Watch
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
    day: str = ""
    """The day that a page is about whose form names none; none: this moment. Written pages say of which day they are."""
    contact: str = ""
    """To whom readers write; none: nobody is named."""
    watch: Watch = field(default_factory=Watch)
    """Which witnesses there are to be."""
    proved: frozenset[str] | None = None
    """The decisions whose proofs are written beside their pages; none: they are served, where a checkpoint is kept."""

    def is_proved(self, decision: str, first: int) -> bool:
        """Whether the proof of a decision, first recorded at a position, can be had with its page."""
        if self.proved is not None:
            return decision in self.proved
        kept = self.log.recorder.checkpoints()
        return bool(kept) and first <= kept[-1].size

    @property
    def asked(self) -> Asked:
        """The point in time that the page is about."""
        given = self.given.get
        return Asked(given("on") or self.day or None, given("known") or self.day or None, "log", self.rules)

    def show(self, stream: str) -> Shown:
        """A thing, with what does not add up about it where that is shown. Raises `NotFound`."""
        shown = show(self.log, self.models, stream, self.asked, self.now, judged=self.findings)
        decided = shown.decided
        if self.findings or decided is None:
            return shown
        untested = tuple(replace(hop, tests=()) for hop in decided.authority)
        return replace(shown, decided=replace(decided, authority=untested))

    def listed(self, kind: str, filters: Filters | None = None) -> Listing:
        """Everything of a kind that fits. Raises as `list_things`."""
        return self.log.once(
            ("listed", kind, self.asked, self.now, filters),
            lambda: list_things(self.log, self.models, kind, self.asked, self.now, filters=filters),
        )

    def latest(self, kind: str, most: int, filters: Filters) -> Listing:
        """The latest things of a kind that fit, with how many earlier there are. Raises as `list_things`."""
        return list_things(self.log, self.models, kind, self.asked, self.now, filters=filters, latest=most)

    def stream(self, kind: str) -> str:
        """The thing that the page is about, as `kind:key`. Raises `NotFound` where the slug is none."""
        try:
            return f"{kind}:{unslug(self.slug)}"
        except ValueError:
            msg = "Nothing is called so: the last part of this address is not a reference."
            raise NotFound(msg) from None

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
