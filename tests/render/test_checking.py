from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from decisionlog.domain.answers.checking import Explained
from decisionlog.domain.saying import Named
from decisionlog.render import as_json
from decisionlog.render.markdown import MarkdownPage, tidied
from decisionlog.render.page import Page
from decisionlog.render.text import text
from decisionlog.render.words import told_apart
from tests.render.findings import EXPIRED, EXPLAINED, FINDING, LATE, OVER, OVERDUE, SILENT, WITHHELD, answer
from tests.render.test_markdown import PAGE, assert_plain, words_of

TOLD = (
    "D1 (Winter beds): possible: it relies on S1, which had been revoked on 1 March 2026 [24, 20]; since 12 March 2026"
)


def lines(checked, width=None, *, colour=False):
    return list(text(checked, Page(width, colour)))


def markdown(checked):
    return "\n".join(tidied(text(checked, MarkdownPage())))


# For people


def test_the_gravest_stand_first_and_what_could_not_be_judged_below():
    shown = lines(answer(FINDING, LATE, SILENT))
    assert shown[:-2] == [
        "Errors",
        "GL04 expired delegation",
        f"  {TOLD}",
        "",
        "Warnings",
        "GL33 review overdue",
        "  S1: possible: it was to be looked at again by 31 March 2026 [20]; since 1 April 2026",
        "",
        "Not evidenced: something that these rules need is not recorded",
        "GL04 expired delegation",
        "  D1 (Winter beds): not evidenced: the day of S1 is not recorded [24, 20]; since 12 March 2026",
        "",
        "1 error and 1 warning; 1 not evidenced. 7 things were judged by 2 rules.",
    ]
    assert shown[-2] == "`decisionlog check --explain GL04` tells why a rule is one, and how it is put right."
    assert shown[-1].startswith("As at 2026-03-31, as known on 2026-04-02 09:30 UTC")


def test_findings_of_one_rule_stand_together():
    shown = lines(answer(FINDING, replace(FINDING, subject="decision:D2")))
    assert shown[1] == "GL04 expired delegation"
    assert [line.split(":")[0] for line in shown[2:4]] == ["  D1 (Winter beds)", "  D2"]
    assert "2 errors. 7 things were judged by 2 rules." in shown


WAIVED = (
    "    Waived on 26 March 2026 by somebody who is not recorded, until 31 May 2026, to be looked at again by 1 May 2026; "
    "why is not recorded [31]"
)


def test_what_was_said_to_a_finding_stands_below_it_while_it_holds():
    shown = lines(answer(EXPLAINED))
    assert shown[3:5] == [
        "    Explained on 20 March 2026 by Sam Okoro: 'renewed by letter' [30]",
        WAIVED,
    ]
    assert "1 error (1 waived). 7 things were judged by 2 rules." in shown


def test_a_reason_that_cannot_be_opened_is_withheld():
    shown = lines(answer(replace(FINDING, status="explained", answers=(WITHHELD,))))
    assert shown[3] == "    Explained by person p-1 (name withheld): withheld [32]"


def test_how_many_were_answered_is_told_for_each_way():
    one, two = replace(EXPLAINED, status="explained"), replace(EXPLAINED, status="accepted")
    shown = lines(answer(EXPLAINED, one, one, two, FINDING))
    assert "5 errors (1 accepted, 2 explained and 1 waived). 7 things were judged by 2 rules." in shown


def test_an_end_that_is_known_is_told_by_its_last_day_or_its_time():
    assert lines(answer(replace(LATE, until="2026-05-01")))[2].endswith("; since 1 April 2026; until 30 April 2026")
    timed = replace(LATE, until="2026-05-01T10:00:00+01:00")
    assert lines(answer(timed))[2].endswith("; until 1 May 2026, 10:00")


def test_one_finding_for_information_is_counted_as_such():
    shown = lines(answer(replace(FINDING, severity="info"), judged=1))
    assert shown[0] == "For information"
    assert "1 for information. 1 thing was judged by 2 rules." in shown


