"""What was written on the command line, as the type and the data of one fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click
from msgspec import Struct, field

from decisionlog.cli.acting.flags import FLAGS, field_of, value_of
from decisionlog.cli.acting.verbs import Verb, types_of
from decisionlog.commands.needed import lacking, needed
from decisionlog.domain.days import named_day
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.refusals import BadInput

if TYPE_CHECKING:
    from decisionlog.store.log import Log

_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
_POSITION: Final = re.compile(r"@[1-9][0-9]{0,17}", re.ASCII)


class Options(NamedTuple):
    """What every command for one fact may be told beside its fields."""

    on: str | None
    fact: int
    was: str | None
    edit: bool
    again: bool
    key: str | None
    size: int | None
    personal_data: bool


class Written(Struct):
    """The words behind a command: its reference, its flags, and what else was set."""

    verb: Verb
    ref: str = ""
    further: tuple[str, ...] = ()
    flags: dict[str, tuple[str, ...] | bool] = field(default_factory=dict)
    """What each flag was given, as often as it was; an empty text says that it is not recorded."""
    ways: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()

    def type_for(self, kind: str) -> str:
        """The type of fact that is recorded about a thing of a kind. Raises a usage error where the flags do not go together."""
        ways = [*self.ways, *(name for name in self.verb.ways if self.flags.get(name))]
        of_kind = [self.verb.ways[way] for way in ways if _goes_with(self.verb.ways[way], kind)]
        if len(of_kind) > 1:
            raise click.UsageError(f"Give one of {' and '.join(f'--{way}' for way in ways)}, not both.")
        if self.ways and not of_kind:
            raise click.UsageError(f"--{self.ways[0]} does not go with a {kind}.")
        return of_kind[0] if of_kind else self.verb.types.get(kind, self.verb.types.get("*", ""))

    def data(self, type_name: str) -> dict[str, Any]:
        """The fields of the fact. Raises a usage error for a flag that the type has no field for."""
        data: dict[str, Any] = {}
        for name, given in self.flags.items():
            if given == ("",):
                continue
            found = field_of(FLAGS[name], type_name)
            if found is None:
                raise click.UsageError(f"--{name} says nothing of what is recorded here ({type_name}).")
            value = value_of(FLAGS[name], found, given)
            if isinstance(value, dict) and isinstance(data.get(found.name), dict):
                data[found.name] |= value  # several flags fill parts of one field
            else:
                data[found.name] = [*data.get(found.name, []), *value] if found.many else value
        for path, value in map(_setting, self.sets):
            _put(data, path, value)
        return data

    def missing(self, type_name: str, data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], FieldShape]]:
        """The flags that are needed and were not given, each with the field that it fills."""
        for fields in lacking(type_name, data):
            names = tuple(filter(None, (flag_named(self.verb, type_name, field) for field in fields)))
            if names and not any(name in self.flags for name in names):
                yield names, fields_of(TYPES[type_name])[fields[0]]


def named_fact(written: str | None) -> int:
    """The position that `--fact @12` names; 0, where none is. Raises a usage error."""
    if not written:
        return 0
    if not _POSITION.fullmatch(written):
        raise click.UsageError(f"--fact wants a position such as @12, not '{written[:40]}'.")
    return int(written[1:])


def day(on: str | None, log: Log, now: datetime) -> str | None:
    """When it happened; `today` and `yesterday` by the log's own calendar."""
    return named_day(on, now, log.zone) if on else on


def pointer(path: str) -> str:
    """`value.0.money` as a JSON Pointer; one is left as it is."""
    return path if path.startswith("/") else "/" + path.strip().replace(".", "/")


def assignment(text: str, wanted: str) -> tuple[str, str]:
    """The two sides of FIELD=VALUE. Raises a usage error that says what is wanted."""
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise click.UsageError(f"{wanted}, not '{text[:60]}'.")
    return path.strip(), value


def plain_value(text: str) -> Any:
    """JSON where it is a list, an object, a whole number or yes or no; all else is text. Raises `BadInput`."""
    from decisionlog.commands.json_lines import BadLine, parse

    stripped = text.strip()
    if stripped in {"true", "false"}:
        return stripped == "true"
    if _WHOLE.fullmatch(stripped):
        return int(stripped)
    if stripped[:1] not in {"[", "{", '"'}:
        return text
    try:
        return parse(b'{"value":%s}' % stripped.encode("utf-8", "surrogatepass"))["value"]
    except BadLine as wrong:
        msg = f"'{stripped[:60]}' {str(wrong).rstrip('.')}; begin with another letter where text is meant."
        raise BadInput(msg) from wrong


def _goes_with(type_name: str, kind: str) -> bool:
    return type_name.partition(".")[0] in {kind, "condition"}


def _setting(text: str) -> tuple[list[str], Any]:
    path, value = assignment(text, "--set wants FIELD=VALUE")
    return path.split("."), plain_value(value)


def _put(data: dict[str, Any], path: list[str], value: Any) -> None:
    holder = data
    for step in path[:-1]:
        inner = holder.setdefault(step, {})
        if not isinstance(inner, dict):
            raise click.UsageError(
                f"--set {'.'.join(path)}: {step} holds a list or a text; set it as a whole, in JSON."
            )
        holder = inner
    holder[path[-1]] = value


def needed_flags(verb: Verb) -> tuple[str, ...]:
    """The flags without which a verb says nothing, asked for on a terminal, whichever type of fact it records."""
    wanted = ((type_name, field) for type_name in types_of(verb) for names in needed(type_name) for field in names)
    return tuple(dict.fromkeys(filter(None, (flag_named(verb, *one) for one in wanted))))


def flag_named(verb: Verb, type_name: str, field_name: str) -> str:
    """The name of the flag of a verb that fills a field of a type; empty where none does."""
    for name in verb.flags.split():
        found = field_of(FLAGS[name], type_name)
        if found is not None and found.name == field_name:
            return name
    return ""


def flag_for(verb: Verb, type_name: str, field_name: str) -> str:
    """The flag of a verb that fills a field of a type; `--set FIELD` where none does."""
    if name := flag_named(verb, type_name, field_name):
        return f"--{name}"
    return f"--set {field_name}" if field_name in fields_of(TYPES[type_name]) else field_name
