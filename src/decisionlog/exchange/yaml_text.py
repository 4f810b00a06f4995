"""Plain values as YAML that a person would like to read, and that `written.read_yaml` reads as the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

WIDTH: Final = 120
"""Columns that one line of several values may take."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9\u00a3](?:[^#:{}\[\]&*!|>'\"%@`\\]|:(?=\S))*")
_READ_OTHERWISE: Final = re.compile(r"true|false|null|~|0|-?[1-9][0-9]{0,17}", re.IGNORECASE | re.ASCII)
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff]")


def yaml_lines(value: Mapping[str, Any], indent: int = 0) -> Iterator[str]:
    """A mapping, a key a line or more; what is short stands on one line."""
    for key, inner in value.items():
        yield from _entry(f"{' ' * indent}{scalar(key)}:", inner, indent)


def _entry(before: str, value: Any, indent: int) -> Iterator[str]:
    """A value behind what stands before it: on the same line where it fits, else below."""
    short = on_one_line(value)
    if not isinstance(value, (Mapping, list)):
        if _is_block(value):
            yield f"{before} |-"
            yield from (f"{' ' * (indent + 2)}{line}" if line else "" for line in value.split("\n"))
        else:
            yield f"{before} {scalar(value)}"
    elif short is not None and (not value or (len(before) + len(short) < WIDTH and not _has_many(value))):
        yield f"{before} {short}"
    elif isinstance(value, Mapping):
        yield before
        yield from yaml_lines(value, indent + 2)
    else:
        yield before
        for item in value:
            yield from _item(item, indent + 2)


def _item(value: Any, indent: int) -> Iterator[str]:
    """One of a list, below its dash."""
    short, before = on_one_line(value), " " * indent + "-"
    if isinstance(value, Mapping) and value and (short is None or indent + len(short) > WIDTH or _has_many(value)):
        first, *more = yaml_lines(value, indent + 2)
        yield f"{before} {first[indent + 2 :]}"
        yield from more
    else:
        yield from _entry(before, value, indent)


def _has_many(value: Any) -> bool:
    """Whether a value reads better over several lines: it holds a list of things that have keys of their own."""
    if isinstance(value, Mapping):
        return any(map(_has_many, value.values()))
    return isinstance(value, list) and any(isinstance(item, (Mapping, list)) for item in value)


def on_one_line(value: Any) -> str | None:
    """The value in braces and brackets; none, if it holds a text of several lines."""
    if isinstance(value, Mapping):
        parts = {scalar(key, within=True): on_one_line(inner) for key, inner in value.items()}
        whole = all(part is not None for part in parts.values())
        return "{" + ", ".join(f"{key}: {part}" for key, part in parts.items()) + "}" if whole else None
    if isinstance(value, list):
        items = [on_one_line(item) for item in value]
        return "[" + ", ".join(map(str, items)) + "]" if None not in items else None
    return None if _is_block(value) else scalar(value, within=True)


def _is_block(value: Any) -> bool:
    """Whether a text is written line below line, as it is."""
    if not isinstance(value, str) or "\n" not in value:
        return False
    lines = value.split("\n")
    return bool(lines[0] and lines[-1]) and all(line.isprintable() and line == line.strip() for line in lines)


def scalar(value: Any, *, within: bool = False) -> str:
    """One value, in quotation marks where it would be read otherwise; `within` braces or brackets, commas count too."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text.isprintable() and text == text.strip() and not (within and "," in text)
    if plain and not _READ_OTHERWISE.fullmatch(text):
        return text
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
