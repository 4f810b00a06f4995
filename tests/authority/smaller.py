"""A history in which two answers differ, made as small as it can be while they still do.

Hypothesis would do it more thoroughly, but takes minutes over bytes; this leaves out moves and takes bytes back to zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.authority.asking import Put
from tests.authority.histories import History

Drawn = tuple[bytes, list[tuple[str, bytes]]]
Case = tuple[Drawn, Put]


def smallest(history: History, put: Put, still: Callable[[History, Put], Any]) -> tuple[History, Put]:
    """The smallest case found in which `still` says that the answers differ."""
    case: Case = (history.drawn, put)
    found = True
    while found:
        found = False
        for smaller in _smaller(case):
            if smaller != case and still(History(*smaller[0]), smaller[1]):
                case, found = smaller, True
                break
    return History(*case[0]), case[1]


def _smaller(case: Case) -> Iterator[Case]:
    """Cases that are a little smaller, the smallest first."""
    (base, moves), put = case
    for size in (8, 4, 2, 1):
        for start in range(0, len(moves) - size + 1, size):
            yield (base, moves[:start] + moves[start + size :]), put
    plain = put.asked._replace(amounts=(), matters=(), places=())
    for asked in (plain, *(put.asked._replace(**{name: ()}) for name in ("amounts", "matters", "places"))):
        yield (base, moves), put._replace(asked=asked)
    yield (base, moves), put._replace(back=0, said_by=None)
    yield (base, moves), put._replace(back=0)
    for smaller in _zeroed(base):
        yield (smaller, moves), put
    for number, (name, source) in enumerate(moves):
        for smaller in _zeroed(source):
            yield (base, [*moves[:number], (name, smaller), *moves[number + 1 :]]), put


def _zeroed(source: bytes) -> Iterator[bytes]:
    """The same bytes with some of them zero."""
    for size in (len(source), 16, 4, 1):
        for start in range(0, len(source), size):
            part = source[start : start + size]
            if any(part):
                yield source[:start] + bytes(len(part)) + source[start + size :]
