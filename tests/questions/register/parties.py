"""A small partnership for the pages of bodies and partners: a council, a trust, a board, a joint committee, a forum."""

from __future__ import annotations

from decisionlog.bootstrap import MODELS
from decisionlog.domain.references import split
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.table import PAGES, page_of
from decisionlog.store.catch_up import ReadModels
from tests.questions.asking import LATER
from tests.scenario import body, engine_for, fact, organisation, person

COUNCIL, TRUST = "organisation:council", "organisation:trust"
CABINET, JOINT, FORUM = "body:cabinet", "body:joint", "body:forum"
DIRECTOR = "post:director"
PLACE = [
    organisation("council", name="The Council", kind="upper-tier-la"),
    organisation("trust", name="The Trust", kind="foundation-trust"),
    fact("function.catalogued", "function:beds", name="Beds"),
    person("p"),
    person("q"),
    body("cabinet", name="The Cabinet", kind="executive", parents=[{"parent": COUNCIL}]),
    body("joint", name="The Joint Committee", kind="joint-committee", parents=[{"parent": COUNCIL}, {"parent": TRUST}]),
    body("forum", name="The Forum", kind="advisory-forum"),
    fact("post.established", DIRECTOR, "2020-01-01", name="Director", organisation=COUNCIL),
]


def seat(on, member, of, role, since="2025-04-01", **data):
    bound = {"on_behalf_of": [of]} if of else {}
    return fact("body.member_appointed", on, since, member=member, role=role, **bound, **data)


def grant(key, delegator, *delegates, on="2025-05-01", **data):
    return fact(
        "delegation.granted", f"delegation:{key}", on, delegator=delegator, delegates=list(delegates),
        scope=[{"function": "function:beds"}], **data,
    )  # fmt: skip


def page(log, reference, *, findings=False, **given):
    """The page of a thing, or of a path: as it is asked for, without being printed."""
    kind, key = split(reference)
    models = ReadModels(log, engine_for(log), MODELS)
    models.catch_up()
    try:
        found = next(one for one in PAGES if (one.about == kind if kind else one.path == reference))
        return page_of(found, Asking(log, models, LATER, key, given, findings=findings))
    finally:
        models.close()
