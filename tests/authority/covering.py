"""What covers what is asked about, and on whom lies what lay on somebody before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tests.authority.shapes import Asked, Heir, Places
from tests.authority.standing import Standing, effect


class Covering:
    """One question at one moment: its functions with those above, and where things meet its places."""

    def __init__(self, reading: Any, world: Standing, asked: Asked) -> None:
        self.reading, self.world, self.asked = reading, world, asked
        self.functions = {upper for one in asked.functions for upper in world.above(one)}
        self.places: Places = asked.places or None

    def has_function(self, functions: Iterable[str]) -> bool:
        """One of these is asked about, or stands above what is."""
        return bool(self.functions & set(functions))

    def meet(self, way: Places, named: Iterable[str] | None) -> Places | tuple[()]:
        """Where the places of a way and those of a thing meet: in the narrower; empty, where they do not."""
        named = tuple(named or ())
        if not named:
            return way
        if way is None:
            return named
        narrower = [
            one if other in self.world.around(one) else other
            for one in way
            for other in named
            if other in self.world.around(one) or one in self.world.around(other)
        ]
        return tuple(dict.fromkeys(narrower))

    def covers(self, terms: Mapping[str, Any]) -> bool:
        """A delegation covers by function or by matter, and by place."""
        functions = [scope["function"] for scope in terms.get("scope", [])]
        by_what = self.has_function(functions) or bool(set(self.asked.matters) & set(terms.get("matters", [])))
        return by_what and self.meet(self.places, terms.get("places")) != ()

    def covers_all(self, data: Mapping[str, Any]) -> bool:
        """A fund, an action, an agreement covers by function and by place."""
        return self.has_function(data.get("functions", [])) and self.meet(self.places, data.get("places")) != ()

    @staticmethod
    def narrowed(way: Places, met: Places) -> bool:
        """Whether what a way goes on with leaves out some of where it was."""
        return met is not None and (way is None or not set(way) <= set(met))

    # Succession

    def heirs(self, party: str, since: int, way: Places, *, named: bool = False, first: bool = True) -> list[Heir]:
        """On whom lies now what lay on a party: those who took it, and itself for the rest, unless it has ended.

        Of delegates, successors are `named` also where they have ended.
        """
        found: list[Heir] = []
        rest: Places | tuple[()] = way
        for succession in self.world.successions(party):
            at = effect(succession.fact).first
            if at <= since or rest == ():
                continue
            taken: list[Places] = []
            for share in succession.data["successors"]:
                took = {} if share.get("takes") == "whole" else share
                met = self.meet(rest, took.get("places"))
                if met == () or (took.get("functions") and not self.has_function(took["functions"])):
                    continue
                taken.append(tuple(took.get("places", ())) or None)
                said = succession.data.get("continuity", "")
                found += [
                    replace(heir, possible=heir.possible or succession.possible, said=(said, *heir.said))
                    for heir in self.heirs(share["organisation"], at, met, named=named, first=False)
                ]
            if not succession.possible:
                rest = self.left(rest, taken)
        if rest != () and (not self.world.ended(party) or (named and not first)):
            found.append(Heir(party, rest, possible=False))
        return found

    def left(self, way: Places | tuple[()], taken: list[Places]) -> Places | tuple[()]:
        """What nobody took whole: a share without places takes all, else each place at or beneath one of its own."""
        if None in taken:
            return ()
        gone = {place for one in taken for place in one or ()}
        return way if way is None else tuple(one for one in way if not gone & set(self.world.around(one)))
