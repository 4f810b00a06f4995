"""What if: the log as it would be with what a file says, in a copy that is gone afterwards. Nothing is ever recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import Struct
from msgspec.structs import replace

from decisionlog.cli.options import Reading
from decisionlog.domain.answers.supposing import Supposed, Supposition
from decisionlog.domain.text import visible

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog

_BY: Final = "what-if"
_LINES: Final = frozenset({".jsonl", ".ndjson"})

what_if = click.option(
    "--what-if",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="As if this were recorded too: plain facts (FILE.jsonl), or a file as for record. Nothing is recorded.",
)


class Copy(Struct, frozen=True):
    """A copy of a log in which what a file says is recorded too."""

    log: OpenLog
    supposed: Supposed

    def answered(self, answer: Any) -> Supposition:
        """An answer from it, on the basis of the log itself."""
        before = self.supposed.first - 1
        basis = replace(answer.basis, position=before, root=self.log.log.root(before).hex())
        return Supposition(self.supposed, replace(answer, basis=basis))


@contextmanager
def supposing(reading: Reading, file: Path) -> Iterator[Copy]:
    """The log with what a file says. Raises `Mistakes` with all that is wrong in it, as recording it would."""
    from decisionlog.bootstrap import supposing as copied
    from decisionlog.cli.opening import catch_up, place

    with copied(place(reading.run, reading.log)) as log:
        catch_up(log)
        before = log.log.size()
        if file.suffix.lower() in _LINES:
            _import(log, file)
        else:
            _record(log, file)
        catch_up(log)
        yield Copy(log, Supposed(str(file), before + 1, log.log.size()))


def _import(log: OpenLog, file: Path) -> None:
    from decisionlog.cli.importing import in_file, lines_of
    from decisionlog.cli.opening import now
    from decisionlog.commands.import_facts import ImportFacts, import_facts
    from decisionlog.domain.refusals import Mistakes

    try:
        import_facts(log.log, ImportFacts(lines_of(file), _BY, now(), personal_data=True, again=True))
    except Mistakes as wrong:
        raise in_file(visible(str(file)), wrong) from wrong


def _record(log: OpenLog, file: Path) -> None:
    from decisionlog.cli.recording import compared, read_sheets

    asked = {"contains_personal_data": True, "retract_missing": False}
    files = compared(log, read_sheets([str(file)]), _BY, asked)
    files.check()
    for _ in files.record():
        pass  # every file becomes a batch of the copy


def answered(reading: Reading, file: Path | None, ask: Callable[[OpenLog], Any]) -> None:
    """Ask the log, or a copy in which what a file says is recorded too, and print the answer."""
    if file is None:
        with reading.opened() as found:
            reading.answer(ask(found))
        return
    with supposing(reading, file) as copy:
        reading.answer(copy.answered(ask(copy.log)))
