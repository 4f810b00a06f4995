"""The page of one function: who is accountable for it on a day, at a place, at an amount; and what was decided about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from msgspec.structs import replace

from decisionlog.domain.amounts import money
from decisionlog.domain.answers.accountable import Accountable, Chain, ChainHop
from decisionlog.domain.answers.cataloguing import Changes
from decisionlog.domain.answers.functions_map import FunctionsMap, Narrowed
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listing
from decisionlog.domain.authority.outcomes import Outcome, Test
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.accountable.who_could import who_could
from decisionlog.questions.filters import Filters
from decisionlog.questions.functions_map.asking import functions_map
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.functions import family
from decisionlog.questions.register.gist import with_gists
from decisionlog.questions.register.not_yet import not_yet_known
from decisionlog.questions.register.refusing import plainly

_LATEST: Final = 5
_AHEAD: Final = timedelta(days=365)
"""How far is looked for what is known to change."""
_LIMIT: Final = "limit"


def function(asking: Asking) -> RegisterPage:
    """The page of a function; where what was asked cannot be answered, as it stands now, and why. Raises `NotFound`.

    Of what was not known yet by the day that was asked about it says that alone.
    """
    try:
        return _page(asking)
    except (BadInput, NotFound) as refused:
        if not asking.given:
            raise
        if asking.given.get("known") and isinstance(refused, NotFound) and (absent := not_yet_known(asking)):
            return absent
        return replace(_page(replace(asking, given={})), given=dict(asking.given), problem=plainly(refused))


def _page(asking: Asking) -> RegisterPage:
    stream = asking.stream("function")
    log, models, asked, now = asking.log, asking.models, asking.asked, asking.now
    shown = asking.show(stream)
    about = _about(asking, stream)
    answer = without_irregular(asking, who_accountable(log, models, about, asked, now))
    places = map_without_irregular(asking, functions_map(log, models, Narrowed(), asked, now, function=stream))
    decisions = asking.listed("decision", Filters(function=stream))
    page = asking.page(
        "function",
        stream,
        shown.thing.title or shown.thing.ref,
        answer.basis,
        {**decisions.names, **places.names, **shown.names, **answer.names},
        show=shown,
        accountable=answer,
        places=places,
        choices=asking.listed("place"),
        family=family(asking, stream),
        decisions=with_gists(asking, _latest(decisions)),
    )
    return page if asking.given.get("on") else _with_what_changes(page, asking, about)


def _about(asking: Asking, stream: str) -> About:
    """What the form asks about. Raises `BadInput` for what is no amount."""
    written = asking.given.get("value")
    amount = money(written, asking.log.identity.currency or "GBP") if written else None
    if written and amount is None:
        msg = f"'{written[:60]}' is not an amount. Write it as £450,000, 450k or 1.2 million; a bare number is pounds."
        raise BadInput(msg)
    return About(stream, asking.given.get("place"), amount)


def _with_what_changes(page: RegisterPage, asking: Asking, about: About) -> RegisterPage:
    """The page with who is known to gain or to lose the power within a year."""
    asked = replace(asking.asked, on=_ahead(asking))
    then = who_could(asking.log, asking.models, about, asked, asking.now)
    changes = Changes(str(asked.on), then.changes)
    return replace(page, answers={**page.answers, "changes": changes}, names={**then.names, **page.names})


def _ahead(asking: Asking) -> str:
    """The day until which is looked, from the day that the page is about."""
    today = date.fromisoformat(asking.day) if asking.day else asking.now.date()
    return (today + _AHEAD).isoformat()


def _latest(decisions: Listing) -> Listing:
    newest = sorted(decisions.items, key=lambda one: one.opened_on, reverse=True)[:_LATEST]
    return replace(decisions, items=tuple(newest), left_out=len(decisions.items) - len(newest))


def without_irregular(asking: Asking, answer: Accountable) -> Accountable:
    """The answer without what is possibly irregular, where that is not shown: neither findings nor the ways that fail.

    A way that fails by a limit alone is shown: that a sum is too large for somebody is what was asked.
    """
    if asking.findings:
        return answer
    kept = tuple(chain for chain in answer.chains if _fails_by(chain) <= {_LIMIT})
    chains = tuple(tuple(replace(hop, tests=_of_limits(hop)) for hop in chain) for chain in kept)
    more = len(answer.chains) - len(chains)
    ways = "One further way is" if more == 1 else f"{more} further ways are"
    notes = (*answer.notes, (f"{ways} recorded by which, as far as is known, nobody could decide it.",))
    return replace(answer, chains=chains, notes=notes if more else answer.notes, **_regular(answer.classification))


def _fails_by(chain: Chain) -> set[str]:
    return {test.name for hop in chain for test in hop.tests if test.outcome is Outcome.FAILS}


def _of_limits(hop: ChainHop) -> tuple[Test, ...]:
    return tuple(test for test in hop.tests if test.name == _LIMIT)


def map_without_irregular(asking: Asking, whole: FunctionsMap) -> FunctionsMap:
    """The map without what is possibly irregular, where that is not shown."""
    if asking.findings:
        return whole
    items = tuple(replace(row, **_regular(row.classification)) for row in whole.items)
    counted = dict.fromkeys((row.classification for row in items), 0)
    for row in items:
        counted[row.classification] += 1
    return replace(whole, items=items, counted=counted)


def _regular(classification: str) -> dict[str, Any]:
    return {"findings": (), "classification": classification.removesuffix("-with-findings")}
