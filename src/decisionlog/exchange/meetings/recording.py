"""Files of meetings recorded: checked all together first, then each as a batch of its own, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts, request_digest
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import BadInput, Conflict, Mistake, Mistakes
from decisionlog.exchange.meetings.files import Sheet
from decisionlog.exchange.meetings.planning import Plan, Planner, gather_mistakes, without
from decisionlog.questions.finding_things import called_so

if TYPE_CHECKING:
    from decisionlog.questions.recorded_acts import RecordedActs
    from decisionlog.store.batch import Receipt
    from decisionlog.store.catch_up import ReadModels
    from decisionlog.store.log import Log


_NO_SCHEME: Final = "This log has no scheme yet: record first who there is, with `decisionlog scheme apply FILE`."


class Recorder(Struct, frozen=True):
    """Who records, when, and what was asked of it."""

    by: str
    now: datetime
    personal_data: bool = False
    retract_missing: bool = False
    key: str | None = None
    """The caller's own name for the recording of one file, where it has one."""
    asked: Any = None
    """What that names."""


class MeetingFiles:
    """Some files on their way into a log, as it stands when they are read."""

    def __init__(
        self, log: Log, recorded: RecordedActs, recorder: Recorder, sheets: Sequence[Sheet], models: ReadModels
    ) -> None:
        self._log = log
        self._models = models
        self._recorder = recorder
        self._size = recorded.size
        self._planner = Planner(recorded, retract_missing=recorder.retract_missing)
        self.plans: list[Plan] = self._planner.plan(sheets)

    def check(self, *, fully: bool = True) -> None:
        """Hold all files together to the rules. Raises `Mistakes` with everything that is wrong in any of them.

        Where it need not be done fully, one new file in which nothing is wrong by itself is left to its recording.
        """
        if fully or self._is_more_than_one_new_file():
            self._check(self.plans)
        for plan in self.plans:
            if not plan.scribe.said:
                raise BadInput(f"{plan.sheet.name} says nothing to record.")

    def _is_more_than_one_new_file(self) -> bool:
        return len(self.plans) > 1 or any(plan.scribe.mistakes or plan.compared.before for plan in self.plans)

    def _check(self, plans: Sequence[Plan]) -> None:
        mistakes, conflict = self._try([fact for plan in plans for fact in plan.facts])
        early = {mistake.place: mistake for mistake in self._too_early(plans)}
        mistakes = [*early.values(), *(mistake for mistake in mistakes if mistake.place not in early)]
        every = gather_mistakes(self._planner, plans, [self._by_name(mistake) for mistake in mistakes])
        if every and self._size == 1 and any(mistake.missing for mistake in mistakes):
            every.append(Mistake("", _NO_SCHEME))
        if every:
            raise Mistakes(every)
        if conflict:
            raise Conflict(self._planner.in_the_files(str(conflict))) from None

    def _by_name(self, mistake: Mistake) -> Mistake:
        """A mistake with the things that have as their name what was written as a reference."""
        called = called_so(self._models, mistake.names, nearly=not mistake.near) if mistake.missing else []
        if not called:
            return mistake
        sentence = f"{mistake.names} is no reference here. Did you mean {' or '.join(called)}?"
        return replace(mistake, sentence=sentence, missing=False)

    def _too_early(self, plans: Sequence[Plan]) -> Iterator[Mistake]:
        """What a file names that only a later one opens: each is recorded for itself, before those that follow."""
        for index, plan in enumerate(plans):
            if later := self._planner.opened_later(plan, plans[index + 1 :]):
                found, _ = self._try([fact for earlier in plans[: index + 1] for fact in earlier.facts])
                for mistake in (one for one in found if one.missing):
                    opens_it = later.get(fold(split(mistake.names)[1]))
                    sentence = (
                        f"{mistake.names} is opened by {opens_it}, which comes after this file; record that one first."
                    )
                    if opens_it:
                        yield replace(mistake, sentence=sentence, missing=False)

    def _try(self, facts: Sequence[Plain]) -> tuple[list[Mistake], Conflict | None]:
        """Everything that is wrong with some facts. What is wrong in their shape hides what they name: they are tried again without it."""
        found: list[Mistake] = []
        while facts:
            try:
                record_facts(self._log, self._request(facts, self._size, dry_run=True))
            except Mistakes as wrong:
                new = [
                    mistake for mistake in wrong.mistakes if not (found and mistake.sentence.endswith(" is missing."))
                ]
                found += new
                facts = without(facts, new)
            except Conflict as stale:
                return found, stale
            else:
                break
        return found, None

    def record(self) -> Iterator[tuple[Plan, Receipt | None]]:
        """Record each file that has anything new. Raises `Conflict` where the log has grown in the meantime."""
        for index, plan in enumerate(self.plans):
            yield plan, self._record(plan, self.plans[index:]) if plan.facts else None

    def _record(self, plan: Plan, left: Sequence[Plan]) -> Receipt:
        key = self._recorder.key or f"{request_digest(list(plan.facts)).hex()}@{self._size}"
        request = self._request(plan.facts, self._size, key=key, asked=self._recorder.asked)
        try:
            receipt = record_facts(self._log, request, followed=True)
        except (Mistakes, Conflict) as wrong:
            if isinstance(wrong, Mistakes):
                self._check(left)
            sentence = self._planner.in_the_files(str(wrong))  # what was sound a moment ago: somebody was first
            raise Conflict(sentence) from wrong
        self._size = receipt.last
        return receipt

    def has_grown(self) -> bool:
        """Whether somebody recorded since the files were compared with the log."""
        return self._log.head().size != self._size

    def _request(
        self, facts: Sequence[Plain], size: int, *, key: str | None = None, asked: Any = None, dry_run: bool = False
    ) -> RecordFacts:
        return RecordFacts(
            facts,
            self._recorder.by,
            self._recorder.now,
            again=dry_run,
            key=key,
            size=size,
            personal_data=self._recorder.personal_data,
            dry_run=dry_run,
            asked=asked,
        )
