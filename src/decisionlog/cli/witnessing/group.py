"""`witness`: have partners confirm what the log holds, and confirm it for theirs."""

from __future__ import annotations

from importlib import import_module
from typing import Final, NamedTuple

import click

from decisionlog.cli.options import examples


class _Entry(NamedTuple):
    section: str
    place: str
    summary: str


_COMMANDS: Final = {
    "init": _Entry("As a partner, for the log of others", "partner:init", "Become a witness: make a key in a folder."),
    "trust": _Entry("As a partner, for the log of others", "partner:trust", "Look after a log, by its key."),
    "cosign": _Entry(
        "As a partner, for the log of others", "partner:cosign", "Cosign a checkpoint that came by e-mail."
    ),
    "serve": _Entry("As a partner, for the log of others", "serving:serve", "Cosign checkpoints that come over HTTP."),
    "show": _Entry("As a partner, for the log of others", "partner:show", "What this witness has cosigned."),
    "add": _Entry("For your own log", "keeper:add", "Take in cosignatures that came back by e-mail."),
    "send": _Entry("For your own log", "keeper:send", "Ask every witness of the policy that has an address."),
}
"""Every command of the group: its section, where it is, and what it does in one line."""


class _Group(click.Group):
    """The commands of the table, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks so
        """The names, in the order of the table."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click asks so
        """The command of that name."""
        entry = _COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.place.partition(":")
        command = getattr(import_module(f"decisionlog.cli.witnessing.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click asks so
        """The table, section by section."""
        widest = max(map(len, _COMMANDS))
        for section in dict.fromkeys(entry.section for entry in _COMMANDS.values()):
            entries = [(name, entry) for name, entry in _COMMANDS.items() if entry.section == section]
            with formatter.section(section):
                formatter.write_dl([(name.ljust(widest), entry.summary) for name, entry in entries])


@click.group(
    cls=_Group,
    no_args_is_help=False,
    epilog=examples(
        "witness init --name icb.example/witness",
        "checkpoint --for-witness -o request.txt",
        "witness cosign request.txt",
        "witness add request.txt.cosigned",
    ),
)
def witness() -> None:
    """Have partners confirm what the log holds, and confirm it for theirs.

    A witness is a partner with a key of its own. It cosigns a checkpoint of a log only if that continues the last one
    that it cosigned. So nobody can change, take out or fork what was recorded without a partner noticing, not even
    whoever keeps the log. Only a checkpoint travels: a name, a number and a hash, and nothing of what was recorded.
    """
