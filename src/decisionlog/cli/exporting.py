"""`export`: the log out of its store, to standard output or into new files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import click

from decisionlog.cli.opening import now, settled
from decisionlog.cli.options import Reading, examples, finds
from decisionlog.cli.printing import Progress, note, print_json
from decisionlog.domain.refusals import BadInput, Unusable
from decisionlog.render.words import counted

if TYPE_CHECKING:
    from decisionlog.store.batch import Words
    from decisionlog.store.log import Log

FORMATS: Final = ("jsonl", "tiles", "site")
"""What a log can be exported as."""

_KEPT_HERE: Final = frozenset({"backup", "copy", "log moved aside"})
"""Kinds of what stays with whoever keeps the log, who must find it again: it is remembered with its folder."""
_EVERYBODY: Final = 0o666
_OWNER: Final = 0o600


def _form(ctx: click.Context, _: click.Parameter, value: str) -> str:
    if value not in FORMATS:
        msg = f"This version exports {', '.join(FORMATS)} only, not '{value}'."
        raise click.UsageError(msg, ctx)
    return value


@click.command(
    epilog=examples(
        "export jsonl -o log.jsonl --vault words.jsonl",
        "export jsonl --public -o public.jsonl",
        "export jsonl | sha256sum",
        "export tiles mirror/",
        "export site register/ --replace",
    )
)
@click.argument("form", metavar="[FORMAT]", callback=_form, default=FORMATS[0])
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Into this file. [default: standard output]"
)
@click.option(
    "--vault", metavar="FILE", type=click.Path(path_type=Path), help="What opens the sealed words, into this file."
)
@click.option("--public", is_flag=True, help="For everybody: exempt facts by their hash alone.")
@click.option("--by", metavar="ROLE", help="Who takes words out: a role or an opaque key, such as secretariat-1.")
@click.option("--force", is_flag=True, help="Write over files that exist.")
@click.option("--hashes-only", is_flag=True, help="Of tiles: the tree alone, without the facts.")
@click.option("--name", metavar="NAME", help="Of a site: what the register is called. [default: the log's name]")
@click.option("--findings", is_flag=True, help="Of a site: also what does not add up.")
@click.option("--replace", "replaces", is_flag=True, help="Of a site: in the place of the one that is there.")
@finds
def export(
    reading: Reading,
    form: str,
    folder: Path | None,
    output: Path | None,
    vault: Path | None,
    by: str | None,
    name: str | None,
    *,
    public: bool,
    force: bool,
    hashes_only: bool,
    findings: bool,
    replaces: bool,
) -> None:
    """The whole log as a file or as tiles, the very bytes that are stored and proved; or the public register as pages.

    FORMAT is jsonl (if it is left out), tiles or site. jsonl: one fact a line, line N is the fact at position N. Words are
    sealed in it. Who needs them needs the --vault file as well, which holds names and prose in clear: keep it apart, and
    keep it safe. tiles: DIR becomes a mirror that any client of c2sp.org/tlog-tiles can follow; again, it is brought up.
    site: DIR becomes the register that `serve` shows to everybody, as it is today: open its index.html, or put it on any
    web server.

    With --public, a fact that is exempt from publication is {"$withheld": HASH}, the hash of its leaf: lines and root
    stay the same. The --vault file then opens only what is open and names nobody.
    """
    if form != "site" and (name or findings or replaces):
        raise click.UsageError("--name, --findings and --replace go with a site: decisionlog export site DIR.")
    if form == "site":
        from decisionlog.cli.site.command import export_site

        if folder is None or output or vault or hashes_only or public:
            raise click.UsageError("A site is public, and goes into a folder alone: decisionlog export site DIR.")
        export_site(reading, folder, name, findings=findings, replaces=replaces)
        return
    if form == "tiles":
        from decisionlog.cli.tiling import export_tiles

        if folder is None or output or vault:
            raise click.UsageError("Name the folder, and no file: decisionlog export tiles DIR.")
        if public and not hashes_only:
            raise click.UsageError(
                "Tiles hold every fact whole, also what is exempt; for everybody, add --hashes-only."
            )
        export_tiles(reading, folder, hashes_only=hashes_only)
        return
    if folder is not None or hashes_only:
        raise click.UsageError("DIR and --hashes-only go with tiles; name a file with --output.")
    _export_lines(reading, output, vault, by, public=public, force=force)


def _export_lines(
    reading: Reading, output: Path | None, vault: Path | None, by: str | None, *, public: bool, force: bool
) -> None:
    with reading.alone() as log:
        size = log.head().size
        root = log.root(size).hex()
        if output and vault and output.resolve() == vault.resolve():
            msg = f"{output} cannot hold both the export and what opens it; nothing was written. Name two files."
            raise BadInput(msg)
        for file in filter(None, (output, vault)):
            require_free(file, Path(log.recorder.place), force=force)
        with Progress("Exporting facts", size) as progress:
            contents = _public(log, size) if public else _whole(log, size)
            lines = _counting(contents.lines, progress)
            if output:
                _write(output, lines, _EVERYBODY)
            else:
                print_json(lines)
            if vault:
                by_whom = settled(reading.run, reading.log, by).by.value
                given_out(log, by_whom, "export", vault, words="open" if public else "all", size=size)
                _write(vault, contents.openings, _EVERYBODY if public else _OWNER)
    if output:
        note(f"Wrote {counted(size, 'fact')} to {output}; root {root}.")
    if vault:
        note(contents.words.replace("{vault}", str(vault)))
    for remark in contents.remarks:
        note(f"Note: {remark}")


class _Contents(NamedTuple):
    """What is exported."""

    lines: Iterable[bytes]
    openings: Iterable[bytes]
    words: str
    """What is said of the file that the openings are written to."""
    remarks: Sequence[str] = ()


def _whole(log: Log, size: int) -> _Contents:
    from decisionlog.store.transfer import export_lines, export_openings

    words = "Wrote what opens the sealed words to {vault}: names and prose in clear. Keep it apart from the export."
    return _Contents(export_lines(log, 0, size), export_openings(log, size), words)


def _public(log: Log, size: int) -> _Contents:
    from decisionlog.domain.days import moment
    from decisionlog.store.publishing import Publishing

    publishing = Publishing(log, size, moment(now()))
    remarks = [
        f"{one.stream} is still kept from the public [{one.position}], and was to be released or looked at again by {one.day}."
        for one in publishing.overdue()
    ]
    words = "Wrote what opens the words of open facts to {vault}. Prose may name people: read it before you publish it."
    return _Contents(publishing.lines(), publishing.openings(), words, remarks)


def given_out(
    log: Log,
    by: str | None,
    kind: str,
    file: Path | None,
    *,
    words: Words,
    size: int,
    to: str = "",
    opened: tuple[str, ...] = (),
) -> None:
    """Remember beside the facts that words left the log, so that whoever has them can be told of an erasure."""
    from decisionlog.domain.days import stamp
    from decisionlog.store.batch import Export

    there = str(file.resolve()) if file and kind in _KEPT_HERE else file.name if file else ""
    by, name, to = (_storable(text) for text in (by or "not said", there, to))
    try:
        log.recorder.note_export(Export(stamp(now()), by, kind, size, words, name, to, opened))
    except Unusable:
        note("Note: the log can only be read here, so that words were given out is not remembered in it.")


def _storable(text: str) -> str:
    """A text with a question mark for each byte that the shell handed on and that is no text."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _counting(lines: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    for number, line in enumerate(lines, start=1):
        yield line
        if not number % 1000:
            progress(number)


