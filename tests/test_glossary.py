"""The glossary has what a reader meets: every kind of thing, and every word of a list that is a term of art."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from decisionlog.domain import vocabulary
from decisionlog.domain.facts import KINDS

PAGE = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
WORDS, LISTS = PAGE.split("\n## The words of the lists\n")
ROW = re.compile(r"^\| (?!word |---)(.+?) \| (.+?) \|$", re.MULTILINE)

TABLES = {
    "Kinds of organisation": ["OrganisationKind"],
    "Levels of a place": ["PlaceLevel"],
    "How a post is held": ["HolderBasis"],
    "Kinds of body": ["BodyKind"],
    "What a body can do": ["BodyPower"],
    "Roles on a body": ["Role"],
    "How a body decides": ["VotingRule"],
    "Kinds of instrument": ["InstrumentKind"],
    "What a delegation gives": ["DelegationKind"],
    "How a delegation may be used": ["Exercise", "Exclusivity", "OnwardRule", "Holders"],
    "Kinds of fund and money": ["FundKind", "MoneyKind", "Recurrence"],
    "What one is asked to do": ["AskedNext"],
    "Positions": ["Position"],
    "Authority to bind": ["BindingKind"],
    "Kinds of condition": ["ConditionKind"],
    "Exceptions from notice": ["NoticeException"],
    "How minutes stand": ["MinutesStatus"],
    "Kinds of interest": ["InterestKind", "ConflictStatus"],
    "How a conflict is managed": ["ConflictManagement"],
    "Outcomes": ["Outcome"],
    "How it was decided": ["Method"],
    "Kinds of motion": ["MotionKind"],
    "What came of a call-in": ["CallInResult"],
    "What the public may see": ["AccessLevel"],
    "What a succession says": ["Continuity", "Liabilities"],
}
"""Each table of the page, and the controlled lists that it explains, word by word."""
PLAIN = {
    *(
        "Relation",
        "Takes",
        "Departure",
        "Seat",
        "VotingBase",
        "Tie",
        "LapseCause",
        "ReviewConclusion",
        "Operator",
        "Vat",
    ),
    *("Purpose", "RelatedLink", "MeetingKind", "MeetingMode", "Openness", "MinutesKept", "Presence", "PresenceMode"),
    *("Allowed", "VoteResult", "VoteCast", "DecisionLink", "Progress", "AuthorityKind", "Permission"),
}
"""Lists of words that mean what they mean anywhere: `in-person`, `resigned`, `unanimous`."""
EXPLAINED = {"AskedTo": "AskedNext"}
"""Lists whose words are all in another."""


def words_of(name):
    return list(get_args(getattr(vocabulary, name)))


def terms(text):
    """The words that rows explain: `vary, supersede, rescind` are three, and `section 75 agreement (s75)` is two."""
    return [
        term
        for row, _ in ROW.findall(text)
        for term in re.split(r"[,;] |\s*[()]", row.replace("*", "").replace("`", ""))
        if term
    ]


def test_every_controlled_list_is_explained_or_plain():
    lists = {name for name, value in vars(vocabulary).items() if get_origin(value) is Literal}
    assert lists == {name for names in TABLES.values() for name in names} | PLAIN | set(EXPLAINED)
    for name, other in EXPLAINED.items():
        assert set(words_of(name)) <= set(words_of(other))


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_explains_the_words_of_its_lists_in_their_order(heading):
    table = LISTS.split(f"\n### {heading}\n")[1].split("\n### ")[0]
    assert [word for word, _ in ROW.findall(table)] == [
        f"`{word}`" for name in TABLES[heading] for word in words_of(name)
    ]


def test_the_page_has_no_other_tables_of_lists():
    assert re.findall(r"^### (.+)$", LISTS, re.MULTILINE) == list(TABLES)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_thing_is_in_the_glossary(kind):
    assert kind in terms(WORDS)


def test_a_word_is_explained_once():
    assert [term for term, number in Counter(terms(WORDS)).items() if number > 1] == []


def test_every_row_says_something():
    rows = re.findall(r"^\|(?!\s*---|---)(.*)\|$", PAGE, re.MULTILINE)
    assert len(rows) - len(re.findall(r"^\| word \| meaning \|$", PAGE, re.MULTILINE)) == len(ROW.findall(PAGE))
