"""The importer of Python's governance, run on a few invented records at a time."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import pytest

from tests.examples.peps.records import lines_of

PEPS = Path(__file__).parents[3] / "examples" / "peps"


@pytest.fixture(scope="module")
def converted():
    """The converter, loaded as the script loads its neighbours and forgotten again afterwards."""
    ours = [path.stem for path in PEPS.glob("*.py")]
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PEPS))
        for name in ours:
            patch.delitem(sys.modules, name, raising=False)
        yield importlib.import_module("convert").Converted
        for name in ours:
            sys.modules.pop(name, None)


@pytest.fixture
def facts(converted):
    """The facts of some records, in the order in which they are written."""

    def convert(*records):
        done = converted("peps.jsonl", "\n".join(map(json.dumps, records)).encode())
        assert done.rejects == []
        written = [json.loads(line) for line in done.facts()]
        said = {line for fact in written for line in lines_of(fact)}
        assert said == set(range(1, len(records) + 1)), "a record vanished"
        return written

    return convert
