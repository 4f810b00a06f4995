"""A receipt as plain data: what was recorded, where, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def receipt_json(receipt: Any, *, dry_run: bool, notes: Sequence[str] | None = None) -> dict[str, Any]:
    """The log's receipt under the keys that programs rely on; none, where there was nothing to record."""
    plain: dict[str, Any] = {
        "recorded": receipt is not None and not receipt.already and not dry_run,
        "dry_run": dry_run,
    }
    if receipt:
        facts = [fact._asdict() for fact in receipt.facts]
        plain |= {"already": receipt.already, "first": receipt.first, "last": receipt.last, "facts": facts}
        if not dry_run:
            plain |= {"batch": receipt.batch, "recorded_at": receipt.recorded_at, "recorded_by": receipt.recorded_by}
    return plain | {"notes": receipt.notes if receipt and notes is None else notes or ()}
