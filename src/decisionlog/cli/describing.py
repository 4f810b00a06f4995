"""The commands that describe the program itself: schema, config, help."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

import click

from decisionlog.addresses import BadAddress, Server, place_of
from decisionlog.cli.main import COMMANDS, EXIT_CODES
from decisionlog.cli.main import main as program
from decisionlog.cli.opening import settled
from decisionlog.cli.options import Reading, examples, reads
from decisionlog.cli.printing import page, print_json, print_lines, print_page
from decisionlog.domain.refusals import BadInput
from decisionlog.render.as_json import dumped
from decisionlog.render.page import Page
from decisionlog.settings import BUILT_IN, NAMES

_SECRET = re.compile(r"(?<=://)([^/@:]*):[^/@]*(?=@)")
_COMPLETION: Final = """\
To complete commands, options and references with the Tab key, add one line to what your shell reads when it starts:

  bash   eval "$(_DECISIONLOG_COMPLETE=bash_source decisionlog)"     in ~/.bashrc
  zsh    eval "$(_DECISIONLOG_COMPLETE=zsh_source decisionlog)"      in ~/.zshrc
  fish   _DECISIONLOG_COMPLETE=fish_source decisionlog | source     in ~/.config/fish/config.fish
"""


@click.command(epilog=examples("schema --types", "schema decision.taken --plain", "schema --http > openapi.json"))
@click.argument("name", metavar="[TYPE]", required=False)
@click.option("--types", is_flag=True, help="List the types of fact, each with what it says.")
@click.option("--plain", is_flag=True, help="As people write facts for `import`, not as they are stored.")
@click.option("--http", is_flag=True, help="The HTTP interface that `serve` answers, as OpenAPI 3.1.")
def schema(name: str | None, *, types: bool, plain: bool, http: bool) -> None:
    """The shapes of the facts, as JSON Schema."""
    if http:
        if name or types or plain:
            raise click.UsageError("--http describes the whole interface; nothing else goes with it.")
        from decisionlog.web.application import description

        print_json([dumped(description(), indented=True)])
        return
    from decisionlog.domain.facts import TYPES
    from decisionlog.render.schema import schema as of
    from decisionlog.render.schema import summaries

    if types:
        width = max(map(len, TYPES))
        for type_name, summary, opens in summaries():
            print_lines(page().columns([(type_name, width)], f"{summary}{' (opens a stream)' if opens else ''}"))
        return
    if name is not None and name not in TYPES:
        near = get_close_matches(name, TYPES, n=1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        msg = f"'{name}' is not a type of fact.{hint} `decisionlog schema --types` lists them."
        raise click.UsageError(msg)
    print_json([dumped(of([name] if name else (), plain=plain), indented=True)])


@click.command(epilog=examples("config", "config --log other.db"))
@reads
def config(reading: Reading) -> None:
    """Every setting, and where it comes from.

    A flag goes before the environment, the environment before decisionlog.toml (here or in a folder above).
    """
    settings = settled(reading.run, reading.log)
    version, unusable = _table_of(settings.rules.value)
    items = [
        {
            "name": name,
            "value": _without_secret(getattr(settings, name).value),
            "origin": getattr(settings, name).origin,
            **({"version": version} if name == "rules" else {}),
        }
        for name in NAMES
    ]
    if reading.format == "json":
        print_json([dumped({"items": items}, indented=True)])
    elif reading.format == "jsonl":
        print_json(dumped(item) for item in items)
    else:
        print_page(reading.format, lambda page: _settings(items, page))
    if unusable:
        raise unusable


def _table_of(rules: str | None) -> tuple[str | None, BadInput | None]:
    """The version of the table of legal bases in use; or why it cannot be used."""
    from decisionlog.questions.accountable.rules import table_in

    try:
        return table_in(rules or BUILT_IN).version, None
    except BadInput as refused:
        return None, refused


@click.command(name="help", epilog=examples("help exit-codes", "help import"))
@click.argument("topic", required=False)
@click.pass_context
def help_(context: click.Context, topic: str | None) -> None:
    """Help on a command or a topic: exit-codes, completion."""
    root = context.find_root()
    if topic is None:
        click.echo(root.get_help())
    elif topic == "exit-codes":
        for code, meaning in EXIT_CODES.items():
            print_lines(page().columns([(str(code), 3)], meaning))
    elif topic == "completion":
        click.echo(_COMPLETION, nl=False)
    elif command := program.get_command(root, topic):
        click.echo(command.get_help(click.Context(command, info_name=topic, parent=root)))
    else:
        raise click.NoSuchCommand(topic, possibilities=[*COMMANDS, "exit-codes", "completion"], ctx=root)


def _settings(items: Iterable[Mapping[str, str | None]], page: Page) -> Iterator[str]:
    widest = max(map(len, NAMES))
    for item in items:
        name = item["name"] or ""
        _, meaning = NAMES[name]
        version = [f"in use: {item['version']}"] if item.get("version") else []
        values = [f"{item['value'] or '-'}  ({item['origin']})", *version, meaning]
        yield from page.entry(name, values, label_width=widest + 2)


def _without_secret(value: str | None) -> str | None:
    if not value:
        return value
    try:
        place = place_of(value)
    except BadAddress:
        return _SECRET.sub(r"\1:***", value)
    return place.shown if isinstance(place, Server) else _SECRET.sub(r"\1:***", value)
