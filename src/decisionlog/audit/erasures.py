"""Sealed values that are gone: erased under a fact that says so, or simply missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from decisionlog.store.raw import AnyRawLog

_Place = tuple[str, int]
"""A fact by its stream and its version in it."""
_PRIVATE = "$private"
ERASING = frozenset({"record.value_erased", "person.erased"})
"""Types of facts that say that something was erased."""


class Erasures:
    """What the facts say was erased, held against what is missing. Both are noticed while the facts go by."""

    def __init__(self, raw: AnyRawLog) -> None:
        self.without_words = False
        self.later: dict[tuple[int, bytes], int] = {}
        """In a copy of a log as it once was: what the vault says was erased under a fact that came later."""
        self._raw = raw
        self._missing: dict[_Place, tuple[int, frozenset[bytes]]] = {}
        self._said: dict[_Place, list[tuple[int, frozenset[str] | None]]] = {}

    def notice(self, position: int, type_: str, fact: dict[str, Any]) -> None:
        """Keep what a fact of `ERASING` says of values that were erased."""
        data = fact["data"] if isinstance(fact["data"], dict) else {}
        if type_ == "record.value_erased" and (place := _place(fact.get("of"))):
            paths = data.get("paths")
            said = frozenset(map(str, paths)) if isinstance(paths, list) else None
            self._said.setdefault(place, []).append((position, said))
        elif type_ == "person.erased":
            facts = data.get("facts")
            for cited in facts if isinstance(facts, list) else ():
                if place := _place(cited):
                    self._said.setdefault(place, []).append((position, None))

    def miss(self, position: int, place: _Place, digests: frozenset[bytes]) -> None:
        """Keep that commitments of a fact are opened by nothing."""
        self._missing[place] = (position, digests)

    def counted(self) -> dict[int, int]:
        """How many values each erasing fact accounts for."""
        return dict(sorted(Counter(under for _, under in self._judged() if under).items()))

    def came_later(self) -> int:
        """How many values are missing that were erased under facts that came later."""
        missing = ((position, digest) for position, digests in self._missing.values() for digest in digests)
        return sum(one in self.later for one in missing)

    def unexplained(self) -> Iterator[tuple[int, str]]:
        """Facts with values that are missing though no fact says that they were erased."""
        if self.without_words:
            return
        missing = Counter(position for position, under in self._judged() if not under)
        for position, number in sorted(missing.items()):
            what = "A sealed value of it is" if number == 1 else f"{number:,} sealed values of it are"
            yield position, f"{what} missing, and no fact says that it was erased."

    def _judged(self) -> Iterator[tuple[int, int]]:
        """Each missing value: the position of its fact, and that of the fact that says that it was erased, or 0."""
        for place, (position, digests) in self._missing.items():
            said = self._said.get(place, [])
            for digest in digests:
                if (position, digest) in self.later:
                    continue
                paths = self._paths(position, digest.decode()) if said else set()
                under = [at for at, erased in said if erased is None or any(_is_at(path, erased) for path in paths)]
                yield position, under[0] if under else 0

    def _paths(self, position: int, digest: str) -> set[str]:
        """Where a commitment stands in a fact: JSON Pointers into its data, or beginning with /source."""
        row = self._raw.row(position)
        fact = orjson.loads(row.state or b"{}") if row else {}
        in_source = _pointers(fact.get("source"), digest, "/source")
        return {*_pointers(fact.get("data"), digest, ""), *in_source}


def _pointers(value: Any, digest: str, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get(_PRIVATE) == digest:
            yield path
            return
        for name, inner in value.items():
            yield from _pointers(inner, digest, f"{path}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _pointers(inner, digest, f"{path}/{number}")


def _is_at(pointer: str, erased: Iterable[str]) -> bool:
    """Whether a pointer is one of those that were erased, or within one."""
    return any(pointer == path or pointer.startswith(f"{path}/") for path in erased)


def _place(cited: Any) -> _Place | None:
    if isinstance(cited, dict) and isinstance(cited.get("stream"), str) and isinstance(cited.get("n"), int):
        return cited["stream"], cited["n"]
    return None
