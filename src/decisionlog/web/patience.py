"""How long a service waits for a request to begin."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


def impatient(seconds: float) -> type[H11Protocol]:
    """The protocol of connections of which one is closed where no request has begun after so many seconds."""

    class Impatient(H11Protocol):
        """A connection on which no request has begun after a while is closed: its headers never end."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
            super().connection_made(transport)
            self.loop.call_later(seconds, lambda: self.cycle is None and transport.close())

    return Impatient
