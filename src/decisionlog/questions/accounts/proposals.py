"""An account of a proposal: its versions, what it asks, where each partner stands, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec.structs import replace

from decisionlog.domain.answers.deciding import DisagreementShown, PositionTaken
from decisionlog.domain.answers.telling import Line, Section
from decisionlog.domain.course import BINDING
from decisionlog.domain.saying import Named, Said, Words, joined, parts_of, said
from decisionlog.projections import positions
from decisionlog.questions.accounts.account import Account, fields, filled, happened, latest, line, section, told
from decisionlog.questions.accounts.decisions import decision_line
from decisionlog.questions.conditions import still
from decisionlog.questions.determining import disagreements_about
from decisionlog.questions.positions import positions_of, versions_of
from decisionlog.questions.sentences.deciding import took
from decisionlog.questions.viewing import Seen, Stated, Viewing

_BINDING: Final = {
    "own-authority": "on its own authority",
    "delegated": "under a delegation",
    "body-resolution": "by a resolution of its own body",
    "subject-to-body": "subject to its own body's agreement",
    "officer-view": "as an officer's view, which does not bind it",
}
_UNDONE: Final = frozenset({"rescinded", "voided"})
_ON_ITS_WAY = (
    "proposal.referred", "proposal.listed", "proposal.consulted", "proposal.noticed", "proposal.sponsor_changed",
    "proposal.called_in", "proposal.deferred", "proposal.lapsed", "proposal.superseded", "proposal.withdrawn",
)  # fmt: skip


def proposal(viewing: Viewing, seen: Seen) -> Account:
    """What it asks, who stands where on the version that counts, and what was decided."""
    versions = versions_of(seen)
    if not versions:
        return Account()
    now = seen.now(["proposal.submitted"], ["proposal.revised", "proposal.sponsor_changed"])
    first, last = versions[0].stated, versions[-1].stated
    current = next((one.label for one in reversed(versions) if one.label), "")
    opening = said(
        "{sponsor|authors|by|=Somebody who is not recorded} put it forward[ on {on}][, asking for {value}].",
        {**now, **({"on": first.fact.on} if first.fact.on else {})},
    )
    stands = [
        said("Version {version} is current[, since {on}].", {**last.data, "version": current, "on": last.fact.on})
    ]
    taken, decided = list(positions_of(seen, current)), _taken(viewing, seen)
    numbered = f" on version {current}" if current else ""
    return Account(
        opening=(opening, *(stands if len(versions) > 1 and current else ()), *_no_approval(decided)),
        sections=filled(
            section("What it asks", asked_for(seen)),
            section("Versions", [version_line(one.stated) for one in versions] if len(versions) > 1 else ()),
            section(f"Positions{numbered}", _stands(now, taken)),
            section("Waiting for a position", waiting(viewing, seen)),
            section("Disagreements", map(disagreement_line, disagreements_about(viewing, [seen.stream]))),
            _determinations(decided),
            latest("Where it has been", where_it_has_been(seen)),
        ),
        told=fields("recommendation options value sponsor purpose version route partners"),
    )


def asked_for(seen: Seen) -> Iterator[Line]:
    """What the current version asks; where it repeats nothing, what an earlier one asked still holds."""
    for name, template, label in (
        ("recommendation", "{recommendation}", "Recommendation"),
        ("options", "", "Option"),
        ("value", "{value}", "Value"),
        ("purpose", "for {purpose}", "Purpose"),
    ):
        one = seen.saying(name, "proposal.submitted", "proposal.revised")
        for option in one.data["options"] if one and name == "options" else ():
            yield from told("{words}", option, one, f"{label}, preferred" if option.get("preferred") else label)
        if one and template:
            yield from told(template, one.data, one, label)


def version_line(one: Stated) -> Line:
    """One version: when it was put forward, by whom, and what changed."""
    change = "" if one.data.get("material") is not False else ", said to change nothing material"
    template = f"Put forward[ on {{on}}][ by {{authors|by}}][, as {{title}}]{change}[: {{reason|words}}]."
    return line(template, one, label=f"Version {one.data.get('version', 'that is not numbered')}")


def position_line(position: PositionTaken) -> Line:
    """Where one partner stands: what it said, on which version, subject to what, and whether that still holds."""
    who = position.on_behalf_of or ((position.by,) if position.by else ())
    by = (" (by ", Named(position.by), ")") if position.by and position.on_behalf_of else ()
    subject: Said = parts_of("on_behalf_of", list(who)) if who else ("A partner that is not recorded",)
    conditions = joined((f"{one.id} ", Words(one.words), f" ({still(one.state)})") for one in position.condition_states)
    text: Said = (
        *subject,
        *by,
        f" {took({'position': position.position})}",
        f" version {position.version}" if position.version else " it",
        *((", on condition ", *conditions) if conditions else ()),
        f", {_BINDING.get(position.binding, position.binding)}" if position.binding else "",
        ", which is not the version that counts" if position.stale else "",
        "" if position.current else "; later withdrawn or replaced",
        f" (corrected by [{', '.join(map(str, position.corrected_by))}])" if position.corrected_by else "",
        ".",
    )
    words = ((Words(position.words),),) if position.words else ()
    return Line(text, position.evidence, more=words)


def _stands(now: dict[str, Any], taken: Iterable[PositionTaken]) -> Iterator[Line]:
    """Where each partner stands; once, that it is not recorded on which version."""
    positions = list(taken)
    yield from map(position_line, positions)
    if unversioned := [position for position in positions if not position.version]:
        where = "On" if len(unversioned) == len(positions) else "Where none is named, on"
        yield Line((f"{where} which version is not recorded.",), tuple(one.evidence[0] for one in unversioned))
    yield from silent(now, positions)


def silent(now: dict[str, Any], taken: Iterable[PositionTaken]) -> Iterator[Line]:
    """The partners named by the proposal of whom no position is recorded. Silence is never a position."""
    heard = {partner for position in taken for partner in position.on_behalf_of}
    for partner in now.get("partners", ()):
        if partner not in heard:
            yield Line((Named(partner), ": no position is recorded."))


def waiting(viewing: Viewing, seen: Seen) -> Iterator[Line]:
    """Who was asked for a position and has not answered."""
    stands = positions.positions(viewing.rows, [seen.stream], viewing.point.as_of)
    current = {one.values.n for one in stands if one.values.what == "request" and one.values.state == "current"}
    for request in seen.stated("proposal.sign_off_requested"):
        if request.fact.n not in current:
            continue
        late = ", which is over" if viewing.is_past(request.data.get("due")) else ""
        template = (
            "{asked|=Somebody who is not recorded}[ as {capacity}][, on version {version}][, by {due}" + late + "]."
        )
        yield line(template, request)


def disagreement_line(one: DisagreementShown) -> Line:
    """A disagreement in one sentence, with how it stands."""
    who = one.on_behalf_of or ((one.by,) if one.by else ())
    subject: Said = parts_of("on_behalf_of", list(who)) if who else ("A partner that is not recorded",)
    grounds: Said = (": ", Words(one.grounds)) if one.grounds else (", on grounds that are not recorded",)
    dissent = (("Dissent: ", Words(one.dissent)),) if one.dissent else ()
    return Line(
        (Named(one.stream), ": ", *subject, " disagreed", *grounds, f" ({one.state})"), one.evidence, more=dissent
    )


def _taken(viewing: Viewing, seen: Seen) -> list[tuple[Stated, Stated | None]]:
    """The decisions on it, each with the fact by which it stands no more, with nothing in its place."""
    found = [viewing.of(stream) for stream in viewing.concerned("decision", [seen.stream], "proposals.proposal")]
    return [(taken, _undoing(viewing, one)) for one in found if (taken := one.first("decision.taken"))]


def _undoing(viewing: Viewing, decision: Seen) -> Stated | None:
    undone = decision.last("decision.rescinded", "decision.voided")
    return undone if undone and viewing.state(decision.stream) in _UNDONE else None


def _no_approval(decided: Iterable[tuple[Stated, Stated | None]]) -> Iterator[Said]:
    """That no approval stands, where there was one."""
    approving = [(taken, undone) for taken, undone in decided if taken.data.get("outcome") in BINDING]
    if approving and all(undone for _, undone in approving):
        yield said("No approval of it stands.", {})


def _determinations(decided: Iterable[tuple[Stated, Stated | None]]) -> Section:
    lines = [_with_its_end(decision_line(taken), undone) for taken, undone in decided]
    return latest("What was decided", lines, none="No determination of it is recorded.")


def _with_its_end(one: Line, undone: Stated | None) -> Line:
    """A decision with that it was rescinded or voided, and when."""
    if undone is None:
        return one
    what = undone.fact.type.partition(".")[2]
    end = said(f" It was {what}[ on {{on}}].", {"on": undone.data.get("from") or undone.fact.on})
    return replace(one, said=(*one.said, *end), evidence=(*one.evidence, undone.position))


def where_it_has_been(seen: Seen) -> list[Line]:
    """Where a proposal was sent and put off, as its paper says and as it was recorded."""
    submitted = seen.now(["proposal.submitted"], ["proposal.revised"])
    first = seen.first("proposal.submitted", "proposal.revised")
    return [*(_route(submitted, first) if first else ()), *_way(seen)]


def _route(now: dict[str, Any], first: Stated) -> Iterator[Line]:
    for one in now.get("route", ()):
        template = "{who|=Somebody who is not recorded}[, for {purpose}][: {words}], as the paper says."
        yield Line(said(template, one), (first.position,), one.get("on", ""))


def _way(seen: Seen) -> Iterator[Line]:
    for one in seen.stated(*_ON_ITS_WAY):
        yield happened(one)
