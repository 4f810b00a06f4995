"""A log that is kept open answers about authority as one that is opened anew, whatever is recorded in between, by whomever."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.accountable.who_could import who_could
from decisionlog.questions.point import Asked
from decisionlog.questions.who_decided import who_decided
from tests.scenario import BY, NOW, ORIGIN, about, body, corrected, decision, fact, organisation, person, record

ICB, NEXT, DIRECTOR, COMMITTEE = "organisation:icb", "organisation:next", "post:director", "body:committee"
D, F = "delegation:d", "function:ucr"
GIVEN = {"delegator": ICB, "delegates": [DIRECTOR], "scope": [{"function": F}], "legal_basis": "nhsa2006-s65Z5"}
BEGINNING = (
    organisation("icb", name="Northmoor ICB", kind="icb"),
    organisation("next", name="The next ICB", kind="icb"),
    fact("function.catalogued", F, "2022-07-01", ref="ucr", name="Urgent response"),
    about(F, "function.duty_placed", "2022-07-01", holder=ICB, legal_basis="nhsa2006-s3"),
    fact("post.established", DIRECTOR, "2022-07-01", organisation=ICB),
    person("p-1", "Ada"),
    body("committee", name="Place Committee", kind="committee", parents=[{"parent": ICB, "functions": [F]}]),
    fact("delegation.granted", D, "2025-04-01", **GIVEN),
    decision("one", decision_makers=[DIRECTOR], on_behalf_of=[ICB], functions=[F], authority=[{"delegation": D}]),
)
IN_BETWEEN = (
    about(DIRECTOR, "post.filled", "2024-01-01", of=None, person="person:p-1", basis="substantive"),
    about(
        D, "delegation.varied", "2026-01-01", scope=[{"function": F, "excludes": ["beds"]}], reserved_matters=["rent"]
    ),
    about(
        COMMITTEE,
        "body.terms_adopted",
        "2026-01-01",
        of=None,
        version="1",
        can="decide",
        reserved_matters=["the budget"],
    ),
    about(D, "delegation.suspended", "2026-02-01", **{"from": "2026-02-01"}),
    corrected(D, "/delegates", [DIRECTOR], [COMMITTEE]),
    about(ICB, "organisation.renamed", "2026-03-01", of=None, name="Moorside ICB"),
    about(
        ICB,
        "organisation.succeeded",
        "2026-04-01",
        of=None,
        successors=[{"organisation": NEXT, "takes": "whole"}],
        ends=True,
    ),
    about(D, "delegation.revoked", "2026-05-01"),
    about(F, "function.duty_placed", "2026-05-01", of=None, holder=NEXT, legal_basis="nhsa2006-s3"),
)
DAYS = (None, "2026-01-15", "2027-01-01", "2026-03-31")


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "log.db"
    with make_log(place, Begin("Northmoor", ORIGIN, BY, NOW - timedelta(hours=2))) as made:
        record(made.log, *BEGINNING)
        made.catch_up()
    return place


def answers(opened):
    """Everything that is asked about authority here, at the same moments, without when it was asked."""
    opened.catch_up()
    for number, day in enumerate(DAYS):
        now = NOW + timedelta(days=1, microseconds=number)
        yield who_accountable(opened.log, opened.models, About("ucr"), Asked(on=day), now)
        yield who_could(opened.log, opened.models, About("ucr"), Asked(on=day), now)
        if not day or day > "2026-03-20":
            yield who_decided(opened.log, opened.models, "one", Asked(on=day), now, judged=False)


def answers_of_one_opened_anew(file):
    with open_log(file) as opened:
        return list(answers(opened))


@pytest.mark.parametrize("by_another", [False, True], ids=["by itself", "by another program"])
def test_no_answer_is_stale_when_somebody_records_in_between(file, by_another):
    seen = []
    with open_log(file) as opened, open_log(file) as other:
        seen.append(list(answers(opened)))
        for number, plain in enumerate(IN_BETWEEN, 1):
            record((other if by_another else opened).log, plain, now=NOW + timedelta(minutes=number))
            seen.append(list(answers(opened)))
            assert seen[-1] == answers_of_one_opened_anew(file), plain
    for plain, (before, after) in zip(IN_BETWEEN, pairwise(seen), strict=True):
        assert any(replace(one, basis=other.basis) != other for one, other in zip(before, after, strict=True)), plain


def test_no_answer_is_stale_where_the_rows_were_behind_when_it_was_first_asked(file):
    with open_log(file) as opened, open_log(file) as other:
        list(answers(opened))
        record(other.log, *IN_BETWEEN)
        assert all(standing.position < opened.log.size() for standing in opened.models.standings())
        asked = (About("ucr"), Asked(), NOW + timedelta(days=1))
        who_accountable(opened.log, opened.models, *asked)  # by rows that nobody has brought up yet
        other.catch_up()
        assert list(answers(opened)) == answers_of_one_opened_anew(file)


def test_nothing_is_asked_of_the_rows_twice_while_nothing_is_written(file, monkeypatch):
    with open_log(file) as opened:
        before = list(answers(opened))
        read = []
        monkeypatch.setattr("decisionlog.checks.world.kept.pieces_of", lambda *asked: read.append(asked))
        monkeypatch.setattr("decisionlog.checks.world.kept.leads_from", lambda *asked: read.append(asked))
        assert list(answers(opened)) == before
        assert read == []
