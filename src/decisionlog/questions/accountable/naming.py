"""What everything that an answer of authority mentions is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decisionlog.domain.answers.accountable import Chain
from decisionlog.domain.authority.outcomes import RoleEntry
from decisionlog.domain.saying import Said, references_of
from decisionlog.questions.accountable.asking import Settled
from decisionlog.questions.finding_things import names_of, references_in


def named(
    settled: Settled, chains: Iterable[Chain], sentences: Iterable[Said], parties: Iterable[str] = ()
) -> dict[str, str]:
    """The names of what was asked about, of everything in the chains and the sentences, and of these parties."""
    asked = settled.asked
    mentioned = {asked.stream, *asked.functions, *asked.places, *parties}
    for chain in chains:
        for hop in chain:
            mentioned.update((hop.from_, *hop.to, hop.reference, hop.instrument, *hop.places, *hop.reach, *hop.people))
            mentioned.update(*map(references_of, (test.detail for test in hop.tests)), references_in(hop.limits or ()))
    mentioned.update(reference for sentence in sentences for reference in references_of(sentence))
    single = dict.fromkeys(one for reference in sorted(mentioned) for one in reference.split(" and ") if ":" in one)
    return names_of(settled.log, settled.rows, single, settled.point.as_of)


def of_entries(entries: Iterable[RoleEntry]) -> Iterator[str]:
    """What the entries of roles mention."""
    for entry in entries:
        if not entry.in_words:
            yield entry.party
        yield entry.reference
