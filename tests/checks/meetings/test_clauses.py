"""The clauses of a quorum rule, by themselves."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.clauses import Clause, clauses
from decisionlog.checks.meetings.counted import Counted
from decisionlog.domain.facts.terms import Composition, QuorumRule
from decisionlog.domain.saying import plain

KINDS = {"organisation:icb": "icb", "organisation:mixed": "", "post:director": "", "person:p1": "", "body:board": ""}


class World:
    """Who is on the log, and of which kind."""

    def party(self, reference):
        return SimpleNamespace(kind=KINDS.get(reference, ""), recorded=reference in KINDS)


def member(grade=Sure.YES, roles=(), parties=()):
    return Counted("person:a", "person:a", grade, frozenset(roles), frozenset(parties))


def worked_out(people=(), size=None, **rule):
    rule["composition"] = tuple(Composition(**one) for one in rule.get("composition", ())) or None
    return clauses(QuorumRule(**rule), size, people, World())


def total(*people, **rest):
    (one,) = worked_out(people, **rest)
    return one.wanted, one.sure, one.possible, one.met


def test_so_many_are_wanted_and_counted_surely_or_perhaps():
    assert total(member(), member(Sure.PERHAPS), at_least=2) == (2, 1, 2, Sure.PERHAPS)
    assert total(member(), member(), at_least=2) == (2, 2, 2, Sure.YES)
    assert total(member(Sure.PERHAPS), at_least=2) == (2, 0, 1, Sure.NO)
    assert total(at_least=0) == (0, 0, 0, Sure.YES)


@pytest.mark.parametrize(
    ("fraction", "size", "wanted"),
    [("1/2", 6, 3), ("1/2", 7, 4), ("2/3", 9, 6), ("1/3", 10, 4), (" 1 / 4 ", 4, 1), ("0/1", 5, 0), ("3/2", 4, 6)],
)
def test_a_share_is_rounded_up(fraction, size, wanted):
    assert total(fraction=fraction, size=size)[0] == wanted


@pytest.mark.parametrize(
    ("fraction", "size"), [("1/2", None), ("1/0", 4), ("half", 4), ("1/2/3", 4), ("-1/2", 4), ("", 4), ("1/٢", 4)]
)
def test_a_share_that_cannot_be_worked_out_leaves_the_whole_rule_open(fraction, size):
    assert worked_out(fraction=fraction, size=size) is None
    assert worked_out(fraction=fraction, size=size, at_least=2) is None


def test_the_higher_of_the_two_is_wanted():
    assert total(at_least=3, fraction="1/2", size=4)[0] == 3
    assert total(at_least=1, fraction="1/2", size=4)[0] == 2


def test_a_rule_in_words_alone_has_no_clause():
    assert worked_out() is None
    assert worked_out(composition=[{"members": "chair"}, {"members": "chair", "at_least": 0}]) is None


@pytest.mark.parametrize(
    ("label", "counted"),
    [
        ("chair", 1),
        ("Chair", 1),
        ("joint chair", 1),
        ("icb", 2),
        ("ICB", 2),
        ("organisation:icb", 2),
        ("mixed", 1),
        ("director", 1),
        ("post:director", 1),
        ("p1", 0),
        ("Board", 0),
        ("body:board", 0),
        ("member", 3),
        ("voting member", 3),
        ("secretary", 0),
        ("police", 0),
    ],
)
def test_members_are_chosen_by_role_kind_organisation_or_post(label, counted):
    people = [
        member(roles={"chair", "joint-chair"}, parties={"organisation:icb"}),
        member(roles={"voting-member"}, parties={"organisation:icb", "post:director"}),
        member(Sure.PERHAPS, parties={"organisation:mixed"}),
    ]
    (one,) = worked_out(people, composition=[{"members": label, "at_least": 1}])
    assert one.possible == counted
    assert one.sure == counted - (label in {"mixed", "member", "voting member"})


def test_a_kind_of_member_that_nothing_tells_leaves_the_whole_rule_open():
    assert worked_out(composition=[{"members": "clinician", "at_least": 1}], at_least=2) is None
    assert worked_out(composition=[{"members": "post:nobody", "at_least": 1}]) is None


def test_a_clause_is_said_by_its_words_or_by_the_party_that_it_names():
    said = [
        plain(one.of)
        for one in worked_out(
            at_least=1,
            composition=[
                {"members": "Joint chair", "at_least": 1},
                {"members": "icb", "at_least": 1},
                {"members": "mixed", "at_least": 1},
                {"members": "post:director", "at_least": 1},
            ],
        )
    ]
    assert said == ["", "joint chair", "icb", "organisation:mixed", "post:director"]


def test_a_clause_is_met_surely_perhaps_or_not():
    found = {(sure, possible): Clause((), 2, sure, possible).met for sure in range(3) for possible in range(sure, 3)}
    assert found == {
        (0, 0): Sure.NO,
        (0, 1): Sure.NO,
        (0, 2): Sure.PERHAPS,
        (1, 1): Sure.NO,
        (1, 2): Sure.PERHAPS,
        (2, 2): Sure.YES,
    }
