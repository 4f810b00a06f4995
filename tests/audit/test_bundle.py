from __future__ import annotations

import json
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisionlog.audit import bundle, keys, verify
from decisionlog.audit.verify import Malformed, Mismatch
from tests.audit.small_logs import (
    COSIGNED_AT,
    DECISION,
    DELEGATION,
    GRANT,
    LOG_KEY,
    OTHER,
    REVOKED,
    TAKEN,
    WITNESS_KEY,
    SmallLog,
    bundle_of,
    canonical,
    fact,
    five_facts,
    opening,
    salt_of,
    sealed,
    the_vector,
)

VECTOR = the_vector()
KEYS = (LOG_KEY.key, WITNESS_KEY.key)
SOUND = (
    "SOUND: the 4 facts in it are those of the checkpoint of 5 facts of northmoor.example/decisions; "
    "signed by northmoor.example/decisions."
)
HOSTILE = '\x1b]0;owned\x07\x1b[2J\u202egnp.exe\u2066\u200b\r\nSOUND: all is well \\u001b "quoted"'


def judged(raw: bytes, *given: verify.Key, by=KEYS) -> list[str]:
    """What the verifier says of a bundle. Raises `Malformed` and `Mismatch`."""
    return list(verify.verified_bundle(raw, given or by))


def refused(raw: bytes) -> str:
    """Why the verifier refuses a bundle."""
    with pytest.raises((Malformed, Mismatch)) as why:
        judged(raw)
    return str(why.value)


def changed(change, raw: bytes = VECTOR) -> bytes:
    """A bundle, canonical again after it was changed."""
    whole = json.loads(raw)
    change(whole)
    return canonical(whole) + b"\n"


def hand_made(log: SmallLog, *entries: dict, decision: str = DECISION, openings=()) -> bytes:
    """A bundle that nobody checked: what a forger would write, its chain of authority as the facts give it."""
    shown = [verify._shown_fact(entry) for entry in entries]
    whole = {
        "authority": verify.authority_of(decision, shown),
        "checkpoint": log.checkpoint.decode(),
        "decision": decision,
        "facts": entries,
        "format": verify.BUNDLE,
        "openings": [each._asdict() for each in openings],
    }
    return canonical(whole) + b"\n"


# What a sound bundle says


def test_a_bundle_says_what_its_facts_say_each_with_its_positions():
    root = five_facts().text.split()[2]
    assert judged(VECTOR) == [
        SOUND,
        "Cosigned by witness.example/trust at 2026-03-20T09:46:40Z.",
        f'The log "Northmoor" had 5 facts then, and the root {b64decode(root).hex()} [1].',
        'The decision decision:NLB/25-26/031 is called "NLB/25-26/031" [3].',
        'Title: "Urgent community response" [3].',
        'Outcome: "approved" [3].',
        'Decided by: "body:place-committee" [3].',
        'People: "person:p-017" [3].',
        'On behalf of: "organisation:northmoor-icb" [3].',
        "Text: withheld [3].",
        "Amount: not recorded [3].",
        'Relied on: "delegation:SORD-7.2", for "organisation:northmoor-icb"; legal basis: not recorded [3].',
        "When: 2026-03-12; recorded at 2026-03-13T09:30:00.000000Z by secretariat-1 [3].",
        "Positions: none of a partner is shown in it.",
        (
            "Authority, step 0: delegation:SORD-7.2, delegation.granted, "
            "from organisation:northmoor-icb to body:place-committee; "
            'legal basis: "nhsa2006-sch1B"; limits: up to GBP 500,000.00 [2].'
        ),
        "Also of delegation:SORD-7.2: delegation.revoked, 2026-03-31 [5].",
        "It cannot show whether more was recorded of these things after the last of their facts in it.",
        "Of 4 sealed values 1 are opened here, 3 are withheld.",
    ]


def test_without_a_key_the_first_line_says_that_the_signer_was_not_checked():
    first, log, witness, *rest = verify.verified_bundle(VECTOR)
    assert first == (
        "CONSISTENT: the 4 facts in it are those of the checkpoint of 5 facts of northmoor.example/decisions; "
        "signer not checked."
    )
    assert log == "Not checked: a signature by northmoor.example/decisions (c57af98d), whose key was not given."
    assert witness == "Not checked: a signature by witness.example/trust (429020fa), whose key was not given."
    assert rest == judged(VECTOR)[2:]


def test_a_key_that_did_not_sign_makes_it_not_sound():
    other = keys.new_signer("northmoor.example/decisions").key
    with pytest.raises(Mismatch, match="no signature on the checkpoint is by a key that was given"):
        judged(VECTOR, other)


def test_a_key_that_is_known_for_another_log_cannot_sign_for_this_one():
    other = keys.new_signer("other.example/decisions")
    forged = bundle_of(SmallLog(GRANT, TAKEN, signer=other))
    with pytest.raises(Mismatch, match="no signature on the checkpoint is by a key that was given"):
        judged(forged, LOG_KEY.key, other.key)


