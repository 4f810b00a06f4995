"""Random histories of authority: a list of moves, each a name and some bytes from which everything about it is picked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.authority.moves_of_delegations import OfDelegations
from tests.authority.small_world import DAYS, EARLY, FUNCTIONS, MATTER, ORGANISATIONS, PARTIES, PEOPLE, PLACES, Picks


class History(OfDelegations):
    """The small world, and what happened in it, was said of it, and was taken back."""

    def __init__(self, base: bytes, moves: list[tuple[str, bytes]]) -> None:
        super().__init__(base)
        self.drawn = (base, moves)
        for name, source in moves:
            self._picks = Picks(source)
            if self._picks.some(3):
                self.batches.append((self.batches[-1][0] + timedelta(days=1), []))
            MOVES[name](self)

    def _correct(self) -> None:
        """Correct one field of one fact, rightly or (seldom) by saying wrongly what stood there."""
        pick = self._picks
        possible = [(stream, n) for stream, n in self._facts(*CORRECTED) if stream != "organisation:stub"]
        stream, n = pick.one(*possible[::-1])
        fact = self.streams[stream][n - 1]
        path = pick.one(*CORRECTED[fact["type"]])
        target = fact if path == "/on" else fact["data"]
        was, now = target.get(path[1:]), self._now(path)
        if pick.some(1):
            was = self._now(path)
        change = {"path": path} | ({} if was is None else {"was": was}) | ({} if now is None else {"now": now})
        self._add("record.corrected", stream, {"changes": [change]}, of=n)
        if not pick.some(1):
            if now is None:
                target.pop(path[1:], None)
            else:
                target[path[1:]] = now

    def _now(self, path: str) -> Any:
        pick = self._picks
        if path in {"/on", "/from", "/until"}:
            return pick.one(*DAYS, None) if path != "/until" else pick.one(None, *DAYS)
        return {
            "/holder": pick.one(*ORGANISATIONS),
            "/delegates": [pick.one(*PARTIES)],
            "/delegator": pick.one(*PARTIES),
            "/person": pick.one(*PEOPLE),
            "/exclusivity": pick.one("exclusive", "concurrent"),
            "/parent": pick.one(*FUNCTIONS),
            "/within": pick.one(*PLACES),
            "/kind": pick.one("advisory-forum", "committee", "board"),
            "/continuity": pick.one("not-continued", "treated-as-done-by-successor"),
        }[path]

    def _retract(self) -> None:
        """Retract a fact, or a retraction; the world's own first facts seldom."""
        pick = self._picks
        world = {"organisation:stub", MATTER, "decision:d"}
        possible = [
            (stream, n)
            for stream, facts in self.streams.items()
            for n, fact in enumerate(facts, start=1)
            if stream not in world and (fact.get("on") != EARLY or stream.startswith("delegation:") or pick.some(1, 20))
        ]
        if possible:
            stream, n = pick.one(*possible[::-1])
            self._add("record.retracted", stream, {}, of=n)


CORRECTED: dict[str, tuple[str, ...]] = {
    "delegation.granted": ("/from", "/until", "/delegates", "/on", "/delegator", "/exclusivity"),
    "delegation.revoked": ("/from", "/on"),
    "delegation.suspended": ("/until", "/on"),
    "delegation.varied": ("/from", "/on"),
    "delegation.continued": ("/on", "/until"),
    "function.duty_placed": ("/holder", "/from", "/until", "/on"),
    "function.duty_ended": ("/on", "/from"),
    "function.catalogued": ("/parent",),
    "organisation.succeeded": ("/from", "/on", "/continuity"),
    "organisation.dissolved": ("/on",),
    "post.filled": ("/person", "/until", "/on"),
    "post.vacated": ("/on",),
    "body.constituted": ("/kind", "/until"),
    "body.dissolved": ("/on",),
    "body.terms_adopted": ("/on",),
    "body.parents_changed": ("/from",),
    "place.redrawn": ("/within", "/on"),
    "instrument.ended": ("/on",),
}
MOVES: dict[str, Callable[[History], None]] = {
    "nothing": lambda _: None,
    "grant": History._grant,
    "duty": History._duty,
    "vary": History._vary,
    "revoke": History._revoke,
    "suspend": History._suspend,
    "resume": History._resume,
    "succeed": History._succeed,
    "continue": History._continue,
    "correct": History._correct,
    "retract": History._retract,
    "fill": History._fill,
    "vacate": History._vacate,
    "end duty": History._end_duty,
    "dissolve": History._dissolve,
    "parents": History._parents,
    "terms": History._terms,
    "instrument": History._instrument,
    "consent": History._consent,
    "condition": History._meet_condition,
    "lapse": History._lapse,
    "reconstitute": History._reconstitute,
    "member": History._member,
    "fund": History._fund,
    "action": History._action,
    "relate": History._relate,
    "redraw": History._redraw,
    "contradict": History._contradict,
}
WEIGHTS = {"grant": 20, "succeed": 3, "correct": 4, "retract": 3, "vary": 2, "revoke": 2, "consent": 2, "continue": 2}
_NAMES = [name for name in MOVES for _ in range(WEIGHTS.get(name, 1))]

histories = st.tuples(
    st.binary(min_size=90, max_size=90),
    st.lists(st.tuples(st.sampled_from(_NAMES), st.binary(min_size=50, max_size=50)), min_size=10, max_size=24),
).map(lambda drawn: History(*drawn))
