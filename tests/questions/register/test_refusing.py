"""What a refusal says to whoever reads a page: its sentences that are not about the command line."""

from __future__ import annotations

import pytest

from decisionlog.questions.register.refusing import plainly


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        ("'soon' is not a date; write 2026-03-12.", "'soon' is not a date; write 2026-03-12."),
        ("No place is called 'x'. `decisionlog list KIND` shows what there is.", "No place is called 'x'."),
        ("It is not known yet: --known takes a day up to today.", "It is not known yet."),
        ("--since 2026 is later than --until 2025; nothing lies between them.", "Nothing lies between them."),
        ("Nothing is called 'x'. Did you mean body:a (A)?", "Nothing is called 'x'. Did you mean body:a (A)?"),
        ("--fund needs --value.", "It cannot be answered as it was asked."),
        ("Nothing is called 'a--b' here.", "Nothing is called 'a--b' here."),
    ],
)
def test_commands_and_their_options_are_left_out(refused, told):
    assert plainly(ValueError(refused)) == told