def test_nothing_is_said_of_a_bundle_before_all_of_its_signatures_are_checked():
    at = VECTOR.index(b"QpAg+gAAAAB") + len("QpAg+gAAAAB")
    altered = VECTOR[:at] + b"q" + VECTOR[at + 1 :]
    with pytest.raises(Mismatch, match="the cosignature does not match the key"):
        next(verify.verified_bundle(altered, KEYS))


def test_what_became_of_the_decision_and_what_was_corrected_is_told():
    changes = [{"now": "noted", "path": "/outcome", "was": "approved"}]
    corrected = fact("record.corrected", DECISION, 2, {"changes": changes}, on="2026-04-02")
    rescinded = fact("decision.rescinded", DECISION, 3, {"changes": changes}, on="2026-05-01")
    said = judged(bundle_of(SmallLog(GRANT, TAKEN, corrected, rescinded)))
    assert 'Of the decision since: record.corrected, 2026-04-02; /outcome was "approved", now "noted" [4].' in said
    assert "Of the decision since: decision.rescinded, 2026-05-01 [5]." in said


def test_the_chain_goes_up_to_the_duty_and_the_law():
    granted = deepcopy(GRANT)
    granted["data"]["delegator"] = "body:board"
    constituted = fact("body.constituted", "body:board", 1, {"parents": [{"parent": "organisation:northmoor-icb"}]})
    placed = fact("function.duty_placed", "function:urgent-care", 1, {"holder": "organisation:northmoor-icb"})
    heir = fact(
        "organisation.succeeded",
        "organisation:ccg",
        1,
        {"successors": [{"organisation": "organisation:northmoor-icb"}]},
    )
    raw = bundle_of(SmallLog(placed, heir, constituted, granted, TAKEN, OTHER))
    assert verify.read_bundle(raw).authority == ((5,), (4,), (2, 3))
    said = judged(raw)
    assert (
        "Authority, step 2: function:urgent-care, function.duty_placed, from the law to organisation:northmoor-icb; "
        "legal basis: not recorded [2]." in said
    )
    assert "Evidence: proposal:P-15: proposal.submitted [7]." in said


def position(n, partner, taken, **more) -> dict:
    said = {"on_behalf_of": [f"organisation:{partner}"], "position": taken, "version": "2", **more}
    return fact("proposal.position_taken", "proposal:P-14", n, said)


def test_who_agreed_who_objected_and_on_what_condition_is_told_of_the_facts_that_say_it():
    condition = {"falls_to": ["organisation:icb"], "id": "C1", "words": sealed("money")}
    objected = position(3, "alliance", "object", by="person:p-013", words=sealed("no plan for carers"))
    log = SmallLog(
        GRANT,
        TAKEN,
        fact("proposal.submitted", "proposal:P-14", 1, {}),
        position(2, "council", "abstain"),
        objected,
        position(4, "trust", "support-with-conditions", conditions=[condition]),
        position(5, "gps", "support"),
        fact("proposal.position_withdrawn", "proposal:P-14", 6, {}, of={"n": 5, "stream": "proposal:P-14"}),
    )
    said = judged(bundle_of(log, openings=[opening(log, 6, "no plan for carers")]))
    begins = said.index(next(line for line in said if line.startswith("Agreed")))
    assert said[begins : begins + 4] == [
        (
            'Agreed: "organisation:trust": "support-with-conditions", on version "2" of proposal:P-14; '
            'on condition "C1": withheld, falling to "organisation:icb" [7].'
        ),
        (
            'Agreed: "organisation:gps": "support", on version "2" of proposal:P-14; '
            "since then: proposal.position_withdrawn [9] [8]."
        ),
        (
            'Objected: "organisation:alliance", by "person:p-013": "object", saying "no plan for carers", '
            'on version "2" of proposal:P-14 [6].'
        ),
        'Neither agreed nor objected: "organisation:council": "abstain", on version "2" of proposal:P-14 [5].',
    ]


def test_a_position_that_another_replaced_is_told_with_the_one_that_did():
    again = position(3, "council", "object", replaces={"n": 2, "stream": "proposal:P-14"})
    submitted = fact("proposal.submitted", "proposal:P-14", 1, {})
    said = judged(bundle_of(SmallLog(GRANT, TAKEN, submitted, position(2, "council", "support"), again)))
    (agreed,) = (line for line in said if line.startswith("Agreed"))
    assert agreed.endswith("since then: proposal.position_taken [6] [5].")


def test_a_disagreement_is_told_with_what_became_of_it():
    raised = {"about": ["proposal:P-14"], "grounds": sealed("no plan"), "on_behalf_of": ["organisation:alliance"]}
    overruled = {"by_decision": DECISION, "who": "body:place-committee"}
    log = SmallLog(
        GRANT,
        TAKEN,
        fact("disagreement.raised", "disagreement:D-4", 1, raised),
        fact("disagreement.overruled", "disagreement:D-4", 2, overruled, on="2026-03-12"),
    )
    said = judged(bundle_of(log))
    assert (
        'Disagreement: disagreement:D-4, of "organisation:alliance", about "proposal:P-14"; grounds: withheld [4].'
        in said
    )
    assert (
        'Of disagreement:D-4 since: disagreement.overruled, 2026-03-12; who: "body:place-committee"; '
        f'by "{DECISION}" [5].' in said
    )


