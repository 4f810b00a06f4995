"""The door: the table of commands, the exit codes, and one place where whatever went wrong is told.

It imports click and nothing of ours, so that help is quick; a command is imported when it is called.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any, Final, NamedTuple, NoReturn

import click

EXIT_CODES: Final[Mapping[int, str]] = {
    0: "done, or checked and sound",
    1: "refused by a rule, or an unexpected fault (the message says which)",
    2: "the command line or the input file is wrong",
    3: "the log is not sound: a check found a difference",
    4: "permission is needed",
    5: "somebody else was first (conflict)",
    6: "the log cannot be used now: full, read-only, locked, unreachable, unsuitable",
    7: "not found",
    8: "findings at or above --fail-on",
    130: "interrupted",
}
"""What each exit code means; `cli.faults` gives them to refusals."""


class Entry(NamedTuple):
    """One command of the table."""

    section: str
    place: str
    """`module:attribute`, within this package."""
    summary: str


COMMANDS: Final[Mapping[str, Entry]] = {
    "init": Entry("Recording", "beginning:init", "Make a new log, in one file, and the key that signs for it."),
    "import": Entry("Recording", "importing:import_", "Record facts from a file, one a line."),
    "scheme": Entry("Recording", "scheme:scheme", "Set up who there is, who sits where, who may decide what."),
    "record": Entry("Recording", "recording:record", "Record what happened at a meeting, from one file."),
    "propose": Entry("Acting", "acting.commands:propose", "Record that a paper or a matter was put forward."),
    "revise": Entry("Acting", "acting.commands:revise", "Record that a new version was put forward."),
    "refer": Entry(
        "Acting", "acting.commands:refer", "Record that a proposal was sent to somebody to decide or advise."
    ),
    "defer": Entry("Acting", "acting.commands:defer", "Record that a proposal was put off."),
    "request-sign-off": Entry(
        "Acting", "acting.commands:request_sign_off", "Record that a partner was asked where it stands."
    ),
    "sign-off": Entry("Acting", "acting.commands:sign_off", "Record where a partner stands on a proposal."),
    "disagree": Entry("Acting", "acting.commands:disagree", "Record that a partner disagrees, and why."),
    "escalate": Entry("Acting", "acting.commands:escalate", "Record that a disagreement went up the ladder."),
    "resolve": Entry("Acting", "acting.commands:resolve", "Record how a disagreement ended, or that dissent stands."),
    "decide": Entry("Acting", "acting.commands:decide", "Record a decision: who decided, for whom, with what outcome."),
    "delegate": Entry("Acting", "acting.commands:delegate", "Record that a power was given to a body or a post."),
    "revoke": Entry("Acting", "acting.commands:revoke", "Record that a delegation was taken back."),
    "suspend": Entry("Acting", "acting.commands:suspend", "Record that a delegation may not be used for a time."),
    "resume": Entry("Acting", "acting.commands:resume", "Record that a suspended delegation may be used again."),
    "ratify": Entry("Acting", "acting.commands:ratify", "Record that the proper body made a decision its own."),
    "report-back": Entry(
        "Acting", "acting.commands:report_back", "Record that a decision, or a delegation's use, was reported."
    ),
    "discharge": Entry(
        "Acting", "acting.commands:discharge", "Record that a condition was met, or what else became of it."
    ),
    "implement": Entry("Acting", "acting.commands:implement", "Record that a decision was carried out."),
    "publish": Entry("Acting", "acting.commands:publish", "Record that the record of a decision was made public."),
    "call-in": Entry("Acting", "acting.commands:call_in", "Record that a decision was called in, or what came of it."),
    "vary": Entry("Acting", "acting.commands:vary", "Record that a decision or a delegation was changed."),
    "supersede": Entry("Acting", "acting.commands:supersede", "Record that another took the place of this one."),
    "rescind": Entry("Acting", "acting.commands:rescind", "Record that a decider ended a decision."),
    "lapse": Entry("Acting", "acting.commands:lapse", "Record that something ended by itself."),
    "withdraw": Entry("Acting", "acting.commands:withdraw", "Record that a proposal or a position was taken back."),
    "correct": Entry("Acting", "acting.commands:correct", "Record that the record was wrong: what it should say."),
    "retract": Entry("Acting", "acting.commands:retract", "Record that a fact should not have been recorded at all."),
    "assign": Entry("Acting", "acting.commands:assign", "Record an action: who is to do what, by when."),
    "complete": Entry("Acting", "acting.commands:complete", "Record that an action was done, or need no longer be."),
    "set-access": Entry(
        "Acting", "acting.commands:set_access", "Record what may be shown: open, exempt, and on what ground."
    ),
    "hold": Entry("Acting", "acting.commands:hold", "Record that nothing sealed here may be erased for now."),
    "lift-hold": Entry("Acting", "acting.commands:lift_hold", "Record that a hold bars erasing no longer."),
    "finding": Entry("Acting", "acting.answering:finding", "Record what is said to a finding of `check`."),
    "list": Entry("Reading", "reading:list_", "Everything of a kind, as at a day."),
    "show": Entry("Reading", "reading:show", "One thing as it stood on a day, as it was known at a time."),
    "history": Entry("Reading", "reading:history", "What happened to one thing, day by day, with what was corrected."),
    "search": Entry("Reading", "asking:search", "Find what was written: titles, texts, reasons, names, references."),
    "agenda": Entry("Reading", "asking:agenda", "What awaits the next meeting of a body."),
    "who": Entry("Reading", "reading:who", "Who decided, was accountable, could decide, holds a post."),
    "check": Entry("Reading", "checking:check", "What does not add up, by the rules of governance."),
    "completeness": Entry(
        "Reading",
        "judging:completeness",
        "How much of what a decision's record must hold is there, and what is missing.",
    ),
    "map": Entry("Reading", "mapping:map_", "Which function is decided by whom, place by place."),
    "forecast": Entry("Reading", "mapping:forecast", "What ends, falls due or becomes vacant in the days ahead."),
    "diff": Entry("Reading", "mapping:diff", "What changed between two days, or in what was believed."),
    "log": Entry("Reading", "following:log", "The facts themselves, in the order in which they were recorded."),
    "replay": Entry("Reading", "replaying:replay", "The state at a point, built afresh from the facts up to there."),
    "export": Entry(
        "Reading",
        "exporting:export",
        "The whole log as a file or as tiles, the very bytes that are stored and proved; or the public register as pages.",
    ),
    "disclose": Entry("Keeping", "disclosing:disclose", "Open chosen sealed words to somebody, as a file."),
    "erase": Entry("Keeping", "erasing:erase", "Destroy sealed words, under a recorded decision."),
    "checkpoint": Entry("Proving", "proving:checkpoint", "Sign what the log holds now: its size and its root."),
    "prove": Entry(
        "Proving", "proving:prove", "Prove that a fact lies in the log, or that the log continues an older checkpoint."
    ),
    "bundle": Entry(
        "Proving", "bundling:bundle", "One decision with all its evidence, as one file that proves itself."
    ),
    "verify": Entry("Proving", "verifying:verify", "Recompute a log from its raw bytes, and say whether it is sound."),
    "key": Entry("Proving", "proving:key", "The key that signs this log's checkpoints."),
    "witness": Entry(
        "Keeping", "witnessing.group:witness", "Have partners confirm what the log holds, and confirm it for theirs."
    ),
    "keys": Entry("Keeping", "keys:keys", "Give other programs keys to this log, and take them back."),
    "status": Entry("Keeping", "keeping:status", "How much is recorded, of what, and how far it has been read."),
    "doctor": Entry(
        "Keeping", "keeping:doctor", "Check that the log is kept as it must be, and what belongs beside it."
    ),
    "backup": Entry(
        "Keeping", "backing_up:backup", "Keep a copy of the log, restored and verified before it is called one."
    ),
    "restore": Entry("Keeping", "restoring:restore", "Make the log again out of a backup."),
    "move": Entry(
        "Keeping", "moving:move", "Make the log anew at another PLACE: a file, or a schema of a PostgreSQL server."
    ),
    "roles": Entry("Keeping", "moving:roles", "Make the roles of a log on a server, and give them to users."),
    "serve": Entry("Keeping", "serving:serve", "Answer over HTTP what the command line answers."),
    "rebuild": Entry("Keeping", "keeping:rebuild", "Build the read models anew from the log."),
    "schema": Entry("Keeping", "describing:schema", "The shapes of the facts, as JSON Schema."),
    "config": Entry("Keeping", "describing:config", "Every setting, and where it comes from."),
    "demo": Entry("Help", "demo.tour:demo", "Build an example log and tour it."),
    "help": Entry("Help", "describing:help_", "Help on a command or a topic: exit-codes, completion."),
}
"""Every command: its section, where it is, and what it does in one line."""

_FIRST: Final = (
    ("demo", "build an example place and tour it"),
    ("init", "make a new log, in one file"),
    ("scheme apply FILE", "set up who there is and who may decide"),
    ("record FILE", "record a meeting"),
    ("who decided REF", "who decided, and under what authority"),
    ("agenda BODY", "what awaits its next meeting"),
)
"""The six commands that `decisionlog` alone names."""
_EXAMPLE: Final = "who decided NLB/25-26/031 --on 2026-03-31"
_NARROW: Final = 52
_PROGRAM: Final = "decisionlog"
_SELDOM: Final = 100_000
"""New objects between two rounds of the garbage collector: a command makes many as it starts, and keeps them to its end."""


class Run:
    """One run of the program: what it was told before its command, and what its last words must say."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.log: str | None = None
        self.by: str | None = None
        self.debug = "--debug" in arguments
        self.as_json = _wants_json(arguments)
        self.outcome = ""
        """What became of the record so far: `Nothing was recorded.` or what was; empty for what never records."""


