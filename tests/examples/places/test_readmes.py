"""Bolton, Dudley and Croydon: what their READMEs show is what the program says, and their schemes invent no days."""

from __future__ import annotations

import pytest

from tests.cli.running import answer, new_log, run
from tests.examples.sessions import EXAMPLES, run_readme

PLACES = ["bolton", "croydon", "dudley"]
STAND_INS = {
    "bolton": {"2022-07-01"},
    "croydon": {"2022-05", "2022-07-01"},
    "dudley": {"2022-07-01", "2023-04-01"},
}
"""The days of each scheme: those of the boards and of the mayor's office, and one stand-in."""


@pytest.mark.parametrize("place", PLACES)
def test_every_command_of_a_readme_says_what_stands_beneath_it(place, tmp_path):
    assert run_readme(place, tmp_path) >= 6, "init, the scheme, the meeting and three questions"


@pytest.fixture(params=PLACES)
def place(request):
    """A place, its scheme applied to a log of its own."""
    new_log()
    run("scheme", "apply", str(EXAMPLES / request.param / "scheme.yaml"), "--by", "clerk-1")
    return request.param


def test_an_exported_scheme_differs_in_nothing(place):
    run("scheme", "export", "exported.yaml")
    for file in ("exported.yaml", str(EXAMPLES / place / "scheme.yaml")):
        assert run("scheme", "plan", file).stdout.startswith("No difference:")


def test_a_scheme_has_no_day_but_those_that_are_explained(place):
    facts = [item["fact"] for item in answer("log")["items"] if item["fact"]["type"] != "log.opened"]
    days = {day for fact in facts for day in (fact.get("on"), fact["data"].get("from"), fact["data"].get("until"))}
    assert days - {None} == STAND_INS[place]


def test_a_scheme_names_no_person(place):
    types = {item["fact"]["type"] for item in answer("log")["items"]}
    assert not {one for one in types if one.startswith("person.")} | (types & {"post.filled", "delegation.granted"})


def test_every_fact_of_the_meeting_stands_under_its_mark(place):
    run("record", str(EXAMPLES / place / "meeting.yaml"), "--by", "clerk-1")
    (meeting,) = answer("list", "meetings")["items"]
    assert run("show", meeting["ref"]).stdout.splitlines()[0].endswith("An invented meeting")
    for decision in answer("list", "decisions")["items"]:
        assert " (An invented meeting), item " in " ".join(run("who", "decided", decision["ref"]).stdout.split())
