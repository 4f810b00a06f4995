"""The public register: a page as it is served, and all pages as they are written.

`page` is a decision's page over HTTP beside the same application answering a constant, as `http-show` is. `export-site` is
what a page costs in a whole register that is written, of whatever kind it is, with its twin, its lists, the feeds and the
files themselves, beside what the page of a decision costs that is made in the same process and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from benchmarks.figure import Figure
from benchmarks.figures.serving import beside_a_constant
from benchmarks.figures.showing import read_through
from benchmarks.logs import Logs
from benchmarks.served import serving
from benchmarks.timing import Act, interleaved
from decisionlog.bootstrap import open_view, views
from decisionlog.cli.site.files import PAGE, files_of
from decisionlog.cli.site.folder import write
from decisionlog.questions.register.asking import Asking, PageKind
from decisionlog.questions.register.table import PAGES, keys_of, page_of
from decisionlog.render.site.addresses import Written, path_of, slug_of
from decisionlog.render.site.webpage import webpage

_ASKED = 6
_NAME = "Northmoor"
_DECISION = next(kind for kind in PAGES if kind.about == "decision")


def served_page(logs: Logs, size: int = 10_000, rounds: int = 15, each: int = 200) -> Iterator[Figure]:
    """The rate of the page of a decision."""
    path = logs.standing(size)
    read_through(path)
    addresses = [f"/{path_of(f'decision:{key}')}" for key in _keys(path)[:_ASKED]]
    with serving(path) as connection:
        yield beside_a_constant("page", connection, addresses, rounds, each, at_least=0.15)


def exported_site(logs: Logs, size: int = 2_000, rounds: int = 3) -> Iterator[Figure]:
    """What a page costs when all are written."""
    path = logs.standing(size)
    read_through(path)
    seen = views()
    with logs.scratch() as folder, open_view(path, seen) as found:
        found.catch_up()
        asking = Asking(found.log, found.models, datetime.now(UTC), day=datetime.now(UTC).date().isoformat())
        keys = list(keys_of(_DECISION, asking))
        written, alone = interleaved(
            rounds,
            lambda number: [partial(_write, folder / f"site-{number}", asking)],
            lambda _: [_rendered(_DECISION, asking, key) for key in keys],
        )
        pages = sum(name.endswith(PAGE) for name, _ in files_of(asking, _NAME, _untold))
    seen.close()
    ratio = written.quantile(0.5) / pages / alone.quantile(0.5)
    told = (
        f"{'written':>12}  {pages:,} pages in {written.quantile(0.5):,.1f} s, {len(keys):,} of them decisions",
        f"{'alone':>12}  {alone.told_as_time()}",
    )
    yield Figure("export-site", ratio, f"{rounds} rounds", told, at_most=1.5)


def _untold(_done: int, _of: int) -> None:
    """Nobody watches."""


def _keys(path: Path) -> Sequence[str]:
    seen = views()
    with open_view(path, seen) as found:
        found.catch_up()
        keys = list(keys_of(_DECISION, Asking(found.log, found.models, datetime.now(UTC))))
    seen.close()
    return keys


def _write(folder: Path, asking: Asking) -> None:
    write(folder, files_of(asking, _NAME, _untold))


def _rendered(kind: PageKind, asking: Asking, key: str) -> Act:
    def render() -> str:
        return webpage(page_of(kind, replace(asking, slug=slug_of(key))), Written(f"decisions/{key}"), register=_NAME)

    return render
