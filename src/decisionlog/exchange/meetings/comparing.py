"""A file beside what was recorded from it before: what is new, what differs field by field, what is no longer in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from msgspec import Struct, field

from decisionlog.domain.erased import Erased
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.references import fold, split
from decisionlog.exchange.meetings.scribe import Said, Scribe, opens

if TYPE_CHECKING:
    from decisionlog.projections.acts import Act
    from decisionlog.questions.recorded_acts import Stands

Means = Callable[[str, str, tuple[str, ...]], bool]
"""Whether a reference as it is written, of one of these kinds, is the thing that is recorded."""


class Difference(NamedTuple):
    """One field that the file gives otherwise than it is recorded; none on a side where it has no value."""

    pointer: str
    was: Any
    now: Any
    by_hand: int = 0
    """The position at which the field was corrected since, and not by the file; 0, where it was not."""


class Differing(Struct):
    """An act that the file says otherwise than it was recorded."""

    said: Said
    act: Act
    differences: list[Difference]
    other_type: bool = False
    """It is another kind of act by now: the recorded one is retracted, and this one recorded."""


class Compared(Struct):
    """A file, act by act."""

    new: list[Said] = field(default_factory=list)
    same: list[Act] = field(default_factory=list)
    differing: list[Differing] = field(default_factory=list)
    gone: list[Act] = field(default_factory=list)
    """Recorded from this meeting's file, and no longer in it."""
    retracted: list[Act] = field(default_factory=list)
    """In the file, and retracted since: left as it is."""
    retractions: list[int] = field(default_factory=list)
    """The positions of the retractions of these."""

    @property
    def before(self) -> bool:
        """Whether anything of this meeting was recorded before."""
        return bool(self.same or self.differing or self.gone or self.retracted)


def compare(scribe: Scribe) -> Compared:
    """What a file says beside what is recorded of its meeting."""
    compared = Compared()
    for said in scribe.said:
        act = scribe.known.get(said.place)
        stands = scribe.recorded.stands(act) if act else None
        if act is None or stands is None:
            compared.new.append(said)
        elif stands.retracted:
            compared.retracted.append(act)
            compared.retractions.append(stands.retracted_in)
        else:
            _compare(scribe, said, act, stands, compared)
    places = {said.place for said in scribe.said}
    for place, act in scribe.known.items():
        if (
            place not in places
            and not scribe.gathered.adds
            and (stands := scribe.recorded.stands(act))
            and not stands.retracted
        ):
            compared.gone.append(act)
    return compared


def _compare(scribe: Scribe, said: Said, act: Act, stands: Stands, compared: Compared) -> None:
    if stands.type != said.type:
        compared.differing.append(Differing(said, act, [Difference("", stands.type, said.type)], other_type=True))
        return

    def means(written: str, recorded: str, kinds: tuple[str, ...]) -> bool:
        return _means(scribe, written, recorded, kinds)

    stated, ref_stands = dict(said.data), _is_called_so(scribe, said, act)

    def differences(recorded: Mapping[str, Any], on: str | None) -> list[Difference]:
        there = {**recorded, "ref": stated.get("ref")} if ref_stands else recorded
        return [
            *_differences(TYPES[said.type], stated, there, "", means),
            *([Difference("/on", on, said.on)] if said.on != on else []),
        ]

    found = differences(stands.data, stands.on)
    if found and stands.first:  # what was corrected otherwise since is no change of the file
        changed = [each.pointer for each in differences(stands.first.data, stands.first.on)]
        by_hand = stands.first.by_hand
        found = [
            each._replace(by_hand=max((at for path, at in by_hand.items() if _overlap(each.pointer, path)), default=0))
            for each in found
            if any(_overlap(each.pointer, pointer) for pointer in changed)
        ]
    if found:
        compared.differing.append(Differing(said, act, found))
    else:
        compared.same.append(act)


def _overlap(one: str, other: str) -> bool:
    """Whether two JSON Pointers are the same, or one is of something within the other."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _is_called_so(scribe: Scribe, said: Said, act: Act) -> bool:
    """Whether the thing that an act opened goes by now by the reference in the file, whatever it was called first."""
    named = f"{split(act.stream)[0]}:{said.data.get('ref')}"
    return opens(said.type) and scribe.recorded.called(named) == (act.stream,)


def _means(scribe: Scribe, written: str, recorded: str, kinds: tuple[str, ...]) -> bool:
    kind, key = split(written)
    if written == recorded or (fold(key) == fold(split(recorded)[1]) and kind in {"", split(recorded)[0]}):
        return True
    if (scribe.numbers.stream(written) or scribe.numbers.stream(f"{split(recorded)[0]}:{written}")) == recorded:
        return True
    return scribe.recorded.called(written, kinds) == (recorded,)


def _differences(
    model: type[Struct], stated: Mapping[str, Any], recorded: Mapping[str, Any], pointer: str, means: Means
) -> Iterator[Difference]:
    fields = fields_of(model)
    for name in dict.fromkeys([*stated, *recorded]):
        now, was = stated.get(name), recorded.get(name)
        at = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        shape = fields.get(name)
        if isinstance(was, Erased):
            continue  # a file that still has the words must not bring them back
        if shape is None or now is None or was is None:
            if now != was:
                yield Difference(at, was, now)
        else:
            yield from _values(shape, now, was, at, means)


def _values(shape: FieldShape, now: Any, was: Any, at: str, means: Means) -> Iterator[Difference]:
    if isinstance(now, list) and isinstance(was, list):
        found = [
            each
            for index, pair in enumerate(zip(now, was, strict=False))
            for each in _one(shape, *pair, f"{at}/{index}", means)
        ]
        if len(now) == len(was) and (not found or shape.part is not None):
            yield from found
        elif (len(now) != len(was) or found) and not any(isinstance(one, Erased) for one in was):
            yield Difference(at, was, now)
    else:
        yield from _one(shape, now, was, at, means)


def _one(shape: FieldShape, now: Any, was: Any, at: str, means: Means) -> Iterator[Difference]:
    if shape.part is not None and isinstance(now, dict) and isinstance(was, dict):
        yield from _differences(shape.part, now, was, at, means)
    elif not isinstance(was, Erased) and not _same(shape, now, was, means):
        yield Difference(at, was, now)


def _same(shape: FieldShape, now: Any, was: Any, means: Means) -> bool:
    if isinstance(now, str) and isinstance(was, str):
        if shape.meaning == "ref":
            return means(now, was, shape.kinds)
        return _tidied(now) == was or now == was
    return type(now) is type(was) and bool(now == was)


def _tidied(text: str) -> str:
    return normalize("NFC", text.replace("\r\n", "\n")).strip()
