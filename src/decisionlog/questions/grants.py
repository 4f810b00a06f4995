"""What an account may do with a log, by the facts that grant it; and the guard that asks so inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from msgspec import Struct

from decisionlog.domain.access import OPEN, held
from decisionlog.domain.belonging import acting
from decisionlog.domain.days import NotADate, span
from decisionlog.domain.facts.access import AccessGranted, AccessRevoked
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.keys import stream_of
from decisionlog.domain.known import Known, happened_at, read
from decisionlog.domain.permissions import Grant, No, everywhere, may, needed_for
from decisionlog.domain.references import split
from decisionlog.domain.refusals import Forbidden, NotFound
from decisionlog.store.batch import Named, Standing
from decisionlog.store.codec import Line, decode
from decisionlog.store.directory import Names
from decisionlog.store.log import Log
from decisionlog.store.shown import Shown, first_of, following, whose
from decisionlog.store.view import ViewRecorder

_NOTHING: Final = "Nothing was recorded."


class Granted(Struct, frozen=True):
    """What was granted under one key, to whom, and how it ended."""

    account: str
    grant: Grant
    revoked_by: int = 0
    """The position of the fact that took it back; 0, where none did."""
    until: str = ""
    """Its end as it was granted."""


def granted(log: Log, key_id: str, known: Known | None = None) -> Granted | None:
    """What is granted under a key, by what is known of the log; none, where nothing is."""
    reading = read(log.stream(stream_of(key_id)), known or Known(), log.zone)
    given = next(((fact, fact.data) for fact in reading.facts if isinstance(fact.data, AccessGranted)), None)
    if given is None:
        return None
    fact, data = given
    begins = _moment(log, data.from_, fact)
    ends = Grant(frozenset()).ends if not data.until else _moment(log, data.until, fact)
    revoked_by = 0
    for later in reading.facts:
        if isinstance(later.data, AccessRevoked):
            end = _moment(log, later.data.from_, later)
            if end <= ends:
                ends, revoked_by = end, later.position
    bodies = None if data.bodies is None else frozenset(data.bodies)
    account = data.account or (split(data.person)[1] if data.person else "")
    grant = Grant(frozenset(data.permissions or ()), bodies, fact.position, begins, ends)
    return Granted(account, grant, revoked_by, data.until or "")


def _moment(log: Log, when: str | None, fact: Fact) -> int:
    try:
        return span(when, log.zone).earliest if when else happened_at(fact, log.zone)
    except NotADate:
        return happened_at(fact, log.zone)


class KeyGuard(Struct):
    """Lets the holder of one key record what its grant covers, as it stands in the transaction that records it."""

    key_id: str
    shown: Shown | None = None
    """What its holder may know of the log; none: everything."""

    def names(self, log: Log, taken: AbstractSet[str], now: int) -> Names:
        """The names of the things that the holder may know of."""
        grants = self._grants(log, log.size())
        if self.shown is None or everywhere(grants, "read-private", now) is None:
            return log.recorder
        shown = following(self.shown, log, log.size(), now)
        gives_keys = everywhere(grants, "administer", now) is None
        return _Known(log.recorder, ViewRecorder(log.recorder, shown, ""), taken, gives_keys)

    def require(self, log: Log, lines: Sequence[Line], now: int) -> None:
        """Raises `Forbidden` for the first fact that the grant does not cover, `NotFound` where its thing may not be known."""
        before = lines[0].position - 1 if lines else 0
        grants = self._grants(log, before)
        for line in lines:
            fact = decode(line)
            self._require(log, fact, before, grants, now)

    def _grants(self, log: Log, size: int) -> list[Grant]:
        found = granted(log, self.key_id, Known(position=size))
        return [found.grant] if found else []

    def _require(self, log: Log, fact: Fact, before: int, grants: Sequence[Grant], now: int) -> None:
        action = needed_for(fact.type, fact.kind)
        known = first_of(log.stream(fact.stream), before)
        is_new = known[0].position > before
        level = "open" if is_new else held(known, log.zone, now).get(1, OPEN).level
        bodies, _ = whose(log, fact.stream, before)
        answers = [may(grants, action, bodies, level, now)]
        answers += [may(grants, action, [body], "open", now) for body in sorted(acting(fact))]
        for answer in answers:
            if isinstance(answer, No):
                _refuse(fact, answer)


def _refuse(fact: Fact, answer: No) -> None:
    if answer.absent:
        kind, ref = split(fact.stream)
        msg = f"No {kind} is called '{ref}'. {_NOTHING}"
        raise NotFound(msg)
    msg = f"{answer.reason} What was to be recorded is {fact.type} of {fact.stream}. {_NOTHING}"
    raise Forbidden(msg)


class _Known(Struct):
    """Names as somebody may know them; those that a batch would give are told wherever they are taken.

    Grants are known to whoever may give keys and take them back.
    """

    every: Names
    known: Names
    taken: AbstractSet[str]
    gives_keys: bool

    def named(self, names: Iterable[str]) -> list[Standing]:
        """Everything that is called by one of these names."""
        wanted = list(names)
        found = self.known.named([name for name in wanted if not self._is_told(name)])
        return [*found, *self.every.named([name for name in wanted if self._is_told(name)])]

    def names_of_kind(self, kind: str, limit: int) -> list[Named]:
        """Names in use for a kind."""
        return self.known.names_of_kind(kind, limit)

    def _is_told(self, name: str) -> bool:
        return name in self.taken or (self.gives_keys and split(name)[0] == "access")
