"""Import: plain facts from a file, one a line, recorded as one batch, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256

from msgspec import Struct, field

from decisionlog.commands.correcting import Corrections
from decisionlog.commands.json_lines import BadLine, parse
from decisionlog.commands.plain_facts import Drafting
from decisionlog.domain.days import is_to_come, moment
from decisionlog.domain.refusals import BadInput, Conflict, Mistake, Mistakes
from decisionlog.store.batch import Batch, Draft, Receipt
from decisionlog.store.collecting import without_collecting
from decisionlog.store.log import Log


class ImportFacts(Struct):
    """The request: the lines of a file, who records them and when."""

    lines: list[bytes]
    recorded_by: str
    now: datetime
    keep_rejects: bool = False
    """Record the sound lines and hand back the others with their reasons."""
    personal_data: bool = False
    """The recorder knows that the words hold personal data."""
    key: str | None = None
    asked: bytes | None = None
    """What the key names, where it is not the lines alone."""
    again: bool = False
    """Record a second time what has been recorded already."""
    size: int | None = None
    """Refuse, if the log no longer has this many facts."""
    dry_run: bool = False
    keep_equal_refs: bool = True
    """Keep a second thing with the reference and the issuer of another beside the first, under a key of its own."""
    may_erase: bool = False
    """There may be facts among these that say that words were erased: recording one destroys them."""


class Rejected(Struct):
    """One line that was not recorded, and why."""

    number: int
    line: bytes
    reasons: list[str]


class Imported(Struct):
    """What came of an import."""

    receipt: Receipt | None
    rejects: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def import_facts(
    log: Log, request: ImportFacts, progress: Callable[[int], None] | None = None, *, followed: bool = False
) -> Imported:
    """Record plain facts as one batch; `followed` as in `Log.record`.

    Raises `Mistakes` with all that is wrong, unless rejects are kept.
    """
    with without_collecting():
        return _import(log, request, progress, followed=followed)


def _import(log: Log, request: ImportFacts, progress: Callable[[int], None] | None, *, followed: bool) -> Imported:
    rejects: dict[int, list[str]] = {}
    while True:
        drafts, notes, corrections = _drafts(log, request, rejects, progress)
        if not drafts:
            if rejects:
                return Imported(None, _rejected(request.lines, rejects), notes)
            msg = "The file holds no facts. Nothing was recorded."
            raise BadInput(msg)
        try:
            batch = _batch(request, drafts, corrections)
            receipt = log.record(batch, dry_run=request.dry_run, followed=followed)
        except Mistakes as wrong:
            if not request.keep_rejects:
                raise
            rejects.update(_by_line(wrong.mistakes))
        else:
            notes = [] if receipt.already else [*notes, *receipt.notes, *_future(log, request, drafts)]
            return Imported(receipt, _rejected(request.lines, rejects), notes)


def _drafts(
    log: Log, request: ImportFacts, rejects: dict[int, list[str]], progress: Callable[[int], None] | None
) -> tuple[list[Draft], list[str], Corrections]:
    drafting = Drafting(
        zone=log.zone, personal_data=request.personal_data, may_erase=request.may_erase, fact_at=log.stands_at
    )
    drafts: list[Draft] = []
    for number, line in enumerate(request.lines, start=1):
        if number in rejects or not line.strip():
            continue
        if progress and not number % 1000:
            progress(number)
        try:
            plain = parse(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        except BadLine as wrong:
            drafting.wrong(f"line {number}", str(wrong))
            continue
        draft = drafting.draft(plain, f"line {number}", line)
        if draft:
            drafts.append(draft)
    corrections = Corrections(log, drafts, keep_disputed=True)
    corrections.settle_all()
    if corrections.conflicts:
        raise Conflict("\n".join(map(str, corrections.conflicts)))
    mistakes = drafting.mistakes + corrections.mistakes
    if mistakes and not request.keep_rejects:
        raise Mistakes(sorted(mistakes, key=lambda mistake: _number(mistake.place)))
    rejects.update(_by_line(mistakes))
    if rejects:
        drafts = [draft for draft in drafts if _number(draft.place) not in rejects]
    return drafts, list(corrections.notes), corrections


def _batch(request: ImportFacts, drafts: list[Draft], corrections: Corrections) -> Batch:
    asked = request.asked or sha256(b"\n".join(map(bytes.rstrip, request.lines))).digest()
    return Batch(
        drafts=drafts,
        recorded_by=request.recorded_by,
        now=request.now,
        request=None if request.again else asked,
        key=request.key,
        size=request.size,
        expected=corrections.expected,
        keep_equal_refs=request.keep_equal_refs,
    )


def _future(log: Log, request: ImportFacts, drafts: list[Draft]) -> list[str]:
    now = moment(request.now)
    future = [draft for draft in drafts if draft.on and is_to_come(draft.on, log.zone, now)]
    return [f"{draft.place}: {draft.on} is in the future; recorded as written." for draft in future]


def _by_line(mistakes: Iterable[Mistake]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for mistake in mistakes:
        found.setdefault(_number(mistake.place), []).append(str(mistake))
    return found


def _rejected(lines: list[bytes], rejects: dict[int, list[str]]) -> list[Rejected]:
    return [Rejected(number, lines[number - 1], reasons) for number, reasons in sorted(rejects.items())]


def _number(place: str) -> int:
    return int(place.partition(",")[0].removeprefix("line "))
