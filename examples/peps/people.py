"""Who is meant by a name: a person under an opaque key, a body, or nobody.

    "Nick Coghlan"                                     person:p-014
    "Brett Cannon  Jiwon Seo"                          two people, whose names the source ran together
    "Brett Cannon on behalf of the steering council"   a person, and the body that he stood for
    "C API Working Group"                              body:C API Working Group
    "TBD", "n/a", "XXXX"                               nobody

One key is given to each name, in the order in which the source first said them. That two names are one person is
concluded from the records alone, and only where

- one took the place of the other in two or more headers of one commit, or in one header and is much like it, or
- the two differ in nothing but capitals, accents and full stops.

It is a new name (`person.renamed`, one key) where it is more than another spelling, the old one was never used again
and the new one never before; otherwise it is one name written in two ways (`record.merged`, two keys).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from numbering import commit
from plain import Record

NOBODY = frozenset({"", "n/a", "none", "tbd", "to be determined", "todo", "unknown", "xxxx"})
COMPANY_TAIL = "Inc."  # of "Pfizer, Inc.", which the source split at its comma as if it were two authors
OTHER_NAMES = {"Steering Council": "Python Steering Council"}
STEERING_COUNCIL = "body:Python Steering Council"

_BODY = re.compile(r"\b(council|working group|sig|board|team|community)$", re.IGNORECASE)
_BEHALF = re.compile(r" on behalf of the steering council$", re.IGNORECASE)
_UNREADABLE = "\ufffd"
_MUCH_ALIKE = 0.9


@dataclass(frozen=True)
class Naming:
    """Something about who is who, and the record that says it."""

    record: Record
    stream: str
    type: str
    data: dict[str, str]


class Pair(NamedTuple):
    """Two names of one person, and the record from which that is first seen."""

    older: str
    newer: str
    record: Record


class People:
    """Everybody whom the records name, in the order of the records."""

    def __init__(self, records: Iterable[Record]) -> None:
        said = [(record, name, current) for record in records for name, current in _written(record)]
        self._known = {name for _, name, _ in said if "  " not in name and _UNREADABLE not in name}
        self._first: dict[str, Record] = {}
        self._last: dict[str, Record] = {}
        for record, written, current in said:
            for name in self.names(written):
                self._first.setdefault(name, record)
                if current:
                    self._last[name] = record
        self._given_up: dict[str, str] = {}
        pairs = self._one_person_under_two_names({id(record): record for record, _, _ in said}.values())
        self._keys = self._with_keys({pair.newer: pair.older for pair in pairs if self._is_new_name(pair)})
        self._learnt = list(self._conclusions(pairs))

    def names(self, written: str) -> list[str]:
        """The single names in what was written; [] where that is nobody."""
        text = _BEHALF.sub("", written).strip()
        if text.casefold() in NOBODY or text == COMPANY_TAIL:
            return []
        pieces = [piece for piece in re.split(r"\s{2,}", text) if piece in self._known]
        return pieces or [self._readable(re.sub(r"\s+", " ", text))]

    def parties(self, written: Iterable[str]) -> list[str]:
        """References to the people and bodies meant, each once, in the order given."""
        return list(dict.fromkeys(self._party(name) for text in written for name in self.names(text)))

    def person(self, name: str) -> str | None:
        """The key that stands for a person, whatever the name; None where the records know no such person."""
        key = self._keys.get(name)
        return None if key is None else self._standing(f"person:{key}")

    def same(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether two lists of parties are the same people and bodies, in the same order."""
        return [self._standing(party) for party in some] == [self._standing(party) for party in others]

    def namings(self) -> Iterator[Naming]:
        """First who there is, then what the records say of who is who."""
        opened: set[str] = set()
        for name, record in self._first.items():
            stream = self._party(name)
            if stream not in opened:
                opened.add(stream)
                yield _first_naming(stream, name, record)
        yield from self._learnt

    def _party(self, name: str) -> str:
        return f"person:{self._keys[name]}" if name in self._keys else f"body:{OTHER_NAMES.get(name, name)}"

    def _standing(self, party: str) -> str:
        while party in self._given_up:
            party = self._given_up[party]
        return party

    def _readable(self, name: str) -> str:
        """A name whose letters were lost on the way, as the one known name that fits it."""
        if _UNREADABLE not in name:
            return name
        pattern = re.compile("[^\\x00-\\x7f]".join(map(re.escape, name.split(_UNREADABLE))))
        fitting = [known for known in self._known if pattern.fullmatch(known)]
        return fitting[0] if len(fitting) == 1 else name

    def _with_keys(self, renamed: dict[str, str]) -> dict[str, str]:
        keys: dict[str, str] = {}
        for name in self._first:
            if not _BODY.search(name):
                older = name
                while older in renamed:
                    older = renamed[older]
                keys[name] = keys.get(older) or f"p-{len(set(keys.values())) + 1:03}"
        return keys

    def _is_new_name(self, pair: Pair) -> bool:
        last = self._last.get(pair.older)
        gone = last is None or _time(last) < _time(pair.record)
        return gone and _time(pair.record) <= _time(self._first[pair.newer]) and not _spelt_alike(*pair[:2])

    def _one_person_under_two_names(self, records: Iterable[Record]) -> list[Pair]:
        replaced: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
        for record in records:
            if record["kind"] == "authors_changed":
                for older, newer in self._replaced(record):
                    replaced[older, newer, commit(record)].append(record)
        found = [
            Pair(older, newer, places[0])
            for (older, newer, _), places in replaced.items()
            if len(places) > 1 or _alike(older, newer)
        ]
        spelt: dict[str, str] = {}
        for name, record in self._first.items():
            if (older := spelt.setdefault(_folded(name), name)) != name:
                found.append(Pair(older, name, record))
        people = [pair for pair in found if not (_BODY.search(pair.older) or _BODY.search(pair.newer))]
        once: dict[tuple[str, str], Pair] = {}
        for pair in sorted(people, key=lambda pair: (_time(pair.record), pair.record.lines)):
            once.setdefault((pair.older, pair.newer), pair)
        return list(once.values())

    def _replaced(self, record: Record) -> Iterable[tuple[str, str]]:
        before = [name for text in record["previous"] for name in self.names(text)]
        after = [name for text in record["authors"] for name in self.names(text)]
        gone = [name for name in before if name not in after]
        come = [name for name in after if name not in before]
        return zip(gone, come, strict=True) if len(gone) == len(come) else ()

    def _conclusions(self, pairs: Iterable[Pair]) -> Iterator[Naming]:
        for pair in pairs:
            left, stays = self._standing(self._party(pair.older)), self._standing(self._party(pair.newer))
            if self._keys[pair.older] == self._keys[pair.newer]:
                yield Naming(pair.record, left, "person.renamed", {"name": pair.newer})
            elif left != stays:
                self._given_up[left] = stays
                yield Naming(
                    pair.record, left, "record.merged", {"into": stays, "reason": "one name, written in two ways"}
                )


