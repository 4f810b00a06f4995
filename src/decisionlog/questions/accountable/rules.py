"""The table of legal bases in use: the one of the program, or a file of the user's own."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from msgspec.structs import replace

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.authority.table import BadTable, Table, table_of
from decisionlog.domain.refusals import BadInput
from decisionlog.settings import BUILT_IN


@lru_cache(maxsize=4)
def table_in(rules: str = BUILT_IN) -> Table:
    """The table that the setting `rules` names. Raises `BadInput` for a file that cannot be used, with what is wrong in it."""
    try:
        if rules == BUILT_IN:
            written = files("decisionlog.domain.authority").joinpath("legal_bases.toml").read_text(encoding="utf-8")
            return table_of(written, "the built-in table")
        return table_of(Path(rules).expanduser().read_text(encoding="utf-8"), rules)
    except FileNotFoundError:
        msg = _not_there(rules)
    except (OSError, UnicodeDecodeError, RuntimeError) as wrong:
        msg = f"{rules}, which the setting `rules` names, cannot be read ({wrong})."
    except BadTable as wrong:
        msg = f"{wrong} The setting `rules` names this table; `decisionlog config` says where that is set."
    raise BadInput(msg)


def require_there(rules: str) -> None:
    """Refuse a table that the setting `rules` names and that is no file, whatever is asked. Raises `BadInput`."""
    if rules != BUILT_IN and not Path(rules).expanduser().is_file():
        raise BadInput(_not_there(rules))


def _not_there(rules: str) -> str:
    return f"There is no file {rules}, which the setting `rules` names; `decisionlog config` says where that is set."


def resting_on_the_table(basis: Basis, table: Table) -> Basis:
    """What an answer rests on, with the table of legal bases named among its rules."""
    return replace(basis, rules=f"{basis.rules}, legal bases {table.version}")
