"""`check`: what is found as at a day, as known at a time, and what it is narrowed by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from decisionlog.bootstrap import MODELS
from decisionlog.checks import kept
from decisionlog.checks.finding import RULE_SET
from decisionlog.checks.rule import rules
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.domain.saying import plain
from decisionlog.questions.checking import Narrowing, check, found_now
from decisionlog.questions.findings import findings_of
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.settings import BUILT_IN
from decisionlog.store.catch_up import ReadModels
from tests.checks.clean import CLEAN, fact
from tests.scenario import NOW, engine_for, new_log, record

REVOKED = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
SECOND = {
    **CLEAN["D1"],
    "stream": "decision:D2",
    "on": "2026-04-09",
    "data": {**CLEAN["D1"]["data"], "ref": "D2", "meeting": "meeting:M2", "proposals": [{"proposal": "proposal:P2"}]},
}
"""Another decision of the committee, under the same delegation."""
SIZE = len(CLEAN) + 1
IN_FORCE = Narrowing(select=("GL04", "GL05"))


@pytest.fixture(scope="module")
def place():
    """The clean place with a delegation that was revoked before it was used twice, and what was said to that later."""
    log = new_log()
    models = ReadModels(log, engine_for(log), MODELS)
    record(log, *CLEAN.values(), now=NOW - timedelta(hours=1), again=True)
    record(log, REVOKED, SECOND, fact("proposal.submitted", "proposal:P2", "2026-04-01", ref="P2"), now=NOW, again=True)
    explained = fact("finding.explained", "decision:D1", "2026-05-01", rule="GL04", by="person:p1", reason="by letter")
    waived = fact(
        "finding.waived", "decision:D1", "2026-05-10", rule="GL04", until="2026-05-20", review_by="2026-05-15"
    )
    record(log, explained, waived, now=NOW, again=True)
    models.catch_up()
    yield log, models
    models.close()


def ask(place, by=IN_FORCE, *, on="2026-06-01", known=None, clock="log", progress=None):
    return check(*place, by, Asked(on, known, clock), NOW, progress)


def subjects(answer):
    return [one.subject for one in answer.items]


def test_a_finding_is_told_with_its_rule_and_what_was_said_to_it(place):
    first, second = ask(place).items
    assert (first.rule, first.version, first.title) == ("GL04", rules()["GL04"].version, "expired delegation")
    assert (first.severity, first.status, first.evidenced) == ("error", "explained", True)
    assert plain(first.said) == "possible: it relies on delegation:S1, which had been revoked on 2026-03-01"
    assert (first.since, first.until, first.source) == ("2026-03-12", "", rules()["GL04"].source)
    assert set(first.evidence) <= {*range(1, SIZE + 2)}
    assert second.is_open
    assert second.answers == ()


def test_what_was_said_is_opened_and_says_whether_it_holds(place):
    explained, waived = ask(place, on="2026-05-12").items[0].answers
    assert (explained.status, explained.by, explained.on, explained.reason) == (
        "explained",
        "person:p1",
        "2026-05-01",
        "by letter",
    )
    assert (explained.until, explained.review_by, explained.holds) == ("", "", True)
    assert (waived.reason, waived.until, waived.review_by, waived.holds) == ("", "2026-05-20", "2026-05-15", True)
    assert waived.position == explained.position + 1


@pytest.mark.parametrize(
    ("on", "status"),
    [("2026-04-30", "open"), ("2026-05-01", "explained"), ("2026-05-10", "waived"), ("2026-05-20", "explained")],
)
def test_how_a_finding_stands_is_asked_of_a_day(place, on, status):
    first = ask(place, on=on).items[0]
    assert first.status == status


def test_a_finding_that_was_explained_later_is_open_as_known_before(place):
    last = place[0].size()
    assert ask(place, known=f"@{last - 2}").items[0].answers == ()
    known = [ask(place, known=f"@{position}").items[0].status for position in (last - 2, last - 1)]
    assert known == ["open", "explained"]


def test_a_finding_is_not_there_before_the_act_or_before_it_was_known(place):
    assert subjects(ask(place, on="2026-03-11")) == []
    assert subjects(ask(place, on="2026-03-12")) == ["decision:D1"]
    assert subjects(ask(place, known=f"@{SIZE}")) == []
    assert subjects(ask(place, known=f"@{SIZE + 1}")) == ["decision:D1"]


def test_what_the_sources_said_is_asked_on_their_clock():
    log = new_log()
    models = ReadModels(log, engine_for(log), MODELS)
    said = {"name": "minutes.yaml", "recorded_at": "2026-03-20T10:00:00Z"}
    later = {"name": "letters.yaml", "recorded_at": "2026-04-20T10:00:00Z"}
    record(log, *({**one, "source": said} for one in CLEAN.values()), {**REVOKED, "source": later}, now=NOW, again=True)
    models.catch_up()
    asked = [ask((log, models), known=day, clock="source") for day in ("2026-04-01", "2026-05-01")]
    assert [subjects(one) for one in asked] == [[], ["decision:D1"]]
    assert asked[0].judged == 1
    models.close()


@pytest.mark.parametrize(
    ("on", "ref", "begins"),
    [
        ("1850-01-01", "", "1974-04-01"),
        ("1974-03-31", "", "1974-04-01"),
        ("1974-04-01", "", ""),
        ("2026-03-11", "D1", "2026-03-12"),
        ("2026-03-12", "D1", ""),
        ("2026-03-11", "", ""),
    ],
)
def test_where_nothing_was_on_record_by_then_it_says_since_when_something_is(place, on, ref, begins):
    assert ask(place, Narrowing(ref), on=on).on_record_from == begins


def test_nothing_is_on_record_before_what_the_sources_said_begins():
    log = new_log()
    models = ReadModels(log, engine_for(log), MODELS)
    said = {"name": "minutes.yaml", "recorded_at": "2026-03-20T10:00:00Z"}
    record(log, *({**one, "source": said} for one in CLEAN.values()), now=NOW, again=True)
    models.catch_up()
    asked = ask((log, models), on="1850-01-01", known="2026-03-20", clock="source")
    assert asked.on_record_from == "1974-04-01"
    models.close()


def test_what_is_asked_of_now_by_what_was_known_before_is_marked(place):
    last = place[0].size()
    marked = {
        (known, on): ask(place, on=on, known=known).today_as_known_before
        for known in (None, f"@{last - 1}", f"@{last}")
        for on in (None, "2026-06-01")
    }
    assert [point for point, is_marked in marked.items() if is_marked] == [(f"@{last - 1}", None)]
    assert ask(place, on=None, known="2026-06-01", clock="source").today_as_known_before


def test_a_page_tells_nothing_of_what_others_record_and_keep_while_it_is_read(monkeypatch):
    log = new_log()
    models = ReadModels(log, engine_for(log), MODELS)
    record(log, *CLEAN.values(), now=NOW - timedelta(hours=1), again=True)
    models.catch_up()
    ask((log, models), Narrowing(), on="2026-04-08")
    of = kept.of

    def after_others(rows, thing):
        monkeypatch.setattr(kept, "of", of)
        record(log, REVOKED, now=NOW, again=True)
        models.catch_up()
        ask((log, models), Narrowing(), on="2026-04-08")
        return of(rows, thing)

    point = settle(log, Asked("2026-04-08"), NOW)
    monkeypatch.setattr(kept, "of", after_others)
    with models.reading() as rows:
        assert findings_of(Viewing(log, rows, point), ["decision:D1"]) == ()
        now = settle(log, Asked("2026-04-08"), NOW)
        assert [one.rule for one in findings_of(Viewing(log, rows, now), ["decision:D1"])] == ["GL04"]
    models.close()


REVIEWED = Narrowing("D9", select=("GL33",))


@pytest.fixture(scope="module")
def reviewed():
    """The clean place with a decision that was reviewed later than it was to be."""
    log = new_log()
    models = ReadModels(log, engine_for(log), MODELS)
    decided = {
        **CLEAN["D1"],
        "stream": "decision:D9",
        "data": {**CLEAN["D1"]["data"], "ref": "D9", "review_by": "2026-05-01"},
    }
    reviewed = fact("decision.reviewed", "decision:D9", "2026-05-20", of={"stream": "decision:D9", "n": 1})
    record(log, *CLEAN.values(), decided, reviewed, now=NOW, again=True)
    models.catch_up()
    yield log, models
    models.close()


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [
        ({}, ["open"], []),
        ({"over": True}, ["open"], ["over"]),
        ({"statuses": ("over",)}, [], ["over"]),
        ({"statuses": ("open",), "over": True}, ["open"], []),
    ],
)
def test_what_is_over_is_told_where_it_is_asked_for(reviewed, changes, before, after):
    asked = replace(REVIEWED, **changes)
    assert [one.status for one in ask(reviewed, asked, on="2026-05-19").items] == before
    assert [one.status for one in ask(reviewed, asked, on="2026-05-20").items] == after
    assert ask(reviewed, replace(REVIEWED, over=True), on="2026-05-01").items == ()


def test_the_basis_names_every_set_of_rules(place):
    basis = ask(place).basis
    assert basis.rules.startswith("reading-1, legal bases ")
    assert basis.rules.endswith(f", findings {RULE_SET}")


def test_everything_is_judged_by_every_rule_where_nothing_is_named(place):
    answer = ask(place, Narrowing())
    assert set(answer.rules) == set(rules())
    assert (answer.about, answer.narrowed, answer.left_out) == ("", (), 0)
    assert answer.judged >= 2
    assert answer.names["decision:D1"]


def test_only_the_chosen_rules_judge(place):
    answer = ask(place, Narrowing(select=("GL05",)))
    assert subjects(answer) == []
    assert set(answer.rules) == {"GL05"}
    assert set(ask(place, Narrowing(ignore=("GL05",))).rules) == set(rules()) - {"GL05"}


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("D1", ["decision:D1"]),
        ("decision:D2", ["decision:D2"]),
        ("M1", ["decision:D1"]),
        ("M2", ["decision:D2"]),
        ("proposal:P1", ["decision:D1"]),
        ("proposal:P2", ["decision:D2"]),
        ("S1", ["decision:D1", "decision:D2"]),
        ("body:committee", ["decision:D1", "decision:D2"]),
        ("body:board", []),
        ("organisation:icb", ["decision:D1", "decision:D2"]),
        ("organisation:trust", []),
        ("function:discharge", ["decision:D1", "decision:D2"]),
        ("place:town", ["decision:D1", "decision:D2"]),
    ],
)
def test_one_thing_is_judged_with_what_came_of_it(place, ref, found):
    answer = ask(place, replace(IN_FORCE, ref=ref))
    assert subjects(answer) == found
    assert answer.judged == len(found)
    assert answer.about.endswith(ref)


def test_what_a_body_has_to_do_with(place):
    assert subjects(ask(place, replace(IN_FORCE, body="committee"))) == ["decision:D1", "decision:D2"]
    assert subjects(ask(place, replace(IN_FORCE, body="body:board"))) == []
    assert subjects(ask(place, replace(IN_FORCE, body="committee", ref="D2"))) == ["decision:D2"]
    assert subjects(ask(place, replace(IN_FORCE, body="board", ref="D2"))) == []


@pytest.mark.parametrize(
    ("changes", "found", "flags"),
    [
        ({"since": "2026-03-12"}, ["decision:D1", "decision:D2"], ("--since 2026-03-12",)),
        ({"since": "2026-03-13"}, ["decision:D2"], ("--since 2026-03-13",)),
        ({"since": "2026-04-10"}, [], ("--since 2026-04-10",)),
        ({"severity": "error"}, ["decision:D1", "decision:D2"], ("--severity error",)),
        ({"statuses": ("open",)}, ["decision:D2"], ("--status open",)),
        ({"statuses": ("explained", "waived")}, ["decision:D1"], ("--status explained", "--status waived")),
    ],
)
def test_what_is_left_out_is_counted_by_its_flags(place, changes, found, flags):
    answer = ask(place, replace(IN_FORCE, **changes))
    assert subjects(answer) == found
    assert answer.left_out == 2 - len(found)
    assert answer.narrowed == flags


def test_at_least_so_grave():
    from tests.render.findings import FINDING, LATE, SILENT

    graver = {
        severity: [one.severity for one in (FINDING, LATE, SILENT) if one.at_or_above(severity)]
        for severity in ("error", "warning", "info")
    }
    assert graver == {
        "error": ["error"],
        "warning": ["error", "warning"],
        "info": ["error", "warning", "info"],
    }


def test_an_open_finding_fails_and_an_answered_one_does_not(place):
    answer = ask(place)
    assert [one.subject for one in answer.failing("error")] == ["decision:D2"]
    assert [one.subject for one in answer.failing("info")] == ["decision:D2"]


def test_how_far_it_got_is_told(place):
    told = []
    ask(place, known=f"@{place[0].size() - 1}", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"ref": "D9"}, NotFound, "Nothing here is called 'D9'"),
        ({"body": "comitee"}, NotFound, "No body here is called 'comitee'. Did you mean body:committee"),
        ({"body": "decision:D1"}, BadInput, "wanted is one of kind body"),
        ({"since": "soon"}, BadInput, "--since: "),
        ({"select": ("GL999",)}, BadInput, "--select names 'GL999', which is no rule."),
    ],
)
def test_what_cannot_be_asked_is_said(place, changes, error, said):
    with pytest.raises(error) as refused:
        ask(place, replace(IN_FORCE, **changes))
    assert said in str(refused.value)


def test_from_nothing_it_is_not_answered(place):
    with pytest.raises(NotFound, match="Nothing was recorded in this log on 2020-01-01"):
        ask(place, known="2020-01-01")


def test_whether_a_rule_finds_something_now(place):
    log, _ = place
    at = log.stream("decision:D1")[0].n
    assert found_now(*place, "GL04", "D1", [], NOW, BUILT_IN)
    assert found_now(*place, "GL04", "D1", [("decision:D1", at)], NOW, "")
    assert not found_now(*place, "GL04", "D1", [("decision:D1", 99)], NOW, BUILT_IN)
    assert not found_now(*place, "GL05", "D1", [], NOW, BUILT_IN)
    assert not found_now(*place, "GL04", "D1", [], NOW - timedelta(days=200), BUILT_IN)
