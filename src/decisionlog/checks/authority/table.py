"""Which function judges by which rule of authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.checks.authority import in_force
from decisionlog.checks.rule import Judge

JUDGES: Final[Mapping[str, Judge]] = {
    "GL04": in_force.expired_delegation,
    "GL05": in_force.not_yet_in_force,
}
