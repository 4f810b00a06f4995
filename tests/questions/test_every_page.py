"""Every type of fact, on every page and in every format: nothing that was once recorded keeps a page from being shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from decisionlog.bootstrap import copy_in_memory
from decisionlog.domain.facts import KINDS, OPENING, TYPES
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.saying import plain
from decisionlog.questions.history import history
from decisionlog.questions.point import Asked
from decisionlog.questions.sentences import SENTENCES, sentence
from decisionlog.questions.show import show
from decisionlog.render.as_json import document
from decisionlog.render.markdown import MarkdownPage, tidied
from decisionlog.render.page import Page
from decisionlog.render.text import text
from decisionlog.render.words import in_words
from tests.properties.values import asked
from tests.questions.asking import given, shown, story, who
from tests.render.test_markdown import HOSTILE, PAGE, assert_plain
from tests.scenario import NOW, decision, fact, organisation, proposal

FROZEN = Path(__file__).parent.parent / "frozen"
_ABOUT_A_FACT = {"record.corrected", "record.retracted", "record.contradicted", "record.value_erased"}


def frozen(kind: str) -> list[dict]:
    """One example of every type that may stand in a stream of a kind, in one stream, the opening ones first."""
    examples = [json.loads(path.read_bytes()) for path in sorted(FROZEN.glob("*.json"))]
    fitting = [one for one in examples if one["type"].split(".")[0] in {kind, "condition", "record", "finding"}]
    fitting = [one for one in fitting if one["type"] not in {"record.retracted", "record.corrected"}]
    fitting.sort(key=lambda one: one["type"] not in OPENING)
    return [{**one, "stream": f"{kind}:x", "n": n} for n, one in enumerate(fitting, start=1)]


def whole_log(kind: str):
    opened = json.loads((FROZEN / "log.opened.json").read_bytes())
    facts = [{**opened, "stream": "log:x", "n": 1}, *(frozen(kind) if kind != "log" else [])]
    for one in facts:
        one["recorded_at"] = "2026-03-13T09:30:00.000000Z"
        if "of" in one:
            one["of"] = {"stream": one["stream"], "n": 1}
    return [json.dumps(one, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() for one in facts]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "log"])
def test_everything_that_can_be_said_of_a_kind_can_be_shown(kind):
    with copy_in_memory(whole_log(kind)) as found:
        found.catch_up()
        for question in (show, history):
            answer = question(found.log, found.models, f"{kind}:x", Asked(), NOW)
            for page in (Page(), Page(width=40), Page(width=80), MarkdownPage()):
                assert list(text(answer, page))
            assert_plain("\n".join(tidied(text(answer, MarkdownPage()))), PAGE)
            document(answer)


def test_every_type_has_a_sentence():
    assert set(SENTENCES) | _ABOUT_A_FACT == set(TYPES)


@pytest.mark.parametrize("type_name", [*SENTENCES])
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@for_all(st.data())
def test_a_sentence_is_one_whatever_is_recorded(type_name, data):
    drawn = data.draw(asked(TYPES[type_name]))
    said = sentence(type_name, drawn)
    for told in (plain(said), in_words(said, {}), plain(sentence(type_name, {}))):
        assert told.endswith(".")
        assert not {"[", "]", "{", "}"} & set(plain(sentence(type_name, {})))
    assert fields_of(TYPES[type_name])


@pytest.mark.parametrize("words", [words for words in HOSTILE if len(words.split("\n")) == 1])
def test_hostile_words_stay_words_on_a_page(words):
    log = given(
        organisation("council", name=words.strip()),
        proposal("P1", title=words, recommendation=words, version="1", options=[{"words": words}]),
        fact("proposal.position_taken", "proposal:P1", "2026-03-13", on_behalf_of=["organisation:council"],
             position="support-with-conditions", words=words, conditions=[{"id": "C1", "words": words}]),
        fact("disagreement.raised", "disagreement:X1", "2026-03-13", ref="X1", about=["proposal:P1"], grounds=words),
        decision("D1", title=words, text=words, reasons=words, outcome="approved", outcome_words=words,
                 proposals=[{"proposal": "proposal:P1"}], conditions=[{"id": "C1", "words": words}]),
    ).log  # fmt: skip
    answers = [shown(log, ref) for ref in ("council", "P1", "X1", "D1")]
    for answer in (*answers, story(log, "P1"), who(log, "P1")):
        assert_plain("\n".join(tidied(text(answer, MarkdownPage()))), PAGE)
