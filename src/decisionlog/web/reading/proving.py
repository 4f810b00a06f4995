"""What proves itself: that a fact lies in the log, that the log continues an older one, a decision with its evidence."""

from __future__ import annotations

from typing import Any, Final

from decisionlog.audit.verify import read_checkpoint
from decisionlog.domain.answers.proving import CheckpointShown
from decisionlog.domain.refusals import NotFound
from decisionlog.questions.bundling import for_everybody, gathered
from decisionlog.questions.proving import continuing, included, position_of
from decisionlog.web.reading.asking import KINDS, Question, Request
from decisionlog.web.reading.keeping import position
from decisionlog.web.reading.parameters import Parameter


def _checkpoint(asked: Request) -> Any:
    note = newest(asked)
    made = read_checkpoint(note)
    return CheckpointShown(
        made.origin, made.size, made.root.hex(), made.note.signatures[0].name, note.decode(), "", again=True
    )


def _of_a_fact(asked: Request) -> Any:
    at, _ = position_of(asked.found.log, str(position(asked)))
    return included(asked.found.log, at, (), _covering(asked, at))


def _of_a_thing(asked: Request) -> Any:
    at, others = position_of(asked.found.log, asked.ref)
    return included(asked.found.log, at, others, _covering(asked, at))


def _consistency(asked: Request) -> Any:
    note, size, log = newest(asked), asked.given["size"], asked.found.log
    last = read_checkpoint(note)
    if size > last.size:
        msg = f"The last checkpoint of this log is of {last.size:,} facts, so it does not continue one of {size:,}."
        raise NotFound(msg)
    return continuing(log, last._replace(size=size, root=log.root(size)), f"the log of {size:,} facts", note)


def _bundle(asked: Request) -> bytes:
    log, models = asked.found.log, asked.found.models
    found = gathered(log, models, asked.ref, asked.now)
    note = _covering(asked, found.last)
    size = read_checkpoint(note).size
    if size != found.upto:
        found = gathered(log, models, asked.ref, asked.now, size)
    return for_everybody(log, found, asked.ref, note, asked.now)


def newest(asked: Request) -> bytes:
    """The last checkpoint that was kept. Raises `NotFound` where there is none."""
    return _covering(asked, 1)


def _covering(asked: Request, at: int) -> bytes:
    """The last checkpoint that was kept, if it covers a position. Raises `NotFound`: nothing is signed over HTTP."""
    kept = asked.found.log.recorder.checkpoints()
    if kept and kept[-1].size >= at:
        return kept[-1].note
    msg = f"No checkpoint covers fact {at} yet. Whoever keeps the log signs one with `decisionlog checkpoint`."
    raise NotFound(msg)


QUESTIONS: Final = (
    Question(
        "last-checkpoint",
        "/v1/checkpoint",
        "The last signed checkpoint, taken apart; /checkpoint gives it as it was signed.",
        _checkpoint,
        tag="Proving",
        command="checkpoint",
    ),
    Question(
        "proof-of-fact",
        "/v1/facts/{position}/proof",
        "That the fact at a position lies in the log (c2sp.org/tlog-proof).",
        _of_a_fact,
        tag="Proving",
        command="prove N",
    ),
    Question(
        "proof",
        "/v1/{kinds}/{slug}/proof",
        "That the fact which opened a thing lies in the log.",
        _of_a_thing,
        (),
        tuple(KINDS),
        tag="Proving",
        command="prove",
    ),
    Question(
        "consistency",
        "/v1/consistency",
        "That the log, as the last checkpoint saw it, continues what it was at an earlier size.",
        _consistency,
        (Parameter("size", "How many facts it had.", takes="count", required=True, least=1, example=1),),
        tag="Proving",
        command="prove --from",
    ),
    Question(
        "bundle",
        "/v1/{kinds}/{slug}/bundle",
        "One decision with all its evidence, as one file that proves itself, with the words that everybody may read.",
        _bundle,
        (),
        ("decisions", "proposals", "meetings"),
        tag="Proving",
        command="bundle",
        long=True,
    ),
)
