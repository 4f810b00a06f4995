"""`who accountable FUNCTION|REF`: who had the duty, who could decide, who is liable, and every chain from the duty down."""

from __future__ import annotations

from datetime import datetime

from decisionlog.domain.answers.accountable import Accountable, Chain
from decisionlog.domain.authority.resolving import resolved
from decisionlog.domain.authority.steps import Resolution
from decisionlog.questions.accountable.asking import About, settled
from decisionlog.questions.accountable.chains import legal_notes, told
from decisionlog.questions.accountable.funds import funds_of, mentioned_in
from decisionlog.questions.accountable.irregular import irregular
from decisionlog.questions.accountable.naming import named, of_entries
from decisionlog.questions.accountable.notes import notes
from decisionlog.questions.accountable.rules import table_in
from decisionlog.questions.point import Asked
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


def who_accountable(log: Log, models: ReadModels, about: About, asked: Asked, now: datetime) -> Accountable:
    """All eight roles, all chains, and one word for the whole.

    Raises `NotFound` with the nearest names for an unknown function, decision, proposal or place, and `BadInput`.
    """
    table = table_in(asked.rules)
    with models.reading() as rows:
        question = settled(log, rows, about, asked, now, table)
        answer = resolved(question.walk)
        chains = told(question.walk, answer, question.wording)
        legal = legal_notes(table, codes_of(chains))
        findings = irregular(question.walk, answer)
        funds = funds_of(question)
        remarks = tuple(notes(question, answer, legal))
        everyone = tuple(entry for entries in answer.roles.values() for entry in entries)
        sentences = (*(one.said for one in findings), *remarks)
        names = named(question, chains, sentences, (*of_entries(everyone), *answer.forums, *mentioned_in(funds)))
    return Accountable(
        basis=question.basis,
        asked=question.asked,
        classification=answer.classification,
        roles=answer.roles,
        chains=chains,
        findings=findings,
        forums=answer.forums,
        legal=legal,
        notes=remarks,
        names=names,
        evidence=evidence_of(answer),
        to_come=question.is_to_come,
        is_now=question.is_now,
        funds=funds,
    )


def codes_of(chains: tuple[Chain, ...]) -> list[str]:
    """The legal bases that are cited in chains, in their order."""
    return [hop.legal_basis for chain in chains for hop in chain if hop.legal_basis]


def evidence_of(answer: Resolution) -> tuple[int, ...]:
    """Every fact that an answer rests on, in order."""
    found = {at for way in answer.chains for step in way.steps for at in step.evidence}
    found |= {at for way in answer.chains for step in way.steps for test in step.tests for at in test.evidence}
    found |= {at for entries in answer.roles.values() for entry in entries for at in entry.evidence}
    found |= {at for finding in answer.findings for at in finding.evidence}
    return tuple(sorted(found | set(answer.disputes)))
