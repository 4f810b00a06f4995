"""`init`: a new log, or one that starts from an export."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from shlex import quote
from typing import IO, TYPE_CHECKING, Any

import click

from decisionlog.addresses import Place, Server, place_of
from decisionlog.cli.keyring import checkpoint_file, key_file, make_key, signer_in
from decisionlog.cli.opening import catch_up, now, settled, tell_of_roles
from decisionlog.cli.options import Recording, examples, records
from decisionlog.cli.printing import Progress, is_terminal, note, print_json, say, say_next
from decisionlog.domain.refusals import BadInput
from decisionlog.domain.text import visible
from decisionlog.render.as_json import dumped
from decisionlog.render.words import counted
from decisionlog.settings import DEFAULT_LOG

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.commands.begin import Begin

_SEALED = b'{"$private":"'
"""How a sealed value begins. Within a text the quotation marks would be escaped, so it is found nowhere else."""


@click.command(
    epilog=examples(
        'init --name "Northmoor Place Partnership" --origin northmoor.example/decisions --by secretariat-1',
        "init copy.db --from log.jsonl --vault words.jsonl",
    )
)
@click.argument("path", required=False)
@click.option("--name", metavar="NAME", help="What the partnership is called.")
@click.option(
    "--origin", metavar="NAME", help="What every proof calls this log, for ever: northmoor.example/decisions."
)
@click.option(
    "--time-zone", metavar="ZONE", default="Europe/London", show_default=True, help="In which its days are read."
)
@click.option(
    "--currency", metavar="CODE", default="GBP", show_default=True, help="In which its amounts are, if they do not say."
)
@click.option(
    "--from", "export", metavar="FILE", type=click.Path(path_type=Path), help="Start from an export, byte for byte."
)
@click.option(
    "--vault", metavar="FILE", type=click.Path(path_type=Path), help="With --from: what opens its sealed words."
)
@click.option(
    "--key-file",
    "key",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where the key is to lie that signs its checkpoints, or lies already. [default: beside the log]",
)
@records
def init(
    recording: Recording,
    path: str | None,
    export: Path | None,
    vault: Path | None,
    key: Path | None,
    **begin: str | None,
) -> None:
    """Make a new log, in one file, and the key that signs for it.

    PATH is ./decisionlog.db if it is left out and nothing else is set. On a terminal, what is missing is asked for.
    A log from an export gets no key: `decisionlog key new` makes one, or the key is brought along.
    """
    recording.run.outcome = "Nothing was made."
    target = place_of(path or settled(recording.run, recording.log).log.value or DEFAULT_LOG)
    if export:
        _from_export(recording, target, export, vault, begin)
        return
    if vault:
        raise click.UsageError("--vault goes with --from: it opens what an export has sealed.")
    _require_free(target)
    request = _request(recording, begin)
    if recording.dry_run:
        _tell_dry_run(recording, target, request.origin)
        return
    from decisionlog.bootstrap import make_log

    file = key or key_file(recording.run, str(target))
    with _with_key(file, request.origin), make_log(target, request) as made:
        recording.run.outcome = f"Recorded position 1 in {target}."
        catch_up(made)
        sentence = f"Made {_shown(target)}, the log of {request.name}, and {_shown(file)}, the key that signs for it."
        _tell(recording, made, sentence, request.recorded_by, file)
    tell_of_roles(target)


def _request(recording: Recording, begin: dict[str, Any]) -> Begin:
    from decisionlog.commands.begin import Begin, checked

    may_ask = recording.format == "terminal" and is_terminal(sys.stdin)
    name = begin["name"] or ask(may_ask, "--name", "Name of the partnership", None)
    suggested = f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')[:50] or 'our'}/decisions"
    origin = begin["origin"] or ask(may_ask, "--origin", "What every proof calls this log, for ever", suggested)
    by = settled(recording.run, recording.log, recording.by).by.value
    by = by or ask(may_ask, "--by", "Who records: a role, not a name", "secretariat-1")
    return checked(Begin(name, origin, by, now(), begin["time_zone"], begin["currency"]))


def ask(may_ask: bool, flag: str, question: str, suggested: str | None) -> str:  # noqa: FBT001 - what decides comes first
    """What is missing, from whoever sits at the terminal. Raises a usage error that names the flag where nobody does."""
    if not may_ask:
        context = click.get_current_context()
        raise click.UsageError(f"{context.command_path} needs {flag} (no terminal to ask on).", context)
    answer: str = click.prompt(question, default=suggested, err=True)
    return answer


def _from_export(recording: Recording, target: Place, export: Path, vault: Path | None, begin: dict[str, Any]) -> None:
    given = [name for name in ("name", "origin") if begin[name]]
    if given:
        raise click.UsageError(f"--{given[0]} does not go with --from: the export says it.")
    from decisionlog.bootstrap import copy_in_memory, make_log_from
    from decisionlog.store.erasing import erasures

    _require_free(target)
    with _open(export) as file, _open(vault) as words, Progress("Taking in facts") as progress:
        lines, openings = _Counted(file), _Counted(words)
        if recording.dry_run:
            with copy_in_memory(lines, openings, progress) as read:
                _tell_dry_run(recording, target, read.log.identity.origin)
            return
        made = make_log_from(target, lines, openings, progress)
    with made:
        size = made.log.head().size
        recording.run.outcome = f"Recorded positions 1 to {size} in {target}."
        catch_up(made)
        _tell(
            recording,
            made,
            f"Made {_shown(target)} from {_shown(export)}: {counted(size, 'fact')}, byte for byte.",
            None,
        )
        erased = sum(len(one.gone) for one in erasures(made.log))
        if erased:
            they = "was erased, and stays" if erased == 1 else "were erased, and stay"
            note(f"Note: {counted(erased, 'sealed value')} in it {they} so, whatever the vault file holds.")
        if lines.sealed - erased > openings.lines:
            missing = counted(lines.sealed - erased - openings.lines, "sealed value")
            note(
                f"Note: {missing} cannot be read here: names and prose stay sealed. --vault FILE brings what opens them."
            )
    tell_of_roles(target)


@contextmanager
def _with_key(file: Path, origin: str) -> Iterator[None]:
    """A key for a log that is being made: a new one, gone again if the log is not made, or the one that is there."""
    if there := file.exists():
        _require_fresh(file, origin)
    else:
        make_key(file, origin)
    try:
        yield
    except BaseException:
        if not there:
            file.unlink(missing_ok=True)
        raise


def _require_fresh(file: Path, origin: str) -> None:
    """Raise `BadInput` where a key is another log's, or has signed a log of this origin before."""
    name = signer_in(file).key.name
    if name != origin:
        msg = f"{file} is the key of {visible(name)}. Nothing was made; name another place with --key-file."
        raise BadInput(msg)
    if (signed := checkpoint_file(file)).exists():
        msg = (
            f"{file} has signed a log of this origin before ({signed}): a new log would look as if facts had been "
            "removed. Nothing was made; choose another origin, or move both files away."
        )
        raise BadInput(msg)


