"""An account of an interest in the register, and where it was declared."""

from __future__ import annotations

from decisionlog.domain.saying import said
from decisionlog.questions.accounts.account import Account, fields, filled, lines, section, told
from decisionlog.questions.viewing import Seen, Viewing


def interest(viewing: Viewing, seen: Seen) -> Account:
    """Whose it is, of what nature, since when, and at which meetings it was declared."""
    registered = seen.first("interest.registered")
    if registered is None:
        return Account()
    data = {**registered.data, "on": registered.data.get("from") or registered.data.get("arose") or registered.fact.on}
    declared, more = viewing.concerning(seen.stream, ["meeting.interest_declared"], ["interest"])
    allowed, more_allowed = viewing.concerning(seen.stream, ["dispensation.granted"], ["interest"])
    ended = seen.last("interest.ended")
    opening = [
        said(
            "{by|=Somebody who is not recorded} holds an interest[ as {capacity}][ of the kind {kind}][, since {on}][, last day {until}].",
            data,
        )
    ]
    if ended and viewing.has_begun(ended):
        opening.append(
            said("It is no longer held[, since {on}].", {**ended.data, "on": ended.data.get("from") or ended.fact.on})
        )
    return Account(
        opening=tuple(opening),
        sections=filled(
            section("What it is", [
                *told("{nature}", registered.data, registered, "Nature"),
                *told("{held_in}", registered.data, registered, "Held in"),
                *told("{matters}", registered.data, registered, "Matters"),
                *told("{conflict}", registered.data, registered, "Conflict"),
                *told("{action}", registered.data, registered, "To be done"),
            ]),
            section("Declared at", lines("{stream}[, item {items}][: {words}]", declared), more),
            section("Dispensations", lines("{stream}: to {allows|=take part}[, until {until}]", allowed), more_allowed),
        ),
        told=fields("by capacity kind kind_words nature held_in matters conflict action from until arose"),
    )  # fmt: skip
