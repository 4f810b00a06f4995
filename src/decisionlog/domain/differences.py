"""What differs between what was said and what is said now, in sentences: which field, what it was, what it is.

Of lists only the entries that differ are told: added, struck, or changed in a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from decisionlog.domain.erased import WITHHELD
from decisionlog.domain.facts import KINDS
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.domain.money import money
from decisionlog.domain.references import split
from decisionlog.domain.saying import CONTROLLED, Field, Said, Words, Worth, joined, parts_of, plain

NOT_RECORDED: Final = "not recorded"

_IDENTITY: Final = tuple("id by who person partner member proposal decision organisation function to post body".split())
"""Of an entry in a list, the field that says which it is."""
_LONG: Final = 120
"""Letters of a text that are told; of longer ones, those about the first difference."""
_BEFORE: Final = 40


def differences(pointer: str, was: Any, now: Any, data: Mapping[str, Any]) -> Said:
    """One value that changed, in words: `value was £1,200,000, now £900,000`.

    `data` is what holds it: it says which entry of a list a pointer means, and in which currency an amount is.
    """
    steps = _steps(pointer)
    if steps[-1].isdecimal() and len(steps) > 1 and None in {_kind(was), _kind(now)}:
        before, after = ([] if one is None else [one] for one in (was, now))
        return joined(_differences(_where(steps[:-1], data), _name(steps), before, after), "; ", "; ")
    amounts = steps[-1] == "amount" and len(steps) > 1
    if amounts:
        was, now = (_amount(one, steps, data) for one in (was, now))
    where, name = _where(steps, data), _name(steps)
    found = list(_differences(where, name, was, now))
    return joined(found or [(*where, " was ", *_value(name, was), ", now ", *_value(name, now))], "; ", "; ")


def field_and_value(pointer: str, value: Any, data: Mapping[str, Any]) -> tuple[Said, Said]:
    """What a pointer means, and what is said there, in words."""
    steps = _steps(pointer)
    if steps[-1] == "amount":
        value = _amount(value, steps, data)
    return _where(steps, data), _value(_name(steps), value)


def in_short(told: Said) -> str:
    """Words for a refusal: as programs read them, but with amounts as people do."""
    return "".join(_amounts(part.value) if isinstance(part, Worth) else plain((part,)) for part in told)


def _amounts(value: Any) -> str:
    match value:
        case {"amount": int(amount), "currency": str(currency)}:
            return money(amount, currency)
        case dict() if not is_commitment(value):
            return ", ".join(map(_amounts, value.values()))
        case list():
            return "; ".join(map(_amounts, value))
        case _:
            return plain((Worth(value),))


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.removeprefix("/").split("/")]


def _name(steps: Sequence[str]) -> str:
    """The field that a value is of: the last that has a name."""
    return next((step for step in reversed(steps) if not step.isdecimal()), "")


def _kind(value: Any) -> type | None:
    return None if value is None else type(value)


def _where(steps: Sequence[str], data: Mapping[str, Any]) -> Said:
    """A pointer in words: `condition C1, due`."""
    if list(steps) == ["on"]:
        return ("date",)
    holder: Any = data
    found: list[Said] = []
    for number, step in enumerate(steps):
        if number and step.isdecimal():
            entries = holder if isinstance(holder, list) else []
            holder = entries[int(step)] if int(step) < len(entries) else None
            found[-1] = _entry(steps[number - 1], holder, int(step), len(entries))
            continue
        if found and step in {"money", "amount"} and set(steps[number:]) <= {"money", "amount"}:
            break
        found.append((Field(step),))
        holder = holder.get(step) if isinstance(holder, dict) else None
    return joined(found, ", ", ", ")


def _entry(name: str, entry: Any, index: int, entries: int) -> Said:
    """One entry of a list: by what says which it is, else by its number where there are several."""
    if identity := _identity(entry):
        return (Field(_one(name)), " " if identity == "id" else ": ", *parts_of(identity, entry[identity]))
    return (Field(name),) if entries == 1 else (Field(_one(name)), f" {index + 1}")


def _identity(entry: Any) -> str:
    if not isinstance(entry, dict):
        return ""
    return next((name for name in _IDENTITY if isinstance(entry.get(name), str)), "")


def _one(name: str) -> str:
    """The name of one entry of a list: `condition` of `conditions`."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _amount(value: Any, steps: Sequence[str], data: Mapping[str, Any]) -> Any:
    """An amount of pence, with the currency beside which it stands."""
    holder: Any = data
    for step in steps[:-1]:
        entries = holder if isinstance(holder, list) else []
        if step.isdecimal() and int(step) < len(entries):
            holder = entries[int(step)]
        else:
            holder = holder.get(step) if isinstance(holder, dict) else None
    currency = holder.get("currency", "") if isinstance(holder, dict) else ""
    return {"amount": value, "currency": currency} if isinstance(value, int) else value


