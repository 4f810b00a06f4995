"""The parts of an open log."""

from __future__ import annotations

import subprocess
import sys

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.store.read_model import ReadModel


@pytest.mark.parametrize("announced", MODELS, ids=lambda announced: announced.name)
def test_a_read_model_is_announced_as_what_it_is(announced):
    model = announced.load()
    assert issubclass(model, ReadModel)
    assert (model.name, model.version) == (announced.name, announced.version)
    assert model.__name__ == announced.place.partition(":")[2]


def test_a_read_model_that_says_another_version_than_announced_is_never_built():
    with pytest.raises(AssertionError, match="is announced otherwise"):
        MODELS[0]._replace(version=MODELS[0].version + 1)(1)


def test_the_parts_are_imported_without_a_read_model():
    program = "import sys, decisionlog.bootstrap; print([name for name in sys.modules if 'projections' in name])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
