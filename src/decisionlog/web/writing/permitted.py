"""Whether a caller may record these facts: by what each of them does to the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from decisionlog.web.callers import Scope
from decisionlog.web.problems import Problem
from decisionlog.web.writing.posting import Posted

_BY_TYPE: Final[Mapping[str, Scope]] = {
    **dict.fromkeys(
        ("record.corrected", "record.retracted", "record.contradicted", "record.renumbered", "record.merged"),
        Scope.CORRECT,
    ),
    **dict.fromkeys(("decision.published", "meeting.minutes_published", "record.access_changed"), Scope.PUBLISH),
    **dict.fromkeys(("person.erased", "record.value_erased"), Scope.ERASE),
    **dict.fromkeys(
        (
            "access.granted",
            "access.revoked",
            "record.hold_placed",
            "record.hold_lifted",
            "log.key_changed",
            "log.moved",
        ),
        Scope.ADMINISTER,
    ),
}
"""The types that need more than the permission to record."""


def scope_of(type_name: Any) -> Scope:
    """What must be permitted to record a fact of a type."""
    return _BY_TYPE.get(type_name, Scope.RECORD) if isinstance(type_name, str) else Scope.RECORD


def require_permitted(posted: Posted, facts: Iterable[Any]) -> None:
    """Refuse facts that the caller may not record. Raises `Problem`."""
    needed = {scope_of(fact.get("type")) for fact in facts if isinstance(fact, dict)}
    if lacking := sorted(scope for scope in needed if not posted.asker.may(scope)):
        raise Problem("forbidden", f"This key does not carry the permission '{lacking[0]}'. Nothing was recorded.")
