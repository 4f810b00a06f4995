"""What a person wrote in a YAML file: plain values, and the line on which each of them stands.

Read strictly: no anchors, no tags, no key given twice, no tabs for indentation, nothing deeper or longer than the limits.
Only `true`, `false` and whole numbers mean more than their letters: `2026-03-12`, `7.2`, `no` and `012` are text, as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, NoReturn

from msgspec import Struct, field

from decisionlog.domain.refusals import Mistake, Mistakes

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

SIZE_LIMIT: Final = 4 * 1024 * 1024
"""Bytes of one file."""
DEPTH_LIMIT: Final = 32

Path = tuple[str | int, ...]
"""Where a value stands: `("items", 0, "decisions", 1)`."""

_TAG: Final = "tag:yaml.org,2002:"
_BOOLEANS: Final = {"true": True, "false": False}
_EMPTY: Final = frozenset({"", "~", "null"})
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII)


class Written(Struct, frozen=True):
    """One file as it was written."""

    name: str
    """What the file is called in messages."""
    value: Any
    lines: Mapping[Path, int] = field(default_factory=dict)
    """The line, from 1, of every value."""

    def place(self, *path: str | int) -> str:
        """Where a value stands, for a message: `march.yaml, line 12, items[0].outcome`."""
        at = path
        while at and at not in self.lines:
            at = at[:-1]
        line = f", line {self.lines[at]}" if at in self.lines else ""
        within = spelled(path)
        return f"{self.name}{line}" + (f", {within}{self._numbered(path)}" if within else "")

    def _numbered(self, path: Path) -> str:
        """The number on the agenda of the item in which something stands: it is not the place in the list."""
        value, found = self.value, ""
        for step in path:
            value = _at(value, step)
            number = value.get("item") if isinstance(value, dict) and isinstance(step, int) else None
            if isinstance(number, (str, int)) and number != "":
                found = f" (item {str(number)[:20]})"
        return found


def _at(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def spelled(path: Path) -> str:
    """A path as people read it: `items[0].decisions[1]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def read_yaml(name: str, content: bytes, *, first_line: int = 1) -> Written:
    """The one YAML document of a file. Raises `Mistakes`, each with its line.

    `first_line` is the line of the file on which the document begins, where other text stands before it.
    """
    if len(content) > SIZE_LIMIT:
        _refuse(name, f"is {len(content):,} bytes; the limit is {SIZE_LIMIT:,}.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        guess = " It looks like UTF-16; save it as UTF-8." if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ""
        _refuse(name, f"is not UTF-8 (byte {wrong.start + 1} is 0x{content[wrong.start]:02x}).{guess}")
    reader = _Reader(name, first_line)
    value = reader.document(_events(name, text, first_line))
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    return Written(name, value, reader.lines)


def _events(name: str, text: str, first_line: int) -> Iterator[Event]:
    """What the file is made of, piece by piece; it ends at the first piece that may not be in it."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - only where a file of this kind is read
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415 - as above
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent  # noqa: PLC0415 - as above

    depth = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(StringIO(text)):
            line = event.start_mark.line + first_line
            if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
                _refuse(f"{name}, line {line}", "has an anchor or an alias (& or *), which are not read; write it out.")
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > DEPTH_LIMIT:
                _refuse(f"{name}, line {line}", f"is nested too deeply; {DEPTH_LIMIT} levels are the limit.")
            yield event
    except MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        where = f", line {mark.line + first_line}, column {mark.column + 1}" if mark else ""
        problem = " ".join(str(wrong.problem or wrong.context or "it cannot be read").split())
        hint = " Indent with spaces, not tabs." if "\\t" in problem else ""
        _refuse(f"{name}{where}", f"is not YAML: {problem}.{hint}")
    except YAMLError as wrong:
        _refuse(name, f"is not YAML that can be read ({' '.join(str(wrong).split())[:200]}).")


def _refuse(place: str, sentence: str) -> NoReturn:
    raise Mistakes([Mistake(place, sentence)])


class _Reader:
    """Turns the pieces of a document into plain values, and keeps the line of each."""

    def __init__(self, name: str, first_line: int) -> None:
        self._name = name
        self._first_line = first_line
        self.lines: dict[Path, int] = {}
        self.mistakes: list[Mistake] = []

    def document(self, events: Iterator[Event]) -> Any:
        """The value of the one document."""
        from ruamel.yaml.events import DocumentStartEvent, StreamStartEvent  # noqa: PLC0415 - only where a file is read

        value, found = None, 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                found += 1
                if found > 1:
                    self._wrong(event, (), "begins a second document (---); one file holds one.")
                    break
                value = self._value(next(events), events, ())
            elif not isinstance(event, StreamStartEvent) and found == 0:
                break
        if not found:
            _refuse(self._name, "is empty; nothing is written in it.")
        return value

    def _value(self, event: Event, events: Iterator[Event], path: Path) -> Any:
        from ruamel.yaml.events import MappingStartEvent, SequenceStartEvent  # noqa: PLC0415 - as above

        self.lines.setdefault(path, self._line(event))
        if (tag := getattr(event, "tag", None)) and not _is_plain(tag):
            self._wrong(event, path, f"has the tag {str(tag)[:60]}, which is not read; write plain text.")
        if isinstance(event, MappingStartEvent):
            return dict(self._entries(events, path, in_braces=bool(event.flow_style)))
        if isinstance(event, SequenceStartEvent):
            return list(self._items(events, path))
        return self._scalar(event, path)

    def _entries(self, events: Iterator[Event], path: Path, *, in_braces: bool) -> Iterator[tuple[str, Any]]:
        from ruamel.yaml.events import MappingEndEvent, ScalarEvent  # noqa: PLC0415 - as above

        seen: set[str] = set()
        told = False
        while not isinstance(key_event := next(events), MappingEndEvent):
            key = key_event.value if isinstance(key_event, ScalarEvent) else ""
            if not key or key == "<<":
                self._wrong(key_event, path, "has a key that is not a word; write a word before the colon.")
            elif key in seen:
                self._wrong(key_event, path, f"has `{key[:60]}` given twice.")
            if not isinstance(key_event, ScalarEvent):
                self._value(key_event, events, path)
            if key not in seen:
                self.lines[(*path, key)] = self._line(key_event)
            value_event = next(events)
            cut = isinstance(value_event, ScalarEvent) and not value_event.value and not value_event.style
            if in_braces and cut and _is_no_key(key):
                if not told:  # a text may have several commas, and is one mistake
                    found = f"has '{key[:60]}' after a comma"
                    self._wrong(key_event, path, f"{found}; in braces, put a text with a comma in quotation marks.")
                told = True
                continue
            value = self._value(value_event, events, (*path, key))
            if key and key not in seen:
                seen.add(key)
                yield key, value

    def _items(self, events: Iterator[Event], path: Path) -> Iterator[Any]:
        from ruamel.yaml.events import SequenceEndEvent  # noqa: PLC0415 - as above

        index = 0
        while not isinstance(event := next(events), SequenceEndEvent):
            yield self._value(event, events, (*path, index))
            index += 1

    def _scalar(self, event: Any, path: Path) -> Any:
        text: str = event.value
        if event.style:  # in quotation marks, or a block of text
            return text
        if text.lower() in _EMPTY:
            self._wrong(event, path, "is empty; leave out what is not recorded.")
            return None
        if text.lower() in _BOOLEANS:
            return _BOOLEANS[text.lower()]
        return int(text) if _WHOLE.fullmatch(text) else text

    def _line(self, event: Event) -> int:
        return int(event.start_mark.line) + self._first_line

    def _wrong(self, event: Event, path: Path, sentence: str) -> None:
        within = f", {spelled(path)}" if path else ""
        self.mistakes.append(Mistake(f"{self._name}, line {self._line(event)}{within}", sentence))


def _is_no_key(key: str) -> bool:
    """Whether it is rather the end of a text that a comma has cut."""
    return " " in key or not key[:1].isalpha()


def _is_plain(tag: Any) -> bool:
    """Whether a tag is one of YAML's own for text, lists and keys, which say nothing more."""
    return str(tag).removeprefix(_TAG) in {"str", "seq", "map", "!"}
