"""Every decision of the year, bundled: what the program answers of it is all there, and the verifier finds it sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from decisionlog.audit import keys, verify
from decisionlog.audit.checkpoints import signed
from decisionlog.bootstrap import open_log
from decisionlog.questions.bundling import bundle, gathered, openings_of
from decisionlog.questions.point import Asked
from decisionlog.questions.who_decided import who_decided
from tests.scenario import NOW


@pytest.fixture(scope="module")
def opened(log):
    with open_log(Path(log)) as found:
        found.catch_up()
        yield found


@pytest.fixture(scope="module")
def signer(opened):
    return keys.new_signer(opened.log.identity.origin)


def test_every_decision_of_the_year_is_bundled_with_all_its_evidence_and_is_sound(opened, signer):
    log, models = opened.log, opened.models
    checkpoint = signed(log, signer)
    steps: list[int] = []
    for decision in {name.stream: None for name in log.recorder.names_of_kind("decision", 1_000)}:
        found = gathered(log, models, decision, NOW)
        raw = bundle(log, found, checkpoint, (), openings_of(log, found.cited))
        said = list(verify.verified_bundle(raw, [signer.key]))
        assert said[0].startswith("SOUND")
        (decided,) = who_decided(log, models, decision, Asked(), NOW).items
        held = {each.position for each in verify.read_bundle(raw).facts}
        hops = {position for hop in decided.authority for position in hop.evidence}
        assert {*decided.evidence, *hops} <= held
        chain = {position for step in verify.read_bundle(raw).authority for position in step}
        own = {each.position for each in verify.read_bundle(raw).facts if each.stream == decision}
        founding = {hop.evidence[0] for hop in decided.authority if hop.evidence and hop.kind != "succession"}
        assert founding - own <= chain
        steps += founding - own
    assert len(steps) > 100
