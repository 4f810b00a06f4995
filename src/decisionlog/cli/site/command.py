"""`export site`: the public register into a folder, to be opened there or put on any web server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decisionlog.cli.opening import now, place, settled
from decisionlog.cli.printing import Progress, note
from decisionlog.cli.site.folder import Wrote, require_replaceable, write
from decisionlog.cli.witnessing.keeper import watched_by
from decisionlog.domain.days import named_day
from decisionlog.domain.text import visible
from decisionlog.render.words import counted
from decisionlog.settings import BUILT_IN

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.cli.options import Reading
    from decisionlog.questions.register.asking import Asking


def export_site(reading: Reading, folder: Path, name: str | None, *, findings: bool, replaces: bool) -> None:
    """Write what everybody may see. Raises `BadInput` where the folder cannot be replaced, and the refusals of the store."""
    from decisionlog.bootstrap import open_view, views
    from decisionlog.cli.site.files import files_of

    require_replaceable(folder, replaces=replaces)
    seen = views()
    try:
        with open_view(place(reading.run, reading.log), seen) as found:
            with Progress("Reading facts", found.log.size()) as progress:
                found.catch_up(progress)
            asking = _asking(reading, found, findings=findings)
            with Progress("Writing pages") as progress:
                wrote = write(folder, files_of(asking, name or found.log.identity.name, progress))
    finally:
        seen.close()
    _tell(folder, wrote, asking.day)


def _asking(reading: Reading, found: OpenLog, *, findings: bool) -> Asking:
    from decisionlog.questions.register.asking import Asking

    settings, moment = settled(reading.run, reading.log), now()
    return Asking(
        found.log,
        found.models,
        moment,
        rules=settings.rules.value or BUILT_IN,
        findings=findings,
        day=named_day("today", moment, found.log.zone),
        contact=settings.contact.value or "",
        watch=watched_by(reading),
    )


def _tell(folder: Path, wrote: Wrote, day: str) -> None:
    there = visible(str(folder))
    note(f"Wrote {counted(wrote.files, 'file')} to {there}, {wrote.changed:,} of them new or changed, as at {day}.")
    note(f"Open {visible(str(folder / 'index.html'))}, or put the folder on any web server.")
