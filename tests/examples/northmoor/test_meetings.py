"""The files of the year: recorded on top of the scheme, once and for all, on days that a calendar has."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from decisionlog.exchange.written import read_yaml
from tests.cli.running import answer, new_log, run
from tests.examples.northmoor.conftest import BY
from tests.examples.northmoor.year import CORRECTION, FILES, NORTHMOOR, RECORDED, SCHEME, sign

BANK_HOLIDAYS = {
    date.fromisoformat(day)
    for day in (
        "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26", "2026-01-01",
        "2026-04-03", "2026-04-06",
    )
}  # fmt: skip
KINDS = (
    "decisions",
    "proposals",
    "disagreements",
    "delegations",
    "meetings",
    "actions",
    "bodies",
    "posts",
    "organisations",
)


def _read(file):
    return read_yaml(file.name, file.read_bytes()).value


def _day(written) -> date:
    return date.fromisoformat(str(written)[:10])


def test_the_year_is_whole(year):
    written = [_read(file) for file in FILES]
    assert sum("meeting" in file for file in written) >= 10
    assert sum("between_meetings" in file for file in written) >= 12
    assert len(year.find(sign("decision.taken"))) >= 40
    assert sum(fact["source"]["name"] != SCHEME.name for fact in year.facts if "source" in fact) >= 150


def test_every_paper_is_cited_by_its_digest(year):
    papers = [
        fact["data"]["paper"]["sha256"]
        for put_forward in ("proposal.submitted", "proposal.revised")
        for fact in year.find(sign(put_forward, {"paper.sha256": RECORDED}))
    ]
    digests = [sha256(paper.read_bytes()).hexdigest() for paper in NORTHMOOR.glob("meetings/papers/*.md")]
    assert sorted(papers) == sorted(digests)


def test_every_file_recorded_again_adds_nothing(log):
    size = answer("status", "--log", log)["size"]
    said = run("record", *map(str, FILES), *BY, "--log", log).stdout
    assert said.count(": already recorded (") == len(FILES)
    assert said.endswith("Nothing was added.\n")
    assert answer("status", "--log", log)["size"] == size


def test_recorded_in_two_halves_the_year_reads_the_same(log):
    new_log()
    run("scheme", "apply", str(SCHEME), *BY)
    for first in ("2025", "2026"):
        run("record", *(str(file) for file in FILES if file.name.startswith(first)), *BY)
    run("import", str(CORRECTION), *BY)
    for kind in KINDS:
        assert answer("list", kind)["items"] == answer("list", kind, "--log", log)["items"]


def test_the_scheme_that_the_year_comes_to_can_be_taken_out_and_differs_in_nothing(ask):
    ask("scheme", "export", "scheme.yaml")
    assert "No difference" in ask("scheme", "plan", "scheme.yaml").stdout


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_of_a_working_day_and_was_written_soon_after(file):
    content = _read(file)
    on = _day((content.get("meeting") or content["between_meetings"])["on"])
    written = _day(content["written"])
    assert file.name.startswith(f"{on}-")
    for day in (on, written):
        assert day.weekday() < 5
        assert day not in BANK_HOLIDAYS
    late = file.stem == "2025-10-02-director-of-adult-social-care"
    assert late or 0 <= (written - on).days <= 7


def test_one_paper_at_one_meeting_has_three_determinations(log):
    items = answer("who", "decided", "NLB/25-26/P14", "--on", "2026-06-01", "--log", log)["items"]
    assert [item["decision"]["stream"] for item in items] == [
        "decision:NLB/25-26/031",
        "decision:CAB/26/118",
        "decision:NLB/25-26/032",
    ]


def test_an_urgent_decision_under_a_power_that_had_ended_is_recorded_as_it_happened(log):
    item = answer("who", "decided", "ICB/25-26/U02", "--on", "2026-06-01", "--log", log)
    assert item["authority"][0]["valid"].startswith("not in force")


def test_a_conflict_and_how_it_was_managed_stand_with_the_meeting(ask):
    told = ask("history", "PC-2025-05-15").stdout
    assert "The trust would be paid to run the service." in told
    assert "leaves for the item" in told
