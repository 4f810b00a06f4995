"""What was retracted was never so: no rule speaks of it, and none stumbles over what is left."""

from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean

COURSE = (
    "GL23",
    "GL28",
    "GL29",
    "GL30",
    "GL31",
    "GL33",
    "GL38",
    "GL39",
    "GL40",
    "GL42",
    "GL43",
    "GL44",
    "GL46",
    "GL47",
)


def retracting(stream, n=1):
    return fact("record.retracted", stream, None, of={"stream": stream, "n": n}, reason="another log")


@pytest.mark.parametrize(
    "stream", ["decision:D1", "action:A1", "proposal:P1", "delegation:S1", "fund:F1", "meeting:M2"]
)
def test_of_what_was_retracted_no_rule_speaks(stream):
    of = {"stream": "decision:D1", "n": 1}
    history = clean().also(
        fund=fact("fund.established", "fund:F1", "2025-04-01", ref="F1", kind="pooled", legal_basis="nhsa2006-s75"),
        told=fact("fund.reported", "fund:F1", "2025-06-01"),
        begun=fact("decision.implemented", "decision:D1", "2026-03-17", of=of),
        halted=fact("decision.called_in", "decision:D1", "2026-03-16", of=of),
        update=fact("action.updated", "action:A1", "2026-04-01", progress="late"),
        retracted=retracting(stream),
    )
    assert not [one for one in history.findings(*COURSE, "GL50") if one.subject == stream]


def test_of_a_registration_that_was_retracted_neither():
    code = {"scheme": "ODS", "code": "QOP"}
    coded = fact("organisation.coded", "organisation:trust", "2023-01-01", codes=[code])
    history = clean().but("icb", codes=[code]).also(coded=coded, retracted=retracting("organisation:trust"))
    history.says_nothing("GL52")
