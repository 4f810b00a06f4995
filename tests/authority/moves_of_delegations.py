"""Moves about delegations: granted, varied, suspended, consented, continued, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.authority.moves_of_parties import OfParties
from tests.authority.small_world import BASES, DAYS, FUNCTIONS, INSTRUMENTS, MATTER, ORGANISATIONS, PARTIES
from tests.scenario import Plain


class OfDelegations(OfParties):
    """Each move adds one fact."""

    _grants = 0

    def _grant(self) -> None:
        pick = self._picks
        self._grants += 1
        data: Plain = {} if pick.some(1, 25) else {"delegator": self._delegator()}
        data |= self._to_whom()
        if pick.some(2):
            data["on_behalf_of"] = [pick.one(*ORGANISATIONS)]
        if pick.some(2):
            data["kind"] = pick.one("execute", "delegate", "execute")
        for name, value in {
            "legal_basis": pick.one(None, None, *BASES),
            "instrument": pick.one(None, *INSTRUMENTS),
            "exclusivity": pick.one(None, "concurrent", None, "exclusive"),
        }.items():
            if value:
                data[name] = value
        data |= self._terms_of()
        if pick.some(4):
            self._open("delegation.granted", f"delegation:d{self._grants}", **data)
        else:
            self._dated("delegation.granted", f"delegation:d{self._grants}", data, ends=True)

    def _delegator(self) -> str:
        """Mostly somebody who may have something to give."""
        pick = self._picks
        given = [
            one for stream, n in self._facts("delegation.granted") for one in self._said(stream, n).get("delegates", [])
        ]
        if given and pick.some(5):
            return pick.one(*given[::-1])
        return pick.one(*PARTIES[:4], *PARTIES[:10])

    def _said(self, stream: str, n: int) -> Plain:
        return self.streams[stream][n - 1]["data"]

    def _to_whom(self) -> Plain:
        pick = self._picks
        if pick.some(1, 25):
            return {}
        delegates = [pick.one(*PARTIES[2:8], *PARTIES)]
        if pick.some(2):
            delegates = list(dict.fromkeys([*delegates, pick.one(*PARTIES)]))
        return {"delegates": delegates, **({"exercise": pick.one("jointly", "severally")} if pick.some(4) else {})}

    def _terms_of(self) -> Plain:
        """What a grant or a variation may say of the terms."""
        pick = self._picks
        data: Plain = {}
        if pick.some(1):
            data["matters"] = [MATTER]
        if not data or pick.some(5):
            data["scope"] = [{"function": pick.one(*FUNCTIONS[:2], *FUNCTIONS, "function:care")}]
        data |= self._places(3)
        options: dict[str, tuple[int, Callable[[], Any]]] = {
            "onward": (6, self._onward),
            "limits": (5, lambda: [] if pick.some(2) else [self._limit() for _ in range(1 + pick.number(2))]),
            "conditions": (3, lambda: [self._condition(one) for one in ("c1", "c2")[: 1 + pick.number(2)]]),
            "must_consult": (3, lambda: [pick.one(*PARTIES)]),
            "reserved_matters": (4, lambda: ["words"][: pick.number(2)]),
            "holders": (4, lambda: pick.one("substantive-only", "any-holder")),
            "reporting": (3, lambda: [{"to": pick.one(*PARTIES)}]),
        }
        return data | {name: value() for name, (share, value) in options.items() if pick.some(share)}

    def _onward(self) -> Plain:
        pick = self._picks
        rule = pick.one("permitted", "with-consent", "prohibited", "permitted")
        wants = rule == "with-consent" and pick.some(6)
        return {"rule": rule, **({"consent_of": [pick.one(*PARTIES[:4])]} if wants else {})}

    def _limit(self) -> Plain:
        pick = self._picks
        money = {"amount": pick.one(100, 200, 300), "currency": pick.one("GBP", "GBP", "EUR")}
        found: Plain = {"money": money} if not pick.some(1) else {"words": "some"}
        if pick.some(3):
            found["operator"] = pick.one("<", "<=")
        if pick.some(2):
            found["kind"] = pick.one("revenue", "capital")
        if self.streams.get("fund:f") and pick.some(4):
            found["fund"] = "fund:f"
        return found

    def _condition(self, name: str) -> Plain:
        kind = self._picks.one("precedent", "precedent", "each-use", "subsequent", None)
        return {"id": name, "words": "words", **({"kind": kind} if kind else {})}

    def _granted(self) -> tuple[str, int] | None:
        granted = self._facts("delegation.granted")
        return self._picks.one(*granted) if granted else None

    def _vary(self) -> None:
        if found := self._granted():
            pick = self._picks
            terms = self._terms_of()
            names = [name for name in terms if pick.some(5)] or [next(iter(terms))]
            data = {name: terms[name] for name in names}
            if pick.some(3):
                data |= self._to_whom()
            if pick.some(2):
                data["exclusivity"] = pick.one("exclusive", "concurrent")
            if pick.some(1):
                data["struck"] = [pick.one("limits", "onward", "places", "conditions")]
                data.pop(data["struck"][0], None)
            self._dated("delegation.varied", found[0], data, ends=True)

    def _suspend(self) -> None:
        if found := self._granted():
            pick = self._picks
            data: Plain = {"scope": [{"function": pick.one(*FUNCTIONS)}]} if pick.some(4) else {}
            if pick.some(3):
                data["on_behalf_of"] = [pick.one(*ORGANISATIONS[:3])]
            self._dated("delegation.suspended", found[0], data, ends=True)

    def _resume(self) -> None:
        if suspended := self._facts("delegation.suspended"):
            stream, n = self._picks.one(*suspended)
            self._dated("delegation.resumed", stream, {}, of=n)

    def _revoke(self) -> None:
        if found := self._granted():
            behalf = {"on_behalf_of": [self._picks.one(*ORGANISATIONS[:3])]} if self._picks.some(4) else {}
            self._dated("delegation.revoked", found[0], behalf)

    def _lapse(self) -> None:
        if found := self._granted():
            self._dated("delegation.lapsed", found[0], {})

    def _consent(self) -> None:
        if found := self._granted():
            pick = self._picks
            data: Plain = {"who": pick.one(*PARTIES[:4])}
            if pick.some(3):
                data["delegation"] = pick.one(*(stream for stream, _ in self._facts("delegation.granted")))
            if pick.some(3):
                data["delegates"] = [pick.one(*PARTIES), pick.one(*PARTIES)]
            self._dated("delegation.consented", found[0], data, ends=True)

    def _continue(self) -> None:
        if found := self._granted():
            pick = self._picks
            data: Plain = {}
            if pick.some(4):
                data["delegator"] = pick.one(*ORGANISATIONS, "body:joint")
            if pick.some(4):
                data["delegates"] = [pick.one(*PARTIES)]
            if pick.some(5):
                data["parties"] = [pick.one(*ORGANISATIONS[1:])]
            if pick.some(4):
                data["legal_basis"] = pick.one(*BASES)
            if pick.some(4):
                data["instrument"] = pick.one(*INSTRUMENTS)
            if pick.some(1):
                data["continued_into"] = [pick.one(*(stream for stream, _ in self._facts("delegation.granted")))]
            self._dated("delegation.continued", found[0], data, ends=True)

    def _meet_condition(self) -> None:
        if conditional := [
            (stream, number, fact["data"]["conditions"])
            for stream, facts in self.streams.items()
            for number, fact in enumerate(facts, start=1)
            if fact["type"] in {"delegation.granted", "delegation.varied"} and fact["data"].get("conditions")
        ]:
            pick = self._picks
            stream, n, conditions = pick.one(*conditional)
            state = pick.one("discharged", "waived", "failed", "accepted", "discharged")
            data = {"condition": pick.one(*conditions)["id"]}
            if state == "accepted":
                self._add("condition.accepted", stream, data, on=pick.one(*DAYS), of=n)
            else:
                self._dated(f"condition.{state}", stream, data, of=n)
