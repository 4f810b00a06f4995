"""`POST /v1/facts`: plain facts, as `import` takes them; one batch, all or nothing."""

from __future__ import annotations

import re
from typing import Any, Final

import orjson
from msgspec.structs import replace

from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.commands.record_facts import request_digest
from decisionlog.domain.refusals import Mistake, Mistakes
from decisionlog.render.as_json import dumped
from decisionlog.web.problems import Problem
from decisionlog.web.reading.parameters import Parameter
from decisionlog.web.writing.bodies import json_object, require_known
from decisionlog.web.writing.permitted import require_permitted
from decisionlog.web.writing.posting import USUAL, Posted, Written, require_unchanged

MOST: Final = 10_000
"""Facts of one request."""
TAKES: Final = (
    *USUAL,
    Parameter(
        "again",
        "Keep a second thing with the reference and the issuer of another beside the first, under a key of its own.",
        takes="flag",
        usual=False,
    ),
)
_AGAIN: Final = (
    "If it is another thing of the same name: `?again=true` keeps it beside the first, under a key of its own."
)
_LINE: Final = re.compile(r"line (\d+)")


def from_lines(posted: Posted) -> Written:
    """Facts, one a line."""
    return _recorded(posted, posted.content.splitlines())


def from_json(posted: Posted) -> Written:
    """Facts in `{"facts": [...]}`; what is wrong is told by its place in that list."""
    body = json_object(posted.content)
    require_known(body, {"facts": list}, "facts")
    try:
        written = _recorded(posted, [dumped(fact) for fact in body["facts"]])
        return written._replace(notes=tuple(map(_in_the_list, written.notes)))
    except Mistakes as wrong:
        raise Mistakes([replace(one, place=_in_the_list(one.place)) for one in wrong.mistakes]) from None


def _in_the_list(place: str) -> str:
    return _LINE.sub(lambda line: f"facts[{int(line[1]) - 1}]", place)


def _told_the_way_out(mistake: Mistake) -> Mistake:
    return replace(mistake, sentence=f"{mistake.sentence} {_AGAIN}") if mistake.taken else mistake


def _recorded(posted: Posted, lines: list[bytes]) -> Written:
    if len(lines) > MOST:
        detail = f"There are {len(lines):,} facts; the most at once is {MOST:,}. Nothing was recorded."
        raise Problem("bad-input", detail)
    require_permitted(posted, map(_loosely, lines))
    require_unchanged(posted)
    request = ImportFacts(
        lines,
        posted.by,
        posted.service.now(),
        personal_data=posted.given["contains_personal_data"],
        key=posted.own_key,
        asked=request_digest(posted.asked),
        size=posted.size,
        dry_run=posted.dry_run,
        keep_equal_refs=posted.given["again"],
    )
    try:
        imported = import_facts(posted.found.log, request, followed=True)
    except Mistakes as wrong:
        raise Mistakes([_told_the_way_out(one) for one in wrong.mistakes]) from None
    return Written(imported.receipt, notes=tuple(imported.notes))


def _loosely(line: bytes) -> Any:
    """What is on a line, for who may record it; what is no JSON is refused where it is read."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
