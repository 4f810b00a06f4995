"""How complete a record is, for whatever is recorded: an answer always comes, and its numbers agree with its fields."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisionlog.bootstrap import copy_in_memory
from decisionlog.checks.profiles.table import built_in
from decisionlog.domain.facts import TYPES
from decisionlog.questions.completeness.asking import Narrowed, completeness
from decisionlog.questions.point import Asked
from decisionlog.render import as_json, sheets
from decisionlog.render.page import Page
from decisionlog.render.text import text
from tests.properties.values import stored
from tests.scenario import NOW, new_log

STREAMS = {
    "decision:d": ["decision.taken", "decision.published", "decision.reported_back", "record.access_changed"],
    "proposal:p": ["proposal.submitted", "proposal.revised", "proposal.noticed", "proposal.consulted"],
    "meeting:m": ["meeting.held", "meeting.interest_declared", "meeting.conflict_managed", "meeting.quorum_noted"],
    "delegation:x": ["delegation.granted"],
    "body:b": ["body.constituted", "body.terms_adopted"],
    "organisation:o": ["organisation.registered"],
    "dispensation:e": ["dispensation.granted"],
}
CITED = {
    "decision.taken": {
        "meeting": "meeting:m",
        "proposals": [{"proposal": "proposal:p"}],
        "authority": [{"delegation": "delegation:x"}],
        "decision_makers": ["body:b"],
        "on_behalf_of": ["organisation:o"],
    },
    "meeting.interest_declared": {"by": "person:i"},
    "dispensation.granted": {"person": "person:i"},
}
"""What ties the streams together, where the field is drawn at all."""


@st.composite
def logs(draw):
    """The lines of a log with one decision and what bears on it, each with whatever fields."""
    lines = [one.state for one in new_log().lines(0)]
    for stream, types in STREAMS.items():
        for n, type_name in enumerate([types[0], *draw(st.lists(st.sampled_from(types), max_size=4))], start=1):
            data = draw(stored(TYPES[type_name]))
            data |= {name: value for name, value in CITED.get(type_name, {}).items() if draw(st.booleans())}
            fact = {
                "type": type_name, "v": 1, "stream": stream, "n": n, "recorded_at": "2026-06-01T08:00:00.000000Z",
                "recorded_by": "secretariat-1", "batch": "01JDCZ5N7Q8W9XKTRB2M4VHGPA", "salt": "A" * 22, "data": data,
            }  # fmt: skip
            on = draw(st.sampled_from(["2026-03-12", "2026-03", "2026-03-12T10:00:00Z", None]))
            fact |= {"on": on} if on else {}
            fact |= {"of": {"stream": stream, "n": 1}} if type_name == "meeting.conflict_managed" else {}
            lines.append(json.dumps(fact, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
    return lines


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lines=logs(), profile=st.sampled_from([None, *built_in().profiles]))
def test_an_answer_always_comes_and_its_numbers_agree_with_its_fields(lines, profile):
    with copy_in_memory(lines) as found:
        found.catch_up()
        asked = Asked(on="2026-12-31")
        answer = completeness(found.log, found.models, "decision:d", asked, NOW, by=Narrowed(profile=profile))
        whole = completeness(found.log, found.models, None, asked, NOW)
    assert len(answer.items) == len(whole.items) == 1
    for item in (*answer.items, *whole.items):
        assert item.judged
        applying = {field.name: field for judged in item.judged for field in judged.fields if field.applies}
        assert item.asked == len(applying)
        assert item.recorded == sum(field.is_there for field in applying.values())
        assert {field.name for field in item.missing} == {name for name, one in applying.items() if not one.is_there}
        for judged in item.judged:
            assert [field.name for field in judged.fields] == [
                ask.field.name for ask in built_in().profiles[judged.profile].asks
            ]
            for field in judged.fields:
                assert field.evidence or not field.is_there
                assert field.evidence == tuple(sorted(field.evidence))
                assert all(1 <= position <= len(lines) for position in field.evidence)
    for each in (answer, whole):
        assert sum(total.recorded for total in each.years) >= sum(item.recorded for item in each.items)
        for written in (text(each, Page(60)), sheets.document(each), as_json.lines(each)):
            assert list(written)
