"""Plain facts: what people and other tools write to have facts recorded, checked and made into drafts.

    {"type": "proposal.submitted", "stream": "proposal:NLB/P14", "on": "2026-03-12",
     "data": {"ref": "NLB/P14", "title": "Urgent community response"}}

`about` may stand for `stream` (a reference), `of` is {stream, n} or a reference (the fact that opened it).
Sealed fields come in clear; an open field is sealed by `{"$private": value}`. What the log sets is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, tzinfo
from functools import lru_cache
from typing import Any

from decisionlog.commands.requests import check, check_source, check_when, suggestion, unknown_field
from decisionlog.commands.sealing import Sealer, texts_in, unwrap
from decisionlog.domain.days import NotADate
from decisionlog.domain.facts import ANY_STREAM, KINDS, OPENING, TYPES
from decisionlog.domain.facts.shape import at
from decisionlog.domain.references import split
from decisionlog.domain.refusals import Mistake
from decisionlog.domain.sealed import ERASING
from decisionlog.domain.text import BadText, clean, nhs_number
from decisionlog.store.batch import Draft
from decisionlog.store.upcasts import newest

FIELDS = ["type", "stream", "about", "on", "of", "data", "source"]
_KNOWN = frozenset(FIELDS)
_REF_LIMIT = 200
_EVERY_DIGIT_NOUGHT = bytes.maketrans(b"123456789", b"000000000")
_POSITION = re.compile(r"@[0-9]{1,18}")
_ABOUT_A_FACT = frozenset(
    "record.corrected record.retracted record.contradicted record.value_erased record.hold_lifted".split()
)
"""The types that mean nothing without `of`."""


FactAt = Callable[[int], tuple[str, int] | None]
"""Gives the stream and the version of the fact at a position, if there is one."""


class Drafting:
    """Makes drafts of plain facts, and keeps every mistake with its place."""

    def __init__(
        self,
        *,
        zone: tzinfo = UTC,
        personal_data: bool = False,
        may_erase: bool = False,
        fact_at: FactAt | None = None,
    ) -> None:
        self.mistakes: list[Mistake] = []
        self._may_erase = may_erase
        self._fact_at = fact_at
        self._zone = zone
        self._personal_data = personal_data

    def draft(self, plain: dict[str, Any], place: str, line: bytes | None = None) -> Draft | None:
        """The draft of one plain fact; none, where it has mistakes, which are then kept.

        `line`, the bytes that it was read from, spares looking for what cannot be in it.
        """
        before = len(self.mistakes)
        self._fields(plain, place)
        type_name = self._type(plain, place)
        if type_name is None:
            return None
        on = self._on(plain, place)
        of = self._of(plain, place, type_name)
        private: set[str] = set()
        data = self._data(plain, place, type_name, private if line is None or b"$private" in line else None)
        source = self._source(plain, place)
        stream = self._stream(plain, place, type_name, of, data)
        if len(self.mistakes) > before:
            return None
        if not self._personal_data and (line is None or _has_ten_digits(line)):
            self._refuse_personal(stream, data, place)
        if len(self.mistakes) > before:
            return None
        sealer = Sealer()
        sealer.data(type_name, data, private)
        if source:
            sealer.source(source)
        return Draft(
            type=type_name,
            stream=stream,
            data=data,
            opens=type_name in OPENING,
            on=on,
            of=of,
            source=source or None,
            slots=sealer.slots,
            openings=sealer.openings,
            place=place,
            v=newest(type_name),
        )

    @staticmethod
    def stub(plain: dict[str, Any]) -> Draft | None:
        """The name that an opening fact with mistakes would have given, so that what names it is not wrong as well."""
        type_name, data = plain.get("type"), plain.get("data")
        if not isinstance(type_name, str) or type_name not in OPENING:
            return None
        kind = type_name.partition(".")[0]
        ref = data.get("ref") if isinstance(data, dict) else None
        written = next((name for name in (plain.get("stream"), plain.get("about"), ref) if isinstance(name, str)), "")
        _, key = split(written) if split(written)[0] == kind else ("", written)
        return Draft(type_name, f"{kind}:{key.strip()}", {}, opens=True) if key.strip() else None

    def wrong(self, place: str, sentence: str) -> None:
        """Keep a mistake."""
        self.mistakes.append(Mistake(place, sentence))

    def _fields(self, plain: dict[str, Any], place: str) -> None:
        for name in plain:
            if name not in _KNOWN:
                self.wrong(place, unknown_field(name, FIELDS))

    def _type(self, plain: dict[str, Any], place: str) -> str | None:
        name = plain.get("type")
        if name is None:
            self.wrong(place, '`type` is missing; write what happened, for example "type": "decision.taken".')
        elif not isinstance(name, str) or name not in TYPES:
            near = suggestion(str(name), TYPES, cutoff=0.7)
            hint = f" Did you mean '{near}'?" if near else ""
            self.wrong(
                place, f"'{str(name)[:60]}' is not a type of fact.{hint} `decisionlog schema --types` lists them."
            )
        elif name == "log.opened":
            self.wrong(place, "a log is opened once, by `decisionlog init`.")
        elif name in ERASING and not self._may_erase:
            self.wrong(place, f"{name} destroys what it names, so only `decisionlog erase` records it, and asks first.")
        else:
            return name
        return None

    def _on(self, plain: dict[str, Any], place: str) -> str | None:
        if "on" not in plain:
            return None
        try:
            return check_when(plain["on"], self._zone)
        except NotADate as wrong:
            self.wrong(f"{place}, on", str(wrong))
            return None

    def _of(self, plain: dict[str, Any], place: str, type_name: str) -> dict[str, Any] | None:
        if "of" not in plain:
            if type_name in _ABOUT_A_FACT:
                self.wrong(place, f"`of` is missing: {type_name} names the fact that it is about.")
            return None
        of = plain["of"]
        if isinstance(of, str) and of.startswith("@") and self._fact_at:
            return self._at_position(of, place)
        written, n = (of.get("stream"), of.get("n")) if isinstance(of, dict) else (of, 1)
        whole = not isinstance(of, dict) or of.keys() == {"stream", "n"}
        if not whole or not isinstance(written, str) or type(n) is not int or n < 1:
            self.wrong(
                f"{place}, of", 'write {"stream": "kind:key", "n": 1}, a position such as "@12", or a reference.'
            )
            return None
        stream = self._reference(f"{place}, of", written, type_name.partition(".")[0])
        return {"stream": stream, "n": n} if stream else None

    def _at_position(self, of: str, place: str) -> dict[str, Any] | None:
        cited = self._fact_at(int(of[1:])) if self._fact_at and _POSITION.fullmatch(of) else None
        if cited is None:
            self.wrong(f"{place}, of", f"there is no fact at position {of[:20]}.")
            return None
        return {"stream": cited[0], "n": cited[1]}

    def _data(self, plain: dict[str, Any], place: str, type_name: str, private: set[str] | None) -> dict[str, Any]:
        given = plain.get("data", {})
        if not isinstance(given, dict):
            self.wrong(f"{place}, data", "an object, {...}, is wanted.")
            return {}
        clear = given if private is None else unwrap(given, "", private)
        data, mistakes = check(type_name, clear, self._zone)
        self.mistakes += [Mistake(f"{place}, {at_}", sentence) for at_, sentence in mistakes]
        for pointer in sorted(private or ()) if not mistakes else ():
            self._refuse_to_seal(place, type_name, pointer)
        return data

    def _refuse_to_seal(self, place: str, type_name: str, pointer: str) -> None:
        """What a fact cannot be read without stays open; what holds it may be sealed as a whole."""
        field = at(TYPES[type_name], pointer)
        holder, _, last = pointer.rpartition("/")
        if field is None or not field.required or field.meaning == "sealed" or last.isdecimal():
            return
        way_out = f"seal the whole of {holder} instead." if holder else "leave it out, or record it in words."
        self.wrong(
            f"{place}, data", f"{pointer or 'data'} cannot be sealed, for the fact cannot be read without it; {way_out}"
        )

    def _source(self, plain: dict[str, Any], place: str) -> dict[str, Any]:
        if "source" not in plain:
            return {}
        source, mistakes = check_source(plain["source"], self._zone)
        self.mistakes += [Mistake(f"{place}, {at_}", sentence) for at_, sentence in mistakes]
        return source

    def _stream(
        self, plain: dict[str, Any], place: str, type_name: str, of: dict[str, Any] | None, data: dict[str, Any]
    ) -> str:
        prefix = type_name.partition(".")[0]
        if "stream" in plain and "about" in plain:
            self.wrong(place, "give `stream` or `about`, not both.")
            return ""
        for name in ("stream", "about"):
            if name in plain and not isinstance(plain[name], str):
                self.wrong(f"{place}, {name}", f'text is wanted, for example "{name}": "{prefix}:...".')
                return ""
            if name in plain:
                return self._of_kind(f"{place}, {name}", type_name, prefix, plain[name])
        given = plain.get("data")
        ref = data.get("ref") or (given.get("ref") if isinstance(given, dict) else None)
        if type_name in OPENING and isinstance(ref, str):
            return self._of_kind(f"{place}, data.ref", type_name, prefix, f"{prefix}:{ref}")
        if of:
            return self._of_kind(f"{place}, of", type_name, prefix, of["stream"])
        self.wrong(place, f'says nothing of what it is about; give `stream`, for example "stream": "{prefix}:...".')
        return ""

    def _of_kind(self, place: str, type_name: str, prefix: str, written: str) -> str:
        stream = self._reference(place, written, prefix)
        kind = split(stream)[0]
        if stream and prefix not in ANY_STREAM and kind != prefix:
            self.wrong(place, f"{type_name} is written in a stream of kind {prefix}, not {kind}.")
        return stream

    def _reference(self, place: str, written: str, prefix: str) -> str:
        """`kind:key` of what was written; empty, if it is none."""
        try:
            return _reference(written, prefix)
        except BadText as wrong:
            self.wrong(place, str(wrong))
            return ""

    def _refuse_personal(self, stream: str, data: dict[str, Any], place: str) -> None:
        if nhs_number(stream):
            self.wrong(
                f"{place}, stream",
                "holds what reads as an NHS number, and a key is open for ever. Give an opaque key, such as p-014; "
                "or, if it is another number, give --contains-personal-data.",
            )

        def look(at: str, text: str) -> None:
            if nhs_number(text):
                self.wrong(
                    f"{place}, data{at}",
                    "holds what reads as an NHS number. Take it out; or, if it must be kept, give --contains-personal-data "
                    '(prose and names are sealed; wrap an open field as {"$private": ...}).',
                )

        texts_in(data, "", look)


@lru_cache(maxsize=65_536)
def _reference(written: str, prefix: str) -> str:
    """`kind:key` of what was written, the kind being the type's own where none is given. Raises `BadText`."""
    try:
        written = clean(written, limit=_REF_LIMIT + 20, one_line=True)
    except BadText as wrong:
        raise BadText(f"the reference {wrong}.") from wrong
    kind, key = split(written)
    if kind not in KINDS and prefix not in ANY_STREAM and not suggestion(kind, KINDS):
        kind, key = prefix, written  # a colon may stand in a reference as well
    if kind in KINDS and key.strip():
        return f"{kind}:{key.strip()}"
    near = "" if kind in KINDS else suggestion(kind, KINDS)
    hint = f" Did you mean '{near}:{key[:60]}'?" if near else f" The kinds are: {', '.join(KINDS)}."
    raise BadText(f"'{written[:80]}' is not kind:key.{hint}")


def _has_ten_digits(line: bytes) -> bool:
    """Whether ten digits follow one another, with or without spaces and dashes: most lines need not be looked through."""
    return b"0000000000" in line.translate(_EVERY_DIGIT_NOUGHT, b" -")
