"""What asks a witness by e-mail: a checkpoint, and the proof that it continues what that witness cosigned last."""

from __future__ import annotations

from pathlib import Path

from decisionlog.audit.checkpoints import require_continues
from decisionlog.audit.cosignatures import cosigned_by, request_for
from decisionlog.audit.verify import Malformed, Mismatch, read_checkpoint
from decisionlog.cli.options import Reading
from decisionlog.cli.witnessing.keeper import watched_by
from decisionlog.cli.witnessing.partner import content_of
from decisionlog.domain.refusals import BadInput, NotFound, NotSound
from decisionlog.domain.text import visible
from decisionlog.render.words import counted
from decisionlog.store.log import Log


def request_for_witness(reading: Reading, log: Log, note: bytes, since: str | None) -> bytes:
    """What asks a witness to cosign a checkpoint that continues from `since`.

    That is a witness of the policy, for what it is known to have cosigned; a number of facts; or a file with what was
    cosigned. Without it, it is what all witnesses are known to have cosigned. Raises `BadInput` and `NotSound`.
    """
    known = _known(reading, log)
    if since is None:
        size = _same_for_all(known)
    elif since in known:
        size = known[since]
    elif since.replace(",", "").isdecimal():
        size = _of_the_log(log, int(since.replace(",", "")[:18]))
    else:
        size = _seen_in(log, since, known)
    try:
        return request_for(log, note, size)
    except Mismatch as false:
        msg = f"{str(false)[:1].upper()}{str(false)[1:]}."
        raise NotSound(msg) from false


def _known(reading: Reading, log: Log) -> dict[str, int]:
    """The size that each witness of the policy is known to have cosigned last."""
    policy = watched_by(reading).policy
    return {witness.name: cosigned_by(log, witness.key) for witness in policy.witnesses} if policy else {}


def _same_for_all(known: dict[str, int]) -> int:
    sizes = set(known.values())
    if len(sizes) > 1:
        each = ", ".join(f"{visible(name)} {size:,}" for name, size in known.items())
        msg = f"The witnesses have cosigned different numbers of facts ({each}), so each needs its own request: --since NAME."
        raise BadInput(msg)
    return sizes.pop() if sizes else 0


def _of_the_log(log: Log, size: int) -> int:
    if size > log.size():
        msg = f"The log has {counted(log.size(), 'fact')}; the checkpoint saw {size:,}: facts were removed."
        raise NotSound(msg)
    return size


def _seen_in(log: Log, since: str, known: dict[str, int]) -> int:
    """The size of a checkpoint in a file, which the log must continue."""
    try:
        seen = read_checkpoint(content_of(Path(since)))
        require_continues(log, seen)
    except NotFound:
        names = f", nor a witness of the policy ({visible(', '.join(known))})" if known else ""
        msg = f"{visible(since)} is neither a number of facts nor a file{names}."
        raise BadInput(msg) from None
    except Malformed as wrong:
        msg = f"{since} is not a checkpoint ({wrong}). Give what the witness cosigned, or the number of facts in it."
        raise BadInput(msg) from wrong
    except Mismatch as false:
        msg = f"{since}: {false}."
        raise NotSound(msg) from false
    return seen.size
