from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

OWNER_LEFT = "nobody holds post:director, which is to do it, since "


def open_action(**data):
    """A1 before it was done; it was assigned on 12 March, to be done by 1 May."""
    return clean().without("A1-done").but("A1", **data)


def update(on, **data):
    return fact("action.updated", "action:A1", on, **data)


def done(on):
    return fact("action.completed", "action:A1", on)


def test_an_action_that_was_not_done_by_its_day_trips_it_from_the_day_after():
    found = open_action().trips("GL47", "A1", on="2026-05-02")
    assert sentence(found) == "it was to be done by 2026-05-01, and nothing by then says that it was"
    assert (found.subject, found.severity) == ("action:A1", "warning")
    open_action().is_clean(on="2026-05-01")


@pytest.mark.parametrize("type_", ["action.completed", "action.cancelled"])
def test_what_is_done_or_cancelled_is_no_longer_overdue(type_):
    open_action().also(done=fact(type_, "action:A1", "2026-05-01")).is_clean()
    late = open_action().also(done=fact(type_, "action:A1", "2026-05-10"))
    late.trips("GL47", "A1", on="2026-05-09")
    late.is_clean(on="2026-05-10")


def test_what_was_done_on_a_day_that_is_not_recorded_may_have_been_in_time():
    open_action().also(done=done(None)).is_clean()


def test_what_was_cancelled_first_and_marked_as_done_later_was_closed_first():
    cancelled = fact("action.cancelled", "action:A1", "2026-04-20")
    open_action().also(done=done("2026-05-10"), cancelled=cancelled).is_clean(on="2026-05-05")


def test_another_day_in_time_takes_the_place_of_the_first():
    history = open_action().also(update=update("2026-04-20", due="2026-05-20"))
    history.is_clean(on="2026-05-20")
    history.trips("GL47", "update", on="2026-05-21")


def test_another_day_that_comes_too_late_ends_the_first_delay():
    history = open_action().also(update=update("2026-05-10", due="2026-05-20"))
    history.trips("GL47", "A1", on="2026-05-09")
    history.is_clean(on="2026-05-10")


def test_word_of_how_it_goes_changes_no_day():
    open_action().also(update=update("2026-04-20", progress="late")).trips("GL47", "A1")


def test_an_action_that_was_done_before_a_later_update_stays_done():
    history = clean().also(update=update("2026-04-25", due="2026-04-26"))
    history.is_clean()


def test_an_action_of_nobody_trips_it():
    found = open_action(owner=None, organisation=None).trips("GL47", "A1", on="2026-04-01")
    assert sentence(found) == "nobody is recorded who is to do it"
    open_action(owner=None).is_clean(on="2026-04-01")
    open_action(organisation=None).is_clean(on="2026-04-01")
    nobody = open_action(owner=None, organisation=None)
    nobody.is_clean(on="2026-03-11")
    taken_up = nobody.also(update=update("2026-04-01", owner="person:p4"))
    taken_up.trips("GL47", "A1", on="2026-03-31")
    taken_up.is_clean(on="2026-04-01")
    nobody.also(update=update("2026-04-01", organisation="organisation:trust")).is_clean(on="2026-04-01")
    nobody.also(done=done("2026-04-01")).is_clean(on="2026-04-01")


def test_an_action_without_a_day_trips_it():
    found = open_action(due=None).trips("GL47", "A1")
    assert sentence(found) == "no day is recorded by which it is to be done"
    open_action(due=None).is_clean(on="2026-03-11")
    dated = open_action(due=None).also(update=update("2026-04-01", due="2026-09-01"))
    dated.trips("GL47", "A1", on="2026-03-31")
    dated.is_clean(on="2026-04-01")
    open_action(due=None).also(done=done("2026-04-01")).is_clean(on="2026-04-01")


def post(history, **more):
    """A director's post at the trust, which p4 holds from 2025."""
    return history.also(
        post=fact("post.established", "post:director", "2025-01-01", ref="director", organisation="organisation:trust"),
        filled=fact("post.filled", "post:director", "2025-01-01", person="person:p4", basis="substantive"),
        **more,
    )


def vacated(on, **data):
    return fact("post.vacated", "post:director", on, of={"stream": "post:director", "n": 2}, **data)


def filled(on, **data):
    return fact("post.filled", "post:director", on, person="person:p3", basis="substantive", **data)


def owned_by_a_post(**more):
    return post(open_action(owner="post:director"), **more)


def test_a_post_that_nobody_holds_any_more_trips_it():
    history = owned_by_a_post(left=vacated("2026-04-10"))
    found = history.trips("GL47", "A1", "left", on="2026-04-20")
    assert sentence(found) == OWNER_LEFT + "2026-04-10"
    history.is_clean(on="2026-04-09")
    owned_by_a_post().is_clean(on="2026-04-20")


