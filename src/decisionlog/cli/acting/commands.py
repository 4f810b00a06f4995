"""The commands themselves: each is made from its row of the table when it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import click

from decisionlog.cli.acting.flags import FLAGS, field_of, option
from decisionlog.cli.acting.verbs import VERBS, Verb, types_of
from decisionlog.cli.acting.written import Options, Written, named_fact, needed_flags
from decisionlog.cli.checking import complete_rules
from decisionlog.cli.options import Recording, complete_reference, examples, records
from decisionlog.domain.text import has_half_a_character

_REFERENCE: Final = click.argument("ref", shell_complete=complete_reference)
_FURTHER: Final = {
    "condition": click.argument("further", metavar="CONDITION"),
    "changes": click.argument("further", metavar="FIELD=NOW...", nargs=-1, required=True),
    "proposals": click.argument("further", metavar="[PROPOSAL]...", nargs=-1, shell_complete=complete_reference),
    "rule": click.argument("further", metavar="RULE", shell_complete=complete_rules),
}
_NAMES: Final = {"ref": "REF", "further": "What follows REF", "sets": "--set"}
_FACT: Final = click.option("--fact", metavar="@N", help="The fact that is meant, by its position.")
_WAS: Final = click.option("--was", metavar="VALUE", help="What must stand there now, or nothing is recorded.")
_CITING: Final = frozenset({"condition", "changes"})
_COMMON: Final = (
    click.option("--on", metavar="WHEN", help="When it happened: a day, a time, today, yesterday; else not recorded."),
    click.option("--set", "sets", metavar="FIELD=VALUE", multiple=True, help="Any other field, as JSON or text."),
    click.option("--again", is_flag=True, help="Record a second time what is recorded already."),
    click.option("--key", metavar="TEXT", help="Your own name for this request: the same key records only once."),
    click.option(
        "--if-size", metavar="N", type=click.IntRange(min=0), help="Only if the log has exactly so many facts."
    ),
    click.option("--contains-personal-data", is_flag=True, help="The words hold personal data, and are kept, sealed."),
)


def __getattr__(name: str) -> click.Command:
    """The command of a verb: `sign_off` of `sign-off`."""
    verb = name.replace("_", "-")
    if verb not in VERBS:
        raise AttributeError(name)
    return made(verb)


@cache
def made(name: str) -> click.Command:
    """The command of one row of the table."""
    return command_of(name, VERBS[name])


def command_of(name: str, verb: Verb) -> click.Command:
    """The command of a verb by that name."""

    def command(recording: Recording, **given: Any) -> None:
        from decisionlog.cli.acting.recording import act
        from decisionlog.cli.receipts import NOTHING

        recording.run.outcome = NOTHING
        _require_text(given)
        act(recording, _written(verb, given), _options(given), name)

    command.__doc__ = f"{verb.summary}\n\n{_described(verb)}"
    told = records(command)
    for parameter in reversed([*_arguments(verb), *_own(verb), *_COMMON]):
        told = parameter(told)
    made_of = _Opening if "" in verb.types else click.Command
    return click.command(name=name, cls=made_of, epilog=examples(*verb.examples))(told)


class _Opening(click.Command):
    """A command for something new, which has no reference yet: words that stand alone are told to which flag they go."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line. Raises a usage error, with the flag for words that were written without one."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as wrong:
            needs = needed_flags(VERBS[self.name or ""])
            if needs and "extra argument" in wrong.message:
                raise click.UsageError(f"{wrong.message.rstrip('.')}. Give the words with --{needs[0]}.", ctx) from None
            raise


def _require_text(given: Mapping[str, Any]) -> None:
    """Refuse bytes that are no text: the shell hands them on as halves of characters. Raises a usage error."""
    for name, value in given.items():
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and has_half_a_character(text):
                what = _NAMES.get(name) or f"--{name.removeprefix('flag_').replace('_', '-')}"
                msg = f"{what} contains half of a character (a lone surrogate); it is not valid text."
                raise click.UsageError(msg)


def _described(verb: Verb) -> str:
    asked = " or ".join(f"--{name}" for name in needed_flags(verb))
    needed = f"On a terminal, what is missing of {asked} is asked for." if asked else ""
    piped = (
        f" --{verb.prose} - reads the words from standard input; --edit opens an editor for them." if verb.prose else ""
    )
    return f"{verb.description} {needed}{piped}".strip()


def _arguments(verb: Verb) -> list[Callable[..., Any]]:
    reference = [] if "" in verb.types else [_REFERENCE]
    further = [_FURTHER[verb.further]] if verb.further else []
    return [*further, *reference] if verb.further == "rule" else [*reference, *further]


def _own(verb: Verb) -> list[Callable[..., Any]]:
    own = list(_ways(verb))
    for name in verb.flags.split():
        shapes = (field_of(FLAGS[name], type_name) for type_name in types_of(verb))
        own.append(option(name, FLAGS[name], next(shape for shape in shapes if shape)))
    if verb.further in _CITING or {"record.retracted", "finding.waiver_ended"} & {*verb.types.values()}:
        own.append(_FACT)
    own += [_WAS] if verb.further == "changes" else []
    if verb.prose:
        own.append(click.option("--edit", is_flag=True, help=f"Write --{verb.prose} in your editor."))
    return own


def _ways(verb: Verb) -> list[Callable[..., Any]]:
    if verb.chosen_by:
        words = ", ".join(verb.ways)
        return [
            click.option(f"--{verb.chosen_by}", "way", metavar="WORD", help=f"How it ended. One of: {words}."),
        ]
    return [
        click.option(f"--{way}", f"way_{way}", is_flag=True, help=f"Record {type_name} instead.")
        for way, type_name in verb.ways.items()
        if way not in verb.flags.split()
    ]


def _written(verb: Verb, given: dict[str, Any]) -> Written:
    further, chosen = given.get("further", ()), given.get("way")
    return Written(
        verb=verb,
        ref=given.get("ref", ""),
        further=(further,) if isinstance(further, str) else tuple(further),
        flags={name.replace("_", "-"): _texts(value) for name, value in _prefixed(given, "flag_")},
        ways=(chosen,) if chosen else tuple(name for name, _ in _prefixed(given, "way_")),
        sets=given["sets"],
    )


def _prefixed(given: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    """The options of one group that were given: not what click says of those that were not."""
    absent = (None, ()) if prefix == "flag_" else (False,)
    return [
        (name.removeprefix(prefix), value)
        for name, value in given.items()
        if name.startswith(prefix) and value not in absent
    ]


def _texts(value: Any) -> tuple[str, ...] | bool:
    return value if isinstance(value, (bool, tuple)) else (value,)


def _options(given: dict[str, Any]) -> Options:
    return Options(
        on=given["on"],
        fact=named_fact(given.get("fact")),
        was=given.get("was"),
        edit=given.get("edit", False),
        again=given["again"],
        key=given["key"],
        size=given["if_size"],
        personal_data=given["contains_personal_data"],
    )
