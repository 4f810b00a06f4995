"""The table of what is compared: each model, under which heading its changes stand, and who tells them.

What else is to be compared (findings, for one) is a line here, or a source of changes beside it in `asking`.
"""

from __future__ import annotations

from typing import Any, Final

from decisionlog.projections.authority.bodies import Bodies
from decisionlog.projections.authority.consents import Consents
from decisionlog.projections.authority.continuations import Continuations
from decisionlog.projections.authority.delegations import Delegations
from decisionlog.projections.authority.duties import Duties
from decisionlog.projections.authority.functions import Functions
from decisionlog.projections.authority.funds import Funds
from decisionlog.projections.authority.instruments import Instruments
from decisionlog.projections.authority.organisations import Organisations
from decisionlog.projections.authority.parents import Parents
from decisionlog.projections.authority.places import Places
from decisionlog.projections.authority.posts import Posts
from decisionlog.projections.authority.relations import Relations
from decisionlog.projections.authority.successions import Successions
from decisionlog.projections.authority.terms import TermsInForce
from decisionlog.projections.decisions import Decisions
from decisionlog.projections.seats import Seats
from decisionlog.questions.difference.of_decisions import decision
from decisionlog.questions.difference.of_delegations import consent, continuation, delegation
from decisionlog.questions.difference.of_lives import duty, life, relation, succession
from decisionlog.questions.difference.of_seats import parent, seat, terms
from decisionlog.questions.difference.pairs import Watched
from decisionlog.store.pieces import Piece


def _by(*names: str) -> Any:
    """A key of a thing and these fields of its row."""

    def known_as(piece: Piece) -> tuple[Any, ...]:
        return (piece.stream, *(getattr(piece.values, name) for name in names))

    return known_as


WATCHED: Final = (
    Watched("delegations", Delegations, delegation),
    Watched("delegations", Consents, consent, _by("n", "who")),
    Watched("delegations", Continuations, continuation, _by("n")),
    Watched("functions", Functions, life("catalogued", ("parent",))),
    Watched("functions", Duties, duty, _by("n")),
    Watched("functions", Places, life("defined", ("within", "level"))),
    Watched("bodies", Bodies, life("constituted", ("kind", "places", "host"))),
    Watched("bodies", Parents, parent, _by("parent", "since")),
    Watched("bodies", TermsInForce, terms),
    Watched("posts", Posts, life("set up", ("organisations", "reports_to"))),
    Watched("", Seats, seat, _by("position")),
    Watched("organisations", Organisations, life("there", ("kind", "legal_person"))),
    Watched("organisations", Successions, succession, _by("n", "share")),
    Watched("organisations", Relations, relation, _by("relation", "to", "since")),
    Watched(
        "instruments", Instruments, life("adopted", ("kind", "version", "parties", "functions", "places", "review_by"))
    ),
    Watched("funds", Funds, life("set up", ("kind", "host", "manager", "parties", "functions", "places", "reporting"))),
    Watched("decisions", Decisions, decision),
)
"""Every model of which changes are told."""

GROUP_OF: Final = {
    "function": "functions",
    "place": "functions",
    "body": "bodies",
    "post": "posts",
    "organisation": "organisations",
    "instrument": "instruments",
    "fund": "funds",
}
"""Under which heading a change of a kind of thing stands, where its model does not say."""
