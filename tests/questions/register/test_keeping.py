"""The pages about the register itself: who keeps it, and how far others can hold them to it."""

from __future__ import annotations

import pytest
from msgspec import to_builtins

from decisionlog.bootstrap import MODELS
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.keeping import accessibility, how_this_works, kept
from decisionlog.questions.witnessed import Watch
from decisionlog.store.catch_up import ReadModels
from tests.questions.test_witnessed import ICB, TRUST, WATCH, history
from tests.scenario import NOW, engine_for


@pytest.fixture
def asking():
    log = history((ICB, TRUST), None)
    models = ReadModels(log, engine_for(log), MODELS)
    models.catch_up()
    yield lambda **told: Asking(log, models, NOW, **told)
    models.close()


def test_they_say_whose_log_it_is_since_when_and_whom_to_write_to(asking):
    keeping = kept(asking(contact="register@northmoor.example"))
    log = asking().log
    first = next(log.facts(limit=1))
    assert (keeping.name, keeping.origin) == (log.identity.name, log.identity.origin)
    assert (keeping.opened_at, keeping.opened_by) == (first.recorded_at, first.recorded_by)
    assert keeping.contact == "register@northmoor.example"


def test_they_say_how_far_it_is_signed(asking):
    keeping = kept(asking())
    assert (keeping.checkpointed, keeping.basis.position) == (2, 3)


def test_nobody_asked_to_confirm_it_is_told_as_nothing(asking):
    keeping = kept(asking())
    assert (keeping.quorum, keeping.witnessed, keeping.witnesses) == ("", 0, ())


def test_where_the_policy_lies_and_why_it_cannot_be_read_is_told_nobody(asking):
    watch = Watch("/home/clerk/partners.policy", None, "/home/clerk/partners.policy cannot be read.")
    assert "clerk/partners" not in str(to_builtins(kept(asking(watch=watch))))


def test_the_witnesses_are_named_with_what_they_have_confirmed(asking):
    keeping = kept(asking(watch=WATCH))
    assert (keeping.quorum, keeping.witnessed) == ("2 of icb, council and trust", 2)
    assert {one.name: one.size for one in keeping.witnesses} == {"icb": 2, "council": 0, "trust": 2}


@pytest.mark.parametrize(("make", "path"), [(how_this_works, "how-this-works"), (accessibility, "accessibility")])
def test_each_is_a_page_of_its_own(asking, make, path):
    page = make(asking())
    assert (page.name, page.about) == (path, path)
    assert page.answers["keeping"] == kept(asking())
