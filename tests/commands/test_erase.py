"""What an erasure would take, what bars it, and the facts that say what went."""

from __future__ import annotations

import pytest

from decisionlog.commands.erase import Erase, erase, erase_again, plan
from decisionlog.domain.refusals import BadInput, Conflict, NotFound, Refusal
from decisionlog.store.batch import Export
from decisionlog.store.erasing import erasures
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.transfer import begin_from, export_lines, export_openings
from tests.scenario import (
    BY,
    NOW,
    about,
    assert_holds,
    corrected,
    decision,
    fact,
    new_log,
    person,
    proposal,
    record,
    stored,
)


@pytest.fixture
def log():
    """A log with a decision under which things may go."""
    made = new_log()
    record(made, decision("DISP/1", outcome="approved", text="Personal data of 2019 is to be destroyed."))
    return made


def asked(ref: str, **more) -> Erase:
    return Erase(**{"ref": ref, "under": "DISP/1", "reason": "asked for", "recorded_by": BY, "now": NOW, **more})


def going(log, ref: str, **more) -> list[tuple[int, str]]:
    """What a plan would take: position and path."""
    return [(value.position, value.path) for value in plan(log, asked(ref, **more)).going]


def do(log, ref: str, **more):
    request = asked(ref, **more)
    return erase(log, request, plan(log, request))


def test_of_a_person_everything_that_is_sealed_in_their_own_facts_goes(log):
    record(log, person("p", "Ada Quill"), fact("person.renamed", "person:p", name="Ada Reed", reason="married"))
    record(log, fact("interest.registered", "interest:i", by="person:p", nature="shares"))
    assert going(log, "p") == [(3, "/name"), (4, "/name"), (4, "/reason")]
    receipt = do(log, "p", legal_basis="uk-gdpr-art17")
    (said,) = stored(log, receipt.first - 1)
    cited = [{"stream": "person:p", "n": 1}, {"stream": "person:p", "n": 2}]
    wanted = {"facts": cited, "by_decision": "decision:DISP/1", "legal_basis": "uk-gdpr-art17", "reason": "asked for"}
    assert_holds(said, {"type": "person.erased", "stream": "person:p", "data": wanted})


def test_of_one_fact_what_stands_at_a_path_goes_and_is_named(log):
    record(log, decision("D1", title="Beds", text="Mrs Quill's bed", reasons="she asked"))
    assert going(log, "@3", paths=["/data/text"]) == going(log, "D1", paths=["text"]) == [(3, "/text")]
    receipt = do(log, "@3", paths=["/text"])
    (said,) = stored(log, receipt.first - 1)
    of = {"stream": "decision:D1", "n": 1}
    assert_holds(said, {"type": "record.value_erased", "of": of, "data": {"paths": ["/text"]}})
    assert going(log, "D1") == [(3, "/reasons"), (3, "/title")]


def test_what_a_correction_repeats_goes_with_what_it_corrected(log):
    record(log, decision("D1", title="Beds for Quill", text="Go ahead"))
    record(log, corrected("decision:D1", "/title", "Beds for Quill", "Beds for Mrs Quill"))
    record(log, corrected("decision:D1", "/text", "Go ahead", "Go"))
    assert going(log, "@3", paths=["/title"]) == [(3, "/title"), (4, "/changes/0/now")]
    assert going(log, "D1", paths=["/title"]) == [(3, "/title"), (4, "/changes/0/now")]


def test_a_sealed_part_goes_as_a_whole(log):
    record(log, decision("D1", value={"$private": [{"money": {"amount": 1, "currency": "GBP"}}]}))
    assert going(log, "@3", paths=["/value"]) == [(3, "/value")]


def test_who_recorded_it_by_its_source_can_go(log):
    record(log, {**proposal("P1"), "source": {"name": "minutes.docx", "recorded_by": "Ada Quill"}})
    assert going(log, "@3", paths=["/source/recorded_by"]) == [(3, "/source/recorded_by")]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/outcome", "is open there: it is part of what is proved, and stays"),
        ("/reasons", "is no sealed value there. Sealed in it: /text"),
    ],
)
def test_a_path_at_which_nothing_is_sealed_is_told(log, path, why):
    record(log, decision("D1", outcome="approved", text="Go ahead"))
    with pytest.raises(BadInput, match=why):
        plan(log, asked("@3", paths=[path]))