def test_of_what_could_not_be_judged_the_first_few_are_told_where_other_rules_speak_too():
    many = [replace(SILENT, subject=f"decision:E{number}") for number in range(7)]
    shown = lines(answer(*many))
    assert [line[:4] for line in shown if "not evidenced: the day" in line] == ["  E0", "  E1", "  E2", "  E3", "  E4"]
    assert shown[7] == "  ... and 2 more: `decisionlog check --select GL04` lists them all."
    assert "No findings; 7 not evidenced. 7 things were judged by 2 rules." in shown
    assert not [line for line in lines(answer(*many[:5])) if "more" in line]


def test_they_are_all_told_where_one_rule_is_asked_and_whatever_was_found_always_is():
    many = [replace(SILENT, subject=f"decision:E{number}") for number in range(7)]
    shown = lines(answer(*many, rules={"GL04": EXPIRED}))
    assert len([line for line in shown if "not evidenced: the day" in line]) == 7
    found = [replace(FINDING, subject=f"decision:E{number}") for number in range(7)]
    assert len([line for line in lines(answer(*found)) if "possible: " in line]) == 7


def test_what_is_over_stands_last_and_is_counted_apart():
    shown = lines(answer(FINDING, SILENT, OVER))
    heading = shown.index("Over: it was so, and is so no longer")
    assert heading > shown.index("Not evidenced: something that these rules need is not recorded")
    assert "since 1 April 2026; until 30 April 2026" in " ".join(shown[heading:])
    assert "Warnings" not in shown
    assert "1 error; 1 not evidenced; 1 over. 7 things were judged by 2 rules." in shown
    assert "No findings; 1 over. 7 things were judged by 2 rules." in lines(answer(OVER))


def test_before_anything_was_on_record_nothing_is_said_to_be_found_or_not():
    shown = lines(answer(on_record_from="2024-04-01"))
    assert shown[0] == "Nothing was on record by then: what is known begins on 1 April 2024."
    assert lines(answer(about="decision:D1", on_record_from="2024-04-01"))[2] == (
        "Nothing of it was on record by then: what is known of it begins on 1 April 2024."
    )


def test_that_what_was_done_since_is_not_known_is_said_where_it_matters():
    said = "This is how it stands now by what was known then: what was done since is not known here."
    assert said in " ".join(lines(answer(LATE, today_as_known_before=True)))
    assert said not in " ".join(lines(answer(LATE)))


def test_where_nothing_is_found_that_is_said():
    shown = lines(answer())
    assert shown[0] == "No findings. 7 things were judged by 2 rules."
    assert len(shown) == 2


def test_what_was_left_out_is_counted():
    shown = lines(answer(FINDING, left_out=3, narrowed=("--severity error", "--status open")))
    assert (
        "1 error. 3 more are left out by --severity error and --status open. 7 things were judged by 2 rules." in shown
    )


def test_one_thing_is_named_first():
    shown = lines(answer(about="delegation:S1"))
    assert shown[:3] == ["S1: what does not add up", "", "No findings. 7 things were judged by 2 rules."]


def test_that_no_rule_judges_the_thing_is_said():
    assert lines(answer(about="person:p-2", judged=0))[2] == "No findings. None of 2 rules judges it."


def test_it_is_wrapped_to_the_terminal_and_headings_stand_out_in_colour():
    shown = lines(answer(FINDING, EXPLAINED), 60, colour=True)
    assert shown[0] == "\x1b[1mErrors\x1b[0m"
    assert all(len(line) <= 60 or "\x1b" in line for line in shown)
    assert shown[3].startswith("      ")


@pytest.mark.parametrize("words", ["<b>x</b>", "[x](http://x.example)", "| a |", "# x", "x\u202ey"])
def test_in_markdown_no_typed_word_becomes_markup(words):
    said = ("possible: ", words)
    named = answer(replace(EXPLAINED, said=said, answers=(replace(WITHHELD, reason=words),)), about="decision:D1")
    page = markdown(replace(named, names={"decision:D1": words}))
    assert_plain(page, PAGE)
    assert "\u202e" not in page


