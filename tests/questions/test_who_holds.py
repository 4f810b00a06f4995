"""`who holds`: people of posts and bodies on a day, vacancies, two in one post on one day, what is known to change."""

from __future__ import annotations

from contextlib import closing

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.domain.refusals import NotFound
from decisionlog.questions.accountable.who_holds import who_holds
from decisionlog.questions.point import Asked
from decisionlog.store.catch_up import ReadModels
from tests.questions.asking import page
from tests.scenario import NOW, about, body, corrected, engine_for, fact, new_log, organisation, person, record

POST = "post:director"
BODY = "body:b"


class Log:
    """A log with a post, a body and some people, and what is asked of it."""

    def __init__(self):
        self.log = new_log()
        self.models = ReadModels(self.log, engine_for(self.log), MODELS)
        established = {"name": "Director", "organisation": "organisation:council"}
        self.record(
            organisation("council", name="Council"),
            *(person(key, f"Person {key.upper()}") for key in "pqr"),
            fact("post.established", POST, "2020-01-01", **established),
            body("b", on="2020-01-01", name="Board", kind="board"),
        )

    def record(self, *facts):
        record(self.log, *facts, again=True)

    def asked(self, ref="director", on=None, known=None):
        self.models.catch_up()
        return who_holds(self.log, self.models, ref, Asked(on=on, known=known), NOW)

    def office(self, *asked, **point):
        (office,) = self.asked(*asked, **point).items
        return office

    def holders(self, on, known=None):
        return [one.who.partition(":")[2] for one in self.office(on=on, known=known).holders]

    def close(self):
        self.models._engine.dispose()


@pytest.fixture
def log():
    with closing(Log()) as made:
        yield made


def filled(who="p", on="2025-04-01", **data):
    return fact("post.filled", POST, on, person=f"person:{who}", **data)


def vacated(n, on, **data):
    return about(POST, "post.vacated", on, of=n, **data)


def test_the_holder_is_told_with_how_since_when_and_by_which_facts(log):
    log.record(filled(basis="interim", **{"from": "2025-05-01"}))
    (one,) = log.office(on="2025-06-01").holders
    assert (one.who, one.role, one.since, one.until) == ("person:p", "interim", "2025-05-01", "")
    assert one.evidence == (8,)
    assert log.holders("2025-04-30") == []


def test_a_post_held_by_nobody_says_since_when_and_until_when(log):
    log.record(
        filled(),
        vacated(2, "2025-09-01", **{"from": "2025-09-01"}),
        filled("q", "2025-08-01", **{"from": "2025-09-06"}),
    )
    office = log.office(on="2025-09-03")
    assert office.holders == ()
    assert office.vacant is not None
    assert (office.vacant.since, office.vacant.until) == ("2025-09-01", "2025-09-06")
    assert office.vacant.evidence == (8, 9, 10)
    assert [log.holders(day) for day in ("2025-08-31", "2025-09-05", "2025-09-06")] == [["p"], [], ["q"]]


def test_two_people_in_one_post_on_one_day_are_both_told_and_their_order_is_not_guessed(log):
    log.record(filled(), vacated(2, "2025-09-01"), filled("q", "2025-09-01"))
    office = log.office(on="2025-09-01")
    assert [(one.who, one.part_of_day) for one in office.holders] == [("person:q", "same day, order not recorded")]
    assert [(one.who, one.part_of_day) for one in office.earlier_that_day] == [
        ("person:p", "same day, order not recorded")
    ]
    assert log.office(on="2025-09-02").earlier_that_day == ()


def test_whoever_left_at_a_recorded_hour_held_it_for_a_part_of_the_day(log):
    log.record(filled(), vacated(2, "2025-09-01T12:00:00+01:00"), filled("q", "2025-09-01T12:00:00+01:00"))
    office = log.office(on="2025-09-01")
    assert [one.who for one in office.holders] == ["person:q"]
    assert [(one.who, one.part_of_day) for one in office.earlier_that_day] == [("person:p", "for a part of this day")]
    assert log.holders("2025-09-01T11:00:00+01:00") == ["p"]
    assert log.office(on="2025-09-01T13:00:00+01:00").earlier_that_day == ()


