"""Names: what a reference stands for, when two are one, and which key a new thing gets."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import Mistakes
from decisionlog.store.batch import Batch, Draft
from decisionlog.store.transfer import names_given
from tests.scenario import (
    BY,
    NOW,
    about,
    body,
    corrected,
    decision,
    fact,
    given,
    person,
    proposal,
    record,
    snapshot,
    stored,
)


@pytest.fixture
def begun(log):
    """A log with a body and a proposal that this body numbers."""
    record(
        log,
        body("nlb", ref="Northmoor Locality Board"),
        proposal("NLB/P14", issuer="body:nlb", title="Urgent response"),
    )
    return log


def reference(log, written):
    """What one written reference to a body is recorded as."""
    record(log, proposal(f"about {written}", sponsor=written))
    return stored(log)[-1]["data"]["sponsor"]


# Resolving


@pytest.mark.parametrize(
    "written",
    [
        "body:nlb",
        "body:NLB",
        "body:Northmoor Locality Board",
        "body:northmoor-locality  board",
        "body:NORTHMOOR—LOCALITY BOARD",
    ],
)
def test_a_reference_is_recorded_as_the_key_of_what_it_names(begun, written):
    assert reference(begun, written) == "body:nlb"


def test_old_and_new_references_lead_to_the_same_thing(begun):
    record(begun, fact("record.renumbered", "body:nlb", ref="Northmoor Place Board"))
    assert reference(begun, "body:northmoor place board") == "body:nlb"
    assert reference(begun, "body:Northmoor Locality Board") == "body:nlb"
    assert reference(begun, "body:nlb") == "body:nlb"


def test_facts_are_written_in_the_stream_that_their_reference_names(begun):
    given(log=begun).when(fact("proposal.deferred", "proposal:nlb/p14")).then(
        {"type": "proposal.deferred", "stream": "proposal:NLB/P14", "n": 2}
    )


def test_what_is_cited_may_be_opened_later_in_the_same_file(log):
    given(log=log).when(
        proposal("P1", sponsor="post:chief", authors=["person:p-014"]),
        fact("post.established", "post:chief"),
        person("p-014"),
    ).then("proposal.submitted", "post.established", "person.registered")


def test_a_stub_is_an_opening_with_nothing_but_its_reference(log):
    given(log=log).when(
        {"type": "decision.taken", "stream": "decision:OLD/1"}, fact("decision.taken", "decision:OLD/2", ref="OLD/2")
    ).then(
        {"type": "decision.taken", "stream": "decision:OLD/1", "data": {}},
        {"type": "decision.taken", "data": {"ref": "OLD/2"}},
    )


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        (proposal("P2", sponsor="body:nlbb"), "line 1: body:nlbb is not recorded here. Did you mean body:nlb?"),
        (
            proposal("P2", sponsor="body:zzz"),
            "body:zzz is not recorded here. Add it under bodies: in the scheme file, or open it with nothing but its ref.",
        ),
        (
            fact("proposal.deferred", "proposal:NLB/P15"),
            "proposal:NLB/P15 is not recorded here. Did you mean proposal:NLB/P14?",
        ),
        (about("proposal:NLB/P14", "record.retracted", of=3), "`of` names fact 3 of proposal:NLB/P14, which has 2."),
        (about("proposal:NLB/P15", "record.retracted"), "proposal:NLB/P15 is not recorded here."),
        (
            {**fact("record.retracted", "proposal:NLB/P14"), "of": {"stream": "body:nlb", "n": 1}},
            "is written in proposal:NLB/P14, but `of` names a fact of body:nlb",
        ),
        (decision("D1", links=[{"decision": "decision:D0", "link": "amends"}]), "decision:D0 is not recorded here."),
        (proposal("P2", related=[{"proposal": "P3", "link": "amends"}]), "proposal:P3 is not recorded here."),
    ],
)
def test_what_names_nothing_is_refused(begun, plain, sentence):
    given(log=begun).when(plain).refused(sentence)


def test_another_number_is_another_person_and_is_not_suggested(log):
    given(person("p-014"), person("ada"), log=log).when(proposal("P1", by="person:p-015")).refused(
        "person:p-015 is not recorded here. People are written by an opaque key: add one, such as p-012, under people: in the"
    )
    given(log=log).when(proposal("P1", by="person:adaa")).refused("Did you mean person:ada?")


def test_a_fact_may_cite_one_of_its_own_batch(log):
    given(log=log).when(
        proposal("P1"), fact("proposal.deferred", "proposal:P1"), about("proposal:P1", "record.retracted", of=2)
    ).then(
        "proposal.submitted", "proposal.deferred", {"type": "record.retracted", "of": {"stream": "proposal:P1", "n": 2}}
    )


def test_of_is_recorded_with_the_key(begun):
    given(log=begun).when({**fact("decision.taken", "decision:D1"), "of": "proposal:nlb/p14"}).then(
        {"type": "decision.taken", "of": {"stream": "proposal:NLB/P14", "n": 1}}
    )


def test_a_fact_before_the_one_that_opens_its_stream_is_refused(log):
    given(log=log).when(fact("proposal.deferred", "proposal:P1"), proposal("P1")).refused(
        "line 1: proposal.deferred is written in proposal:P1 before the fact that opens it."
    )


def test_every_wrong_reference_is_named_in_the_order_of_the_file(log):
    wrong = [proposal(f"P{number}", sponsor=f"body:b{number}") for number in range(1, 13)]
    refused = given(log=log).when(*wrong).refused("line 1: body:b1 is not recorded here.").refusal
    assert isinstance(refused, Mistakes)
    assert [mistake.place for mistake in refused.mistakes] == [f"line {number}" for number in range(1, 13)]


def test_ten_thousand_wrong_references_are_refused_at_once(begun):
    wrong = [proposal(f"P{number}", sponsor=f"body:nlb{number}") for number in range(10_000)]
    refused = given(log=begun).when(*wrong).refused("Did you mean body:nlb?").refusal
    assert len(refused.mistakes) == 10_000
    assert str(refused).splitlines()[-1] == "... and 9980 more."


# Equal references


def test_a_second_equal_reference_in_an_import_is_kept_beside_the_first(begun):
    given(log=begun).when(proposal("nlb/p14", issuer="body:nlb")).then(
        {"type": "proposal.submitted", "stream": "proposal:nlb/p14", "n": 1}
    ).noted("a second proposal 'nlb/p14'; kept beside the first")


def test_a_taken_key_gets_a_number(log):
    given(proposal("P1"), log=log).when(proposal("P1"), proposal("P1")).then(
        {"type": "proposal.submitted", "stream": "proposal:P1~2"},
        {"type": "proposal.submitted", "stream": "proposal:P1~3"},
    )
    given(log=log).when(fact("proposal.deferred", "proposal:P1~2"), fact("proposal.deferred", "proposal:P1")).then(
        {"type": "proposal.deferred", "stream": "proposal:P1~2", "n": 2},
        {"type": "proposal.deferred", "stream": "proposal:P1", "n": 2},
    )


def test_a_reference_that_fits_several_things_names_them(log):
    given(proposal("P 1"), proposal("P-1"), log=log).when(fact("proposal.deferred", "proposal:p  1")).refused(
        "'proposal:p  1' fits several things: proposal:P 1, proposal:P-1. Write the one that is meant."
    )


def test_equal_references_of_different_issuers_are_two_things(log):
    given(body("a"), body("b"), proposal("one", ref="26/1", issuer="body:a"), log=log)
    imported = given(log=log).when(proposal("two", ref="26/1", issuer="body:b")).then("proposal.submitted").imported
    assert imported.notes == []


@pytest.mark.parametrize("written", ["body:nlb", "body:NLB", "body:Northmoor locality board"])
def test_an_issuer_is_one_however_it_is_written(begun, written):
    given(log=begun).when(proposal("other key", ref="NLB/P14", issuer=written)).then("proposal.submitted").noted(
        "a second proposal"
    )


def test_an_issuer_may_be_opened_later_in_the_same_file(log):
    given(log=log).when(
        proposal("one", ref="26/1", issuer="body:NLB"), body("nlb"), proposal("two", ref="26/1", issuer="body:nlb")
    ).then("proposal.submitted", "body.constituted", "proposal.submitted").noted("a second proposal '26/1'")


def test_a_body_may_number_itself(log):
    given(log=log).when(body("nlb", issuer="body:NLB")).then(
        {"type": "body.constituted", "data": {"issuer": "body:nlb"}}
    )


def draft(stream, **data):
    return Draft("proposal.submitted", stream, data, opens=True, place="line 1")


@pytest.mark.parametrize(
    ("drafts", "sentence"),
    [
        ([draft("proposal:nlb/p14", issuer="body:nlb")], "proposal 'nlb/p14' is already recorded at position 3."),
        ([draft("proposal:P9"), draft("proposal:p9")], "proposal 'p9' is already recorded earlier in this input."),
    ],
)
def test_typed_one_at_a_time_a_second_equal_reference_is_refused(begun, drafts, sentence):
    for one in drafts:
        one.slots = [(one.data, "issuer")] if "issuer" in one.data else []
    before = snapshot(begun)
    with pytest.raises(Mistakes) as refused:
        begun.record(Batch(drafts, BY, NOW))
    assert sentence in str(refused.value)
    assert "Record what happened to it since, or correct it." in str(refused.value)
    assert snapshot(begun) == before


# Renumbering


def test_a_reference_that_is_taken_cannot_be_given_again(begun):
    given(proposal("P2"), log=begun).when(fact("record.renumbered", "proposal:P2", ref="p2")).then("record.renumbered")
    given(proposal("P3"), log=begun).when(fact("record.renumbered", "proposal:P2", ref="P3")).refused(
        "proposal 'P3' is already the reference of proposal:P3."
    )


def test_a_reference_that_is_given_cannot_be_sealed(begun):
    given(log=begun).when(fact("record.renumbered", "proposal:NLB/P14", ref={"$private": "P9"})).refused(
        "cannot be sealed"
    )


def test_what_opens_may_have_a_sealed_reference_and_is_found_by_its_key(log):
    given(log=log).when(fact("proposal.submitted", "proposal:k1", ref={"$private": "P9"}, title="x")).then(
        "proposal.submitted"
    )
    given(log=log).when(fact("proposal.deferred", "proposal:k1")).then({"type": "proposal.deferred", "n": 2})
    given(log=log).when(fact("proposal.deferred", "proposal:P9")).refused("proposal:P9 is not recorded here")


# Look-alikes


@pytest.mark.parametrize("ref", ["\u0420\u0415\u0420 484", "P\u0395P-484", "\u0440ep 484"])
def test_a_reference_in_letters_that_only_look_the_same_is_refused(log, ref):
    given(proposal("PEP 484"), log=log).when(proposal(ref)).refused(
        "looks like the proposal 'pep 484' that is recorded already, but is written with letters of another script"
    )


def test_a_reference_in_another_script_that_looks_like_nothing_recorded_is_taken(log):
    given(proposal("PEP 484"), log=log).when(
        proposal("\u041f\u0420\u041e\u0415\u041a\u0422 7"), proposal("Gŵyl 1")
    ).then("proposal.submitted", "proposal.submitted")


# Meetings


def test_a_meeting_that_was_called_is_held_in_the_same_stream(log):
    held = {"type": "meeting.held", "stream": "meeting:m1", "on": "2026-03-12", "data": {"bodies": ["body:nlb"]}}
    given(body("nlb"), fact("meeting.called", "meeting:m1", ref="12 March"), log=log).when(held).then(
        {"type": "meeting.held", "stream": "meeting:m1", "n": 2}
    )


def test_a_meeting_is_called_again_of_the_first_call(log):
    called = fact("meeting.called", "meeting:m1")
    given(called, log=log).when({**called, "of": {"stream": "meeting:m1", "n": 1}}).then(
        {"type": "meeting.called", "n": 2}
    )
    given(log=log).when(called, again=True).then({"type": "meeting.called", "stream": "meeting:m1~2", "n": 1})


# What other stores and exports must find too


def test_the_names_are_those_that_the_facts_give(log):
    record(
        log,
        body("nlb", ref="Locality Board"),
        proposal("k1", ref="26/1", issuer="body:NLB"),
        fact("record.renumbered", "proposal:k1", ref="26/2"),
        proposal("k1"),
        fact("proposal.submitted", "proposal:k1", ref={"$private": "26/3"}),
        proposal("k2", ref="K 2"),
    )
    from_the_facts = sorted(name for each in log.facts() for name in names_given(each))
    kept = [name for kind in ("log", "body", "proposal") for name in log.recorder.names_of_kind(kind, 99)]
    assert sorted(kept) == from_the_facts
    assert {name.issuer for name in kept} == {"", "body:nlb"}


def test_a_sealed_reference_given_from_beside_is_refused(begun):
    sealed = Draft("record.renumbered", "proposal:NLB/P14", {"ref": {"$private": "x"}}, place="line 1")
    with pytest.raises(Mistakes, match=r"line 1: a reference cannot be sealed: it is what people call the thing."):
        begun.record(Batch([sealed], BY, NOW))


def test_the_opening_of_the_log_cannot_be_retracted(log):
    stream = "log:northmoor.example/decisions"
    given(log=log).when(about(stream, "record.retracted")).refused("the opening of the log cannot be retracted")


def test_a_reference_without_a_kind_names_the_one_thing_that_is_called_so(begun):
    given(log=begun).when(proposal("P 15", sponsor="NLB")).then(
        {"data": {"sponsor": "body:nlb"}, "type": "proposal.submitted"}
    )


def test_a_reference_without_a_kind_may_name_what_the_same_batch_opens(begun):
    given(log=begun).when(proposal("P 15", sponsor="cabinet"), body("cabinet")).then(
        {"data": {"sponsor": "body:cabinet"}, "type": "proposal.submitted"}, "body.constituted"
    )


def test_a_reference_without_a_kind_that_fits_several_things_lists_them(begun):
    several = (body("finance"), fact("post.established", "post:finance", ref="finance"))
    given(*several, log=begun).when(proposal("P 15", sponsor="finance")).refused(
        "'finance' fits several things: body:finance, post:finance. Write the one that is meant."
    )


def test_a_reference_without_a_kind_that_nothing_has_is_told_what_is_near(begun):
    given(log=begun).when(proposal("P 15", sponsor="nlbb")).refused(
        "'nlbb' is not recorded here, as body, post, person or organisation. Did you mean body:nlb?"
    )
    given(log=begun).when(proposal("P 15", sponsor="zzzz")).refused(
        "Add it to the scheme file, or write one that is here; with its kind it is organisation:zzzz."
    )


def test_cited_facts_inside_data_are_resolved_too(begun):
    taken = fact("proposal.position_taken", "proposal:NLB/P14", position="support")
    again = fact(
        "proposal.position_taken",
        "proposal:NLB/P14",
        position="object",
        replaces={"stream": "proposal:nlb/p14", "n": 2},
    )
    given(taken, log=begun).when(again).then(
        {"type": "proposal.position_taken", "data": {"replaces": {"stream": "proposal:NLB/P14", "n": 2}}}
    )
    wrong = fact("proposal.position_taken", "proposal:NLB/P14", replaces={"stream": "proposal:P99", "n": 1})
    given(log=begun).when(wrong).refused("proposal:P99 is not recorded here")


def test_a_correction_of_a_reference_is_resolved(begun):
    given(log=begun).when(corrected("proposal:nlb/p14", "/sponsor", now="body:NLB")).then(
        {"type": "record.corrected", "data": {"changes": [{"path": "/sponsor", "now": "body:nlb"}]}}
    )
