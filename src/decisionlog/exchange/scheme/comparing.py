"""A scheme file beside the log: how it differs, and whether what differs could be recorded. Nothing is."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from decisionlog.commands.record_facts import Plain, RecordFacts, in_order, record_facts
from decisionlog.domain.refusals import Mistakes, Unusable
from decisionlog.exchange.scheme.reading import read_scheme
from decisionlog.exchange.written import read_yaml
from decisionlog.questions.point import Asked
from decisionlog.questions.scheme_difference import difference

if TYPE_CHECKING:
    from decisionlog.domain.answers.scheme import SchemeDifference
    from decisionlog.store.log import Log

_LOOKING: Final = "plan"
"""Who would record what is only looked at."""


class Compared(NamedTuple):
    """How a file differs from a log."""

    difference: SchemeDifference
    untried: str = ""
    """Why it could not be tried whether every reference is recorded, where it could not."""


def compared(
    log: Log, asked: Asked, now: datetime, name: str, content: bytes, *, personal_data: bool = False
) -> Compared:
    """How a file differs. Raises `Mistakes` with everything that is wrong with it, of shape and of reference.

    Of an earlier time nothing is tried: nothing is recorded in the past.
    """
    wanted = read_scheme(read_yaml(name, content), currency=log.identity.currency, zone=log.zone)
    answer = difference(log, asked, now, name, [*wanted.wanted, *wanted.unsound], wanted.also)
    mistakes = [*wanted.mistakes, *answer.twice]
    untried = ""
    if asked == Asked():
        try:
            _try(log, answer, now, personal_data=personal_data)
        except Mistakes as more:
            mistakes += map(wanted.precisely, more.mistakes)
        except Unusable as fault:
            untried = str(fault)
    if mistakes:
        raise Mistakes(in_order(mistakes))
    source = {"source": wanted.source(sha256(content).hexdigest())}
    return Compared(replace(answer, plain=tuple((source | fact, where) for fact, where in answer.plain)), untried)


def _try(log: Log, answer: SchemeDifference, now: datetime, *, personal_data: bool) -> None:
    """Try what would be recorded, and record nothing. Raises what recording it would raise."""
    if answer.plain:
        facts = [Plain(*one) for one in answer.plain]
        record_facts(log, RecordFacts(facts, _LOOKING, now, dry_run=True, personal_data=personal_data))
