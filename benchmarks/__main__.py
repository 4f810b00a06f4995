"""`python -m benchmarks [--only NAME]`: one line a figure, and below it the raw numbers."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks.figure import Figure
from benchmarks.figures.answering import answered, answered_cold
from benchmarks.figures.checking import checked
from benchmarks.figures.importing import imported
from benchmarks.figures.loading import loaded
from benchmarks.figures.proving import appended, proved, verified
from benchmarks.figures.publishing import exported_site, served_page
from benchmarks.figures.rebuilding import rebuilt
from benchmarks.figures.recording import recorded, recorded_and_read, recorded_on_server
from benchmarks.figures.serving import served_show, served_who
from benchmarks.figures.showing import shown, who_decided_shown
from benchmarks.figures.starting import helped, recorded_file, shown_cold, toured, who_decided_cold
from benchmarks.logs import Logs
from benchmarks.machine import forget_peak_memory, header, peak_memory

BENCHMARKS: Mapping[str, Callable[[Logs], Iterator[Figure]]] = {
    "record": recorded,
    "record-and-read": recorded_and_read,
    "record-postgresql": recorded_on_server,
    "import": imported,
    "rebuild": rebuilt,
    "help": helped,
    "show-cold": shown_cold,
    "who-decided-cold": who_decided_cold,
    "record-file": recorded_file,
    "demo": toured,
    "show": shown,
    "who-decided": who_decided_shown,
    "who-accountable": answered,
    "who-accountable-cold": answered_cold,
    "check": checked,
    "append-with-tree": appended,
    "proof": proved,
    "verify": verified,
    "load": loaded,
    "http-who": served_who,
    "http-show": served_show,
    "page": served_page,
    "export-site": exported_site,
}
"""Every benchmark by its name; `rebuild` has three figures, `who-accountable`, `check`, `proof`, `verify` and `http-who` two."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, one benchmark after another, and print each figure when it is known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=sys.modules[__name__].__doc__)
    parser.add_argument("--only", choices=BENCHMARKS, help="run one of them; so does ONLY=NAME in the environment")
    given = sys.argv[1:] if arguments is None else arguments
    wanted = os.environ.get("ONLY")
    only = parser.parse_args(["--only", wanted, *given] if wanted else given).only
    logs = Logs()
    with logs.scratch() as folder:
        print(*header(folder), sep="\n", end="\n\n", flush=True)
    for name in [only] if only else BENCHMARKS:
        forget_peak_memory()
        for figure in BENCHMARKS[name](logs):
            print(figure, flush=True)
        if memory := peak_memory():
            print(f"    memory         {memory} at most in this process", flush=True)


if __name__ == "__main__":
    main()
