"""Tables for a spreadsheet, which obeys nothing that is written in them."""

from __future__ import annotations

import pytest

from decisionlog.domain.text import visible
from decisionlog.render.as_csv import lines
from tests.render.mapping.test_functions_map import answer, row


@pytest.mark.parametrize("begins", list("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20"))
def test_what_a_spreadsheet_would_obey_is_text_there(begins):
    name = f"{begins}HYPERLINK()"
    cell = f"'{name}" if begins.isprintable() else visible(name)
    written = "\n".join(lines(answer(row(), name=name)))
    assert f",{cell}," in written
    assert f",{begins}" not in written


@pytest.mark.parametrize("plain", ["Care", "a=b", "50% - or less"])
def test_anything_else_is_as_it_is(plain):
    assert f",{plain}," in "\n".join(lines(answer(row(), name=plain)))
