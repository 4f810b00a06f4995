"""One question of the table: where it is asked, what it takes, and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from decisionlog.bootstrap import OpenLog
from decisionlog.domain.references import unslug
from decisionlog.questions.point import Asked
from decisionlog.render.words import PLURALS
from decisionlog.web.problems import Problem
from decisionlog.web.reading.parameters import Parameter

KINDS: Final[Mapping[str, str]] = {plural: kind for kind, plural in PLURALS.items()}
"""The kind of thing that each word of a path stands for."""

POINT: Final = (
    Parameter(
        "on", "As at the end of this day (2026-03-12, yesterday), or at this time; left out: now.", example="2026-03-31"
    ),
    Parameter(
        "known",
        "As known by then: a day, a time, or a position such as @1234; it does not move `on`; left out: now.",
        example="@190",
    ),
    Parameter(
        "clock",
        "Whose clock `known` runs on: this log's, or that of the sources.",
        takes="word",
        words=("log", "source"),
        usual="log",
    ),
)
"""The point on both axes of time that nearly every question takes."""


class Request(Struct, frozen=True):
    """A question as it was asked: the log as the asker may see it, and everything that was given."""

    found: OpenLog
    now: datetime
    path: Mapping[str, str]
    given: Mapping[str, Any]
    rules: str

    @property
    def asked(self) -> Asked:
        """The point in time that is asked about."""
        given = self.given
        return Asked(given.get("on"), given.get("known"), given.get("clock", "log"), self.rules)

    @property
    def kind(self) -> str:
        """The kind of thing that the path names."""
        return KINDS[self.path["kinds"]]

    @property
    def ref(self) -> str:
        """The thing that the path names, as `kind:ref`. Raises `Problem` where its slug is none."""
        return f"{self.kind}:{reference(self.path['slug'])}"

    def chosen(self, *names: str) -> dict[str, Any]:
        """The values of these parameters."""
        return {name: self.given[name] for name in names}


class Question(Struct, frozen=True):
    """One question of the table."""

    name: str
    path: str
    summary: str
    ask: Callable[[Request], Any]
    """Gives an answer of `domain.answers`, or a document that is written already."""
    takes: tuple[Parameter, ...] = ()
    kinds: tuple[str, ...] = ()
    """Of a path that names a thing: the plurals that may stand in it."""
    tag: str = "Things"
    command: str = ""
    """The command that answers the same from the shell."""
    long: bool = False
    """Whether it may take long: then only a few are answered at once."""
    versioned: bool = False
    """Whether the tag of its answer begins with the version of the thing, for `If-Match`."""
    media_type: str = "application/json"

    @property
    def is_based(self) -> bool:
        """Whether its answer says what it rests on."""
        return any(one.name == "known" for one in self.takes) and self.media_type == "application/json"


def reference(slug: str) -> str:
    """What a slug stands for. Raises `Problem` where it is none."""
    try:
        return unslug(slug)
    except ValueError:
        raise Problem("not-found", "Nothing is called so: that is not the slug of a reference.") from None
