"""Where a page, a thing or a file of the register is: as it is served, or from one written file to another."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Final, Protocol
from urllib.parse import quote, urlencode

from msgspec import Struct

from decisionlog.domain.references import slug, split

WHERE: Final[Mapping[str, str]] = {
    "decision": "decisions",
    "proposal": "proposals",
    "meeting": "meetings",
    "body": "bodies",
    "organisation": "partners",
    "function": "functions",
    "disagreement": "disagreements",
}
"""The kinds of thing that have a page of their own, and the first part of its address."""
TWIN: Final = ".json"
PROOF: Final = ".bundle"
"""How the file ends that proves a decision, beside its page."""
VERIFIER: Final = "verify.py"
"""The program that checks proofs, as a file of the register."""
_ENDINGS: Final = (TWIN, PROOF, ".html", ".atom", ".ics")
"""How the address of a page never ends, since that of its twin or of a feed ends so."""

_LONGEST: Final = 200
"""Bytes of the name of a file without its ending; file systems take 255 with it."""
_KEPT: Final = 160


class Addresses(Protocol):
    """The addresses that one page links to."""

    @property
    def is_served(self) -> bool:
        """Whether a form can be sent and answered."""

    def page(self, path: str, **given: str) -> str:
        """Of a page, by its path from the root of the register, without an ending."""

    def twin(self, path: str, **given: str) -> str:
        """Of the same page for programs."""

    def file(self, name: str) -> str:
        """Of a feed, or of a file that pages are shown with."""


class Served(Struct, frozen=True):
    """Addresses below the root of a service."""

    root: str = "/"
    is_served: bool = True

    def page(self, path: str, **given: str) -> str:
        """`/decisions?body=northmoor-cabinet`."""
        return self.root + quote(path, safe="/~") + _query(given)

    def twin(self, path: str, **given: str) -> str:
        """`/decisions.json`; of the first page `/index.json`."""
        return self.root + quote(path or "index", safe="/~") + TWIN + _query(given)

    def file(self, name: str) -> str:
        """`/static/register.css`."""
        return self.root + name


class Written(Struct, frozen=True):
    """Addresses from one file to another, so that the folder can lie anywhere. What a form would ask is not there."""

    here: str
    """The path of the page that links."""
    is_served: bool = False

    def page(self, path: str, **given: str) -> str:
        """`../decisions/NLB~2f1.html`; further pages of a list are files of their own."""
        return f"{self._up}{quote(file_of(path, given.get('page', '')), safe='/~')}.html"

    def twin(self, path: str, **given: str) -> str:
        """`../decisions/NLB~2f1.json`."""
        return f"{self._up}{quote(file_of(path, given.get('page', '')), safe='/~')}{TWIN}"

    def file(self, name: str) -> str:
        """`../static/register.css`, `../decisions/NLB~2f1.bundle`."""
        stem, dot, ending = name.rpartition(".")
        return f"{self._up}{short_enough(stem)}{dot}{ending}"

    @property
    def _up(self) -> str:
        return "../" * self.here.count("/")


def file_of(path: str, number: str = "") -> str:
    """The name of the file of a page, without its ending: `decisions`, `decisions-2`; of the first page `index`."""
    name = short_enough(path) or "index"
    return f"{name}-{number}" if number not in {"", "1"} else name


def short_enough(path: str) -> str:
    """A path of which no part is too long for the name of a file: what is cut off is told apart by its digest."""
    return "/".join(
        part if len(part) <= _LONGEST else f"{part[:_KEPT]}~{sha256(part.encode()).hexdigest()[:16]}"
        for part in path.split("/")
    )


def path_of(reference: str) -> str:
    """The path of the page about a thing; empty where there is none."""
    kind, key = split(reference)
    return f"{WHERE[kind]}/{slug_of(key)}" if kind in WHERE and key else ""


def slug_of(key: str) -> str:
    """The slug of a thing in the address of its page: it never ends as a file does."""
    found = slug(key)
    for ending in _ENDINGS:
        if found.endswith(ending):
            return f"{found.removesuffix(ending)}~2e{ending[1:]}"
    return found


def _query(given: Mapping[str, str]) -> str:
    filled = {name: value for name, value in given.items() if value}
    return f"?{urlencode(filled)}" if filled else ""
