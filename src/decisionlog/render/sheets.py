"""Answers as comma-separated values: those that are a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.checking import Checked
from decisionlog.domain.answers.completeness import Completeness
from decisionlog.domain.answers.functions_map import FunctionsMap
from decisionlog.render.checking_csv import checked
from decisionlog.render.completeness_json import sheet as completeness
from decisionlog.render.mapping.sheet import functions_map


def document(answer: Any) -> Iterator[str]:
    """The lines, each with its end."""
    return _RENDERERS[type(answer)](answer)


_RENDERERS: Final[Mapping[type, Callable[[Any], Iterator[str]]]] = {
    FunctionsMap: functions_map,
    Checked: checked,
    Completeness: completeness,
}
