"""`search TEXT`: what is found, by whom it is known, and that a text is never a command."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import BadInput
from tests.scenario import about, corrected, decision, fact, organisation, person, proposal


def found(place, text, **asked):
    return [item.stream for item in place.search(text, **asked).items]


def test_each_thing_is_found_once_with_the_facts_that_have_the_words(place):
    place.record(organisation("icb"), proposal("P1", "2026-03-12", title="No plan for carers", version="1"))
    place.record(fact("proposal.position_taken", "proposal:P1", "2026-03-13", words="Carers were not asked"))
    (item,) = place.search("carers").items
    assert (item.stream, item.ref, item.title, item.state) == ("proposal:P1", "P1", "No plan for carers", "submitted")
    assert sorted(item.evidence) == [3, 4]
    assert item.type in {"proposal.submitted", "proposal.position_taken"}


def test_the_snippet_stands_around_the_words(place):
    long = "word " * 100 + "the carers were not asked " + "word " * 100
    place.record(decision("D1", text=long))
    (item,) = place.search("carers asked").items
    assert item.field == "text"
    assert "the carers were not asked" in item.snippet
    assert item.snippet.startswith("... ")
    assert item.snippet.endswith(" ...")
    assert len(item.snippet) < 200


def test_names_and_references_are_found_too(place):
    place.record(organisation("icb", name="NHS Northmoor ICB"), person("p-1", "Ada Quill"), decision("NLB/25-26/031"))
    assert found(place, "northmoor") == ["organisation:icb"]
    assert found(place, "ada") == ["person:p-1"]
    assert found(place, "26/031") == ["decision:NLB/25-26/031"]


def test_a_kind_and_a_limit_narrow_it(place):
    place.record(proposal("P1", title="beds"), decision("D1", title="beds"), decision("D2", title="beds"))
    assert found(place, "beds", kind="proposal") == ["proposal:P1"]
    answer = place.search("beds", limit=2)
    assert (len(answer.items), answer.left_out) == (2, 1)


def test_nothing_is_shown_that_was_not_known_or_had_not_happened(place):
    place.record(proposal("P1", "2026-03-12", title="beds"))
    place.record(fact("proposal.position_taken", "proposal:P1", "2026-04-01", words="bathrooms"))
    assert found(place, "bathrooms") == ["proposal:P1"]
    assert found(place, "bathrooms", known="@2") == []
    assert found(place, "bathrooms", on="2026-03-31") == []
    assert found(place, "beds", known="@1") == []


def test_the_clock_of_the_sources_is_honoured(place):
    place.record({**proposal("P1", "2026-01-01", title="beds"), "source": {"recorded_at": "2026-02-01"}})
    assert found(place, "beds", known="2026-02-01", clock="source") == ["proposal:P1"]
    assert found(place, "beds", known="2026-01-31", clock="source") == []


def test_what_was_corrected_is_found_by_what_it_should_say(place):
    place.record(proposal("P1", title="beds"))
    place.record(corrected("proposal:P1", "/title", "beds", "bathrooms"))
    assert (found(place, "bathrooms"), found(place, "beds")) == (["proposal:P1"], [])
    assert (found(place, "bathrooms", known="@2"), found(place, "beds", known="@2")) == ([], ["proposal:P1"])


def test_what_was_retracted_is_no_longer_found(place):
    place.record(
        proposal("P1", title="beds"), fact("proposal.position_taken", "proposal:P1", "2026-03-13", words="baths")
    )
    place.record(about("proposal:P1", "record.retracted", of=2))
    assert (found(place, "baths"), found(place, "beds")) == ([], ["proposal:P1"])
    place.record(about("proposal:P1", "record.retracted", of=1))
    assert found(place, "beds") == []
    assert found(place, "baths", known="@3") == ["proposal:P1"]


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1 --",
        '"a" NEAR(',
        "a% b_ c*",
        "title:beds",
        "NOT beds",
        "(beds",
        "beds)",
        '"',
        "^beds + {x}",
        "a OR b",
        "beds; DROP TABLE search",
    ],
)
def test_a_hostile_text_is_searched_for_as_it_is(place, text):
    place.record(decision("D1", title="nothing of that"))
    try:
        assert found(place, text) == []
        place.record(decision("D2", title=text.replace('"', "'") or "x"))
        assert found(place, text) == ["decision:D2"]
    except BadInput as refused:
        assert "no letter or digit" in str(refused)  # noqa: PT017 - only a text without any is refused
        assert not any(letter.isalnum() for letter in text)


@pytest.mark.parametrize("text", ["%", "*", "_", "--", "''", " ", "\u2014 \u2026"])
def test_a_text_without_a_word_gets_one_clear_sentence(place, text):
    with pytest.raises(BadInput) as refused:
        place.search(text)
    assert "no letter or digit, and only these are searched for" in str(refused.value)


def test_ten_thousand_letters_are_searched_for_or_refused_in_a_sentence(place):
    place.record(decision("D1", title="beds"))
    assert found(place, "b" * 10_000) == []
    assert found(place, "beds " * 2_000) == ["decision:D1"]
    with pytest.raises(BadInput) as refused:
        place.search(" ".join(f"w{number}" for number in range(2_000)))
    assert "2,000 different words; search for at most 64" in str(refused.value)
