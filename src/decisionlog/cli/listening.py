"""A socket that a service of the program listens on."""

from __future__ import annotations

import socket

from decisionlog.domain.refusals import Unusable
from decisionlog.domain.text import visible

_WAITING = 512
"""Connections that may wait to be taken."""


def listening_on(host: str, port: int) -> socket.socket:
    """A socket that listens, on a port that is free where 0 is given. Raises `Unusable` where none can."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=_WAITING)
    except (OSError, UnicodeError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        msg = f"Nothing can listen on {visible(host)} port {port} ({reason}). Name another with --port or --host."
        raise Unusable(msg) from fault
    # Connections inherit it: else an answer in two pieces waits until the caller has acknowledged the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