def test_the_same_words_elsewhere_are_found_and_stay_unless_they_are_asked_for(log):
    record(log, person("p", "Ada Quill"), decision("D1", text="It was ADA  QUILL's bed.", title="Quills"))
    record(log, fact("organisation.registered", "organisation:q", name="The Ada Quill Trust"))
    planned = plan(log, asked("p"))
    assert [(value.position, value.path) for value in planned.repeated] == [(4, "/text")]
    assert planned.in_the_open == (5,)
    assert going(log, "p", everywhere=True) == [(3, "/name"), (4, "/text")]
    receipt = do(log, "p", everywhere=True)
    assert [one["type"] for one in stored(log, receipt.first - 1)] == ["person.erased", "record.value_erased"]
    assert_holds(
        stored(log, receipt.first)[0], {"stream": "decision:D1", "data": {"person": "person:p", "paths": ["/text"]}}
    )


def test_what_went_already_is_told_and_nothing_goes_twice(log):
    record(log, person("p", "Ada Quill"))
    do(log, "p")
    planned = plan(log, asked("p"))
    assert (planned.going, planned.marks) == ((), ("erased under @4 (DISP/1)",))


def test_the_words_of_a_hold_and_of_an_erasure_stay_unless_they_are_named(log):
    record(log, person("p", "Ada Quill"), fact("record.hold_placed", "person:p", reason="an inquiry"))
    record(log, about("person:p", "record.hold_lifted", of=2, reason="it reported"))
    assert going(log, "p") == [(3, "/name")]
    assert going(log, "@4") == [(4, "/reason")]


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        ([decision("D2")], "is only cited here: what was decided is not recorded"),
        ([decision("D2", outcome="rejected")], r"its outcome is rejected \[3\]"),
        ([decision("D2", outcome="approved"), about("decision:D2", "decision.rescinded")], r"was rescinded"),
        ([decision("D2", outcome="approved"), about("decision:D2", "record.retracted")], "was retracted"),
    ],
    ids=["a stub", "rejected", "rescinded", "retracted"],
)
def test_what_decides_nothing_is_no_ground_to_destroy(log, plain, why):
    record(log, *plain)
    record(log, person("p", "Ada Quill"))
    with pytest.raises(Refusal, match=f"D2 .*{why}.*Nothing was erased"):
        plan(log, asked("p", under="D2"))


def test_a_decision_that_is_not_recorded_is_not_found(log):
    record(log, person("p", "Ada Quill"))
    with pytest.raises(NotFound):
        plan(log, asked("p", under="D9"))


def test_a_reason_is_wanted(log):
    record(log, person("p", "Ada Quill"))
    with pytest.raises(BadInput, match="give --reason"):
        plan(log, asked("p", reason=" "))


def test_a_hold_bars_it_before_anything_is_asked(log):
    record(log, person("p", "Ada Quill"), fact("record.hold_placed", "person:p"))
    with pytest.raises(Refusal, match="@4"):
        plan(log, asked("p"))


def test_a_hold_where_the_same_words_stand_bars_taking_them_too(log):
    record(log, person("p", "Ada Quill"), decision("D1", text="Ada Quill"), fact("record.hold_placed", "decision:D1"))
    assert going(log, "p") == [(3, "/name")]
    with pytest.raises(Refusal, match="decision:D1"):
        plan(log, asked("p", everywhere=True))


def test_a_hold_that_keeps_the_same_words_elsewhere_is_told_before_anything_goes(log):
    record(log, person("p", "Ada Quill"), decision("D1", text="Ada Quill"), fact("record.hold_placed", "decision:D1"))
    assert plan(log, asked("p")).held == (5,)
    record(log, about("decision:D1", "record.hold_lifted", of=2))
    assert plan(log, asked("p")).held == ()


def test_a_hold_on_a_person_keeps_the_words_in_which_their_name_stands(log):
    record(log, person("p", "Ada Quill"), fact("person.renamed", "person:p", name="Ada Reed"))
    record(log, decision("D1", text="As ADA  quill said."), decision("D2", text="Ada Reed agreed."))
    record(log, decision("D3", text="Nadia Quillan agreed."), fact("record.hold_placed", "person:p"))
    for ref in ("D1", "D2"):
        with pytest.raises(Refusal, match=r"person:p, or in a fact that names them, .* \(@8\)"):
            plan(log, asked(ref))
    assert going(log, "D3") == [(7, "/text")]
    record(log, about("person:p", "record.hold_lifted", of=3))
    assert going(log, "D1") == [(5, "/text")]


