"""Who took which position on a paper: a row for each partner, under agreed, did not agree and neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from decisionlog.domain.answers.deciding import PositionTaken
from decisionlog.domain.erased import is_gone
from decisionlog.domain.text import visible
from decisionlog.render.site.conditions import agreed_on, is_broken, state_of
from decisionlog.render.site.pictures.drawing import (
    EDGE,
    GREEN,
    GREY,
    NORMAL,
    QUIET,
    RED,
    SMALL,
    WIDTH,
    Sign,
    letters,
    mark,
    picture,
    stroke,
)
from decisionlog.render.site.pictures.lettering import wrapped
from decisionlog.render.site.pictures.told import Told
from decisionlog.render.words import NOT_RECORDED, all_called, called, counted, happening, spoken

_SAID: Final[Mapping[str, tuple[str, Sign, str]]] = {
    "support": ("Agreed", "yes", "Supports it"),
    "support-with-conditions": ("Agreed", "partly", "Supports it with conditions"),
    "in-principle": ("Agreed", "partly", "Supports it in principle"),
    "object": ("Did not agree", "no", "Objects"),
    "declined": ("Did not agree", "no", "Declined to sign"),
    "abstain": ("Neither", "none", "Abstains"),
    "no-view": ("Neither", "none", "Has no view"),
    "not-party": ("Neither", "none", "Is not a party to it"),
    "conflicted": ("Neither", "none", "Stands back: a conflict of interest"),
}
"""Of each position under which heading it stands, its mark, and how it is said."""
_SILENT: Final = ("No position recorded", "unknown", "Was asked; no answer is recorded")
_HEADINGS: Final = ("Agreed", "Did not agree", "Neither", "No position recorded")
_COLOURS: Final[Mapping[str, str]] = {"Agreed": GREEN, "Did not agree": RED}
_COLUMNS: Final = ("Partner", "Position", "Conditions", "In their words")
_LEFT: Final = 34


class Stance(Struct, frozen=True):
    """What one partner last said of a paper, ready to be shown."""

    partner: str
    heading: str
    sign: Sign
    said: str
    conditions: tuple[str, ...] = ()
    words: str = ""
    remarks: tuple[str, ...] = ()
    """What else must be known: it was taken on another version, or only after the decision."""


def stances_of(
    positions: Iterable[PositionTaken],
    names: Mapping[str, str],
    *,
    silent: Iterable[str] = (),
    counts: str = "that was decided",
) -> tuple[Stance, ...]:
    """The position that each partner held last, and who of `silent`, who were asked, is not on record with one.

    A position that was withdrawn or replaced, or was taken on another version by a partner who took one on this version
    too, is left out. `counts` says which version a position is to be on.
    """
    held = [one for one in positions if one.current and not one.given_up_before]
    fresh = {_partner(one) for one in held if not one.stale}
    last = [one for one in held if not one.stale or _partner(one) not in fresh]
    spoke = {party for one in last for party in one.on_behalf_of}
    found = [_stance(one, names, counts) for one in last]
    found += [Stance(called(one, names), *_SILENT) for one in dict.fromkeys(silent) if one not in spoke]
    return tuple(sorted(found, key=lambda one: _HEADINGS.index(one.heading)))


def _partner(one: PositionTaken) -> tuple[tuple[str, ...], str, str, str]:
    return one.on_behalf_of, "" if one.on_behalf_of else one.by, one.capacity, one.stage


def _stance(one: PositionTaken, names: Mapping[str, str], counts: str) -> Stance:
    partner = all_called(one.on_behalf_of, names) if one.on_behalf_of or not one.by else called(one.by, names)
    unknown = (spoken(one.position) or f"Position {NOT_RECORDED}").capitalize()
    heading, sign, said = _SAID.get(one.position, ("Neither", "unknown", unknown))
    if one.position == "support-with-conditions" and is_broken(one.condition_states):
        said = agreed_on(one.condition_states)
    states = {state.id: state.state for state in one.condition_states}
    conditions = tuple(_condition(condition, states) for condition in one.conditions)
    words = "" if is_gone(one.words) else visible(one.words)
    return Stance(partner, heading, sign, said, conditions, words, tuple(_remarks(one, counts)))


def _condition(condition: str, states: Mapping[str, str]) -> str:
    state = states.get(condition.partition(":")[0], "")
    return visible(condition) + (f" ({state_of(state)})" if state else "")


def _remarks(one: PositionTaken, counts: str) -> Iterator[str]:
    if one.stale:
        version = f"version {visible(one.version)}" if one.version else "another version"
        yield f"On {version}, not on the one {counts}"
    if one.after:
        yield f"Said after the decision{f', {happening(one.on)}' if one.on != NOT_RECORDED else ''}"
    if one.stage:
        yield f"Stage: {visible(one.stage)}"


def draw(stances: Sequence[Stance], about: str, ids: str) -> Markup:
    """The picture: a heading with a count, and below it a row for each partner; `about` is what the positions are on."""
    parts: list[Markup] = []
    y = float(EDGE)
    for heading in _HEADINGS:
        if group := [one for one in stances if one.heading == heading]:
            y = _group(heading, group, parts, y)
    if not stances:
        y += 22
        parts.append(letters(EDGE, y - 4, "No position is recorded"))
    return picture("stances", ids, _title(about), _described(stances), parts, y + EDGE)


def tell(stances: Sequence[Stance], about: str) -> tuple[Told, ...]:
    """The same as rows: the partner, the position, its conditions, and the partner's own words."""
    rows = [
        (one.partner, ". ".join((one.said, *one.remarks)), "; ".join(one.conditions) or "none recorded", one.words)
        for one in stances
    ]
    return (Told(_title(about), _COLUMNS, tuple(rows)),)


def _title(about: str) -> str:
    return f"Positions on {about}"


def _described(stances: Sequence[Stance]) -> str:
    tallies = [(heading, sum(one.heading == heading for one in stances)) for heading in _HEADINGS]
    said = [f"{heading}: {number}" for heading, number in tallies if number]
    return f"{counted(len(stances), 'partner')}. {'; '.join(said)}." if said else "No position is recorded."


def _group(heading: str, group: Sequence[Stance], parts: list[Markup], y: float) -> float:
    y += 22
    parts.append(letters(EDGE, y - 5, heading, bold=True, fill=_COLOURS.get(heading, QUIET)))
    parts.append(letters(WIDTH - EDGE, y - 5, str(len(group)), bold=True, fill=_COLOURS.get(heading, QUIET), end=True))
    y += 3
    for stance in group:
        parts.append(stroke(f"M{EDGE} {y:.1f}H{WIDTH - EDGE}", colour=GREY, thick=1))
        y = _row(stance, parts, y + 4)
    return y + 10


def _row(stance: Stance, parts: list[Markup], y: float) -> float:
    """One partner: a mark, the name, what was said, and on which conditions."""
    room = WIDTH - EDGE - _LEFT
    parts.append(mark(EDGE + 13, y + 15, stance.sign))
    for line in wrapped(stance.partner, room, NORMAL, bold=True):
        y += 20
        parts.append(letters(_LEFT, y - 4, line, bold=True))
    for line in (line for one in (stance.said, *stance.remarks) for line in wrapped(one, room, SMALL)):
        y += 18
        parts.append(letters(_LEFT, y - 4, line, size=SMALL))
    for line in (line for one in stance.conditions for line in wrapped(f"Condition {one}", room, SMALL)):
        y += 18
        parts.append(letters(_LEFT, y - 4, line, size=SMALL, fill=QUIET))
    return y + 6
