"""What is to come, by the days that are recorded: meetings, key decisions noticed, reviews and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.register import Coming
from decisionlog.domain.answers.telling import Line
from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.references import split
from decisionlog.domain.saying import Said, said
from decisionlog.projections import decisions
from decisionlog.questions.accounts.account import line
from decisionlog.questions.before_a_body import ENDED
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.viewing import Viewing
from decisionlog.store.histories import unpacked

_SHOWN: Final = 10
_REVIEWED: Final = ("delegation", "instrument", "body")
"""Kinds, beside decisions, of which a day of review is recorded."""
_NO_MORE: Final = frozenset({*ENDED, "revoked", "dissolved", "replaced", "carried into others"})
_NOT_DECIDED: Final = frozenset({"submitted", "listed", "referred", "deferred"})
_OPEN_TO_ALL: Final = {"public": "It is open to the public.", "part-private": "A part of it is open to the public."}


def coming(asking: Asking, taken: Listing, met: Listing, proposed: Listing) -> Coming:
    """What is to come after the point that is asked about, of all decisions, meetings and proposals."""
    point = settle(asking.log, asking.asked, asking.now)
    others = [asking.listed(kind) for kind in _REVIEWED]
    with asking.models.reading() as rows:
        viewing = Viewing(asking.log, rows, point)
        found = [
            *_meetings(viewing, met.items),
            *_key_decisions(viewing, proposed.items),
            *_reviews(item for listing in (taken, *others) for item in listing.items),
            *_reports(viewing, taken.items),
        ]
        ahead = sorted(
            (one for one in found if _is_ahead(viewing, one.label)), key=lambda one: viewing.moment(one.label, 0)
        )
    return Coming(point.basis, tuple(ahead[:_SHOWN]), max(0, len(ahead) - _SHOWN))


def _is_ahead(viewing: Viewing, day: str) -> bool:
    """Whether a day is not over; what is no date is not awaited."""
    return viewing.moment(day, 0) > 0 and not viewing.is_past(day)


def _meetings(viewing: Viewing, items: Iterable[Listed]) -> Iterator[Line]:
    for item in items:
        if not item.more.get("is_to_come"):
            continue
        called = viewing.of(item.stream).last("meeting.called")
        data = {"stream": item.stream, "bodies": item.more.get("bodies", [])}
        found = said("Meeting of {bodies|=a body that is not recorded}: {stream}", data)
        public = _OPEN_TO_ALL.get(str(called.data.get("public")), "") if called else ""
        more = (
            said("[{public}][ At {venue}.]", {**(called.data if called else {}), "public": public} if public else {}),
        )
        yield Line(found, item.evidence, str(item.more["for_when"]), tuple(one for one in more if one))


def _key_decisions(viewing: Viewing, items: Iterable[Listed]) -> Iterator[Line]:
    for item in items:
        if item.state not in _NOT_DECIDED:
            continue
        for one in viewing.of(item.stream).stated("proposal.noticed"):
            if isinstance(when := one.data.get("for_when"), str):
                yield line("Key decision on {stream}[, by {decision_makers}]", one, label=when)


def _reviews(items: Iterable[Listed]) -> Iterator[Line]:
    for item in items:
        review_by = item.more.get("review_by")
        if review_by and not {item.state, item.more.get("stands")} & _NO_MORE:
            given = item.more if split(item.stream)[0] == "delegation" else {}
            found = ("Review of ", *reviewed(item.stream, given), " is due")
            yield Line(found, item.evidence, str(review_by))


def reviewed(stream: str, given: Mapping[str, Any]) -> Said:
    """What is reviewed; of a delegation who was `given` what by whom, where that is recorded."""
    is_told = {"delegates", "delegator"} <= given.keys()
    what = "what {delegates} may do for {delegator} ({stream})" if is_told else "{stream}"
    return said(what, {**given, "stream": stream})


def _reports(viewing: Viewing, items: Iterable[Listed]) -> Iterator[Line]:
    for one in decisions.decisions(viewing.rows, [item.stream for item in items], viewing.point.as_of):
        decision = one.values
        for report in unpacked(decision.report_to) if decision.state not in _NO_MORE else ():
            if report.get("due") and not report.get("reported"):
                found = said("Report on {stream}[ to {to}] is due", {**report, "stream": one.stream})
                yield Line(found, (decision.position,), str(report["due"]))