def test_a_hold_on_a_person_keeps_what_is_sealed_in_a_fact_that_names_them(log):
    spoke = [
        {"by": "person:p", "words": "came late"},
        {"by": "person:q", "words": "left early"},
        {"presence": "present", "words": "somebody"},
    ]
    record(log, person("p", "Ada Quill"), person("q", "Bo Reed"), fact("body.constituted", "body:b", name="Board"))
    held = fact("meeting.held", "meeting:M1", bodies=["body:b"], attendance=spoke, words="It opened.")
    record(log, {**held, "on": "2026-01-05"})
    record(log, fact("record.hold_placed", "person:p"))
    for path in ("/attendance/0/words", "/attendance/2/words", "/words"):
        with pytest.raises(Refusal, match="person:p, or in a fact that names them"):
            plan(log, asked("M1", paths=[path]))
    assert going(log, "M1", paths=["/attendance/1/words"]) == [(6, "/attendance/1/words")]


def test_a_hold_on_a_thing_keeps_the_names_of_those_whom_its_facts_name(log):
    record(log, person("p", "Ada Quill"), person("q", "Bo Reed"), decision("D1", people=["person:p"]))
    record(log, fact("record.hold_placed", "decision:D1"))
    with pytest.raises(Refusal, match="decision:D1, nor the name of person:p, whom it names, may be erased"):
        plan(log, asked("p"))
    assert going(log, "q") == [(4, "/name")]


def test_places_in_which_only_a_part_of_a_name_stands_are_told_and_stay(log):
    record(log, person("p", "Cllr Ada Quill-Feather"), decision("D1", text="Mrs. FEATHER's bed."))
    record(log, decision("D2", text="A featherbed for Ada; the Cllr agreed."), decision("FEATHER/1", title="A bed"))
    planned = plan(log, asked("p", everywhere=True))
    assert [value.position for value in planned.going] == [3]
    assert [(value.position, value.path) for value in planned.in_part] == [(4, "/text"), (5, "/text")]
    assert planned.in_part_unsealed == (6,)
    assert plan(log, asked("D1")).in_part == ()


def test_what_was_recorded_since_the_plan_stops_it(log):
    record(log, person("p", "Ada Quill"))
    request = asked("p")
    planned = plan(log, request)
    record(log, fact("record.hold_placed", "person:p"))
    with pytest.raises(Conflict):
        erase(log, request, planned)
    assert plan(log, asked("DISP/1", paths=["/text"])).going


def test_what_was_given_out_with_the_words_is_listed_and_nothing_else(log):
    record(log, person("p", "Ada Quill"))
    digest = plan(log, asked("p")).going[0].digest
    for words, size, opened in (
        ("all", 3, ()), ("all", 2, ()), ("none", 3, ()), ("some", 3, (digest,)), ("some", 3, ("other",)), ("open", 3, ()),
    ):  # fmt: skip
        log.recorder.note_export(Export("2026-06-01T10:00:00.000000Z", BY, "export", size, words, opened=opened))
    carried = plan(log, asked("p")).carried
    assert [(one.words, one.size) for one in carried] == [("all", 3), ("some", 3)]


def test_an_older_copy_is_brought_up_to_what_was_erased_since(log):
    record(log, person("p", "Ada Quill"), person("q", "Bo Reed"))
    older = begin_from(MemoryRecorder(), list(export_lines(log)), list(export_openings(log, log.size())))
    record(log, decision("D2", outcome="approved", text="more"), person("late", "Cy Late"))
    do(log, "p")
    do(log, "q", under="D2")
    do(log, "late")
    assert erase_again(older, erasures(log, older.size()), BY, NOW) == 2
    assert {type(value).__name__ for value in older.openings(older.facts(2, 4)).values()} == {"Erased"}
    first, second = stored(older, 4)
    assert_holds(
        first, {"of": {"stream": "person:p", "n": 1}, "data": {"by_decision": "decision:DISP/1", "paths": ["/name"]}}
    )
    assert "by_decision" not in second["data"]
    assert erase_again(older, erasures(log, 4), BY, NOW) == 0


def test_a_hold_of_the_older_copy_that_was_lifted_since_keeps_nothing(log):
    record(log, person("p", "Ada Quill"), fact("record.hold_placed", "person:p"))
    older = begin_from(MemoryRecorder(), list(export_lines(log)), list(export_openings(log, log.size())))
    record(log, about("person:p", "record.hold_lifted", of=2))
    do(log, "p")
    assert erase_again(older, erasures(log), BY, NOW) == 1
