"""The body of a request: whole, in time, not too large, not compressed, of a type that is read here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request

from decisionlog.commands.json_lines import BadLine, parse
from decisionlog.web.problems import Problem

JSON: Final = "application/json"
LINES: Final = ("application/jsonl", "application/x-ndjson")
YAML: Final = ("application/yaml", "application/x-yaml", "text/yaml")
MEBIBYTE: Final = 1024 * 1024
MOST: Final = MEBIBYTE
"""Bytes of JSON or YAML."""
MOST_LINES_BYTES: Final = 25 * MEBIBYTE
"""Bytes of facts, one a line."""
SECONDS: Final = 15.0
"""How long a body may take to arrive."""


def media_type(request: Request, takes: tuple[str, ...]) -> str:
    """The type of the body. Raises `Problem` for one that is not taken, or compressed."""
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Problem("media-type", "The body is compressed; send it as it is.", headers=_closing())
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found not in takes:
        said = f"'{found[:60]}'" if found else "no Content-Type"
        detail = f"The body has {said}; {' or '.join(takes)} is taken."
        raise Problem("media-type", detail, headers={**_closing(), "Accept-Post": ", ".join(takes)})
    return found


async def content_of(request: Request, most: int, seconds: float) -> bytes:
    """The whole body. Raises `Problem` where it is too large, before it is read where that is said, or too slow."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > most:
        raise _too_large(most)
    try:
        return await asyncio.wait_for(_read(request, most), seconds)
    except TimeoutError:
        detail = f"The body did not arrive within {seconds:g} seconds. Nothing was recorded."
        raise Problem("too-slow", detail, headers=_closing()) from None


async def _read(request: Request, most: int) -> bytes:
    found = bytearray()
    try:
        async for piece in request.stream():
            found += piece
            if len(found) > most:
                raise _too_large(most)
    except ClientDisconnect:
        raise Problem("bad-request", "The request ended before its body did. Nothing was recorded.") from None
    return bytes(found)


def _too_large(most: int) -> Problem:
    detail = f"The body is larger than {most:,} bytes, the most that is taken here. Nothing was recorded."
    return Problem("too-large", detail, headers=_closing())


def _closing() -> Mapping[str, str]:
    """What is left of the body is not read, so nothing more can come on this connection."""
    return {"Connection": "close"}


def json_object(content: bytes) -> dict[str, Any]:
    """The one JSON object of a body, read strictly. Raises `Problem`."""
    try:
        return parse(content)
    except BadLine as wrong:
        sentence = str(wrong).replace("; one object, {...}, is wanted on each line.", "; one object, {...}, is wanted.")
        raise Problem("bad-input", f"The body {sentence} Nothing was recorded.") from wrong


def require_known(found: Mapping[str, Any], known: Mapping[str, type | tuple[type, ...]], needed: str = "") -> None:
    """Refuse members that there are not, that lack, or that are of another type. Raises `Problem` with all of them."""
    from decisionlog.commands.requests import suggestion  # noqa: PLC0415 - only where something is wrong
    from decisionlog.domain.refusals import Mistake  # noqa: PLC0415

    mistakes = []
    for name in found:
        if name not in known:
            near = suggestion(name, known)
            shown = name[:60].encode("unicode_escape").decode()
            hint = f"Did you mean `{near}`?" if near else f"It takes: {', '.join(known)}."
            mistakes.append(Mistake(shown, f"Unknown field `{shown}`. {hint}"))
        elif not isinstance(found[name], known[name]) or isinstance(found[name], bool) != (known[name] is bool):
            mistakes.append(Mistake(name, f"`{name}` must be {_NAMES[known[name]]}."))
    if needed and needed not in found:
        mistakes.append(Mistake(needed, f"`{needed}` is missing."))
    if mistakes:
        raise Problem(
            "bad-input", f"{' '.join(one.sentence for one in mistakes)} Nothing was recorded.", mistakes=mistakes
        )


_NAMES: Final[Mapping[Any, str]] = {str: "text", int: "a whole number", dict: "an object", list: "a list"}
