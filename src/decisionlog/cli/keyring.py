"""Where the key of a log lies, and the checkpoints that it signed: files beside the log, never in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from decisionlog.addresses import key_beside, path_of
from decisionlog.cli.exporting import replacing
from decisionlog.cli.opening import place, settled
from decisionlog.domain.refusals import BadInput, NotFound, Unusable

if TYPE_CHECKING:
    from decisionlog.audit.keys import Signer
    from decisionlog.audit.verify import Checkpoint, Key
    from decisionlog.cli.main import Run

_OWNER: Final = 0o600
_OTHERS: Final = 0o077


def key_file(run: Run, log: str | None, given: Path | None = None) -> Path:
    """Where the key lies: as given, as set, or beside the log. Raises `BadSetting`."""
    if given:
        return given
    named = settled(run, log).key.value
    return path_of(named) if named else key_beside(place(run, log))


def checkpoint_file(key: Path) -> Path:
    """Where the last checkpoint lies that a key signed: out of reach of whoever can only write the log."""
    return key.with_suffix(".checkpoint")


def signer_in(file: Path) -> Signer:
    """The key in a file. Raises `NotFound` and `BadInput`."""
    from decisionlog.audit.keys import read_signer
    from decisionlog.audit.verify import Malformed

    try:
        return read_signer(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        msg = f"There is no key at {file}. `decisionlog key new` makes one; --key-file names another."
        raise NotFound(msg) from None
    except OSError as fault:
        msg = f"The key {file} cannot be read ({fault.strerror})."
        raise Unusable(msg) from fault
    except (Malformed, UnicodeDecodeError) as wrong:
        why = str(wrong) if isinstance(wrong, Malformed) else "it is not text"
        msg = f"{file} is not a key ({why})."
        raise BadInput(msg) from wrong


def make_key(file: Path, origin: str) -> Signer:
    """A new key in a new file that only its owner can read. Raises `BadInput` where something lies there already."""
    from decisionlog.audit.keys import new_signer, written

    signer = new_signer(origin)
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER)
    except FileExistsError:
        msg = f"{file} exists already; no key was made. Name another place with --key-file."
        raise BadInput(msg) from None
    except (FileNotFoundError, NotADirectoryError):
        msg = f"The folder {file.parent} does not exist; make it first."
        raise BadInput(msg) from None
    except OSError as fault:
        msg = f"A key cannot be made at {file} ({fault.strerror})."
        raise Unusable(msg) from fault
    with os.fdopen(number, "w", encoding="utf-8") as target:
        target.write(written(signer))
        target.flush()
        os.fsync(target.fileno())
    return signer


def is_open_to_others(file: Path) -> bool:
    """Whether somebody else on this machine may read a file."""
    return bool(file.stat().st_mode & _OTHERS)


def keys_given(words: tuple[str, ...]) -> tuple[Key, ...]:
    """The keys that flags name: verifier keys, or files of them. Raises `BadInput`."""
    from decisionlog.audit.verify import Malformed, read_keys

    keys: list[Key] = []
    for word in words:
        try:
            keys += read_keys(word)
        except Malformed as wrong:
            msg = f"'{word[:80]}' is not a verifier key ({wrong}); `decisionlog key` shows that of a log."
            raise BadInput(msg) from wrong
        except OSError as fault:
            msg = f"{word[:200]} is neither a verifier key (name+id+key) nor a file of them ({fault.strerror})."
            raise BadInput(msg) from fault
    return tuple(keys)


def checkpoint_in(file: Path) -> Checkpoint:
    """The checkpoint in a file, or in a request to a witness. Raises `BadInput`."""
    from decisionlog.audit.verify import Malformed
    from decisionlog.questions.verifying.checkpoints import read_either

    try:
        return read_either(file.read_bytes())[0]
    except OSError as fault:
        msg = f"{file} cannot be read ({fault.strerror})."
        raise BadInput(msg) from fault
    except Malformed as wrong:
        msg = f"{file} is not a checkpoint ({wrong})."
        raise BadInput(msg) from wrong


def keep_beside(key: Path, note: bytes) -> None:
    """Keep the last checkpoint beside the key."""
    with replacing(checkpoint_file(key)) as target:
        target.write(note)


def kept_beside(key: Path) -> list[bytes]:
    """The last checkpoint that was signed with the key, if there is one."""
    try:
        return [checkpoint_file(key).read_bytes()]
    except OSError:
        return []
