"""An amount as people write it: `£450,000`, `450k`, `1.2 million`; read as pence."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from decisionlog.domain.money import SYMBOLS

_AMOUNT: Final = re.compile(
    r"(?P<symbol>[£€$]?)\s*(?P<digits>\d{1,3}(?:[,_ ]\d{3})+|\d+)(?P<part>\.\d+)?"
    r"\s*(?P<scale>k|thousand|m|million|bn|billion)?\s*(?P<currency>[A-Z]{3})?",
    re.IGNORECASE,
)
"""A comma stands before three digits or nowhere: what `1,2m` or `£45,00` means is not guessed."""
_CURRENCIES: Final = {symbol: currency for currency, symbol in SYMBOLS.items()}
_SCALES: Final = {
    "": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 10**9, "billion": 10**9,
}  # fmt: skip


def money(written: Any, currency: str = "GBP") -> dict[str, Any] | None:
    """`£450,000`, `450k`, `£1.2 million`, `450000.50 GBP` or a bare number of pounds, as {amount, currency} in pence.

    None, if it is no amount, or could be read in two ways.
    """
    found = _AMOUNT.fullmatch(str(written).strip()) if not isinstance(written, bool) else None
    if not found or (not found["scale"] and len(found["part"] or "") > len(".50")):
        return None
    number = re.sub(r"[,_ ]", "", found["digits"]) + (found["part"] or "")
    pence = Decimal(number) * _SCALES[(found["scale"] or "").lower()] * 100
    if pence != pence.to_integral_value():
        return None
    code = (found["currency"] or "").upper() or _CURRENCIES.get(found["symbol"], currency)
    return {"amount": int(pence), "currency": code}
