"""What a body has to do with, at one point of both times: its meetings, its decisions, what is reported to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from decisionlog.domain.answers.agenda import Awaiting, NextMeeting
from decisionlog.domain.days import NotADate, instant_asked, is_over, is_to_come, span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.references import split
from decisionlog.projections import decisions, meetings, register
from decisionlog.questions.finding_things import names_of, titles_of
from decisionlog.questions.telling import NOT_RECORDED
from decisionlog.questions.viewing import Viewing
from decisionlog.store.histories import Held, unpacked

ENDED = frozenset({"superseded", "rescinded", "lapsed", "voided", "ended", "not ratified"})
"""States of a decision of which nothing more is awaited."""

SETTLED = frozenset({"discharged", "waived"})
"""States of a condition of which nothing more is awaited."""


class Body:
    """One body at one point of both times."""

    def __init__(self, viewing: Viewing, stream: str) -> None:
        self.viewing = viewing
        self.log = viewing.log
        self.rows = viewing.rows
        self.point = viewing.point
        self.stream = stream

    def about(self, things: Iterable[str], kind: str, *fields: str) -> list[str]:
        """The streams of a kind that name one of these things in one of these fields."""
        return self.viewing.concerned(kind, things, *fields)

    @cached_property
    def meetings(self) -> list[Held]:
        """Its meetings, as they stood."""
        return meetings.meetings(self.rows, self.about([self.stream], "meeting", "bodies"), self.point.as_of)

    @cached_property
    def sat(self) -> list[Held]:
        """Those of its meetings that were held, one after the other."""
        held = [one for one in self.meetings if one.values.state in {"held", "adjourned"}]
        return sorted(held, key=lambda one: (self.moment(one.values.on) if one.values.on else 0, one.first_position))

    @cached_property
    def decided(self) -> list[Held]:
        """The decisions that it took."""
        streams = self.about([self.stream], "decision", "decision_makers")
        return decisions.decisions(self.rows, streams, self.point.as_of)

    @cached_property
    def decided_at_its_meetings(self) -> list[Held]:
        """The decisions that were taken at its meetings, by whomever."""
        streams = self.about([one.stream for one in self.meetings], "decision", "meeting")
        return decisions.decisions(self.rows, streams, self.point.as_of)

    @cached_property
    def reported(self) -> list[Held]:
        """The decisions of others that bind it, or are to go to it: by their terms, or by the delegation they rest on."""
        named = self.about([self.stream], "decision", "report_to.to", "next.to", "on_behalf_of")
        given = self.about([self.stream], "delegation", "delegator")
        own = {one.stream for one in self.decided}
        streams = [*named, *self.about(given, "decision", "authority.delegation")]
        return decisions.decisions(self.rows, [one for one in streams if one not in own], self.point.as_of)

    @cached_property
    def terms(self) -> Fact | None:
        """The terms of reference in force."""
        adopted = [fact for fact in self.facts(self.stream) if fact.type == "body.terms_adopted"]
        in_force = [fact for fact in adopted if not self.is_later(getattr(fact.data, "from_", None))]
        return in_force[-1] if in_force else None

    @cached_property
    def next_meeting(self) -> NextMeeting | None:
        """The next meeting that is called, or to be resumed."""
        called = [one for one in self.meetings if one.values.state in {"called", "adjourned"} and one.values.for_when]
        ahead = [one for one in called if not self.is_past(one.values.for_when)]
        if not ahead:
            return None
        first = min(ahead, key=lambda one: (self.moment(one.values.for_when), one.first_position))
        return NextMeeting(first.stream, first.values.ref, first.values.for_when, (first.values.position,))

    def facts(self, stream: str) -> list[Fact]:
        """The facts of one stream up to the day asked about, as they were known."""
        return self.viewing.of(stream).facts

    def things(self, streams: Sequence[str]) -> dict[str, tuple[register.Registered, str]]:
        """What the register says of these streams, each with its title."""
        found = register.things_among(self.rows, list(dict.fromkeys(streams)), self.point.as_of)
        titles = titles_of(self.log, found)
        return {one.stream: (one, one.thing.name or titles.get(one.stream, "")) for one in found}

    def called(self, streams: Sequence[str]) -> str:
        """What things are called, in words."""
        names = names_of(self.log, self.rows, streams, self.point.as_of)
        return " and ".join(names.get(stream, split(stream)[1]) for stream in streams) or NOT_RECORDED

    def moment(self, when: str) -> int:
        """The first moment of a day; of what is not a date, the end of time."""
        try:
            return span(when, self.log.zone).earliest
        except NotADate:
            return 2**62

    def is_past(self, day: str) -> bool:
        """Whether a day was over at the time asked about."""
        return is_over(day, self.log.zone, self.point.as_of.on)

    def is_later(self, day: str | None) -> bool:
        """Whether a day had not begun at the time asked about."""
        return bool(day) and is_to_come(day or "", self.log.zone, self.point.as_of.on)

    def is_due(self, day: str) -> bool:
        """Whether a day comes by the next meeting; where none is called, by the day asked about."""
        if not day:
            return False
        by = max(self._horizon, self.point.as_of.on)
        return self.moment(day) <= by

    @cached_property
    def _horizon(self) -> int:
        try:
            return instant_asked(self.next_meeting.on, self.log.zone) if self.next_meeting else 0
        except NotADate:
            return 0

    def awaiting(  # noqa: PLR0913 - a line has so many parts, each by its name
        self,
        section: str,
        stream: str,
        ref: str,
        *,
        state: str,
        evidence: Iterable[int],
        title: str = "",
        since: str = "",
        due: str = "",
        who: Iterable[str] = (),
    ) -> Awaiting:
        """One line of the agenda."""
        cited = tuple(dict.fromkeys(position for position in evidence if position))
        return Awaiting(
            section, stream, ref, title, state, since, due, self.is_past(due), tuple(dict.fromkeys(who)), cited
        )


def makers_of(decision: Held) -> list[str]:
    """Who made a decision."""
    return list(unpacked(decision.values.makers))
