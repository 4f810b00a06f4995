from __future__ import annotations

import csv

import pytest
from msgspec.structs import replace

from decisionlog.render.checking_csv import COLUMNS, checked
from tests.render.findings import ENDED, EXPLAINED, EXPLANATION, FINDING, SILENT, answer


def table(found):
    return list(csv.DictReader(checked(found)))


def test_each_finding_is_a_line_under_the_heading():
    assert next(checked(answer())) == ",".join(COLUMNS) + "\r\n"
    (row,) = table(answer(FINDING))
    assert row == {
        "rule": "GL04",
        "title": "expired delegation",
        "severity": "error",
        "status": "open",
        "evidenced": "yes",
        "subject": "decision:D1",
        "subject_name": "D1 (Winter beds)",
        "sentence": "possible: it relies on S1, which had been revoked on 1 March 2026",
        "since": "2026-03-12",
        "until": "",
        "evidence": "24 20",
        "answered_by": "",
        "answered_on": "",
        "reason": "",
        "review_by": "",
        "source": "LGA 1972 s101",
    }


def test_what_could_not_be_judged_says_so():
    (row,) = table(answer(SILENT))
    assert (row["evidenced"], row["severity"]) == ("no", "info")


def test_the_last_answer_that_holds_is_told():
    (row,) = table(answer(EXPLAINED))
    assert (row["status"], row["answered_on"], row["review_by"]) == ("waived", "2026-03-26", "2026-05-01")
    first, *_ = table(answer(replace(EXPLAINED, answers=EXPLAINED.answers[:2])))
    assert (first["answered_by"], first["reason"]) == ("person:p-2", "renewed by letter")
    (ended,) = table(answer(replace(FINDING, answers=(ENDED,))))
    assert (ended["answered_by"], ended["reason"]) == ("", "")


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "|", "%", "  ="])
def test_no_cell_is_taken_for_a_formula(begins):
    said = (f"{begins}HYPERLINK(1)",)
    (row,) = table(
        answer(replace(EXPLAINED, said=said, title=said[0], answers=(replace(EXPLANATION, reason=said[0]),)))
    )
    assert row["sentence"][0] == row["title"][0] == row["reason"][0] == "'"


def test_a_break_in_a_cell_does_not_break_the_line():
    (written,) = list(checked(answer(replace(FINDING, subject="decision:a\nb"))))[1:]
    assert written.count("\n") == 1
