"""Which function judges by which rule of meetings and partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.checks.rule import Judge

JUDGES: Final[Mapping[str, Judge]] = {}
