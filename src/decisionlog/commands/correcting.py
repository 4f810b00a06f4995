"""Corrections: each names the fact that it corrects, and must say what stood there before.

A `was` that is not the value as now corrected is a conflict; in an import it is recorded and said, and the correction
is then shown as disputed instead of being applied. What replaces a value is held to the rules of its field.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from decisionlog.commands.requests import check_value
from decisionlog.commands.sealing import Sealer
from decisionlog.domain.differences import field_and_value, in_short
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import FieldShape, at
from decisionlog.domain.facts.typed import is_commitment, opened, untyped
from decisionlog.domain.known import Known, apply, read, value_at
from decisionlog.domain.references import split
from decisionlog.domain.refusals import Mistake
from decisionlog.store.batch import Draft
from decisionlog.store.directory import name_of_reference
from decisionlog.store.log import Log

_SETTLED = frozenset({"record.corrected", "record.contradicted"})


class _Target:
    """The fact that is corrected: its type, and its values as corrected so far."""

    def __init__(self, type_name: str, document: dict[str, Any], openings: dict[str, Any]) -> None:
        self.type = type_name
        self.document = document
        self.openings = openings

    def field(self, path: str) -> FieldShape | None:
        """The field that a path names."""
        if path == "/on":
            return _ON
        return at(TYPES[self.type], path) if self.type in TYPES else None

    def holder(self, path: str) -> dict[str, Any]:
        """What a path is to be followed in."""
        document: dict[str, Any] = self.document if path == "/on" else self.document["data"]
        return document


class Corrections:
    """Settles the `was` and the `now` of every correction in a batch, in the order of the batch."""

    def __init__(self, log: Log, drafts: list[Draft], *, keep_disputed: bool) -> None:
        self._log = log
        self._keep_disputed = keep_disputed
        self._drafts = drafts
        self._by_stream: dict[str, list[Draft]] = {}
        self._targets: dict[tuple[str, int], _Target] = {}
        self.mistakes: list[Mistake] = []
        self.conflicts: list[Mistake] = []
        self.notes: list[str] = []
        self.expected: dict[str, int] = {}

    def settle_all(self) -> None:
        """Make every correction in the batch ready to be recorded, or keep what is wrong with it."""
        corrections = [draft for draft in self._drafts if draft.type in _SETTLED]
        if corrections:
            for draft in self._drafts:
                self._by_stream.setdefault(name_of_reference(draft.stream), []).append(draft)
        for draft in corrections:
            self.settle(draft)

    def settle(self, draft: Draft) -> None:
        """Make one correction (or contradiction) ready to be recorded, or keep what is wrong with it."""
        if not draft.of:
            self._wrong(draft, f"`of` is missing: {draft.type} names the fact that it is about.")
            return
        target = self._target(draft, draft.of["stream"], draft.of["n"])
        if target is None:
            self._wrong(draft, f"`of` names fact {draft.of['n']} of {draft.of['stream']}, which is not recorded here.")
        elif target.type == "record.corrected":
            self._wrong(draft, "corrects a correction; correct the first fact again.")
        elif draft.type == "record.contradicted":
            self._contradict(draft, target)
        else:
            for index, change in enumerate(draft.data["changes"]):
                self._change(draft, f"data.changes[{index}]", change, target)

    def _contradict(self, draft: Draft, target: _Target) -> None:
        field = target.field(draft.data["path"])
        if field is None:
            self._wrong(draft, f"{draft.data['path']} is not a field of {target.type}.", "data.path")
        elif "says" in draft.data:
            self._store(draft, "data", draft.data, "says", field, target)

    def _change(self, draft: Draft, where: str, change: dict[str, Any], target: _Target) -> None:
        path = change["path"]
        field = target.field(path)
        if field is None:
            self._wrong(draft, f"{path} is not a field of {target.type}.", where)
            return
        holder = target.holder(path)
        stands = value_at(holder, path)
        if "now" in change:
            if not self._store(draft, where, change, "now", field, target):
                return
        elif field.required and not path.rpartition("/")[2].isdecimal():
            self._wrong(draft, f"{path} must be there; it can be corrected, but not struck.", where)
            return
        said = _clear(change.get("was"), draft)
        if self._agrees(field, said, stands, target):
            if stands is not None:
                _forget(draft, change["was"])
                change["was"] = deepcopy(stands)
                self._note_references(draft, change, field)
            if not apply(holder, path, deepcopy(change.get("now")), strike="now" not in change):
                self._wrong(draft, f"what holds {path} is not recorded; correct that as a whole.", where)
            return
        shown = opened(stands, target.openings)
        (name, before), (_, there) = (
            field_and_value(path, value, opened(holder, target.openings)) for value in (said, shown)
        )
        sentence = f"says that {in_short(name)} was {in_short(before)}, but it stands as {in_short(there)}."
        if not self._keep_disputed:
            advice = "Somebody may have corrected it already; look first."
            self.conflicts.append(Mistake(f"{draft.place}, {where}", f"{sentence} {advice}"))
            return
        self.notes.append(f"{draft.place}, {where}: {sentence} Kept as disputed.")
        if "was" in change:
            self._store(draft, where, change, "was", field, target)

    def _agrees(self, field: FieldShape, said: Any, stands: Any, target: _Target) -> bool:
        """Whether what was said to stand there does: as it was typed, or as it would have been recorded."""
        tidied, mistakes = (None, []) if said is None else check_value(field, said, "was", self._log.zone)
        ways = [said] if mistakes else [said, tidied]
        return any(_equal(way, there) for way in ways for there in (stands, opened(stands, target.openings)))

    def _store(
        self, draft: Draft, where: str, holder: dict[str, Any], name: str, field: FieldShape, target: _Target
    ) -> bool:
        """Hold a value to the rules of its field and put it into the form in which the field is stored."""
        private: set[str] = set()
        given = _clear(holder[name], draft, f"/{name}", private)
        _forget(draft, holder[name])
        value, mistakes = check_value(field, given, f"{where}.{name}", self._log.zone)
        self.mistakes += [Mistake(f"{draft.place}, {found}", sentence) for found, sentence in mistakes]
        if mistakes:
            return False
        holder[name] = value
        sealer = Sealer()
        sealer.value(field, holder, name)
        sealer.seal_at(holder, private)
        target.openings.update({opening.digest: opening.value for opening in sealer.openings})
        draft.openings += sealer.openings
        draft.slots += sealer.slots
        return True

    @staticmethod
    def _note_references(draft: Draft, change: dict[str, Any], field: FieldShape) -> None:
        """A `was` out of the same batch names things as they were written; it is settled like what it was taken from."""
        sealer = Sealer()
        sealer.value(field, change, "was")
        draft.slots += sealer.slots

    def _target(self, draft: Draft, written: str, n: int) -> _Target | None:
        key = (name_of_reference(written), n)
        if key not in self._targets and (found := self._recorded(written, n) or self._drafted(key[0], n, draft)):
            self._targets[key] = found
        return self._targets.get(key)

    def _recorded(self, written: str, n: int) -> _Target | None:
        streams = {standing.named.stream for standing in self._log.recorder.named([name_of_reference(written)])}
        stream = written if written in streams else min(streams, default=None)
        if stream is None:
            return None
        facts = self._log.stream(stream)
        self.expected[stream] = len(facts)
        reading = read(facts, Known(), self._log.zone)
        fact = next((fact for fact in (*reading.facts, *reading.retracted) if fact.n == n), None)
        if fact is None:
            return None
        document: dict[str, Any] = {"data": deepcopy(untyped(fact.data)), **({"on": fact.on} if fact.on else {})}
        return _Target(fact.type, document, self._log.openings(facts))

    def _drafted(self, same: str, n: int, correction: Draft) -> _Target | None:
        drafts = self._by_stream.get(same, [])
        before = self._recorded_versions(drafts)
        if not before < n <= before + len(drafts) or drafts[n - before - 1] is correction:
            return None
        draft = drafts[n - before - 1]
        document: dict[str, Any] = {"data": deepcopy(draft.data), **({"on": draft.on} if draft.on else {})}
        return _Target(draft.type, document, {opening.digest: opening.value for opening in draft.openings})

    def _recorded_versions(self, drafts: list[Draft]) -> int:
        if not drafts or (drafts[0].opens and not drafts[0].type.startswith("meeting.")):
            return 0  # a meeting that is held goes on in the stream in which it was called
        name = name_of_reference(drafts[0].stream)
        return next((n for stream, n in self.expected.items() if name_of_reference(stream) == name), 0)

    def _wrong(self, draft: Draft, sentence: str, where: str = "") -> None:
        self.mistakes.append(Mistake(f"{draft.place}, {where}" if where else draft.place, sentence))


_ON = FieldShape(name="on", attribute="on", required=False, many=False, meaning="when")


def _equal(said: Any, stands: Any) -> bool:
    if isinstance(said, str) and isinstance(stands, str) and said != stands:
        return split(said)[0] != "" and name_of_reference(said) == name_of_reference(stands)
    if isinstance(said, list) and isinstance(stands, list):
        return len(said) == len(stands) and all(map(_equal, said, stands))
    if isinstance(said, dict) and isinstance(stands, dict):
        return said.keys() == stands.keys() and all(_equal(said[key], stands[key]) for key in said)
    return bool(said == stands)


def _clear(value: Any, draft: Draft, pointer: str = "", private: set[str] | None = None) -> Any:
    """What was typed, where the draft has sealed it already because it was wrapped; its pointers are noted."""
    if is_commitment(value):
        if private is not None:
            private.add(pointer)
        typed = {opening.digest: opening.value for opening in draft.openings}
        return _clear(typed.get(value["$private"]), draft, pointer, private)
    if isinstance(value, dict):
        return {key: _clear(inner, draft, f"{pointer}/{key}", private) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clear(inner, draft, f"{pointer}/{index}", private) for index, inner in enumerate(value)]
    return value


def _forget(draft: Draft, value: Any) -> None:
    """Take back the sealing of a value that is about to be sealed as its field is, or not kept."""
    given_up = set(_digests(value))
    draft.openings = [opening for opening in draft.openings if opening.digest not in given_up]


def _digests(value: Any) -> Iterator[str]:
    if is_commitment(value):
        yield value["$private"]
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _digests(inner)
