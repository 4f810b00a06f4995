"""Answers as text for people: short, wrapped to the terminal, every typed word made safe to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Final

from decisionlog.render.page import Page


def text(answer: Any, page: Page) -> Iterator[str]:
    """The lines of an answer."""
    module, _, written = _RENDERERS[type(answer).__name__].partition(":")
    lines: Iterator[str] = getattr(import_module(f"decisionlog.render.{module}"), written)(answer, page)
    return lines


_RENDERERS: Final[Mapping[str, str]] = {
    "Listing": "lists:listing",
    "Shown": "things:shown",
    "History": "things:history",
    "WhoDecided": "deciding:who_decided",
    "Status": "standing:status",
    "Doctor": "standing:doctor",
    "BackedUp": "keeping:backed_up",
    "Moved": "keeping:moved",
    "RolesGiven": "keeping:roles_given",
    "Restored": "keeping:restored",
    "SchemeDifference": "scheme:scheme_difference",
    "Agenda": "agenda:agenda",
    "Found": "searching:found",
    "BatchShown": "batches:batch",
    "FactOnAPage": "facts:fact",
    "Accountable": "accountable:accountable",
    "WhoCould": "accountable:could",
    "WhoHolds": "holding:who_holds",
    "Replayed": "replaying:replayed",
    "Supposition": "supposing:supposition",
    "Checked": "checking:checked",
    "CheckedWhatIf": "what_if:checked_what_if",
    "Explained": "checking:explained",
    "Completeness": "completeness:completeness",
    "FunctionsMap": "mapping.written:functions_map",
    "Difference": "difference:difference",
    "Forecast": "forecast:forecast",
    "CheckpointShown": "proving:checkpoint",
    "ProofShown": "proving:proof",
    "KeyShown": "proving:key",
    "KeyChanged": "proving:key_changed",
    "AccessKeys": "keys:keys",
    "Verified": "proving:verified",
    "WitnessShown": "witnessing:witness_shown",
    "CheckpointCosigned": "witnessing:checkpoint_cosigned",
    "CosignaturesAdded": "witnessing:cosignatures_added",
    "WitnessesAsked": "witnessing:witnesses_asked",
}
"""Every answer, and what writes it for people: `module:function`, imported only when there is such an answer."""
