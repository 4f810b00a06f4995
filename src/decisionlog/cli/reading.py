"""The commands that ask: list, show, history, who decided."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import click

from decisionlog.cli.options import Reading, asks, asks_for_chains, complete_reference, examples
from decisionlog.cli.supposing import answered, what_if
from decisionlog.render.words import LISTED, PLURALS

if TYPE_CHECKING:
    from pathlib import Path

    from decisionlog.bootstrap import OpenLog
    from decisionlog.domain.answers.accountable import Accountable, WhoCould
    from decisionlog.questions.accountable.asking import About
    from decisionlog.store.log import Log

_KINDS = {plural: kind for kind, plural in PLURALS.items()}
_BESIDE: Final = ("hold", "copy")
"""What is listed beside the kinds of things."""
_reference = click.argument("ref", shell_complete=complete_reference)


def kind_of_plural(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    """The kind that a plural stands for; the singular is understood too."""
    if value is None or value in PLURALS:
        return value
    if value in _KINDS:
        return _KINDS[value]
    near = get_close_matches(value.lower(), _KINDS, n=1, cutoff=0.5)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    msg = f"'{value}' is not a kind of thing.{hint} The kinds are: {', '.join(_KINDS)}."
    raise click.UsageError(msg, ctx)


def complete_kind(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The kinds that begin so."""
    return [kind for kind in _KINDS if kind.startswith(begun)]


