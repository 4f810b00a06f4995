"""The roles that a log on a server has."""

from __future__ import annotations

from decisionlog.addresses import Server
from decisionlog.store.postgresql.connecting import connected
from decisionlog.store.postgresql.role_names import Roles, roles_of


def roles_at(place: Server) -> Roles | None:
    """The roles of the log there; none, where they were not made."""
    with connected(place, as_role=False) as connection:
        return roles_of(connection, place.schema)
