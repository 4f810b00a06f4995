"""What recording some files would add, correct and retract; checked all together before any of them is recorded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.commands.record_facts import Plain
from decisionlog.domain.acts import correction_of
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import Mistake
from decisionlog.exchange.meetings.comparing import Compared, Difference, Differing, compare
from decisionlog.exchange.meetings.files import Sheet
from decisionlog.exchange.meetings.numbering import Numbers
from decisionlog.exchange.meetings.reading import acts_of
from decisionlog.exchange.meetings.scribe import Said, Scribe, opens, refs_in, strings
from decisionlog.questions.recorded_acts import PUT_FORWARD, Foreseen

if TYPE_CHECKING:
    from decisionlog.projections.acts import Act
    from decisionlog.questions.recorded_acts import RecordedActs

_TOKEN: Final = re.compile(r"\x02(\d+)\x03(?:, (?:data\.?)?([a-z_]*)((?:[\[.][^:\s]*)*))?")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_OF_MINUTES: Final = frozenset({"meeting.minutes_confirmed", "meeting.minutes_refused"})
_STEP: Final = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


class Plan(Struct):
    """One file, and what is to be done about it."""

    sheet: Sheet
    scribe: Scribe
    compared: Compared
    facts: list[Plain]
    """What is new, and what corrects the record, with what is gone retracted where that was asked for."""

    @property
    def is_conflict(self) -> bool:
        """Whether something of the file was recorded before and something is to be changed."""
        return self.compared.before and bool(self.facts)


class _Origin(NamedTuple):
    """Where a fact comes from: the act of which file, its path, and the fields that it changes, if it is a correction."""

    scribe: Scribe
    said: Said | None
    path: tuple[str | int, ...]
    changed: tuple[str, ...] = ()


class Planner:
    """Plans files one after the other, each as if those before it were recorded."""

    def __init__(self, recorded: RecordedActs, *, retract_missing: bool = False) -> None:
        self.recorded = recorded
        self._retract_missing = retract_missing
        self._numbers = Numbers(recorded.refs)
        self._written: list[_Origin] = []
        self._added: Counter[str] = Counter()
        self._cited: dict[int, int] = {}

    def plan(self, sheets: Sequence[Sheet]) -> list[Plan]:
        """The plans, in the order of the files."""
        for sheet in sheets:
            self._numbers.reserve(refs_in(sheet.written.value))
        plans = []
        for sheet in sheets:
            plans.append(plan := self._plan(sheet))
            for said in plan.compared.new:
                self._foresee(said)
        seen: dict[str, str] = {}
        for plan in plans:
            place, name = plan.scribe.gathered.place, plan.sheet.name
            if place and place in seen:
                plan.scribe.wrong((), f"is of the same as {seen[place]} ({place}); record one after the other.")
            seen.setdefault(place, name)
        return plans

    def _plan(self, sheet: Sheet) -> Plan:
        scribe = acts_of(sheet, self.recorded, self._numbers)
        compared = compare(scribe)
        facts = [self._new(sheet, scribe, said) for said in compared.new]
        for differing in compared.differing:
            facts += self._corrected(sheet, scribe, differing)
        if self._retract_missing:
            facts += [self._retracted(sheet, scribe, act) for act in compared.gone]
        return Plan(sheet, scribe, compared, facts)

    def _new(self, sheet: Sheet, scribe: Scribe, said: Said) -> Plain:
        n = self._next_n(self._stream(said))
        self._cited[id(said)] = n
        fact: dict[str, Any] = {"type": said.type}
        if said.stream:
            fact["stream"] = said.stream
        if said.on is not None:
            fact["on"] = said.on
        if said.of is not None:
            fact["of"] = self._of(scribe, said.of)
        fact["data"] = said.data
        fact["source"] = _source(sheet, said.place)
        return Plain(fact, self._token(scribe, said, said.path))

    def _foresee(self, said: Said) -> None:
        """Let the files that follow count what this one opens, and the versions that it puts forward, as recorded."""
        version, bodies = said.data.get("version"), said.data.get("bodies")
        if said.type in PUT_FORWARD or opens(said.type):
            met = tuple(bodies) if said.stream.startswith("meeting:") and isinstance(bodies, list) else ()
            versions = {version} if said.type in PUT_FORWARD and isinstance(version, str) else ()
            self.recorded.foresee(Foreseen(self._stream(said), frozenset(versions), said.on, met))

    def _corrected(self, sheet: Sheet, scribe: Scribe, differing: Differing) -> list[Plain]:
        said, act = differing.said, differing.act
        if differing.other_type:
            return [self._retracted(sheet, scribe, act, said), self._new(sheet, scribe, said)]
        made = []
        changes = [_change(each) for each in differing.differences if each.pointer != "/ref" or each.now is None]
        renumbered = [each.now for each in differing.differences if each.pointer == "/ref" and each.now is not None]
        if changes:
            made.append(self._about(sheet, scribe, act, "record.corrected", {"changes": changes}, said))
        made += [self._about(sheet, scribe, act, "record.renumbered", {"ref": ref}, said) for ref in renumbered]
        return made

    def _retracted(self, sheet: Sheet, scribe: Scribe, act: Act, said: Said | None = None) -> Plain:
        data = {"dropped_by_source": True}
        return self._about(sheet, scribe, act, "record.retracted", data, said)

    def _about(
        self, sheet: Sheet, scribe: Scribe, act: Act, type_name: str, data: dict[str, Any], said: Said | None
    ) -> Plain:
        self._next_n(act.stream)
        fact: dict[str, Any] = {"type": type_name, "stream": act.stream, "data": data}
        if type_name != "record.renumbered":
            fact["of"] = {"stream": act.stream, "n": act.n}
        fact["source"] = _source(sheet, correction_of(act.place))
        changed = tuple(change["path"] for change in data.get("changes", ()))
        return Plain(fact, self._token(scribe, said, said.path if said else (), changed))

    def _of(self, scribe: Scribe, of: Any) -> Any:
        """The fact that is answered: an act of the file by its number in its stream."""
        if not isinstance(of, Said):
            return of
        if known := scribe.known.get(of.place):
            return {"stream": known.stream, "n": known.n}
        return {"stream": of.stream, "n": self._cited[id(of)]}

    def _stream(self, said: Said) -> str:
        """The stream in which an act will be written, by the key under which it is recorded."""
        written = said.stream or (said.of if isinstance(said.of, str) else "")
        if isinstance(said.of, dict) and not written:
            written = str(said.of.get("stream", ""))
        found = self.recorded.called(written) if written else ()
        return found[0] if len(found) == 1 else written

    def _next_n(self, stream: str) -> int:
        if stream not in self._added:
            self._added[stream] = self.recorded.last_n(stream)
        self._added[stream] += 1
        return self._added[stream]

    # Mistakes, with the places of the file in them

    def _token(
        self, scribe: Scribe, said: Said | None, path: tuple[str | int, ...], changed: tuple[str, ...] = ()
    ) -> str:
        self._written.append(_Origin(scribe, said, path, changed))
        return f"\x02{len(self._written) - 1}\x03"

    def in_the_files(self, text: str) -> str:
        """A sentence about facts with the places in the files where they were written."""
        return _TOKEN.sub(self._place, text)

    @staticmethod
    def opened_later(plan: Plan, after: Sequence[Plan]) -> dict[str, str]:
        """What a file names, of what the files after it open: by its folded key, the first file that opens it."""
        later: dict[str, str] = {}
        for other in after:
            for said in other.compared.new:
                if said.stream and opens(said.type):
                    later.setdefault(fold(split(said.stream)[1]), other.sheet.name)
        named = {fold(split(text)[1]) for fact in plan.facts for text in strings(fact.fact)}
        return {name: later[name] for name in named & later.keys()}

    def mistake(self, mistake: Mistake) -> tuple[Scribe | None, Mistake]:
        """A mistake in a fact as one in its file, and in which."""
        found = _TOKEN.fullmatch(mistake.place)
        if not found:
            return None, mistake
        origin = self._written[int(found[1])]
        return origin.scribe, replace(
            mistake, place=self._place(found, mistake.names), sentence=_way_out(origin, mistake)
        )

    def _place(self, found: re.Match[str], names: str = "") -> str:
        scribe, said, path, changed = self._written[int(found[1])]
        field, rest = found[2] or "", found[3] or ""
        index = _STEP.match(rest) if field == "changes" else None
        if index and index[1] and int(index[1]) < len(changed):  # a correction that the file writes itself has its own
            field, *below = changed[int(index[1])].lstrip("/").split("/")
            rest = "".join(f"[{step}]" if step.isdecimal() else f".{step}" for step in below)
        if said and names and not field:
            field = _holding(said, names)
        if said and field in said.origins:
            origin = said.origins[field]
            return scribe.written.place(*origin, *_within(scribe, origin, rest))
        return scribe.written.place(*path)


def _way_out(origin: _Origin, mistake: Mistake) -> str:
    """Of minutes of a meeting that was never recorded: how it is, and never the meeting that is being recorded."""
    of_a_meeting = mistake.missing and split(mistake.names)[0] == "meeting"
    if origin.said is None or origin.said.type not in _OF_MINUTES or not of_a_meeting:
        return mistake.sentence
    gathered = origin.scribe.gathered
    near = [name for name in mistake.near if name != f"meeting:{gathered.meeting}"]
    hint = f"Did you mean {' or '.join(near)}? Or record" if near else "Record"
    body = split(gathered.bodies[0])[1] if gathered.bodies else "..."
    day = _DAY.search(mistake.names)
    line = f"meeting: {{body: {body}, on: {day[0] if day else '...'}}}"
    return f"{mistake.names} is not recorded here. {hint} that meeting first; one line will do: {line}"


def gather_mistakes(planner: Planner, plans: Iterable[Plan], found: Iterable[Mistake]) -> list[Mistake]:
    """Every mistake in the files, each told once, file by file in the order of the lines."""
    by_scribe: dict[int, list[Mistake]] = {id(plan.scribe): list(plan.scribe.mistakes) for plan in plans}
    elsewhere: list[Mistake] = []
    for mistake in found:
        scribe, told = planner.mistake(mistake)
        (by_scribe[id(scribe)] if scribe else elsewhere).append(told)
    ordered = [one for mistakes in by_scribe.values() for one in _each_once(sorted(dict.fromkeys(mistakes), key=_line))]
    return ordered + elsewhere


def _each_once(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Mistakes of one file; a name that is not there stands once, with how often it is written besides."""
    told: dict[str, Mistake] = {}
    again: Counter[str] = Counter()
    for mistake in mistakes:
        key = mistake.names if mistake.missing else str(mistake)
        again[key] += key in told
        told.setdefault(key, mistake)
    return [
        replace(
            one, sentence=f"{one.sentence} It stands in {again[key]} more {'place' if again[key] == 1 else 'places'}."
        )
        if again[key]
        else one
        for key, one in told.items()
    ]


