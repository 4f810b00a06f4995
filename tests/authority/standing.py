"""What is known at a point and holds there, read out of the stored JSON by brute force.

Slow and plain on purpose: every question goes through all the facts of a stream again. Nothing here knows the read
models; what *known*, corrected and retracted mean is `tests.oracle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from tests import oracle
from tests.oracle import Fact, Point, first_moment, said

OPENS = {
    "organisation": "organisation.registered",
    "place": "place.defined",
    "function": "function.catalogued",
    "person": "person.registered",
    "post": "post.established",
    "body": "body.constituted",
    "instrument": "instrument.adopted",
    "delegation": "delegation.granted",
    "fund": "fund.established",
    "action": "action.assigned",
}
ACTION_STATES = {"action.assigned", "action.completed", "action.cancelled"}
NEVER = 2**62


class Span(NamedTuple):
    """The first moment at which something may have been, and the last of its partial date."""

    first: int
    last: int


class Held(NamedTuple):
    """Something that holds at the point: the fields as they stand, the fact that began it, and whether only possibly."""

    data: dict[str, Any]
    fact: Fact
    possible: bool


@cache
def span(when: str) -> Span:
    """A day or a time begins at once; a month or a year somewhere within it."""
    first = first_moment(when)
    if len(when) == 4:
        return Span(first, oracle.midnight(date(int(when) + 1, 1, 1)) - 1)
    if len(when) == 7:
        next_month = (date.fromisoformat(f"{when}-01") + timedelta(days=31)).replace(day=1)
        return Span(first, oracle.midnight(next_month) - 1)
    return Span(first, first)


def effect(fact: Fact) -> Span:
    """From when a fact counts; what is known of a fact does not change, so this is worked out once."""
    if "effect" not in fact:
        fact["effect"] = _effect(fact)
    return fact["effect"]


def _effect(fact: Fact) -> Span:
    """`from`, else `on`, else when it was first said."""
    return span(fact["data"].get("from") or fact.get("on") or said(fact))


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """By effect, then by the order of the acts."""
    return sorted(facts, key=lambda fact: (effect(fact).first, oracle.begins(fact), fact["position"]))


class Known:
    """The facts known at a position (or by the sources' clocks at a moment), corrected, without what was retracted."""

    def __init__(self, facts: list[Fact], point: Point) -> None:
        self.streams: dict[str, list[Fact]] = {}
        by_stream: dict[str, list[Fact]] = {}
        for fact in facts:
            if oracle.was_known(fact, point):
                by_stream.setdefault(fact["stream"], []).append(fact)
        for stream, seen in by_stream.items():
            self.streams[stream] = in_order(oracle.corrected(deepcopy(seen), point))
        self._at: dict[int, Standing] = {}

    def at(self, moment: int) -> Standing:
        """What holds at a moment."""
        if moment not in self._at:
            self._at[moment] = Standing(self, moment)
        return self._at[moment]


class Standing:
    """What holds at one moment, as known."""

    def __init__(self, known: Known, on: int) -> None:
        self.known, self.on = known, on
        # Nothing changes at one point: what is asked again and again is worked out once.
        for question in ("facts", "around", "there", "entries", "acts_for", "is_forum", "successions"):
            setattr(self, question, cache(getattr(self, question)))

    # Facts

    def facts(self, stream: str, *types: str) -> list[Fact]:
        """The facts of a stream of these types, in their order, whether or not they count yet."""
        return [fact for fact in self.known.streams.get(stream, []) if fact["type"] in types]

    def begun(self, stream: str, *types: str) -> list[Fact]:
        """Those that count by now."""
        return [fact for fact in self.facts(stream, *types) if effect(fact).first <= self.on]

    def streams(self, kind: str) -> list[str]:
        """The streams of a kind."""
        return [stream for stream in self.known.streams if stream.startswith(f"{kind}:")]

    def within(self, begins: Span, ends: Iterable[Span]) -> bool | None:
        """Whether what holds for that time is only possible now; none, where it does not hold."""
        ends = [*ends, Span(NEVER, NEVER)]
        if not begins.first <= self.on < min(end.last for end in ends):
            return None
        return self.on < begins.last or self.on >= min(end.first for end in ends)

    def held(self, fact: Fact, *endings: Fact) -> Held | None:
        """A fact that begins something, if that holds now: until its own `until`, or the first of its endings."""
        until = fact["data"].get("until")
        possible = self.within(effect(fact), [*map(effect, endings), *([span(until)] if until else [])])
        return None if possible is None else Held(fact["data"], fact, possible)

    def naming(self, fact: Fact, *types: str) -> list[Fact]:
        """The facts that name a fact of their stream by `of`."""
        return [one for one in self.facts(fact["stream"], *types) if one.get("of", {}).get("n") == fact["n"]]

    # Functions and places

    def above(self, function: str) -> list[str]:
        """A function and those above it, as the catalogue has them by now."""
        return self._chain(function, "parent")

    def around(self, place: str) -> list[str]:
        """A place and those that it lies within."""
        return self._chain(place, "within")

    def _chain(self, stream: str, field: str) -> list[str]:
        chain = [stream]
        while (upper := self._catalogued(chain[-1]).get(field)) and upper not in chain:
            chain.append(upper)
        return chain

    def _catalogued(self, stream: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if not self.facts(stream, "function.catalogued", "place.defined"):
            return found
        for fact in self.begun(stream, "function.catalogued", "place.defined", "place.redrawn"):
            found |= fact["data"]
        until = found.get("until")
        return found if not until or self.on < span(until).last else {}

    def duties(self, functions: Iterable[str]) -> Iterator[Held]:
        """The duties in force of these functions."""
        for function in functions:
            for fact in self.facts(function, "function.duty_placed"):
                if found := self.held(fact, *self.naming(fact, "function.duty_ended")):
                    yield found

    # Parties

    def merged(self, stream: str, *types: str) -> dict[str, Any]:
        """The fields of what opened a thing, each as last given."""
        found: dict[str, Any] = {}
        for fact in self.begun(stream, *types):
            found |= fact["data"]
        return found

    def ends_of(self, party: str) -> list[Fact]:
        """The facts that end a party."""
        return [
            *self.facts(party, "organisation.dissolved", "post.abolished", "body.dissolved"),
            *(fact for fact in self.facts(party, "organisation.succeeded") if fact["data"].get("ends")),
        ]

    def recorded(self, party: str) -> bool:
        """Whether more is on the log than a reference."""
        openings = self.facts(party, *OPENS.values(), "body.reconstituted")
        if party.startswith("person:"):
            return bool(openings)
        return bool(openings) and (
            any(fact["data"].keys() - {"ref", "issuer"} for fact in openings) or bool(self.ends_of(party))
        )

    def there(self, party: str) -> bool | None:
        """Whether a party that exists does so only possibly; none, where it has not begun, or has ended.

        What is not recorded is taken to exist.
        """
        if not self.recorded(party) or party.startswith("person:"):
            return False
        if party.startswith("body:"):
            return self._body_there(party)
        opening = self.facts(party, *OPENS.values())[0]
        found = self.held(opening, *self.ends_of(party))
        return found.possible if found else None

    def _body_there(self, body: str) -> bool | None:
        """A body that is set up again begins anew; of all that begins and ends it, the later stands."""
        marks: list[tuple[Any, Span, bool]] = []
        for fact in self.facts(body, "body.constituted", "body.reconstituted", "body.dissolved"):
            key = (effect(fact).first, oracle.begins(fact), fact["position"])
            marks.append(((*key, 0), effect(fact), fact["type"] != "body.dissolved"))
            if until := fact["data"].get("until"):  # an end before the beginning is one at once
                ends = span(until)
                marks.append(((ends.first, 0, 0, 0) if ends.first > key[0] else (*key, 1), ends, False))
        marks.sort(key=lambda mark: mark[0])
        answers = []
        for (_, when, begins), following in zip(marks, [*marks[1:], None], strict=True):
            if begins:
                ends = (
                    []
                    if following is None
                    else [following[1]]
                    if not following[2]
                    else [Span(*[following[1].first] * 2)]
                )
                answers.append(self.within(when, ends))
        found = [one for one in answers if one is not None]
        return max(found) if found else None

    def ended(self, party: str) -> bool:
        """Whether a party was there and is no more."""
        openings = self.facts(party, *OPENS.values(), "body.reconstituted")
        return self.there(party) is None and any(effect(fact).first <= self.on for fact in openings)

    def kind(self, party: str) -> str:
        """Of an organisation or a body, as recorded."""
        opened = self.merged(party, "organisation.registered", "body.constituted", "body.reconstituted")
        return str(opened.get("kind", ""))

    def successions(self, organisation: str) -> list[Held]:
        """In what an organisation was succeeded by now, in the order of effect; of one moment, as they were recorded."""
        facts = self.facts(organisation, "organisation.succeeded")
        ordered = sorted(facts, key=lambda fact: (effect(fact).first, fact["position"]))
        return [found for fact in ordered if (found := self.held(fact))]

    # Bodies

    def entries(self, body: str) -> list[Held]:
        """The parents of a body, by entries that hold; each with what the entry says."""
        found = []
        facts = self.facts(body, "body.constituted", "body.reconstituted", "body.parents_changed")
        for place, fact in enumerate(facts):
            later = facts[place + 1 :]
            for entry in fact["data"].get("parents", fact["data"].get("parents_joined", [])):
                begins = span(entry["from"]) if "from" in entry else effect(fact)
                ends = [
                    effect(one)
                    for one in later
                    if "parents" in one["data"] or entry["parent"] in one["data"].get("parents_left", [])
                ]
                if "until" in entry:
                    ends.append(span(entry["until"]))
                possible = self.within(begins, ends)
                if possible is not None:
                    found.append(Held(entry, fact, possible))
        return found

    def acts_for(self, party: str) -> list[str]:
        """For whom a party acts: a body for its parents and theirs, a post for its organisations."""
        found: list[str] = []
        if party.startswith("post:"):
            post = self.merged(party, "post.established")
            return [*([post["organisation"]] if "organisation" in post else []), *post.get("jointly_with", [])]
        waiting = [party]
        while waiting:
            for entry in self.entries(waiting.pop()):
                if entry.data["parent"] not in found:
                    found.append(entry.data["parent"])
                    waiting.append(entry.data["parent"])
        return found

    def terms(self, body: str) -> dict[str, Any]:
        """The terms in force, whole as last adopted."""
        adopted = self.begun(body, "body.terms_adopted")
        return adopted[-1]["data"] if adopted else {}

    def body(self, body: str) -> dict[str, Any]:
        """What is said of a body, each field as last given."""
        return self.merged(body, "body.constituted", "body.reconstituted")

    def is_forum(self, party: str) -> bool:
        """Whether a body can never decide."""
        forums = {"advisory-forum", "working-group", "scrutiny-committee"}
        return party.startswith("body:") and (
            self.kind(party) in forums or self.terms(party).get("can", "decide") != "decide"
        )

    def holders(self, stream: str) -> list[Held]:
        """Who holds a post, or sits on a body."""
        found = []
        for fact in self.facts(stream, "post.filled", "body.member_appointed"):
            one = self.held(fact, *self.naming(fact, "post.vacated", "body.member_ended"))
            if one:
                found.append(one)
        return found

    # Instruments, funds, actions, relations

    def instrument(self, instrument: str) -> str:
        """How an instrument stands: `holds`, `fails`, or `not-recorded` where nothing but its reference is."""
        openings = self.facts(instrument, "instrument.adopted")
        ends = self.facts(instrument, "instrument.replaced", "instrument.ended")
        if not openings or not (ends or any(fact["data"].keys() - {"ref", "issuer"} for fact in openings)):
            return "not-recorded"
        return "holds" if self.instrument_held(instrument) else "fails"

    def instrument_held(self, instrument: str) -> Held | None:
        """An instrument that is adopted, and neither replaced nor ended."""
        openings = self.facts(instrument, "instrument.adopted")
        if not openings:
            return None
        until: dict[str, Any] = {}
        for fact in self.begun(instrument, "instrument.adopted", "instrument.amended"):
            until |= {"until": fact["data"]["until"]} if "until" in fact["data"] else {}
        opening = {**openings[0], "data": openings[0]["data"] | until}
        return self.held(opening, *self.facts(instrument, "instrument.replaced", "instrument.ended"))

    def parties(self, stream: str) -> list[str]:
        """Who is party to an instrument or a fund, as joined and left."""
        found: list[str] = []
        for fact in self.begun(
            stream,
            *("instrument.adopted", "instrument.parties_changed", "fund.established", "fund.parties_changed"),
        ):
            data = fact["data"]
            found = [one for one in data.get("parties", found) if one not in data.get("parties_left", [])]
            found += data.get("parties_joined", [])
        return found

    def funds(self) -> Iterator[Held]:
        """The open funds."""
        for stream in self.streams("fund"):
            for fact in self.facts(stream, "fund.established"):
                if found := self.held(fact, *self.facts(stream, "fund.closed")):
                    yield found

    def open_actions(self) -> Iterator[dict[str, Any]]:
        """The actions that were assigned and are neither done nor cancelled."""
        for stream in self.streams("action"):
            happened = [fact for fact in self.known.streams[stream] if oracle.begins(fact) <= self.on]
            happened.sort(key=lambda fact: (oracle.begins(fact), fact["position"]))
            states = [fact["type"] for fact in happened if fact["type"] in ACTION_STATES]
            if states[-1:] == ["action.assigned"]:
                found: dict[str, Any] = {}
                for fact in happened:
                    if fact["type"] in {"action.assigned", "action.updated"}:
                        found |= fact["data"]
                yield found

    def relations(self, organisation: str) -> Iterator[dict[str, Any]]:
        """Its relations in force."""
        for fact in self.facts(organisation, "organisation.related"):
            if found := self.held(fact, *self.naming(fact, "organisation.relation_ended")):
                yield found.data