def test_amounts_limits_and_votes_are_told_and_what_was_corrected_in_them():
    taken, granted = deepcopy(TAKEN), deepcopy(GRANT)
    taken["data"]["value"] = [{"money": {"amount": 45000050, "currency": "GBP"}, "recurrence": "recurrent"}]
    taken["data"]["votes"] = {
        "counts": {"against": 1, "in_favour": 4},
        "named": [{"on_behalf_of": ["organisation:council"], "vote": "against"}],
        "result": "majority",
    }
    granted["data"]["limits"] = [{"money": {"amount": 5, "currency": "GBP"}, "operator": "<", "per": "decision"}]
    granted["data"]["scope"] = [{"function": "function:urgent-care"}]
    changes = [{"now": 54000000, "path": "/value/0/money/amount", "was": 45000050}]
    corrected = fact(
        "record.corrected", DECISION, 2, {"changes": changes}, of={"n": 1, "stream": DECISION}, on="2026-04-02"
    )
    varied = fact("delegation.varied", DELEGATION, 2, {"limits": []}, on="2026-04-03")
    said = judged(bundle_of(SmallLog(granted, taken, corrected, varied)))
    assert 'Amount: GBP 450,000.50, "recurrent", corrected by [4] [3].' in said
    assert (
        "Of the decision since: record.corrected, 2026-04-02; "
        "/value/0/money/amount was 450,000.50, now 540,000.00 [4]." in said
    )
    assert 'Votes: the result "majority"; against 1, in favour 4; "organisation:council": "against" [3].' in said
    assert any(
        '; over: function:urgent-care; limits: less than GBP 0.05 for each "decision" [2].' in one for one in said
    )
    assert f"Also of {DELEGATION}: delegation.varied, 2026-04-03; limits: said to be none [5]." in said


def test_at_each_step_of_the_authority_the_law_and_the_clause_stand_or_that_they_are_not_recorded():
    parent = {"clause": "7.1", "instrument": "instrument:sord", "legal_basis": "nhsa2006-s65Z5"}
    parents = [{"parent": "organisation:icb", **parent}, {"parent": "organisation:council"}]
    committee = fact("body.constituted", "body:place-committee", 1, {"parents": parents})
    said = judged(bundle_of(SmallLog(GRANT, TAKEN, committee)))
    (step,) = (line for line in said if "body.constituted" in line)
    assert step.endswith(
        'legal basis: "nhsa2006-s65Z5"; under "instrument:sord", clause "7.1"; legal basis: not recorded [4].'
    )


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (COSIGNED_AT, "2026-03-20T09:46:40Z"),
        (0, "1970-01-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
        (253_402_300_800, "253402300800 (seconds since 1970)"),
        (2**64 - 1, "18446744073709551615 (seconds since 1970)"),
    ],
)
def test_a_time_of_a_cosignature_is_told_as_people_write_it(seconds, told):
    assert verify.time_of(seconds) == told


def test_what_a_thing_is_called_is_told_by_the_fact_that_set_it_up():
    committee = fact("body.constituted", "body:place-committee", 1, {"name": "Place Committee", "parents": []})
    sealed_name = fact("person.registered", "person:p-017", 1, {"name": sealed("Ann Other")})
    said = judged(bundle_of(SmallLog(GRANT, TAKEN, committee, sealed_name)))
    assert 'body:place-committee is called "Place Committee" [4].' in said
    assert not any(line.startswith(("person:p-017 is called", "log:northmoor is called")) for line in said)


def test_where_no_delegation_was_relied_on_the_chain_begins_with_what_whoever_decided_was_given():
    taken = deepcopy(TAKEN)
    del taken["data"]["authority"]
    placed = fact("function.duty_placed", "function:urgent-care", 1, {"holder": "body:place-committee"})
    assert verify.read_bundle(bundle_of(SmallLog(taken, placed))).authority == ((3,),)
    assert verify.read_bundle(bundle_of(SmallLog(taken))).authority == ()
    assert "Authority: no fact in it gives power to whoever decided." in judged(bundle_of(SmallLog(taken)))


@pytest.mark.parametrize(
    ("type_", "data", "givers", "receivers"),
    [
        ("delegation.granted", {"delegator": "a:1", "on_behalf_of": ["b:1"], "delegates": ["c:1"]}, ["a:1"], ["c:1"]),
        (
            "delegation.granted",
            {"on_behalf_of": ["b:1", "b:2"], "delegates": ["c:1", "c:2"]},
            ["b:1", "b:2"],
            ["c:1", "c:2"],
        ),
        ("function.duty_placed", {"holder": "a:1"}, [], ["a:1"]),
        ("body.constituted", {"parents": [{"parent": "a:1"}, {"parent": "a:2"}]}, ["a:1", "a:2"], ["x:1"]),
        ("body.reconstituted", {"parents": [{"parent": "a:1"}]}, ["a:1"], ["x:1"]),
        ("body.parents_changed", {"parents_joined": [{"parent": "a:1"}], "parents_left": ["a:2"]}, ["a:1"], ["x:1"]),
        ("post.established", {"organisation": "a:1", "jointly_with": ["a:2"]}, ["a:1", "a:2"], ["x:1"]),
        ("organisation.succeeded", {"successors": [{"organisation": "a:1"}]}, ["x:1"], ["a:1"]),
        ("body.member_appointed", {"member": "a:1", "delegates": ["c:1"]}, [], []),
    ],
)
def test_who_gave_to_whom_is_read_from_each_type_that_gives(type_, data, givers, receivers):
    assert verify.gave(fact(type_, "x:1", 1, data)) == (givers, receivers)


