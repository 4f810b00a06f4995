"""What the sentences of the command line say, in the words of HTTP: commands by their addresses, flags by their names here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from decisionlog.domain.references import slug, split
from decisionlog.render.words import PLURALS

_ADDRESSES: Final[Mapping[str, str]] = {
    "list": "GET /v1/{kinds}",
    "search": "GET /v1/search?text=",
    "schema": "GET /v1/schema",
    "show": "GET /v1/{kinds}/{slug}",
    "history": "GET /v1/{kinds}/{slug}/history",
    "check --explain": "GET /v1/rules",
    "check": "GET /v1/{kinds}/{slug}/check",
    "log": "GET /v1/log",
    "scheme apply": "POST /v1/scheme",
    "record --template": "docs/meeting-file.md",
    "set-access": "POST /v1/acts/set-access",
    "lift-hold": "POST /v1/acts/lift-hold",
    "retract": "POST /v1/acts/retract",
}
"""What a program asks where somebody at a terminal is told to run a command. The others are for the keeper of the log."""
_KNOWN: Final = "|".join(map(re.escape, _ADDRESSES))
_SAID: Final = re.compile(
    rf"`decisionlog (?P<command>(?:{_KNOWN})\b)(?P<rest>[^`]*)`"
    rf"|\bdecisionlog (?P<bare>(?:{_KNOWN})\b)(?P<more>[^\n]*)"
    r"|(?P<keeper>`decisionlog [^`]*`)"
    r"|(?P<believed>--known: diff --known \S+ [^\s.]+)"
    r"|\bdiff (?P<first>[0-9@][^\s]*) (?P<second>[0-9@][^\s.]*)"
    r"|--(?P<name>clock|on) (?P<value>source|log|[0-9][0-9A-Za-z:+.-]*[0-9A-Za-z])"
    r"|(?<![\w-])--(?P<flag>[a-z][a-z-]*)"
)
_FLAGS: Final[Mapping[str, str]] = {
    "again": "again=true",
    "contains-personal-data": "contains_personal_data=true",
    "fact": "fact",
}
"""The flags that are more here than a name: parameters that say yes; `fact`, which stands beside the data of an act."""
_FIELDS: Final[Mapping[str, str]] = {"by-whom": "by", "for": "on_behalf_of", "last-day": "until"}
"""The flags of an act whose field has another name."""
_TWICE: Final = re.compile(r"(`[^`]+`) or \1")


def named_here(sentence: str, *, of_an_act: bool = False) -> str:
    """A sentence of the command line with what it names called as it is here: of an act, a flag is a field of its data."""
    return _TWICE.sub(r"\1", _SAID.sub(lambda found: _here(found, of_an_act=of_an_act), sentence))


def _here(found: re.Match[str], *, of_an_act: bool) -> str:
    said = found.groupdict()
    if said["keeper"]:
        return said["keeper"]
    if command := said["command"] or said["bare"]:
        return f"`{_address(command, said['rest'] or said['more'] or '')}`"
    if said["believed"]:
        return "`believed=true`"
    if said["first"]:
        return f"`first={said['first']}&second={said['second']}`"
    if said["name"]:
        return f"`{said['name']}={said['value']}`"
    flag = said["flag"]
    if flag in _FLAGS:
        return f"`{_FLAGS[flag]}`"
    name = _FIELDS.get(flag, flag) if of_an_act else flag
    return f"`{'data.' if of_an_act else ''}{name.replace('-', '_')}`"


def _address(command: str, rest: str) -> str:
    """Where that is asked; of a thing that is named with its kind, its own address."""
    address = _ADDRESSES[command]
    kind, key = split(rest.strip(" '."))
    if kind in PLURALS and key:
        return address.replace("{kinds}", PLURALS[kind]).replace("{slug}", slug(key))
    return address
