"""Write the reference pages of this folder from the code; with --check, say which are stale and write nothing."""

from __future__ import annotations

import argparse
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import fields
from sqlalchemy import BigInteger, Integer, String, Table

from decisionlog.bootstrap import MODELS
from decisionlog.checks.finding import RULE_SET
from decisionlog.checks.rule import FAMILIES, Rule, rules
from decisionlog.cli.main import EXIT_CODES
from decisionlog.cli.main import main as program
from decisionlog.domain.facts import ANY_STREAM, OPENING, TYPES
from decisionlog.domain.facts.envelope import Envelope
from decisionlog.domain.facts.shape import FieldShape, fields_of, parts_of
from decisionlog.domain.permissions import EVERY, WORDS
from decisionlog.render.permissions import matrices, needing
from decisionlog.render.words import PLURALS
from decisionlog.settings import FLAGS, NAMES, load

HERE = Path(__file__).parent
WIDTH = 100
"""Columns of the help that is printed into the pages."""

_WRITTEN = "<!-- Written by docs/generate.py from the code. Change the code, then run `make docs`. -->"
_SQL_TYPES = {String: "text", BigInteger: "whole number", Integer: "whole number"}
_HEADS = ("field", "value")
_FINDINGS = """\
Whatever happened is recorded, also what was irregular. `decisionlog check` then says what does not add up: a *finding*.
A finding is computed from the facts each time it is asked for. It is stored nowhere, and nothing deletes it.

## How a finding is read

```text
Errors
GL04 expired delegation
  ICB/25-26/U02 (Night sitting service): possible: it relies on SORD-9.1, whose last day was 31
      December 2025 [521, 67]; since 20 February 2026; until 11 March 2026
```

- *possible*: the rule sees what was recorded, and nothing else. Whether something was wrong is for people to say.
- `[521, 67]` are the facts that the finding rests on, by their positions, the one at fault first: `decisionlog show @521`.
- *since*: a flaw in an act begins with the act; what is overdue begins when its last day is over, and ends when it is done.
  So `--on` answers for any day, also for one to come: what will be overdue then, if nothing happens.
- `--known` leaves out what was recorded later. What was explained since is open again, as it was then. It does not move the
  day that is asked about: alone, it tells how things stand now by what was known then. `--on` and `--known` together tell
  how they stood then.
- What is over, as what was overdue and was done, is told with `--over`, apart, with its status *over*. It does not count.
- *Not evidenced* stands apart, at the end: the rule could not be judged, since something that it needs is not recorded. That
  is neither a pass nor an accusation. It counts as information, and goes away when what is missing is recorded. On a screen
  and in Markdown the first few of each rule are told; `--select` with one rule, and the formats for programs, tell all.

`--format json` has the same under the keys `rule`, `severity`, `subject`, `sentence`, `source`, `evidence`, `status`,
`version`, `title`, `evidenced`, `since`, `until` and `answers`; `basis.rules` names the set of rules. Where nothing was on
record by the day asked about, `on_record_from` says since when something is.
`csv` is a table for a spreadsheet, `sarif` (2.1.0) is for tools that review code.

## What can be said to a finding

| command | what it records | afterwards |
| --- | --- | --- |
| `decisionlog finding explain GL04 REF --reason ...` | why it is as it is | *explained* |
| `decisionlog finding accept GL04 REF --reason ... --for WHO --review-by DAY` | somebody answerable accepts it, and bears it | *accepted* |
| `decisionlog finding waive GL04 REF --reason ... --for WHO --until DAY` | somebody who may do so sets the rule aside | *waived* |
| `decisionlog finding end-waiver GL04 REF --for WHO` | a waiver holds no longer | *open* again |

Each is a fact in the stream of what the finding is about, by somebody, on a day. The finding stays, and what was said stands
beside it. It is said to the rule as a whole, for this one thing; `--evidence @521` says it to that finding alone which rests
on that fact. Where the record was wrong, correct the record instead: the finding goes away by itself.

Nobody can bear a finding or set a rule aside without being named: by `--by-whom`, `--for` or `--by-decision`. What was said
has its reason, and holds from its day until its end. A waiver that was ended or ran out stays below the finding, with who
ended it, when and why; one whose `--review-by` has passed holds still, and it is said that its day is over.

## In a nightly job

```bash
decisionlog check --fail-on error --format sarif > findings.sarif
```

It ends with exit code 8 if an *open* finding is an error, and with 0 otherwise. What is explained, accepted or waived does
not count, and comes as suppressed in SARIF; what is not evidenced counts as `info`, what is over not at all.
`--select GL01,GL04-GL07`, `--select meetings` and `--ignore GL43` choose the rules; `--severity` and `--status` choose what
is shown, and so what counts.
A job that fails with another code could not check at all: see [exit codes](exit-codes.md)."""
_FAMILY = {
    "authority": "Rules of authority",
    "meetings": "Rules of meetings",
    "course": "Rules of the course of a matter",
}
_ENVELOPE = {
    "type": "the name of its type, such as `decision.taken`",
    "v": "the version of the type's shape, from 1; an old one is brought up to date when it is read",
    "stream": "what it is about: `kind:key`; the key is the first reference that the thing was given",
    "n": "its version within the stream, from 1, without gaps",
    "on": "when the act happened: a day in the log's time zone, an RFC 3339 time, or a partial date (`2024-02`)",
    "recorded_at": "when the log learnt it: UTC, microseconds, never earlier than the fact before",
    "clock": "what the clock said, where it was behind the fact before",
    "recorded_by": "the role or the key of the person who recorded it",
    "batch": "the act of recording that it belongs to (a ULID); a batch is written whole or not at all",
    "source": "where it came from, if it was not typed here: `name`, `sha256`, `place`, when and by whom it was said",
    "of": "the fact that it answers, ends, varies or corrects: `stream` and `n`",
    "salt": "16 random bytes, base64url, so that the hash of a withheld fact tells nothing",
    "data": "the fields of its type",
}


