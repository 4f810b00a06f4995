"""Kinds of organisation as one says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.domain.vocabulary import OrganisationKind

_CODES: Final = frozenset(OrganisationKind.__args__)  # type: ignore[attr-defined]
_KINDS: Final[Mapping[str, str]] = {
    "icb": "integrated care board",
    "nhs-trust": "NHS trust",
    "foundation-trust": "NHS foundation trust",
    "nhs-england": "national NHS body",
    "ccg": "clinical commissioning group",
    "upper-tier-la": "upper-tier council",
    "district": "district council",
    "gp-provider": "provider of general practice",
    "pcn": "primary care network",
    "vcse": "voluntary, community or social enterprise",
    "healthwatch": "local Healthwatch",
    "housing": "provider of housing",
    "police": "police body",
    "fire": "fire authority",
    "education": "provider of education",
    "government": "department or agency of government",
    "other": "organisation of another kind",
}
"""Kinds as one says them, where their code does not."""


def kind_of_organisation(code: str) -> str:
    """A kind of organisation in words: `foundation-trust` is an `NHS foundation trust`."""
    return _KINDS.get(code, code.replace("-", " "))


def article_before(noun: str) -> str:
    """`a` fund, `an` agreement, `an` NHS trust."""
    return "an" if noun[0] in "aeiou" or noun.startswith("NHS") else "a"


def is_kind_of_organisation(code: str) -> bool:
    """Whether a word is the code of a kind of organisation."""
    return code in _CODES
