"""What a file or an act newly trips: the findings before and after it is recorded, or would be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from decisionlog.cli.options import Recording
from decisionlog.cli.printing import Progress, page, print_lines, say

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.domain.answers.checking import Checked
    from decisionlog.domain.answers.what_if import FindingsChanged
    from decisionlog.store.batch import Receipt

_QUICKLY_JUDGED: Final = 2_000
"""Facts of a log that is judged whole, where nothing was kept; a larger one is judged by `check` first."""


def found_in(log: OpenLog, recording: Recording) -> Checked | None:
    """What the rules find in a log as it is; nothing, where that would take long, since it was never judged."""
    from decisionlog.checks import kept
    from decisionlog.cli.opening import now, settled
    from decisionlog.questions.checking import Narrowing, check
    from decisionlog.questions.point import Asked
    from decisionlog.settings import BUILT_IN

    rules = settled(recording.run, recording.log).rules.value or BUILT_IN
    with log.models.reading() as rows:
        judged_before = kept.reached(rows, kept.judged_by(rules))
    if not judged_before and log.log.size() > _QUICKLY_JUDGED:
        return None
    with Progress("Judging") as progress:
        return check(log.log, log.models, Narrowing(), Asked(rules=rules), now(), progress)


def newly_found(log: OpenLog, recording: Recording, before: Checked | None) -> FindingsChanged | None:
    """What differs now from what was found before."""
    from decisionlog.questions.what_if import changed

    after = found_in(log, recording) if before is not None else None
    return changed(before, after) if before is not None and after is not None else None


def would_be_found(
    recording: Recording, before: Checked | None, record: Callable[[OpenLog], None]
) -> FindingsChanged | None:
    """What would differ, if something were recorded: `record` records it in a copy, which is gone afterwards."""
    from decisionlog.bootstrap import supposing
    from decisionlog.cli.opening import catch_up, place

    if before is None:
        return None
    with supposing(place(recording.run, recording.log)) as copy:
        record(copy)
        catch_up(copy)
        return newly_found(copy, recording, before)


def newly_found_by(log: OpenLog, recording: Recording, receipt: Receipt) -> FindingsChanged:
    """What differs in the findings about what one act concerns."""
    from decisionlog.cli.opening import now, settled
    from decisionlog.questions.newly_found import newly_found as found_with
    from decisionlog.settings import BUILT_IN

    rules = settled(recording.run, recording.log).rules.value or BUILT_IN
    return found_with(log.log, log.models, receipt.first, receipt.last, now(), rules)


def tell_findings_of_act(changed: FindingsChanged) -> None:
    """Print what one act newly trips, and what it mends; nothing, where it does neither."""
    from decisionlog.render.what_if import findings_changed

    print_lines(findings_changed(changed, page()))


def tell_findings(changed: FindingsChanged | None) -> None:
    """Print what a file newly trips, and what it mends."""
    from decisionlog.render.what_if import findings_changed

    if changed is None:
        say("What it newly trips was not looked for: `decisionlog check` judges the whole log first.")
        return
    lines = findings_changed(changed, page())
    print_lines(lines or ["No finding appears, and none vanishes (`decisionlog check`)."])


def findings_told(changed: FindingsChanged | None) -> dict[str, Any]:
    """The same for programs; `findings` is null where it was not looked for."""
    from decisionlog.render.what_if import changed_json

    return {"findings": changed_json(changed) if changed is not None else None}
