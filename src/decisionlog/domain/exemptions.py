"""On what grounds something may be kept from the public, by the law's own words; any other label is not one of these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

SCHEDULE_12A: Final[Mapping[int, str]] = {
    1: "information relating to any individual",
    2: "information which is likely to reveal the identity of an individual",
    3: "information relating to the financial or business affairs of any particular person (including the authority "
    "holding that information)",
    4: "information relating to consultations or negotiations in connection with a labour relations matter",
    5: "information in respect of which a claim to legal professional privilege could be maintained in legal proceedings",
    6: "information which reveals that the authority proposes to give a notice, or to make an order or direction, under an "
    "enactment",
    7: "information relating to action in connection with the prevention, investigation or prosecution of crime",
}
"""Local Government Act 1972, Schedule 12A, Part 1 (England): paragraphs 4, 6 and 7 shortened."""
FREEDOM_OF_INFORMATION: Final[Mapping[int, str]] = {
    21: "information accessible by other means",
    22: "information intended for future publication",
    30: "investigations and proceedings",
    31: "law enforcement",
    32: "court records",
    33: "audit functions",
    36: "prejudice to the effective conduct of public affairs",
    38: "health and safety",
    40: "personal information",
    41: "information provided in confidence",
    42: "legal professional privilege",
    43: "commercial interests",
    44: "prohibitions on disclosure",
}
"""Freedom of Information Act 2000, Part II: the sections that a local partnership may come to cite, by their titles."""
_PARAGRAPH: Final = re.compile(r"(?:para(?:graph)?\.?\s*)?([1-7])", re.ASCII | re.IGNORECASE)
_SECTION: Final = re.compile(
    r"(?:foia?(?:\s*2000)?,?\s*)?s(?:ection|\.)?\s*(\d\d)(?:\s*\(\d\))*", re.ASCII | re.IGNORECASE
)
_MONTH: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?![\d])", re.ASCII)


class Ground(Struct, frozen=True, order=True):
    """A ground that the law names."""

    law: str
    """`Schedule 12A` of the Local Government Act 1972, or `FOIA`; empty: another ground, which is not told."""
    number: int = 0
    """Of the paragraph, or of the section."""

    @property
    def words(self) -> str:
        """What the law says of it; empty for another ground."""
        return _WORDS.get(self.law, {}).get(self.number, "")


LAW_12A: Final = "Schedule 12A"
FOIA: Final = "FOIA"
_WORDS: Final[Mapping[str, Mapping[int, str]]] = {LAW_12A: SCHEDULE_12A, FOIA: FREEDOM_OF_INFORMATION}
ANOTHER: Final = Ground("")


def ground_of(label: str) -> Ground:
    """The ground that a label means. Of a label that somebody wrote otherwise, nothing is passed on."""
    if found := _PARAGRAPH.fullmatch(label.strip()):
        return Ground(LAW_12A, int(found[1]))
    found = _SECTION.fullmatch(label.strip())
    return Ground(FOIA, int(found[1])) if found and int(found[1]) in FREEDOM_OF_INFORMATION else ANOTHER


def month_of(when: str | None) -> str:
    """The month of a day, or the year, where no more is recorded; empty for what is no date."""
    found = _MONTH.match(when or "")
    return found[0] if found else ""
