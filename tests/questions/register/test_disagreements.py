"""The disagreements: those that are open first, with whose move it is; how the others ended; and the page of one."""

from __future__ import annotations

from tests.questions.asking import given
from tests.questions.register.opening import opened, words
from tests.scenario import body, fact, organisation, proposal

TRUST, ICB = "organisation:trust", "organisation:icb"


def raised(key, on, who=TRUST, **data):
    return fact("disagreement.raised", f"disagreement:{key}", on, about=["proposal:P1"], on_behalf_of=[who], **data)


PLACE = [
    organisation("trust", name="The Trust"),
    organisation("icb", name="The ICB"),
    body("board", name="ICB Board"),
    proposal("P1", title="Beds <b>"),
    raised("A", "2026-03-01", grounds="No {{plan}} & no money.", wants="Two more winters."),
    raised("B", "2026-03-02", other_side=[ICB], respond_by="2026-03-20"),
    raised("C", "2026-03-03", who=ICB),
    raised("D", "2026-03-04"),
    fact("disagreement.escalated", "disagreement:B", "2026-03-10", to="body:board", rung=2, respond_by="2026-04-15"),
    fact("disagreement.parked", "disagreement:C", "2026-03-11", review_by="2026-09-30"),
    fact("disagreement.overruled", "disagreement:D", "2026-03-12", who="body:board", reasons="There is a plan."),
]


def refs(listing):
    return [one.ref for one in listing.items]


def test_those_that_are_open_stand_first_by_when_an_answer_is_due():
    page = opened(given(*PLACE).log, "disagreements")
    assert refs(page.answers["open"]) == ["B", "A", "C"]
    assert refs(page.answers["ended"]) == ["D"]
    told = words(page)
    assert "The Trust disagreed with 'Beds <b>'" in told
    assert (
        "It is at rung 2 of its ladder. The next move is with ICB Board; an answer is overdue since 15 April 2026."
        in told
    )
    assert (
        "It is at a rung that is not recorded. The next move is with somebody who is not recorded; by when is not recorded."
        in told
    )
    assert "It was set aside; no answer is awaited. To be looked at again by 30 September 2026." in told
    assert "Ended 12 March 2026 The Trust disagreed with 'Beds <b>' Overruled" in told


def test_the_list_can_be_narrowed_to_a_partner():
    log = given(*PLACE).log
    assert refs(opened(log, "disagreements", partner=TRUST).answers["open"]) == ["B", "A"]
    wrong = opened(log, "disagreements", partner="nobody")
    assert wrong.problem.startswith("No organisation or body here is called 'nobody'.")
    assert refs(wrong.answers["open"]) == ["B", "A", "C"]


def test_a_log_without_any_says_so():
    told = words(opened(given().log, "disagreements"))
    assert "No disagreement is open." in told
    assert "None that ended is recorded." in told


def test_one_is_told_in_the_words_of_its_parties():
    told = words(opened(given(*PLACE).log, "disagreements/A"))
    assert "'No {{plan}} & no money.'" in told
    assert "'Two more winters.'" in told
    assert "It is open; nobody is recorded whose move it is." in told


def test_one_as_it_stood_on_a_day():
    log = given(*PLACE).log
    assert "Overruled" in words(opened(log, "disagreements/D"))
    assert "Overruled" not in words(opened(log, "disagreements/D", on="2026-03-11"))


def test_one_of_which_hardly_anything_is_recorded():
    bare = fact("disagreement.raised", "disagreement:X", None, about=["proposal:P1"])
    told = words(opened(given(proposal("P1", None), bare).log, "disagreements/X"))
    assert "A partner that is not recorded disagreed with" in told
    assert "Their grounds are not recorded." in told
