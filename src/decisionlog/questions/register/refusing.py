"""Why something cannot be answered, in words for whoever reads a page: without what is said of the command line."""

from __future__ import annotations

import re
from typing import Final

_PIECE: Final = re.compile(r"(?<=[.;:]) ")
_OF_THE_COMMAND_LINE: Final = re.compile(r"`|(?<!\S)--\w")
_OTHERWISE: Final = "It cannot be answered as it was asked."


def plainly(refused: Exception) -> str:
    """The sentences of a refusal that are not about commands and their options."""
    pieces = _PIECE.split(str(refused))
    kept = [piece for piece in pieces if not _OF_THE_COMMAND_LINE.search(piece)]
    if not kept:
        return _OTHERWISE
    told = " ".join(kept).rstrip(" :;.")
    told = told if told.endswith(("?", "!")) else f"{told}."
    return told if kept[0] == pieces[0] else f"{told[:1].upper()}{told[1:]}"
