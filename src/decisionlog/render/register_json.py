"""What only pages of the register show, as JSON: it stands in their twins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec.structs import asdict

from decisionlog.domain.answers.chronicle import Chronicle, MonthTold
from decisionlog.domain.answers.dealings import Dealings
from decisionlog.domain.answers.meetings import MeetingTold
from decisionlog.domain.answers.powers import Powers
from decisionlog.domain.answers.proposals import ProposalStands
from decisionlog.domain.answers.register import Choices, Coming, Keeping, NotYetKnown, PeopleFound
from decisionlog.domain.answers.withheld import HeldInPrivate, PartsWithheld, Withheld
from decisionlog.domain.exemptions import Ground
from decisionlog.render.parties_json import dealings_json, powers_json
from decisionlog.render.telling_json import fact_told, line_told, plain_of, section_told


def _proposal_stands(answer: ProposalStands) -> dict[str, Any]:
    lines = {name: [line_told(one) for one in getattr(answer, name)] for name in ("stands", "moves", "say", "before")}
    disagreements = [plain_of(one.shown) | plain_of(one) for one in answer.disagreements]
    for one in disagreements:
        del one["shown"]
    return {
        "basis": asdict(answer.basis),
        "version": answer.version,
        "is_pending": answer.is_pending,
        **lines,
        "positions": [plain_of(position) for position in answer.positions],
        "silent": answer.silent,
        "contact": answer.contact,
        "disagreements": disagreements,
        "sections": [section_told(section) for section in answer.sections],
    }


def _meeting_told(answer: MeetingTold) -> dict[str, Any]:
    groups = ("present", "attending", "away")
    return {
        "basis": asdict(answer.basis),
        "bodies": answer.bodies,
        "when": answer.when,
        "is_to_come": answer.is_to_come,
        "items": [
            {
                "item": one.item,
                "title": one.title,
                "proposals": one.proposals,
                **{part: [line_told(each) for each in of] for part, of in one.lines.items()},
            }
            for one in answer.items
        ],
        "left_out": answer.left_out,
        "in_private": _in_private(answer.in_private),
        "attendance": [
            {
                "on_behalf_of": one.on_behalf_of,
                **{name: [line_told(each) for each in getattr(one, name)] for name in groups},
            }
            for one in answer.attendance
        ],
        "number_present": None if answer.number_present < 0 else answer.number_present,
        "sections": [section_told(section) for section in answer.sections],
    }


def _chronicle(answer: Chronicle) -> dict[str, Any]:
    items = [asdict(one) | {"decisions": one.decisions} for one in answer.items]
    return {"basis": asdict(answer.basis), "items": items}


def _month(answer: MonthTold) -> dict[str, Any]:
    items = [
        {"position": one.position, "day": one.day, "fact": one.fact and fact_told(one.fact)} for one in answer.items
    ]
    return plain_of(answer) | {"items": items}


def _coming(answer: Coming) -> dict[str, Any]:
    return {
        "basis": asdict(answer.basis),
        "items": [line_told(line) for line in answer.lines],
        "left_out": answer.left_out,
    }


def _withheld(answer: Withheld) -> dict[str, Any]:
    return {
        "basis": asdict(answer.basis),
        "items": [plain_of(one) | {"grounds": _grounds(one.grounds)} for one in answer.items],
        "bodies": [asdict(one) for one in answer.bodies],
        "entries": answer.entries,
        "in_part": answer.in_part,
        "meetings": [_in_private(one) for one in answer.meetings],
    }


def _in_private(answer: HeldInPrivate) -> dict[str, Any]:
    items = [plain_of(one) | {"grounds": _grounds(one.grounds)} for one in answer.items]
    return plain_of(answer) | {"items": items}


def _people_found(answer: PeopleFound) -> list[dict[str, Any]]:
    return [{"person": one.person, "holds": [line_told(line) for line in one.lines]} for one in answer.people]


def _parts_withheld(answer: PartsWithheld) -> dict[str, Any]:
    return {"parts": [plain_of(one) | {"grounds": _grounds(one.grounds)} for one in answer.parts]}


def _grounds(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    return [{"law": one.law, "number": one.number, "words": one.words} for one in grounds]


OF_THE_REGISTER: Final[Mapping[type, Callable[[Any], Any]]] = {
    Chronicle: _chronicle,
    MonthTold: _month,
    Powers: powers_json,
    Dealings: dealings_json,
    ProposalStands: _proposal_stands,
    MeetingTold: _meeting_told,
    Coming: _coming,
    Withheld: _withheld,
    PartsWithheld: _parts_withheld,
    Keeping: asdict,
    Choices: asdict,
    PeopleFound: _people_found,
    NotYetKnown: plain_of,
}