class _Counted:
    """The lines of a file, and how many there were, with how many sealed values."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.lines = 0
        self.sealed = 0

    def __iter__(self) -> Iterator[bytes]:
        from decisionlog.store.codec import LINE_LIMIT

        for line in iter(lambda: self._file.readline(LINE_LIMIT + 1), b""):  # there may be no end to a line
            self.lines += 1
            self.sealed += line.count(_SEALED)
            yield line


def _open(file: Path | None) -> IO[bytes]:
    if file is None:
        return BytesIO()
    if str(file) == "-":
        return sys.stdin.buffer
    try:
        return file.open("rb")
    except OSError as fault:
        msg = f"{file} cannot be read ({fault.strerror})."
        raise BadInput(msg) from fault


def _require_free(target: Place) -> None:
    if isinstance(target, Server):
        return  # it is looked at when the schema is made
    if target.is_dir():
        msg = f"{target} is a folder. Name the file in it, for example {target / DEFAULT_LOG}."
        raise BadInput(msg)
    if target.exists():
        msg = f"{target} exists already. Choose another name for the new log."
        raise BadInput(msg)


def _tell(recording: Recording, made: OpenLog, sentence: str, by: str | None, key: Path | None = None) -> None:
    log = made.log
    size, where = log.head().size, log.recorder.place
    if recording.format != "terminal":
        made_of = {"origin": log.identity.origin, "position": size, "root": log.root(size).hex()}
        made_of |= {"key": str(key)} if key else {}
        print_json([dumped({"recorded": True, "log": where, **made_of})])
        return
    flag = "" if where == DEFAULT_LOG else f" --log {quote(where)}"
    as_whom = f" --by {by}" if by and not settled(recording.run).by.value else ""
    say(sentence)
    if by:
        say(f"Position 1 says that it was opened, as {log.identity.origin}, by {by}.")
    else:
        root = f"It is {log.identity.origin}, root {log.root(size).hex()}."
        say(
            f"{root} Compare it with the root that the log had: that alone tells whether facts were altered or left out."
        )
    first = ("scheme template > scheme.yaml", f"scheme apply scheme.yaml{flag}{as_whom}") if by else (f"status{flag}",)
    say_next(*first)


def _tell_dry_run(recording: Recording, target: Place, origin: str) -> None:
    if recording.format != "terminal":
        print_json([dumped({"recorded": False, "log": str(target), "origin": origin})])
        return
    say(f"{_shown(target)} would be made, as {origin}. Nothing was made (dry run).")


def _shown(path: Place) -> str:
    return visible(str(path))
