"""Every key of a meeting's file, level by level, with what it means. What is not in these tables is a mistake.

A key with a `field` is copied to that field of the fact; the others are read by the module of their part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Key(NamedTuple):
    """What a key means, and the field of the fact that it becomes; empty, where it is read by hand."""

    means: str
    field: str = ""


Level = Mapping[str, Key]

ALSO: Final = Key("plain facts that have no key here")
FOR: Final = Key("on whose behalf", "on_behalf_of")
WORDS: Final = Key("what was said, as minuted", "words")

ITEM: Final[Level] = {
    "item": Key("its number on the agenda, as written there"),
    "title": Key("what the item is called; its decisions take it as theirs"),
    "on": Key("its own day or time, where that is not the meeting's"),
    "access": Key("open or exempt: a word, or {level, paragraphs, reason, review_on}"),
    "proposal": Key("the paper: the ref of one that is recorded, or a new one"),
    "proposals": Key("several papers, one after the other"),
    "discussed": Key("nothing was decided: yes, what was said, or {words, by, ended}"),
    "positions": Key("where each partner stands: partner: position"),
    "disagreement": Key("who disagreed, why, and how it ended"),
    "disagreements": Key("several of them"),
    "decision": Key("what was decided: an outcome, or a decision"),
    "decisions": Key("several decisions, each of its own maker; or maker: outcome"),
    "actions": Key("what is to be done: words, or actions"),
    "interests": Key("interests declared at this item"),
    "quorum": Key("quorum at this item: yes, no, or {quorate, counted, words}"),
    "minutes": Key("minutes of an earlier meeting that were confirmed or refused"),
    "also": ALSO,
}

FILE: Final[Level] = {
    "meeting": Key("who met, when and where; or the ref of a meeting that is recorded, to add to it"),
    "written": Key("when these minutes were first written: the source's own date of every fact"),
    "defaults": Key("what holds for every decision that does not say otherwise"),
    "present": Key("who was there: people, person: partner, or only how many"),
    "apologies": Key("who sent apologies"),
    "absent": Key("who was away without apologies"),
    "in_attendance": Key("who was there without a seat"),
    "interests": Key("interests declared, or none"),
    "quorum": Key("yes, no, or {quorate, from, until, items, counted, words}; several where it changed"),
    "minutes": Key("minutes of earlier meetings: {of, status}; or whether minutes were taken of this one"),
    "items": Key("the business, item by item"),
    "also": ALSO,
}

BETWEEN_FILE: Final[Level] = {
    "between_meetings": Key("when, and by which body, post or person, something was decided outside a meeting"),
    "written": FILE["written"],
    "defaults": FILE["defaults"],
    "items": FILE["items"],
    **ITEM,
}

MEETING: Final[Level] = {
    "ref": Key("what the meeting is called; the body's short name and the day where not given", "ref"),
    "body": Key("the body that met", "bodies"),
    "bodies": Key("the bodies that met, in common or jointly", "bodies"),
    "on": Key("the day, or the time at which it opened"),
    "ended": Key("when it closed", "ended"),
    "title": Key("its name or number", "title"),
    "kind": Key("ordinary, special, urgent, inaugural, informal, written procedure", "kind"),
    "mode": Key("in person, remote or hybrid", "mode"),
    "public": Key("yes, no, or part-private", "public"),
    "venue": Key("where", "venue"),
    "presiding": Key("who presided: people, posts, or {person, post, items, from, until}"),
    "documents": Key("agenda, recording", "documents"),
    "words": Key("the opening, as minuted", "words"),
    "also": ALSO,
}

BETWEEN: Final[Level] = {
    "on": Key("the day or the time"),
    "body": Key("the body that decided"),
    "post": Key("the post that decided"),
    "person": Key("the person who decided, where the record says so"),
    "ref": Key("tells two files of one day and one maker apart"),
}

DEFAULTS: Final[Level] = {
    "maker": Key("who decides"),
    "for": Key("on whose behalf"),
    "under": Key("under what authority"),
    "method": Key("how: consensus, vote show, ..."),
}

ATTENDEE: Final[Level] = {
    "person": Key("who", "by"),
    "for": FOR,
    "role": Key("chair, voting member, observer, ...", "role"),
    "role_words": Key("the role in the minutes' own words", "role_words"),
    "voting": Key("may vote: yes or no", "voting"),
    "presence": Key("present, part, apologies, absent", "presence"),
    "mode": Key("in person or remote", "mode"),
    "deputy_for": Key("whose deputy", "deputy_for"),
    "from": Key("when the person came: a time, or 14:05 on the meeting's day"),
    "until": Key("when the person left"),
    "intervals": Key("several comings and goings: {from, until} each"),
    "words": WORDS,
}

INTERVAL: Final[Level] = {"from": ATTENDEE["from"], "until": ATTENDEE["until"]}

PRESIDING: Final[Level] = {
    "person": Key("who presided", "by"),
    "post": Key("in which capacity", "capacity"),
    "items": Key("for which items", "items"),
    "from": Key("from when"),
    "until": Key("until when"),
}

INTEREST: Final[Level] = {
    "person": Key("who declared it", "by"),
    "for": FOR,
    "post": Key("in which capacity", "capacity"),
    "type": Key("financial, indirect, dpi, ...", "kind"),
    "nature": Key("what it is", "nature"),
    "items": Key("for which items", "items"),
    "conflict": Key("actual, potential or perceived", "conflict"),
    "interest": Key("the entry of the register of interests", "interest"),
    "dispensation": Key("a dispensation relied on", "dispensation"),
    "words": WORDS,
    "action": Key("how it was managed: leaves for item, speaks without deciding, ... or in words"),
    "agreed_by": Key("who agreed to that"),
    "left": Key("when the person left"),
    "returned": Key("when the person came back"),
    "also": ALSO,
}

QUORUM: Final[Level] = {
    "quorate": Key("yes or no", "quorate"),
    "from": Key("from when"),
    "until": Key("until when"),
    "items": Key("for which items", "items"),
    "bodies": Key("of which of the bodies that met", "bodies"),
    "counted": Key("how many were counted", "counted"),
    "by": Key("who noted it", "by"),
    "words": WORDS,
}

MINUTES: Final[Level] = {
    "of": Key("the earlier meeting"),
    "status": Key("confirmed, confirmed as amended, refused"),
    "version": Key("of the minutes", "version"),
    "document": Key("the minutes: a file beside this one, an address, or {title, file, sha256, pages}"),
    "by": Key("who signed them", "by"),
    "words": WORDS,
    "reason": Key("why they were refused", "reason"),
}

DISCUSSED: Final[Level] = {
    "words": WORDS,
    "by": Key("who presented it", "by"),
    "ended": Key("when it ended", "ended"),
    "asked_to": Key("what the meeting had been asked to do", "asked_to"),
    "documents": Key("papers that have no ref", "documents"),
}
