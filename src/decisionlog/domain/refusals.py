"""Why something was not done. Each class writes its own sentence; status numbers live in `cli` (exit codes) alone.

DecisionlogError
├── Refusal      the rules say no                                   exit 1
├── BadInput     the command line or the input file is wrong        exit 2
├── NotSound     the log is not sound                               exit 3
├── Forbidden    permission is needed                               exit 4
├── Conflict     somebody was first                                 exit 5
├── Unusable     the store cannot be used now                       exit 6
└── NotFound     nothing of that name                               exit 7
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class DecisionlogError(Exception):
    """The family of everything that stops a request, with one clear sentence and the way out."""


class Refusal(DecisionlogError):
    """The rules of recording say no; nothing was recorded."""


class KeyReused(Refusal):
    """The caller's name for a request was used for another one: on which day, and which facts were recorded for it."""

    def __init__(self, key: str, on: str, first: int, last: int) -> None:
        self.on, self.first, self.last = on, first, last
        super().__init__(
            f"The key '{key}' was used for a different request on {on} (facts {first} to {last}). Nothing was recorded."
        )


class Taken(Refusal):
    """What it would open is called like something that is recorded already."""


class BadInput(DecisionlogError):
    """The command line or the input file is wrong; nothing was recorded."""


class NotSound(DecisionlogError):
    """What the log holds is not what it must be."""


class Forbidden(DecisionlogError):
    """Permission is needed."""


class Conflict(DecisionlogError):
    """Somebody else was first; nothing was recorded."""


class Unusable(DecisionlogError):
    """The store cannot be used now: full, read-only, locked, unreachable, unsuitable."""


class NotFound(DecisionlogError):
    """Nothing of that name is known."""


class NothingCalled(NotFound):
    """Nothing is called so: a sentence that says it, what may have been meant, and otherwise how to look for it."""

    def __init__(self, sentence: str, near: Sequence[str] = (), otherwise: str = "") -> None:
        self.sentence = sentence
        self.near = tuple(near)
        otherwise = otherwise or "`decisionlog list KIND` shows what there is."
        way_out = f"Did you mean {' or '.join(near)}?" if near else otherwise
        super().__init__(f"{sentence} {way_out}")


class Mistake(Struct, frozen=True):
    """One mistake in an input: where it stands, and a sentence of what was found, what was wanted and the way out."""

    place: str
    sentence: str
    names: str = ""
    """Of a reference to what is not there, or could be several things: that reference, as it was written."""
    missing: bool = False
    """Whether nothing of that name is there."""
    near: tuple[str, ...] = ()
    """What may have been meant by it instead."""
    taken: bool = False
    """Whether it opens a thing whose reference is that of one which is recorded already."""

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class Mistakes(BadInput):
    """All the mistakes found in one input, in its order."""

    def __init__(self, mistakes: Sequence[Mistake], *, shown: int = 20) -> None:
        self.mistakes = tuple(mistakes)
        lines = [str(mistake) for mistake in self.mistakes[:shown]]
        if len(self.mistakes) > shown:
            lines.append(f"... and {len(self.mistakes) - shown} more.")
        super().__init__("\n".join(lines))
