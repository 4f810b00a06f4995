"""The options that commands share, each defined once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from typing import TYPE_CHECKING, Any, get_args

import click
from msgspec import Struct

from decisionlog.cli.main import Run
from decisionlog.cli.printing import Format, print_answer

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.questions.point import Asked
    from decisionlog.store.log import Log

Command = Callable[..., Any]


class _Forms(click.Choice[str]):
    """The formats of an answer; Markdown by its short name too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The format, by its name in the list."""
        return super().convert("markdown" if value == "md" else value, param, ctx)


_log = click.option("--log", metavar="PATH", help="The log, if not the one that `decisionlog config` names.")
_debug = click.option("--debug", is_flag=True, hidden=True)


def _formats(forms: str, words: str) -> Command:
    """`--format`, one of these, the first unless another is asked for."""
    several = forms.split()
    return click.option(
        "--format",
        "format",
        type=_Forms(several),
        default=several[0],
        show_default=True,
        help=f"For a person; {words}.",
    )


_format = _formats("terminal json jsonl", "one JSON document; or one JSON object a line")
_reading_format = _formats(
    "terminal json jsonl markdown", "one JSON document; one JSON object a line; or a page of Markdown"
)
_chain_format = _formats(
    "terminal json jsonl markdown mermaid",
    "one JSON document; one JSON object a line; a page of Markdown; or a Mermaid chart of the chains",
)
_finding_format = _formats(
    "terminal json jsonl markdown csv sarif",
    "one JSON document; one JSON object a line; Markdown; a table; or SARIF 2.1.0 for other tools",
)
_sheet_format = _formats(
    "terminal json jsonl markdown csv",
    "one JSON document; one JSON object a line; a page of Markdown; or a table for a spreadsheet",
)
_table_format = _formats(
    "terminal json jsonl markdown html csv",
    "one JSON document; one JSON object a line; Markdown; one page of HTML; or a table for a spreadsheet",
)
_feed_format = _formats(
    "terminal json jsonl cloudevents markdown",
    "one JSON document; one JSON object a line; one CloudEvent a line; or a page of Markdown",
)
_json = click.option(
    "--json",
    "format",
    flag_value="json",
    type=_Forms(get_args(Format)),  # click reads the word that --format was given by this option's type as well
    help="Short for --format json.",
)
_by = click.option("--by", metavar="ROLE", help="Who records: a role or an opaque key, such as secretariat-1.")
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would be recorded, and record nothing.")
_on = click.option(
    "--on", metavar="WHEN", help="As at the end of this day (2026-03-12, yesterday), or at this time. [default: now]"
)
_known = click.option(
    "--known",
    metavar="WHEN",
    help="As known by then: a day, a time, or a position such as @1234; it does not move --on. [default: now]",
)
_clock = click.option(
    "--clock",
    type=click.Choice(["log", "source"]),
    default="log",
    show_default=True,
    help="Whose clock --known runs on: this log's, or that of the sources.",
)


class Reading(Struct, frozen=True):
    """What a reading command was told."""

    run: Run
    log: str | None = None
    format: Format = "terminal"
    on: str | None = None
    known: str | None = None
    clock: str = "log"

    @property
    def asked(self) -> Asked:
        """The point on both axes of time that the flags name, and the rules that are set."""
        from decisionlog.cli.opening import settled
        from decisionlog.questions.point import Asked
        from decisionlog.settings import BUILT_IN

        rules = settled(self.run, self.log).rules.value or BUILT_IN
        if rules != BUILT_IN:
            from decisionlog.questions.accountable.rules import require_there

            require_there(rules)
        return Asked(self.on, self.known, self.clock, rules)

    def opened(self, *, caught_up: bool = True) -> AbstractContextManager[OpenLog]:
        """The log, open for the length of the command."""
        from decisionlog.cli.opening import opened, place

        return opened(place(self.run, self.log), caught_up=caught_up)

    def looked_at(self) -> AbstractContextManager[OpenLog]:
        """The log, open for the length of a command that only shows, as far as it can be read."""
        from decisionlog.cli.opening import looked_at, place

        return looked_at(place(self.run, self.log))

    def alone(self) -> AbstractContextManager[Log]:
        """The log without its read models, open for the length of the command."""
        from decisionlog.cli.opening import alone, place

        return alone(place(self.run, self.log))

    def answer(self, answer: Any) -> None:
        """Print the answer in the format asked for."""
        print_answer(answer, self.format)


class Recording(Struct, frozen=True):
    """What a recording command was told."""

    run: Run
    log: str | None
    by: str | None
    format: Format
    dry_run: bool


def examples(*commands: str) -> str:
    """The end of a command's help: how it is used."""
    return "\b\nFor example:\n" + "\n".join(f"  decisionlog {command}" for command in commands)


