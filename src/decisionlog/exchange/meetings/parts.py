"""The short forms of the parts of facts: a word or a list of words where the fact wants fields."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from hashlib import file_digest
from typing import Any, Final

from decisionlog.commands.conditions import numbered
from decisionlog.domain.facts.parts import Document
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.references import split
from decisionlog.domain.vocabulary import LEGAL_BASES
from decisionlog.exchange.fitting import spelled
from decisionlog.exchange.meetings.business_keys import AUTHORITY
from decisionlog.exchange.meetings.scribe import Data, Scribe, unknown_key
from decisionlog.exchange.written import Path

NONE: Final = "none"
_OPAQUE: Final = re.compile(r"p-?[0-9]+")
"""Keys as people are given them: `p-012`."""
_ADDRESSES: Final = ("https:", "http:", "mailto:", "urn:")


def listed(value: Any) -> list[Any]:
    """One thing or several, as a list; `none` is the empty one."""
    if value == NONE:
        return []
    return value if isinstance(value, list) else [value]


def within(value: Any, short: str, **also: Any) -> Any:
    """A part: fields as they are, or what one value alone stands for."""
    return value if isinstance(value, (dict, list)) else {short: value, **also}


def parts(value: Any, short: str) -> list[Any]:
    """Several parts, each with what its short form stands for."""
    return [within(each, short) for each in listed(value)]


def conditions(value: Any) -> list[Any]:
    """Conditions: each with an id, `C1` and onwards where none is given."""
    made: list[Any] = numbered({"conditions": parts(value, "words")})["conditions"]
    return made


def access(value: Any) -> Any:
    """Open or exempt: a word, or fields."""
    return within(spelled(value), "level")


def authority(scribe: Scribe, value: Any, path: Path, on_behalf_of: Any) -> list[Data]:
    """What was relied on: a delegation, a power or an instrument by its name alone, or fields; for each organisation bound."""
    made = []
    for each, at in scribe.many(value, path):
        if isinstance(each, str):
            data: Data = {_kind_of_authority(scribe, each): each}
        elif entry := scribe.entry(each, at, AUTHORITY):
            data = entry.copied()[0]
        else:
            continue
        made.append(data)
    if len(made) == 1 and on_behalf_of is not None:
        made[0].setdefault("on_behalf_of", on_behalf_of)
    return made


def _kind_of_authority(scribe: Scribe, name: str) -> str:
    if name in LEGAL_BASES:
        return "legal_basis"
    found = scribe.recorded.called(name, ("delegation", "instrument"))
    return "instrument" if len(found) == 1 and found[0].startswith("instrument:") else "delegation"


def document(scribe: Scribe, value: Any, path: Path) -> Any:
    """A paper: a file beside the meeting's, which is digested, an address, or fields."""
    if not isinstance(value, dict):
        return _addressed(scribe, value, path)
    made = {name: inner for name, inner in value.items() if name != "file"}
    for name in made:
        if name not in fields_of(Document):
            scribe.wrong((*path, name), unknown_key(name, ["file", *fields_of(Document)]))
    if "file" in value:
        made = {**_addressed(scribe, value["file"], (*path, "file")), **made}
    return made


def documents(scribe: Scribe, value: Any, path: Path) -> list[Any]:
    """Several papers."""
    return [] if value == NONE else [document(scribe, each, at) for each, at in scribe.many(value, path)]


def _addressed(scribe: Scribe, value: Any, path: Path) -> Data:
    if not isinstance(value, str):
        scribe.wrong(path, "the name of a file beside this one, or an address, is wanted.")
        return {}
    if value.startswith(_ADDRESSES):
        return {"uri": value}
    name = value.replace("\\", "/").rpartition("/")[2]
    digest = _digest(scribe, value, path)
    return {"uri": name, "sha256": digest} if digest else {"uri": name}


def _digest(scribe: Scribe, name: str, path: Path) -> str | None:
    """The SHA-256 of an ordinary file; a mistake for what is none, is empty, or changes while it is read."""
    shown = name[:100]
    if "\0" in name:
        scribe.wrong(path, "the name of a file contains a NUL character.")
        return None
    if scribe.folder is None:
        scribe.wrong(path, f"'{shown}' was not sent with it; write {{title: ..., sha256: ...}}, or its address.")
        return None
    try:
        handle = os.open(
            scribe.folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        )
    except OSError as fault:
        scribe.wrong(path, _unreadable(scribe, shown, fault))
        return None
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        os.close(handle)
        scribe.wrong(path, f"'{shown}' is not an ordinary file; name the paper itself.")
        return None
    with os.fdopen(handle, "rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
        after = os.fstat(file.fileno())
    if not after.st_size:
        scribe.wrong(path, f"'{shown}' is empty; put the paper itself there.")
    elif (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        scribe.wrong(path, f"'{shown}' changed while it was being read; record again when it is finished.")
    else:
        return digest
    return None


def _unreadable(scribe: Scribe, shown: str, fault: OSError) -> str:
    if scribe.folder and (scribe.folder / shown).is_symlink():
        return f"'{shown}' is a link, not an ordinary file; name the paper itself."
    if isinstance(fault, FileNotFoundError):
        return (
            f"there is no file '{shown}' beside {scribe.written.name}; put the paper there, "
            "or write {title: ...} for a paper that is not to hand."
        )
    return f"'{shown}' cannot be read ({os.strerror(fault.errno or 0)}); name an ordinary file."


def votes(scribe: Scribe, value: Any, path: Path, level: Mapping[str, Any]) -> tuple[Data, Any]:
    """How a vote went, and by which method: counts where numbers are given, names where names are."""
    entry = scribe.entry(value, path, level, short="result")
    if entry is None:
        return {}, None
    data, _ = entry.copied()
    named: list[Any] = _named(scribe, entry.get("named", []), entry.at("named"))
    counts: Data = {}
    for cast in ("in_favour", "against", "abstained", "recused", "absent", "did_not_vote"):
        given = entry.get(cast)
        if isinstance(given, int):
            counts[cast] = given
        elif given is not None:
            named += [{**voter(scribe, each), "vote": spelled(cast)} for each in listed(given)]
    if counts:
        data["counts"] = counts
    if named:
        data["named"] = named
    return data, entry.get("method")


def _named(scribe: Scribe, value: Any, path: Path) -> list[Any]:
    if isinstance(value, dict):
        return [{**voter(scribe, who), **within(vote, "vote")} for who, vote in value.items()]
    renamed = {"for": "on_behalf_of", "person": "by"}
    return [
        {renamed.get(key, key): inner for key, inner in each.items()} if isinstance(each, dict) else voter(scribe, each)
        for each, _ in scribe.many(value, path)
    ]


def voter(scribe: Scribe, who: Any) -> Data:
    """Whose vote it is: a person's, also of one who is not recorded but has the key of one, or an organisation's."""
    if isinstance(who, dict):
        return who
    found = scribe.meant(str(who), ("person", "organisation", "body"))
    person = any(split(stream)[0] == "person" for stream in found) or (not found and _OPAQUE.fullmatch(str(who)))
    return {"by": who} if person else {"on_behalf_of": [who]}
