"""One row of the table of commands for one fact."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

_NONE: Final[Mapping[str, str]] = MappingProxyType({})

Further = Literal["", "condition", "changes", "proposals", "rule"]
"""What stands on the command line beside the reference: a condition's id, FIELD=NOW, the proposals decided on, a rule."""


class Verb(NamedTuple):
    """One row of the table."""

    summary: str
    types: Mapping[str, str]
    """The type of fact that it records, for each kind of thing it may be about; `` for what opens a thing of its own."""
    flags: str
    prose: str = ""
    """The flag whose words --edit takes from an editor."""
    examples: tuple[str, ...] = ()
    next: str = "show {ref}"
    """The command that is likely to follow."""
    ways: Mapping[str, str] = _NONE
    """Flags that make it record another type: what is said by the flag itself, or by one of `flags` that is given."""
    chosen_by: str = ""
    """The flag whose word is one of `ways`, where one must be chosen."""
    further: Further = ""
    description: str = ""
