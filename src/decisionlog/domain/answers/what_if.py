"""What findings appear and vanish with some facts: supposed ones, or those of a file that is recorded."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.supposing import Supposed


class FindingsChanged(Struct, frozen=True):
    """Findings before and after some facts, where they differ; each list the gravest first."""

    appear: tuple[FindingTold, ...]
    vanish: tuple[FindingTold, ...]
    stand_otherwise: tuple[FindingTold, ...]
    """Found before and after, and explained, accepted or waived meanwhile; or no longer so."""
    names: dict[str, str]

    def failing(self, severity: str) -> tuple[FindingTold, ...]:
        """The open findings that appear and are at least so grave."""
        return tuple(one for one in self.appear if one.is_open and one.at_or_above(severity))


class CheckedWhatIf(Struct, frozen=True):
    """What `check --what-if` answers. Its basis is that of the log itself."""

    basis: Basis
    supposed: Supposed
    changed: FindingsChanged
