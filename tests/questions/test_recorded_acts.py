"""What whoever records a meeting's file asks the log: what is called so, what stands, what was recorded of it before."""

from __future__ import annotations

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.questions.recorded_acts import RecordedActs
from decisionlog.store.catch_up import ReadModels
from tests.scenario import body, corrected, decision, engine_for, fact, new_log, person, record


@pytest.fixture
def asking():
    """The questions to a log in which these facts are recorded, each in a batch of its own."""
    made = []

    def ask(*plain):
        log = new_log()
        for each in plain:
            record(log, each)
        models = ReadModels(log, engine_for(log), MODELS)
        models.catch_up()
        rows = models.reading()
        made.append((models, rows))
        return RecordedActs(log, rows.__enter__())

    yield ask
    for models, rows in made:
        rows.__exit__(None, None, None)
        models._engine.dispose()


def act(plain, place):
    return {**plain, "source": {"name": "march.yaml", "sha256": "0" * 64, "place": place}}


def test_an_act_stands_as_it_was_corrected_with_its_words_opened(asking):
    told = asking(
        act(decision("D1", title="Beds", outcome="noted"), "meeting M, decision 1"),
        corrected("decision:D1", "/outcome", "noted", "approved"),
    )
    (found,) = told.within("meeting M").values()
    stands = told.stands(found)
    assert (stands.data["title"], stands.data["outcome"], stands.retracted) == ("Beds", "approved", False)


def test_a_retracted_act_says_so(asking):
    told = asking(
        act(decision("D1"), "meeting M, decision 1"),
        {"type": "record.retracted", "of": {"stream": "decision:D1", "n": 1}, "data": {}},
    )
    (found,) = told.within("meeting M").values()
    assert told.stands(found).retracted


def test_a_name_means_whatever_is_called_so(asking):
    told = asking(body("nlb"), person("nlb"))
    assert set(told.called("nlb")) == {"body:nlb", "person:nlb"}
    assert told.called("NLB", ("body",)) == ("body:nlb",)
    assert told.called("person:nlb") == ("person:nlb",)
    assert told.called("cabinet") == ()


def test_the_short_name_of_a_body_is_the_last_that_it_was_given(asking):
    told = asking(
        body("nlb", short_name="NLB"), fact("body.renamed", "body:nlb", "2026-01-01", name="Board", short_name="NB")
    )
    assert told.short_name("body:nlb") == "NB"
    assert told.short_name("body:cabinet") == ""


def test_a_meeting_has_its_day_and_its_bodies(asking):
    told = asking(body("nlb"), fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:nlb"]))
    found = told.meeting("M1")
    assert (found.stream, found.on, found.bodies) == ("meeting:M1", "2026-03-12", ("body:nlb",))
    assert told.meeting("M2") is None


def test_references_that_begin_so_are_given_in_the_order_of_the_log(asking):
    told = asking(decision("NLB/2"), decision("nlb/1"), decision("CAB/1"), decision("NLB%"))
    assert told.refs("decision", "NLB/") == ["NLB/2", "nlb/1"]


def test_the_versions_of_a_proposal_are_those_that_were_put_forward(asking):
    told = asking(
        fact("proposal.submitted", "proposal:P1", version="1"), fact("proposal.revised", "proposal:P1", version="2")
    )
    assert told.versions("proposal:P1") == {"1", "2"}
    assert told.last_n("proposal:P1") == 2
