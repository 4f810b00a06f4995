"""Given facts, when one act is asked for, then one fact: as the commands for one fact decide and record it."""

from __future__ import annotations

from typing import Any

from decisionlog.commands.acts import Act, Decided
from decisionlog.commands.one_fact import decide
from decisionlog.commands.record_facts import RecordFacts, record_facts
from decisionlog.domain.refusals import DecisionlogError
from decisionlog.store.log import Log
from tests.scenario import BY, NOW, Plain, assert_holds, given, snapshot, stored


def asked(
    type_name: str, ref: str = "", /, *, on: str | None = None, again: bool = False, fact: int = 0, **data: Any
) -> Act:
    """One act, as a command asks for it."""
    return Act(type=type_name, data=data, ref=ref, on=on, fact=fact, now=NOW, again=again)


def sign(ref: str, position: str = "support", /, partner: str = "council", **more: Any) -> Act:
    """A partner signs."""
    return asked("proposal.position_taken", ref, on_behalf_of=[partner], position=position, **more)


def recorded(log: Log, act: Act) -> Decided:
    """Decide and record, as a command does."""
    decided = decide(log, act)
    if not decided.already:
        record_facts(
            log,
            RecordFacts(
                decided.facts,
                BY,
                NOW,
                again=True,
                expected=decided.expected,
                size=decided.size,
                keep_equal_refs=decided.keep_equal_refs,
            ),
        )
    return decided


def acted(*plain: Plain | Act, log: Log | None = None) -> Acting:
    """A log in which these facts are recorded, and these acts done, in this order."""
    log = given(log=log).log
    for each in plain:
        if isinstance(each, Act):
            recorded(log, each)
        else:
            given(each, log=log)
    return Acting(log)


class Acting:
    """What was recorded before."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def when(self, act: Act) -> Acted:
        """Somebody asks for one act."""
        return Acted(self.log, act)


class Acted:
    """What came of it."""

    def __init__(self, log: Log, act: Act) -> None:
        self.log = log
        self.before = snapshot(log)
        self.decided: Decided | None = None
        self.refusal: DecisionlogError | None = None
        try:
            self.decided = recorded(log, act)
        except DecisionlogError as refusal:
            self.refusal = refusal

    def then(self, type_name: str, **expected: Any) -> Acted:
        """One fact of this type was recorded, with these fields (`of`, `stream` and `on` are its own)."""
        assert self.refusal is None, f"it was refused: {self.refusal}"
        (found,) = stored(self.log, self.before["size"])
        assert found["type"] == type_name
        own = {name: expected.pop(name) for name in ("of", "stream", "on") if name in expected}
        assert_holds(found, own)
        assert_holds(found["data"], expected)
        return self

    def without(self, *names: str) -> Acted:
        """The fact says nothing of these."""
        (found,) = stored(self.log, self.before["size"])
        assert not {*names} & {*found["data"], *found}
        return self

    def noted(self, *parts: str) -> Acted:
        """Whoever recorded it was told so, and nothing else."""
        assert self.decided is not None, f"it was refused: {self.refusal}"
        assert len(self.decided.notes) == len(parts), self.decided.notes
        for part, note in zip(parts, self.decided.notes, strict=True):
            assert part in note
        return self

    def already(self, part: str) -> Acted:
        """It was said before; nothing was recorded."""
        assert self.decided is not None, f"it was refused: {self.refusal}"
        assert part in self.decided.already
        assert snapshot(self.log) == self.before
        return self

    def refused(self, part: str, kind: type[DecisionlogError]) -> Acted:
        """It was refused with this in the sentence, and nothing of it is left in the log."""
        assert self.refusal is not None, "it was recorded"
        assert part in str(self.refusal), str(self.refusal)
        assert isinstance(self.refusal, kind), type(self.refusal)
        assert snapshot(self.log) == self.before
        return self