def test_a_chain_is_followed_for_64_steps_and_no_further():
    steps = [fact("body.constituted", f"body:{n}", 1, {"parents": [{"parent": f"body:{n + 1}"}]}) for n in range(70)]
    taken = deepcopy(TAKEN)
    taken["data"] |= {"decision_makers": ["body:0"], "authority": []}
    assert verify.read_bundle(bundle_of(SmallLog(taken, *steps))).authority == tuple((n + 3,) for n in range(64))


def test_a_delegation_that_nobody_names_and_to_nobody_who_is_sought_is_in_no_chain():
    other = deepcopy(GRANT)
    other["stream"] = "delegation:other"
    other["data"]["delegates"] = ["body:another"]
    assert verify.read_bundle(bundle_of(SmallLog(GRANT, TAKEN, other))).authority == ((2,),)


def test_givers_that_go_in_a_circle_end():
    back = deepcopy(GRANT)
    back["data"] |= {"delegates": ["organisation:northmoor-icb"], "delegator": "body:place-committee"}
    back["stream"] = "delegation:back"
    assert verify.read_bundle(bundle_of(SmallLog(GRANT, back, TAKEN))).authority == ((2,), (3,))


# What is hidden in it


def test_a_withheld_fact_is_proved_to_be_there_and_says_nothing():
    log = five_facts()
    lines = {**{position: log.lines[position] for position in (1, 2, 3, 5)}, 4: bundle.withheld(log.lines[4])}
    raw = bundle.written(DECISION, lines, (), log.checkpoint, log.path)
    assert "Withheld: 1 fact, of which it is proved that it is there, and not what it says [4]." in judged(raw)
    assert b"P-15" not in raw


def test_a_gap_in_a_stream_is_told_where_a_withheld_fact_may_fill_it():
    log = five_facts()
    entries = [log.entry(1), log.entry(2, bundle.withheld(log.lines[2])), log.entry(3), log.entry(5)]
    said = judged(hand_made(log, *entries))
    assert "NOT SHOWN: fact 1 of delegation:SORD-7.2; it may be among those that are withheld." in said


def test_a_fact_that_is_withheld_elsewhere_does_not_pay_for_a_gap():
    published, rescinded = fact("decision.published", DECISION, 2, {}), fact("decision.rescinded", DECISION, 3, {})
    log = SmallLog(OTHER, GRANT, TAKEN, published, rescinded)
    before, after = (log.entry(at, bundle.withheld(log.lines[at])) for at in (2, 5))
    first, grant, taken, last = (log.entry(at) for at in (1, 3, 4, 6))
    judged(hand_made(log, first, grant, taken, after, last))
    assert "it is fact 3 of" in refused(hand_made(log, first, before, grant, taken, last))


def test_a_name_beyond_ascii_is_not_canonical():
    with pytest.raises(Malformed, match="canonical"):
        verify.plain('{"é":1}'.encode())


def test_a_delegation_that_is_withheld_whole_is_told():
    log = SmallLog(GRANT, TAKEN)
    said = judged(hand_made(log, log.entry(1), log.entry(2, bundle.withheld(log.lines[2])), log.entry(3)))
    told = "NOT SHOWN: delegation:SORD-7.2, on which the decision rests; it may be among those that are withheld."
    assert told in said


def test_what_was_erased_is_told_with_the_fact_that_says_so():
    erased = fact("record.value_erased", DECISION, 2, {"paths": ["/text"]}, of={"n": 1, "stream": DECISION})
    said = judged(bundle_of(SmallLog(GRANT, TAKEN, erased)))
    assert "Text: erased under [4] [3]." in said
    assert "1 were erased, as the log records [4]." in said
    assert "Of 3 sealed values 0 are opened here, 2 are withheld." in said


def test_an_opening_of_what_was_erased_is_pointed_at():
    erased = fact("record.value_erased", DECISION, 2, {"paths": ["/title"]}, of={"n": 1, "stream": DECISION})
    log = SmallLog(GRANT, TAKEN, erased)
    raw = bundle_of(log, openings=[opening(log, 3, "Urgent community response")])
    assert "NOTE: a value of fact 3 is opened here that was erased under fact 4." in judged(raw)


def test_a_person_who_was_erased_accounts_for_what_is_missing_of_the_facts_that_are_named():
    erased = fact("person.erased", "person:p-017", 1, {"facts": [{"n": 1, "stream": DECISION}]})
    assert "2 were erased, as the log records [4]." in judged(bundle_of(SmallLog(GRANT, TAKEN, erased)))


# No byte of it is unproved


