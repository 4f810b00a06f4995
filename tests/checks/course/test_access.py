from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

D1 = {"stream": "decision:D1", "n": 1}
REASON = {"reason": "a contract is being let"}
EXEMPT = {"level": "exempt", "paragraphs": ["3"], **REASON}
OPEN = {"level": "open"}


def kept(access, *, published=None):
    """D1 with what is kept from the public; published with these words about that, or with none."""
    history = clean().but("D1", access=access)
    return history.but("published", access=published) if published else history.without("published")


def changed(on, access, of=None, **data):
    return fact("record.access_changed", "decision:D1", on, of=of, access=access, **data)


def of_a_council(history):
    return history.but("icb", kind="upper-tier-la")


def found(history, **asked):
    return history.findings("GL44", **asked)


def test_an_exemption_without_a_reason_is_a_warning():
    one = kept({"level": "exempt", "paragraphs": ["3"]}).trips("GL44", "D1")
    assert sentence(one) == "it is exempt, and the reason is not recorded"
    assert one.severity == "warning"
    kept({"level": "exempt", "paragraphs": ["3"]}).is_clean(on="2026-03-11")


def test_part_of_it_needs_a_reason_too():
    one = kept({"level": "part-exempt"}).trips("GL44", "D1")
    assert sentence(one) == "it is partly exempt, and the reason is not recorded"


@pytest.mark.parametrize("level", ["open", "confidential", "private-nhs", "withheld-pending"])
def test_what_is_not_exempt_needs_none(level):
    kept({"level": level}).is_clean()


def test_a_council_needs_the_paragraph_as_well():
    [one] = found(of_a_council(kept({"level": "exempt"})))
    assert sentence(one) == "it is exempt, and neither the paragraph of the law nor the reason is recorded"
    [one] = found(of_a_council(kept({"level": "exempt", **REASON})))
    assert sentence(one) == "it is exempt, and the paragraph of the law is not recorded"
    assert found(of_a_council(kept({"level": "exempt", "paragraphs": [], **REASON})))
    assert not found(of_a_council(kept(EXEMPT)))
    assert not found(kept({"level": "exempt", **REASON}))


def test_a_paper_needs_a_reason_too():
    history = clean().but("P1", access={"level": "exempt"})
    one = history.trips("GL44", "P1")
    assert (one.subject, sentence(one)) == ("proposal:P1", "it is exempt, and the reason is not recorded")
    clean().but("P1", access=EXEMPT).is_clean()


def test_the_day_on_which_to_look_again_passed():
    history = kept({**EXEMPT, "review_on": "2026-05-10"})
    one = history.trips("GL44", "D1", on="2026-05-11")
    assert sentence(one) == "its exemption was to be looked at again by 2026-05-10"
    assert one.severity == "warning"
    history.is_clean(on="2026-05-10")
    history.also(opened=changed("2026-05-10", OPEN)).is_clean(on="2026-05-11")
    late = history.also(opened=changed("2026-05-15", OPEN))
    late.trips("GL44", "D1", on="2026-05-14")
    late.is_clean(on="2026-05-15")
    history.also(opened=changed(None, OPEN)).is_clean(on="2026-05-11")


def test_the_day_of_its_release_passed():
    history = clean().without("published").also(closed=changed("2026-03-20", EXEMPT, release_on="2026-05-10"))
    one = history.trips("GL44", "closed", on="2026-05-11")
    assert sentence(one) == "it was to be made public by 2026-05-10"
    history.is_clean(on="2026-05-10")
    both = (
        clean()
        .without("published")
        .also(closed=changed("2026-03-20", {**EXEMPT, "review_on": "2026-05-01"}, release_on="2026-05-10"))
    )
    assert sentence(both.trips("GL44", "closed", on="2026-05-11")) == "it was to be made public by 2026-05-10"


def test_what_is_open_has_no_day_to_look_again():
    kept({"level": "open", "review_on": "2026-05-10"}).is_clean()


def test_a_change_gives_the_reason_that_lacked():
    lacking = kept({"level": "exempt", "paragraphs": ["3"]})
    given = lacking.also(given=changed("2026-04-01", EXEMPT))
    given.trips("GL44", "D1", on="2026-03-31")
    given.is_clean(on="2026-04-01")
    given_for_it = lacking.also(given=changed("2026-04-01", EXEMPT, of=D1))
    given_for_it.is_clean(on="2026-04-01")


