"""Findings made by hand, as `check` gives them."""

from __future__ import annotations

from msgspec.structs import replace

from decisionlog.domain.answers.checking import AnswerTold, Checked, FindingTold, RuleTold
from decisionlog.domain.saying import Day, Named
from tests.render.answers import BASIS

EXPIRED = RuleTold(
    id="GL04",
    title="expired delegation",
    severity="error",
    version=1,
    about=("decision",),
    rule="A decision relies on a delegation that had ended.",
    why="Nobody may use a power that ran out.",
    example="The committee approves a contract under what was revoked.",
    put_right="Have it ratified (`decisionlog ratify`).",
    source="LGA 1972 s101",
    verified=False,
)
OVERDUE = replace(
    EXPIRED, id="GL33", title="review overdue", severity="warning", about=("delegation", "body"), verified=True
)
RULES = {rule.id: rule for rule in (EXPIRED, OVERDUE)}
NAMES = {"decision:D1": "Winter beds", "delegation:S1": "", "person:p-2": "Sam Okoro", "person:p-1": "withheld"}
FINDING = FindingTold(
    rule="GL04",
    version=1,
    title="expired delegation",
    severity="error",
    subject="decision:D1",
    said=("possible: ", "it relies on ", Named("delegation:S1"), ", which had been revoked on ", Day("2026-03-01")),
    source="LGA 1972 s101",
    evidence=(24, 20),
    status="open",
    evidenced=True,
    since="2026-03-12",
    until="",
)
LATE = replace(
    FINDING,
    rule="GL33",
    title="review overdue",
    severity="warning",
    subject="delegation:S1",
    said=("possible: ", "it was to be looked at again by ", Day("2026-03-31")),
    evidence=(20,),
    since="2026-04-01",
)
SILENT = replace(
    FINDING,
    severity="info",
    evidenced=False,
    said=("not evidenced: ", "the day of ", Named("delegation:S1"), " is not recorded"),
)
OVER = replace(LATE, status="over", until="2026-05-01")
EXPLANATION = AnswerTold(
    status="explained",
    by="person:p-2",
    on="2026-03-20",
    reason="renewed by letter",
    review_by="",
    until="",
    holds=True,
    position=30,
)
WAIVER = replace(
    EXPLANATION,
    status="waived",
    by="",
    on="2026-03-26",
    reason="",
    review_by="2026-05-01",
    until="2026-06-01",
    position=31,
)
WITHHELD = replace(EXPLANATION, by="person:p-1", on="", reason="withheld", position=32)
ENDED = replace(EXPLANATION, status="accepted", holds=False, position=29)
EXPLAINED = replace(FINDING, status="waived", answers=(ENDED, EXPLANATION, WAIVER))


def answer(*items: FindingTold, **changes: object) -> Checked:
    """What `check` answers with these findings."""
    return replace(Checked(BASIS, tuple(items), RULES, NAMES, 7), **changes)  # type: ignore[arg-type]
