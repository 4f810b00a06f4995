"""The pages for whoever runs the service say what there is: options, figures, fields of the journal, attributes of an event."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path

import click
import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from decisionlog.cli.main import main as program
from decisionlog.domain.answers.standing import Entry
from decisionlog.render.events import event
from decisionlog.web.feed import MOST_STREAMS
from decisionlog.web.journal import _SHAPES
from tests.web.served import served

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = (DOCS / "operating.md").read_text(encoding="utf-8")
FEED = (DOCS / "feed.md").read_text(encoding="utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


def started():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(block("ini"))
    yield shlex.split(unit["Service"]["ExecStart"])[1:]
    yield json.loads(re.search(r"^CMD (\[.*\])$", block("dockerfile"), re.MULTILINE)[1])


@pytest.mark.parametrize("words", list(started()), ids=["unit", "container"])
def test_the_examples_start_the_service_as_it_can_be_started(words):
    context = click.Context(program, **program.context_settings)
    serve = program.get_command(context, words[0])
    told = serve.make_context(words[0], words[1:], parent=context).params
    assert told["writes"]
    assert told["behind_tls"]
    assert told["public_url"] == "https://decisions.northmoor.example"


def test_every_figure_is_on_the_page_and_no_other():
    with served(is_metered=True) as client:
        client.get("/v1/bodies")
        families = list(text_string_to_metric_families(client.get("/metrics").text))
    exposed = {family.name + "_total" * (family.type == "counter") for family in families}
    absent = {f"decisionlog_{name}_timestamp_seconds" for name in ("checkpointed_until", "witnessed", "backup")}
    table = PAGE.partition("\n## Figures\n")[2].partition("\n## ")[0].partition("```")[0]
    assert set(re.findall(r"`(decisionlog_[a-z_]+)", table)) == exposed | absent


def test_the_alerts_name_figures_that_there_are():
    told = set(re.findall(r"decisionlog_[a-z_]+", PAGE.partition("```yaml")[0]))
    alerts = YAML(typ="safe").load(block("yaml"))
    assert len(alerts) > 3
    for alert in alerts:
        assert set(re.findall(r"decisionlog_[a-z_]+", alert["expr"])) <= told


def test_the_line_on_the_page_is_one_that_the_journal_writes():
    line = json.loads(re.search(r'^{"event".*$', PAGE, re.MULTILINE)[0])
    assert line.keys() - {"at"} <= _SHAPES.keys()
    assert all(_SHAPES[name].fullmatch(str(value)) for name, value in line.items() if name != "at")


def test_the_attributes_of_an_event_are_on_the_page():
    said = json.loads(event("northmoor.example", Entry(1, "", b'{"type":"x","stream":"y","recorded_at":"z"}')))
    assert said.keys() - {"specversion", "datacontenttype"} == set(
        re.findall(r"^\| `(\w+)` \|", FEED.partition("## CloudEvents")[2].partition("\n## ")[0], re.MULTILINE)
    )


def test_the_page_of_the_feed_says_how_many_streams_there_may_be():
    assert f"As many as\n{MOST_STREAMS} streams are open at once" in FEED