def test_every_flipped_byte_is_refused_or_its_signature_no_longer_counts():
    """Whose a cosignature is, is outside of what is signed: a changed name is one whose key was not given, and told so."""
    whose = b"witness.example/trust QpAg+g"  # the name, and the key's id in base64
    outside = range(VECTOR.index(whose), VECTOR.index(whose) + len(whose))
    for at in range(len(VECTOR)):
        for bit in (0, at % 7 + 1):
            altered = bytearray(VECTOR)
            altered[at] ^= 1 << bit
            try:
                said = judged(bytes(altered))
            except (Malformed, Mismatch):
                continue
            assert at in outside, f"byte {at}, bit {bit}"
            assert said[1].startswith("Not checked: a signature by ")


@pytest.mark.parametrize(
    "alter",
    [
        lambda raw: raw[:-1],
        lambda raw: raw + b"\n",
        lambda raw: raw + raw,
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b'"facts":', b'"facts": '),
        lambda raw: raw.replace(b'"format":', b'"format":"decisionlog-bundle@v1","format":'),
        lambda raw: raw[:-1] + b"\r\n",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:0],
        lambda raw: b"[" * 100_000 + raw,
        lambda raw: raw.replace(b"[[2]]", b"[" * 100 + b"]" * 100),
        lambda raw: raw.replace(b'"position":1', b'"position":1.0'),
        lambda raw: raw.replace(b'"position":1', b'"position":NaN'),
        lambda raw: raw.replace(b"response", b"\\u0072esponse", 1),
        lambda raw: raw.replace(b"response", b"\\ud800", 1),
        lambda raw: raw.replace(b"response", b"\xff", 1),
    ],
)
def test_what_is_not_canonical_is_refused(alter):
    with pytest.raises(Malformed):
        judged(alter(VECTOR))


def test_a_bundle_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(verify, "_BUNDLE_LIMIT", len(VECTOR) - 1)
    with pytest.raises(Malformed, match="at most"):
        verify.read_bundle(VECTOR)


def parts(whole, path=()):
    """Every object and every list in a bundle, by the way to it."""
    inner = whole.items() if isinstance(whole, dict) else enumerate(whole)
    yield path
    for name, value in inner:
        if isinstance(value, (dict, list)):
            yield from parts(value, (*path, name))


def at(whole, path):
    for name in path:
        whole = whole[name]
    return whole


WHOLE = json.loads(VECTOR)
OBJECTS = [path for path in parts(WHOLE) if isinstance(at(WHOLE, path), dict)]
LISTS = [path for path in parts(WHOLE) if isinstance(at(WHOLE, path), list)]
OPEN_ENDED = {("facts", 3): "the end of a stream", ("openings", 0): "a value that stays sealed"}
"""What may be left out of the vector without anybody noticing, and what it is."""


@pytest.mark.parametrize("path", OBJECTS, ids=str)
def test_a_key_more_or_less_is_refused(path):
    with pytest.raises(Malformed, match="and no others"):
        judged(changed(lambda whole: at(whole, path).update(note="Trust me.")))
    for name in at(WHOLE, path):
        with pytest.raises(Malformed, match="and no others"):
            judged(changed(lambda whole, name=name: at(whole, path).pop(name)))


@pytest.mark.parametrize("wrong", [None, True, -1, 0, 7, "", "x", [], ["x"], [[1]], {}, {"x": 1}], ids=repr)
def test_a_value_of_another_kind_is_refused_in_every_place(wrong):
    for path in OBJECTS:
        for name, value in at(WHOLE, path).items():
            if wrong == value or (path, name, wrong) == ((), "openings", []):
                continue
            assert refused(changed(lambda whole, path=path, name=name: at(whole, path).update({name: wrong})))


@pytest.mark.parametrize("path", LISTS, ids=str)
def test_an_element_that_is_doubled_or_swapped_is_refused(path):
    several = at(WHOLE, path)
    for number in range(len(several)):
        assert refused(changed(lambda whole, number=number: at(whole, path).insert(number, at(whole, path)[number])))
        if number and several[number] != several[number - 1]:
            assert refused(
                changed(lambda whole, number=number: at(whole, path).insert(number - 1, at(whole, path).pop(number)))
            )


@pytest.mark.parametrize("path", LISTS, ids=str)
def test_an_element_that_is_left_out_is_refused_but_for_the_end_of_a_stream_and_an_opening(path):
    for number in range(len(at(WHOLE, path))):
        without = changed(lambda whole, number=number: at(whole, path).pop(number))
        if (*path, number) in OPEN_ENDED:
            assert judged(without)
        else:
            assert refused(without)


def test_every_fact_of_a_longer_bundle_may_be_missed_but_those_at_the_end_of_what_nothing_rests_on():
    since = [fact("delegation.reported", DELEGATION, n, {}) for n in (2, 3)]
    taken = [fact("decision.published", DECISION, 2, {}), fact("decision.implemented", DECISION, 3, {})]
    proposal = [
        OTHER,
        fact("proposal.revised", "proposal:P-15", 2, {}),
        fact("proposal.lapsed", "proposal:P-15", 3, {}),
    ]
    log = SmallLog(GRANT, *since, TAKEN, *taken, *proposal)
    whole = json.loads(bundle_of(log))
    unnoticed = []
    for number, entry in enumerate(whole["facts"]):
        try:
            judged(changed(lambda other, number=number: other["facts"].pop(number), canonical(whole) + b"\n"))
            unnoticed.append(entry["position"])
        except (Malformed, Mismatch):
            pass
    assert unnoticed == [4, 7, 10]  # the last fact of each stream, and of nothing else


