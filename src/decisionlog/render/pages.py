"""Answers as pages of HTML: those that have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.functions_map import FunctionsMap
from decisionlog.render.mapping.html import functions_map


def document(answer: Any) -> Iterator[str]:
    """The lines of the page."""
    return (f"{line}\n" for line in _RENDERERS[type(answer)](answer))


_RENDERERS: Final[Mapping[type, Callable[[Any], Iterator[str]]]] = {FunctionsMap: functions_map}
