"""The map as plain data, in the keys that other programs rely on."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from decisionlog.domain.answers.functions_map import Decider, FunctionsMap, MapRow
from decisionlog.domain.saying import plain
from decisionlog.render.accountable_json import irregular

_NOT_RECORDED = "not recorded"


def functions_map(answer: FunctionsMap) -> dict[str, Any]:
    """`map`: the rows as `items`."""
    return {
        "basis": asdict(answer.basis),
        "narrowed": asdict(answer.narrowed),
        "items": [_row(row, answer) for row in answer.items],
        "counted": answer.counted,
        "names": answer.names,
        "notes": [plain(note) for note in answer.notes],
        "evidence": answer.evidence,
    }


def _row(row: MapRow, answer: FunctionsMap) -> dict[str, Any]:
    return {
        "function": row.function,
        "title": answer.names.get(row.function, ""),
        "part_of": row.above,
        "place": row.place or "everywhere",
        "level": row.level or _NOT_RECORDED,
        "classification": row.classification,
        "duty_holders": [
            asdict(one) | {"legal_basis": one.legal_basis or _NOT_RECORDED, "since": one.since or _NOT_RECORDED}
            for one in row.duty_holders
        ],
        "decision_makers": [_decider(one) for one in row.deciders],
        "also_keep_the_power": [_decider(one) for one in row.besides],
        "forums": row.forums,
        "next_review": asdict(row.review) if row.review else _NOT_RECORDED,
        "findings": [irregular(one) for one in row.findings],
        "remarks": [plain(remark) for remark in row.remarks],
        "evidence": row.evidence,
    }


def _decider(one: Decider) -> dict[str, Any]:
    return asdict(one) | {
        "legal_basis": one.legal_basis or _NOT_RECORDED,
        "limits": _NOT_RECORDED if one.limits is None else one.limits,
    }
