"""References for what a file gives none, each allotted once over however many files."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from decisionlog.domain.numbering import LETTERS, following
from decisionlog.domain.references import fold, split


class Numbers:
    """Allots references for one act of recording, over however many files, each once."""

    def __init__(self, refs: Callable[[str, str], Iterable[str]]) -> None:
        self._refs = refs
        self._known: dict[tuple[str, str], list[str]] = {}
        self._taken: dict[str, set[str]] = {}
        self._means: dict[str, str] = {}
        self._opened: set[str] = set()

    def next(self, kind: str, numbered_by: str, on: str) -> str:
        """The next reference of a kind."""
        if (kind, numbered_by) not in self._known:
            self._known[kind, numbered_by] = list(self._refs(kind, numbered_by))
        refs = [*self._known[kind, numbered_by], *sorted(self._taken.setdefault(kind, set()))]
        ref = following(refs, kind, numbered_by, on)
        self._taken[kind].add(ref)
        return ref

    def reserve(self, refs: Iterable[str]) -> None:
        """Keep the references that files give themselves from being allotted."""
        for ref in refs:
            for kind in LETTERS:
                self._taken.setdefault(kind, set()).add(ref)

    def opens(self, stream: str) -> None:
        """Note what a file opens, so that another file, or another part of this one, may name it."""
        kind, ref = split(stream)
        self._taken.setdefault(kind, set()).add(ref)
        self._opened.add(_name(stream))

    def opened(self, kind: str, ref: str) -> bool:
        """Whether one of the files opens it."""
        return _name(ref if split(ref)[0] == kind else f"{kind}:{ref}") in self._opened

    def means(self, kind: str, ref: object, stream: str) -> None:
        """Note that the file calls what is recorded in a stream by another name by now."""
        if isinstance(ref, str):
            self._means[_name(f"{kind}:{ref}")] = stream

    def stream(self, reference: str) -> str | None:
        """The stream that a reference of the file is known to mean."""
        return self._means.get(_name(reference))


def _name(stream: str) -> str:
    kind, key = split(stream)
    return f"{kind}:{fold(key)}"