def views_page() -> str:
    """The read models as views for SQL: which stay, what their columns mean, and a query of each to begin with."""
    told = tomllib.loads((HERE / "views.toml").read_text(encoding="utf-8"))
    views = sorted((model.name, model(1).table) for model in MODELS)
    kept = [view for view in views if told["views"][view[0]]["stable"]]
    own = [f"| `{name}` | {told['views'][name]['says']} |" for name, _ in views if not told["views"][name]["stable"]]
    axes = _table(("column", "is"), [(f"`{name}`", says) for name, says in told["axes"].items()])
    return _page(
        "Views for SQL",
        told["page"]["opening"].rstrip(),
        [
            "## The axes",
            "Every view with these columns has a `NAME_now` without them, which has `possible` instead.",
            axes,
            told["page"]["asking"].rstrip(),
            "## The views",
            *(_view(name, table, told) for name, table in kept),
            "## The program's own",
            "\n".join(["| view | a row is |", "| --- | --- |", *own]),
        ],
    )


def _view(name: str, table: Table, told: dict[str, Any]) -> str:
    says = told["views"][name]
    rows = [
        (f"`{column.name}`", _SQL_TYPES[type(column.type)], says.get(column.name) or told["columns"][column.name])
        for column in table.columns
        if column.name not in told["axes"]
    ]
    names = f"`{name}_now`, `{name}`" if "valid_from" in table.columns else f"`{name}`"
    return _paragraphs(
        f"### {name}",
        f"{says['says']} Read as {names}.",
        _table(("column", "type", "is"), rows),
        f"For example, {says['tells']}:",
        f"```sql\n{says['example']}\n```",
    )


def commands_page() -> str:
    """Every command with its help, as people see it."""
    sections = [f"## {name}\n\n```text\n{text}\n```" for name, text in _helps(program, "decisionlog", None)]
    return _page("Commands", "Every command, with what `--help` says about it.", sections)


