"""Folding never refuses: whatever was recorded, in whatever order it happened, and however much of it is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.bootstrap import MODELS
from decisionlog.domain.days import zone_named
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Known, read
from decisionlog.projections import register
from decisionlog.projections.citations import cited_by
from decisionlog.projections.search import words_of
from decisionlog.store.codec import decode
from decisionlog.store.histories import Histories
from tests.properties import values
from tests.store.raw import fact, line

HISTORIES = [model for one in MODELS if issubclass(model := one.load(), Histories)]
LONDON = zone_named("Europe/London")
WHEN = (
    st.none()
    | values.DAYS
    | st.sampled_from(["", "soon", "31/2/2026", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
)
NAMES = st.sampled_from(sorted(TYPES)) | st.sampled_from(
    ["record.corrected", "record.retracted", "record.renumbered", "proposal.dreamt"]
)
POINTERS = st.sampled_from(
    [
        "/on",
        "/title",
        "/title/$private",
        "/paper",
        "/paper/uri",
        "/value/0/money/amount",
        "/authors/1",
        "/authors/-",
        "/changes/0/now",
        "",
        "/",
        "x",
        "//",
        "/outcome",
        "/name",
        "/~2",
    ]
)
CHANGES = st.lists(
    st.fixed_dictionaries(
        {"path": POINTERS}, optional={"was": values.PLAIN | st.none(), "now": values.PLAIN | st.none()}
    ),
    max_size=3,
)


@st.composite
def facts_of_one_stream(draw, names=NAMES) -> list[Fact]:
    """Facts as they lie in a store that others have written to as well: of any type and shape, answering anything."""
    found = []
    for n in range(1, draw(st.integers(1, 7)) + 1):
        name = draw(names)
        if name == "record.corrected":
            data = {"changes": draw(CHANGES)}
        elif name in TYPES:
            data = draw(
                values.stored(TYPES[name])
                | st.dictionaries(st.sampled_from(["ref", "title", "name", "on"]), values.PLAIN, max_size=2)
            )
        else:
            data = draw(st.dictionaries(st.text(max_size=4), values.PLAIN, max_size=2))
        more = {"on": draw(WHEN), "source": draw(st.none() | WHEN.filter(bool).map(lambda said: {"recorded_at": said}))}
        more["of"] = draw(
            st.none()
            | st.fixed_dictionaries(
                {"stream": st.sampled_from(["proposal:P1", "proposal:P2"]), "n": st.integers(-1, 8)}
            )
        )
        plain = fact(type=name, n=n, data=data, **{key: value for key, value in more.items() if value is not None})
        found.append(decode(line(plain, position=n)))
    return found


@given(
    facts=facts_of_one_stream(),
    order=st.randoms(),
    known=st.builds(Known, st.none() | st.integers(0, 9), st.none() | st.integers(-(2**60), 2**60)),
)
def test_reading_never_raises_and_loses_nothing(facts, order, known):
    order.shuffle(facts)
    reading = read(facts, known, LONDON)
    seen = [one for one in facts if known.has(one, LONDON)]
    assert sorted(one.n for one in (*reading.facts, *reading.retracted)) == sorted(one.n for one in seen)
    again = read(seen, known, LONDON)
    assert {one.n for one in again.retracted} == {one.n for one in reading.retracted}


@given(facts=facts_of_one_stream())
def test_the_register_folds_whatever_there_is(facts):
    rows = list(register._history("proposal:P1", facts, LONDON))
    assert all(len(one) == len(register._table.columns) for one in rows)
    assert all(None not in one for one in rows)


@pytest.mark.parametrize("model", HISTORIES, ids=lambda model: model.name)
@given(data=st.data())
def test_every_history_folds_whatever_there_is(model, data):
    built = model(1)
    facts = data.draw(facts_of_one_stream(st.sampled_from(built._all)))
    rows = list(built._history("proposal:P1", facts, LONDON))
    assert all(len(one) == len(built.table.columns) for one in rows)
    assert all(isinstance(value, (str, int)) for one in rows for value in one)
    begins, ends = (list(built.table.columns.keys()).index(name) for name in ("valid_from", "valid_until"))
    assert all(one[begins] < one[ends] for one in rows)


@given(facts=facts_of_one_stream())
def test_the_words_of_whatever_there_is_are_texts(facts):
    for one in facts:
        assert all(isinstance(text, str) for text in words_of(one, {}))


@given(facts=facts_of_one_stream())
def test_citations_are_found_in_whatever_there_is(facts):
    for one in facts:
        for citation in cited_by(one):
            assert (citation.citing, citation.position, citation.type) == (one.stream, one.position, one.type)
            assert isinstance(citation.cited, str)
