from __future__ import annotations

import pytest
from msgspec.structs import replace

from decisionlog.domain.answers.standing import Check, Doctor, Entry, ModelStatus, Status
from decisionlog.domain.answers.things import History, Listing, Person, Shown
from decisionlog.domain.answers.witnessing import (
    CheckpointCosigned,
    CosignaturesAdded,
    CosignaturesTaken,
    CosignerNamed,
    LogSeen,
    WitnessAsked,
    WitnessesAsked,
    Witnessing,
    WitnessShown,
    WitnessStanding,
)
from decisionlog.render.lists import entry
from decisionlog.render.page import Page
from decisionlog.render.text import text
from tests.render.answers import BASIS, DECIDED, DISAGREEMENT, FACT, HOP, NAMES, POSITION, THING, UNKNOWN, who_decided

RESTS_ON = (
    "As at 2026-03-31, as known on 2026-04-02 09:30 UTC, by this log's clock. "
    "northmoor.example/decisions: 31 facts, root 9f2c000000000000..., rules reading-1."
)


def shown(answer, width=None):
    return "\n".join(text(answer, Page(width)))


def line(answer, label):
    """What stands beside a label."""
    return (
        next(at for at in shown(answer).splitlines() if at.startswith(f"  {label} ")).removeprefix(f"  {label}").strip()
    )


def position(answer):
    """The line of the one position, whichever group it is in."""
    groups = ("Agreed", "Did not agree", "Neither")
    return next(line(answer, group) for group in groups if f"\n  {group} " in shown(answer))


def test_who_decided_reads_as_one_would_say_it():
    assert shown(who_decided(DECIDED)).splitlines() == [
        "D1  Type hints",
        (
            "Northmoor Cabinet approved this on 12 March 2026, on behalf of Northmoor Council, "
            "under delegation X (Scheme of delegation, clause 7.2) [24]."
        ),
        "",
        "  Decided by        Northmoor Cabinet",
        "  On behalf of      Northmoor Council",
        "  People            Sam Okoro",
        (
            "  Authority         from Northmoor ICB Board to Northmoor Cabinet, under NHS Act 2006 s65Z5 and "
            "Scheme of delegation, clause 7.2, below £450,000.50 per year (vat: excluded): in force [14]"
        ),
        (
            "  Agreed            Northmoor Council: support with conditions, 'If funded.', "
            "on condition c1: funding confirmed, on version 2 [18]"
        ),
        "  Disagreements     X1, NHS Northmoor ICB: 'No plan.'; raised; dissent recorded: 'We were not heard.' [20, 25]",
        "  Interests         Person p-1 (name withheld): 'employer' [22]",
        "",
        RESTS_ON,
    ]


def test_what_is_not_recorded_is_said():
    assert shown(who_decided(UNKNOWN)).splitlines() == [
        "D2",
        (
            "Somebody who is not recorded decided this, with an outcome that is not recorded, on a day that is not recorded, "
            "on whose behalf is not recorded, under an authority that is not recorded [30]."
        ),
        "",
        *(
            f"  {label.ljust(18)}not recorded"
            for label in (
                "Decided by",
                "On behalf of",
                "People",
                "Authority",
                "Positions",
                "Disagreements",
                "Interests",
            )
        ),
        "",
        RESTS_ON,
    ]


