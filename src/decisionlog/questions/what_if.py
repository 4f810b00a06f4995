"""Which findings appear and vanish between two answers of `check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from decisionlog.domain.answers.checking import Checked, FindingTold
from decisionlog.domain.answers.what_if import FindingsChanged
from decisionlog.domain.saying import plain

_Key = tuple[str, str, str, tuple[int, ...]]


def changed(before: Checked, after: Checked) -> FindingsChanged:
    """What differs between two answers. A finding is the same where rule, subject, sentence and facts are."""
    return differing(before.items, after.items, {**before.names, **after.names})


def differing(
    before: Iterable[FindingTold], after: Iterable[FindingTold], names: dict[str, str] | None = None
) -> FindingsChanged:
    """What differs between findings."""
    was, now = _by_key(before), _by_key(after)
    return FindingsChanged(
        appear=tuple(one for key, one in now.items() if key not in was),
        vanish=tuple(one for key, one in was.items() if key not in now),
        stand_otherwise=tuple(one for key, one in now.items() if key in was and was[key].status != one.status),
        names=names or {},
    )


def _by_key(found: Iterable[FindingTold]) -> Mapping[_Key, FindingTold]:
    return {(one.rule, one.subject, plain(one.said), one.evidence): one for one in found}
