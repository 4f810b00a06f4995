from __future__ import annotations

from copy import deepcopy

import pytest

from decisionlog.render.words import in_words
from tests.checks.clean import CLEAN, fact
from tests.checks.histories import clean, sentence


def pounds(amount, **more):
    return {"money": {"amount": amount * 100, "currency": "GBP"}, **more}


def _decision(key="D0", on="2026-02-10", amount=300_000, **data):
    """An earlier decision of the committee under the same delegation."""
    told = {
        "ref": key,
        "decision_makers": ["body:committee"],
        "on_behalf_of": ["organisation:icb"],
        "outcome": "approved",
        "proposals": [{"proposal": "proposal:P1", "version": "1"}],
        "authority": deepcopy(CLEAN["D1"]["data"]["authority"]),
        "value": [pounds(amount)],
        **data,
    }
    return fact("decision.taken", f"decision:{key}", on, **{k: v for k, v in told.items() if v is not None})


def _after(*earlier, **limit):
    history = clean().also(**{f"D0-{number}": one for number, one in enumerate(earlier)})
    return history.but("grant", limits=[pounds(500_000, **limit)]) if limit else history


def _found(history):
    return [one for one in history.findings("GL02") if one.subject == "decision:D1"]


def test_two_decisions_on_one_paper_that_come_to_more_than_the_limit_trip_it():
    (found,) = _found(_after(_decision()))
    assert sentence(found) == (
        "with decision:D0 for the same matter it comes to 700000.00 GBP, over the limit of delegation:S1 (500000.00 GBP, <=)"
    )
    assert found.severity == "warning"
    history = _after(_decision())
    names = ["log", *history.facts]
    assert [names[at - 1] for at in found.evidence] == ["D1", "D0-0", "grant"]


def test_only_the_later_one_is_told():
    assert [one.subject for one in _after(_decision()).findings("GL02")] == ["decision:D1"]
    later = _after(_decision(on="2026-03-13"))
    assert [one.subject for one in later.findings("GL02")] == ["decision:D0"]


def test_of_one_day_the_one_that_was_recorded_later_is_told():
    assert [one.subject for one in _after(_decision(on="2026-03-12")).findings("GL02")] == ["decision:D0"]


def test_what_comes_to_the_limit_is_within_it():
    assert not _found(_after(_decision(amount=100_000)))
    assert _found(_after(_decision(amount=100_001)))
    assert _found(_after(_decision(amount=100_000), operator="<"))


def test_three_that_come_to_more_are_all_named():
    (found,) = _found(_after(_decision(amount=60_000), _decision("D00", amount=60_000)))
    assert sentence(found).startswith("with decision:D0 and decision:D00 for the same matter it comes to 520000.00 GBP")


def test_three_are_named():
    (found,) = _found(_after(*[_decision(f"D0{number}", amount=40_000) for number in range(3)]))
    assert sentence(found).startswith("with decision:D00, decision:D01 and decision:D02 for the same matter")


def test_more_than_three_are_counted():
    four = [_decision(f"D0{number}", amount=30_000) for number in range(4)]
    (found,) = _found(_after(*four))
    assert sentence(found).startswith("with 4 earlier decisions for the same matter it comes to 520000.00 GBP")
    assert len(found.evidence) == 1 + 4 + 1


def test_one_that_is_over_alone_is_another_rules_matter():
    assert not _found(_after(_decision()).but("D1", value=[pounds(620_000)]))


@pytest.mark.parametrize(
    "other",
    [
        {"proposals": None},
        {"decision_makers": ["body:board"]},
        {"outcome": "rejected"},
        {"value": []},
        {"value": None},
        {"value": [{"money": {"amount": 99_000_000, "currency": "EUR"}}]},
        {"authority": [{"legal_basis": "original-power"}]},
        {"on": "2026-03-13"},
    ],
)
def test_what_is_not_of_the_same_matter_decider_and_power_is_not_added(other):
    assert not _found(_after(_decision(**other)))


def test_a_paper_that_is_part_of_the_other_is_the_same_scheme():
    for link, expected in (("part-of", 1), ("same-matter", 1), ("relates-to", 0)):
        part = fact(
            "proposal.submitted",
            "proposal:P0",
            "2026-01-01",
            ref="P0",
            related=[{"proposal": "proposal:P1", "link": link}],
        )
        history = clean().also(part=part, D0=_decision(proposals=[{"proposal": "proposal:P0"}]))
        assert len(_found(history)) == expected
    revised = fact(
        "proposal.revised", "proposal:P1", "2026-02-21", related=[{"proposal": "proposal:P0", "link": "part-of"}]
    )
    stub = fact("proposal.submitted", "proposal:P0", "2026-01-01", ref="P0")
    history = clean().also(part=stub, revised=revised, D0=_decision(proposals=[{"proposal": "proposal:P0"}]))
    assert len(_found(history)) == 1


