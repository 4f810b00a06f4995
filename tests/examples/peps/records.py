"""Records as the source writes them, and ways to look at the facts that came of them. Everybody is invented."""

from __future__ import annotations

COUNCIL = "Python Steering Council"


def said(kind, time, commit=None, recorder="Rae Clerk", **fields):
    return {"kind": kind, **fields, "recorded_at": time, "recorder": recorder, "source": f"pep.txt@{commit or time}"}


def opened(proposal="PEP 9", time="2001-01-02T10:00:00Z", title="A title", authors=("Ann Archer",), **fields):
    told = {"proposal": proposal, "title": title, "authors": list(authors), "type": "Informational", "status": "Draft"}
    return said("proposal_opened", time, **{**told, "at": time[:10], "at_basis": "header:Created", **fields})


def status(label, previous="Draft", time="2001-02-01T10:00:00Z", proposal="PEP 9", **fields):
    told = {"proposal": proposal, "status": label, "previous": previous, "at": time, "at_basis": "commit"}
    return said("proposal_status", time, **{**told, "reversal": False, "note": "a note", **fields})


def decision(outcome, label, time="2001-02-01T10:00:00Z", proposal="PEP 9", number=2, **fields):
    told = {"id": f"{proposal}#{number}", "subject": proposal, "outcome": outcome, "status": label, "at": time}
    return said("decision", time, **{**told, "at_basis": "commit", "rationale": "a note", **fields})


def decided(outcome, label, previous="Draft", time="2001-02-01T10:00:00Z", number=2, **fields):
    return [status(label, previous, time), decision(outcome, label, time, number=number, **fields)]


def delegation(to, kind="delegation", time="2001-01-05T10:00:00Z", proposal="PEP 9", giver="BDFL", **fields):
    header = {"BDFL": "BDFL-Delegate", "Steering Council": "PEP-Delegate"}[giver]
    told = {"proposal": proposal, "scope": proposal, "to": to, "from": giver, "header": header}
    return said(kind, time, **{**told, "at": time, "note": "a note", **fields})


def by_delegate(name, authority="BDFL-Delegate"):
    return {"decided_by": [name], "authority": authority, "delegate_of_record": [name]}


def authors(previous, now, time="2002-01-01T10:00:00Z", proposal="PEP 9", **fields):
    return said("authors_changed", time, proposal=proposal, previous=previous, authors=now, at=time, **fields)


def election(proposal="PEP 8101", ended="December 16, 2019", winners=("Cy Cooper",), results=None):
    told = "\n".join(f"* {winner}" for winner in winners)
    return {
        "kind": "election",
        "proposal": proposal,
        "body": COUNCIL,
        "title": "An election",
        "voting_ended": ended,
        "results": results or f"Of 82 eligible voters, 63 cast ballots.\n\n{told}\n",
        "source": "pep-8101.rst@f",
    }


def seat(actor, kind="appointment", time="2020-02-28T22:15:03Z", **fields):
    return said(kind, time, body=COUNCIL, role="member", actor=actor, at=time, **fields)


def resolution(kind="resolution_recorded", time="2001-02-01T10:00:00Z", **fields):
    return said(kind, time, proposal="PEP 9", field="Resolution", **fields)


def lines_of(fact):
    numbers = fact["source"]["place"].partition(";")[0].partition(" ")[2]
    return [int(number) for number in numbers.split(", ")]


def of_type(facts, *types):
    return [fact for fact in facts if fact["type"] in types]


def only(facts, type_name):
    (fact,) = of_type(facts, type_name)
    return fact


def named(facts):
    return {fact["stream"]: fact["data"]["name"] for fact in of_type(facts, "person.registered")}
