"""The random histories reach every rule of docs/authority.md, and often enough."""

from __future__ import annotations

from collections import Counter

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.authority.asking import expected, questions
from tests.authority.histories import histories
from tests.authority.shapes import members
from tests.oracle import facts_of

TESTS = {
    "instrument": "holds fails not-recorded",
    "delegator_held": "holds fails not-recorded",
    "basis": "holds fails not-recorded",
    "onward": "holds fails not-recorded",
    "reserved": "holds not-recorded to-be-read",
    "limit": "holds fails not-recorded to-be-read",
    "conditions": "holds fails to-be-read",
    "consulted": "to-be-read",
    "delegate": "holds fails not-recorded",
    "holder": "holds fails not-recorded",
    "resolved": "holds not-recorded",
}
RULES = {
    *("classified gap", "classified contested", "classified dormant", "classified complete-with-findings"),
    "classified complete",
    *(f"test {name} {outcome}" for name, outcomes in TESTS.items() for outcome in outcomes.split()),
    *("finding fails", "finding onward-not-recorded", "finding did-not-outlive", "finding leads-back"),
    *("finding own-chain", "finding not-resolved"),
    *("role duty_holders", "role answerable_to", "role decision_makers", "role liability", "role delivery"),
    *("role consulted", "role commitments", "role oversight"),
    *("step duty", "step acts", "step delegation"),
    *("possible duty", "possible acts", "possible delegation"),
    *("part duty", "part acts", "part delegation"),
    *("a chain of four steps", "a step to several jointly", "two ways to one party", "a power beneath a power"),
    *("a duty that was taken over", "a duty of which a rest was kept", "a giver that was succeeded"),
    *("a delegate that was replaced", "a liability that was moved", "a giver that gave all away"),
    *("known by the sources' clocks", "asked by a matter", "nobody who could"),
}
"""What must be reached."""


def reached(facts, put, answer):
    """The rules that an answer shows."""
    yield f"classified {answer.classification}"
    yield from (f"finding {code}" for code, _ in answer.findings)
    yield from (f"role {role}" for role in answer.roles)
    said = {
        f"{fact['stream']}#{fact['n']}" if fact["type"] == "function.duty_placed" else fact["stream"]: fact["data"]
        for fact in facts
        if fact["type"] in {"function.duty_placed", "delegation.granted"}
    }
    for chain in answer.chains:
        for step in chain:
            yield from shown(step, said)
    yield from shown_together(answer, said)
    if put.said_by is not None:
        yield "known by the sources' clocks"
    if put.asked.matters and not put.asked.functions and answer.chains:
        yield "asked by a matter"


def shown_together(answer, said):
    """The rules that an answer shows as a whole."""
    holders: dict[str, set] = {}
    for chain in answer.chains:
        holders.setdefault(chain[0][3], set()).add(chain[0][2])
    kept = [who for placing, who in holders.items() if "#" in placing and said[placing]["holder"] in who]
    lasts = Counter(chain[-1][2] for chain in answer.chains)
    sound = {step[2] for chain in answer.chains for step in chain if "fails" not in str(chain)}
    found = {
        "a chain of four steps": any(len(chain) > 3 for chain in answer.chains),
        "a power beneath a power": any([step[0] for step in chain].count("delegation") > 1 for chain in answer.chains),
        "a duty of which a rest was kept": any(len(who) > 1 for who in kept),
        "two ways to one party": any(number > 1 for number in lasts.values()),
        "a liability that was moved": answer.roles.get("liability", frozenset())
        - answer.roles.get("duty_holders", frozenset()),
        "a giver that gave all away": sound - {""} - set(answer.could),
        "nobody who could": not answer.could,
    }
    yield from (rule for rule, so in found.items() if so)


def shown(step, said):
    """The rules that one step shows."""
    kind, giver, to, reference, possible, part, tests = step
    yield f"step {kind}"
    yield from [f"possible {kind}"] * possible + [f"part {kind}"] * part
    yield from (f"test {name} {outcome}" for name, outcome in tests)
    if isinstance(to, tuple):
        yield "a step to several jointly"
    if kind == "duty" and said[reference]["holder"] != to:
        yield "a duty that was taken over"
    if kind == "delegation":
        if giver and giver not in {said[reference].get("delegator"), *said[reference].get("on_behalf_of", [])}:
            yield "a giver that was succeeded"
        if said[reference].get("delegates") and not set(members(to)) & set(said[reference]["delegates"]):
            yield "a delegate that was replaced"


def test_the_histories_reach_every_rule():
    counted: Counter[str] = Counter()

    @settings(max_examples=500, phases=[Phase.generate])
    @given(history=histories, asked=st.lists(questions, min_size=3, max_size=3))
    def go(history, asked):
        log = history.record()
        facts = facts_of(log.lines())
        for put in asked:
            counted.update(set(reached(facts, put, expected(facts, put.point(log), put.asked))))

    go()
    assert not {rule for rule in RULES if counted[rule] < 3}, counted
