"""Erasing: the words go with the fact that says so, the proof stays, and nothing brings them back."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest

from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.domain.erased import Erased
from decisionlog.domain.refusals import Refusal
from decisionlog.store.batch import Export
from decisionlog.store.codec import canonical
from decisionlog.store.erasing import UNCLEAN, erasures
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.transfer import begin_from, export_lines, export_openings
from tests.scenario import BY, NOW, about, corrected, decision, fact, line, person, proposal, record


def erased(stream: str, n: int = 1, *paths: str, **data) -> dict:
    """The fact that says that sealed values of a fact were erased."""
    return about(stream, "record.value_erased", of=n, paths=list(paths or ("/name",)), **data)


def words(log) -> list:
    """All that can be opened, in the order of the facts."""
    size = log.size()
    found = [opening for at in range(1, size + 1) for opening in log.recorder.openings([at])]
    return [opening.value for opening in found if opening.salt]


def test_the_words_go_with_the_fact_that_says_so_and_the_rest_stays(log):
    record(log, person("p", "Ada Quill"), person("q", "Bo Reed"), decision("D1", outcome="approved"))
    before = log.root(4)
    record(log, erased("person:p", by_decision="decision:D1"))
    assert words(log) == ["Bo Reed"]
    (mark,) = log.openings(log.facts(1, 2)).values()
    assert (mark, type(mark)) == ("erased under @5 (D1)", Erased)
    assert log.root(4) == before


def test_without_a_path_that_fits_nothing_goes(log):
    record(log, person("p", "Ada Quill"))
    record(log, erased("person:p", 1, "/aliases"))
    assert words(log) == ["Ada Quill"]


def test_a_path_takes_everything_within_it_and_nothing_beside_it(log):
    record(log, decision("D1", text="one", options_rejected=["two", "three"], reasons="four"))
    record(log, erased("decision:D1", 1, "/options_rejected"))
    assert sorted(words(log)) == ["four", "one"]


def test_an_erased_person_loses_every_sealed_word_of_the_facts_that_are_cited(log):
    record(
        log,
        fact("person.registered", "person:p", name="Ada Quill", aliases=["A. Q."]),
        decision("D1", text="Ada Quill is to write to us"),
    )
    cited = [{"stream": "person:p", "n": 1}]
    record(log, fact("person.erased", "person:p", facts=cited))
    assert words(log) == ["Ada Quill is to write to us"]


def test_a_dry_run_erases_nothing(log):
    record(log, person("p", "Ada Quill"))
    import_facts(log, ImportFacts([line(erased("person:p"))], BY, NOW, dry_run=True, may_erase=True))
    assert words(log) == ["Ada Quill"]
    assert log.size() == 2


def test_a_file_that_says_so_erases_nothing(log):
    record(log, person("p", "Ada Quill"))
    with pytest.raises(Exception, match="only `decisionlog erase` records it"):
        import_facts(log, ImportFacts([line(erased("person:p"))], BY, NOW))
    assert words(log) == ["Ada Quill"]


def test_the_request_that_held_the_words_is_forgotten_and_others_are_not(log):
    first, second = person("p", "Ada Quill"), person("q", "Bo Reed")
    record(log, first)
    record(log, second)
    record(log, erased("person:p"))
    assert record(log, second).receipt.already
    assert not record(log, first).receipt.already


@pytest.mark.parametrize("held", ["person:q", "person:p", "log"], ids=["the thing", "the person", "the whole log"])
def test_a_hold_bars_it_and_is_named(log, held):
    whole = log.stands_at(1)[0]
    record(log, person("p", "Ada Quill"), person("q", "Bo Reed"))
    record(log, fact("record.hold_placed", whole if held == "log" else held, review_by="2027-01-31"))
    with pytest.raises(Refusal, match=r"a hold bars it \(@4\).*reviewed by 2027-01-31.*lift-hold @4"):
        record(log, erased("person:q", person="person:p"))
    assert words(log) == ["Ada Quill", "Bo Reed"]
    assert log.size() == 4


def test_a_hold_on_a_person_bars_erasing_what_a_fact_that_names_them_says(log):
    record(log, person("p", "Ada Quill"), decision("D1", people=["person:p"], text="Yes."))
    record(log, fact("record.hold_placed", "person:p"))
    with pytest.raises(Refusal, match="person:p, or in a fact that names them"):
        record(log, erased("decision:D1", 1, "/text"))
    assert words(log) == ["Ada Quill", "Yes."]


def test_a_hold_that_was_lifted_or_retracted_bars_nothing(log):
    record(log, person("p", "Ada Quill"))
    record(log, fact("record.hold_placed", "person:p"), fact("record.hold_placed", "person:p"))
    record(log, about("person:p", "record.hold_lifted", of=2), about("person:p", "record.retracted", of=3))
    record(log, erased("person:p"))
    assert words(log) == []


def test_a_hold_that_is_lifted_only_later_still_bars(log):
    record(log, person("p", "Ada Quill"), fact("record.hold_placed", "person:p"))
    later = (NOW + timedelta(days=30)).date().isoformat()
    record(log, {**about("person:p", "record.hold_lifted", of=2), "on": later})
    with pytest.raises(Refusal, match="a hold bars it"):
        record(log, erased("person:p"))


def test_without_holds_the_words_would_go(log, monkeypatch):
    """The twin: what the refusal protects from."""
    monkeypatch.setattr("decisionlog.store.erasing.holds_on", lambda *_: [])
    record(log, person("p", "Ada Quill"), fact("record.hold_placed", "person:p"))
    record(log, erased("person:p"))
    assert words(log) == []


def test_an_export_holds_nothing_of_it_and_an_older_vault_does_not_bring_it_back(log):
    record(log, person("p", "Ada Quill"), person("q", "Bo Reed"))
    older = list(export_openings(log, 3))
    record(log, erased("person:p"))
    assert [orjson.loads(one)["value"] for one in export_openings(log, 4)] == ["Bo Reed"]
    again = begin_from(MemoryRecorder(), export_lines(log), older)
    assert words(again) == ["Bo Reed"]
    assert again.root(4) == log.root(4)
    assert [str(one) for one in again.openings(again.facts(1, 2)).values()] == ["erased under @4"]


def test_an_older_vault_brings_back_what_the_facts_do_not_say_was_erased(log):
    """The twin: before the erasing fact, the same vault opens everything."""
    record(log, person("p", "Ada Quill"))
    older = list(export_openings(log, 2))
    record(log, erased("person:p"))
    again = begin_from(MemoryRecorder(), export_lines(log, 0, 2), older)
    assert words(again) == ["Ada Quill"]


def test_what_was_erased_is_told_from_the_facts_alone(log):
    record(log, proposal("P1", title="Beds"), corrected("proposal:P1", "/title", "Beds", "Beads"))
    record(log, erased("proposal:P1", 1, "/title"), erased("proposal:P1", 2, "/changes"))
    found = erasures(log)
    assert [(one.fact.position, [place.position for place in one.gone]) for one in found] == [(4, [2]), (5, [3, 3])]
    assert [one.fact.position for one in erasures(log, 4)] == [5]


def test_an_erasure_is_to_be_cleaned_up_after(log):
    record(log, person("p", "Ada Quill"))
    assert log.recorder.secret(UNCLEAN) is None
    record(log, erased("person:p"))
    assert log.recorder.secret(UNCLEAN) == b"3"
    log.recorder.clean()
    assert log.recorder.secret(UNCLEAN) is None
    assert words(log) == []


def test_what_was_given_out_is_remembered_in_its_order(log):
    first = Export("2026-06-01T10:00:00.000000Z", "clerk-1", "export", 12, "all", "words.jsonl")
    second = Export("2026-06-02T10:00:00.000000Z", "clerk-1", "disclose", 12, "some", to="FOI 118", opened=("abc",))
    for one in (first, second):
        log.recorder.note_export(one)
    assert log.recorder.exports() == [first, second]


def test_the_mark_is_not_the_value_of_any_commitment(log):
    record(log, person("p", "Ada Quill"))
    record(log, erased("person:p"))
    (opening,) = log.recorder.openings([2])
    assert (opening.salt, opening.value) == ("", "erased under @3")
    assert canonical(str(opening.value)) not in b"".join(export_openings(log, 3))
