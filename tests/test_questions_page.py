"""The page of the questions: all of them, each with an answer that the example gives now, or with what will bring it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.page import CUT, EXIT, now, parts

PAGE = Path(__file__).parent.parent / "docs" / "questions.md"
TEXT = PAGE.read_text(encoding="utf-8")
QUESTION = re.compile(r"^### (\d+)\. (.+)\n((?:(?!##).*\n)*)", re.MULTILINE)
QUESTIONS = [(int(number), title, text) for number, title, text in QUESTION.findall(TEXT)]
WHO_ASKS = {
    "From the secretariat": range(1, 15),
    "From an auditor": range(15, 30),
    "From a partner": range(30, 39),
    "From the public, the press and scrutiny": range(39, 46),
    "From a tool": range(46, 52),
}
IN_PART, TO_COME = "**In part.** ", "**To come**, "
BRINGS = re.findall(r"^- \*(the [a-z ]+)\*: ", TEXT.partition("\n## ")[0], re.MULTILINE)
"""What is still to come of the product, in the words in which the page begins by saying what each of it is."""


def test_every_answer_is_what_the_example_gives_now(approve):
    told = now(TEXT, Path.cwd())
    if approve:
        PAGE.write_text(told, encoding="utf-8")
    else:
        assert told == TEXT, "run: pytest --approve tests/test_questions_page.py, and read the difference"


def test_the_questions_stand_in_order_under_who_asks_them():
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert headings == list(WHO_ASKS)
    groups = re.split(r"^## .+$", TEXT, flags=re.MULTILINE)[1:]
    found = [[int(number) for number, *_ in QUESTION.findall(group)] for group in groups]
    assert found == [list(numbers) for numbers in WHO_ASKS.values()]


@pytest.mark.parametrize(
    ("title", "text"), [entry[1:] for entry in QUESTIONS], ids=[str(entry[0]) for entry in QUESTIONS]
)
def test_a_question_is_answered_or_says_what_will_bring_the_answer(title, text):
    assert title.endswith(("?", "."))
    answers = [step for part in parts(text) if part.shown for step in part.steps]
    if IN_PART in text or TO_COME in text:
        said = text.partition(IN_PART)[2] or text.partition(TO_COME)[2]
        assert any(f"with {what}." in said.partition("\n")[0] for what in BRINGS), "what will bring the rest?"
    assert bool(answers) != (TO_COME in text), "an answer, or what will bring it"
    for step in answers:
        (command,) = step.command
        assert command.startswith(("decisionlog ", "cmp "))
        assert not any(EXIT.fullmatch(line) for line in step.output), f"{command} is no answer"
        assert " > " in command or any(line.strip(f" {CUT}") for line in step.output), f"{command} shows nothing"


def test_nothing_is_said_to_be_still_to_come_that_no_question_waits_for():
    assert BRINGS
    assert [what for what in BRINGS if f"with {what}." not in TEXT] == []


def test_the_page_says_how_many_are_answered():
    part = sum(IN_PART in text for *_, text in QUESTIONS)
    come = sum(TO_COME in text for *_, text in QUESTIONS)
    whole = len(QUESTIONS) - part - come
    to_come = f"**{come}** {'is' if come == 1 else 'are'} to come"
    assert f"**{whole}** are answered, **{part}** in part, and {to_come}" in TEXT
