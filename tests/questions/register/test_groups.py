"""The lists of bodies and partners in their groups."""

from __future__ import annotations

import pytest

from decisionlog.questions.register.groups import BODIES, PARTNERS
from tests.questions.register.parties import COUNCIL, DIRECTOR, JOINT, PLACE, TRUST, page, seat
from tests.scenario import body, fact, given, organisation


@pytest.fixture(scope="module")
def log():
    return given(
        *PLACE,
        body("unclear", name="Unclear"),
        body("quiet", name="Quiet", kind="committee"),
        fact("body.terms_adopted", "body:quiet", "2025-05-01", can="advise"),
        body("gone", name="Gone", kind="board"),
        fact("body.dissolved", "body:gone", "2026-01-01"),
        organisation("friends", name="Friends", kind="vcse"),
        organisation("court", name="Court"),
        fact("organisation.dissolved", TRUST, "2026-01-01"),
        seat(JOINT, DIRECTOR, COUNCIL, "chair"),
    ).log


def groups(shown, names):
    return {name: [one.ref for one in shown.answers[name].items] for name in names}


def test_bodies_are_listed_by_whether_they_can_decide(log):
    assert groups(page(log, "bodies"), BODIES) == {
        "deciding": ["cabinet"],
        "joint": ["joint"],
        "forums": ["quiet", "forum"],
        "others": ["unclear"],
        "ended": ["gone"],
    }


def test_a_body_is_listed_with_whose_it_is_and_who_leads_it(log):
    (joint,) = page(log, "bodies").answers["joint"].items
    assert (joint.more["parents"], joint.more["led_by"]) == ([COUNCIL, TRUST], [DIRECTOR])


def test_bodies_are_narrowed_to_those_of_a_partner(log):
    assert groups(page(log, "bodies", partner=TRUST), BODIES)["joint"] == ["joint"]
    assert groups(page(log, "bodies", partner=TRUST), BODIES)["deciding"] == []


def test_a_partner_that_is_none_is_told_above_the_whole_list(log):
    shown = page(log, "bodies", partner="nobody")
    assert "nobody" in shown.problem
    assert shown.total == 6


def test_partners_are_listed_by_their_kind(log):
    assert groups(page(log, "partners"), PARTNERS) == {
        "nhs": [],
        "councils": ["council"],
        "general_practice": [],
        "voluntary": ["friends"],
        "others": ["court"],
        "ended": ["trust"],
    }


def test_a_partner_that_ended_by_being_succeeded_stands_with_those_that_ended_from_that_day():
    log = given(
        *PLACE,
        fact("organisation.succeeded", TRUST, "2026-02-01", successors=[{"organisation": COUNCIL}], ends=True),
    ).log
    assert groups(page(log, "partners"), PARTNERS)["ended"] == ["trust"]


def test_a_long_list_is_shown_a_page_at_a_time():
    log = given(*(organisation(f"o{number}", name=f"O {number:02}") for number in range(30))).log
    first, second = page(log, "partners"), page(log, "partners", page="2")
    assert (first.total, first.pages, len(first.answers["others"].items)) == (30, 2, 25)
    assert [one.ref for one in second.answers["others"].items] == ["o25", "o26", "o27", "o28", "o29"]


def test_an_empty_log_has_empty_lists():
    log = given().log
    assert (page(log, "bodies").total, page(log, "partners").total) == (0, 0)
