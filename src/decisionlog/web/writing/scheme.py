"""`POST /v1/scheme`: what a scheme file says and the log does not have, as `scheme apply`."""

from __future__ import annotations

from typing import Final

from decisionlog.commands.record_facts import Plain, RecordFacts, record_facts
from decisionlog.domain.answers.scheme import SchemeDifference
from decisionlog.domain.refusals import Conflict
from decisionlog.exchange.scheme.comparing import compared
from decisionlog.questions.point import Asked
from decisionlog.render.scheme import corrections
from decisionlog.web.reading.parameters import Parameter
from decisionlog.web.writing.permitted import require_permitted
from decisionlog.web.writing.posting import USUAL, Posted, Written, require_unchanged

TAKES: Final = (
    *USUAL,
    Parameter(
        "correct", "Record what the file says otherwise of the same day as corrections.", takes="flag", usual=False
    ),
)
_NAME: Final = "request"
_TRIES: Final = 8


def record(posted: Posted) -> Written:
    """Record what a scheme file adds. Raises `Mistakes` with all that is wrong in it, and `Conflict`."""
    for left in reversed(range(_TRIES)):
        require_unchanged(posted)
        personal = posted.given["contains_personal_data"]
        log, now = posted.found.log, posted.service.now()
        answer = compared(log, Asked(), now, _NAME, posted.content, personal_data=personal).difference
        try:
            return _recorded(posted, answer)
        except Conflict:
            if posted.size is not None or log.size() == answer.basis.position or not left:
                raise
    raise AssertionError("the last try raises or returns")


def _recorded(posted: Posted, answer: SchemeDifference) -> Written:
    _require_agreed(posted, answer)
    more = {
        "agreeing": answer.agreeing,
        "corrections": sum(bool(one.changes) for one in answer.coming),
        "left_alone": len(answer.left),
    }
    if not answer.plain:
        return Written(None, more)
    require_permitted(posted, (fact for fact, _ in answer.plain))
    request = RecordFacts(
        [Plain(*one) for one in answer.plain],
        posted.by,
        posted.service.now(),
        again=posted.dry_run,
        key=posted.own_key,
        size=answer.basis.position,
        personal_data=posted.given["contains_personal_data"],
        dry_run=posted.dry_run,
        asked=posted.asked,
    )
    return Written(record_facts(posted.found.log, request, followed=True), more)


def _require_agreed(posted: Posted, answer: SchemeDifference) -> None:
    """Refuse corrections that nobody asked for. Raises `Conflict` with what would be corrected."""
    lines = [] if posted.dry_run or posted.given["correct"] else list(corrections(answer))
    if lines:
        raise Conflict("\n".join([*lines, "To record corrections: `?correct=true`."]))
