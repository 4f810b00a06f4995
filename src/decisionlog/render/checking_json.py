"""`check` as plain data, in the keys that other programs rely on."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from decisionlog.domain.answers.checking import Checked, Explained, FindingTold
from decisionlog.domain.saying import plain


def checked(answer: Checked) -> dict[str, Any]:
    """`check`: the findings, the gravest first; what could not be judged last, with `evidenced` false."""
    return {
        "basis": asdict(answer.basis),
        "items": [finding(one) for one in answer.items],
        "names": answer.names,
        "about": answer.about or "everything",
        "judged": answer.judged,
        "left_out": answer.left_out,
        "on_record_from": answer.on_record_from,
    }


def finding(one: FindingTold) -> dict[str, Any]:
    """One finding; its sentence as plain text."""
    told = asdict(one) | {"said": None, "sentence": plain(one.said)}
    del told["said"]
    return told


def explained(answer: Explained) -> dict[str, Any]:
    """`check --explain`: the rules in words."""
    return asdict(answer)