def _listed(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """The kind that a plural stands for, holds and copies too."""
    beside = next((one for one in _BESIDE if value in {one, LISTED[one]}), "")
    return beside or kind_of_plural(ctx, parameter, value) or value


def _complete_listed(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The kinds that begin so, holds and copies too."""
    beside = [LISTED[one] for one in _BESIDE if LISTED[one].startswith(begun)]
    return [*complete_kind(ctx, parameter, begun), *beside]


@click.command(
    name="list",
    epilog=examples("list decisions --body northmoor-cabinet --since 2025-04-01", "list bodies --on 2025-03-31"),
)
@click.argument("kind", callback=_listed, shell_complete=_complete_listed)
@click.option("--body", metavar="REF", help="Only what this body decided, met for, is asked for, or has sitting on it.")
@click.option("--partner", metavar="REF", help="Only what was done for this organisation, or with it.")
@click.option("--person", metavar="REF", help="Only what this person or post decided, attended, owns or holds.")
@click.option("--meeting", metavar="REF", help="Only what came of this meeting.")
@click.option("--place", metavar="REF", help="Only what concerns this place.")
@click.option("--function", metavar="REF", help="Only what concerns this function.")
@click.option("--outcome", metavar="WORD", help="Only decisions with this outcome, such as approved.")
@click.option("--state", metavar="WORD", help="Only what is in this state, or what its source notes so.")
@click.option("--since", "--from", "since", metavar="DAY", help="Only acts of this day or later.")
@click.option("--until", "--to", "until", metavar="DAY", help="Only acts of this day or earlier.")
@click.option("--due-by", metavar="DAY", help="Only what falls due, or is to be looked at again, by this day.")
@click.option("--limit", metavar="N", type=click.IntRange(min=0), help="At most so many.")
@asks
def list_(reading: Reading, kind: str, limit: int | None, **filters: str | None) -> None:
    """Everything of a kind, as at a day.

    KIND is a plural: decisions, proposals, bodies, delegations, organisations, people, posts, functions, places,
    meetings, disagreements, actions, instruments, funds, interests, dispensations, accesses, logs, rows. Holds are
    what may not be erased; copies what was given out with words in clear, backups and disclosures too, and for whom.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.filters import Filters
    from decisionlog.questions.given_out import list_copies
    from decisionlog.questions.holds import list_holds
    from decisionlog.questions.listing import list_things

    if kind in _BESIDE and (given := next((name for name, value in filters.items() if value is not None), "")):
        flag, beside = f"--{given.replace('_', '-')}", LISTED[kind]
        raise click.UsageError(f"{flag} does not narrow {beside}; list {beside} shows all that there are.")
    if kind == "copy":
        with reading.alone() as log:
            reading.answer(list_copies(log, reading.asked, now(), limit=limit))
        return
    if kind == "hold":
        with reading.looked_at() as found:
            reading.answer(list_holds(found.log, found.models, reading.asked, now(), limit=limit))
        return
    with reading.looked_at() as found:
        narrowed = Filters(**filters)
        reading.answer(list_things(found.log, found.models, kind, reading.asked, now(), limit=limit, filters=narrowed))


@click.command(
    epilog=examples("show NLB/25-26/P14", "show body:northmoor-cabinet --on 2026-03-31", "show @12 --format markdown")
)
@_reference
@asks
def show(reading: Reading, ref: str) -> None:
    """One thing as it stood on a day, as it was known at a time.

    REF is what people call it, or kind:ref where that fits several things. @12 is the fact at position 12 itself, and the
    name of a batch a file or an act as it was recorded, fact by fact.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.batches import is_batch, show_batch
    from decisionlog.questions.show import show as ask
    from decisionlog.questions.show_fact import is_position, show_fact

    with reading.opened() as found:
        asked = show_batch if is_batch(ref) else show_fact if is_position(ref) else ask
        reading.answer(asked(found.log, found.models, ref, reading.asked, now()))


@click.command(epilog=examples("history SORD-7.2", "history NLB/25-26/031 --known @190"))
@_reference
@click.option("--own", is_flag=True, help="Only the thing's own facts, not those of others that concern it.")
@asks
def history(reading: Reading, ref: str, *, own: bool) -> None:
    """What happened to one thing, day by day, with what was corrected.

    Facts of other things that name it are told as well: the positions taken at a meeting, the decisions for a council.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.history import history as ask

    with reading.looked_at() as found:
        reading.answer(ask(found.log, found.models, ref, reading.asked, now(), own=own))


@click.group(
    no_args_is_help=False,
    epilog=examples(
        "who decided NLB/25-26/031",
        "who accountable hospital-discharge --place northmoor --on 2025-10-01",
        "who could hospital-discharge --value £450,000",
    ),
)
def who() -> None:
    """Who decided, was accountable, could decide, holds a post."""


@who.command(
    epilog=examples(
        "who decided NLB/25-26/031",
        "who decided NLB/25-26/P14 --on 2026-03-31 --known @190",
        "who decided NLB-2025-03-13#4",
    )
)
@_reference
@click.option("--item", metavar="N", help="Of a meeting: only this item. MEETING#N is the same.")
@asks
def decided(reading: Reading, ref: str, item: str | None) -> None:
    """Who decided, on whose behalf, under what authority, who agreed, who dissented.

    REF is a decision; a proposal, a meeting or an item of one is answered with every determination that came of it.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.who_decided import who_decided

    with reading.opened() as found:
        reading.answer(who_decided(found.log, found.models, ref, reading.asked, now(), item=item))


_place = click.option(
    "--place",
    metavar="REF",
    shell_complete=complete_reference,
    help="Where. [default: everywhere, or where the decision was for]",
)
_value = click.option("--value", metavar="AMOUNT", help="At what amount: £450,000, 450k; a bare number is pounds.")
_fund = click.option(
    "--fund", metavar="REF", shell_complete=complete_reference, help="From which fund the amount of --value comes."
)


@who.command(
    epilog=examples(
        "who accountable hospital-discharge --place northmoor --on 2025-10-01",
        "who accountable NLB/25-26/031 --known 2026-03-31",
        "who accountable hospital-discharge --value 450k --format mermaid",
    )
)
@_reference
@_place
@_value
@_fund
@what_if
@asks_for_chains
def accountable(
    reading: Reading, ref: str, place: str | None, value: str | None, fund: str | None, what_if: Path | None
) -> None:
    """Who was accountable, in which of eight roles.

    Who had the duty, to whom they answer, who could decide, who is liable, delivers, is consulted, promised, oversees.

    REF is a function, or a decision or a proposal, which is asked about with its functions, places and amount (of a
    decision also its day). Every chain is shown, from the law down, with what on it does not hold.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.accountable.who_accountable import who_accountable

    def ask(found: OpenLog) -> Accountable:
        about = _about(found.log, ref, place, value, fund)
        return who_accountable(found.log, found.models, about, reading.asked, now())

    answered(reading, what_if, ask)


@who.command(
    epilog=examples(
        "who could hospital-discharge --place northmoor --value £450,000",
        "who could urgent-community-response --on 2026-04-01",
        "who could NLB/25-26/P14",
    )
)
@_reference
@_place
@_value
@_fund
@what_if
@asks_for_chains
def could(
    reading: Reading, ref: str, place: str | None, value: str | None, fund: str | None, what_if: Path | None
) -> None:
    """Who could decide, and by which chains.

    Everybody who has the power, on a day, at an amount. REF is a function, a decision or a proposal. Of a day to come it
    answers by what is known, and says what is known to begin or to end by then.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.accountable.who_could import who_could

    def ask(found: OpenLog) -> WhoCould:
        about = _about(found.log, ref, place, value, fund)
        return who_could(found.log, found.models, about, reading.asked, now())

    answered(reading, what_if, ask)


def _about(log: Log, ref: str, place: str | None, value: str | None, fund: str | None) -> About:
    """What the command line names, the amount read in the log's currency."""
    from decisionlog.domain.amounts import money
    from decisionlog.questions.accountable.asking import About

    amount = money(value, log.identity.currency or "GBP") if value is not None else None
    if value is not None and amount is None:
        msg = f"'{value}' is not an amount; write £450,000, 450k, 450000.50 GBP or a bare number of pounds."
        raise click.UsageError(msg)
    return About(ref, place, amount, fund)


@who.command(
    epilog=examples(
        "who holds trust-chief-operating-officer --on 2026-03-12",
        "who holds northmoor-joint-committee",
        "who holds organisation:northmoor-council --on yesterday",
    )
)
@_reference
@asks
def holds(reading: Reading, ref: str) -> None:
    """Who holds a post or sits on a body: how, for whom, since when, by which decision.

    REF is a post or a body; of an organisation, all its posts are told. Of a whole day, who held it for a part is told too.
    """
    from decisionlog.cli.opening import now
    from decisionlog.questions.accountable.who_holds import who_holds

    with reading.opened() as found:
        reading.answer(who_holds(found.log, found.models, ref, reading.asked, now()))
