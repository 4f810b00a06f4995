"""How data of an older version of a type becomes data of its newest: on reading; stored bytes never change.

Each entry takes the data of one version to the next: `("decision.taken", 1): add_the_route`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Upcast = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTS: Mapping[tuple[str, int], Upcast] = {}


def newest(type_name: str, upcasts: Mapping[tuple[str, int], Upcast] | None = None) -> int:
    """The newest version of a type: one more than the number of its upcasts."""
    known = UPCASTS if upcasts is None else upcasts
    return 1 + sum(1 for name, _ in known if name == type_name) if known else 1


def upcast(
    type_name: str, v: int, data: dict[str, Any], upcasts: Mapping[tuple[str, int], Upcast] | None = None
) -> dict[str, Any]:
    """The data of version `v` as data of the newest version."""
    known = UPCASTS if upcasts is None else upcasts
    while step := known.get((type_name, v)):
        data, v = step(data), v + 1
    return data