def require_free(file: Path, log: Path, *, force: bool) -> None:
    """Raise `BadInput` where a new file cannot be written, or would write over something."""
    if file.resolve() in {Path(f"{log.resolve()}{suffix}") for suffix in ("", "-wal", "-shm")}:
        msg = f"{file} belongs to the log itself; nothing was written. Name another file."
        raise BadInput(msg)
    if not file.parent.is_dir():
        msg = f"The folder {file.parent} does not exist; nothing was written. Make it first."
        raise BadInput(msg)
    if file.is_dir():
        msg = f"{file} is a folder; nothing was written. Name a file in it."
        raise BadInput(msg)
    if file.is_file() and not force:
        msg = f"{file} exists already; nothing was written. Name another file, or give --force to write over it."
        raise BadInput(msg)


def _write(file: Path, pieces: Iterable[bytes], mode: int) -> None:
    with replacing(file, mode) as target:
        target.writelines(pieces)


@contextmanager
def replacing(file: Path, mode: int = _EVERYBODY) -> Iterator[IO[bytes]]:
    """A file that takes its name only when it is whole. Raises `BadInput` and `Unusable` where it cannot be written."""
    whole = file if file.exists() and not file.is_file() else None  # a device or a pipe is written to as it is
    part = whole or file.with_name(f".{file.name[:60]}.{token_hex(4)}")
    flags = os.O_WRONLY | (0 if whole else os.O_CREAT | os.O_EXCL)
    try:
        with os.fdopen(os.open(part, flags, mode), "wb") as target:
            yield target
            target.flush()
            if not whole:
                os.fsync(target.fileno())
        if not whole:
            part.replace(file)
    except OSError as fault:
        if isinstance(fault, (FileNotFoundError, NotADirectoryError)):
            msg = f"The folder {file.parent} does not exist; make it first."
            raise BadInput(msg) from fault
        if isinstance(fault, IsADirectoryError):
            msg = f"{file} is a folder; nothing was written. Name a file in it."
            raise BadInput(msg) from fault
        msg = f"{file} could not be written ({fault.strerror})."
        raise Unusable(msg) from fault
    finally:
        if not whole:
            part.unlink(missing_ok=True)
