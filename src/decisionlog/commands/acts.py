"""One act that somebody asks to have recorded, and what is decided about it. Every command for one fact speaks so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from msgspec import Struct, field

from decisionlog.commands.record_facts import Plain
from decisionlog.domain.days import is_to_come, moment
from decisionlog.store.log import Log


class Act(Struct, frozen=True):
    """The request: one fact of a type, about one thing, with its fields as people write them."""

    type: str
    data: Mapping[str, Any] = field(default_factory=dict)
    ref: str = ""
    """What it is about, as it was written; empty for what opens a thing of its own."""
    on: str | None = None
    fact: int = 0
    """The position of the fact that is meant, where it is not the one that opened the thing."""
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """When it is recorded."""
    again: bool = False
    """Record what is so already a second time."""

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked, by which the same request is known again."""
        return {"type": self.type, "data": dict(self.data), "ref": self.ref, "on": self.on or "", "fact": self.fact}


class Decided(Struct, frozen=True):
    """What came of a request: the one fact to record, and what whoever records it should know."""

    plain: dict[str, Any]
    ref: str = ""
    """What the thing is called that it is about."""
    expected: Mapping[str, int] = field(default_factory=dict)
    """The version that each stream had when it was decided: refused, if somebody was first."""
    size: int | None = None
    """The size that the log had, where a number was allotted: refused, if somebody else may have taken it."""
    notes: tuple[str, ...] = ()
    keep_equal_refs: bool = False
    """It opens a second thing with the reference of another, beside that one."""
    already: str = ""
    """Why there is nothing to record, in a sentence; empty where there is."""

    @property
    def facts(self) -> list[Plain]:
        """What to record."""
        return [Plain(self.plain)]


Decide = Callable[[Log, Act], Decided]


def day_to_come(on: str | None, zone: tzinfo, now: datetime) -> str:
    """That an act lies in the future, where it does; that is recorded as it is written."""
    return f"{on} is in the future; recorded as written." if on and is_to_come(on, zone, moment(now)) else ""


def plain(act: Act, **more: Any) -> dict[str, Any]:
    """The plain fact of an act, with what was found out; what is empty is left out."""
    fields = {"type": act.type, **more, "on": act.on, "data": more.get("data", dict(act.data))}
    return {name: value for name, value in fields.items() if value}
