"""The page of one proposal: what it asks, where it stands, who agrees, who does not, and whose move it is."""

from __future__ import annotations

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.questions.history import history
from decisionlog.questions.listing import list_these
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.gist import with_gists
from decisionlog.questions.register.part_withheld import parts_withheld
from decisionlog.questions.register.proposal_stands import proposal_stands
from decisionlog.questions.viewing import Viewing


def proposal(asking: Asking) -> RegisterPage:
    """The page of a proposal. Raises `NotFound`."""
    stream = asking.stream("proposal")
    shown = asking.show(stream)
    happened = history(asking.log, asking.models, stream, asking.asked, asking.now)
    point = settle(asking.log, asking.asked, asking.now)
    with asking.models.reading() as rows:
        viewing = Viewing(asking.log, rows, point)
        decided = viewing.concerned("decision", [stream], "proposals.proposal")
        decisions = list_these(asking.log, rows, "decision", decided, point)
        (listed,) = list_these(asking.log, rows, "proposal", [stream], point).items
        stands = proposal_stands(viewing, listed, decided, asking.contact)
    return asking.page(
        "proposal",
        stream,
        listed.title or listed.ref,
        shown.basis,
        {**happened.names, **decisions.names, **shown.names},
        show=shown,
        stands=stands,
        decisions=with_gists(asking, decisions),
        history=happened,
        withheld=parts_withheld(asking, stream),
    )