def test_two_papers_that_are_part_of_one_are_one_scheme():
    whole = [{"proposal": "proposal:whole", "link": "part-of"}]
    third = fact("proposal.submitted", "proposal:whole", "2026-01-01", ref="whole")
    part = fact("proposal.submitted", "proposal:P0", "2026-01-02", ref="P0", related=whole)
    history = clean().also(whole=third, part=part, D0=_decision(proposals=[{"proposal": "proposal:P0"}]))
    assert len(_found(history.but("P1", related=whole))) == 1
    assert not _found(history)


@pytest.mark.parametrize("how", ["superseded", "rescinded", "lapsed", "voided"])
def test_one_that_no_longer_stands_is_not_added(how):
    ended = fact(f"decision.{how}", "decision:D0", "2026-03-01")
    assert not _found(_after(_decision()).also(ended=ended))


def test_one_that_this_one_changes_is_not_added():
    history = _after(_decision())
    assert not _found(history.but("D1", links=[{"decision": "decision:D0", "link": "amends"}]))


@pytest.mark.parametrize(
    ("per", "within", "before"),
    [
        ("year", "2025-04-01", "2025-03-31"),
        ("Financial year", "2025-04-01", "2025-03-31"),
        ("calendar year", "2026-01-01", "2025-12-31"),
        ("quarter", "2026-01-01", "2025-12-31"),
        ("month", "2026-03-01", "2026-02-28"),
        ("MONTH", "2026-03-01", "2026-02-28"),
    ],
)
def test_a_limit_for_a_period_adds_whatever_was_committed_in_it(per, within, before):
    (found,) = _found(_after(_decision(on=within, proposals=None), per=per))
    assert sentence(found).startswith("with decision:D0 in the same period it comes to 700000.00 GBP")
    assert not _found(_after(_decision(on=before, proposals=None), per=per))


def test_the_financial_year_begins_in_april():
    history = _after(_decision(on="2026-04-01", proposals=None), per="year").but("D1", on="2026-04-02")
    assert _found(history)
    history = _after(_decision(on="2026-03-31", proposals=None), per="year").but("D1", on="2026-04-02")
    assert not _found(history)


@pytest.mark.parametrize(
    ("day", "within", "before"),
    [("2025-05-20", "2025-04-01", "2025-03-31"), ("2025-12-20", "2025-10-01", "2025-09-30")],
)
def test_a_quarter_begins_with_january_april_july_and_october(day, within, before):
    assert _found(_after(_decision(on=within, proposals=None), per="quarter").but("D1", on=day))
    assert not _found(_after(_decision(on=before, proposals=None), per="quarter").but("D1", on=day))


def test_a_day_is_one_by_the_clocks_of_the_log():
    history = _after(_decision(on="2025-03-30", proposals=None), per="year")
    assert not _found(history.but("D1", on="2025-03-31T23:30:00Z"))
    assert _found(history.but("D1", on="2025-03-31T22:30:00Z"))


def test_what_is_in_another_currency_is_neither_added_nor_named():
    euros = _decision("D00", value=[{"money": {"amount": 99_000_000, "currency": "EUR"}}])
    assert not _found(_after(_decision(amount=100_000), euros))
    (found,) = _found(_after(_decision(), euros))
    assert sentence(found).startswith("with decision:D0 for")


def test_a_limit_is_printed_as_one():
    (found,) = _found(_after(_decision()))
    assert "(up to £500,000)" in in_words(found.said, {})


def test_a_limit_for_each_decision_adds_only_what_is_one_scheme():
    assert not _found(_after(_decision(proposals=None), per="decision"))
    assert _found(_after(_decision(), per="decision"))


def test_without_a_limit_nothing_is_split():
    assert not _found(_after(_decision()).but("grant", limits=[]))
    assert not _found(_after(_decision()).but("grant", limits=None))


def test_the_value_of_the_paper_is_not_added():
    assert not _found(_after(_decision()).but("D1", value=None))
    assert not _found(_after(_decision(on=None)))


def test_the_first_limit_that_is_exceeded_is_told_once():
    limits = [pounds(600_000), pounds(500_000)]
    (found,) = _found(_after(_decision()).but("grant", limits=limits))
    assert sentence(found).endswith("(600000.00 GBP)")
