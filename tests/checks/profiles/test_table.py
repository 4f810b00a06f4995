"""The table of profiles: what is in it is sound, and what cannot be used is refused with the place and the way out."""

from __future__ import annotations

import pytest

from decisionlog.checks.profiles.conditions import holds
from decisionlog.checks.profiles.record import DAY, ON, DecisionRecord, Facts
from decisionlog.checks.profiles.table import ADVISORY, CONDITIONS, UNION, BadProfiles, built_in, profiles_of
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import fields_of

TABLE = built_in()
DECIDING = [profile for profile in TABLE.profiles.values() if profile.name not in {ADVISORY, "psr-award"}]
PATHS = sorted({path for field in TABLE.fields.values() for path in (*field.satisfied_by, *field.near)})
SMALL = """
version = "small 1"
[field.reasons]
title = "reasons"
satisfied_by = ["decision.taken reasons"]
[profile.advisory]
title = "advice"
source = "practice"
asks = { reasons = { by = "practice" } }
[profile.union]
title = "any"
source = "practice"
asks = { reasons = { by = "practice", verified = true } }
"""


def test_there_are_the_profiles_of_the_law_of_practice_and_of_what_is_certain():
    assert list(TABLE.profiles) == [
        "la-exec-meeting", "la-exec-individual", "la-officer", "nhs-committee", "nhs-individual", "psr-award", "advisory",
        "union",
    ]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_path_names_a_type_of_fact_and_a_field_that_it_has(path):
    type_name, _, field = path.partition(" ")
    part = TYPES[type_name]
    for name in [] if field in {"", DAY, ON} else field.split("."):
        assert part is not None, f"{path} goes on after a field that has no parts"
        assert name in fields_of(part), f"{part.__name__} has no field {name}"
        part = fields_of(part)[name].part


@pytest.mark.parametrize("condition", CONDITIONS)
def test_of_a_record_that_says_nothing_no_condition_is_known_to_hold_and_each_says_so(condition):
    held = holds(condition, DecisionRecord(Facts()))
    assert held.held is None
    assert "recorded" in held.why
    assert held.evidence == ()


def test_what_is_certain_of_any_decision_is_asked_by_every_profile_for_one():
    certain = {ask.field.name for ask in TABLE.profiles[UNION].asks}
    for profile in DECIDING:
        assert certain <= {ask.field.name for ask in profile.asks}, profile.name


def test_what_the_regulations_for_meetings_of_an_executive_ask_was_read_in_them():
    asks = {ask.field.name: ask for ask in TABLE.profiles["la-exec-meeting"].asks}
    for name in ("decision", "decided_on", "reasons", "options_rejected", "interests", "dispensation"):
        assert asks[name].by.startswith("SI 2012/2089 reg 12(2)")
        assert asks[name].verified


def test_what_was_not_read_is_not_said_to_be_verified():
    for ask in TABLE.profiles["la-exec-individual"].asks:
        assert ask.verified == (ask.by in {"SI 2012/2089 reg 8", "SI 2012/2089 reg 9"})
    assert not any(profile.verified for profile in TABLE.profiles.values())


@pytest.mark.parametrize(
    ("profile", "day", "there"),
    [
        ("la-exec-meeting", "2012-09-09", False),
        ("la-exec-meeting", "2012-09-10", True),
        ("la-exec-meeting", "2012-09", True),
        ("la-exec-meeting", "2011", False),
        ("la-exec-meeting", "", True),
        ("psr-award", "2023-12-31", False),
        ("psr-award", "2024-01-01T09:00:00Z", True),
        ("nhs-committee", "1999-01-01", True),
    ],
)
def test_a_decision_is_judged_by_the_law_of_its_day(profile, day, there):
    assert TABLE.profiles[profile].was_there_on(day) is there


def test_a_profile_ends_before_the_day_of_its_end():
    table = profiles_of(SMALL.replace('title = "any"', 'title = "any"\nuntil = "2026-04-01"'), "small.toml")
    assert table.profiles[UNION].was_there_on("2026-03-31")
    assert not table.profiles[UNION].was_there_on("2026-04-01")


def test_a_small_table_is_read_as_it_is_written():
    table = profiles_of(SMALL, "small.toml")
    assert table.version == "small 1"
    assert [ask.by for ask in table.profiles[ADVISORY].asks] == ["practice"]
    assert table.profiles[UNION].verified
    assert not table.profiles[ADVISORY].verified


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ('version = "small 1"', "", "small.toml: 'version' must be text in quotation marks."),
        ('version = "small 1"', "version = ", "small.toml cannot be read as TOML"),
        ('version = "small 1"', 'version = "1"\nfeild = 1', "small.toml: unknown key 'feild'. Known: version, field, profile."),
        ("[profile.union]", "[profile.onion]", "small.toml has no [profile.union], which every table needs."),
        ("reasons = { by", "reason = { by", "asks: unknown key 'reason'. Known: reasons."),
        ('{ by = "practice" }', "{}", "[profile.advisory], reasons: 'by' must be text in quotation marks."),
        ("verified = true", 'verified = "yes"', "reasons: 'verified' must be true or false, not 'yes'."),
        ("verified = true", 'applies = "kee"', "reasons: applies is 'kee'; write one of key, urgent"),
        ('["decision.taken reasons"]', "[]", "[field.reasons]: satisfied_by names nothing"),
        ('["decision.taken reasons"]', '"reasons"', "'satisfied_by' must be a list of texts"),
        ('title = "reasons"', 'title = "reasons"\nof_each = "vote"', "of_each is 'vote'; it can only be 'interest'."),
        ('title = "reasons"', 'title = "reasons"\nnear = ["decision.taken text"]', "'near_says' must be text"),
        ('title = "any"', 'title = "any"\nfrom = "2026-02-30"', "[profile.union], from: "),
        ('asks = { reasons = { by = "practice" } }', "asks = 1", "[profile.advisory], asks must be a table of entries."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_place(written, instead, sentence):
    assert written in SMALL
    with pytest.raises(BadProfiles) as refused:
        profiles_of(SMALL.replace(written, instead, 1), "small.toml")
    assert sentence in str(refused.value)
