"""`serve`: the log over HTTP, for this computer alone and for reading only, unless told otherwise."""

from __future__ import annotations

import ipaddress
from contextlib import suppress

import click

from decisionlog.addresses import Place, Server
from decisionlog.cli.listening import listening_on
from decisionlog.cli.options import Reading, examples, finds
from decisionlog.cli.printing import say
from decisionlog.domain.refusals import BadInput, Unusable
from decisionlog.domain.text import visible

_PORT = 8000


@click.command(
    epilog=examples(
        "serve",
        "serve --write --port 8001",
        "serve --host 0.0.0.0 --behind-tls --public-url https://decisions.northmoor.example",
    )
)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=_PORT, show_default=True, help="0 takes any that is free."
)
@click.option("--write", "writes", is_flag=True, help="Record, too; whoever records needs a key.")
@click.option("--public-url", metavar="URL", help="What others call this service: https://decisions.northmoor.example.")
@click.option(
    "--allow-host",
    "hosts",
    metavar="NAME",
    multiple=True,
    help="Another name that requests may call it by. May be repeated.",
)
@click.option(
    "--behind-tls", is_flag=True, help="Listen for other computers: a web server with TLS stands in front of it."
)
@click.option(
    "--trust-proxy",
    "proxies",
    metavar="ADDRESS",
    multiple=True,
    help="A web server that is believed when it says for whom it asks.",
)
@click.option(
    "--limit",
    "rates",
    metavar="NAME=RATE",
    multiple=True,
    help="How often: reads, writes, wrong-keys; reads='600 per minute', writes=none. [default: none on this computer]",
)
@click.option(
    "--metrics", "is_metered", is_flag=True, help="Figures for Prometheus at /metrics, for whoever can reach it."
)
@click.option("--findings", "shows_findings", is_flag=True, help="Show on the pages what does not add up, too.")
@click.option(
    "--journal/--no-journal", "keeps_journal", default=True, help="Note each request on standard error, as JSON."
)
@click.option(
    "--unsafe-no-tls",
    is_flag=True,
    help="Read a log on another computer though that need not prove who it is: only where no other network lies between.",
)
@finds
def serve(
    reading: Reading,
    host: str,
    port: int,
    public_url: str | None,
    hosts: tuple[str, ...],
    proxies: tuple[str, ...],
    rates: tuple[str, ...],
    *,
    writes: bool,
    behind_tls: bool,
    is_metered: bool,
    shows_findings: bool,
    keeps_journal: bool,
    unsafe_no_tls: bool,
) -> None:
    """Answer over HTTP what the command line answers.

    It reads only, and listens on this computer alone, unless told otherwise. /v1/openapi.json describes the interface.
    Stop it with Ctrl-C.
    """
    from decisionlog.cli.opening import opened, place, settled
    from decisionlog.cli.witnessing.keeper import watched_by
    from decisionlog.settings import BUILT_IN
    from decisionlog.web.application import application
    from decisionlog.web.callers import PUBLIC
    from decisionlog.web.journal import Journal, take_over_logging
    from decisionlog.web.limits import Limits
    from decisionlog.web.logs import Logs
    from decisionlog.web.service import Service
    from decisionlog.web.serving import serve as answer_on

    require_safe(host, behind_tls=behind_tls)
    require_url(public_url)
    trusted = frozenset(map(proxy, proxies))
    require_name(public_url, hosts, behind_tls=behind_tls)
    limits, settings = Limits(rates_of(rates, beyond=behind_tls)), settled(reading.run, reading.log)
    where = place(reading.run, reading.log)
    require_guarded(where, unsafe=unsafe_no_tls)
    with opened(where) as found:  # what is wrong with the log is told here, and not to whoever asks first
        origin = found.log.identity.origin or ""
        if writes and getattr(found.log.recorder, "read_only", False):
            msg = f"{found.log.recorder.place} can only be read here: reading works, recording does not. Nothing was started."
            raise Unusable(msg)
    service = Service(
        Logs(where),
        writes,
        anonymous=PUBLIC,  # whoever sends no key, from wherever: a proxy that was forgotten publishes nothing
        public_url=(public_url or "").rstrip("/"),
        hosts=names(host, public_url or "", hosts),
        proxies=trusted,
        limits=limits,
        rules=settings.rules.value or BUILT_IN,
        contact=settings.contact.value or "",
        watch=watched_by(reading),
        journal=Journal() if keeps_journal else None,
        findings=shows_findings,
        is_metered=is_metered,
    )
    take_over_logging(Journal())
    with listening_on(host, port) as listening:
        address = f"http://{host if ':' not in host else f'[{host}]'}:{listening.getsockname()[1]}"
        does = "answers and records" if writes else "answers"
        say(
            f"The log {visible(origin)} {does} on {address}. Open that in a browser to read its register. Stop it with Ctrl-C."
        )
        with suppress(KeyboardInterrupt):
            answer_on(application(service), listening)
    say("Stopped.")


