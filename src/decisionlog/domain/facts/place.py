"""Places: systems, places and neighbourhoods, and the areas that they cover. They have no national code."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Document
from decisionlog.domain.values import Bound, DecisionRef, InstrumentRef, Label, PlaceRef, Sealed, Stored, Text, When
from decisionlog.domain.vocabulary import PlaceLevel


class Area(Stored):
    """An area covered, by its code (mostly GSS) and the dates of that code: a redrawn boundary has a new one."""

    scheme: Label | None = None
    code: Label | None = None
    name: Text | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None


class PlaceDefined(Data):
    """A place was defined: its level, the place that it lies within, and the areas that it covers."""

    ref: Label | None = None
    issuer: Bound | None = None
    name: Text | None = None
    level: PlaceLevel | None = None
    level_words: Sealed | None = None
    within: PlaceRef | None = None
    areas: tuple[Area, ...] | None = None
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class PlaceRedrawn(Data):
    """The place covers other areas, lies elsewhere or goes by another name.

    A field given takes the place of the earlier one; the rest holds.
    """

    name: Text | None = None
    level: PlaceLevel | None = None
    level_words: Sealed | None = None
    within: PlaceRef | None = None
    areas: tuple[Area, ...] | None = None
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "place.defined": PlaceDefined,
    "place.redrawn": PlaceRedrawn,
}
