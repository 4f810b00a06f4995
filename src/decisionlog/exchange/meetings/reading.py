"""One file of a meeting made into acts: the parts of the file, in their order."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from decisionlog.exchange.meetings import business_keys, keys
from decisionlog.exchange.meetings.acting import also
from decisionlog.exchange.meetings.business import business, items
from decisionlog.exchange.meetings.files import Sheet
from decisionlog.exchange.meetings.gathering import between, interests, meeting, minutes, quorum
from decisionlog.exchange.meetings.scribe import Entry, Said, Scribe

if TYPE_CHECKING:
    from decisionlog.exchange.meetings.numbering import Numbers
    from decisionlog.questions.recorded_acts import RecordedActs

_WHO_WAS_THERE: Final = ("present", "apologies", "absent", "in_attendance")
WORDS_LIMIT: Final = 20_000
"""Characters of minutes that one fact takes."""


def acts_of(sheet: Sheet, recorded: RecordedActs, numbers: Numbers) -> Scribe:
    """What a file says, and the mistakes in it."""
    scribe = Scribe(sheet.written, sheet.folder, recorded, numbers)
    value = sheet.written.value
    if ("meeting" in value) == ("between_meetings" in value):
        scribe.wrong(
            (), "`meeting` or `between_meetings` is wanted, and not both: who met, or who decided outside a meeting."
        )
        return scribe
    _defaults(scribe, value)
    if "meeting" in value:
        _a_meeting(scribe, sheet)
    elif file := scribe.entry(value, (), keys.BETWEEN_FILE, *business_keys.MATTERS):
        between(scribe, file)
        items(scribe, file)
        if set(value) & {*keys.ITEM, *business_keys.MATTERS}:
            business(scribe, file)
    return scribe


def _a_meeting(scribe: Scribe, sheet: Sheet) -> None:
    file = scribe.entry(sheet.written.value, (), keys.FILE)
    if file is None:
        return
    held = meeting(scribe, file)
    interests(scribe, file)
    quorum(scribe, file)
    items(scribe, file)
    minutes(scribe, file)
    also(scribe, file)
    if sheet.minutes and (held or scribe.gathered.adds):
        _drafted(scribe, file, sheet.minutes)
    if scribe.gathered.adds:
        for key in [*_WHO_WAS_THERE, *(key for key in ("interests", "minutes") if isinstance(file.get(key), str))]:
            if key in file:
                scribe.wrong(file.at(key), "is said where the meeting itself is recorded; correct it there.")


def _drafted(scribe: Scribe, file: Entry, words: str) -> None:
    """The text after the front matter: draft minutes, in full where they fit into one fact, and by their digest."""
    data = {"record_status": "draft", "document": {"sha256": sha256(words.encode()).hexdigest()}}
    if len(words) <= WORDS_LIMIT:
        data["words"] = words
    stream = f"meeting:{scribe.gathered.meeting}"
    scribe.say(Said(scribe.place("minutes"), file.at("meeting"), "meeting.minutes_drafted", data, stream))


def _defaults(scribe: Scribe, value: dict[str, object]) -> None:
    if "defaults" in value and scribe.entry(value["defaults"], ("defaults",), keys.DEFAULTS):
        scribe.defaults = dict(value["defaults"])  # type: ignore[call-overload] # an entry is a mapping
