"""One step of a chain of authority in a sentence: what was given, and what its holder may do anyway."""

from __future__ import annotations

import re
from html import unescape

import pytest
from msgspec.structs import replace

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.deciding import Hop
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.authority import outcomes
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.authority import hop, standing
from decisionlog.render.site.telling import Telling

ICB, BOARD = "organisation:icb", "body:board"
NAMES = {ICB: "The ICB", BOARD: "ICB Board"}
OWN = Hop(
    from_=ICB, to=(BOARD,), legal_basis="original-power", instrument="", clause="", limits=(), valid="in force",
    delegation="", words="", evidence=(),
)  # fmt: skip
PAGE = RegisterPage("decision", "decision:D1", "D1", Basis("l", "", "", "log", 1, "", "reading-1"), {}, NAMES)


def told(one):
    return unescape(re.sub(r"<[^>]+>", "", hop(Telling(PAGE, Served()), one)))


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (OWN, "ICB Board, for The ICB, decided by its own power, which nobody had to give it."),
        (replace(OWN, from_=BOARD), "ICB Board decided by its own power, which nobody had to give it."),
        (replace(OWN, from_=BOARD, legal_basis=""), "ICB Board decided by its own power, which nobody had to give it."),
        (
            replace(OWN, from_=BOARD, legal_basis="nhs-act-2006-s3"),
            "ICB Board decided by its own power, which nobody had to give it, under nhs-act-2006-s3.",
        ),
    ],
)
def test_what_its_maker_may_do_anyway_is_not_told_as_given(one, said):
    assert told(one) == said


def test_several_makers_and_people_have_their_own_power():
    for makers in ((BOARD, "body:cabinet"), ("post:chair",)):
        assert "by their own power, which nobody had to give them" in told(replace(OWN, to=makers))


def test_that_no_delegation_is_cited_is_told_only_where_one_should_have_been():
    none = replace(OWN, valid="not recorded: no delegation is cited")

    assert standing(none) == ""
    assert standing(replace(none, legal_basis="nhsa2006-s3")) == "Not recorded: no delegation is cited"
    assert (
        standing(replace(none, tests=(outcomes.Test("conditions", outcomes.Outcome.FAILS),)))
        == "Possible: a condition was not met"
    )


def test_what_was_delegated_is_told_as_given_also_where_its_giver_had_it_anyway():
    assert told(replace(OWN, delegation="delegation:S-1")).startswith("The ICB gave ICB Board this power (")


def test_a_quotation_that_ends_with_a_full_stop_ends_the_step():
    given = replace(OWN, delegation="delegation:S-1", legal_basis="nhsa2006-s3")

    assert told(replace(given, words="As of right.")).endswith("in the words \u2018As of right.\u2019")
    assert told(replace(given, words="As of right")).endswith("in the words \u2018As of right\u2019.")