def test_what_became_of_a_decision_is_said():
    later = replace(FACT, on="2026-05-01", position=40, said=("It was rescinded.",))
    decision = {
        **DECIDED.decision,
        "state": "rescinded",
        "outcome_words": "AGREED",
        "asked_to": "decide",
    }
    notes = (("Corrected by [33]: on was 'x', now 'y'.",),)
    answer = who_decided(replace(DECIDED, decision=decision, later=(later,), notes=notes))
    assert "Northmoor Cabinet approved this ('AGREED') on 12 March 2026, " in shown(answer)
    assert "under delegation X (Scheme of delegation, clause 7.2) [24]. It now stands as rescinded.\n" in shown(answer)
    assert line(answer, "Asked to") == "decide"
    assert line(answer, "Since") == "2026-05-01: It was rescinded. [40]"
    assert line(answer, "Note") == "Corrected by [33]: on was 'x', now 'y'."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"from_": "not recorded"}, "to Northmoor Cabinet, from whom is not recorded, under"),
        ({"legal_basis": "not recorded", "instrument": "not recorded"}, "under which power is not recorded, below"),
        ({"limits": ()}, "clause 7.2: in force"),
        ({"limits": ({"$private": "x"},)}, "clause 7.2, withheld: in force"),
        ({"words": "all of it"}, "in the words 'all of it': in force"),
        ({"valid": "possible: in force, then not in force"}, ": possible: in force, then not in force [14]"),
        ({"instrument": "instrument:OTHER 3", "clause": ""}, "under NHS Act 2006 s65Z5 and instrument OTHER 3,"),
    ],
)
def test_a_link_of_the_chain_says_what_is_known_of_it(change, said):
    assert said in line(who_decided(replace(DECIDED, authority=(replace(HOP, **change),))), "Authority")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"current": False}, "on version 2, later withdrawn or replaced [18]"),
        (
            {"position": "", "words": "", "conditions": ()},
            "Northmoor Council: position not recorded, on version 2 [18]",
        ),
        ({"words": "withheld", "version": ""}, "support with conditions, on condition c1: funding confirmed [18]"),
        ({"by": "person:p-2"}, "Northmoor Council (by Sam Okoro): support with conditions"),
        ({"by": "person:p-2", "on_behalf_of": ()}, "Sam Okoro: support with conditions"),
        ({"on_behalf_of": ()}, "not recorded: support with conditions"),
    ],
)
def test_a_position_says_whose_it_is_and_whether_it_stands(change, said):
    assert said in position(who_decided(replace(DECIDED, positions=(replace(POSITION, **change),))))


def test_a_withheld_ground_is_said_to_be_withheld():
    disagreement = replace(DISAGREEMENT, grounds="withheld", dissent="")
    answer = who_decided(replace(DECIDED, disagreements=(disagreement,)))
    assert line(answer, "Disagreements") == "X1, NHS Northmoor ICB: withheld; raised [20, 25]"


def test_several_determinations_follow_each_other():
    answer = who_decided(DECIDED, UNKNOWN, of_a_decision=False, asked="proposal:P1", in_place=(HOP,))
    assert shown(answer).startswith("2 determinations of P1.\n\nD1  Type hints\n")
    assert shown(answer).index("D2\n") > shown(answer).index("D1  ")
    assert line(answer, "Delegated").startswith("from Northmoor ICB Board")
    none = who_decided(of_a_decision=False, asked="proposal:P1", notes=("No determination is recorded.",))
    assert shown(none) == f"P1:\n\nNo determination is recorded.\n{RESTS_ON}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "D1  Type hints  approved 2026-03-12, from 2026-04-01  [24]"),
        ({"title": "withheld"}, "D1  (title withheld)  approved"),
        ({"title": "D1"}, "D1  approved"),
        ({"until": "2027-04-01"}, "from 2026-04-01, last day 2027-03-31  [24]"),
        ({"status": "Draft"}, "noted as 'Draft'"),
        ({"possible": "possible: 2026 is a partial date"}, "possible: 2026 is a partial date  [24]"),
    ],
)
def test_an_item_of_a_list_is_a_line(change, said):
    assert said in shown(Listing(BASIS, "decision", (replace(THING, **change),))).splitlines()[0]


def test_an_empty_list_says_so():
    assert shown(Listing(BASIS, "body", ())) == f"No bodies.\n{RESTS_ON}"


def test_a_thing_is_shown_with_its_notes():
    second = replace(
        FACT,
        position=30,
        said=("Decision ratified.",),
        on="not recorded",
        notes=(("Contested: [31] says otherwise.",),),
    )
    person = Person(
        "person:p-2", "Sam Okoro", "voting-member", ("organisation:icb",), "2026-01-01", "2026-04-01", "", (9,)
    )
    answer = Shown(
        BASIS,
        THING,
        (FACT, second),
        {"ref": "D1", "item": "4"},
        (person,),
        (FACT,) * 22,
        NAMES,
        ("Something to know.",),
        (24,),
    )
    assert shown(answer).splitlines() == [
        "D1  Type hints",
        "decision:D1: approved 2026-03-12 [24]",
        "",
        "  Item              4",
        "",
        "Who was there",
        "  Sam Okoro, voting member, for NHS Northmoor ICB, since 2026-01-01, last day 2026-03-31 [9]",
        "",
        "What happened",
        "  2026-03-12  [24] Northmoor Cabinet approved it, on behalf of Northmoor Council.",
        "  day not recorded  [30] Decision ratified.",
        "    Contested: [31] says otherwise.",
        "",
        "Named by",
        *["  2026-03-12  [24] Northmoor Cabinet approved it, on behalf of Northmoor Council."] * 20,
        "  ... and 2 more; --json gives all.",
        "",
        "Something to know.",
        RESTS_ON,
    ]


