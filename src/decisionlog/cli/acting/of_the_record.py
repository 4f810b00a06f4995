"""Commands for one fact about the record itself: what may be shown, and what may not be erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.cli.acting.verb import Verb

OF_THE_RECORD: Final[Mapping[str, Verb]] = {
    "set-access": Verb(
        "Record what may be shown: open, exempt, and on what ground.",
        {"*": "record.access_changed"},
        "level paragraph ground review-on release-on path by-decision document",
        "ground",
        (
            "set-access NLB/25-26/031 --level exempt --paragraph 3 --ground 'the price of a bid' --review-on 2026-12-01",
            "set-access NLB/25-26/031 --level open --by-decision NLB/26-27/044 --on 2026-12-03",
        ),
        "export jsonl --public",
        description="REF is a thing, or one fact of it such as @12. What is not open is left out of `export --public`.",
    ),
    "hold": Verb(
        "Record that nothing sealed here may be erased for now.",
        {"*": "record.hold_placed"},
        "instrument legal-basis review-by reason document",
        "reason",
        (
            "hold person:p-014 --reason 'the public inquiry asked for it' --review-by 2027-01-31 --on 2026-12-01",
            "hold log:northmoor.example/decisions --reason 'a claim was made' --on 2026-12-01",
        ),
        description="REF is a thing, a person, or log:ORIGIN for the whole log.",
    ),
    "lift-hold": Verb(
        "Record that a hold bars erasing no longer.",
        {"*": "record.hold_lifted"},
        "reason document",
        "reason",
        ("lift-hold @41 --reason 'the inquiry has reported' --on 2027-03-01",),
        description="REF is the hold at a position, such as @41; or a thing, for the hold that stands on it.",
    ),
}
"""Their rows of the table."""