def finds(command: Command) -> Command:
    """A command that only needs the log: --log; it is given a `Reading`."""
    return _with((_log, _debug), Reading, ("log",), command)


def reads(command: Command) -> Command:
    """A command that reads the log as it is: --log, --format, --json; it is given a `Reading`."""
    return _with((_log, _reading_format, _json, _debug), Reading, ("log", "format"), command)


def tells(command: Command) -> Command:
    """A command that answers without a log: --format, --json; it is given a `Reading`."""
    return _with((_format, _json, _debug), Reading, ("format",), command)


def knows(command: Command) -> Command:
    """A command that reads the log as it was recorded by a time: as `reads`, with --known."""
    return _with((_known, _log, _reading_format, _json, _debug), Reading, ("log", "format", "known"), command)


def knows_as_events(command: Command) -> Command:
    """A command that reads the facts as they were recorded by a time: as `knows`, with --format cloudevents."""
    return _with((_known, _log, _feed_format, _json, _debug), Reading, ("log", "format", "known"), command)


def asks(command: Command) -> Command:
    """A command that asks about a point in time: as `reads`, with --on, --known and --clock."""
    return _at_a_point(_reading_format, command)


def asks_for_chains(command: Command) -> Command:
    """A command that asks for chains of authority: as `asks`, with --format mermaid."""
    return _at_a_point(_chain_format, command)


def asks_for_findings(command: Command) -> Command:
    """A command that asks for findings: as `asks`, with --format csv and sarif."""
    return _at_a_point(_finding_format, command)


def asks_for_a_sheet(command: Command) -> Command:
    """A command whose answer is also a table for a spreadsheet: as `asks`, with --format csv."""
    return _at_a_point(_sheet_format, command)


def asks_for_a_table(command: Command) -> Command:
    """A command whose answer is a table: as `asks`, with --format html and csv."""
    return _at_a_point(_table_format, command)


def _at_a_point(formats: Command, command: Command) -> Command:
    names = ("log", "format", "on", "known", "clock")
    return _with((_on, _known, _clock, _log, formats, _json, _debug), Reading, names, command)


def at_a_point(usual: str) -> Command:
    """The flags of a point on both axes of time, for a command to which no --on means `usual` instead of now."""

    def with_flags(command: Command) -> Command:
        on = click.option(
            "--on", metavar="WHEN", help=f"As at the end of this day, or at this time. [default: {usual}]"
        )
        return on(_known(_clock(command)))

    return with_flags


def records(command: Command) -> Command:
    """A command that records: --log, --by, --dry-run, --format, --json; it is given a `Recording`."""
    names = ("log", "by", "format", "dry_run")
    return _with((_by, _dry_run, _log, _format, _json, _debug), Recording, names, command)


def _with(options: tuple[Command, ...], told: type, names: tuple[str, ...], command: Command) -> Command:
    @wraps(command)
    def told_once(*arguments: Any, debug: bool = False, **given: Any) -> Any:
        context = click.get_current_context()
        run: Run = context.obj
        run.debug = run.debug or debug
        require_words(context, given if told is Reading else {name: given[name] for name in names})
        return command(told(run, **{name: given.pop(name) for name in names}), *arguments, **given)

    for option in reversed(options):
        option(told_once)
    return told_once


def require_words(context: click.Context, given: Mapping[str, Any]) -> None:
    """Refuse what is named by nothing: a variable of the shell that was never set asks something else than was meant.

    Raises a usage error.
    """
    for parameter in context.command.params:
        value = given.get(parameter.name or "")
        if isinstance(value, str) and not value.strip():
            what = parameter.human_readable_name if isinstance(parameter, click.Argument) else parameter.opts[0]
            way_out = "Write what is meant." if parameter.required else "Write what is meant, or leave it out."
            raise click.UsageError(f"{what} is empty. {way_out}", context)


def complete_reference(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """References in the log that begin so; none where there is no log to look in."""
    try:
        return list(_references(context, begun))
    except Exception:  # noqa: BLE001 - completion that fails must not disturb whoever is typing
        return []


def _references(context: click.Context, begun: str) -> Iterator[str]:
    from decisionlog.cli.opening import opened, place
    from decisionlog.domain.facts import KINDS

    root = context.find_root().params
    with opened(place(Run([]), context.params.get("log") or root.get("log")), caught_up=False) as found:
        for kind in KINDS:
            for name in found.log.recorder.names_of_kind(kind, 5_000):
                key = name.stream.partition(":")[2]
                if key.startswith(begun):
                    yield key
