"""The page of a function: who is accountable on a day, at a place, at an amount; what is not shown; what was misasked."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import NotFound
from decisionlog.domain.saying import plain
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.webpage import webpage
from tests.questions.asking import given
from tests.questions.register.opening import opened, twin, words
from tests.questions.test_functions_map import COUNCIL, ICB, NORTH, SYSTEM, duty, function, grant
from tests.scenario import about, decision, fact

POUNDS_100 = {"money": {"amount": 10_000, "currency": "GBP"}, "operator": "<="}


def care(*facts):
    return given(*SYSTEM, function("care"), *facts).log


def test_who_is_accountable_is_told_in_a_word_with_who_could_decide_within_what():
    page = opened(
        care(duty("care", ICB), grant("S-1", "body:board", "body:committee", "care", limits=[POUNDS_100])),
        "functions/care",
    )
    told = words(page)
    assert "Clear: It is recorded who has the duty, and who could decide it. Accountable today: The ICB." in told
    assert "Place Committee, for The ICB, up to £100 per" not in told
    assert "Place Committee, in Northmoor" not in told
    assert "up to £100" in told
    assert "Who gave it to them, and keeps the power as well ICB Board" in told
    assert "ICB Board gave this power to Place Committee, from 1 April 2025" in told


def test_a_function_that_nobody_has_is_told_as_that():
    told = words(opened(care(), "functions/care"))
    assert (
        "Not clear: Nobody can be shown to have this duty: none is recorded. Accountable today: nobody on record."
        in told
    )
    assert "No way from the law to anybody is recorded." in told
    assert "No decision that is about it is recorded." in told


def test_at_an_amount_those_for_whom_it_is_too_much_are_left_out_and_their_way_says_so():
    log = care(duty("care", COUNCIL), grant("S-1", COUNCIL, "body:committee", "care", limits=[POUNDS_100]))
    page = opened(log, "functions/care", value="£101")
    told = words(page)
    assert "You asked how it stood, at an amount of £101." in told
    assert "PROBLEM: over the limit" in told
    assert {entry.party for entry in page.answers["accountable"].roles["decision_makers"]} == {COUNCIL}


def test_at_an_amount_those_whose_limit_cannot_be_compared_stand_apart_with_why():
    in_euros = [{"money": {"amount": 10_000, "currency": "EUR"}, "operator": "<="}]
    told = words(
        opened(
            care(
                duty("care", COUNCIL),
                grant("S-1", COUNCIL, "body:committee", "care", limits=in_euros),
                grant("S-2", COUNCIL, "body:board", "care", limits=[POUNDS_100]),
            ),
            "functions/care",
            value="£101",
        )
    )
    assert "Nobody is recorded of whom it is certain." not in told
    assert (
        "Who may be able to: their limit could not be compared with this amount Place Committee, for The Council, "
        "up to €100 Not compared, so not certain: up to €100, in EUR, the amount in GBP Who could not at this amount "
        "ICB Board: only up to £100, so not at this amount" in told
    )


def test_what_is_written_of_a_power_stands_beside_whoever_has_it():
    given_so = grant("S-1", COUNCIL, "body:committee", "care")
    given_so["data"]["scope"][0]["includes"] = ["Beds at night"]
    log = care(duty("care", COUNCIL), given_so)
    assert "Who could decide Place Committee, for The Council Only: 'Beds at night'" in words(
        opened(log, "functions/care")
    )


def test_the_day_and_what_was_known_are_asked_about_apart():
    log = care(duty("care", ICB, on="2025-01-01"))
    assert "Accountable on 1 February 2025, as known today: The ICB." in words(
        opened(log, "functions/care", on="2025-02-01")
    )
    before = f"@{log.size() - 1}"
    assert "Accountable today, as known at position" in words(opened(log, "functions/care", known=before))
    assert "nobody on record" in words(opened(log, "functions/care", known=before))


def test_a_function_in_several_places_is_told_place_by_place_until_one_is_chosen():
    log = care(duty("care", ICB, NORTH))
    assert [row.place for row in opened(log, "functions/care").answers["places"].items] == [NORTH, "place:south"]
    assert "Place by place" in words(opened(log, "functions/care"))
    assert "Place by place" not in words(opened(log, "functions/care", place=NORTH))
    assert "Accountable today: nobody on record" in words(opened(log, "functions/care", place="place:south"))


def test_a_way_that_fails_is_shown_only_where_what_does_not_add_up_is():
    log = care(
        duty("care", ICB),
        grant("S-1", "body:board", "body:committee", "care", onward={"rule": "prohibited"}),
        grant("S-2", "body:committee", COUNCIL, "care"),
    )
    hidden, shown = (opened(log, "functions/care", findings=flag).answers["accountable"] for flag in (False, True))
    assert shown.findings
    assert shown.classification == "complete-with-findings"
    assert hidden.findings == ()
    assert hidden.classification == "complete"
    assert {test.name for chain in hidden.chains for hop in chain for test in hop.tests} <= {"limit"}
    (left_out,) = {plain(note) for note in hidden.notes} - {plain(note) for note in shown.notes}
    assert f"{len(shown.chains) - len(hidden.chains)} further way" in left_out.replace("One", "1")


def test_what_is_known_to_change_within_a_year_is_told():
    log = care(duty("care", ICB), grant("S-1", ICB, "body:committee", "care", until="2026-12-01"))
    assert "Place Committee no longer has it then: the last day of S-1 is 30 November 2026." in words(
        opened(log, "functions/care")
    )
    assert "is 30 November 2026." in words(opened(log, "functions/care", day="2026-06-02"))
    assert "changes" not in opened(log, "functions/care", on="2025-12-01").answers


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"value": "lots"}, "'lots' is not an amount."),
        ({"on": "soon"}, "'soon' is not a date;"),
        ({"place": "nowhere"}, "No place here is called 'nowhere'."),
        ({"known": "2031-01-01"}, "What will be known on 2031-01-01 is not known yet."),
        ({"on": "2010-01-01"}, "function:care was not there yet on 2010-01-01"),
    ],
)
def test_what_cannot_be_answered_is_told_plainly_above_how_it_stands_now(asked, why):
    page = opened(care(duty("care", ICB)), "functions/care", **asked)
    told = words(page)
    assert page.problem.startswith(why)
    assert not {"--", "`"} & set(told.split())
    assert "This is how it stands now." in told
    assert "Accountable today: The ICB." in told
    assert "You asked" not in told
    assert "<title>Error: Care \u2013 Northmoor</title>" in webpage(page, Served(), register="Northmoor")


def test_only_a_page_whose_form_was_filled_in_wrongly_is_an_error():
    page = opened(care(duty("care", ICB)), "functions/care", value="450k")
    assert "<title>Care \u2013 Northmoor</title>" in webpage(page, Served(), register="Northmoor")


def test_as_known_before_its_first_entry_nothing_of_what_is_known_today_is_told():
    log = care(duty("care", ICB))
    (first, *_) = log.stream("function:care")
    page = opened(log, "functions/care", known=f"@{first.position - 1}")
    told = words(page)
    assert f"Nothing was recorded about Care by entry {first.position - 1} of the log; the first entry is of" in told
    assert f"[{first.position}]" in told
    assert "The ICB" not in told
    assert page.answers["absent"].known in twin(page).decode()
    assert "accountable" in opened(log, "functions/care", known=f"@{first.position}").answers


def test_the_latest_decisions_about_it_are_told_first_and_how_many_more_there_are():
    taken = [decision(f"D{day}", f"2026-03-{day:02}", functions=["function:care"]) for day in range(1, 8)]
    shown = opened(care(*taken, decision("E")), "functions/care").answers["decisions"]
    assert [one.ref for one in shown.items] == ["D7", "D6", "D5", "D4", "D3"]
    assert shown.left_out == 2


def test_what_it_is_a_part_of_and_what_is_a_part_of_it_lead_on():
    log = given(*SYSTEM, function("care"), function("beds", "function:care"), function("cots", "function:beds"),
                function("other")).log  # fmt: skip
    assert [one.function for one in opened(log, "functions/beds").answers["family"].items] == [
        "function:care", "function:beds", "function:cots",
    ]  # fmt: skip
    assert "Function, part of Care Beds" in words(opened(log, "functions/beds"))
    assert "Parts of it Beds, part of Care" not in words(opened(log, "functions/care"))


def test_there_is_no_page_of_what_is_not_on_record():
    with pytest.raises(NotFound):
        opened(care(), "functions/other")
    with pytest.raises(NotFound):
        opened(care(about("function:care", "record.retracted")), "functions/care", value="5")


def test_what_things_are_called_is_never_markup():
    bad = fact("function.catalogued", "function:bad", "2020-01-01", ref="bad", name="<b>{{7*7}}</b>")
    whole = webpage(opened(given(*SYSTEM, bad, duty("bad", ICB)).log, "functions/bad"), Served(), register="N")
    assert "<b>" not in whole
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in whole
