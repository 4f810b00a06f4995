"""`witness serve`: cosign checkpoints that come over HTTP."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from decisionlog.cli.listening import listening_on
from decisionlog.cli.opening import now
from decisionlog.cli.options import Reading, examples, tells
from decisionlog.cli.printing import note, say
from decisionlog.cli.witnessing.partner import folder_option, told
from decisionlog.domain.refusals import DecisionlogError
from decisionlog.domain.text import visible

if TYPE_CHECKING:
    from decisionlog.audit.witness import Witness
    from decisionlog.audit.witnessing import Cosigned, Refused

_PORT = 8642


@click.command(epilog=examples("witness serve", "witness serve --port 8643 --folder icb-witness"))
@folder_option
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=_PORT, show_default=True, help="0 takes any that is free."
)
@tells
def serve(reading: Reading, folder: Path, host: str, port: int) -> None:
    """Cosign checkpoints that come over HTTP.

    It answers POST /add-checkpoint, as c2sp.org/tlog-witness has it, until it is stopped with Ctrl-C. For others to reach
    it, put a web server with TLS in front of it. Who asks need not be known: only what a trusted log has signed is
    cosigned. It may run beside `witness cosign` on the same folder.
    """
    from decisionlog.web.witness import application
    from decisionlog.web.witness import serve as answer_on

    reading.run.outcome = "Nothing was cosigned."
    with told(folder) as witness:
        witness.all_watched()
        name = witness.signer.key.name
    with listening_on(host, port) as listening:
        reading.run.outcome = ""
        address = f"http://{host if ':' not in host else f'[{host}]'}:{listening.getsockname()[1]}"
        say(f"The witness {visible(name)} listens on {address}. Stop it with Ctrl-C.")
        with suppress(KeyboardInterrupt):
            answer_on(application(lambda body: _answered(witness, folder, body)), listening)
    say("Stopped.")


def _answered(witness: Witness, folder: Path, body: bytes) -> Cosigned | Refused:
    """The answer of the witness, noted for whoever looks at the terminal."""
    from decisionlog.audit.witnessing import Cosigned

    try:
        with told(folder):
            found = witness.add_checkpoint(body, int(now().timestamp()))
    except DecisionlogError as fault:
        note(f"{now():%Y-%m-%d %H:%M:%S} UTC  {fault}")
        raise
    if isinstance(found, Cosigned):
        said = f"cosigned {found.checkpoint.size:,} facts of {found.checkpoint.origin}"
    else:
        origin = f" of {found.asked.checkpoint.origin}" if found.asked else ""
        said = f"refused a checkpoint{origin}: {found.reason}"
    note(visible(f"{now():%Y-%m-%d %H:%M:%S} UTC  {said}"))
    return found
