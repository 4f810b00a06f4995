"""The names that a batch may use: what the log has, and what the batch itself opens. Resolves, refuses, allots keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Protocol

from decisionlog.domain.references import Bare, fold, looks_like, split
from decisionlog.domain.refusals import Mistake
from decisionlog.domain.scheme import BY_KIND as SECTION_OF
from decisionlog.store.batch import Batch, Draft, Named, Standing

_SUGGESTED_FROM = 5_000
_REMEMBERED = 20_000
_DIGITS = dict.fromkeys(map(ord, "0123456789"))
_KINDS_SHOWN = 5
_SUGGESTIONS = 20
"""Only so many mistakes are shown; to look for near names of more would take minutes."""


class Names(Protocol):
    """What a store answers about the names in it."""

    def named(self, names: Iterable[str]) -> list[Standing]:
        """Everything that is called by one of these names."""

    def names_of_kind(self, kind: str, limit: int) -> list[Named]:
        """Names in use for a kind."""


class Remembered:
    """What this process knows of names, and of how far their streams have grown: right as long as nobody else records."""

    def __init__(self) -> None:
        self.found: dict[str, list[Named]] = {}
        self.last: dict[str, int] = {}


class Directory:
    """Settles every reference of a batch against the store, inside the transaction that will write it."""

    def __init__(self, names: Names, batch: Batch, remembered: Remembered) -> None:
        self._names = names
        self._batch = batch
        self._remembered = remembered
        self._found: dict[str, list[Named]] = {}
        self._last: dict[str, int] = {}
        self._grown: dict[str, int] = {}
        self._new_names: list[tuple[Named, Draft]] = []
        self.mistakes: list[Mistake] = []
        self.notes: list[str] = []

    def settle(self) -> None:
        """Give every draft its stream and every slot its key; collect what cannot be."""
        drafts = self._batch.drafts
        self._look_up(drafts)
        joining = [draft for draft in drafts if not draft.opens]  # a meeting that is held turns out to join as well
        self._open_all([draft for draft in drafts if draft.opens])
        for draft in joining:
            self._join(draft)
        settled: dict[str, str] = {}
        for draft in drafts:
            for container, key in draft.slots:
                written = container[key]
                if isinstance(written, Bare):
                    container[key] = self._one_of(draft.place, written) or written
                    continue
                stream = settled.get(written) or self._resolve(draft.place, written)
                if stream is not None:
                    container[key] = settled[written] = stream

    def cite(self, draft: Draft) -> None:
        """Settle what `of` names, once the versions of all streams are known."""
        if not draft.of:
            return
        stream = self._resolve(draft.place, draft.of["stream"])
        if stream is None:
            return
        n, last = draft.of.get("n", 1), self.before(stream) + self._grown.get(stream, 0)
        if not 1 <= n <= last:
            self._wrong(draft.place, f"`of` names fact {n} of {stream}, which has {last}.")
        if draft.type.startswith("record.") and stream != draft.stream:
            self._wrong(
                draft.place,
                f"is written in {draft.stream}, but `of` names a fact of {stream}; write it in the stream of that fact.",
            )
        if draft.type == "record.retracted" and n == 1 and split(stream)[0] == "log":
            self._wrong(
                draft.place, "the opening of the log cannot be retracted: it says which log this is. Correct it."
            )
        draft.of = {"stream": stream, "n": n}

    def before(self, stream: str) -> int:
        """The version of a stream before this batch; 0 for one that the batch opens."""
        return self._last.get(stream, 0)

    def new_names(self, first: int) -> list[Named]:
        """The names that the batch gives, each with the position of the fact that gives it; the batch begins at `first`."""
        if not self._new_names:
            return []
        positions = {id(draft): position for position, draft in enumerate(self._batch.drafts, first)}
        return [
            Named(name, issuer, stream, positions[id(draft)]) for (name, issuer, stream, _), draft in self._new_names
        ]

    def _look_up(self, drafts: Sequence[Draft]) -> None:
        written: set[str] = set()
        for draft in drafts:
            for container, key in draft.slots:
                reference = container[key]
                if isinstance(reference, Bare):
                    written.update(reference.meant)
                else:
                    written.add(reference)
            written.add(draft.stream)
            if draft.of:
                written.add(draft.of["stream"])
            if isinstance(ref := draft.data.get("ref"), str):
                written.add(f"{split(draft.stream)[0]}:{ref}")
        unknown = [name for name in set(map(name_of_reference, written)) if not self._remembers(name)]
        if unknown:
            self._ask(sorted(unknown))

    def remember(self, names: Iterable[Named]) -> Remembered:
        """What is known once the batch is recorded and these names are given."""
        kept = self._remembered if len(self._remembered.found) < _REMEMBERED else Remembered()
        for name in names:
            self._found[name.name] = [row if row.stream != name.stream else name for row in self._found[name.name]]
        kept.found.update(self._found)
        kept.last.update(self._last)
        for stream, grown in self._grown.items():
            kept.last[stream] = self.before(stream) + grown
        return kept

    def _remembers(self, name: str) -> bool:
        rows = self._remembered.found.get(name)
        if rows is None:
            return False
        self._found[name] = rows
        for row in rows:
            self._last[row.stream] = self._remembered.last[row.stream]
        return True

    def _ask(self, names: list[str]) -> None:
        for name in names:
            self._found.setdefault(name, [])
        for named, last in self._names.named(names):
            self._found[named.name].append(named)
            self._last[named.stream] = last

    def _open_all(self, opening: list[Draft]) -> None:
        """Open what is new, in the order of the input, but an issuer before what it numbers."""
        openers: dict[str, list[Draft]] = {}
        if any(map(_issuer, opening)):
            for draft in opening:
                openers.setdefault(name_of_reference(draft.stream), []).append(draft)
                if isinstance(ref := draft.data.get("ref"), str):
                    openers.setdefault(name_of_reference(f"{split(draft.stream)[0]}:{ref}"), []).append(draft)
        opened: set[int] = set()
        for draft in opening:
            chain: list[Draft] = []
            following: Draft | None = draft
            while following is not None and id(following) not in opened:
                opened.add(id(following))
                chain.append(following)
                following = self._opener(_issuer(following), openers)
            for one in reversed(chain):
                self._open(one)

    def _opener(self, issuer: str, openers: Mapping[str, Sequence[Draft]]) -> Draft | None:
        """What opens an issuer that nobody has opened yet."""
        names = list(map(name_of_reference, _meant_by(issuer)))
        if any(self._found.get(name) for name in names):
            return None
        return next((draft for name in names for draft in openers.get(name, ())), None)

    def _issued_by(self, draft: Draft) -> str:
        """The stream of who numbers it; what does not resolve is found wrong where its slot is filled."""
        issuer = _issuer(draft)
        rows = [row for name in _meant_by(issuer) for row in self._found.get(name_of_reference(name), ())]
        return next((row.stream for row in rows if row.stream == issuer), rows[0].stream if rows else issuer)

    def _open(self, draft: Draft) -> None:
        wanted, issuer = draft.stream, self._issued_by(draft)
        kind, key = split(wanted)
        given = draft.data.get("ref")
        ref = given if isinstance(given, str) else key
        called = f"{kind}:{ref}"
        first = self._equal(called, issuer) or self._equal(wanted, issuer)
        if first and self._continues(draft):
            draft.stream, draft.opens = first.stream, False
            self._grow(first.stream)
            return
        if first and not self._batch.keep_equal_refs:
            where = f" at position {first.position}" if first.position else " earlier in this input"
            sentence = f"{kind} '{ref}' is already recorded{where}. Record what happened to it since, or correct it."
            self.mistakes.append(Mistake(draft.place, sentence, taken=first.position > 0))
            return
        if first:
            where = f"{draft.place}: " if draft.place else ""
            self.notes.append(f"{where}a second {kind} '{ref}'; kept beside the first.")
        self._refuse_look_alikes(draft, kind, ref)
        draft.stream = self._free_key(wanted)
        if draft.stream != wanted:
            draft.data.setdefault("ref", key)  # what it is called must stand in the fact, once its key does not say it
        self._grow(draft.stream)
        names = [draft.stream, called] if isinstance(draft.data.get("ref"), str) else [draft.stream]
        for name in dict.fromkeys(map(name_of_reference, names)):
            self._name(draft, Named(name, issuer, draft.stream, 0))

    @staticmethod
    def _continues(draft: Draft) -> bool:
        """A meeting that was called is then held, or called again `of` the earlier call, when it is moved or changed."""
        return draft.type == "meeting.held" or (draft.type == "meeting.called" and bool(draft.of))

    def _join(self, draft: Draft) -> None:
        stream = self._resolve(draft.place, draft.stream)
        if stream is None:
            draft.stream = ""
            return
        draft.stream = stream
        self._grow(stream)
        if draft.type == "record.renumbered":
            self._rename(draft)

    def _grow(self, stream: str) -> None:
        self._grown[stream] = self._grown.get(stream, 0) + 1

    def _rename(self, draft: Draft) -> None:
        kind, ref = split(draft.stream)[0], draft.data["ref"]
        if not isinstance(ref, str):
            self._wrong(draft.place, "a reference cannot be sealed: it is what people call the thing.")
            return
        called, issuer = f"{kind}:{ref}", self._issued_by(draft)
        first = self._equal(called, issuer)
        if first and first.stream != draft.stream:
            self._wrong(draft.place, f"{kind} '{ref}' is already the reference of {first.stream}.")
            return
        self._name(draft, Named(name_of_reference(called), issuer, draft.stream, 0))

    def _one_of(self, place: str, bare: Bare) -> str | None:
        """What a reference without a kind names: the one thing of those kinds that is there."""
        there = [one for one in bare.meant if self._found.get(name_of_reference(one))]
        if len(there) == 1:
            return self._resolve(place, there[0])
        if there:
            self._several(place, bare, there)
            return None
        near = tuple(stream for one in bare.meant for stream in self._near(*split(one)))
        hint = f"Did you mean {' or '.join(near[:3])}?" if near else _way_in(bare)
        self._missing(place, bare, f"'{bare}' is not recorded here, as {_any_of(bare.kinds)}. {hint}", near)
        return None

    def _resolve(self, place: str, reference: str) -> str | None:
        rows = self._found.get(name_of_reference(reference), ())
        if len(rows) == 1:
            return rows[0].stream
        streams = list(dict.fromkeys(row.stream for row in rows))
        if reference in streams:
            return reference
        if len(streams) == 1:
            return streams[0]
        if streams:
            self._several(place, reference, streams)
        else:
            near = self._near(*split(reference))
            hint = _meant(near, split(reference)[0])
            self._missing(place, reference, f"{reference} is not recorded here. {hint}", near)
        return None

    def _several(self, place: str, reference: str, streams: Sequence[str]) -> None:
        listed = ", ".join(streams)
        sentence = f"'{reference}' fits several things: {listed}. Write the one that is meant."
        self.mistakes.append(Mistake(place, sentence, str(reference)))

    def _missing(self, place: str, reference: str, sentence: str, near: tuple[str, ...]) -> None:
        self.mistakes.append(Mistake(place, sentence, str(reference), missing=True, near=near))

    def _equal(self, reference: str, issuer: str) -> Named | None:
        for row in self._found.get(name_of_reference(reference), ()):
            if row.issuer == issuer:
                return row
        return None

    def _free_key(self, wanted: str) -> str:
        stream, count = wanted, 1
        while self._taken(stream):
            count += 1
            stream = f"{wanted}~{count}"
        return stream

    def _taken(self, stream: str) -> bool:
        name = name_of_reference(stream)
        if name not in self._found and not self._remembers(name):
            self._ask([name])
        return any(row.stream == stream for row in self._found[name])

    def _name(self, draft: Draft, row: Named) -> None:
        self._found[row.name] = [*self._found.get(row.name, ()), row]  # a list that is remembered is never changed
        self._new_names.append((row, draft))

    def _refuse_look_alikes(self, draft: Draft, kind: str, ref: str) -> None:
        if ref.isascii() or (plain := looks_like(ref)) == fold(ref):
            return
        name = f"{kind}:{plain}"
        if self._found.get(name) or self._names.named([name]):
            self._wrong(
                draft.place,
                f"'{ref}' looks like the {kind} '{plain}' that is recorded already, but is written with letters of another script. "
                "If they are two, give this one a reference that can be told apart.",
            )

    def _near(self, kind: str, key: str) -> tuple[str, ...]:
        if len(self.mistakes) >= _SUGGESTIONS:
            return ()
        rows = [*self._names.names_of_kind(kind, _SUGGESTED_FROM), *(row for row, _ in self._new_names)]
        names = sorted({row.name.removeprefix(f"{kind}:") for row in rows if row.name.startswith(f"{kind}:")})
        if kind == "person":  # another number is another person: p-002 is nobody's misspelling of p-001
            names = [name for name in names if _without_digits(name) != _without_digits(fold(key))]
        near = get_close_matches(fold(key), names, n=3, cutoff=0.6)
        return tuple(dict.fromkeys(row.stream for name in near for row in rows if row.name == f"{kind}:{name}"))

    def _wrong(self, place: str, sentence: str) -> None:
        self.mistakes.append(Mistake(place, sentence))


def _meant(near: Sequence[str], kind: str) -> str:
    """What may have been meant, or else how a thing of that kind gets here."""
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if kind == "person":
        return "People are written by an opaque key: add one, such as p-012, under people: in the scheme file."
    if kind in SECTION_OF:
        return f"Add it under {SECTION_OF[kind].key}: in the scheme file, or open it with nothing but its ref."
    return "Open it first, or open it with nothing but its ref, if it was never recorded here."


def _any_of(kinds: Sequence[str]) -> str:
    """The kinds of which a thing may be, as long as they can be read."""
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}" if 1 < len(kinds) <= _KINDS_SHOWN else "whatever kind of thing"


def _way_in(bare: Bare) -> str:
    """How something gets here that nothing like it is called."""
    kind = "organisation" if "organisation" in bare.kinds else bare.kinds[0]
    added = "Add it to the scheme file, or write" if set(bare.kinds) & SECTION_OF.keys() else "Write"
    return f"{added} one that is here; with its kind it is {kind}:{bare}."


def _without_digits(text: str) -> str:
    return text.translate(_DIGITS)


def _meant_by(reference: str) -> list[str]:
    """The references that one may stand for: itself, or each kind of it where its kind was left out; none of none."""
    if isinstance(reference, Bare):
        return reference.meant
    return [reference] if reference else []


def _issuer(draft: Draft) -> str:
    issuer = draft.data.get("issuer", "")
    return issuer if isinstance(issuer, str) else ""


def name_of(kind: str, ref: str) -> str:
    """The name under which a reference is found."""
    return f"{kind}:{fold(ref)}"


@lru_cache(maxsize=65_536)
def name_of_reference(reference: str) -> str:
    """The name under which `kind:ref` is found."""
    return name_of(*split(reference))
