"""Chains of authority as a Mermaid flow chart: who gave to whom, by what; what fails is dotted.

Everything written in it is text, never markup: what Mermaid or HTML could obey is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from decisionlog.domain.answers.accountable import Accountable, Chain, ChainHop, WhoCould
from decisionlog.domain.answers.supposing import Supposition
from decisionlog.domain.text import visible
from decisionlog.render.chains import PROBLEMS, Names, fails
from decisionlog.render.supposing import sentence
from decisionlog.render.words import NOT_RECORDED, called, mentioned


def mermaid(answer: Accountable | WhoCould | Supposition) -> Iterator[str]:
    """The lines of a chart: every party once, every step once."""
    if isinstance(answer, Supposition):
        yield f"%% {sentence(answer.supposed)}"
        answer = answer.answer
    assert isinstance(answer, Accountable | WhoCould)
    yield from chart(answer.chains, Names.of(answer.names, answer.legal))


def chart(chains: Iterable[Chain], names: Names) -> Iterator[str]:
    """The lines of a chart of chains."""
    chains = list(chains)
    nodes: dict[str, str] = {}
    edges: dict[tuple[str, str, str], None] = {}
    for chain in chains:
        for hop in chain:
            for one in _ends(hop):
                nodes.setdefault(one, f"n{len(nodes) + 1}")
            from_, to = _ends(hop)
            arrow = "-.->" if fails(hop) else "-->"
            edges[(f"{nodes[from_]} {arrow}", _by(hop, names), nodes[to])] = None
    deciders = {_ends(hop)[1] for chain in chains for hop in [_last_with_power(chain)] if hop}
    yield "flowchart TD"
    for party, node in nodes.items():
        yield f'  {node}["{_escaped(_called(party, names))}"]'
    for start, label, to in edges:
        yield f'  {start}|"{_escaped(label)}"| {to}'
    if deciders:
        yield "  classDef decides stroke-width:3px"
        yield f"  class {','.join(nodes[party] for party in nodes if party in deciders)} decides"


def _last_with_power(chain: Chain) -> ChainHop | None:
    return next((hop for hop in reversed(chain) if hop.has_power), None)


def _ends(hop: ChainHop) -> tuple[str, str]:
    return (f"law:{hop.legal_basis}" if hop.kind == "duty" else hop.from_), " and ".join(hop.to)


def _called(party: str, names: Names) -> str:
    if party.startswith("law:"):
        code = party.removeprefix("law:")
        return names.power(code) if code else f"legal basis {NOT_RECORDED}"
    return names.party(party)


def _by(hop: ChainHop, names: Names) -> str:
    match hop.kind:
        case "duty":
            what = f"duty: {called(hop.reference, names.things)}"
        case "succession":
            what = "succeeded by"
        case "acts":
            what = "acts for it"
        case _:
            what = mentioned(hop.reference, names.things)
    limits = [names.limit(one) for one in hop.limits or ()]
    failing = [PROBLEMS.get(test.name, test.name) for test in hop.tests if test.outcome == "fails"]
    more = [*limits, *([f"problem: {', '.join(failing)}"] if failing else [])]
    return ", ".join([what, *more])


def _escaped(text: Any) -> str:
    """Text in which nothing is markup: signs that Mermaid or HTML read are written as their numbers."""
    return "".join(one if one.isalnum() or one in " .,:/-'£()" else f"#{ord(one)};" for one in visible(str(text)))