def test_the_page_of_markdown_has_the_same_words():
    page = markdown(answer(FINDING, EXPLAINED))
    assert "## Errors\n\n### GL04 expired delegation\n\n- D1 (Winter beds): possible: it relies on S1" in page
    assert "  - Explained on 20 March 2026 by Sam Okoro: 'renewed by letter' [30]" in page
    assert TOLD in words_of(page)


# Rules in words


def test_a_rule_is_told_with_its_source_and_whether_that_was_read():
    shown = lines(Explained("england-2026.1", (EXPIRED, OVERDUE)))
    assert shown[:9] == [
        "GL04 expired delegation",
        "  Rule          A decision relies on a delegation that had ended.",
        "  Why           Nobody may use a power that ran out.",
        "  Example       The committee approves a contract under what was revoked.",
        "  Put right     Have it ratified (`decisionlog ratify`).",
        "  Source        LGA 1972 s101 (not read for this rule)",
        "  Severity      error",
        "  Judges        decisions",
        "  Version       1",
    ]
    assert "  Source        LGA 1972 s101 (read for this rule)" in shown
    assert "  Judges        delegations, bodies" in shown
    assert shown[-1] == "2 rules of the set england-2026.1."


def test_rules_in_json_are_the_words():
    told = json.loads(as_json.document(Explained("england-2026.1", (EXPIRED,))))
    assert told["rules"] == "england-2026.1"
    (rule,) = told["items"]
    assert (rule["id"], rule["verified"], rule["put_right"]) == (
        "GL04",
        False,
        "Have it ratified (`decisionlog ratify`).",
    )


# For programs


def test_a_finding_in_json_has_the_keys_that_programs_rely_on():
    told = json.loads(as_json.document(answer(FINDING, SILENT, judged=3, left_out=1)))
    assert list(told) == ["basis", "items", "names", "about", "judged", "left_out", "on_record_from"]
    assert (told["about"], told["judged"], told["left_out"]) == ("everything", 3, 1)
    first, second = told["items"]
    assert first == {
        "rule": "GL04",
        "version": 1,
        "title": "expired delegation",
        "severity": "error",
        "subject": "decision:D1",
        "source": "LGA 1972 s101",
        "evidence": [24, 20],
        "status": "open",
        "evidenced": True,
        "since": "2026-03-12",
        "until": "",
        "answers": [],
        "sentence": "possible: it relies on delegation:S1, which had been revoked on 2026-03-01",
    }
    assert (second["evidenced"], second["severity"]) == (False, "info")


def test_answers_in_json_say_whether_they_hold():
    (told,) = (json.loads(line) for line in as_json.lines(answer(EXPLAINED)))
    assert [one["holds"] for one in told["answers"]] == [False, True, True]
    assert told["answers"][1] == {
        "status": "explained",
        "by": "person:p-2",
        "on": "2026-03-20",
        "reason": "renewed by letter",
        "review_by": "",
        "until": "",
        "holds": True,
        "position": 30,
        "is_over": False,
        "review_is_over": False,
        "ended": None,
    }


# What things are called


def test_two_things_of_a_kind_with_one_name_are_told_apart():
    names = {"body:a": "Board", "body:b": "Board", "post:c": "Board", "decision:D1": "Beds", "decision:D2": "Beds"}
    said = ("possible: ", Named("body:a"), " did what ", Named("post:c"), " may")
    shown = lines(answer(replace(FINDING, said=said), replace(FINDING, subject="body:b"), names=names))
    assert shown[2].startswith("  D1 (Beds): possible: Board (body:a) did what Board may [24, 20]")
    assert shown[3].startswith("  Board (body:b): possible: ")


def test_things_whose_names_are_withheld_are_not_told_apart_by_that():
    assert told_apart({"person:a": "withheld", "person:b": "withheld", "body:a": "", "body:b": ""}) == {
        "person:a": "withheld",
        "person:b": "withheld",
        "body:a": "",
        "body:b": "",
    }
