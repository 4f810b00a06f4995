"""A paper that is named on the command line: what is kept of it is its name and its digest, never the file."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from decisionlog.domain.refusals import BadInput
from decisionlog.domain.text import visible

_LINK: Final = re.compile(r"(https?://|mailto:|urn:)", re.IGNORECASE)
_AT_ONCE: Final = 1024 * 1024


def document(written: str) -> dict[str, str]:
    """A link as it is, or a file by its name without folders and its SHA-256. Raises `BadInput` for what is no file."""
    if _LINK.match(written):
        return {"uri": written}
    path = Path(written)
    digest = hashlib.sha256()
    try:
        if not path.is_file():
            found = "is not an ordinary file" if path.exists() else "is not there"
            msg = f"The paper {visible(written)} {found}; name the file, or give a link (https://...)."
            raise BadInput(msg)
        with path.open("rb") as file:
            while piece := file.read(_AT_ONCE):
                digest.update(piece)
    except (OSError, ValueError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "its name is none that a file can have"
        msg = f"The paper {visible(written[:80])} cannot be read ({why})."
        raise BadInput(msg) from fault
    return {"uri": path.name, "sha256": digest.hexdigest()}
