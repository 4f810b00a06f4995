"""The page of a meeting, and the list of meetings: when each is, what came of each item, and who was there for whom."""

from __future__ import annotations

from decisionlog.domain.saying import plain
from tests.questions.register.pages import page, written
from tests.scenario import body, decision, fact, given, organisation, person, proposal

AT = {"meeting": "meeting:M1", "item": "10"}


def called(key, for_when, **more):
    return fact("meeting.called", f"meeting:{key}", "2026-03-01", bodies=["body:cab"], for_when=for_when, **more)


def held(key="M1", on="2026-03-12", **more):
    return fact("meeting.held", f"meeting:{key}", on, bodies=["body:cab"], **more)


def place(*more):
    return given(
        organisation("icb", name="Northmoor ICB"),
        body("cab", name="Cabinet"),
        person("p-1"),
        person("p-2"),
        proposal("P1", on="2026-02-01", title="More beds"),
        *more,
    ).log


def meeting(log, **at):
    return page(log, "meeting", "M1", **at).answers["meeting"]


def test_one_that_is_called_tells_when_it_is_and_what_is_on_its_agenda():
    agenda = [
        {"item": "10", "proposals": [{"proposal": "proposal:P1"}]},
        {"item": "2", "title": "Apologies"},
    ]
    log = place(called("M1", "2026-08-12", agenda=agenda, public="public"))
    found = meeting(log)
    assert (found.when, found.is_to_come) == ("2026-08-12", True)
    assert [(one.item, one.title, one.proposals) for one in found.items] == [
        ("2", "Apologies", ()),
        ("10", "More beds", ("proposal:P1",)),
    ]
    told = written(page(log, "meeting", "M1"))
    assert "is to meet on" in told
    assert "in public" in told
    assert "Who was there" not in told


def test_a_proposal_that_was_listed_for_it_is_on_its_agenda():
    log = place(called("M1", "2026-08-12"), fact("proposal.listed", "proposal:P1", "2026-03-02", **AT))
    assert [(one.item, one.proposals) for one in meeting(log).items] == [("10", ("proposal:P1",))]


def test_each_item_tells_what_came_of_it_under_its_title():
    log = place(
        held(),
        decision("D1", decision_makers=["body:cab"], outcome="approved", title="More beds", **AT),
        fact("proposal.position_taken", "proposal:P1", "2026-03-12", on_behalf_of=["organisation:icb"], **AT),
        fact("disagreement.raised", "disagreement:G1", "2026-03-12", about=["proposal:P1"], grounds="no", **AT),
    )
    (item,) = meeting(log).items
    assert (item.item, item.title) == ("10", "More beds")
    assert set(item.lines) == {"decisions", "positions", "disagreements"}
    assert plain(item.lines["decisions"][0].said) == "decision:D1: body:cab approved it on 2026-03-20."
    assert "D1 (More beds)</bdi></a>: " not in written(page(log, "meeting", "M1")).partition("register-timeline")[0]


def test_who_was_there_is_told_partner_by_partner():
    attendance = [
        {"by": "person:p-1", "on_behalf_of": ["organisation:icb"], "presence": "present", "role": "chair"},
        {"by": "person:p-2", "on_behalf_of": ["organisation:icb"], "presence": "apologies"},
    ]
    log = place(held(attendance=attendance))
    (one,) = meeting(log).attendance
    assert one.on_behalf_of == ("organisation:icb",)
    assert [plain(line.said) for line in one.present] == ["person:p-1, chair"]
    assert [plain(line.said) for line in one.away] == ["person:p-2"]


def test_one_that_was_called_and_of_which_nothing_more_is_recorded_is_not_said_to_come():
    log = place(called("M1", "2026-05-12"))
    assert not meeting(log).is_to_come
    told = written(page(log, "meeting", "M1"))
    assert "was to meet on" in told
    assert "Whether it met is not recorded." in told


def test_those_to_come_are_listed_first_by_their_days_and_then_the_past():
    log = place(held("M1"), called("M4", "2026-08-12"), called("M3", "2026-07-01"), held("M2", "2026-04-12"))
    found = page(log, "list-meeting")
    assert [item.ref for item in found.answers["list"].items] == ["M3", "M4", "M2", "M1"]
    assert "12 August 2026" in written(found)
    assert "1 March 2026" not in written(found)


def test_one_of_which_nothing_is_recorded_but_its_bodies_has_a_page():
    told = written(page(place(held(on=None)), "meeting", "M1"))
    assert "No item of it is recorded." in told
    assert "Who was there is not recorded." in told


def test_one_that_was_cancelled_stands_under_the_day_for_which_it_was_called():
    log = place(
        called("M1", "2026-03-20"), held("M2", on="2026-03-12"), fact("meeting.cancelled", "meeting:M1", "2026-03-18")
    )
    found = page(log, "list-meeting").answers["list"].items
    assert [(one.ref, one.state, one.more.get("was_for")) for one in found] == [
        ("M1", "cancelled", "2026-03-20"),
        ("M2", "held", None),
    ]
    assert "Day not recorded" not in written(page(log, "list-meeting"))
    assert '<h1><bdi>Cabinet</bdi>, <time datetime="2026-03-20">20 March 2026</time></h1>' in written(
        page(log, "meeting", "M1")
    )


def test_one_that_was_cancelled_and_called_for_no_day_has_none():
    log = place(
        fact("meeting.called", "meeting:M1", "2026-03-01"), fact("meeting.cancelled", "meeting:M1", "2026-03-18")
    )
    assert "was_for" not in page(log, "list-meeting").answers["list"].items[0].more
    assert meeting(log).when == ""


def test_one_that_was_partly_in_private_says_which_items_on_what_ground_until_when():
    closed = {"level": "exempt", "paragraphs": ["3"], "review_on": "2027-03-14"}
    agenda = [
        {"item": "1", "title": "Beds"},
        {"item": "2", "access": closed},
        {"item": "3", "access": {"level": "exempt"}},
    ]
    log = place(called("M1", "2026-08-12", agenda=agenda, public="part-private"))
    found = meeting(log).in_private
    assert found.openness == "part-private"
    assert [(one.item, one.review_on, len(one.grounds)) for one in found.items] == [
        ("2", "2027-03-14", 1),
        ("3", "", 0),
    ]
    told = written(page(log, "meeting", "M1"))
    assert "Partly in private" in told
    assert "financial or business affairs" in told
    assert "the ground is not recorded. No end is recorded." in " ".join(told.split())


def test_of_one_in_private_whose_ground_nobody_recorded_that_is_said():
    told = written(page(place(held(public="private")), "meeting", "M1"))
    assert "On what ground, and until when it is kept back, is not recorded." in told


def test_what_was_so_is_believed_before_what_was_announced_and_a_public_one_says_nothing():
    log = place(called("M1", "2026-03-12", public="private"), held(public="public"))
    assert meeting(log).in_private.openness == ""
    assert "In private" not in written(page(log, "meeting", "M1"))


def test_meetings_in_private_are_listed_with_what_is_withheld():
    log = place(held(public="part-private"), held("M2", public="public"))
    found = page(log, "withheld")
    assert [one.meeting for one in found.answers["withheld"].meetings] == ["meeting:M1"]
    told = written(found)
    assert 'href="/meetings/M1"' in told
    assert "Which items, on what ground, and until when they are kept back, is not recorded." in told
    assert "section 40" in told
    assert "Of no meeting that is shown" in written(page(place(held("M2", public="public")), "withheld"))