def facts_page() -> str:
    """Every type of fact with its fields, the envelope around them and the parts within them."""
    opening = (
        "One fact is one line of canonical JSON (RFC 8785): the fields of the envelope, "
        "with the fields of its type in `data`.\n"
        "A field that is left out is *not recorded*; an empty list is *recorded as none*.\n"
        "What is *sealed* is stored as a salted commitment; its words lie in the vault."
    )
    parts = {part.__name__: part for model in TYPES.values() for part in parts_of(model)}
    sections = [_envelope(), _kinds_of_value([*TYPES.values(), *parts.values()])]
    for stream, types in groupby(TYPES.items(), key=lambda item: item[0].partition(".")[0]):
        sections.append(f"## {stream}")
        if stream in ANY_STREAM:
            sections.append("Written in the stream of what it is about.")
        sections += [_type(f"`{name}`", model, opens=name in OPENING) for name, model in types]
    sections.append("## Parts")
    sections += [_type(f"Part: {name}", parts[name], opens=False) for name in sorted(parts)]
    return _page("Facts", opening, sections)


def settings_page() -> str:
    """Every setting: how it is given, and what holds where it is not."""
    unset = load(environment={}, start=Path(Path.cwd().anchor))
    rows = [
        (f"`{name}`", _code(FLAGS.get(name, "")), f"`{variable}`", _code(getattr(unset, name).value or ""), meaning)
        for name, (variable, meaning) in NAMES.items()
    ]
    opening = (
        "A flag goes before the environment, and the environment before `decisionlog.toml`, "
        "which is looked for from the current folder upwards."
    )
    table = _table(("in `decisionlog.toml`", "flag", "environment", "where none is given", "meaning"), rows)
    return _page("Settings", opening, [table])


def exit_codes_page() -> str:
    """What the program's exit codes mean."""
    opening = (
        "The same for every command.\n"
        "An unsound log (3) is told apart from a store that cannot be read now (6), "
        "so that a nightly job can tell *the check failed* from *the check could not run*."
    )
    table = _table(("code", "meaning"), [(str(code), meaning) for code, meaning in sorted(EXIT_CODES.items())])
    return _page("Exit codes", opening, [table])


def findings_page() -> str:
    """How findings are read and answered, and every rule in words."""
    rows = [
        (
            _rule_link(rule),
            rule.severity,
            ", ".join(PLURALS[kind] for kind in rule.about),
            rule.rule,
            "yes" if rule.verified else "no",
        )
        for rule in rules().values()
    ]
    listed = _paragraphs(
        "## The rules",
        f"The set is `{RULE_SET}`. *Read* says whether the source was read for the rule; where it was not, ask somebody who knows.",
        _table(("rule", "severity", "judges", "what trips it", "read"), rows),
    )
    sections = [listed]
    for family in FAMILIES:
        of_family = [rule for rule in rules().values() if rule.family == family]
        sections += [f"## {_FAMILY[family]}", *map(_rule, of_family)] if of_family else []
    return _page("Findings", _FINDINGS, sections)


def permissions_page() -> str:
    """Who may do what with a log, computed cell by cell by the function that the program asks."""
    opening = (
        "What the software lets somebody do with a log; who may *decide* is recorded and judged, and never decided here.\n"
        "Deny unless granted: a [key](keys.md) may do what the fact says that opens the stream of its id, as long as that holds.\n"
        "What somebody may not know of is *absent*: to them it answers as what was never recorded."
    )
    each = _table(
        ("permission", "lets somebody", "is needed to record"),
        [(f"`{one}`", WORDS[one], needing(one)) for one in EVERY],
    )
    matrix = [
        _paragraphs(f"### What is {', '.join(f'*{level}*' for level in levels)}", _table(("holds", "in", *EVERY), rows))
        for levels, rows in matrices()
    ]
    return _page("Permissions", opening, ["## Each permission", each, "## Who may do what", *matrix])


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": commands_page,
    "exit-codes.md": exit_codes_page,
    "facts.md": facts_page,
    "findings.md": findings_page,
    "permissions.md": permissions_page,
    "settings.md": settings_page,
    "views.md": views_page,
}


