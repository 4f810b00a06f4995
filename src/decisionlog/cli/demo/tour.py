"""`demo`: build a log of a made-up place from its files, ask it, correct it, and try to tamper with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import join, quote
from typing import Final

import click

from decisionlog.cli.demo.files import CHECKPOINT, CORRECTION, KEY, LEADERS, SCHEME, lay_out, meetings
from decisionlog.cli.demo.running import first_paragraph, outcomes, run, who_and_why, without_what_was_looked_at
from decisionlog.cli.demo.tampering import history_rewritten, one_bit_flipped, try_to_tamper
from decisionlog.cli.keyring import make_key
from decisionlog.cli.opening import now
from decisionlog.cli.options import examples
from decisionlog.cli.printing import print_lines, say, say_next

ORIGIN: Final = "demo.example/northmoor"
"""What marks a log as a demonstration, which may be built again."""

_BY: Final = "secretariat-1"
_DECISION: Final = "NLB/25-26/031"
_IRREGULAR: Final = "ICB/25-26/U03"
Choose = Callable[[Sequence[str]], list[str]]
"""Picks what is shown of the lines that a command prints."""

_BEFORE: Final = ("--known", "2026-03-20", "--clock", "source")
"""Before the mistake was found, by the clock of those who wrote the minutes."""


@click.command(epilog=examples("demo", "demo /tmp/tour"))
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("demo"))
def demo(folder: Path) -> None:
    """Build an example log and tour it.

    It goes into DIR, ./demo if that is left out, with the files that it is made of; a demonstration that is there
    already is built again, and no other log is ever touched.
    """
    log = lay_out(folder, ORIGIN)
    _make(log)
    tour = _Tour(folder, log)
    tour.record()
    tour.ask()
    tour.correct()
    tour.name_leaders()
    print_lines([""])
    try_to_tamper(log)
    tour.prove()
    say_next(
        f"agenda northmoor-icb-place-committee {tour.flag}",
        f"who accountable hospital-discharge --place northmoor --on 2025-12-15 {tour.flag}",
        f"record --template --body northmoor-locality-board {tour.flag}",
    )
    say(f"To see its public register: decisionlog serve {tour.flag}, then open http://127.0.0.1:8000/ in a browser.")
    print_lines([f"To remove it all: rm -r {quote(str(folder if folder.name else folder.resolve()))}"])


def _make(log: Path) -> None:
    from decisionlog.bootstrap import make_log
    from decisionlog.commands.begin import Begin

    with make_log(log, Begin("Northmoor, a made-up place", ORIGIN, _BY, now())):
        make_key(log.with_name(KEY), ORIGIN)


class _Tour:
    """What is shown, each command as it is really run."""

    def __init__(self, folder: Path, log: Path) -> None:
        self._folder = folder
        self._file = log
        self._log = ("--log", str(log))
        self.flag = join(self._log)

    def record(self) -> None:
        """The files become facts."""
        say(
            "Northmoor is a made-up place. Its scheme says who there is and who may decide what; a file for each meeting, "
            "and for what happened between two, tells its year. They lie beside the log, to be read."
        )
        by = ("--by", _BY)
        self._run("scheme", "apply", str(self._folder / SCHEME), *by, choose=outcomes)
        every = f"{quote(str(self._folder))}/meetings/*.yaml"
        year = [str(file) for file in meetings(self._folder)]
        self._run("record", *year, *by, choose=outcomes, typed=f"record {every} {join(by)}")

    def ask(self) -> None:
        """One decision, and one that was irregular."""
        self._say("The board that met is a forum: it decides nothing. So who decided?")
        self._run("who", "decided", _DECISION, choose=who_and_why)
        self._say("An irregular decision is recorded as it happened, and what is odd about it is said, never hidden:")
        self._run("who", "decided", _IRREGULAR, choose=first_paragraph)

    def correct(self) -> None:
        """A mistake found later, seen from both sides of the day on which it was found."""
        self._say(
            "On 27 March somebody noticed that two digits of that first decision's value had changed places in the "
            "minutes. A correction is one more fact:"
        )
        self._run("import", str(self._folder / CORRECTION), "--by", _BY, choose=outcomes)
        self._run("who", "decided", _DECISION, choose=first_paragraph)
        self._say("What did people believe a week earlier?")
        self._run("who", "decided", _DECISION, *_BEFORE, choose=first_paragraph)

    def name_leaders(self) -> None:
        """Who leads the partnership is told to everybody."""
        self._say("The public sees no names of people but those that the log says are published, here of the leaders:")
        self._run("import", str(self._folder / LEADERS), "--by", _BY, choose=outcomes)

    def prove(self) -> None:
        """A checkpoint, given to a partner, and what it finds."""
        self._say("A checkpoint is what partners keep: it says, signed, what the log holds now.")
        kept = self._folder / CHECKPOINT
        self._run("checkpoint", talks=False)
        self._run("verify")
        self._say("Somebody takes the guards away in a copy of the file and changes one bit of one fact:")
        with one_bit_flipped(self._file) as copy:
            self._check("verify", str(copy), typed="verify COPY")
        self._say("Somebody who knows how leaves out the last fact, and all that could tell of it within the file:")
        with history_rewritten(self._file) as copy:
            self._check("verify", str(copy), typed="verify COPY", choose=without_what_was_looked_at)
            self._say("The partner's checkpoint tells:")
            self._check(
                "verify", str(copy), "--checkpoint", str(kept), typed=f"verify COPY --checkpoint {quote(str(kept))}"
            )
        print_lines([""])

    @staticmethod
    def _check(*command: str, typed: str, choose: Choose = list) -> None:
        """Run a check that may find something, and show it as it is typed."""
        print_lines(["", f"  $ decisionlog {typed}", *choose(run(command, sound=False))])

    @staticmethod
    def _say(text: str) -> None:
        print_lines([""])
        say(text)

    def _run(self, *command: str, choose: Choose = list, typed: str = "", talks: bool = True) -> None:
        """Run a command, and show it as it is typed, with what is chosen of its lines."""
        lines = run([*command, *self._log], talks=talks)
        print_lines(["", f"  $ decisionlog {typed or join(command)} {self.flag}", *choose(lines)])
