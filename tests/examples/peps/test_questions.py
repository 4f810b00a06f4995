"""The twelve questions of the example's README, asked of the real records where they are at hand."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from tests.examples.peps.test_convert import DATA, NOT_HERE
from tests.examples.sessions import EXAMPLES, run_readme

QUESTION = re.compile(r"^\*\*.+\?\*\*$", re.MULTILINE)


def test_the_readme_asks_twelve_questions_and_shows_an_answer_to_each():
    _, *questions = QUESTION.split((EXAMPLES / "peps" / "README.md").read_text(encoding="utf-8"))
    assert len(questions) == 12
    for question in questions:
        commands = re.findall(r"^\$ decisionlog .* --log peps\.db$", question, re.MULTILINE)
        shown = re.search(r"```console\n(.*?)```", question, re.DOTALL)
        assert shown is not None
        assert shown[1].count("\n") > len(commands) > 0, question


@pytest.mark.skipif(not DATA.exists(), reason=NOT_HERE)
def test_every_question_is_answered_as_the_readme_shows(tmp_path):
    (tmp_path / "peps.jsonl").symlink_to(DATA)
    assert run_readme("peps", tmp_path) > 30


@pytest.mark.skipif(not DATA.exists(), reason=NOT_HERE)
def test_what_the_records_could_not_say_is_counted_right(converted):
    text = DATA.read_bytes()
    facts = [json.loads(fact) for fact in converted(DATA.name, text).facts()]
    of_type = Counter(fact["type"] for fact in facts)
    changed = {
        (fact["of"]["stream"], change["path"])
        for fact in facts
        if fact["type"] == "record.corrected"
        for change in fact["data"]["changes"]
    }
    taken = [fact for fact in facts if fact["type"] == "decision.taken" and fact["data"]["outcome"] != "elected"]
    nobody = [
        fact
        for fact in taken
        if "decision_makers" not in fact["data"] and (fact["stream"], "/decision_makers") not in changed
    ]
    grants = [fact["data"]["delegates"] for fact in facts if fact["type"] == "delegation.granted"]
    undated = [fact["type"] for fact in facts if "on" not in fact]
    counted = [
        f"{len(text.splitlines()):,} lines, {len(facts):,} facts",
        f"{len(nobody)} of {len(taken)} determinations",
        f"{sum(len(fact['on']) == len('2015-05') for fact in taken)} decisions have but a month",
        f"{len(undated):,} facts",
        f"{sum(path == '/status' for _, path in changed)} misspelt",
        f"{sum(path == '/decision_makers' for _, path in changed)} delegates were first named after",
        f"{sum(delegates[0].startswith('body:') for delegates in grants)} grants to a working group",
        f"{of_type['record.merged']} pairs that are one person under two spellings, {of_type['person.renamed']} who",
        f"{undated.count('meeting.held')} of {of_type['meeting.held']} meetings",
    ]
    readme = (EXAMPLES / "peps" / "README.md").read_text(encoding="utf-8")
    assert [one for one in counted if one not in readme] == []
