"""Search: an index of words that holds none of the texts, and forgets what the vault forgets."""

from __future__ import annotations

import os

import pytest

from tests.scenario import STORE, decision, fact, person, proposal


def test_words_are_found_whatever_their_accents_capitals_and_ligatures(asked):
    asked.record(proposal("P1", title="Café of\ufb01ce for carers"), proposal("P2", title="Cafe\u0301 closed"))
    assert asked.matching("CAFE") == asked.matching("café") == {2, 3}
    assert asked.matching("office") == {2}


def test_every_word_must_be_there_and_the_last_may_be_only_begun(asked):
    asked.record(proposal("P1", title="Urgent community response"), proposal("P2", title="Community hall"))
    assert asked.matching("response community") == {2}
    assert asked.matching("community resp") == {2}
    assert asked.matching("comm") == {2, 3}
    assert asked.matching("comm hall") == set()


def test_a_kind_and_a_position_narrow_it(asked):
    asked.record(proposal("P1", title="beds"), decision("D1", title="beds"))
    assert asked.matching("beds", kind="decision") == {3}
    assert asked.matching("beds", position=2) == {2}


@pytest.mark.parametrize(
    "text",
    ["' OR 1=1 --", '"a" NEAR(b)', "words : beds", "be*", "NOT beds", "beds AND OR", "^beds", "{words} : x", "a-b+c"],
)
def test_what_looks_like_a_query_is_only_its_words(asked, text):
    asked.record(proposal("P1", title="beds"), proposal("P2", title=text))
    assert 3 in asked.matching(text)


def test_the_words_of_what_was_erased_are_gone_when_its_erasure_is_folded(asked):
    asked.record(person("p", "Ada Quill"), proposal("P1", title="beds"))
    assert asked.matching("quill") == {2}
    asked.empty_the_vault(2)
    asked.record(
        fact("record.value_erased", "person:p", "2026-05-01", paths=["/name"]) | {"of": {"stream": "person:p", "n": 1}}
    )
    assert asked.matching("quill") == set()
    assert asked.matching("beds") == {3}


def test_an_emptied_vault_leaves_no_word_in_an_index_that_is_built_anew(asked):
    asked.record(person("p", "Ada Quill"))
    assert asked.matching("quill") == {2}
    asked.empty_the_vault(2)
    asked.rebuild()
    assert asked.matching("quill") == set()


@pytest.mark.skipif(
    os.environ.get(STORE) == "postgresql",
    reason="on a server the index has folded words, which leave it with what is erased",
)
def test_the_index_holds_no_text(asked):
    asked.record(person("p", "Ada Quill"))
    with asked.reading() as rows:
        assert all(row[1:] == (None, None) for row in rows.exec_driver_sql("SELECT * FROM search"))
