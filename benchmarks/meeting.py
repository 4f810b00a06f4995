"""A meeting's file as a secretary writes it, and what the log must know before: for `record-file`."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

_PARTNERS = ("council", "icb", "trust", "gps")
_ITEM = """\
  - item: {item}
    title: Item {item} of meeting {number}
    proposal: {{ref: BM/{number}/P{item:02}, version: 1, sponsor: trust, value: £{value}}}
    positions: {{council: support, icb: support, trust: {{position: support with conditions, conditions: [funding confirmed]}}}}
    decision:
      ref: BM/{number}/{item:03}
      outcome: approved
      text: To do what the paper of item {item} proposes.
      reasons: It is what the partners want.
      value: £{value}
    actions:
      - {{ref: BM/{number}/A{item:02}, what: Report on item {item}, owner: p-{owner}, due: 2026-06-30}}
"""


def what_a_meeting_needs() -> Iterator[bytes]:
    """Plain facts: the partners, the body, its members and the delegation under which it decides."""
    for key in _PARTNERS:
        yield _plain("organisation.registered", ref=key, name=f"The {key}")
    yield _plain("body.constituted", ref="committee", name="The committee", short_name="BM", kind="committee")
    for number in range(8):
        yield _plain("person.registered", ref=f"p-{number}")
    yield _plain(
        "delegation.granted",
        ref="SORD-1",
        delegator="organisation:icb",
        delegates=["body:committee"],
        **{"from": "2020-01-01"},
    )


def meeting_file(number: int, items: int) -> str:
    """One meeting with that many items, each with a paper, positions, a decision and an action."""
    present = "\n".join(f"  - {{person: p-{one}, for: {_PARTNERS[one % 4]}, role: voting}}" for one in range(8))
    business = "".join(
        _ITEM.format(item=item, number=number, value=1_000 * item, owner=item % 8) for item in range(1, items + 1)
    )
    head = f"meeting: {{ref: BM-{number}, body: committee, on: 2026-03-12, presiding: [p-0]}}"
    defaults = "defaults: {maker: committee, for: icb, under: SORD-1}"
    return f"{head}\npresent:\n{present}\ninterests: none\n{defaults}\nitems:\n{business}"


def _plain(type_name: str, **data: object) -> bytes:
    return orjson.dumps({"type": type_name, "data": data})
