"""`finding`: what people say to a finding of `check`. It stays, with what was said beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click

from decisionlog.cli.acting.commands import command_of
from decisionlog.cli.acting.verbs import Verb
from decisionlog.cli.opening import catch_up, settled
from decisionlog.cli.options import Recording, examples
from decisionlog.domain.facts import KINDS, TYPES
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.cli.acting.written import Written
    from decisionlog.commands.acts import Act
    from decisionlog.store.log import Log

_POSITION: Final = re.compile(r"@?([1-9][0-9]{0,17})", re.ASCII)
_WHO: Final = "by-whom capacity for"
_HOW_LONG: Final = "by-decision effective until last-day review-by"
_SHOWN: Final = "meeting item document"

ANSWERS: Final[Mapping[str, Verb]] = {
    "explain": Verb(
        "Record why something that was found is as it is.",
        {"*": "finding.explained"},
        f"reason evidence {_WHO} {_SHOWN}",
        "reason",
        (
            "finding explain GL04 ICB/25-26/U02 --reason 'renewed by letter of 2 January' --by-whom p-002 --on 2026-03-02",
        ),
        "check {ref}",
        further="rule",
        description="The finding stays, and the explanation is shown beside it. RULE is its id, REF what it is about.",
    ),
    "accept": Verb(
        "Record that somebody bears what was found.",
        {"*": "finding.accepted"},
        f"reason evidence {_WHO} {_HOW_LONG} {_SHOWN}",
        "reason",
        ("finding accept GL04 ICB/25-26/U02 --reason 'no harm came of it' --for northmoor-icb --review-by 2026-10-31",),
        "check {ref}",
        further="rule",
        description="Somebody answerable accepts that it is so. RULE is the id of the rule, REF what the finding is about.",
    ),
    "waive": Verb(
        "Record that a rule was set aside for one case.",
        {"*": "finding.waived"},
        f"reason evidence {_WHO} {_HOW_LONG} {_SHOWN}",
        "reason",
        (
            "finding waive GL04 ICB/25-26/U02 --reason 'ratified by the board' --by-decision ICB/25-26/041 --on 2026-03-26",
        ),
        "check {ref}",
        further="rule",
        description="For good, or until a day; `finding end-waiver` ends it before. RULE is the id of the rule, REF what "
        "the finding is about.",
    ),
    "end-waiver": Verb(
        "Record that a waiver holds no longer.",
        {"*": "finding.waiver_ended"},
        f"reason {_WHO} by-decision effective {_SHOWN}",
        "reason",
        ("finding end-waiver GL04 ICB/25-26/U02 --reason 'asked for again' --for northmoor-icb --on 2026-05-14",),
        "check {ref}",
        further="rule",
        description="The finding is open again. The last waiver that stands is meant, or the one that --fact names.",
    ),
}
"""What may be said to a finding, each a command for one fact in the stream of what the finding is about."""

finding = click.Group(
    name="finding",
    commands={name: command_of(name, verb) for name, verb in ANSWERS.items()},
    no_args_is_help=False,
    help="Record what is said to a finding of `check`.\n\nAn explanation, an acceptance or a waiver. A finding is never deleted: "
    "it is computed from the facts each time, and shown with what was said.",
    epilog=examples(*(verb.examples[0] for verb in ANSWERS.values())),
)


def rule_and_evidence(written: Written, log: Log) -> dict[str, Any]:
    """The fields that say which finding is meant.

    Raises `BadInput` for a rule that there is not, or that is not about such things, and for what is no fact's position.
    """
    from decisionlog.checks.finding import RULE_SET
    from decisionlog.questions.choosing_rules import rule_judging
    from decisionlog.render.words import PLURALS
    from decisionlog.store.finding import find

    stream = find(log, written.ref, KINDS)
    rule = rule_judging(written.further[0], stream, written.ref, PLURALS)
    given = written.flags.get("evidence", ())
    cited = [_cited(log, one) for one in given if one] if isinstance(given, tuple) else []
    judged_by = "rules" in fields_of(TYPES[written.type_for(split(stream)[0])])
    return {
        "rule": rule.id,
        **({"rules": RULE_SET} if judged_by else {}),
        **({"evidence": cited} if cited else {}),
    }


def not_there(recording: Recording, request: Act, found: OpenLog, at: datetime) -> list[str]:
    """That the rule finds nothing of the thing at this moment, where that is so."""
    from decisionlog.questions.checking import nothing_found

    if request.type == "finding.waiver_ended":
        return []
    catch_up(found)
    rules = settled(recording.run, recording.log).rules.value or ""
    return list(nothing_found(found.log, found.models, request.data, request.ref, at, rules))


def _cited(log: Log, written: str) -> dict[str, Any]:
    """A fact by its stream and version. Raises `BadInput` for what is no position of a fact."""
    position = _POSITION.fullmatch(written.strip())
    stands = log.stands_at(int(position[1])) if position else None
    if stands is None:
        what = "is no position" if position is None else f"is beyond the end of the log, which has {log.size():,} facts"
        msg = f"--evidence '{written[:40]}' {what}; write the position of a fact, such as @12, as `check` shows it."
        raise BadInput(msg)
    return {"stream": stands[0], "n": stands[1]}