def require_guarded(where: Place, *, unsafe: bool) -> None:
    """Raise `BadInput` where words would cross a network to a server that need not prove who it is."""
    if isinstance(where, Server) and where.is_unguarded and not unsafe:
        msg = (
            f"The words of {where} would cross a network, and its server need not prove who it is. Add sslmode=verify-full to the "
            "address, or say --unsafe-no-tls where no other network lies between. Nothing was started."
        )
        raise BadInput(msg)


def proxy(written: str) -> str:
    """The address of a web server, or its network, as it is compared. Raises `BadInput` for what is neither."""
    from ipaddress import ip_address, ip_network

    try:
        return str(ip_network(written)) if "/" in written else str(ip_address(written))
    except ValueError:
        msg = (
            f"--trust-proxy '{written[:80]}' is neither an address nor a network: 127.0.0.1, 10.0.0.0/8, 2001:db8::/32."
        )
        raise BadInput(msg) from None


def require_safe(host: str, *, behind_tls: bool) -> None:
    """Refuse to listen for other computers in clear. Raises `BadInput`."""
    if behind_tls or _is_here(host):
        return
    msg = (
        f"{visible(host)} can be reached from other computers, and what this serves is not encrypted. Put a web server with "
        "TLS in front of it and say so with --behind-tls, or leave --host out. Nothing was started."
    )
    raise BadInput(msg)


def require_url(url: str | None) -> None:
    """Refuse what is no address that others could call. Raises `BadInput`."""
    from urllib.parse import urlsplit

    try:
        found = urlsplit(url or "https://localhost")
        sound = (
            found.scheme in {"http", "https"}
            and found.hostname
            and not (found.query or found.fragment or found.username)
        )
    except ValueError:
        sound = False
    if not sound:
        raise BadInput(f"--public-url '{visible(url or '')}' is no address; write https://decisions.northmoor.example.")


def require_name(url: str | None, hosts: tuple[str, ...], *, behind_tls: bool) -> None:
    """Refuse to listen for others under no name of its own: every request would be sent away. Raises `BadInput`."""
    if behind_tls and not url and not hosts:
        raise BadInput(
            "By what name do others call this service? Say it with --public-url https://decisions.northmoor.example, or "
            "--allow-host; a request that names another is sent away. Nothing was started."
        )


def rates_of(written: tuple[str, ...], *, beyond: bool) -> dict[str, str]:
    """How often each may ask: as usual where others can reach the service, and as it is written. Raises `BadInput`."""
    from decisionlog.web.limits import USUAL, rate_of

    rates = dict(USUAL) if beyond else {"wrong-keys": USUAL["wrong-keys"]}
    for one in written:
        name, equals, rate = one.partition("=")
        if not equals:
            raise BadInput(f"--limit '{visible(one)}' names no rate; write --limit reads='600 per minute'.")
        rate_of(name.strip(), rate)
        rates[name.strip()] = rate
    return rates


def names(host: str, public_url: str, more: tuple[str, ...]) -> frozenset[str]:
    """The names by which requests may call the service."""
    from urllib.parse import urlsplit

    public = urlsplit(public_url).hostname
    return frozenset(name.lower() for name in ("localhost", "127.0.0.1", "::1", host, public or "", *more) if name)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
