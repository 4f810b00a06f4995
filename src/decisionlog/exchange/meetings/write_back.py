"""References put into the file they were allotted for: a minimal edit that leaves every other letter where it stands."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from io import StringIO
from pathlib import Path as FilePath
from tempfile import mkstemp
from typing import Any, Final, NamedTuple

from decisionlog.domain.refusals import DecisionlogError
from decisionlog.exchange.meetings.files import Sheet, read_sheet
from decisionlog.exchange.written import Path
from decisionlog.exchange.yaml_text import scalar

_SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._- ")
"""Letters of a value that may stand in braces as it stands alone."""

_LEFT: Final = "it is laid out in a way that cannot be added to safely; write them in yourself."

Allotment = tuple[Path, str, str]
"""Where in the file, the key that a value alone stands for there, and the reference."""


class CannotWrite(Exception):
    """Why the file was left as it is."""


class _Edit(NamedTuple):
    """From one letter to another, this text instead."""

    start: int
    end: int
    text: str


class _Place(NamedTuple):
    """Where a value stands in the text, and whether it is keys in braces, keys in lines, or a value alone."""

    start: int
    end: int
    kind: str
    value: str = ""


def write_back(sheet: Sheet, allotted: Sequence[Allotment]) -> None:
    """Put references into a file, in one step. Raises `CannotWrite`, with the file as it was."""
    if not allotted:
        return
    if sheet.path is None:
        msg = "it came from standard input; write them in yourself."
        raise CannotWrite(msg)
    path = sheet.path.resolve()
    changed = with_refs(sheet, allotted)
    try:
        if path.read_bytes() != sheet.content:
            msg = "it was changed in the meantime."
            raise CannotWrite(msg)
        _replace(path, changed)
    except OSError as fault:
        msg = f"it cannot be written ({fault.strerror})."
        raise CannotWrite(msg) from fault


def with_refs(sheet: Sheet, allotted: Sequence[Allotment]) -> bytes:
    """The content of a file with references put in. Raises `CannotWrite` where that would change anything else."""
    text = sheet.content.decode("utf-8")
    start, end = _front(text, markdown=sheet.is_markdown)
    front = text[start:end]
    places = dict(_places(front))
    if any(path not in places for path, _, _ in allotted):
        raise CannotWrite(_LEFT)
    edits = [_edit(front, places[path], alone, ref) for path, alone, ref in allotted]
    for edit in sorted(edits, reverse=True):
        front = front[: edit.start] + edit.text + front[edit.end :]
    changed = (text[:start] + front + text[end:]).encode()
    _require_nothing_else(sheet, changed, allotted)
    return changed


def _front(text: str, *, markdown: bool) -> tuple[int, int]:
    """Where the YAML begins and ends in a text."""
    begins = 1 if text.startswith("\ufeff") else 0
    if not markdown:
        return begins, len(text)
    start = text.index("\n") + 1
    end = start
    for line in text[start:].splitlines(keepends=True):
        if line.rstrip() == "---":
            break
        end += len(line)
    return start, end


def _edit(front: str, place: _Place, alone: str, ref: str) -> _Edit:
    written = scalar(ref, within=True)
    if place.kind == "braces":
        inside = front[place.start + 1 : place.end - 1].strip()
        return _Edit(place.start + 1, place.start + 1, f"ref: {written}" + (", " if inside else ""))
    if place.kind == "lines":
        column = place.start - front.rfind("\n", 0, place.start) - 1
        newline = "\r\n" if "\r\n" in front else "\n"
        return _Edit(place.start, place.start, f"ref: {written}{newline}{' ' * column}")
    value = front[place.start : place.end]
    shown = value if set(value) <= _SAFE else json.dumps(place.value, ensure_ascii=False)
    return _Edit(place.start, place.end, f"{{ref: {written}, {alone}: {shown}}}")


def _places(text: str) -> Iterator[tuple[Path, _Place]]:
    """Every value of a YAML text, and where it stands."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - only where a file is written back

    events = YAML(typ="safe", pure=True).parse(StringIO(text))
    for event in events:
        if type(event).__name__ == "DocumentStartEvent":
            yield from _values(text, next(events), events, ())
            return


def _values(text: str, event: Any, events: Iterator[Any], path: Path) -> Iterator[tuple[Path, _Place]]:
    start = event.start_mark.index
    match type(event).__name__:
        case "MappingStartEvent":
            while type(key := next(events)).__name__ != "MappingEndEvent":
                yield from _values(text, next(events), events, (*path, key.value))
            yield path, _Place(start, key.end_mark.index, "braces" if event.flow_style else "lines")
        case "SequenceStartEvent":
            index = 0
            while type(each := next(events)).__name__ != "SequenceEndEvent":
                yield from _values(text, each, events, (*path, index))
                index += 1
        case _:
            shown = text[start : event.end_mark.index].rstrip()  # a block of text ends where the next key begins
            yield path, _Place(start, start + len(shown), "alone", event.value)


def _require_nothing_else(sheet: Sheet, changed: bytes, allotted: Sequence[Allotment]) -> None:
    """Read what would be written, and hold it to what was there with the references and nothing more."""
    expected = deepcopy(sheet.written.value)
    for path, alone, ref in allotted:
        *above, last = path
        holder = expected
        for step in above:
            holder = holder[step]
        inner = holder[last]
        holder[last] = {**(inner if isinstance(inner, dict) else {alone: inner}), "ref": ref}
    try:
        same = read_sheet(sheet.name, changed, sheet.path).written.value == expected
    except DecisionlogError:
        same = False
    if not same:
        raise CannotWrite(_LEFT)


def _replace(path: FilePath, content: bytes) -> None:
    """Another content for a file, in one step: what reads it sees the one or the other."""
    mode = path.stat().st_mode & 0o777
    handle, name = mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        FilePath(name).chmod(mode)
        FilePath(name).replace(path)
    except BaseException:
        with suppress(OSError):
            FilePath(name).unlink()
        raise
