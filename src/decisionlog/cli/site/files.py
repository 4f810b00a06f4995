"""Every file of the written register: its pages, their twins for programs, and what they are shown with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from decisionlog.questions.bundling import under_last_checkpoint
from decisionlog.questions.feeds.diary import diary
from decisionlog.questions.feeds.latest import latest
from decisionlog.questions.register.table import PAGES, keys_of, pages_of
from decisionlog.render.site.addresses import PROOF, TWIN, VERIFIER, Written, file_of, path_of
from decisionlog.render.site.feeds import atom, calendar
from decisionlog.render.site.webpage import SHOWN_WITH, path_at, twin, webpage
from decisionlog.store.still import StillLog

if TYPE_CHECKING:
    from decisionlog.domain.answers.register import RegisterPage
    from decisionlog.questions.register.asking import Asking

PAGE: Final = ".html"
CHECKPOINT: Final = "checkpoint"


class File(NamedTuple):
    """One file: its name below the folder of the register, and what is in it."""

    name: str
    content: bytes


def files_of(asking: Asking, register: str, progress: Callable[[int, int], None]) -> Iterator[File]:
    """The files, in an order that is the same whenever the log is. Raises as the questions of the pages do."""
    with asking.models.held():
        yield from _files(replace(asking, log=StillLog(asking.log)), register, progress)


def _files(asking: Asking, register: str, progress: Callable[[int, int], None]) -> Iterator[File]:
    yield from _shown_with()
    yield from _signed(asking)
    proved: list[str] = []
    for proof in under_last_checkpoint(asking.log, asking.models, _decisions(asking), asking.now):
        proved.append(proof.decision)
        yield File(f"{file_of(path_of(proof.decision))}{PROOF}", proof.text)
    asking = replace(asking, proved=frozenset(proved))
    yield from _feeds(asking)
    written = [kind for kind in PAGES if not kind.is_asked]
    things = sum(len(list(keys_of(kind, asking))) if kind.about else 1 for kind in written)
    done = 0
    for kind in written:
        for page in pages_of(kind, asking):
            yield from _of_page(page, register)
            done += page.number == 1
            progress(done, things)


def _of_page(page: RegisterPage, register: str) -> Iterator[File]:
    path = path_at(page)
    name = file_of(path, str(page.number))
    yield File(f"{name}{PAGE}", webpage(page, Written(path), register=register).encode())
    yield File(f"{name}{TWIN}", twin(page))


def _shown_with() -> Iterator[File]:
    folder = files("decisionlog.render.site").joinpath("static")
    for name in SHOWN_WITH:
        yield File(f"static/{name}", folder.joinpath(name).read_bytes())
    yield File(VERIFIER, files("decisionlog.audit").joinpath(VERIFIER).read_bytes())


def _decisions(asking: Asking) -> list[str]:
    """The decisions that have a page."""
    kind = next(one for one in PAGES if one.about == "decision")
    return [f"decision:{key}" for key in keys_of(kind, asking)]


def _feeds(asking: Asking) -> Iterator[File]:
    log, models, asked, root = asking.log, asking.models, asking.asked, Written("")
    yield File(atom.FILE, atom.atom(latest(log, models, asked, asking.now), root))
    yield File(calendar.FILE, calendar.calendar(diary(log, models, asked, asking.now), root))


def _signed(asking: Asking) -> Iterator[File]:
    """The last checkpoint as it was signed, with the cosignatures that came back."""
    kept = asking.log.recorder.checkpoints()
    if kept:
        yield File(CHECKPOINT, kept[-1].note)
