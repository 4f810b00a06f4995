"""A proposal's life told by single commands, beside a model made of plain dictionaries that predicts what is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from decisionlog.bootstrap import MODELS, OpenLog
from decisionlog.commands.acts import Act
from decisionlog.commands.one_fact import decide
from decisionlog.commands.record_facts import RecordFacts, record_facts
from decisionlog.domain.refusals import DecisionlogError
from decisionlog.questions.listing import list_things
from decisionlog.questions.point import Asked
from decisionlog.questions.show import show
from decisionlog.questions.who_decided import who_decided
from decisionlog.store.catch_up import ReadModels
from tests.scenario import BY, NOW, body, engine_for, given, organisation, snapshot

PARTNERS = ("council", "icb", "trust")
POSITIONS = ("support", "object", "abstain")
partners, positions = st.sampled_from(PARTNERS), st.sampled_from(POSITIONS)
again = st.booleans()


class LifeOfAProposal(RuleBasedStateMachine):
    """What is done is done to the log and told to the model; what the model refuses the log must refuse, and the other way."""

    def __init__(self) -> None:
        super().__init__()
        self.log = given(
            organisation("council"), organisation("icb"), organisation("trust"), body("cabinet", short_name="CAB")
        ).log
        self.open = OpenLog(self.log, ReadModels(self.log, engine_for(self.log), MODELS))
        self.now = NOW
        self.facts: list[dict[str, Any]] = []
        """The facts of the proposal: each a dictionary of what matters here; `gone` where it was retracted."""
        self.disagreements: dict[str, dict[str, Any]] = {}
        self.decisions: dict[str, dict[str, Any]] = {}

    def teardown(self) -> None:
        self.open.close()

    # Doing

    def act(self, type_name: str, ref: str = "", /, *, fact: int = 0, once_more: bool = False, **data: Any) -> str:
        """Ask for one act: `recorded`, `already` or `refused`; a refusal leaves everything as it was."""
        self.now += timedelta(minutes=1)
        request = Act(type=type_name, data=data, ref=ref, on="2026-05-01", fact=fact, now=self.now, again=once_more)
        before = snapshot(self.log)
        try:
            decided = decide(self.log, request)
            if not decided.already:
                asked = RecordFacts(
                    decided.facts, BY, self.now, again=True, expected=decided.expected, size=decided.size
                )
                record_facts(self.log, asked)
        except DecisionlogError:
            assert snapshot(self.log) == before
            return "refused"
        if decided.already:
            assert snapshot(self.log) == before
            return "already"
        assert self.log.head().size == before["size"] + 1
        self.open.catch_up()
        return "recorded"

    def note(self, kind: str, **more: Any) -> dict[str, Any]:
        """Tell the model of a fact of the proposal."""
        fact = {"kind": kind, "n": len(self.facts) + 1, "position": self.log.head().size, "gone": False, **more}
        self.facts.append(fact)
        return fact

    # The model

    def standing(self, *kinds: str) -> list[dict[str, Any]]:
        return [fact for fact in self.facts if fact["kind"] in kinds and not fact["gone"]]

    def version(self) -> str:
        return str(self.standing("version")[-1]["label"]) if self.standing("version") else ""

    def held(self, partner: str) -> dict[str, Any] | None:
        """The position that a partner holds: the last of those that stand."""
        return next(reversed(self.all_held(partner)), None)

    def all_held(self, partner: str) -> list[dict[str, Any]]:
        """The positions of a partner that are neither withdrawn nor replaced: two, where a withdrawal between was retracted."""
        by_n = {fact["n"]: fact for fact in self.facts}
        over = {fact["of"] for fact in self.standing("taken back")}
        for fact in self.standing("taken"):
            before = by_n.get(fact["replaces"])
            while before:
                over.add(before["n"])
                before = by_n.get(before["replaces"]) if before["gone"] else None
        return [fact for fact in self.standing("taken") if fact["partner"] == partner and fact["n"] not in over]

    def state(self) -> str:
        last = self.standing("version", "withdrawn")[-1]
        return "withdrawn" if last["kind"] == "withdrawn" else "submitted"

    def opened(self) -> bool:
        return bool(self.facts) and not self.facts[0]["gone"]

    # The moves

    @initialize()
    def propose(self) -> None:
        assert self.act("proposal.submitted", title="Winter bedz", ref="P1", version="1") == "recorded"
        self.note("version", label="1", title="Winter bedz")

    @rule()
    def propose_again(self) -> None:
        assert self.act("proposal.submitted", title="Another", ref="p1") == "refused"

    @rule(titled=st.booleans())
    def revise(self, titled: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        label = str(1 + sum(fact["kind"] == "version" for fact in self.facts))
        data = {"title": f"Beds {label}"} if titled else {}
        assert self.act("proposal.revised", "P1", version=label, **data) == "recorded"
        self.note("version", label=label, **data)

    @precondition(lambda self: self.opened())
    @rule(partner=partners, position=positions, once_more=again)
    def sign_off(self, partner: str, position: str, once_more: bool) -> None:  # noqa: FBT001 - as above
        held, version = self.held(partner), self.version()
        same = held is not None and (held["says"], held["version"]) == (position, version) and not once_more
        did = self.act("proposal.position_taken", "P1", once_more=once_more, on_behalf_of=[partner], position=position)
        assert did == ("already" if same else "recorded")
        if not same:
            replaces = held["n"] if held else None
            self.note("taken", partner=partner, says=position, version=version, replaces=replaces)

    @rule(partner=partners)
    def withdraw_a_position(self, partner: str) -> None:
        held = self.held(partner)
        did = self.act("proposal.position_withdrawn", "P1", on_behalf_of=[partner])
        assert did == ("recorded" if held else "refused")
        if held:
            self.note("taken back", of=held["n"])

    @precondition(lambda self: self.opened())
    @rule(once_more=again)
    def withdraw(self, once_more: bool) -> None:  # noqa: FBT001 - as above
        refused = self.state() == "withdrawn" and not once_more
        assert self.act("proposal.withdrawn", "P1", once_more=once_more) == ("refused" if refused else "recorded")
        if not refused:
            self.note("withdrawn")

    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        """Take back any fact of the proposal but the one that opened it."""
        if not (later := [fact for fact in self.facts[1:] if fact["kind"] not in {"retracted", "corrected"}]):
            return
        fact = data.draw(st.sampled_from(later))
        did = self.act("record.retracted", "P1", fact=fact["position"], reason="the wrong file")
        assert did == ("refused" if fact["gone"] else "recorded")
        if not fact["gone"]:
            self.note("retracted")
            fact["gone"] = True

    @rule(title=st.sampled_from(["Winter beds", "Winter bedz", "Beds"]))
    def correct(self, title: str) -> None:
        """Correct the title of the first version; what says so already is not corrected."""
        first = self.facts[0]
        did = self.act("record.corrected", "P1", changes=[{"path": "/title", "now": title}])
        assert did == ("refused" if first["title"] == title else "recorded")
        if did == "recorded":
            self.note("corrected")
            first["title"] = title

    @rule(wrong=st.sampled_from(["/titel", "/version/0"]))
    def correct_what_is_no_field(self, wrong: str) -> None:
        assert self.act("record.corrected", "P1", changes=[{"path": wrong, "now": "x"}]) == "refused"

    @rule(partner=partners)
    def disagree(self, partner: str) -> None:
        ref = f"G{len(self.disagreements) + 1}"
        assert self.act("disagreement.raised", "P1", ref=ref, on_behalf_of=[partner], grounds="no plan") == "recorded"
        self.disagreements[ref] = {"state": "raised", "partner": partner}

    @precondition(lambda self: self.disagreements)
    @rule(
        data=st.data(),
        how=st.sampled_from(["reconciled", "upheld", "overruled", "withdrawn", "escalated"]),
        once_more=again,
    )
    def settle(self, data: st.DataObject, how: str, once_more: bool) -> None:  # noqa: FBT001 - as above
        ref = data.draw(st.sampled_from(sorted(self.disagreements)))
        disagreement = self.disagreements[ref]
        refused = disagreement.setdefault("ended", set()) >= {how} and not once_more
        assert self.act(f"disagreement.{how}", ref, once_more=once_more) == ("refused" if refused else "recorded")
        if not refused:
            disagreement["state"] = how
            disagreement["ended"] = set() if how == "escalated" else {*disagreement["ended"], how}

    @precondition(lambda self: self.opened())
    @rule(outcome=st.sampled_from(["approved", "noted", "rejected"]))
    def decide(self, outcome: str) -> None:
        version = self.version()
        did = self.act("decision.taken", decision_makers=["cabinet"], outcome=outcome, proposals=[{"proposal": "P1"}])
        assert did == "recorded"
        self.decisions[f"CAB/26-27/{len(self.decisions) + 1:03}"] = {"state": outcome, "version": version}

    @precondition(lambda self: self.decisions)
    @rule(data=st.data(), once_more=again)
    def ratify(self, data: st.DataObject, once_more: bool) -> None:  # noqa: FBT001 - as above
        ref = data.draw(st.sampled_from(sorted(self.decisions)))
        refused = self.decisions[ref]["state"] == "ratified" and not once_more
        assert self.act("decision.ratified", ref, once_more=once_more) == ("refused" if refused else "recorded")
        self.decisions[ref]["state"] = "ratified"

    # What is shown

    def list(self, kind: str) -> dict[str, str]:
        listing = list_things(self.log, self.open.models, kind, Asked(None, None, "log"), self.now)
        return {item.ref: item.state for item in listing.items}

    @invariant()
    def the_lists_are_as_the_model_says(self) -> None:
        if not self.facts:
            return
        binding = any(one["state"] in {"approved", "rejected", "ratified"} for one in self.decisions.values())
        may_be = {self.state()} | ({"decided"} if binding and self.state() == "submitted" else set())
        assert self.list("proposal")["P1"] in may_be
        assert self.list("disagreement") == {ref: one["state"] for ref, one in self.disagreements.items()}
        assert self.list("decision") == {ref: one["state"] for ref, one in self.decisions.items()}

    @invariant()
    def the_proposal_shows_its_first_title_as_corrected(self) -> None:
        if self.facts:
            shown = show(self.log, self.open.models, "P1", Asked(None, None, "log"), self.now)
            assert shown.fields["title"] == self.facts[0]["title"]

    @invariant()
    def the_current_positions_are_as_the_model_says(self) -> None:
        if not self.decisions:
            return
        found = who_decided(self.log, self.open.models, "P1", Asked(None, None, "log"), self.now).items[-1]
        current = {(one.on_behalf_of[0], one.position, one.version) for one in found.positions if one.current}
        held = [one for partner in PARTNERS for one in self.all_held(partner)]
        assert current == {(f"organisation:{one['partner']}", one["says"], one["version"]) for one in held}
        assert found.decision["proposals"][0].get("version", "") == [*self.decisions.values()][-1]["version"]


TestLifeOfAProposal = LifeOfAProposal.TestCase
TestLifeOfAProposal.settings = settings(stateful_step_count=15)