def test_a_change_of_some_fields_or_of_another_fact_is_not_one_of_the_whole():
    lacking = kept({"level": "exempt", "paragraphs": ["3"]})
    lacking.also(part=changed("2026-04-01", EXEMPT, paths=["/text"])).trips("GL44", "D1")
    published = clean().but("D1", access={"level": "exempt", "paragraphs": ["3"]}).but("published", access=EXEMPT)
    other = published.also(other=changed("2026-04-01", EXEMPT, of={"stream": "decision:D1", "n": 2}))
    other.trips("GL44", "D1")


def test_what_was_published_as_open_while_it_was_exempt_trips_it():
    one = kept(EXEMPT, published=OPEN).trips("GL44", "published", "D1")
    assert sentence(one) == "it was published as open on 2026-03-16, while it was exempt"
    assert one.severity == "error"
    kept(EXEMPT, published=OPEN).is_clean(on="2026-03-15")


@pytest.mark.parametrize(
    ("level", "word"),
    [
        ("confidential", "confidential"),
        ("private-nhs", "private"),
        ("withheld-pending", "withheld for the time being"),
    ],
)
def test_so_does_what_was_kept_from_the_public_in_another_way(level, word):
    one = kept({"level": level}, published=OPEN).trips("GL44", "published", "D1")
    assert sentence(one) == f"it was published as open on 2026-03-16, while it was {word}"


def test_published_on_the_day_on_which_it_was_taken_it_was_exempt_already():
    kept(EXEMPT, published=OPEN).but("published", on="2026-03-12").trips("GL44", "published", "D1")


def test_published_without_a_word_of_what_was_left_out_it_is_not_evidenced():
    one = clean().but("D1", access=EXEMPT).is_not_evidenced("GL44")
    assert sentence(one) == (
        "it was published on 2026-03-16, while it was exempt; whether what is exempt was left out is not recorded"
    )


def test_of_what_is_exempt_in_part_the_rest_may_be_published():
    part = {**EXEMPT, "level": "part-exempt"}
    clean().but("D1", access=part).is_clean()
    kept(part, published=EXEMPT).is_clean()
    one = kept(part, published=OPEN).is_not_evidenced("GL44")
    assert sentence(one) == (
        "it was published as open on 2026-03-16, while it was partly exempt; "
        "whether what is exempt was left out is not recorded"
    )


def test_published_as_exempt_is_well():
    kept(EXEMPT, published=EXEMPT).is_clean()


def test_published_after_it_was_opened_is_well():
    opened = kept(EXEMPT, published=OPEN).also(opened=changed("2026-03-15", OPEN))
    opened.is_clean()
    kept(EXEMPT, published=OPEN).also(opened=changed("2026-03-16", OPEN)).is_clean()
    kept(EXEMPT, published=OPEN).also(opened=changed("2026-03-17", OPEN)).trips("GL44", "published", "D1")


def test_published_before_it_was_closed_is_well():
    clean().but("published", access=OPEN).also(closed=changed("2026-03-17", EXEMPT)).is_clean()
    same_day = clean().but("published", access=OPEN).also(closed=changed("2026-03-16", EXEMPT))
    assert "left out is not recorded" in sentence(same_day.is_not_evidenced("GL44"))
    clean().but("published", access=OPEN).also(closed=changed("2026-03-15", EXEMPT)).trips(
        "GL44", "published", "closed"
    )


def test_published_at_the_very_moment_at_which_it_was_closed_it_was_closed():
    at_once = "2026-03-16T09:00:00Z"
    history = clean().but("published", on=at_once, access=OPEN).also(closed=changed(at_once, EXEMPT))
    history.trips("GL44", "published", "closed")


def test_published_on_a_day_that_is_not_recorded_accuses_nobody():
    one = kept(EXEMPT, published=OPEN).undated("published").is_not_evidenced("GL44")
    assert sentence(one).startswith("it was published as open, while it was exempt;")


def test_where_nothing_is_recorded_of_access_nothing_is_said():
    clean().but("D1", access=None).says_nothing("GL44")
