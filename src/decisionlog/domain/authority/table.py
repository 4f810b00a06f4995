"""The table of legal bases: what each allows, and with whom accountability and liability lie. It is data, with its sources.

The table of the package is `legal_bases.toml`; another may take its place. `docs/authority.md` says how it is used.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo
from difflib import get_close_matches
from typing import Any, Final, get_args

from msgspec import Struct

from decisionlog.domain.days import NotADate, span
from decisionlog.domain.vocabulary import BodyKind, InstrumentKind, OrganisationKind

ANY: Final = "any"
LIABILITIES: Final = ("giver", "receiver", "as-agreed")
"""Whether liability stays with whoever gave, goes to whoever received, or lies where an agreement says, which is not read."""


class BadTable(ValueError):
    """A table that cannot be used; its sentence says where and what was wanted."""


class Basis(Struct, frozen=True):
    """One legal basis."""

    code: str
    name: str
    uri: str
    from_: str
    """The first day on which it can be used; empty: not limited."""
    until: str
    """The first day on which it can be used no longer."""
    givers: tuple[str, ...]
    """Kinds of organisations that may give by it."""
    receivers: tuple[str, ...]
    """Kinds of organisations and of bodies, `body`, `post`, `person`: who may receive."""
    onward: str
    accountability: str
    liability: str
    """One of `LIABILITIES`."""
    liability_words: str
    source: str
    verified: bool
    """The text of the law was read for this entry."""
    excluded: tuple[str, ...] = ()
    """Legal bases of functions that cannot be given by it."""
    onward_unless_directed: Mapping[str, tuple[str, ...]] = {}
    """By whom and to whom, in the words of `receivers`, it may be passed on where whoever gave it says nothing of that."""

    def can_be_used(self, moment: int, zone: tzinfo) -> bool:
        """Whether the basis was there at a moment."""
        begun = not self.from_ or span(self.from_, zone).earliest <= moment
        return begun and (not self.until or moment < span(self.until, zone).earliest)


class Table(Struct, frozen=True):
    """All of them, with what else of the law an answer needs."""

    version: str
    bases: Mapping[str, Basis]
    answerable: Mapping[str, tuple[str, ...]]
    """To whom an organisation of each kind is answerable, in words."""
    without_legal_force: tuple[str, ...]
    """Kinds of instruments that promise and do not bind in law."""
    answerable_verified: frozenset[str] = frozenset()
    """The kinds of organisations for which that was read in a source."""


_KINDS_GIVING: Final = frozenset({ANY, *get_args(OrganisationKind)})
_KINDS_RECEIVING: Final = _KINDS_GIVING | {"body", "post", "person", *get_args(BodyKind)}
_OF_A_TABLE: Final = frozenset({"version", "without_legal_force", "basis", "answerable"})
_OF_A_BASIS: Final = {"from" if name == "from_" else name: name for name in Basis.__struct_fields__ if name != "code"}
_LISTS: Final = {"givers": _KINDS_GIVING, "receivers": _KINDS_RECEIVING}
_NO_TEXTS: Final = frozenset({*_LISTS, "excluded", "onward_unless_directed", "verified"})
_OF_ANSWERABLE: Final = ("to", "source", "verified")


def table_of(written: str, where: str) -> Table:
    """The table that a text of TOML holds. Raises `BadTable`, naming the place, what was found and what was wanted."""
    try:
        content = tomllib.loads(written)
    except tomllib.TOMLDecodeError as wrong:
        raise BadTable(f"{where} cannot be read as TOML ({wrong}).") from wrong
    _refuse_unknown(content, _OF_A_TABLE, where)
    version = content.get("version")
    if not isinstance(version, str) or not version.strip():
        raise BadTable(f'{where} has no version; write version = "NAME DATE", so that answers can name it.')
    answerable = _tables(content, "answerable", where)
    return Table(
        version=version.strip(),
        bases={
            code: _basis(code, entry, f"{where}, [basis.{code}]") for code, entry in _tables(content, "basis", where)
        },
        answerable={kind: _answerable(kind, entry, f"{where}, [answerable.{kind}]") for kind, entry in answerable},
        without_legal_force=_words(
            content.get("without_legal_force", []), frozenset(get_args(InstrumentKind)), f"{where}, without_legal_force"
        ),
        answerable_verified=frozenset(kind for kind, entry in answerable if entry.get("verified") is True),
    )


def _tables(content: Mapping[str, Any], name: str, where: str) -> list[tuple[str, dict[str, Any]]]:
    found = content.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
        raise BadTable(f"{where}: '{name}' must be a table of entries, such as [{name}.CODE].")
    return list(found.items())


def _basis(code: str, entry: Mapping[str, Any], where: str) -> Basis:
    _refuse_unknown(entry, _OF_A_BASIS, where)
    if not isinstance(entry.get("name"), str):
        raise BadTable(f'{where} has no name; write name = "..." as people cite it.')
    texts = {name: _text(entry, name, where) for name in _OF_A_BASIS if name not in _NO_TEXTS}
    for name in ("from", "until"):
        _refuse_no_day(texts[name], f"{where}, {name}")
    if texts["liability"] not in LIABILITIES:
        raise BadTable(f"{where}: liability is '{texts['liability']}'; write one of {', '.join(LIABILITIES)}.")
    lists = {name: _words(entry.get(name, []), known, f"{where}, {name}") for name, known in _LISTS.items()}
    lists["excluded"] = _words(entry.get("excluded", []), None, f"{where}, excluded")
    onward = _pairs(entry.get("onward_unless_directed", {}), f"{where}, onward_unless_directed")
    named = {_OF_A_BASIS[name]: value for name, value in texts.items()}
    verified = _flag(entry, where)
    return Basis(code=code, verified=verified, onward_unless_directed=onward, **named, **lists)  # type: ignore[arg-type] # the names are its fields


def _answerable(kind: str, entry: Mapping[str, Any], where: str) -> tuple[str, ...]:
    if kind not in get_args(OrganisationKind):
        raise BadTable(f"{where}: '{kind}' is no kind of organisation.{_hint(kind, get_args(OrganisationKind))}")
    _refuse_unknown(entry, _OF_ANSWERABLE, where)
    _flag(entry, where)
    _text(entry, "source", where)
    to = entry.get("to", [])
    if not isinstance(to, list) or not all(isinstance(one, str) for one in to):
        raise BadTable(f"{where}: 'to' must be a list of texts.")
    return tuple(to)


def _text(entry: Mapping[str, Any], name: str, where: str) -> str:
    value = entry.get(name, "")
    value = value.isoformat() if hasattr(value, "isoformat") else value
    if not isinstance(value, str):
        raise BadTable(f"{where}: '{name}' must be text in quotation marks, not {value!r}.")
    return value


def _flag(entry: Mapping[str, Any], where: str) -> bool:
    value = entry.get("verified", False)
    if not isinstance(value, bool):
        raise BadTable(f"{where}: 'verified' must be true or false, not {value!r}.")
    return value


def _words(value: Any, known: frozenset[str] | None, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadTable(f'{where} must be a list of words, such as ["icb"].')
    for one in value:
        if known is not None and one not in known:
            raise BadTable(f"{where}: '{one}' is not known.{_hint(one, known)}")
    return tuple(value)


def _pairs(value: Any, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise BadTable(f'{where} must say by whom and to whom, such as {{ committee = ["post"] }}.')
    _words(list(value), _KINDS_RECEIVING, where)
    return {by: _words(to, _KINDS_RECEIVING, f"{where}, {by}") for by, to in value.items()}


def _refuse_no_day(text: str, where: str) -> None:
    try:
        if text:
            span(text, UTC)
    except NotADate as wrong:
        raise BadTable(f"{where}: {wrong}") from wrong


def _refuse_unknown(entry: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    for name in entry:
        if name not in known:
            raise BadTable(f"{where}: unknown key '{name}'.{_hint(name, known)}")


def _hint(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f" Did you mean '{near[0]}'?" if near else f" Known: {', '.join(sorted(known))}."