def without(facts: Sequence[Plain], mistakes: Iterable[Mistake]) -> list[Plain]:
    """The facts without the fields that are wrong; none, where nothing can be left out of them."""
    wrong: dict[str, set[str]] = {}
    for mistake in mistakes:
        if (found := _TOKEN.fullmatch(mistake.place)) and found[2] and found[2] not in {"of", "source", "data"}:
            wrong.setdefault(mistake.place[: found.end(1) + 1], set()).add(found[2])
    if not wrong:
        return []
    return [
        Plain(_stripped(fact, wrong[place]), place) if place in wrong else Plain(fact, place) for fact, place in facts
    ]


def _stripped(fact: dict[str, Any], fields: set[str]) -> dict[str, Any]:
    data = {name: value for name, value in fact.get("data", {}).items() if name not in fields}
    return {**{name: value for name, value in fact.items() if name not in fields}, "data": data}


def _line(mistake: Mistake) -> int:
    found = re.search(r"line (\d+)", mistake.place)
    return int(found[1]) if found else 0


def _holding(said: Said, name: str) -> str:
    """The field of an act that names something."""
    wanted = {name, split(name)[1]}
    for field, value in said.data.items():
        if any(split(text)[1] in wanted or text in wanted for text in strings(value)):
            return field
    return "of" if split(said.stream)[1] in wanted else ""


def _within(scribe: Scribe, origin: tuple[str | int, ...], rest: str) -> tuple[str | int, ...]:
    """The steps below a field that are in the file as well: a short form has none of them."""
    steps = tuple(int(index) if index else name for index, name in _STEP.findall(rest))
    while steps and (*origin, *steps) not in scribe.written.lines:
        steps = steps[1:] if (*origin, *steps[1:]) in scribe.written.lines and len(steps) > 1 else steps[:-1]
    return steps


def _change(difference: Difference) -> dict[str, Any]:
    change: dict[str, Any] = {"path": difference.pointer}
    if difference.was is not None:
        change["was"] = difference.was
    if difference.now is not None:
        change["now"] = difference.now
    return change


def _source(sheet: Sheet, place: str) -> dict[str, Any]:
    source = {"name": sheet.source[-200:], "sha256": sheet.sha256, "place": place}
    written = sheet.written.value.get("written")
    return source if written is None else {**source, "recorded_at": str(written)}
