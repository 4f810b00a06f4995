"""The log's own facts: how it began, the keys that sign its checkpoints, and where it went."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Document
from decisionlog.domain.values import Count, DecisionRef, Label, Sealed, Text, Uri, When


class LogOpened(Data):
    """The log began: position 1 of every log. `origin` is the name that its checkpoints carry."""

    name: Text
    origin: Label
    time_zone: Label
    currency: Label


class LogKeyChanged(Data):
    """Checkpoints are signed with another key from now on."""

    key_name: Label | None = None
    algorithm: Label | None = None
    public_key: Label | None = None
    previous_key: Label | None = None
    compromised: bool | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class LogMoved(Data):
    """The log goes on elsewhere, or under another origin; `tree_size` and `root` are of the tree left behind."""

    origin: Label | None = None
    uri: Uri | None = None
    tree_size: Count | None = None
    root: Label | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "log.opened": LogOpened,
    "log.key_changed": LogKeyChanged,
    "log.moved": LogMoved,
}