def test_the_facts_of_another_log_are_refused():
    other = SmallLog(deepcopy(GRANT) | {"salt": salt_of("another")}, TAKEN, OTHER, REVOKED)
    for position in (1, 2, 3, 5):
        entry = other.entry(position)
        if entry != five_facts().entry(position):
            number = [1, 2, 3, 5].index(position)
            assert refused(changed(lambda whole, number=number, entry=entry: whole["facts"].__setitem__(number, entry)))


def test_a_bundle_of_another_log_is_refused_by_the_key_of_this_one():
    signer = keys.new_signer("other.example/decisions")
    log = SmallLog(GRANT, TAKEN, origin="other.example/decisions", signer=signer)
    assert "no signature on the checkpoint is by a key that was given" in refused(bundle_of(log))
    assert judged(bundle_of(log), signer.key)


def test_a_checkpoint_whose_origin_is_not_that_of_the_facts_is_refused():
    log = SmallLog(GRANT, TAKEN)
    log.origin = "other.example/decisions"
    assert "does not begin with the fact that opened the log" in refused(hand_made(log, *map(log.entry, log.lines)))


def test_a_bundle_without_its_decision_or_of_another_thing_is_refused():
    log = five_facts()
    for decision in (DELEGATION, "decision:another", "proposal:P-15"):
        assert "is not in it" in refused(hand_made(log, *map(log.entry, (1, 2, 3, 4, 5)), decision=decision))
    assert "is not in it" in refused(hand_made(log, *map(log.entry, (1, 2, 5))))


def test_a_delegation_on_which_the_decision_rests_cannot_be_left_out():
    log = five_facts()
    assert refused(hand_made(log, log.entry(1), log.entry(3))) == (
        "delegation:SORD-7.2, on which the decision rests, is not in it"
    )


def test_nor_can_one_that_a_delegation_or_a_correction_names():
    parent = deepcopy(GRANT)
    parent["stream"] = "delegation:parent"
    under = deepcopy(GRANT)
    under["data"]["parent"] = "delegation:parent"
    log = SmallLog(parent, under, TAKEN)
    assert "delegation:parent, on which the decision rests" in refused(hand_made(log, *map(log.entry, (1, 3, 4))))
    assert verify.read_bundle(bundle_of(log)).authority == ((3,), (2,))
    for change in (
        {"now": "delegation:parent", "path": "/authority/0/delegation"},
        {"now": [{"delegation": "delegation:parent"}], "path": "/authority"},
    ):
        corrected = fact("record.corrected", DECISION, 2, {"changes": [change]})
        log = SmallLog(parent, GRANT, TAKEN, corrected)
        assert "delegation:parent, on which the decision rests" in refused(
            hand_made(log, *map(log.entry, (1, 3, 4, 5)))
        )


def test_a_label_that_looks_like_a_delegation_is_none():
    taken = deepcopy(TAKEN)
    taken["data"]["authority"][0]["clause"] = "delegation:nothing"
    assert judged(bundle_of(SmallLog(GRANT, taken)))


def test_the_streams_that_a_bundle_holds_are_followed_from_delegation_to_delegation_and_up_to_who_gave():
    parent, under = deepcopy(GRANT), deepcopy(GRANT)
    parent["stream"] = "delegation:parent"
    parent["data"] |= {"continues": [DELEGATION], "delegator": "body:board"}
    under["data"]["parent"] = "delegation:parent"
    committee = fact("body.constituted", "body:place-committee", 1, {"parents": [{"parent": "body:board"}]})
    board = fact("body.constituted", "body:board", 1, {"parents": [{"parent": "organisation:northmoor-icb"}]})
    lines = {each["stream"]: [canonical(each)] for each in (TAKEN, under, parent, committee, board)}
    assert bundle.resting_on(DECISION, lambda stream: lines.get(stream, [])) == [
        DECISION,
        "body:place-committee",
        DELEGATION,
        "body:board",
        "delegation:parent",
    ]


def test_a_stream_with_a_gap_is_refused():
    log = SmallLog(
        GRANT, TAKEN, fact("decision.published", DECISION, 2, {}), fact("decision.rescinded", DECISION, 3, {})
    )
    without = hand_made(log, *map(log.entry, (1, 2, 3, 5)))
    assert "it is fact 3 of decision:NLB/25-26/031, and fact 2 should come here" in refused(without)


@pytest.mark.parametrize(
    "alter",
    [
        lambda one: one.update(value="Urgent community responses"),
        lambda one: one.update(salt=salt_of("another")),
        lambda one: one.update(position=2),
        lambda one: one.update(position=4),
        lambda one: one.update(private=sealed("Urgent care in Northmoor, up to £500,000.")["$private"]),
        lambda one: one.update(value=["Urgent community response"]),
        lambda one: one.update(value=None),
    ],
)
def test_an_altered_opening_is_refused(alter):
    assert "opening" in refused(changed(lambda whole: alter(whole["openings"][0])))