def _differences(where: Said, name: str, was: Any, now: Any) -> Iterator[Said]:
    if isinstance(was, list) and isinstance(now, list):
        yield from _lists(where, name, was, now)
    elif isinstance(was, dict) and isinstance(now, dict) and not any(map(_is_whole, (was, now))):
        for key in sorted({**was, **now}, key=lambda one: one != "money"):
            if _bare(was.get(key)) != _bare(now.get(key)):
                yield from _differences(_within(where, key), key, was.get(key), now.get(key))
    else:
        if isinstance(was, str) and isinstance(now, str):
            was, now = _about(was, now)
        yield (*where, " was ", *_value(name, was), ", now ", *_value(name, now))


def _within(where: Said, key: str) -> Said:
    return where if key == "money" else (*where, ", ", Field(key))


def _is_whole(value: Mapping[str, Any]) -> bool:
    """Whether a part is told as one value: sealed words, an amount, a limit."""
    return is_commitment(value) or value.keys() == {"amount", "currency"} or {"money", "operator"} <= value.keys()


def _lists(where: Said, name: str, was: list[Any], now: list[Any]) -> Iterator[Said]:
    """The entries that differ: paired by what says which they are, else one by one, else by what they say."""
    before, after = _by_identity(was), _by_identity(now)
    if before is not None and after is not None:
        told = [one for key in {**before, **after} for one in _paired(name, before.get(key), after.get(key))]
    elif len(was) == len(now) and (len(was) == 1 or all(isinstance(one, dict) for one in (*was, *now))):
        for index, pair in enumerate(zip(was, now, strict=True)):
            if pair[0] != pair[1]:
                which = where if len(was) == 1 else (*where, f" {index + 1}")
                yield from _differences(which, name, *pair)
        return
    else:
        told = [(*_value(name, one), " added") for one in now if one not in was]
        told += [(*_value(name, one), " struck") for one in was if one not in now]
    if told:
        yield (*where, ": ", *joined(told, "; ", "; "))
    elif was != now:
        yield (*where, " was ", *_value(name, was), ", now ", *_value(name, now))


def _by_identity(entries: Iterable[Any]) -> dict[str, Any] | None:
    """Entries by what says which they are; none, where that is not recorded or of several the same."""
    entries = list(entries)
    found = {_bare(entry[identity]): entry for entry in entries if (identity := _identity(entry))}
    return found if len(found) == len(entries) else None


def _paired(name: str, was: Any, now: Any) -> Iterator[Said]:
    if _bare(was) == _bare(now):
        return
    entry = was if now is None else now
    identity = _identity(entry)
    which = parts_of(identity, entry[identity])
    if was is None or now is None:
        rest = {key: value for key, value in entry.items() if key != identity}
        yield (*which, " struck" if now is None else " added", *((", ", Worth(rest)) if rest else ()))
    else:
        yield from _differences(which, name, was, now)


def _bare(value: Any) -> Any:
    """A value whose references have lost their kind: in a file they may be written without it."""
    if isinstance(value, str):
        kind, key = split(value)
        return key if kind in KINDS else value
    if isinstance(value, dict):
        return {name: _bare(inner) for name, inner in value.items()}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def _about(was: str, now: str) -> tuple[str, str]:
    """Two texts, about their first difference where they are long."""
    if max(len(was), len(now)) <= _LONG:
        return was, now
    same = next((at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), len(min(was, now)))
    begin = was.rfind(" ", 0, same - _BEFORE) + 1 if same > _BEFORE else 0
    return _cut(was, begin), _cut(now, begin)


def _cut(text: str, begin: int) -> str:
    shown = text[begin : begin + _LONG]
    return f"{'... ' if begin else ''}{shown}{' ...' if begin + _LONG < len(text) else ''}"


def _value(name: str, value: Any) -> Said:
    match value:
        case None:
            return (NOT_RECORDED,)
        case dict() if is_commitment(value):
            return (WITHHELD,)
        case dict():
            return (Worth(value, name),)
        case list() if any(isinstance(one, dict) for one in value):
            return (Worth(value, name),)
        case str() if parts_of(name, value) == (value,) and name not in CONTROLLED:
            return (Words(value),)
        case _:
            return parts_of(name, value)