class Program(click.Group):
    """The commands of the table, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks so
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click asks so
        """The command of that name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.place.partition(":")
        command = getattr(import_module(f"decisionlog.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant. Raises `NoSuchCommand`, with the nearest name."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand:
            raise click.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click asks so
        """The table, section by section."""
        widest = max(map(len, COMMANDS))
        for section in dict.fromkeys(entry.section for entry in COMMANDS.values()):
            entries = [(name, entry) for name, entry in COMMANDS.items() if entry.section == section]
            with formatter.section(section):
                formatter.write_dl([(name.ljust(widest), entry.summary) for name, entry in entries])

    def main(  # type: ignore[override] # it always ends the program, whatever it is asked
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run the program and end it with one of `EXIT_CODES`."""
        arguments = list(sys.argv[1:] if args is None else args)
        run = Run(arguments)
        try:
            sys.exit(self._run(prog_name or _PROGRAM, arguments, run, extra))
        except SystemExit:
            raise
        except BaseException as fault:  # noqa: BLE001 - whatever it is, it is told in one place
            from decisionlog.cli.faults import tell

            sys.exit(tell(fault, run))

    def _run(self, name: str, arguments: list[str], run: Run, extra: Mapping[str, Any]) -> int:
        gc.set_threshold(_SELDOM, 20, 20)
        _read_and_print_whatever_can_be()
        if f"_{_PROGRAM.upper()}_COMPLETE" in os.environ:
            from click.shell_completion import shell_complete

            variable = f"_{_PROGRAM.upper()}_COMPLETE"
            return shell_complete(self, {}, _PROGRAM, variable, os.environ[variable])
        narrow = _narrow()
        usual = click.Context.formatter_class
        click.Context.formatter_class = _formatter(narrow)
        try:
            with self.make_context(name, arguments, obj=run, terminal_width=narrow, **extra) as context:
                code = self.invoke(context)
        except click.exceptions.Exit as end:
            code = end.exit_code
        finally:
            click.Context.formatter_class = usual
        if sys.stdout:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0


def _wants_json(arguments: Sequence[str]) -> bool:
    formats = [word.removeprefix("--format=") for word in arguments if word.startswith("--format=")]
    formats += [after for word, after in pairwise(arguments) if word == "--format"]
    return "--json" in arguments or any(name in {"json", "jsonl"} for name in formats)


def _read_and_print_whatever_can_be() -> None:
    """A terminal that cannot show a letter shows its number, and a closed input is empty, instead of stopping the program."""
    if sys.stdin is None:  # it was closed (<&-); nothing else may be opened in its place
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def _narrow() -> int | None:
    """The columns of a terminal that is narrower than click's help expects."""
    from shutil import get_terminal_size

    columns = get_terminal_size().columns
    return max(columns, 12) if columns < _NARROW else None


def _formatter(narrow: int | None) -> type[click.HelpFormatter]:
    if narrow is None:
        return click.HelpFormatter
    from decisionlog.cli.narrow import NarrowFormatter

    return NarrowFormatter


def _bare(narrow: int | None) -> str:
    """What `decisionlog` alone prints: six commands and an example."""
    from click.formatting import wrap_text

    what = "decisionlog records who decided, for whom and under what authority, and never loses an entry."
    commands = [(f"{_PROGRAM} {command}", does) for command, does in _FIRST]
    if narrow is None:
        table = "".join(f"  {command:<34} {does}\n" for command, does in commands)
    else:
        from decisionlog.cli.narrow import one_column

        table = one_column(commands, narrow)
    last = f"{_PROGRAM} --help lists every command."
    return f"{wrap_text(what, narrow or 100)}\n\n{table}\nFor example:  {_PROGRAM} {_EXAMPLE}\n\n{wrap_text(last, narrow or 100)}"


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it so
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"{_PROGRAM} {version(_PROGRAM)}")
        ctx.exit()


@click.command(
    cls=Program,
    name=_PROGRAM,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog=f"\b\nFor example:\n  {_PROGRAM} {_EXAMPLE}",
)
@click.option("--log", metavar="PATH", help="Where the log lies; see `decisionlog config`.")
@click.option("--by", metavar="ROLE", help="Who records: a role or an opaque key, such as secretariat-1.")
@click.option("--debug", is_flag=True, help="Show the whole traceback of an unexpected fault.")
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version.")
@click.pass_context
def main(context: click.Context, log: str | None, by: str | None, *, debug: bool) -> None:
    """Record who decided, for whom and under what authority, in a log that nothing is ever taken out of."""
    run: Run = context.obj
    run.log, run.by, run.debug = log, by, debug or run.debug
    if context.invoked_subcommand is None:
        click.echo(_bare(context.terminal_width))
