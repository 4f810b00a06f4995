"""JSON as it comes from outside: one object a line, read strictly, each fault with a sentence of its own."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NoReturn

import orjson

LINE_LIMIT = 1024 * 1024
"""Bytes of one line of input."""
DEPTH_LIMIT = 32


class BadLine(ValueError):
    """A line that is not one JSON object; its sentence says why."""


def parse(line: bytes) -> dict[str, Any]:
    """The object on one line. Raises `BadLine`.

    Refused: what is not UTF-8, a key given twice, NaN and Infinity, fractions, numbers of thousands of digits,
    nesting deeper than 32, and anything but an object.
    """
    if len(line) > LINE_LIMIT:
        msg = f"is {len(line):,} bytes; the limit is {LINE_LIMIT:,}."
        raise BadLine(msg)
    value = _read_quickly(line)
    if value is None:
        value = _read_strictly(line)
    if not isinstance(value, dict):
        msg = f"is {_named(value)}; one object, {{...}}, is wanted on each line."
        raise BadLine(msg)
    if line.count(b"{") + line.count(b"[") > DEPTH_LIMIT and _depth(value) > DEPTH_LIMIT:
        msg = f"is nested too deeply; {DEPTH_LIMIT} levels are the limit."
        raise BadLine(msg)
    return value


def _read_quickly(line: bytes) -> Any:
    """The value of a line that comes out again exactly as it was: then no key was given twice and nothing was rounded."""
    try:
        value = orjson.loads(line)
        return value if orjson.dumps(value) == line else None
    except orjson.JSONDecodeError:
        return None


def _read_strictly(line: bytes) -> Any:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as wrong:
        guess = " It looks like UTF-16; save it as UTF-8." if line[:2] in {b"\xff\xfe", b"\xfe\xff"} else ""
        msg = f"is not UTF-8 (byte {wrong.start + 1} is 0x{line[wrong.start]:02x}).{guess}"
        raise BadLine(msg) from wrong
    try:
        return _decoder.decode(text)
    except RecursionError as wrong:
        msg = f"is nested too deeply; {DEPTH_LIMIT} levels are the limit."
        raise BadLine(msg) from wrong
    except json.JSONDecodeError as wrong:
        msg = f"is not JSON: {wrong.msg.removesuffix(' at')} at column {wrong.colno}."
        raise BadLine(msg) from wrong


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        msg = f"has `{twice[:60]}` given twice."
        raise BadLine(msg)
    return found


def _no_fractions(text: str) -> NoReturn:
    msg = f"has the number {text[:30]}; only whole numbers are recorded (money is in pence)."
    raise BadLine(msg)


def _no_constants(text: str) -> NoReturn:
    msg = f"has {text}, which is not a JSON value."
    raise BadLine(msg)


def _integer(text: str) -> int:
    if len(text) > 20:
        msg = f"has a number of {len(text):,} digits; write a number this large as text."
        raise BadLine(msg)
    return int(text)


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level:
        deepest += 1
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return deepest - 1


def _named(value: Any) -> str:
    return {list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_no_fractions, parse_constant=_no_constants, parse_int=_integer
)
