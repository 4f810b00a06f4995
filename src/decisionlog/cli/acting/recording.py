"""One fact on its way from the command line into the log: asked for, decided, recorded, told."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import Struct

from decisionlog.cli.acting.asking import Draft, confirm_future, missing, standard_input
from decisionlog.cli.acting.correcting import changes
from decisionlog.cli.acting.flags import FLAGS, field_of
from decisionlog.cli.acting.telling import changed as what_changed
from decisionlog.cli.acting.telling import in_flags, next_command
from decisionlog.cli.acting.verbs import Verb
from decisionlog.cli.acting.written import Options, Written, day
from decisionlog.cli.opening import now, opened, place
from decisionlog.cli.options import Recording
from decisionlog.cli.printing import is_terminal, note, print_json, say
from decisionlog.cli.receipts import in_the_meantime, log_flag, outcome, record, recorder, tell
from decisionlog.cli.tripping import findings_told, newly_found_by
from decisionlog.domain.facts import KINDS
from decisionlog.domain.references import split
from decisionlog.domain.refusals import Conflict, Mistakes
from decisionlog.render.as_json import dumped
from decisionlog.render.receipts import receipt_json

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.commands.acts import Act, Decided
    from decisionlog.domain.answers.what_if import FindingsChanged
    from decisionlog.store.batch import Receipt
    from decisionlog.store.log import Log


_TRIES: Final = 8
"""How often it is decided anew, if somebody records in the meantime."""


class _Asked(Struct, frozen=True):
    """One command on its way: what was written, with what options, when."""

    recording: Recording
    written: Written
    options: Options
    name: str
    at: datetime
    may_ask: bool

    @property
    def verb(self) -> Verb:
        return self.written.verb


def act(recording: Recording, written: Written, options: Options, name: str) -> None:
    """Record one fact, or say why not. Raises the refusals of whatever stops it; nothing is recorded then."""
    may_ask = recording.format == "terminal" and is_terminal(sys.stdin)
    asked = _Asked(recording, written, options, name, now(), may_ask)
    by = recorder(recording, may_ask=may_ask)
    with opened(place(recording.run, recording.log), caught_up=False) as found, ExitStack() as drafts:
        type_name = _type(asked, found.log)
        draft = drafts.enter_context(_draft(asked, type_name)) if options.edit else None
        request = _act(asked, type_name, found.log, draft)
        _record(asked, request, found, by)
        if draft:
            draft.recorded = not recording.dry_run


def _record(asked: _Asked, request: Act, found: OpenLog, by: str) -> None:
    """Decide and record; anew, where somebody recorded in between and the caller named no size of the log."""
    for left in reversed(range(_TRIES)):
        size = found.log.head().size
        try:
            _decide_and_record(asked, request, found, by)
        except Conflict as conflict:
            if asked.options.size is not None or found.log.head().size == size:
                raise
            if not left:
                raise in_the_meantime(conflict) from conflict
            continue
        return


def _decide_and_record(asked: _Asked, request: Act, found: OpenLog, by: str) -> None:
    from decisionlog.commands.record_facts import RecordFacts, request_digest

    options = asked.options
    before = None if options.again else found.log.answered(request_digest(request.asked), options.key)
    if before:
        asked.recording.run.outcome = outcome(before, dry_run=False)
        tell(asked.recording, before)
        return
    decided = _decided(asked, found, request)
    if decided.already:
        _tell_already(asked.recording, decided)
        return
    receipt = _recorded(
        asked,
        found,
        RecordFacts(
            decided.facts,
            by,
            asked.at,
            again=options.again,
            key=options.key,
            size=decided.size if options.size is None else options.size,
            personal_data=options.personal_data,
            dry_run=asked.recording.dry_run,
            asked=request.asked,
            expected=decided.expected,
            keep_equal_refs=decided.keep_equal_refs,
        ),
        request.type,
    )
    for remark in (*decided.notes, *_undated(request), *_not_found(asked, request, found)):
        note(f"Note: {remark}")
    changed = None if receipt.already or asked.recording.dry_run else newly_found_by(found, asked.recording, receipt)
    _tell(asked, decided, receipt, changed)


def _decided(asked: _Asked, found: OpenLog, request: Act) -> Decided:
    from decisionlog.commands.one_fact import decide

    try:
        return decide(found.log, request)
    except Mistakes as wrong:
        raise in_flags(wrong.mistakes, asked.verb, request.type, asked.written.further) from None


def _recorded(asked: _Asked, found: OpenLog, request: Any, type_name: str) -> Receipt:
    try:
        return record(asked.recording, found, request)
    except Mistakes as wrong:
        raise in_flags(wrong.mistakes, asked.verb, type_name, asked.written.further) from None
    except Conflict as conflict:
        raise Conflict(str(conflict).replace("data.changes[0]: says", "The correction says")) from None


def _tell(asked: _Asked, decided: Decided, receipt: Receipt, changed: FindingsChanged | None) -> None:
    recording, plain = asked.recording, decided.plain
    said = {"ref": decided.ref, "stream": receipt.facts[0].stream if receipt.facts else "", "plain": plain}
    if recording.dry_run and recording.format == "terminal":
        for remark in receipt.notes:
            note(f"Note: {remark}")
        print_json([dumped(plain)])
        note(recording.run.outcome)
        return
    if changed:
        said |= findings_told(changed)
    if not receipt.already and not recording.dry_run:
        what = what_changed(plain, decided.ref, asked.options.fact or _position(asked.written.ref))
        recording.run.outcome = f"Recorded {what} (position {receipt.first})."
    following = next_command(asked.verb, decided.ref) + log_flag(recording)
    tell(recording, receipt, following, more=said, findings=changed)


def _position(ref: str) -> int:
    """The position that was written as REF; 0 for a reference."""
    return int(ref[1:]) if ref.startswith("@") and ref[1:].isdecimal() else 0


def _tell_already(recording: Recording, decided: Decided) -> None:
    recording.run.outcome = f"{decided.already} Nothing was recorded. (--again records it a second time.)"
    if recording.format == "terminal":
        say(recording.run.outcome)
    else:
        more = {"already": True, "ref": decided.ref, "sentence": decided.already}
        print_json([dumped(receipt_json(None, dry_run=recording.dry_run) | more)])


def _undated(request: Act) -> list[str]:
    if request.on or request.type.startswith("record."):
        return []
    return ["no day was given (--on), so it counts from when it is recorded."]


def _not_found(asked: _Asked, request: Act, found: OpenLog) -> list[str]:
    """That there is no such finding now, where one is answered: recorded all the same, but whoever does should know."""
    if asked.verb.further != "rule":
        return []
    from decisionlog.cli.acting.answering import not_there

    return not_there(asked.recording, request, found, asked.at)


def _type(asked: _Asked, log: Log) -> str:
    """The type of fact that is recorded, by the kind of what it is about. Raises `NotFound`, and a usage error."""
    from decisionlog.store.finding import find

    verb, written = asked.verb, asked.written
    _choose(asked)
    if "" in verb.types:
        return verb.types[""]
    kinds = KINDS if "*" in verb.types else tuple(verb.types)
    return written.type_for(split(find(log, written.ref, kinds))[0])


def _choose(asked: _Asked) -> None:
    """One of several ways has to be chosen: asked for on a terminal. Raises a usage error."""
    verb, written = asked.verb, asked.written
    if not verb.chosen_by:
        return
    chosen = written.ways[0] if written.ways else ""
    if not chosen:
        if not asked.may_ask:
            context = click.get_current_context()
            raise click.UsageError(f"{context.command_path} needs --{verb.chosen_by} (no terminal to ask on).", context)
        chosen = click.prompt(f"How did it end ({', '.join(verb.ways)})", err=True)
        written.ways = (chosen,)
    if chosen not in verb.ways:
        from decisionlog.commands.requests import suggestion

        near = suggestion(chosen, verb.ways)
        hint = f" Did you mean '{near}'?" if near else ""
        raise click.UsageError(f"'{chosen[:40]}' is not how it can end.{hint} One of: {', '.join(verb.ways)}.")


def _act(asked: _Asked, type_name: str, log: Log, draft: Draft | None) -> Act:
    from decisionlog.commands.acts import Act
    from decisionlog.exchange.fitting import fitted

    written, options = asked.written, asked.options
    _take_words(asked, type_name, draft)
    data = written.data(type_name)
    for names, field in written.missing(type_name, data):
        answer = missing(names, FLAGS[names[0]].help, field, may_ask=asked.may_ask)
        written.flags[names[0]] = (answer,)
        data = written.data(type_name)
    data |= _further(asked, log)
    on = day(options.on, log, asked.at)
    _look_at_the_day(on, log, asked)
    return Act(
        type=type_name,
        data=data if "changes" in data else fitted(type_name, data, log.identity.currency or "GBP"),
        ref=written.ref,
        on=on,
        fact=options.fact,
        now=asked.at,
        again=options.again,
    )


def _draft(asked: _Asked, type_name: str) -> Draft:
    """What is to be written in an editor, begun with what was given. Raises a usage error where that cannot be."""
    prose = asked.verb.prose
    if not asked.may_ask:
        raise click.UsageError(f"--edit needs a terminal; give --{prose} - and the words on standard input.")
    if field_of(FLAGS[prose], type_name) is None:
        raise click.UsageError(f"--edit writes --{prose}, which says nothing of what is recorded here ({type_name}).")
    given = asked.written.flags.get(prose, ("",))
    return Draft(given[0] if isinstance(given, tuple) else "", _about(asked))


def _take_words(asked: _Asked, type_name: str, draft: Draft | None) -> None:
    """The words that are piped in, and those that are written in an editor."""
    flags = asked.written.flags
    piped = [name for name, given in flags.items() if given == ("-",) and _is_prose(name, type_name)]
    if len(piped) > 1:
        raise click.UsageError(f"Only one of {', '.join(f'--{name} -' for name in piped)} can read standard input.")
    for name in piped:
        flags[name] = (standard_input(name),)
    if draft:
        flags[asked.verb.prose] = (draft.written(),)


def _is_prose(flag: str, type_name: str) -> bool:
    field = field_of(FLAGS[flag], type_name)
    return field is not None and field.sealed


def _further(asked: _Asked, log: Log) -> dict[str, Any]:
    """The fields that are written without a flag."""
    further = asked.written.further
    match asked.verb.further:
        case "condition":
            return {"condition": further[0]}
        case "proposals" if further:
            return {"proposals": [{"proposal": ref} for ref in further]}
        case "rule":
            from decisionlog.cli.acting.answering import rule_and_evidence

            return rule_and_evidence(asked.written, log)
        case "changes":
            return {"changes": list(changes(log, asked.written.ref, further, asked.options))}
        case _:
            return {}


def _look_at_the_day(on: str | None, log: Log, asked: _Asked) -> None:
    """A day in the future is asked about on a terminal, else noted; what is no day is refused where it is recorded."""
    from decisionlog.commands.acts import day_to_come

    if on is not None and (said := day_to_come(on, log.zone, asked.at)):
        confirm_future(on, said, may_ask=asked.may_ask and not asked.recording.dry_run)


def _about(asked: _Asked) -> str:
    return " ".join(filter(None, ("decisionlog", asked.name, asked.written.ref, *asked.written.further)))
