"""Pages about the register itself: how it works and how it is checked, and who can use it."""

from __future__ import annotations

from decisionlog.domain.answers.register import Keeping, RegisterPage
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.witnessed import witnessing


def how_this_works(asking: Asking) -> RegisterPage:
    """What is recorded, what the words mean, and how to check it."""
    return _about_itself(asking, "how-this-works", "How this register works and how to check it")


def accessibility(asking: Asking) -> RegisterPage:
    """The accessibility statement, in the form that the regulations of 2018 set."""
    return _about_itself(asking, "accessibility", "Accessibility statement")


def _about_itself(asking: Asking, path: str, title: str) -> RegisterPage:
    keeping = kept(asking)
    return asking.page(path, path, title, keeping.basis, {}, keeping=keeping)


def kept(asking: Asking) -> Keeping:
    """Who keeps the log, and how far it is witnessed. Where the policy of witnesses lies is told nobody."""
    log, watch = asking.log, asking.watch._replace(unreadable="")
    first, standing = next(log.facts(limit=1)), witnessing(log, watch, asking.now)
    return Keeping(
        basis=settle(log, asking.asked, asking.now).basis,
        name=log.identity.name,
        origin=log.identity.origin,
        opened_at=first.recorded_at,
        opened_by=first.recorded_by,
        contact=asking.contact,
        checkpointed=standing.checkpointed,
        checkpointed_until=standing.checkpointed_until,
        quorum=standing.quorum,
        witnessed=standing.witnessed,
        witnessed_at=standing.witnessed_at,
        witnesses=standing.witnesses,
        wrong=standing.wrong,
    )
