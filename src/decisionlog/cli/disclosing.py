"""`disclose`: open chosen sealed words to somebody, as a file that is checked against the public export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from decisionlog.cli.exporting import given_out, replacing, require_free
from decisionlog.cli.opening import now, settled
from decisionlog.cli.options import Reading, complete_reference, examples, finds
from decisionlog.cli.printing import is_terminal, note, print_json
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.domain.refusals import Refusal
from decisionlog.domain.sealed import commitments
from decisionlog.domain.text import visible
from decisionlog.render.words import counted, positions

if TYPE_CHECKING:
    from decisionlog.store.batch import Opening
    from decisionlog.store.choosing import Chosen
    from decisionlog.store.codec import Line
    from decisionlog.store.log import Log
    from decisionlog.store.publishing import Publishing


@click.command(
    epilog=examples(
        "disclose NLB/25-26/031 --path /data/text --to 'FOI request 118' -o foi-118.jsonl",
        "disclose @27 -o item-27.jsonl",
        "disclose @27 --path /data/text --words-only",
    )
)
@click.argument("ref", shell_complete=complete_reference)
@click.option("--path", "paths", metavar="PATH", multiple=True, help="Only this part: /data/text, /data/title.")
@click.option(
    "--words-only", is_flag=True, help="Not the whole line of a withheld fact with it; then nobody can check it."
)
@click.option("--to", "to", metavar="WHOM", help="For whom it is; kept beside the log, with what was opened.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Into this file. [default: standard output]"
)
@click.option("--by", metavar="ROLE", help="Who discloses: a role or an opaque key, such as secretariat-1.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@finds
def disclose(
    reading: Reading,
    ref: str,
    paths: tuple[str, ...],
    to: str | None,
    output: Path | None,
    by: str | None,
    *,
    words_only: bool,
    yes: bool,
    force: bool,
) -> None:
    """Open chosen sealed words to somebody, as a file.

    REF is a thing, or one fact of it such as @27. The file is JSON lines: what opens a value, and the whole line of a fact
    that the public export withholds, without which nobody could check it. What stands open in that line goes along: it is
    named, and asked about on a terminal. It is not recorded as a fact.
    """
    from decisionlog.domain.days import moment
    from decisionlog.store.choosing import choose
    from decisionlog.store.publishing import Publishing

    with reading.alone() as log:
        if output:
            require_free(output, Path(log.recorder.place), force=force)
        size = log.size()
        chosen = choose(log, ref, paths)
        publishing = Publishing(log, size, moment(now()))
        _require_decided(publishing, chosen, ref)
        openings = _openings(log, chosen)
        of_words = {position for position, _ in openings}
        withheld = [
            line
            for line in chosen.lines
            if publishing.is_withheld(line) and not words_only and (not paths or line.position in of_words)
        ]
        if not openings and (paths or not withheld):
            msg = f"There is nothing to disclose of {visible(ref)}: {_why_nothing(log, chosen)}."
            raise Refusal(msg)
        lines = list(_lines(openings, withheld))
        given = of_words | {line.position for line in withheld}
        _tell_what_goes_along(openings, withheld, yes=yes)
        exempt = [
            line.position
            for line in chosen.lines
            if line.position in given and not publishing.how(line.stream, line.n).is_open
        ]
        given_out(
            log, settled(reading.run, reading.log, by).by.value, "disclose", output, words="some", size=size, to=to or "",
            opened=tuple(opening.digest for _, opening in openings),
        )  # fmt: skip
        if output:
            with replacing(output, 0o600) as target:
                target.writelines(lines)
        else:
            print_json(lines)
    if exempt:
        them = f"{positions(exempt)} {'is' if len(exempt) == 1 else 'are'}"
        note(f"Note: {them} not open to the public; you disclose {'it' if len(exempt) == 1 else 'them'} all the same.")
    what = counted(len(openings), "sealed value") + (
        f" and {counted(len(withheld), 'withheld fact')}" if withheld else ""
    )
    note(f"Opened {what}{f' in {output}' if output else ''}{f', for {visible(to)}' if to else ''}.")


def _tell_what_goes_along(openings: list[tuple[int, Opening]], withheld: list[Line], *, yes: bool) -> None:
    """Name what stands open in the lines that go along, and ask about it where somebody is there to be asked."""
    for line in withheld:
        fact = orjson.loads(line.state)
        sealed = set(commitments(fact).values()) - {
            one.digest for position, one in openings if position == line.position
        }
        stay = (
            f"; {counted(len(sealed), 'sealed value')} of it {'stays' if len(sealed) == 1 else 'stay'} sealed"
            if sealed
            else ""
        )
        shown = ", ".join(name for name, value in fact["data"].items() if not is_commitment(value))
        note(
            f"With it goes the whole line of {positions([line.position])} ({visible(line.type)}), which the public does not "
            f"have: in clear {visible(shown) or 'no field'}, when, and by whom it was recorded{stay}. "
            "--words-only leaves the line out; then nobody can check the words."
        )
    if withheld and not yes and is_terminal(sys.stdin) and not click.confirm("Hand that out", default=False, err=True):
        note("Nothing was disclosed.")
        click.get_current_context().exit(1)


def _require_decided(publishing: Publishing, chosen: Chosen, ref: str) -> None:
    """Raises `Refusal` where it is still to be decided whether any of it is exempt."""
    from decisionlog.commands.set_access import require_decided

    for line in chosen.lines:
        require_decided(publishing.how(line.stream, line.n), ref)


def _openings(log: Log, chosen: Chosen) -> list[tuple[int, Opening]]:
    """What opens the chosen values, as far as they are still there, in the order of their facts."""
    digests = {value.digest for value in chosen.values}
    return [
        (position, opening)
        for position in sorted({value.position for value in chosen.values})
        for opening in sorted(log.recorder.openings([position]), key=lambda one: one.digest)
        if opening.digest in digests and opening.salt
    ]


def _why_nothing(log: Log, chosen: Chosen) -> str:
    marks = {
        str(opening.value)
        for opening in log.recorder.openings({value.position for value in chosen.values})
        if not opening.salt and opening.digest in {value.digest for value in chosen.values}
    }
    if marks:
        return ", ".join(sorted(marks))
    return "what opens it is not here" if chosen.values else "nothing in it is sealed, and it is open to everybody"


def _lines(openings: list[tuple[int, Opening]], withheld: list[Line]) -> Iterator[bytes]:
    """The lines of the file, in the order of the facts: a withheld fact first, then what opens its values."""
    from decisionlog.store.codec import canonical
    from decisionlog.store.transfer import opening_line

    facts = [
        (line.position, canonical({"line": line.state.decode(), "position": line.position}) + b"\n")
        for line in withheld
    ]
    opened = [(position, opening_line(position, opening)) for position, opening in openings]
    yield from (line for _, line in sorted([*facts, *opened], key=lambda one: one[0]))