def test_a_history_says_when_each_fact_was_recorded_and_whence():
    told = replace(FACT, source="minutes.csv, row 4", said_at="2026-03-12T20:00:00Z", data={"reasons": "It was time."})
    assert shown(History(BASIS, "decision:D1", (told,), NAMES)).splitlines() == [
        "decision:D1",
        "",
        "12 March 2026",
        "  [24] Northmoor Cabinet approved it, on behalf of Northmoor Council.",
        "    Reasons: 'It was time.'",
        "    Recorded 2026-03-13 09:30 UTC, 1 day later, by clerk-1, from minutes.csv, row 4; first said 2026-03-12 20:00 UTC.",
        "",
        RESTS_ON,
    ]


def test_a_fact_of_the_log_is_a_line():
    line_of_log = (
        b'{"on":"2026-03-12","recorded_at":"2026-03-13T09:30:00.000000Z","recorded_by":"clerk-1",'
        b'"stream":"decision:D1","type":"decision.taken"}'
    )
    (told,) = entry(Entry(24, "00", line_of_log), Page())
    assert told == "[24]    decision.taken  decision:D1  on 2026-03-12; recorded 2026-03-13 09:30 UTC by clerk-1"


def test_status_says_what_cannot_be_read_and_what_is_behind():
    models = (
        ModelStatus("register", 1, 31, 0, serving=True, stopped=""),
        ModelStatus("citations", 1, 30, 1, serving=True, stopped=""),
        ModelStatus("tally", 1, 9, 22, serving=True, stopped="The read model 'tally' stopped at fact 10."),
        ModelStatus("register", 2, 0, 31, serving=False, stopped=""),
    )
    answer = Status(
        BASIS, "Northmoor", "/logs/x.db", 31, "", {"body": 1, "log": 1}, {}, {"x.y": 2}, models, Witnessing(31)
    )
    assert shown(answer).splitlines() == [
        "Northmoor",
        "  Log               northmoor.example/decisions",
        "  Place             /logs/x.db",
        "  Facts             31",
        "  Checkpointed      nothing yet: decisionlog checkpoint",
        "  Witnessed         no witnesses are set (decisionlog help witness)",
        "  Things            1 body",
        "  Not understood    x.y: 2 facts",
        "  Read models       citations: 1 fact behind",
        "                    tally: stopped. The read model 'tally' stopped at fact 10.",
        "                    1 caught up",
        "",
        RESTS_ON,
    ]


def test_doctor_says_the_remedy_and_the_count():
    checks = (
        Check("ok", "SQLite", "sound"),
        Check("warn", "space", "1 MB free", "Free some."),
        Check("fail", "tree", "cut", "Compare."),
    )
    assert shown(Doctor("x.db", BASIS, checks)).splitlines() == [
        "ok    SQLite  sound",
        "warn  space   1 MB free",
        "      Free some.",
        "fail  tree    cut",
        "      Compare.",
        "",
        "1 of 3 checks failed, 1 warning.",
    ]
    coloured = "\n".join(text(Doctor("x.db", BASIS, checks), Page(colour=True)))
    assert "\x1b[31mfail\x1b[0m  tree" in coloured


@pytest.mark.parametrize(
    "change", [{"known_at": "@12"}, {"known_at": "2026-03-31", "as_at": "2026-03-31"}, {"clock": "source"}]
)
def test_the_basis_is_said_as_it_was_asked(change):
    answer = Listing(replace(BASIS, **change), "body", ())
    said = {
        "@12": "As at 2026-03-31, as known at position 12, by this log's clock.",
        "2026-03-31": "As at, and as known on, 2026-03-31, by this log's clock.",
    }.get(change.get("known_at"), "As at 2026-03-31, as known on 2026-04-02 09:30 UTC, by the sources' clocks.")
    assert said in shown(answer)


