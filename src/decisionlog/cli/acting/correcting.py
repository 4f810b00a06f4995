"""FIELD=NOW: which field of a fact is meant, in its own words or in those of a meeting's file, and what it should say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import click

from decisionlog.cli.acting.written import Options, assignment, plain_value, pointer
from decisionlog.domain.days import clock_on
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import FieldShape, fields_of

if TYPE_CHECKING:
    from decisionlog.commands.correct import Target
    from decisionlog.store.log import Log

IN_FILES: Final[Mapping[str, str]] = MappingProxyType({
    "maker": "decision_makers", "makers": "decision_makers", "for": "on_behalf_of", "date": "on", "day": "on",
    "effective": "from", "review": "review_by", "rejected": "options_rejected",
})  # fmt: skip
"""What the fields are called in the files of meetings, where that is not their own name."""


def changes(log: Log, ref: str, written: tuple[str, ...], options: Options) -> Iterator[dict[str, Any]]:
    """The fields to correct, each with what it should say, in the form in which its fact holds it.

    Raises a usage error for what is not FIELD=NOW, `NotFound`, and `BadInput` for what the fact cannot hold.
    """
    from decisionlog.commands.correct import target
    from decisionlog.exchange.fitting import fitted_value

    wrong = target(log, ref, options.fact)
    currency = log.identity.currency or "GBP"
    if options.was is not None and len(written) > 1:
        raise click.UsageError("--was goes with one FIELD=NOW; correct the others by themselves.")
    for text in written:
        name, now = assignment(text, "correct wants FIELD=NOW")
        change: dict[str, Any] = {"path": _narrowed(_path(name, wrong.fact.type), now, wrong)}
        field = wrong.field(change["path"])
        for side, value in (("was", options.was), ("now", now)):
            if value:
                plain = _at_the_time(plain_value(value), field, wrong.fact.on, log)
                change[side] = fitted_value(field, plain, currency) if field else str(plain)
        yield change


def _path(name: str, type_name: str) -> str:
    """The JSON Pointer to a field, by its own name first, then by the one that it has in files."""
    path = pointer(name)
    first, *within = path.split("/")[1:]
    fields = fields_of(TYPES[type_name]) if type_name in TYPES else {}
    meant = IN_FILES.get(first, "")
    if first in fields or meant not in {"on", *fields}:
        return path
    return "/".join(["", meant, *within])


def _narrowed(path: str, written: str, wrong: Target) -> str:
    """Where an amount alone is given for the one value that is recorded: its money, so that the rest of it stands."""
    from decisionlog.domain.amounts import money
    from decisionlog.domain.facts.parts import Value

    field = wrong.field(path)
    if field is None or field.part is not Value or not field.many or money(written) is None:
        return path
    stands = wrong.stands(path)
    return f"{path}/0/money" if isinstance(stands, list) and len(stands) == 1 else path


def _at_the_time(plain: Any, field: FieldShape | None, on: str | None, log: Log) -> Any:
    """A time of the day, `17:00`, on the day of the fact, where a time is wanted."""
    if field is None or field.meaning != "when" or not isinstance(plain, str):
        return plain
    return clock_on(on, plain, log.zone)
