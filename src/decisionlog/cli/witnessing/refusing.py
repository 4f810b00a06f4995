"""Why a witness does not cosign, said to a person: what was found, what it means, and what to do."""

from __future__ import annotations

from pathlib import Path

from decisionlog.audit.witnessing import Refused, Why
from decisionlog.domain.days import stamp_of
from decisionlog.domain.refusals import BadInput, Conflict, DecisionlogError, NotFound, NotSound
from decisionlog.domain.text import visible
from decisionlog.render.words import counted, when


def refusal(refused: Refused, file: str, proof: Path | None) -> DecisionlogError:
    """The refusal to cosign what is in a file; `proof` is where that is kept. Its family says whether the log may be unsound."""
    match refused.why:
        case Why.MALFORMED:
            return BadInput(
                f"{file} is not a request to a witness ({refused.reason}). Ask whoever keeps the log for one: "
                "decisionlog checkpoint --for-witness"
            )
        case Why.UNKNOWN_LOG:
            return NotFound(
                f"This witness does not look after {_origin(refused)}. If it should, get the key of that log from whoever keeps it, "
                "compare it by voice, and give it to: decisionlog witness trust VKEY"
            )
        case Why.NOT_SIGNED:
            return _not_signed(refused, file)
        case Why.OLD_SIZE_TOO_LARGE:
            return BadInput(f"{file} cannot be judged: {refused.reason}.")
        case Why.ANOTHER_SIZE | Why.ANOTHER_ROOT | Why.NOT_CONTINUED:
            return _not_continued(refused, file, proof)


def _not_signed(refused: Refused, file: str) -> NotSound:
    if "does not match" in refused.reason:
        return NotSound(f"The signature on {file} does not match the key that this witness trusts: {refused.reason}.")
    return NotSound(
        f"The key that signed {file} is not known here: {visible(refused.reason)}. If whoever keeps {_origin(refused)} says in "
        "person that it has a new key, give that to: decisionlog witness trust VKEY --also"
    )


def _not_continued(refused: Refused, file: str, proof: Path | None) -> DecisionlogError:
    assert refused.asked is not None
    assert refused.watched is not None
    size, cosigned = refused.asked.checkpoint.size, refused.size
    on = when(stamp_of(refused.watched.at))
    kept = f" What was sent is kept as {proof}." if proof else ""
    if refused.shows_two_histories:
        return NotSound(
            f"{_origin(refused)} has two histories: {file} is signed for {counted(size, 'fact')}, and so is what was cosigned on {on}, "
            f"but they are not the same facts. The log was forked.{kept} Tell the other partners."
        )
    if size < cosigned:
        return NotSound(
            f"The log has {counted(size, 'fact')} in {file}; the checkpoint that was cosigned on {on} saw {cosigned:,}: facts were "
            f"removed, unless the request is an old one. Ask for a new one: decisionlog checkpoint --for-witness --since {cosigned}"
        )
    if refused.why is Why.ANOTHER_SIZE:
        return Conflict(
            f"{file} continues from {counted(refused.asked.old_size, 'fact')}, and {cosigned:,} were cosigned "
            f"{f'on {on}' if cosigned else 'so far'}. Ask for a new request: decisionlog checkpoint --for-witness --since {cosigned}"
        )
    return NotSound(
        f"This log does not continue the log that was cosigned on {on}: the first {counted(cosigned, 'fact')} of the {size:,} in {file} "
        f"are not those that were seen then ({refused.reason}). What was recorded was changed, or the proof was damaged on the way."
        f"{kept} Ask for the request once more; if it says the same again, tell the other partners."
    )


def _origin(refused: Refused) -> str:
    return visible(refused.asked.checkpoint.origin) if refused.asked else "that log"
