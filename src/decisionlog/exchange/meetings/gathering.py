"""Who met, when and where: the meeting itself, attendance, interests, quorum, and the minutes of earlier meetings."""

from __future__ import annotations

from typing import Any, Final, get_args

from decisionlog.domain.acts import ADDED, BETWEEN, MEETING, gathering, place_of
from decisionlog.domain.references import split
from decisionlog.domain.vocabulary import ConflictManagement
from decisionlog.exchange.fitting import spelled
from decisionlog.exchange.meetings import keys
from decisionlog.exchange.meetings.acting import also
from decisionlog.exchange.meetings.parts import NONE, document, documents, listed
from decisionlog.exchange.meetings.scribe import Data, Entry, Origins, Said, Scribe
from decisionlog.exchange.written import Path

_PUBLIC: Final = {"yes": "public", "no": "private", "True": "public", "False": "private"}
_MANAGED: Final = ("action", "agreed_by", "left", "returned")
_MINUTES_KEPT: Final = ("taken", "notes-only", "none-taken")
_ROLES: Final = {"in_attendance": "in-attendance"}
_OF_THE_WHOLE: Final = frozenset({"quorate", "counted", "words"})
_SHORT_ROLES: Final = {"voting": "voting-member", "non-voting": "non-voting-member"}
_PRESENCES: Final = {"present": "present", "apologies": "apologies", "absent": "absent", "in_attendance": "present"}


def meeting(scribe: Scribe, file: Entry) -> Said | None:
    """The meeting, with who was there; none, where the file adds to one that is recorded."""
    path = file.at("meeting")
    value = file.get("meeting")
    if isinstance(value, str):
        _added_to(scribe, value, path)
        return None
    entry = scribe.entry(value, path, keys.MEETING)
    if entry is None:
        return None
    data, origins = entry.copied()
    on = entry.text("on")
    if on is None:
        scribe.wrong(path, "`on` is missing; write the day of the meeting, for example on: 2026-03-12.")
    if not listed(data.get("bodies", [])):
        scribe.wrong(path, "`body` is missing; name the body that met.")
    scribe.gathered.on_at = origins["on"] = entry.at("on")
    _gather(scribe, [str(each) for each in listed(data.get("bodies", []))], on)
    _numbered(scribe, str(data.get("ref", "")) or f"{scribe.gathered.numbered_by}-{scribe.gathered.on or ''}")
    held = Said(scribe.gathered.place, path, "meeting.held", data, f"meeting:{scribe.gathered.meeting}", on)
    held.origins = origins
    held.allotted = "" if "ref" in data else scribe.gathered.meeting
    data.setdefault("ref", scribe.gathered.meeting)
    _course(scribe, entry, data, origins)
    _attendance(scribe, file, data, origins)
    _at_large(file, data, origins)
    scribe.say(held)
    also(scribe, entry)
    return held


def _course(scribe: Scribe, entry: Entry, data: Data, origins: Origins) -> None:
    """How the meeting went: who presided, whether in public, until when, and what there is to read of it."""
    if "public" in data:
        data["public"] = _PUBLIC.get(str(data["public"]), data["public"])
    if "documents" in data:
        data["documents"] = documents(scribe, data["documents"], entry.at("documents"))
    if "ended" in data:
        data["ended"] = scribe.when(data["ended"])
    if "presiding" in entry:
        data["presiding"] = [_presiding(scribe, each, at) for each, at in entry.each("presiding")]
        origins["presiding"] = entry.at("presiding")


def between(scribe: Scribe, file: Entry) -> None:
    """The day and the maker of what was decided outside a meeting."""
    entry = scribe.entry(file.get("between_meetings"), file.at("between_meetings"), keys.BETWEEN)
    if entry is None:
        return
    makers = [(kind, name) for kind in ("body", "post", "person") if (name := entry.text(kind))]
    on = entry.text("on")
    if len(makers) != 1:
        scribe.wrong(
            entry.path, "name the one who decided: `body`, `post` or `person`; several decided in several files."
        )
    if on is None:
        scribe.wrong(entry.path, "`on` is missing; write the day, for example on: 2026-02-20.")
    kind, name = makers[0] if makers else ("", "")
    gathered = scribe.gathered
    gathered.on, gathered.maker = on, f"{kind}:{name}" if ":" not in name else name
    gathered.on_at = entry.at("on")
    if kind == "body":
        gathered.bodies = (name,)
    gathered.place = gathering(BETWEEN, on or "", name, entry.text("ref") or "")
    gathered.numbered_by = (kind == "body" and scribe.recorded.short_name(f"body:{name}")) or name.upper()
    scribe.known = scribe.recorded.within(gathered.place)


