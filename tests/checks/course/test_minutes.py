from __future__ import annotations

import pytest

from tests.checks.clean import DIGEST, fact
from tests.checks.histories import clean, sentence

M1 = "meeting:M1"
D1 = {"stream": "decision:D1", "n": 1}
CONTRADICTED = "record.contradicted"


def unconfirmed():
    return clean().without("confirmed")


def confirmed(on, **data):
    return fact("meeting.minutes_confirmed", M1, on, version="1", record_status="confirmed", **data)


def refused(on):
    return fact("meeting.minutes_refused", M1, on, version="1")


def sat(name, on, **data):
    return fact("meeting.held", f"meeting:{name}", on, ref=name, **{"bodies": ["body:committee"], **data})


def test_minutes_that_the_next_meeting_did_not_confirm_trip_it_from_the_day_after():
    found = unconfirmed().trips("GL41", "held", "next", on="2026-04-10")
    assert sentence(found) == "its minutes were not confirmed when body:committee next met, on 2026-04-09"
    assert (found.subject, found.severity) == (M1, "warning")
    unconfirmed().is_clean(on="2026-04-09")


def test_they_are_overdue_from_the_first_moment_after_the_day_of_that_meeting():
    unconfirmed().trips("GL41", "held", "next", on="2026-04-09T23:00:00Z")  # summer time
    unconfirmed().is_clean(on="2026-04-09T22:59:59Z")


def test_half_a_year_is_counted_by_the_clocks_there():
    late = unconfirmed().but("held", on="2026-04-01T23:30:00Z").without("next", "drafted-2", "confirmed-2", "D1")
    late = late.without("published", "A1", "A1-done")
    late.says_nothing("GL41", on="2026-10-02")
    assert late.findings("GL41", on="2026-10-03")


def test_minutes_that_are_confirmed_at_that_meeting_or_before_are_well():
    unconfirmed().also(confirmed=confirmed("2026-04-09")).is_clean()
    unconfirmed().also(confirmed=confirmed("2026-04-01")).is_clean()
    unconfirmed().also(confirmed=confirmed(None)).is_clean()


def test_minutes_that_are_confirmed_later_end_it():
    history = unconfirmed().also(confirmed=confirmed("2026-05-14"))
    history.trips("GL41", "held", "next", on="2026-05-13")
    history.is_clean(on="2026-05-14")


def test_minutes_may_end_as_unconfirmed_and_final():
    final = fact("meeting.minutes_confirmed", M1, "2026-04-09", record_status="unconfirmed-final")
    unconfirmed().also(final=final).is_clean()


@pytest.mark.parametrize("kind", ["special", "urgent", "inaugural", "informal", "written-procedure"])
def test_a_meeting_for_one_matter_confirms_no_minutes(kind):
    history = unconfirmed().but("next", kind=kind)
    history.is_clean(on="2026-06-01")
    later = history.also(may=sat("M3", "2026-05-14", minutes="none-taken"))
    assert "2026-05-14" in sentence(later.trips("GL41", "held", "may"))


def test_a_meeting_whose_kind_is_not_recorded_is_an_ordinary_one():
    unconfirmed().but("next", kind=None).trips("GL41", "held", "next")


def test_a_meeting_of_another_body_is_not_the_next():
    unconfirmed().but("next", bodies=["body:board"]).is_clean()


def test_of_two_bodies_that_met_together_the_next_is_where_both_meet():
    together = unconfirmed().but("held", bodies=["body:committee", "body:board"])
    together.says_nothing("GL41")
    found = together.but("next", bodies=["body:board", "body:committee"]).trips("GL41", "held", "next")
    assert "body:committee and body:board" in sentence(found)


def test_within_half_a_year_they_are_confirmed_in_any_case():
    alone = unconfirmed().without("next", "drafted-2", "confirmed-2").but("D1", review_by=None)
    found = alone.trips("GL41", "held", on="2026-09-12")
    assert sentence(found) == "its minutes were not confirmed within half a year"
    alone.is_clean(on="2026-09-11")
    late = alone.also(late=sat("M3", "2026-10-01", minutes="none-taken"))
    assert sentence(late.trips("GL41", "held", on="2026-11-01")) == "its minutes were not confirmed within half a year"
    on_the_last_day = alone.also(late=sat("M3", "2026-09-11", minutes="none-taken"))
    on_the_last_day.trips("GL41", "held", "late", on="2026-09-12")


def test_after_a_refusal_the_meeting_after_it_counts():
    history = unconfirmed().also(refused=refused("2026-04-09"))
    history.is_clean()
    may = history.also(may=sat("M3", "2026-05-14", minutes="none-taken"))
    found = may.trips("GL41", "held", "may")
    assert "2026-05-14" in sentence(found)
    may.is_clean(on="2026-05-14")
    may.also(confirmed=confirmed("2026-05-14")).is_clean()


def test_a_late_refusal_ends_the_first_delay():
    history = unconfirmed().also(refused=refused("2026-05-14"))
    history.trips("GL41", "held", "next", on="2026-05-13")
    history.is_clean(on="2026-05-14")


def test_minutes_that_were_never_taken_are_not_awaited():
    without = unconfirmed().without("drafted")
    without.but("held", minutes="none-taken").is_clean()
    without.but("held", minutes="notes-only").is_clean()


def test_a_draft_shows_that_there_are_minutes():
    unconfirmed().but("held", minutes=None).trips("GL41", "held", "next")


def test_where_nobody_knows_whether_there_are_minutes_it_is_not_evidenced():
    history = unconfirmed().without("drafted").but("held", minutes=None)
    found = history.is_not_evidenced("GL41")
    assert sentence(found) == (
        "its minutes were not confirmed when body:committee next met, on 2026-04-09; "
        "whether minutes were taken is not recorded"
    )
    history.also(confirmed=confirmed("2026-04-09")).says_nothing("GL41")
    history.but("next", minutes=None).is_not_evidenced("GL41")
    history.without("drafted-2").is_not_evidenced("GL41")


