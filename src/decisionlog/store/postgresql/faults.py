"""Faults of the server, put in sentences that say what it means for the record, and the way out."""

from __future__ import annotations

from types import TracebackType
from typing import Final

import psycopg
from eventsourcing import persistence
from psycopg import errors

from decisionlog.addresses import Server
from decisionlog.domain.refusals import Conflict, Unusable

NOTHING_RECORDED: Final = "Nothing was recorded; what was recorded before is safe."
NOTHING_CHANGED: Final = "Nothing was changed."
_NOT_CERTAIN: Final = "Whether this was recorded is not certain; nothing was lost of what was recorded before."
_AGAIN: Final = "run the same command again (it is safe to repeat)"
_CLASSES_OF_TROUBLE: Final = ("08", "25", "53", "54", "55", "57", "58", "28", "42501", "XX")
"""Of SQLSTATE: connection, state of the transaction, resources, limits, locks, operator, system, sign-in, privilege."""


class in_plain_words:  # noqa: N801 - used as a function in `with`
    """Turn the faults of the server into refusals."""

    def __init__(self, server: Server, *, writing: bool) -> None:
        self._server = server
        self._writing = writing

    def __enter__(self) -> None:
        """Nothing is needed before."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault is None:
            return
        if isinstance(fault, (persistence.IntegrityError, psycopg.IntegrityError)):
            msg = f"Somebody else recorded in {self._server} at the same moment. Nothing was recorded; look, and run the command again."
            raise Conflict(msg) from fault
        kept = NOTHING_RECORDED if self._writing else NOTHING_CHANGED
        cause = fault.__cause__ if isinstance(fault, persistence.PersistenceError) else fault
        if is_trouble_of_the_store(cause):
            assert cause is not None, "no trouble is no fault"
            raise unusable(self._server, cause, kept) from fault


def is_trouble_of_the_store(fault: BaseException | None) -> bool:
    """Whether a fault says something of the server or the way to it, and nothing of what was asked."""
    if not isinstance(fault, psycopg.Error):
        return False
    if fault.sqlstate is None:  # the driver's own: of the way to the server, or of what it was given
        return isinstance(fault, (psycopg.OperationalError, psycopg.InterfaceError))
    return fault.sqlstate.startswith(_CLASSES_OF_TROUBLE)


def unusable(server: object, fault: BaseException, kept: str) -> Unusable:
    """What a fault of the server means, what became of what was asked (`kept`), and the way out."""
    match fault:
        case errors.LockNotAvailable():
            return Unusable(f"Another program is recording in {server}. {kept} Wait a little, then {_AGAIN}.")
        case errors.DiskFull():
            return Unusable(f"The disk of the server of {server} is full. {kept} Free some space, then {_AGAIN}.")
        case errors.ReadOnlySqlTransaction():
            return Unusable(f"{server} can only be read here: reading works, recording does not. {kept}")
        case errors.InsufficientPrivilege():
            return Unusable(f"{server} does not let this user do that ({_first_line(fault)}). {kept}")
        case errors.InvalidPassword() | errors.InvalidAuthorizationSpecification():
            return Unusable(f"{server} does not let this user in ({_first_line(fault)}). {kept}")
        case errors.InvalidCatalogName():
            return Unusable(
                f"There is no such database at {server} ({_first_line(fault)}). {kept} Make it first: createdb."
            )
        case _:
            return _unreachable(server, fault, kept)


def _unreachable(server: object, fault: BaseException, kept: str) -> Unusable:
    if isinstance(fault, psycopg.OperationalError) and "does not exist" in str(fault):
        return Unusable(
            f"The server of {server} has no such database or user ({_first_line(fault)}). Nothing was changed."
        )
    if isinstance(fault, psycopg.OperationalError) and kept == NOTHING_RECORDED:
        kept = _NOT_CERTAIN  # the answer to a commit may have been lost on the way back
    return Unusable(
        f"The server of {server} cannot be reached now ({_first_line(fault)}). {kept} Once it can, {_AGAIN}."
    )


def _first_line(fault: BaseException) -> str:
    said = str(fault).strip() or type(fault).__name__
    return said.partition("\n")[0].removesuffix(".")
