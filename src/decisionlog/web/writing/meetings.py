"""`POST /v1/meetings`: what happened at a meeting, as in a file for `record`, in YAML or JSON."""

from __future__ import annotations

from typing import Final

from decisionlog.domain.refusals import Conflict
from decisionlog.exchange.meetings.files import read_sheet
from decisionlog.exchange.meetings.recording import MeetingFiles, Recorder
from decisionlog.exchange.meetings.telling import told
from decisionlog.questions.recorded_acts import RecordedActs
from decisionlog.render.recorded_files import adding_instead, differing, file_json, to_come
from decisionlog.web.reading.parameters import Parameter
from decisionlog.web.writing.permitted import require_permitted
from decisionlog.web.writing.posting import USUAL, Posted, Written, require_unchanged

TAKES: Final = (
    *USUAL,
    Parameter(
        "correct",
        "Where the meeting was recorded before: add what is new, and record what differs as corrections.",
        takes="flag",
        usual=False,
    ),
    Parameter("retract_missing", "With `correct`: retract what is no longer in the file.", takes="flag", usual=False),
)
NAME: Final = "request"
"""What the file is called in its facts and in messages."""
_TRIES: Final = 8


def record(posted: Posted) -> Written:
    """Record a meeting's file. Raises `Mistakes` with all that is wrong in it, each with its line, and `Conflict`."""
    for left in reversed(range(_TRIES)):
        require_unchanged(posted)
        files = _compared(posted)
        try:
            return _recorded(posted, files)
        except Conflict:
            if posted.size is not None or not files.has_grown() or not left:
                raise
    raise AssertionError("the last try raises or returns")


def _compared(posted: Posted) -> MeetingFiles:
    who = Recorder(
        posted.by,
        posted.service.now(),
        personal_data=posted.given["contains_personal_data"],
        retract_missing=posted.given["retract_missing"],
        key=posted.own_key,
        asked=posted.asked,
    )
    log, models = posted.found.log, posted.found.models
    sheet = read_sheet(NAME, posted.content, is_sent=True)
    size = models.catch_up()  # read before the rows: what somebody records from now on is a conflict
    with models.reading() as rows:
        return MeetingFiles(log, RecordedActs(log, rows, size), who, [sheet], models)


def _recorded(posted: Posted, files: MeetingFiles) -> Written:
    files.check(fully=posted.dry_run)
    (plan,) = files.plans
    _require_agreed(posted, files)
    require_permitted(posted, (one.fact for one in plan.facts))
    receipt = None
    if plan.facts and not posted.dry_run:
        ((plan, receipt),) = files.record()
    file = told(plan)
    notes = tuple(to_come(file, posted.found.log.zone, posted.service.now()))
    return Written(receipt, {"files": [file_json(file)]}, notes)


def _require_agreed(posted: Posted, files: MeetingFiles) -> None:
    """Refuse to change what was recorded before, unless that is wanted. Raises `Conflict` with what differs."""
    (plan,) = files.plans
    if not plan.is_conflict or posted.given["correct"] or posted.dry_run:
        return
    file = told(plan)
    lines = [*differing(file, adding=True), *adding_instead(file)]
    raise Conflict("\n".join([*lines, "To record this, what differs as corrections: `?correct=true`."]))