def test_of_a_body_that_is_not_recorded_to_keep_minutes_nothing_is_said():
    history = unconfirmed().without("drafted", "drafted-2").but("held", minutes=None).but("next", minutes=None)
    history.says_nothing("GL41")


def test_nor_is_anything_said_of_such_a_meeting_after_which_none_was_held():
    history = unconfirmed().without("drafted", "next", "drafted-2", "confirmed-2").but("held", minutes=None)
    history.says_nothing("GL41", on="2027-01-01")


def test_a_meeting_of_which_no_day_is_recorded_is_not_judged():
    unconfirmed().undated("held").says_nothing("GL41")


def test_a_decision_of_another_day_than_its_meeting_trips_it():
    found = clean().but("D1", on="2026-03-13").trips("GL42", "D1", "held")
    assert sentence(found) == "it is recorded as taken on 2026-03-13 at meeting:M1, which was held on 2026-03-12"
    assert found.severity == "error"
    clean().but("D1", on="2026-03-11").trips("GL42", "D1", "held")
    clean().but("D1", on="2026-03-13").is_clean(on="2026-03-12")


def test_while_the_minutes_are_not_confirmed_it_is_a_warning():
    history = clean().without("confirmed", "next", "drafted-2", "confirmed-2")
    assert history.but("D1", on="2026-03-13").trips("GL42", "D1", "held").severity == "warning"


def test_a_time_on_the_day_of_the_meeting_is_of_that_day():
    clean().but("D1", on="2026-03-12T16:35:00Z").is_clean()
    clean().but("held", on="2026-03-12T14:00:00Z").is_clean()


def test_a_partial_day_that_holds_the_meeting_is_well():
    clean().but("D1", on="2026-03").says_nothing("GL42")
    clean().but("D1", on="2026-02").findings("GL42")
    assert clean().but("D1", on="2026-02").findings("GL42")


def test_a_meeting_that_went_on_to_another_day_sat_on_it_too():
    clean().but("D1", on="2026-03-13").but("held", ended="2026-03-13").is_clean()
    resumed = fact("meeting.resumed", M1, "2026-03-17")
    clean().but("D1", on="2026-03-17").also(resumed=resumed).is_clean()
    clean().but("D1", on="2026-03-16").also(resumed=resumed).trips("GL42", "D1", "held")


@pytest.mark.parametrize("method", ["individual", "written-procedure", "without-meeting"])
def test_what_was_decided_without_a_meeting_has_a_day_of_its_own(method):
    clean().but("D1", on="2026-03-13", method=method).says_nothing("GL42")


def test_where_a_day_is_not_recorded_nothing_is_compared():
    clean().undated("D1").says_nothing("GL42")
    clean().but("D1", on="2026-03-13").undated("held").says_nothing("GL42")
    clean().but("D1", on="2026-03-13", meeting=None).says_nothing("GL42")
    stub = fact("meeting.called", "meeting:M9", None, ref="M9", bodies=["body:committee"])
    clean().but("D1", on="2026-03-13", meeting="meeting:M9").also(stub=stub).says_nothing("GL42")


def contradicted(path, says, digest=DIGEST, **data):
    return fact(CONTRADICTED, "decision:D1", "2026-04-20", of=D1, path=path, says=says, documents=[{"sha256": digest}])


@pytest.mark.parametrize(
    ("path", "says", "word"),
    [
        ("/outcome", "rejected", "outcome"),
        ("/on", "2026-03-13", "day"),
        ("/value/0/money/amount", 45_000_000, "value"),
        ("/value", [], "value"),
    ],
)
def test_confirmed_minutes_that_say_otherwise_trip_it(path, says, word):
    found = clean().also(other=contradicted(path, says)).trips("GL42", "D1", "other", "confirmed")
    assert sentence(found) == f"the confirmed minutes of meeting:M1 give another {word}"
    assert found.severity == "error"


@pytest.mark.parametrize(("path", "says"), [("/outcome", "approved"), ("/on", "2026-03-12"), ("/lead", "person:p2")])
def test_the_same_word_or_one_of_another_field_is_no_difference(path, says):
    clean().also(other=contradicted(path, says)).is_clean()


def test_another_source_than_the_confirmed_minutes_is_no_difference_with_them():
    clean().also(other=contradicted("/outcome", "rejected", "1" * 64)).is_clean()
    unconfirmed().also(other=contradicted("/outcome", "rejected")).says_nothing("GL42")
    clean().but("confirmed", version="2").also(other=contradicted("/outcome", "rejected")).is_clean()


def test_the_digest_of_the_minutes_as_confirmed_counts_whatever_their_version():
    history = clean().but("confirmed", version=None, document={"sha256": "2" * 64})
    history.also(other=contradicted("/outcome", "rejected", "2" * 64)).trips("GL42", "D1", "other", "confirmed")


def test_minutes_that_were_published_in_the_confirmed_version_are_the_minutes():
    published = fact("meeting.minutes_published", M1, "2026-04-16", version="1", document={"sha256": "3" * 64})
    history = clean().also(published=published, other=contradicted("/outcome", "rejected", "3" * 64))
    history.trips("GL42", "D1", "other", "confirmed")


def test_a_correction_puts_it_right():
    correction = fact(
        "record.corrected",
        "decision:D1",
        None,
        of=D1,
        changes=[{"path": "/outcome", "was": "approved", "now": "rejected"}],
    )
    clean().also(other=contradicted("/outcome", "rejected"), correction=correction).says_nothing("GL42")
