from __future__ import annotations

import pytest

from decisionlog.checks.finding import RULE_SET
from decisionlog.checks.rule import FAMILIES, rules
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.choosing_rules import chosen, explained, rule_called

EVERY = set(rules())


def test_every_rule_is_chosen_where_none_is_named():
    assert chosen((), ()) == EVERY


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        (("GL04",), (), {"GL04"}),
        (("gl4",), (), {"GL04"}),
        (("GL04,GL05",), (), {"GL04", "GL05"}),
        (("GL04", " GL05 ,"), (), {"GL04", "GL05"}),
        (("GL04-GL05",), (), {"GL04", "GL05"}),
        (("gl4-GL5",), ("GL04",), {"GL05"}),
        (("GL04-GL04",), (), {"GL04"}),
        ((), ("GL04",), EVERY - {"GL04"}),
        (("all",), ("GL05",), EVERY - {"GL05"}),
    ],
)
def test_rules_are_chosen_by_id_by_range_and_with_commas(select, ignore, left):
    assert chosen(select, ignore) == left


def test_a_range_is_the_rules_between_and_takes_ends_that_are_none():
    assert chosen(("GL00-GL99",), ()) == EVERY
    assert chosen(("GL04-GL999",), ()) == {id_ for id_ in EVERY if id_ >= "GL04"}


def test_a_family_is_chosen_by_its_name():
    assert {"GL04", "GL05"} <= chosen(("Authority",), ())
    of_families = [{rule.id for rule in rules().values() if rule.family == family} for family in FAMILIES]
    assert set.union(*of_families) == EVERY
    assert sum(map(len, of_families)) == len(EVERY)


@pytest.mark.parametrize(
    ("select", "ignore", "said"),
    [
        (("GL00",), (), f"--select names 'GL00', which is no rule. Did you mean {min(EVERY)}?"),
        (("GL55",), (), "--select names 'GL55', which is no rule. Did you mean GL52?"),
        (("GL56",), (), f"--select names 'GL56', which is no rule. They go from {min(EVERY)} to {max(EVERY)}."),
        (("GL999",), (), f"--select names 'GL999', which is no rule. They go from {min(EVERY)} to {max(EVERY)}."),
        (("expired",), (), "--select names 'expired', which is no rule. Did you mean GL04 (expired delegation)?"),
        (("expird-delegation",), (), "Did you mean GL04 (expired delegation)?"),
        (("authorty",), (), "--select names 'authorty', which is no rule. Did you mean authority?"),
        (
            ("xyz",),
            (),
            f"They go from {min(EVERY)} to {max(EVERY)}. `decisionlog check --explain all` tells every rule.",
        ),
        (
            ("",),
            (),
            "--select names no rule; write ids (GL01), ranges (GL04-GL07) or families (authority, meetings, course)",
        ),
        ((",",), (), "--select names no rule;"),
        (("GL05-GL04",), (), "--select GL05-GL04 runs backwards; write GL04-GL05."),
        (("GL900-GL999",), (), f"--select GL900-GL999 holds no rule; they go from {min(EVERY)} to {max(EVERY)}."),
        (("GL04-x",), (), "--select names 'GL04-x', which is no rule."),
        ((), ("GL999",), "--ignore names 'GL999', which is no rule."),
        (("GL04",), ("GL04",), "No rule is left to check by"),
        ((), ("all",), "No rule is left to check by"),
    ],
)
def test_what_names_no_rule_is_refused_with_the_nearest(select, ignore, said):
    with pytest.raises(BadInput) as refused:
        chosen(select, ignore)
    assert said in str(refused.value)


def test_rules_are_told_in_their_order_each_once():
    told = explained(("GL05", "GL04,gl5"))
    assert [rule.id for rule in told.items] == ["GL04", "GL05"]
    assert told.rules == RULE_SET
    assert told.items[0].title == rules()["GL04"].title
    assert [rule.id for rule in explained(("all",)).items] == sorted(EVERY)


def test_one_rule_is_called_by_its_id_alone():
    assert rule_called("gl4").id == "GL04"
    for name in ("GL04-GL05", "authority", "all", ""):
        with pytest.raises(BadInput, match=f"'{name}' is no rule."):
            rule_called(name)
