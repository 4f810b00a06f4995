from __future__ import annotations

import pytest

from decisionlog.commands.correct import target
from decisionlog.domain.refusals import BadInput, Conflict, NotFound, Refusal
from tests.commands.acting import acted, asked
from tests.scenario import about, body, decision, empty_the_vault, fact, proposal

D1 = "decision:D1"
TAKEN = decision("D1", title="Winter bedz", outcome="approved", options_rejected=["none", "fewer"])


def corrected(*changes, ref="D1", **more):
    return asked("record.corrected", ref, changes=[dict(change) for change in changes], **more)


TITLE = {"path": "/title", "now": "Winter beds"}


def test_what_stands_there_is_found_and_written_down():
    acted(TAKEN).when(corrected(TITLE)).then(
        "record.corrected", stream=D1, of={"stream": D1, "n": 1}, changes=[{**TITLE, "was": "Winter bedz"}]
    )


def test_the_day_is_corrected_too():
    change = {"path": "/on", "now": "2026-03-19"}
    acted(TAKEN).when(corrected(change)).then("record.corrected", changes=[{**change, "was": "2026-03-20"}])


def test_what_was_not_recorded_has_no_was():
    change = {"path": "/item", "now": "4"}
    acted(TAKEN).when(corrected(change)).then("record.corrected", changes=[change])


def test_a_correction_of_a_correction_goes_on_from_what_stands():
    case = acted(TAKEN, corrected(TITLE))
    case.when(corrected({"path": "/title", "now": "Winter beds 2026"})).then(
        "record.corrected", changes=[{"path": "/title", "was": "Winter beds", "now": "Winter beds 2026"}]
    )


def test_several_fields_and_one_entry_of_a_list_at_once():
    changes = [{"path": "/outcome", "now": "noted"}, {"path": "/options_rejected/1", "now": "more"}]
    acted(TAKEN).when(corrected(*changes)).then(
        "record.corrected", changes=[{**changes[0], "was": "approved"}, {**changes[1], "was": "fewer"}]
    )


def test_a_field_is_struck():
    acted(TAKEN).when(corrected({"path": "/title"})).then(
        "record.corrected", changes=[{"path": "/title", "was": "Winter bedz"}]
    )
    acted(TAKEN).when(corrected({"path": "/item"})).refused("/item of D1 is not recorded", Refusal)


def test_another_fact_than_the_first_is_named_by_its_place():
    case = acted(TAKEN, fact("decision.published", D1, channel="wesbite"))
    change = {"path": "/channel", "now": "website"}
    case.when(corrected(change, fact=3)).then(
        "record.corrected", of={"stream": D1, "n": 2}, changes=[{**change, "was": "wesbite"}]
    )
    change = {"path": "/channel", "now": "post"}
    case.when(corrected(change, ref="@3")).then("record.corrected", of={"stream": D1, "n": 2})
    case.when(corrected(change, fact=1)).refused("@1 is not a fact of D1", NotFound)


def test_a_was_that_is_not_what_stands_is_a_conflict():
    acted(TAKEN).when(corrected({**TITLE, "was": "Winter"})).refused(
        "title was 'Winter', but it stands as 'Winter bedz'", Conflict
    )
    acted(TAKEN).when(corrected({**TITLE, "was": "Winter bedz"})).then("record.corrected")


def test_what_says_so_already_needs_no_correction():
    acted(TAKEN).when(corrected({**TITLE, "now": "Winter bedz"})).refused("/title of D1 says so already", Refusal)


def test_a_field_that_the_fact_does_not_have_is_refused():
    log = acted(TAKEN).log
    with pytest.raises(BadInput, match=r"/titel is not a field of decision\.taken"):
        target(log, "D1").field("/titel")


def test_what_was_erased_cannot_be_corrected():
    log = acted(TAKEN).log
    empty_the_vault(log)
    with pytest.raises(Refusal, match="What stands at /title cannot be read here"):
        target(log, "D1").stands("/title")


def retracted(ref="D1", **more):
    return asked("record.retracted", ref, reason="the wrong file", **more)


def test_a_retraction_names_the_fact_that_opened_the_thing_or_another():
    case = acted(TAKEN, fact("decision.published", D1))
    case.when(retracted("@3")).then("record.retracted", stream=D1, of={"stream": D1, "n": 2})
    case.when(retracted()).then("record.retracted", stream=D1, of={"stream": D1, "n": 1})


def test_a_fact_is_retracted_once():
    case = acted(TAKEN, retracted())
    case.when(retracted()).refused("@2 of D1 was retracted already [3]", Refusal)
    case.when(retracted(again=True)).then("record.retracted")


def test_what_was_restored_can_be_retracted_again():
    acted(TAKEN, retracted(), about(D1, "record.retracted", of=2)).when(retracted()).then("record.retracted")


def test_whatever_is_recorded_can_be_corrected():
    case = acted(body("nlb", name="Loclity Board"), proposal("P1"))
    case.when(corrected({"path": "/name", "now": "Locality Board"}, ref="nlb")).then(
        "record.corrected", stream="body:nlb"
    )
