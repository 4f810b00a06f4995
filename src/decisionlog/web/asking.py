"""Asking witnesses over HTTP (C2SP tlog-witness): all at once, each for a limited time and a limited answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple

import httpx2

from decisionlog.audit.replies import Reply

SECONDS: Final = 15
"""How long one witness may take, whatever it does with them."""
_MOST_BYTES: Final = 64 * 1024
_MOST_AT_ONCE: Final = 16
_HEADERS: Final = {
    "User-Agent": "decisionlog",
    "Content-Type": "text/plain; charset=utf-8",
    "Accept-Encoding": "identity",
}


class Unreachable(NamedTuple):
    """A witness that gave no answer, and why."""

    reason: str


class Question(NamedTuple):
    """A witness's submission prefix, and the body that it is to be sent."""

    url: str
    body: bytes


def ask(questions: Sequence[Question], seconds: float = SECONDS) -> list[Reply | Unreachable]:
    """The answer to each question, in their order. A slow witness keeps no other waiting; none raises."""
    return asyncio.run(_ask_all(questions, seconds)) if questions else []


async def _ask_all(questions: Sequence[Question], seconds: float) -> list[Reply | Unreachable]:
    places = asyncio.Semaphore(_MOST_AT_ONCE)
    async with httpx2.AsyncClient(timeout=seconds, follow_redirects=False, headers=_HEADERS) as client:

        async def in_turn(question: Question) -> Reply | Unreachable:
            async with places:
                return await _ask(client, question, seconds)

        return await asyncio.gather(*map(in_turn, questions))


async def _ask(client: httpx2.AsyncClient, question: Question, seconds: float) -> Reply | Unreachable:
    url = f"{question.url.rstrip('/')}/add-checkpoint"
    try:
        async with asyncio.timeout(seconds), client.stream("POST", url, content=question.body) as response:
            body = b""
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > _MOST_BYTES:
                    return Unreachable(f"it answered with more than {_MOST_BYTES:,} bytes")
            return Reply(response.status_code, body)
    except (TimeoutError, httpx2.TimeoutException):
        return Unreachable(f"it took longer than {seconds:g} seconds")
    except httpx2.UnsupportedProtocol:
        return Unreachable("its address must begin with https:// or http://")
    except Exception as fault:  # noqa: BLE001 - whatever becomes of one address, the other witnesses are asked
        return Unreachable(f"it cannot be reached ({_reason(fault)})")


def _reason(fault: BaseException) -> str:
    if isinstance(fault, BaseExceptionGroup):
        return _reason(fault.exceptions[0])
    return str(fault) or type(fault).__name__