def test_the_next_holder_has_it():
    history = owned_by_a_post(left=vacated("2026-04-10"), next_one=filled("2026-04-15"))
    history.trips("GL47", "A1", "left", on="2026-04-14")
    history.is_clean(on="2026-04-15")
    owned_by_a_post(left=vacated("2026-04-10"), next_one=filled("2026-04-10")).is_clean(on="2026-04-20")


def test_a_post_that_became_free_with_effect_from_later_is_held_until_then():
    history = owned_by_a_post(left=vacated("2026-04-01", from_="2026-04-10"))
    history.is_clean(on="2026-04-09")
    assert sentence(history.trips("GL47", "A1", "left", on="2026-04-10")) == OWNER_LEFT + "2026-04-10"


def test_a_post_that_became_free_before_is_a_matter_of_another_day():
    history = owned_by_a_post(left=vacated("2026-03-01"), next_one=filled("2026-03-10"))
    history.is_clean(on="2026-04-20")
    on_the_day = owned_by_a_post(left=vacated("2026-03-12"))
    on_the_day.trips("GL47", "A1", "left", on="2026-03-12")


def test_a_post_that_was_abolished_trips_it():
    gone = fact("post.abolished", "post:director", "2026-04-10")
    owned_by_a_post(left=vacated("2026-04-10"), gone=gone).trips("GL47", "A1", "left", on="2026-04-20")
    held = owned_by_a_post(gone=gone, too_late=filled("2026-04-15"))
    held.trips("GL47", "A1", "gone", on="2026-04-20")


def test_a_post_may_become_free_twice():
    of = {"stream": "post:director", "n": 4}
    history = owned_by_a_post(
        left=vacated("2026-04-01"),
        next_one=filled("2026-04-05"),
        again=fact("post.vacated", "post:director", "2026-04-10", of=of),
    )
    history.trips("GL47", "A1", "left", on="2026-04-04")
    history.is_clean(on="2026-04-09")
    history.trips("GL47", "A1", "again", on="2026-04-20")


def test_another_owner_or_the_end_of_the_action_ends_it():
    passed_on = owned_by_a_post(left=vacated("2026-04-10"), update=update("2026-04-15", owner="person:p4"))
    passed_on.trips("GL47", "A1", "left", on="2026-04-14")
    passed_on.is_clean(on="2026-04-15")
    before = owned_by_a_post(left=vacated("2026-04-10"), update=update("2026-04-09", owner="person:p4"))
    before.is_clean(on="2026-04-20")
    finished = owned_by_a_post(left=vacated("2026-04-10"), done=done("2026-04-15"))
    finished.is_clean(on="2026-04-15")
    owned_by_a_post(left=vacated("2026-04-20"), done=done("2026-04-15")).is_clean(on="2026-04-25")


def affiliated(on, *employers, **data):
    return fact("person.affiliated", "person:p4", on, employers=list(employers), **data)


def test_somebody_who_left_the_organisation_that_is_to_do_it_trips_it():
    history = open_action().also(
        here=affiliated("2025-01-01", "organisation:trust"), elsewhere=affiliated("2026-04-10", "organisation:icb")
    )
    found = history.trips("GL47", "A1", "elsewhere", on="2026-04-20")
    assert sentence(found) == "person:p4, who is to do it, left organisation:trust on 2026-04-10"
    history.is_clean(on="2026-04-09")
    on_the_day = history.but("elsewhere", on="2026-03-12")
    on_the_day.trips("GL47", "A1", "elsewhere", on="2026-04-20")
    lent = update("2026-03-20", organisation="organisation:icb")
    history.also(lent=lent).trips("GL47", "A1", "elsewhere", on="2026-04-20")
    history.also(update=update("2026-04-15", owner="person:p3")).is_clean(on="2026-04-15")
    history.also(done=done("2026-04-15")).is_clean(on="2026-04-15")


def test_somebody_who_stayed_or_never_worked_there_did_not_leave():
    there = affiliated("2025-01-01", "organisation:trust")
    both = affiliated("2026-04-10", "organisation:icb", "organisation:trust")
    open_action().also(here=there, both=both).is_clean(on="2026-04-20")
    open_action().also(elsewhere=affiliated("2026-04-10", "organisation:icb")).is_clean(on="2026-04-20")
    open_action(organisation=None).also(here=there, gone=affiliated("2026-04-10")).is_clean(on="2026-04-20")
    left_before = affiliated("2026-03-01", "organisation:icb")
    open_action().also(here=there, before=left_before).is_clean(on="2026-04-20")
    unknown = fact("person.affiliated", "person:p4", "2026-04-10", capacity="adviser")
    open_action().also(here=there, unknown=unknown).is_clean(on="2026-04-20")


def test_the_organisation_that_was_said_last_counts():
    moved = update("2026-03-20", organisation="organisation:icb", owner="person:p4")
    history = open_action().also(
        here=affiliated("2025-01-01", "organisation:icb"),
        moved=moved,
        elsewhere=affiliated("2026-04-10", "organisation:trust"),
    )
    history.trips("GL47", "moved", "elsewhere", on="2026-04-20")
