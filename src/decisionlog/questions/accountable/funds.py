"""The funds from which an amount comes that is asked about: who hosts each, who manages it, whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decisionlog.domain.answers.accountable import FundShown
from decisionlog.questions.accountable.asking import Settled


def funds_of(settled: Settled) -> tuple[FundShown, ...]:
    """Each fund that a sum names, once."""
    named = dict.fromkeys(one["fund"] for one in settled.asked.value if "fund" in one)
    return tuple(_shown(settled, fund) for fund in named)


def _shown(settled: Settled, fund: str) -> FundShown:
    found = settled.walk.world.fund(fund)
    if found is None:
        return FundShown(fund, open=False, kind="", host="", manager="", parties=(), since="", evidence=())
    return FundShown(
        fund, open=True, kind=found.kind, host=found.host, manager=found.manager, parties=found.parties,
        since=found.since, evidence=found.evidence,
    )  # fmt: skip


def mentioned_in(funds: Iterable[FundShown]) -> Iterator[str]:
    """What these mention."""
    for one in funds:
        yield from (one.fund, *filter(None, (one.host, one.manager)), *one.parties)
