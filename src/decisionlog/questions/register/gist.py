"""What was decided, in a sentence: by it decisions of one title are told apart in a list."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.erased import is_gone
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.typed import opened, untyped
from decisionlog.domain.known import read
from decisionlog.questions.point import Point, settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.telling import text_of

_LONGEST: Final = 160
"""Letters of a sentence that are shown."""
_END: Final = re.compile(r"\w{4}[)'\"\u2019\u201d]?[.;](?= )")
"""Where a sentence ends: not behind a short word, which may be shortened, as in `St. Mary's`."""


def with_gists(asking: Asking, listing: Listing) -> Listing:
    """The list with what each decision decided, as `decided` of its `more`; nothing where that is not shown or not recorded."""
    point = settle(asking.log, asking.asked, asking.now)
    return replace(listing, items=tuple(_with_gist(asking, point, item) for item in listing.items))


def _with_gist(asking: Asking, point: Point, item: Listed) -> Listed:
    decided = first_sentence(decided_text(asking, point, item.stream))
    return replace(item, more=item.more | {"decided": decided}) if decided not in {"", item.title} else item


def decided_text(asking: Asking, point: Point, stream: str) -> str:
    """The words of a decision as corrected, as known at the point; empty where they may not be shown or are not recorded."""
    facts = asking.log.stream(stream)
    taken = next((one for one in read(facts, point.known, asking.log.zone).facts if _is_taken(one.data)), None)
    if taken is None:
        return ""
    text = text_of(opened(untyped(taken.data), asking.log.openings(facts)).get("text"))
    return "" if is_gone(text) else text


def _is_taken(data: object) -> bool:
    return isinstance(data, DecisionTaken)


def first_sentence(text: str) -> str:
    """The first sentence of a text; of a long one as many whole words as there is room for, and three dots."""
    line = " ".join(text.split())
    end = _END.search(line)
    line = line[: end.end()].rstrip(";") if end else line
    if len(line) <= _LONGEST:
        return line
    return f"{line[:_LONGEST].rpartition(' ')[0] or line[:_LONGEST]} ..."