def _gather(scribe: Scribe, bodies: list[str], on: str | None) -> None:
    """Note who met and when, for every act of the file."""
    gathered = scribe.gathered
    gathered.on, gathered.bodies = scribe.day_of(on), tuple(bodies)
    first = split(bodies[0])[1] if bodies else ""
    gathered.numbered_by = scribe.recorded.short_name(f"body:{first}") or first


def _numbered(scribe: Scribe, ref: str) -> None:
    """Note what the meeting is called, and what is recorded of it already."""
    found = scribe.recorded.meeting(f"meeting:{ref}")
    scribe.gathered.meeting = split(found.stream)[1] if found else ref
    whole = gathering(MEETING, scribe.gathered.meeting)
    scribe.gathered.place = place_of(whole, ADDED) if scribe.gathered.adds else whole
    scribe.known = {
        place: act
        for place, act in scribe.recorded.within(whole).items()
        if place.startswith(place_of(whole, ADDED) + ", ") == scribe.gathered.adds
    }


def _added_to(scribe: Scribe, ref: str, path: Path) -> None:
    """A meeting that is recorded already, to which the file adds."""
    found = scribe.recorded.meeting(ref)
    if found is None:
        wanted = "write {body: ..., on: ...} to record it, or the ref of one that is."
        scribe.wrong(path, f"no meeting '{ref[:60]}' is recorded here; {wanted}")
        return
    scribe.gathered.adds = True
    _gather(scribe, [split(body)[1] for body in found.bodies], found.on)
    _numbered(scribe, split(found.stream)[1])


def _presiding(scribe: Scribe, value: Any, path: Path) -> Any:
    if isinstance(value, str):
        found = {split(stream)[0] for stream in scribe.meant(value, ("person", "post"))}
        if len(found) != 1:
            wanted = (
                "both a person and a post; write {person: ...} or {post: ...}"
                if found
                else "neither a person nor a post recorded here; add it to the scheme file, or open it under `also`"
            )
            scribe.wrong(path, f"'{value[:60]}' is {wanted}.")
        return {"by": value} if "person" in found else {"capacity": split(value)[1]}
    entry = scribe.entry(value, path, keys.PRESIDING)
    if entry is None:
        return value
    data, _ = entry.copied()
    if interval := _interval(scribe, entry):
        data["interval"] = interval
    return data


def _attendance(scribe: Scribe, file: Entry, data: Data, origins: Origins) -> None:
    attendance = []
    for key, presence in _PRESENCES.items():
        value = file.get(key)
        if key not in file:
            continue
        if isinstance(value, int) and key == "present":
            data["attendance_count"] = value
            origins["attendance_count"] = file.at(key)
            continue
        entries = (
            value.items()
            if isinstance(value, dict) and not _is_one(value)
            else ((None, each) for each in listed(value))
        )
        for index, (person, each) in enumerate(entries):
            at = (*file.at(key), person if person is not None else index)
            if made := _attendee(scribe, each, at, person):
                role = {"role": _ROLES[key]} if key in _ROLES else {}
                attendance.append({**role, "presence": presence, **made})
        origins.setdefault("attendance", file.at(key))
    if attendance or (("present" in file) and "attendance_count" not in data):
        data["attendance"] = attendance


def _is_one(value: Data) -> bool:
    return any(key in keys.ATTENDEE for key in value)


def _attendee(scribe: Scribe, value: Any, path: Path, person: str | None) -> Data | None:
    if person is not None and not isinstance(value, dict):
        return {"by": person, "on_behalf_of": value}
    if person is not None:
        value = {"person": person, **value}
    entry = scribe.entry(value, path, keys.ATTENDEE, short="person")
    if entry is None:
        return None
    data, _ = entry.copied()
    intervals = [
        interval
        for each, at in entry.each("intervals")
        if (inner := scribe.entry(each, at, keys.INTERVAL)) and (interval := _interval(scribe, inner))
    ]
    if "role" in data:
        data["role"] = _SHORT_ROLES.get(str(spelled(data["role"])), data["role"])
    if interval := _interval(scribe, entry):
        intervals.append(interval)
    if intervals:
        data["intervals"] = intervals
    return data


def _interval(scribe: Scribe, entry: Entry) -> Data:
    names = {"from": "arrived", "until": "left"}
    return {field: scribe.when(entry.get(key)) for key, field in names.items() if key in entry}


