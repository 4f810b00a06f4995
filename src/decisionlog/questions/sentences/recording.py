"""Sentences of the record itself: corrections, access, findings, the log, rows of a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.questions.sentences.deciding import Template

RECORDING: Final[Mapping[str, Template]] = {
    "record.renumbered": "Its reference is {ref} from now on.",
    "record.merged": "It is the same as {into}, which stands.",
    "record.access_changed": "What may be shown of it changed[: it is {access.level}][, under paragraph {access.paragraphs}]"
    "[, to be looked at again by {access.review_on}].",
    "record.hold_placed": "Nothing sealed here may be erased for now[, under {instrument}][, to be looked at again by {review_by}].",
    "record.hold_lifted": "A hold on erasing was lifted.",
    "finding.explained": "A finding of the rule {rule} was explained[ by {by|on_behalf_of}][: {reason}].",
    "finding.accepted": "A finding of the rule {rule} was accepted[ by {by|on_behalf_of}][, until {until}]"
    "[, to be looked at again by {review_by}][: {reason}].",
    "finding.waived": "The rule {rule} was waived for this[ by {by|on_behalf_of}][, until {until}]"
    "[, to be looked at again by {review_by}][: {reason}].",
    "finding.waiver_ended": "A waiver of the rule {rule} ended[, from {from} on][: {reason}].",
    "access.granted": "{person|account|=Somebody} was given permissions in this log[: {permissions}].",
    "access.revoked": "A permission was taken back.",
    "log.opened": "The log was opened[, as {origin}].",
    "log.key_changed": "The key of the log changed.",
    "log.moved": "The log goes on from here[, as {origin}][, at {uri}][; a log of {tree_size} facts was left behind][: {reason}].",
    "row.imported": "A row of a source was kept as it stood.",
}
"""Types of fact about the record and their sentences; what names another fact is told in `questions.telling`."""
