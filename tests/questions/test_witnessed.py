"""How far a log is witnessed: the largest checkpoint that the quorum cosigned, and what each witness cosigned last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from decisionlog.audit import policy as policies
from decisionlog.audit.checkpoints import keep, signed
from decisionlog.audit.keys import cosignature_line
from decisionlog.audit.policy_text import read_policy
from decisionlog.audit.verify import read_checkpoint
from decisionlog.questions.witnessed import Watch, check, witnessing
from tests.audit.signing import COUNCIL, ICB, LOG, MORNING, TRUST
from tests.scenario import NOW, new_log, record

PARTNERS = (
    f"witness icb {ICB.key} https://icb.example\nwitness council {COUNCIL.key}\nwitness trust {TRUST.key}\n"
    "group partners 2 icb council trust\nquorum partners\n"
)
WATCH = Watch("partners.policy", read_policy(PARTNERS.encode()))


def history(*steps):
    """A log: for each step a fact is recorded, and a checkpoint kept with the cosignatures of these, unless it is None."""
    log = new_log()
    for number, cosigners in enumerate(steps):
        record(log, {"type": "proposal.submitted", "stream": f"proposal:p{number}", "data": {"ref": f"P{number}"}})
        if cosigners is not None:
            note = signed(log, LOG)
            text = read_checkpoint(note).note.text
            lines = b"".join(cosignature_line(one, text, MORNING + number) for one in cosigners)
            keep(log, log.size(), note + lines)
    return log


def told(log, watch=WATCH, now=NOW):
    answer = witnessing(log, watch, now)
    return answer.recorded, answer.checkpointed, answer.witnessed, answer.quorum_met


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], (1, 0, 0, False)),
        ([None], (2, 0, 0, False)),
        ([()], (2, 2, 0, False)),
        ([(ICB,)], (2, 2, 0, False)),
        ([(ICB, TRUST)], (2, 2, 2, True)),
        ([(ICB, TRUST), None], (3, 2, 2, True)),
        ([(ICB, TRUST), ()], (3, 3, 2, False)),
        ([(ICB, TRUST), (COUNCIL,)], (3, 3, 2, False)),
        ([(ICB, TRUST), (COUNCIL,), None], (4, 3, 2, False)),
        ([(ICB,), (TRUST,)], (3, 3, 0, False)),
        ([(ICB, TRUST), (COUNCIL, TRUST)], (3, 3, 3, True)),
    ],
)
def test_recorded_checkpointed_witnessed(steps, expected):
    assert told(history(*steps)) == expected


def test_cosignatures_on_different_checkpoints_are_no_quorum():
    """Each saw another size: of none of them two partners have said that they saw it."""
    assert told(history((ICB,), (COUNCIL,), (TRUST,)))[2] == 0


def test_each_witness_stands_where_it_cosigned_last():
    answer = witnessing(history((ICB, TRUST), (COUNCIL,), ()), WATCH, NOW)
    assert [(one.name, one.size, one.at[:10]) for one in answer.witnesses] == [
        ("icb", 2, "2026-05-28"),
        ("council", 3, "2026-05-28"),
        ("trust", 2, "2026-05-28"),
    ]
    assert answer.by == ("icb", "trust")
    assert answer.quorum == "2 of icb, council and trust"


def test_without_witnesses_to_ask_every_checkpoint_is_witnessed():
    watch = Watch("none.policy", read_policy(b"quorum none\n"))
    assert told(history(()), watch) == (2, 2, 2, True)


def test_a_policy_with_logs_wants_the_signature_of_one_of_them():
    log = history((ICB, TRUST))
    for key, expected in ((LOG.key, 2), (LOG.key._replace(name="other.example/log"), 0)):
        policy = policies.Policy((policies.KnownLog(key),), *WATCH.policy[1:])
        assert told(log, Watch("p", policy))[2] == expected


def test_what_is_not_witnessed_waits_from_when_it_was_recorded():
    log = history((ICB, TRUST), None, None)
    waiting = witnessing(log, WATCH, NOW).waiting_since
    assert waiting == "2026-06-01T09:30:00.000000Z"
    for hours, overdue in ((23, False), (25, True)):
        assert witnessing(log, WATCH, NOW + timedelta(hours=hours)).overdue is overdue
    patient = WATCH._replace(within=timedelta(weeks=5))
    assert not witnessing(log, patient, NOW + timedelta(weeks=4)).overdue
    assert check(log, patient, NOW + timedelta(weeks=4)).state == "ok"
    late = check(log, patient, NOW + timedelta(weeks=6))
    assert (late.state, late.found) == (
        "warn", "2 of 4 facts witnessed (2 of icb, council and trust); others wait since 2026-06-01",
    )  # fmt: skip


def test_nothing_waits_where_everything_is_witnessed_or_nobody_is_asked():
    assert witnessing(history((ICB, TRUST)), WATCH, NOW + timedelta(weeks=99)).waiting_since == ""
    assert not witnessing(history(None), Watch(), NOW + timedelta(weeks=99)).overdue


def test_a_false_cosignature_is_wrong_and_counts_for_nothing():
    log = history((ICB,))
    note = log.recorder.checkpoints()[0].note
    keep(log, 2, note + cosignature_line(TRUST, b"another text\n", MORNING))
    answer = witnessing(log, WATCH, NOW)
    assert answer.witnessed == 0
    assert answer.wrong == ("A signature on the checkpoint of 2 facts does not match the key trust.example/witness.",)
    assert check(log, WATCH, NOW).state == "fail"


def test_a_checkpoint_that_cannot_be_read_is_wrong():
    log = history(None)
    keep(log, 2, b"nothing")
    (wrong,) = witnessing(log, WATCH, NOW).wrong
    assert wrong.startswith("The checkpoint of 2 facts that is kept here cannot be read (")


def test_a_checkpoint_that_the_log_does_not_continue_is_wrong():
    log, other = history(None, None), history(None, None, None)
    keep(log, 4, signed(other, LOG))
    (wrong,) = witnessing(log, WATCH, NOW).wrong
    assert wrong == "The log has 3 facts, and the checkpoint saw 4: facts were removed."


def test_of_many_checkpoints_only_what_can_tell_something_is_verified(monkeypatch):
    """One partner of three has cosigned every checkpoint of years, and the others none."""
    log = history(*[(ICB,)] * 40)
    asked = []
    real = policies.cosigned_at
    monkeypatch.setattr(policies, "cosigned_at", lambda note, key: asked.append(key.name) or real(note, key))
    assert told(log)[2] == 0
    assert len(asked) == len(WATCH.policy.witnesses)
