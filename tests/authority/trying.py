"""The tests of each step: whether each holds, fails, is not recorded, or is in words that a person must read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.authority.granting import Granting
from tests.authority.shapes import Grant, Party, members, worst
from tests.authority.standing import span


class Trying(Granting):
    """Each test by itself."""

    def basis(self, code: str | None, giver: str, to: Party) -> str:
        """Whether the table allows that kind of giver and of receiver, today."""
        if code is None or code not in self.reading.law.bases:
            return "not-recorded"
        entry = self.reading.law.bases[code]
        if entry.get("from") and self.world.on < span(entry["from"]).first:
            return "fails"
        if entry.get("until") and self.world.on >= span(entry["until"]).first:
            return "fails"
        organisations = [giver] if giver.startswith("organisation:") else self.world.acts_for(giver) if giver else []
        giving = [self.world.kind(one) for one in organisations if one.startswith("organisation:")] or [""]
        return worst(
            [self._allowed(entry["givers"], giving)]
            + ([self._allowed(entry["receivers"], self._words(one)) for one in members(to)] or ["not-recorded"])
        )

    def _words(self, party: str) -> list[str]:
        kind = party.partition(":")[0]
        if kind == "organisation":
            return [self.world.kind(party)]
        return [self.world.kind(party), "body"] if kind == "body" else [kind]

    @staticmethod
    def _allowed(listed: Iterable[str], words: list[str]) -> str:
        if "any" in listed or set(listed) & set(words):
            return "holds"
        return "not-recorded" if "" in words else "fails"

    def onward(self, above: Grant | None, grant: Grant, to: Iterable[str]) -> str | None:
        """Whether the delegation above permits it, or those who must consent did."""
        if above is None:
            return None
        onward = above.terms.get("onward", {})
        if onward.get("rule") != "with-consent":
            return {"permitted": "holds", "prohibited": "fails"}.get(onward.get("rule"), "not-recorded")
        consents = []
        for fact in self.world.facts(above.reference, "delegation.consented"):
            data = fact["data"]
            unnamed = not data.get("delegation") and not data.get("delegates")
            for_these = bool(data.get("delegates")) and set(to) <= set(data["delegates"])
            if self.world.held(fact) and (unnamed or data.get("delegation") == grant.reference or for_these):
                consents.append({data.get("who"), *data.get("on_behalf_of", [])})
        wanted = onward.get("consent_of", [])
        given = all(any(one in who for who in consents) for one in wanted) if wanted else bool(consents)
        return "holds" if given else "fails"

    @staticmethod
    def reserved(matters: list[Any] | None) -> str:
        """Whether nothing is kept back."""
        return "not-recorded" if matters is None else "to-be-read" if matters else "holds"

    def limit(self, limits: list[Mapping[str, Any]] | None) -> str | None:
        """Whether what is asked about is within every limit; whether a person must read one of them."""
        if not self.asked.amounts:
            return None
        if limits is None:
            return "not-recorded"
        unclear = False
        for limit in limits:
            money = limit.get("money")
            together, here = 0, False
            for amount in self.asked.amounts:
                if any(
                    limit.get(each, amount.get(each)) != amount.get(each, limit.get(each)) for each in ("kind", "fund")
                ):
                    continue
                if (
                    not money
                    or money["currency"] != amount["currency"]
                    or (limit.get("fund") and not amount.get("fund"))
                ):
                    unclear = True
                    continue
                together, here = together + int(amount["amount"]), True
            most = int(money["amount"]) if money else 0
            if here and (together > most or (together == most and limit.get("operator") == "<")):
                return "fails"
        return "to-be-read" if unclear else "holds"

    @staticmethod
    def condition(conditions: Mapping[str, str]) -> str | None:
        """Whether what had to come first did."""
        if not conditions:
            return None
        unmet = [one.split(" ")[0] for one in conditions.values() if one.split(" ")[1] not in {"discharged", "waived"}]
        if "precedent" in unmet:
            return "fails"
        return "to-be-read" if set(unmet) & {"", "each-use"} else "holds"

    def delegate(self, party: str) -> str:
        """Whether a receiver is there, and can decide."""
        if not party:
            return "not-recorded"
        if self.world.is_forum(party):
            return "fails"
        if not self.world.recorded(party):
            return "not-recorded"
        return "fails" if self.world.there(party) is None else "holds"

    def holder(self, post: str, rule: str) -> str:
        """Whether somebody holds a post in such a way that the power can be used."""
        held_as = [one.data.get("basis", "") for one in self.world.holders(post)]
        if not held_as:
            return "fails" if self.world.recorded(post) else "not-recorded"
        certain = {"substantive", "ex-officio"}
        if rule == "any-holder":
            return "holds"
        if rule == "substantive-only":
            return "holds" if certain & set(held_as) else "not-recorded" if "" in held_as else "fails"
        return "holds" if (certain | {""}) & set(held_as) else "not-recorded"
