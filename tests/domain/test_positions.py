from __future__ import annotations

import pytest

from decisionlog.domain.known import Known, read
from decisionlog.domain.positions import no_longer_held
from tests.scenario import about, fact, given, organisation, proposal

P1 = "proposal:P1"


def taken(replaces=None):
    more = {"replaces": {"stream": P1, "n": replaces}} if replaces else {}
    return fact("proposal.position_taken", P1, on_behalf_of=["organisation:council"], position="support", **more)


def over(*facts):
    log = given(organisation("council"), proposal("P1"), *facts).log
    reading = read(log.stream(P1), Known(), log.zone)
    return no_longer_held(reading.facts, reading.retracted)


@pytest.mark.parametrize(
    ("facts", "no_longer"),
    [
        ([taken()], set()),
        ([taken(), taken(2)], {2}),
        ([taken(), about(P1, "proposal.position_withdrawn", of=2)], {2}),
        ([taken(), taken(2), about(P1, "record.retracted", of=3)], set()),
        ([taken(), taken(2), taken(3), about(P1, "record.retracted", of=3)], {2, 3}),
        ([taken(), about(P1, "proposal.position_withdrawn", of=2), about(P1, "record.retracted", of=3)], set()),
        ([taken(), taken(2), about(P1, "proposal.position_withdrawn", of=3)], {2, 3}),
        ([taken(3), taken(2)], {2, 3}),
    ],
    ids=[
        "the only one", "replaced", "withdrawn", "its successor was retracted", "replaced by way of a retracted one",
        "the withdrawal was retracted", "replaced by one that was withdrawn", "two that name each other",
    ],
)  # fmt: skip
def test_a_position_holds_until_it_is_withdrawn_or_replaced(facts, no_longer):
    assert over(*facts) == no_longer