def _at_large(file: Entry, data: Data, origins: Origins) -> None:
    """What the file says once for the whole meeting, and the meeting's own fact holds."""
    if file.get("interests") in (NONE, []):
        data["interests"], origins["interests"] = [], file.at("interests")
    quorum = file.get("quorum")
    if "quorum" in file and _is_of_the_whole(quorum):
        data["quorum"] = quorum if isinstance(quorum, dict) else {"quorate": quorum}
        origins["quorum"] = file.at("quorum")
    if spelled(file.get("minutes")) in _MINUTES_KEPT:
        data["minutes"], origins["minutes"] = file.get("minutes"), file.at("minutes")


def _is_of_the_whole(quorum: Any) -> bool:
    """Whether quorum is stated for the whole meeting, and not from a time or for some items."""
    return not isinstance(quorum, list) and not (isinstance(quorum, dict) and set(quorum) - _OF_THE_WHOLE)


def interests(scribe: Scribe, holder: Entry, item: str = "") -> None:
    """The interests declared, and how each was managed."""
    for value, path in holder.each("interests"):
        entry = scribe.entry(value, path, keys.INTEREST) if value != NONE else None
        if entry is None:
            continue
        data, origins = entry.copied()
        if item:
            data.setdefault("items", [item])
        place = scribe.place(f"interest of {entry.text('person') or 'somebody'}")
        declared = scribe.say(
            _of_meeting(scribe, Said(place, path, "meeting.interest_declared", data, origins=origins))
        )
        if any(key in entry for key in _MANAGED):
            _managed(scribe, entry, declared)
        also(scribe, entry, item)


def _managed(scribe: Scribe, entry: Entry, declared: Said) -> None:
    data: Data = {key: scribe.when(entry.get(key)) for key in ("agreed_by", "left", "returned") if key in entry}
    action = entry.get("action")
    if spelled(action) in get_args(ConflictManagement):
        data["management"] = spelled(action)
    elif action is not None:
        data["management_words"] = action
    if "items" in declared.data:
        data["items"] = declared.data["items"]
    origins = {name: entry.at(name if name in entry else "action") for name in data}
    managed = Said(
        f"{declared.place}, managed", entry.path, "meeting.conflict_managed", data, of=declared, origins=origins
    )
    scribe.say(_of_meeting(scribe, managed))


def quorum(scribe: Scribe, holder: Entry, item: str = "") -> None:
    """Whether it was quorate: from a time, for some items, or, where the meeting's own fact does not say it, at all."""
    if _is_of_the_whole(holder.get("quorum")) and not (item or scribe.gathered.adds):
        return
    for value, path in holder.each("quorum"):
        entry = scribe.entry(value, path, keys.QUORUM, short="quorate")
        if entry is None:
            continue
        data, origins = entry.copied()
        data |= {key: scribe.when(entry.get(key)) for key in ("from", "until") if key in entry}
        if item:
            data.setdefault("items", [item])
        noted = Said(
            scribe.place(item and f"item {item}", "quorum"), path, "meeting.quorum_noted", data, origins=origins
        )
        scribe.say(_of_meeting(scribe, noted))


def minutes(scribe: Scribe, holder: Entry, item: str = "") -> None:
    """The minutes of an earlier meeting: confirmed, confirmed as amended, or refused."""
    for value, path in holder.each("minutes"):
        if not isinstance(value, dict):
            if item or spelled(value) not in _MINUTES_KEPT:
                scribe.wrong(path, "the minutes of which meeting? Write {of: REF, status: confirmed}.")
            continue
        entry = scribe.entry(value, path, keys.MINUTES)
        if entry is None:
            continue
        of, status = entry.text("of"), spelled(entry.text("status"))
        if of is None or status not in {"confirmed", "confirmed-as-amended", "refused"}:
            scribe.wrong(
                path, "`of` a meeting, and a `status` of confirmed, confirmed as amended or refused, are wanted."
            )
            continue
        data, origins = entry.copied()
        if "document" in entry:
            data["document"] = document(scribe, entry.get("document"), entry.at("document"))
        refused = status == "refused"
        if not refused:
            data["record_status"] = status
        type_name = "meeting.minutes_refused" if refused else "meeting.minutes_confirmed"
        stream = of if split(of)[0] == "meeting" else f"meeting:{of}"
        place = scribe.place(item and f"item {item}", f"minutes of {split(stream)[1]}")
        scribe.say(Said(place, path, type_name, data, stream, origins={**origins, "of": entry.at("of")}), item)


def _of_meeting(scribe: Scribe, said: Said) -> Said:
    """An act in the meeting's own stream; between meetings there is none."""
    if not scribe.gathered.meeting:
        scribe.wrong(said.path, "belongs to a meeting; between meetings, write it with the decision.")
    said.stream = f"meeting:{scribe.gathered.meeting}"
    return said
