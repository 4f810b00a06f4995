from __future__ import annotations

import pytest

from decisionlog.commands.acts import Act
from decisionlog.commands.one_fact import decide
from decisionlog.domain.refusals import NotFound, Refusal
from tests.scenario import new_log, record

D1 = {
    "type": "decision.taken",
    "stream": "decision:D1",
    "on": "2026-03-12",
    "data": {"ref": "D1", "outcome": "approved"},
}


def waiver(rule="GL04", on="2026-04-01"):
    return {"type": "finding.waived", "stream": "decision:D1", "on": on, "data": {"rule": rule}}


def end(n, on="2026-05-01"):
    of = {"stream": "decision:D1", "n": n}
    return {"type": "finding.waiver_ended", "stream": "decision:D1", "on": on, "of": of, "data": {"rule": "GL04"}}


def asked(*recorded, rule="GL04", **more):
    """What is decided, with D1 at position 2 and these facts behind it."""
    log = new_log()
    record(log, D1, *recorded, again=True)
    return decide(log, Act("finding.waiver_ended", {"rule": rule, "by": "person:p1"}, "D1", "2026-05-14", **more))


def test_the_end_names_the_waiver_that_ends():
    decided = asked(waiver())
    assert decided.plain == {
        "type": "finding.waiver_ended",
        "stream": "decision:D1",
        "of": {"stream": "decision:D1", "n": 2},
        "on": "2026-05-14",
        "data": {"rule": "GL04", "by": "person:p1"},
    }
    assert (decided.ref, decided.expected, decided.notes) == ("D1", {"decision:D1": 2}, ())


def test_the_last_waiver_of_that_rule_which_stands_is_meant():
    assert asked(waiver(), waiver(on="2026-04-02"), waiver("GL05", "2026-04-03")).plain["of"]["n"] == 3
    assert asked(waiver(), waiver(on="2026-04-02"), end(3)).plain["of"]["n"] == 2


def test_another_is_named_by_its_position():
    assert asked(waiver(), waiver(on="2026-04-02"), fact=3).plain["of"]["n"] == 2


@pytest.mark.parametrize(
    ("recorded", "more", "said"),
    [
        ([], {}, "No waiver of GL04 for D1 is recorded. `decisionlog history D1` tells what is."),
        ([waiver("GL05")], {}, "No waiver of GL04 for D1 is recorded."),
        ([waiver()], {"fact": 2}, "No waiver of GL04 for D1 is recorded at @2."),
    ],
)
def test_a_waiver_that_is_not_there_cannot_end(recorded, more, said):
    with pytest.raises(NotFound) as refused:
        asked(*recorded, **more)
    assert said in str(refused.value)


def test_a_waiver_ends_once_unless_it_is_asked_for_again():
    with pytest.raises(Refusal) as refused:
        asked(waiver(), end(2))
    assert str(refused.value) == (
        "The waiver of GL04 for D1 on 2026-04-01 [3] was ended already on 2026-05-01 [4]. "
        "To record that it was once more, give --again."
    )
    assert asked(waiver(), end(2), again=True).plain["of"]["n"] == 2


def test_what_is_odd_about_the_day_is_noted():
    log = new_log()
    record(log, D1, waiver(), again=True)
    decided = decide(log, Act("finding.waiver_ended", {"rule": "GL04", "by": "person:p1"}, "D1", "2026-03-01"))
    assert decided.notes == ("2026-03-01 is before D1 was taken on 2026-03-12 [2]; recorded as it was said.",)