def test_an_opening_of_what_is_nowhere_sealed_is_refused():
    log = five_facts()
    entries = list(map(log.entry, (1, 2, 3, 5)))
    assert "of no value that is sealed" in refused(hand_made(log, *entries, openings=[opening(log, 3, "Trust me.")]))


@settings(max_examples=200)
@given(st.recursive(st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans(), st.lists, max_leaves=5))
def test_an_opening_opens_what_the_log_seals(value):
    from decisionlog.store.codec import commitment

    assert verify.commitment("c2FsdA", value) == commitment("c2FsdA", value)


# Hostile words


def test_no_word_of_a_fact_moves_the_cursor_or_begins_a_line_of_its_own():
    taken = deepcopy(TAKEN)
    taken["data"] |= {"ref": HOSTILE, "title": sealed(HOSTILE), "outcome": HOSTILE, "decision_makers": [HOSTILE]}
    taken |= {"on": HOSTILE, "recorded_by": HOSTILE, "stream": "decision:" + HOSTILE}
    others = [fact(HOSTILE, "proposal:" + HOSTILE, 1, {"x": HOSTILE}), fact(HOSTILE, taken["stream"], 2, {})]
    change = {"now": HOSTILE, "path": HOSTILE, "was": {HOSTILE.encode("ascii", "ignore").decode(): HOSTILE}}
    others.append(fact("record.corrected", taken["stream"], 3, {"changes": [change]}, on=HOSTILE))
    spoke = {"position": HOSTILE, "by": HOSTILE, "conditions": [{"id": HOSTILE}], "binding": {"kind": HOSTILE}}
    others.append(fact("proposal.position_taken", "proposal:" + HOSTILE, 2, spoke))
    others.append(fact("disagreement.raised", "disagreement:" + HOSTILE, 1, {"about": [HOSTILE]}))
    log = SmallLog(GRANT, taken, *others)
    raw = bundle_of(log, openings=[opening(log, 3, HOSTILE)], decision=taken["stream"])
    said = judged(raw)
    assert all(line.isprintable() for line in said)
    assert sum(line.startswith("SOUND") for line in said) == 1
    assert any("\\u202e" in line and "\\u001b" in line for line in said)


def test_a_long_text_is_cut():
    taken = deepcopy(TAKEN)
    taken["data"]["title"] = "x" * 100_000
    assert max(map(len, judged(bundle_of(SmallLog(GRANT, taken))))) < 1_000


@pytest.mark.parametrize("wrong", [None, True, 7, "x", "delegation:x", [], [[]], [None], [7], {}, {"x": 1}], ids=repr)
def test_facts_of_any_shape_are_told_or_refused_and_never_stop_the_program(wrong):
    for name in ("authority", "decision_makers", "ref", "title", "people", "value", "votes"):
        taken = deepcopy(TAKEN)
        taken["data"][name] = wrong
        assert judged(bundle_of(SmallLog(GRANT, taken)))
    for name in ("limits", "scope", "legal_basis", "instrument", "delegates", "delegator", "on_behalf_of", "parent"):
        granted = deepcopy(GRANT)
        granted["data"][name] = wrong
        if wrong != "delegation:x" or name != "parent":
            assert judged(bundle_of(SmallLog(granted, TAKEN)))
    for type_, name in (
        ("record.corrected", "changes"),
        ("record.value_erased", "paths"),
        ("person.erased", "facts"),
        ("body.constituted", "parents"),
        ("organisation.succeeded", "successors"),
    ):
        assert judged(bundle_of(SmallLog(GRANT, TAKEN, fact(type_, DECISION, 2, {name: wrong}, of=wrong))))
    for name in ("data", "type", "on", "of", "recorded_by"):
        assert judged(bundle_of(SmallLog(GRANT, TAKEN, fact("x.y", DECISION, 2, {}) | {name: wrong})))
    for name in ("n", "stream", *(() if isinstance(wrong, str) else ("recorded_at",))):
        log = SmallLog(GRANT, TAKEN, fact("x.y", DECISION, 2, {}) | {name: wrong})
        assert refused(hand_made(log, log.entry(1), log.entry(2), log.entry(3), log.entry(4)))


@pytest.mark.parametrize("wrong", [None, True, 7, "x", [], [[]], [None], [7], {}, {"x": 1}], ids=repr)
def test_so_are_amounts_votes_and_positions_of_any_shape(wrong):
    for name in ("counts", "named", "result"):
        taken = deepcopy(TAKEN)
        taken["data"]["votes"] = {name: wrong}
        assert judged(bundle_of(SmallLog(GRANT, taken)))
    money = {"amount": 1, "currency": "GBP"}
    for one in (
        *({"money": money, name: wrong} for name in ("money", "operator", "per")),
        *({"money": money | {name: wrong}} for name in ("amount", "currency")),
    ):
        taken = deepcopy(TAKEN)
        taken["data"]["value"] = [one]
        assert judged(bundle_of(SmallLog(GRANT, taken)))
    for name in ("on_behalf_of", "by", "position", "version", "words", "conditions", "binding", "replaces"):
        spoke = fact("proposal.position_taken", "proposal:P-14", 1, {name: wrong}, of=wrong)
        raised = fact("disagreement.raised", "disagreement:D-4", 1, {name: wrong})
        assert judged(bundle_of(SmallLog(GRANT, TAKEN, spoke, raised)))


