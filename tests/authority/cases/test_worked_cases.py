"""Cases as they happen to real partnerships, asked by commands: what is expected was written down before it was asked.

The facts stand in tests/cli/cases, a file for each; names and dates are made up. What was recorded late stands last.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.running import answer, new_log, run

FACTS = Path(__file__).parents[2] / "cli" / "cases"


class Expected(NamedTuple):
    """What must be answered."""

    classification: str
    duty: set[str]
    deciding: set[str]
    findings: set[str] = frozenset()


def asked(case, *words):
    """The answer about one case, of which nothing else is on the log."""
    if not Path("decisionlog.db").exists():
        new_log()
        run("import", str(FACTS / f"{case}.jsonl"), "--by", "clerk-1")
    return answer("who", *words)


def parties(entries):
    return {" and ".join(entry["party"]) for entry in entries}


def found(document):
    roles = document["roles"]
    return Expected(
        document["classification"],
        {party.partition(":")[2] for party in parties(roles["duty_holders"])},
        {party.partition(":")[2] for party in parties(roles["decision_makers"])},
        {f"{one['subject'].partition(':')[2]} {one.get('test') or one['rule']}" for one in document["findings"]},
    )


COMPLETE, FINDINGS = "complete", "complete-with-findings"
CONDITION = "CAB/12/31-d conditions"

CASES = {
    # A cabinet delegates to its director of resources, in consultation with two others (which is not deciding with
    # them) and subject to what other councils decide: until these have, the cabinet alone has the power.
    "in consultation, before the other councils had entered": (
        "in-consultation shared-services --on 2012-07-01",
        Expected(FINDINGS, {"borough-council"}, {"cabinet"}, {CONDITION}),
    ),
    "in consultation, after they had": (
        "in-consultation shared-services --on 2012-10-01",
        Expected(COMPLETE, {"borough-council"}, {"director-of-resources"}),
    ),
    "in consultation, after they had, as known before it was recorded": (
        "in-consultation shared-services --on 2012-10-01 --known @19",
        Expected(FINDINGS, {"borough-council"}, {"cabinet"}, {CONDITION}),
    ),
    # A CCG ends and an ICB with the same code follows it: another legal person, on whom the duty lies from that day.
    "the last day of the CCG": (
        "successions community-services --place marsh --on 2022-06-30",
        Expected(COMPLETE, {"marsh-ccg"}, {"county-council"}),
    ),
    "the first day of the ICB: what the CCG gave is treated as given by it": (
        "successions community-services --place marsh --on 2022-07-01",
        Expected(COMPLETE, {"old-icb"}, {"county-council", "marsh-committee", "old-board"}),
    ),
    "before there was a duty": (
        "successions community-services --place marsh --on 2013-03-31",
        Expected("gap", set(), set()),
    ),
    # The ICB is split between two: one delegation is continued, one lapses and is granted anew, of one nothing is said.
    "the ICB's last day, in one of its places": (
        "successions community-services --place fen --on 2026-03-31",
        Expected(COMPLETE, {"old-icb"}, {"old-board", "fen-director", "county-council"}),
    ),
    "split, where it was continued": (
        "successions community-services --place marsh --on 2026-04-01",
        Expected(COMPLETE, {"coast-icb"}, {"county-council", "marsh-committee"}),
    ),
    "split, where it was granted anew": (
        "successions community-services --place fen --on 2026-04-01",
        Expected(FINDINGS, {"central-icb"}, {"fen-director"}, {"AGR-3 did-not-outlive"}),
    ),
    "split, as known before the new grant was recorded": (
        "successions community-services --place fen --on 2026-04-01 --known @28",
        Expected(FINDINGS, {"central-icb"}, {"central-icb"}, {"AGR-3 did-not-outlive"}),
    ),
    "split, everywhere": (
        "successions community-services --on 2026-04-01",
        Expected(
            FINDINGS,
            {"central-icb", "coast-icb"},
            {"county-council", "marsh-committee", "fen-director"},
            {"AGR-3 did-not-outlive"},
        ),
    ),
    # Power for substantive holders only, while an interim has the post; later the interim is let use it, and that is
    # recorded late.
    "a substantive holder": (
        "interim continuing-care --on 2025-02-28",
        Expected(COMPLETE, {"icb"}, {"place-director"}),
    ),
    "an interim, who may not use it": (
        "interim continuing-care --on 2025-03-01",
        Expected(FINDINGS, {"icb"}, {"board"}, {"SORD-5 holder"}),
    ),
    "an interim, who may use it": (
        "interim continuing-care --on 2025-04-15",
        Expected(COMPLETE, {"icb"}, {"place-director"}),
    ),
    "an interim, as known before that was recorded": (
        "interim continuing-care --on 2025-04-15 --known @14",
        Expected(FINDINGS, {"icb"}, {"board"}, {"SORD-5 holder"}),
    ),
    "an interim, above the limit": (
        "interim continuing-care --on 2025-04-15 --value £250,001",
        Expected(FINDINGS, {"icb"}, {"board"}, {"SORD-5 limit"}),
    ),
    "an interim, at the limit": (
        "interim continuing-care --on 2025-04-15 --value £250,000",
        Expected(COMPLETE, {"icb"}, {"place-director"}),
    ),
    # One parent of a joint committee never resolved to join, as far as is recorded; then it did.
    "a parent that never resolved": (
        "never-resolved reablement --on 2024-06-01",
        Expected(
            FINDINGS,
            {"icb", "council"},
            {"icb-board", "cabinet", "joint-committee"},
            {"joint-committee resolved"},
        ),
    ),
    "a parent that resolved at last": (
        "never-resolved reablement --on 2025-02-15",
        Expected(COMPLETE, {"icb", "council"}, {"icb-board", "cabinet", "joint-committee"}),
    ),
    "a parent that resolved, as known before": (
        "never-resolved reablement --on 2025-02-15 --known @10",
        Expected(
            FINDINGS,
            {"icb", "council"},
            {"icb-board", "cabinet", "joint-committee"},
            {"joint-committee resolved"},
        ),
    ),
    # A forum said that it was agreed; nobody who could decide was there.
    "a forum, and nobody to decide": (
        "forum-agreed falls-prevention --place northshire --on 2023-04-01",
        Expected("dormant", {"icb"}, {"icb"}),
    ),
    "the same, asked by the proposal": (
        "forum-agreed NPB/23/04 --on 2023-04-01",
        Expected("dormant", {"icb"}, {"icb"}),
    ),
    "a board that could decide": (
        "forum-agreed falls-prevention --place northshire --on 2023-07-01",
        Expected(COMPLETE, {"icb"}, {"icb-board"}),
    ),
    # Two halves of one proposal: who could decide does not change by the call-in of what was decided.
    "a proposal with two halves": (
        "half-called-in NS/25/07 --on 2025-10-05",
        Expected(COMPLETE, {"icb", "council"}, {"icb-board", "cabinet"}),
    ),
    # Nobody has the post for five days.
    "the day before the post is vacant": (
        "nobody continuing-care --on 2025-03-09",
        Expected(COMPLETE, {"icb"}, {"place-director"}),
    ),
    "the first day without a holder": (
        "nobody continuing-care --on 2025-03-10",
        Expected(FINDINGS, {"icb"}, {"board"}, {"SORD-5 holder"}),
    ),
    "the fifth day without a holder": (
        "nobody continuing-care --on 2025-03-14",
        Expected(FINDINGS, {"icb"}, {"board"}, {"SORD-5 holder"}),
    ),
    "the day of the new holder": (
        "nobody continuing-care --on 2025-03-15",
        Expected(COMPLETE, {"icb"}, {"place-director"}),
    ),
}


@pytest.mark.parametrize(("question", "expected"), CASES.values(), ids=CASES)
def test_the_answer_is_right_by_the_law_and_the_rules(question, expected):
    case, *words = question.split(" ")
    assert found(asked(case, "accountable", *words)) == expected


def people_who_could(case, *words):
    items = asked(case, "could", *words)["items"]
    return {person.partition(":")[2] for item in items for person in item["people"]}


@pytest.mark.parametrize(
    ("day", "people"),
    [("2025-06-01", {"p-21"}), ("2025-06-02", {"p-21", "p-22"}), ("2025-06-03", {"p-22"})],
    ids=["the day before", "the day on which there are two", "the day after"],
)
def test_two_people_hold_one_post_on_one_day(day, people):
    assert people_who_could("two-holders", "continuing-care", "--on", day) == people


def test_an_interim_is_named_only_where_the_power_may_be_used():
    assert people_who_could("interim", "continuing-care", "--on", "2025-03-15") == set()
    assert people_who_could("interim", "continuing-care", "--on", "2025-04-15") == {"p-22"}


def test_those_to_be_consulted_do_not_decide():
    document = asked("in-consultation", "accountable", "shared-services", "--on", "2012-10-01")
    assert parties(document["roles"]["consulted"]) == {"post:chief-executive", "post:cabinet-member-finance"}
    outcomes = {test["name"]: test["outcome"] for test in document["chains"][0][-1]["tests"]}
    assert outcomes["consulted"] == "to-be-read"
    assert outcomes["conditions"] == "holds"


def test_a_successor_with_the_same_code_is_named_by_its_own_key():
    before = asked("successions", "accountable", "community-services", "--place", "marsh", "--on", "2022-06-30")
    after = asked("successions", "accountable", "community-services", "--place", "marsh", "--on", "2022-07-01")
    assert parties(before["roles"]["liability"]) == {"organisation:marsh-ccg"}
    assert parties(after["roles"]["liability"]) == {"organisation:old-icb"}


def test_what_a_memorandum_promises_is_no_power():
    document = asked("forum-agreed", "accountable", "falls-prevention", "--place", "northshire", "--on", "2023-04-01")
    assert parties(document["roles"]["commitments"]) == {"organisation:icb", "organisation:trust"}
    assert document["forums"] == ["body:partnership"]


@pytest.mark.parametrize(
    ("day", "states"),
    [("2025-10-05", {"approved", "called in"}), ("2025-10-25", {"approved"})],
    ids=["while one half is called in", "after the call-in"],
)
def test_one_half_is_called_in_while_the_other_is_live(day, states):
    items = asked("half-called-in", "decided", "NS/25/07", "--on", day)["items"]
    assert len(items) == 2
    assert {item["decision"]["state"] for item in items} == states


def test_nothing_was_decided_where_a_forum_agreed():
    assert asked("forum-agreed", "decided", "NPB/23/04", "--on", "2023-04-01")["items"] == []
