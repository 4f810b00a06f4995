"""Whether a caller may record these facts at all: told before anything else is. Where they may is asked when it is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from decisionlog.domain.permissions import needed_for
from decisionlog.web.callers import Scope
from decisionlog.web.problems import Problem
from decisionlog.web.writing.posting import Posted


def scope_of(fact: dict[str, Any]) -> Scope:
    """What must be permitted to record a fact, by its type and by the kind of what it is about."""
    type_name, stream = (str(fact.get(name, "")) for name in ("type", "stream"))
    return Scope(needed_for(type_name, stream.partition(":")[0]))


def require_permitted(posted: Posted, facts: Iterable[Any]) -> None:
    """Refuse facts that the caller may not record. Raises `Problem`."""
    needed = {scope_of(fact) for fact in facts if isinstance(fact, dict)}
    if lacking := sorted(scope for scope in needed if not posted.asker.may(scope)):
        raise Problem("forbidden", f"This key does not carry the permission '{lacking[0]}'. Nothing was recorded.")