def stood_for(written: Iterable[str]) -> list[str]:
    """The body that somebody stood for, where his name says so."""
    return [STEERING_COUNCIL] if any(map(_BEHALF.search, written)) else []


def _written(record: Record) -> Iterator[tuple[str, bool]]:
    """Every name in a record, as written, and whether it holds from then on."""
    for field in ("authors", "to", "decided_by", "delegate_of_record"):
        yield from ((name, True) for name in record.get(field, ()))
    if isinstance(before := record.get("previous"), list):
        yield from ((name, False) for name in before)
    if "sponsor" in record:
        yield record["sponsor"], True
    if record["kind"] in {"sponsor", "appointment", "appointment_ended"} and "actor" in record:
        yield record["actor"], record["kind"] != "appointment_ended"
    yield from ((record[field], True) for field in ("body", "from") if _BODY.search(record.get(field, "")))


def _first_naming(stream: str, name: str, record: Record) -> Naming:
    kind, _, key = stream.partition(":")
    if kind == "person":
        return Naming(record, stream, "person.registered", {"name": name})
    return Naming(record, stream, "body.constituted", {"ref": key, "name": key})


def _time(record: Record) -> str:
    """A time to compare by: what the source does not date comes last."""
    return record.said_at or "9999"


def _alike(older: str, newer: str) -> bool:
    """Whether two names are much alike: Greg Ewing, Gregory Ewing; Oleg Broytmann, Oleg Broytman; GvR."""
    a, b = _folded(older), _folded(newer)
    same_ends = a[:1] == b[:1] and a.split()[-1] == b.split()[-1]
    return same_ends or older == "".join(word[0] for word in newer.split()) or _spelt_alike(older, newer)


def _spelt_alike(older: str, newer: str) -> bool:
    return SequenceMatcher(None, _folded(older), _folded(newer)).ratio() >= _MUCH_ALIKE


def _folded(name: str) -> str:
    """A name without what is left to the writer's habit: capitals, accents, full stops."""
    letters = unicodedata.normalize("NFKD", name).casefold().replace(".", " ")
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