def main(arguments: Sequence[str]) -> int:
    """Write the pages that have changed, or with --check name them and end with 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a page is stale")
    check = parser.parse_args(arguments).check
    stale = list(stale_pages())
    for name, text in stale:
        if check:
            print(f"docs/{name} is stale; run: make docs")
        else:
            (HERE / name).write_text(text, encoding="utf-8")
            print(f"docs/{name} is written")
    return 1 if check and stale else 0


def stale_pages() -> Iterator[tuple[str, str]]:
    """The pages whose file is not what the code says, each with what it should be."""
    for name, page in PAGES.items():
        text = page()
        file = HERE / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            yield name, text


def _helps(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        color=False,
        help_option_names=program.context_settings.get("help_option_names", ["--help"]),
    )
    yield context.command_path, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None and not found.hidden:
                yield from _helps(found, inner, context)


def _envelope() -> str:
    written = {info.encode_name for info in fields(Envelope)}
    if written != _ENVELOPE.keys():
        msg = f"the envelope has changed; describe in docs/generate.py: {sorted(written ^ _ENVELOPE.keys())}"
        raise ValueError(msg)
    rows = [(f"`{name}`", meaning) for name, meaning in _ENVELOPE.items()]
    return _paragraphs("## The envelope", "What every fact has around the fields of its type.", _table(_HEADS, rows))


def _kinds_of_value(models: Iterable[type[Struct]]) -> str:
    found = {}
    for model in models:
        for field in fields_of(model).values():
            if field.description and field.meaning not in {"part", "word", "flag", "ref"}:
                found[_kind(field), field.description] = field.limit
    rows = [
        (f"*{kind}*", description + (f" At most {limit:,} characters." if limit else ""))
        for (kind, description), limit in sorted(found.items())
    ]
    return _paragraphs("## Kinds of value", _table(("kind", "what it may be"), rows))


def _type(title: str, model: type[Struct], *, opens: bool) -> str:
    rows = [
        (f"`{name}`" + " (required)" * field.required, "list of " * field.many + _kind(field))
        for name, field in fields_of(model).items()
    ]
    return _paragraphs(
        f"### {title}",
        inspect.cleandoc(model.__doc__ or ""),
        "It opens a stream." if opens else "",
        _table(_HEADS, rows) if rows else "It has no fields of its own.",
    )


def _kind(field: FieldShape) -> str:
    match field.meaning:
        case "word":
            return ", ".join(f"`{word}`" for word in field.words)
        case "ref":
            return f"reference to {' / '.join(field.kinds) or 'anything'}"
        case "part" if field.part is not None:
            return f"[{field.part.__name__}](#part-{field.part.__name__.lower()})"
        case "flag":
            return "yes or no"
        case meaning:
            return f"{meaning}{', one line' if field.one_line else ''}{', verbatim' if field.verbatim else ''}"


def _rule(rule: Rule) -> str:
    rows = [
        ("rule", rule.rule),
        ("why", rule.why),
        ("example", rule.example),
        ("how it is put right", rule.put_right),
        ("source", f"{rule.source} ({'read' if rule.verified else 'not read'} for this rule)"),
        ("severity", rule.severity),
        ("judges", ", ".join(PLURALS[kind] for kind in rule.about)),
        ("version", str(rule.version)),
    ]
    return _paragraphs(f"### {rule.id} {rule.title}", "\n".join(f"- **{name}:** {text}" for name, text in rows))


def _rule_link(rule: Rule) -> str:
    anchor = re.sub(r"[^a-z0-9 -]", "", f"{rule.id} {rule.title}".lower()).replace(" ", "-")
    return f"[{rule.id} {rule.title}](#{anchor})"


def _page(title: str, opening: str, sections: Iterable[str]) -> str:
    return _paragraphs(f"# {title}", _WRITTEN, opening, *sections) + "\n"


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