def test_a_fact_that_nests_too_deep_is_refused():
    deep = "x"
    for _ in range(61):  # within the fact, its data, and the field: 64 levels
        deep = [deep]
    assert judged(bundle_of(SmallLog(GRANT, TAKEN, fact("x.y", DECISION, 2, {"x": deep}))))
    with pytest.raises(Malformed, match="nests deeper than 64 levels"):
        bundle_of(SmallLog(GRANT, TAKEN, fact("x.y", DECISION, 2, {"x": [deep]})))


def test_a_number_that_other_programs_would_not_read_is_refused():
    for number in (2**53 - 1, 1 - 2**53):
        assert judged(bundle_of(SmallLog(GRANT, TAKEN, fact("x.y", DECISION, 2, {"x": number}))))
    for number in (2**53, -(2**53)):
        with pytest.raises(Malformed, match="a number beyond 9007199254740991"):
            bundle_of(SmallLog(GRANT, TAKEN, fact("x.y", DECISION, 2, {"x": number})))


# Each check is needed: without it, its attack goes through


def _without_an_opening_check(whole):
    whole["openings"][0]["value"] = "Something else was decided"


def _with_a_fact_of_nobody(whole):
    line = canonical(fact("decision.rescinded", DECISION, 2, {})).decode()
    whole["facts"].append({**whole["facts"][3], "line": line, "position": 5})
    del whole["facts"][3]


@pytest.mark.parametrize(
    ("check", "instead", "attack"),
    [
        ("_require_openings", lambda _: None, _without_an_opening_check),
        ("root_by_inclusion", lambda *_: b64decode(five_facts().text.split()[2]), _with_a_fact_of_nobody),
        (
            "_require_decision",
            lambda *_: None,
            lambda whole: (whole["facts"].pop(1), whole["facts"].pop(2), whole.update(authority=[])),
        ),
        ("authority_of", lambda *_: ((5,),), lambda whole: whole.update(authority=[[5]])),
        ("_fields", lambda value, *_: value, lambda whole: whole.update(note="Trust me.")),
        ("plain", json.loads, dict),
    ],
)
def test_without_a_check_its_attack_goes_through(monkeypatch, check, instead, attack):
    altered = changed(attack) if check != "plain" else VECTOR.replace(b'"facts":', b'"facts": ')
    assert refused(altered)
    monkeypatch.setattr(verify, check, instead)
    assert judged(altered)


# The file on its own


def alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "verify.py", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)


def test_the_file_runs_in_an_empty_folder_and_ends_with_what_it_found(tmp_path):
    shutil.copy(verify.__file__, tmp_path / "verify.py")
    (tmp_path / "b").write_bytes(VECTOR)
    (tmp_path / "altered").write_bytes(VECTOR.replace(b"approved", b"rejected"))
    (tmp_path / "not-one").write_bytes(b'{"authority": []}\n')
    (tmp_path / "keys").write_text("\n".join(map(str, KEYS)))
    (tmp_path / "checkpoint").write_bytes(five_facts().checkpoint)
    (tmp_path / "later").write_bytes(SmallLog(GRANT, TAKEN).checkpoint)
    (tmp_path / "fork").write_bytes(SmallLog(GRANT, TAKEN, REVOKED, OTHER).checkpoint)
    sound = alone(tmp_path, "b", "--key", "keys")
    assert (sound.returncode, sound.stderr) == (0, "")
    assert sound.stdout.splitlines()[0] == SOUND
    unsigned = alone(tmp_path, "b")
    assert (unsigned.returncode, unsigned.stdout.splitlines()[0][-27:]) == (
        0,
        "facts of northmoor.example/decisions; signer not checked."[-27:],
    )
    assert alone(tmp_path, "altered", "--key", "keys").returncode == 3
    assert alone(tmp_path, "not-one", "--key", "keys").returncode == 2
    assert alone(tmp_path, "b", "--key", "keys", "--checkpoint", "checkpoint").returncode == 0
    assert alone(tmp_path, "b", "--key", "keys", "--checkpoint", "later").returncode == 2
    fork = alone(tmp_path, "b", "--key", "keys", "--checkpoint", "fork")
    assert (fork.returncode, "does not continue" in fork.stdout) == (3, True)


def test_it_takes_no_longer_than_a_moment_for_a_bundle_of_many_things():
    from time import process_time

    log = SmallLog(GRANT, TAKEN, *(fact("x.y", f"proposal:{number}", 1, {}) for number in range(1_000)))
    raw = bundle_of(log)
    began = process_time()
    assert judged(raw)
    assert process_time() - began < 5


def test_paths_are_written_as_everybody_writes_base64():
    path = json.loads(VECTOR)["facts"][0]["path"]
    assert [b64encode(hash_).decode() for hash_ in five_facts().path(1)] == path
