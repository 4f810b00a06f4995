"""Moves about duties, organisations, bodies, posts and instruments."""

from __future__ import annotations

from tests.authority.small_world import (
    BODIES,
    DAYS,
    FUNCTIONS,
    INSTRUMENTS,
    ORGANISATIONS,
    PARTIES,
    PEOPLE,
    PLACES,
    POSTS,
    SmallWorld,
)
from tests.scenario import Plain


class OfParties(SmallWorld):
    """Each move adds one fact."""

    def _duty(self) -> None:
        pick = self._picks
        holder = pick.one(*ORGANISATIONS, "body:joint", "post:officer", "organisation:icb")
        data: Plain = {"holder": holder, **self._places(3)}
        if pick.some(3):
            data["instrument"] = pick.one(*INSTRUMENTS)
        self._dated("function.duty_placed", pick.one(*FUNCTIONS), data, ends=True)

    def _end_duty(self) -> None:
        stream, n = self._picks.one(*self._facts("function.duty_placed"))
        self._dated("function.duty_ended", stream, {}, of=n)

    def _succeed(self) -> None:
        pick = self._picks
        holder = pick.one(*ORGANISATIONS[:3], "organisation:icb")
        others = [one for one in ORGANISATIONS if one != holder]
        shares = []
        for number in range(1 + pick.number(2)):
            share: Plain = {"organisation": others[(pick.number(3) + number) % 3], **self._places(5)}
            if pick.some(2):
                share["functions"] = [pick.one(*FUNCTIONS)]
            if pick.some(3):
                share["takes"] = pick.one("whole", "part")
            shares.append(share)
        data: Plain = {"successors": shares}
        if pick.some(5):
            data["ends"] = not pick.some(3)
        if pick.some(6):
            data["continuity"] = pick.one(
                "treated-as-done-by-successor", "treated-as-done-by-successor", "not-continued"
            )
        self._dated("organisation.succeeded", holder, data)

    def _dissolve(self) -> None:
        party = self._picks.one(*ORGANISATIONS, *BODIES, *POSTS)
        types = {
            "organisation": "organisation.dissolved",
            "body": "body.dissolved",
            "post": "post.abolished",
        }
        self._dated(types[party.partition(":")[0]], party, {})

    def _reconstitute(self) -> None:
        pick = self._picks
        data: Plain = {"parents": [self._parent(pick.one(*ORGANISATIONS), [FUNCTIONS[0]])]} if pick.some(5) else {}
        if pick.some(3):
            data["kind"] = pick.one("committee", "board", "working-group")
        self._dated("body.reconstituted", pick.one(*BODIES), data, ends=True)

    def _parents(self) -> None:
        pick = self._picks
        data: Plain = {}
        if not pick.some(4):
            data["parents_joined"] = [self._parent(pick.one(*ORGANISATIONS, *BODIES[:2]), [FUNCTIONS[0]])]
        if pick.some(6) or not data:
            data["parents_left"] = [pick.one(*ORGANISATIONS[:2])]
        self._dated("body.parents_changed", pick.one(*BODIES), data)

    def _terms(self) -> None:
        pick = self._picks
        data: Plain = {"can": pick.one("decide", "recommend", "discuss", "decide")} if pick.some(7) else {}
        if pick.some(4):
            data["must_consult"] = [pick.one(*PARTIES)]
        if pick.some(4):
            data["reports_to"] = [pick.one(*PARTIES)]
        self._dated("body.terms_adopted", pick.one(*BODIES), data)

    def _fill(self) -> None:
        pick = self._picks
        data: Plain = {"person": pick.one(*PEOPLE)}
        if not pick.some(2):
            data["basis"] = pick.one("substantive", "acting", "interim", "deputising", "ex-officio")
        self._dated("post.filled", pick.one(*POSTS), data, ends=True)

    def _vacate(self) -> None:
        filled = self._facts("post.filled")
        if filled:
            stream, n = self._picks.one(*filled)
            self._dated("post.vacated", stream, {}, of=n)

    def _member(self) -> None:
        pick = self._picks
        seated = self._facts("body.member_appointed")
        if seated and pick.some(4):
            stream, n = pick.one(*seated)
            self._dated("body.member_ended", stream, {}, of=n)
            return
        data: Plain = {"member": pick.one(*PEOPLE, *POSTS), "role": pick.one("chair", "voting-member", "deputy")}
        if pick.some(5):
            data["on_behalf_of"] = [pick.one(*ORGANISATIONS)]
        self._dated("body.member_appointed", pick.one(*BODIES), data, ends=True)

    def _instrument(self) -> None:
        pick = self._picks
        kind = pick.one("instrument.replaced", "instrument.ended", "instrument.amended", "instrument.parties_changed")
        data: Plain = {}
        if kind == "instrument.amended":
            data = {"until": pick.one(*DAYS)} if pick.some(5) else {}
        if kind == "instrument.parties_changed":
            data = {"parties_joined": [ORGANISATIONS[3]], "parties_left": [pick.one(*ORGANISATIONS)]}
        self._dated(kind, pick.one(*INSTRUMENTS), data)

    def _fund(self) -> None:
        pick = self._picks
        if self.streams.get("fund:f"):
            self._dated("fund.closed", "fund:f", {})
            return
        data: Plain = {"functions": [pick.one(*FUNCTIONS)], "host": pick.one(*ORGANISATIONS), **self._places(4)}
        if pick.some(5):
            data["manager"] = pick.one(*POSTS)
        if pick.some(5):
            data["reporting"] = [{"to": pick.one(*PARTIES)}]
        self._dated("fund.established", "fund:f", data, ends=True)

    def _action(self) -> None:
        pick = self._picks
        if self.streams.get("action:a"):
            self._add(pick.one("action.completed", "action.cancelled"), "action:a", {}, on=pick.one(*DAYS))
            return
        data: Plain = {"functions": [pick.one(*FUNCTIONS)], **self._places(4)}
        for name, who in {"owner": POSTS, "organisation": ORGANISATIONS, "to": ORGANISATIONS}.items():
            if pick.some(6):
                data[name] = pick.one(*who)
        self._add("action.assigned", "action:a", data, on=pick.one(*DAYS))

    def _relate(self) -> None:
        pick = self._picks
        related = self._facts("organisation.related")
        if related and pick.some(4):
            stream, n = pick.one(*related)
            self._dated("organisation.relation_ended", stream, {}, of=n)
            return
        data: Plain = {
            "relation": pick.one("answerable-to", "answerable-to", "part-of"),
            "to": pick.one(*ORGANISATIONS),
        }
        if pick.some(3):
            data["functions"] = [pick.one(*FUNCTIONS)]
        self._dated("organisation.related", pick.one(*ORGANISATIONS[:3]), data | self._places(3), ends=True)

    def _redraw(self) -> None:
        pick = self._picks
        self._dated("place.redrawn", pick.one(*PLACES), {"within": pick.one(*PLACES)})

    def _contradict(self) -> None:
        stream, n = self._picks.one(*self._facts("function.duty_placed", "function.duty_ended"))
        self._add("record.contradicted", stream, {"path": "/from", "says": "2023-07-01"}, of=n)