def test_a_first_day_off_that_was_stated_is_no_part_of_holding_it(log):
    log.record(filled(), vacated(2, "2025-08-01", **{"from": "2025-09-01"}))
    assert log.office(on="2025-09-01").earlier_that_day == ()


def test_the_next_change_that_is_known_is_told(log):
    log.record(filled(until="2026-04-01"), filled("q", "2025-08-01", **{"from": "2026-04-01"}))
    changes = log.office(on="2025-09-01").next
    assert [(change.who, change.what, change.on) for change in changes] == [
        ("person:p", "ends", "2026-04-01"),
        ("person:q", "begins", "2026-04-01"),
    ]


def test_an_abolition_to_come_is_a_change_too(log):
    log.record(filled(), fact("post.abolished", POST, "2025-08-01", **{"from": "2026-01-01"}))
    (change,) = log.office(on="2025-09-01").next
    assert (change.what, change.on) == ("is over", "2026-01-01")
    assert log.office(on="2026-02-01").state == "over"


def test_what_was_known_then_is_told_as_known_then(log):
    log.record(filled())
    log.record(corrected(POST, "/person", "person:p", "person:q", of=2))
    assert log.holders("2025-06-01", known="@8") == ["p"]
    assert log.holders("2025-06-01") == ["q"]
    assert log.office(on="2025-06-01").holders[0].evidence == (8, 9)


def test_within_a_partial_date_a_holder_is_only_possible(log):
    log.record(filled(on="2025-04"))
    assert log.office(on="2025-04-10").holders[0].possible == "possible: 2025-04 is a partial date"
    assert log.office(on="2025-05-01").holders[0].possible == ""


def test_members_of_a_body_come_with_whom_they_are_for_and_a_post_with_its_holder(log):
    log.record(
        filled(),
        fact("body.member_appointed", BODY, "2025-04-01", member=POST, role="voting-member", seat="ex-officio"),
        fact("body.member_appointed", BODY, "2025-04-01", member="person:q", role="chair", voting=True,
             on_behalf_of=["organisation:council"]),
    )  # fmt: skip
    chair, member = log.office("b", on="2025-06-01").holders
    assert (chair.who, chair.role, chair.voting, chair.on_behalf_of) == (
        "person:q",
        "chair",
        "yes",
        ("organisation:council",),
    )
    assert (member.who, member.seat, [one.who for one in member.people]) == (POST, "ex-officio", ["person:p"])


def test_of_an_organisation_all_its_posts_are_told(log):
    log.record(filled(), fact("post.established", "post:other", "2020-01-01", organisation="organisation:council"))
    answer = log.asked("council", on="2025-06-01")
    assert [(one.office, [each.who for each in one.holders]) for one in answer.items] == [
        (POST, ["person:p"]),
        ("post:other", []),
    ]


def test_of_an_organisation_that_ended_it_is_said_when_and_who_came_after_it(log):
    log.record(
        organisation("next", name="Next Council"),
        fact(
            "organisation.succeeded", "organisation:council", "2025-10-01",
            successors=[{"organisation": "organisation:next", "takes": "whole"}], ends=True,
        ),
        fact("organisation.dissolved", "organisation:council", "2025-10-01"),
    )  # fmt: skip
    assert log.asked("council", on="2025-06-01").fate is None
    answer = log.asked("council", on="2025-11-01")
    assert (answer.fate.on, answer.fate.successors) == ("2025-10-01", ("organisation:next",))
    assert set(answer.fate.evidence) <= set(answer.evidence)
    assert page(answer)[1].startswith("It ended on 1 October 2025; Next Council came after it. [")


def test_of_an_organisation_that_ended_without_a_successor_on_record_that_is_said(log):
    log.record(fact("organisation.dissolved", "organisation:council", "2025-10"))
    answer = log.asked("council", on="2025-11-01")
    assert page(answer)[1].startswith("It ended in October 2025; who came after it is not recorded. [")


def test_what_was_not_known_yet_is_not_found(log):
    with pytest.raises(NotFound, match="was not known yet"):
        log.asked(known="@2")


def test_a_misspelt_post_gives_the_nearest(log):
    with pytest.raises(NotFound, match="Did you mean post:director"):
        log.asked("directer")