HOSTILE = "\x1b]0;owned\x07\u202e"


def test_no_typed_text_is_printed_as_it_is():
    names = dict.fromkeys(NAMES, HOSTILE)
    decision = {
        **DECIDED.decision,
        "title": HOSTILE,
        "ref": HOSTILE,
        "text": HOSTILE,
        "outcome_words": HOSTILE,
        "x": [HOSTILE],
    }
    decided = replace(
        DECIDED,
        decision=decision,
        authority=(replace(HOP, words=HOSTILE, instrument=HOSTILE, valid=HOSTILE),),
        positions=(replace(POSITION, words=HOSTILE, version=HOSTILE),),
        disagreements=(replace(DISAGREEMENT, grounds=HOSTILE, dissent=HOSTILE, ref=HOSTILE),),
        interests=({"by": "person:p-1", "nature": HOSTILE},),
        notes=((HOSTILE,),),
    )
    thing = replace(THING, **dict.fromkeys(("ref", "title", "status", "state", "possible"), HOSTILE))
    fact = replace(
        FACT, headline=HOSTILE, notes=((HOSTILE,),), source=HOSTILE, recorded_by=HOSTILE, data={"words": HOSTILE}
    )
    person = Person(HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, HOSTILE, HOSTILE, ())
    witnessing = Witnessing(
        31, 30, HOSTILE, HOSTILE, HOSTILE, 29, HOSTILE, (HOSTILE,),
        witnesses=(WitnessStanding(HOSTILE, HOSTILE, HOSTILE, 29, HOSTILE),), waiting_since=HOSTILE, overdue=True,
        wrong=(HOSTILE,),
    )  # fmt: skip
    seen = LogSeen(HOSTILE, (HOSTILE,), 1, HOSTILE, HOSTILE)
    cosigner = CosignerNamed(HOSTILE, HOSTILE)
    answers = [
        WitnessShown(HOSTILE, HOSTILE, (seen,), (HOSTILE,)),
        CheckpointCosigned(HOSTILE, seen, seen, HOSTILE, ""),
        CosignaturesAdded((CosignaturesTaken(HOSTILE, 1, (cosigner,), (cosigner,), (HOSTILE,), (HOSTILE,)),)),
        WitnessesAsked(1, (WitnessAsked(HOSTILE, HOSTILE, HOSTILE, HOSTILE),), witnessing),
        who_decided(decided, names=names, notes=(HOSTILE,)),
        who_decided(decided, of_a_decision=False, asked=HOSTILE, names=names),
        Listing(BASIS, "decision", (thing,)),
        Shown(BASIS, thing, (fact,), {HOSTILE: HOSTILE}, (person,), (fact,), names, (HOSTILE,), ()),
        History(BASIS, HOSTILE, (fact,), names),
        Status(
            BASIS,
            HOSTILE,
            HOSTILE,
            1,
            "",
            {},
            {},
            {HOSTILE: 1},
            (ModelStatus(HOSTILE, 1, 1, 0, serving=True, stopped=HOSTILE),),
            witnessing,
        ),
        Doctor(HOSTILE, BASIS, (Check("ok", HOSTILE, HOSTILE, HOSTILE),)),
    ]
    for answer in answers:
        for width in (None, 20, 80):
            printed = shown(answer, width)
            assert not set("\x1b\x07\u202e") & set(printed), type(answer)
            assert "owned" in printed


@pytest.mark.parametrize(
    ("change", "head", "step"),
    [
        (
            {},
            "by its own power [24]",
            "decided for Northmoor ICB Board by its own power, which nobody had to give it: ",
        ),
        (
            {"from_": "not recorded"},
            "by its own power [24]",
            "Northmoor Cabinet decided by its own power, which nobody",
        ),
    ],
)
def test_what_a_decider_may_do_anyway_is_its_own_power(change, head, step):
    own = {"delegation": "", "instrument": "not recorded", "clause": "", "limits": (), "legal_basis": "original-power"}
    hop = replace(HOP, valid="not recorded: no delegation is cited", **own, **change)
    told = who_decided(replace(DECIDED, authority=(hop,)))
    assert f"on behalf of Northmoor Council, {head}." in shown(told)
    assert step in line(told, "Authority")
    assert line(told, "Authority").endswith(": no delegation is cited [14]")
