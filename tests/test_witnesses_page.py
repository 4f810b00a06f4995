"""The page on witnesses is done as it is written: a partner of each kind, a policy, a request there and back."""

from __future__ import annotations

import re
from pathlib import Path

from decisionlog.cli.witnessing.group import witness
from tests.cli.page import now, parts

PAGE = Path(__file__).parent.parent / "docs" / "witnesses.md"


def test_witnessing_goes_as_it_is_written(approve):
    page = PAGE.read_text(encoding="utf-8")
    told = now(page, Path.cwd())
    if approve:
        PAGE.write_text(told, encoding="utf-8")
    else:
        assert told == page, "run: pytest --approve tests/test_witnesses_page.py, and read the difference"


def test_the_page_tells_every_command_of_a_witness():
    page = PAGE.read_text(encoding="utf-8")
    assert [part.shown for part in parts(page)].count(False) == 1
    for name in witness.list_commands(None):
        assert re.search(rf"witness {name}\b|`{name}`", page), name
