from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest

from decisionlog.cli.main import COMMANDS, EXIT_CODES, main
from tests.cli.running import Terminal, in_a_shell, run

ROOT = click.Context(main, info_name="decisionlog", **main.context_settings)


def every_command(command=main, context=ROOT):
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        inner = click.Context(found, info_name=name, parent=context)
        yield inner
        if isinstance(found, click.Group):
            yield from every_command(found, inner)


@pytest.mark.parametrize("context", [*every_command()], ids=lambda context: context.command_path)
def test_every_command_says_what_it_does_and_shows_how(context):
    help_text = run(*context.command_path.split()[1:], "--help").stdout
    assert context.command.get_short_help_str(200) in " ".join(help_text.split())
    assert "For example:" in help_text
    assert f"  {context.command_path}" in help_text.partition("For example:")[2]


@pytest.mark.parametrize("command", ["", "who decided"])
def test_help_is_asked_for_in_short_as_well(command):
    assert in_a_shell(f"decisionlog {command} -h").stdout == in_a_shell(f"decisionlog {command} --help").stdout != ""


@pytest.mark.parametrize(("name", "entry"), [*COMMANDS.items()])
def test_the_table_says_the_same_as_the_command(name, entry):
    assert main.get_command(ROOT, name).get_short_help_str(200) == entry.summary


def test_help_shows_every_command_in_its_section():
    shown = run("--help").stdout
    for name, entry in COMMANDS.items():
        section = shown.partition(f"\n{entry.section}:\n")[2].partition("\n\n")[0]
        assert f"  {name} " in section
        assert entry.summary in " ".join(section.split())


def test_the_bare_program_shows_six_commands_and_an_example():
    shown = run().stdout
    assert shown.count("\n  decisionlog ") == 6
    assert "For example:  decisionlog who decided" in shown


def test_the_commands_and_the_example_that_the_bare_program_names_exist():
    for line in run().stdout.splitlines():
        if line.startswith("  decisionlog "):
            words = line.split()[1:3]
            run(*(word for word in words if word in {*COMMANDS, "decided"}), "--help")


def test_the_version_is_shown():
    assert run("--version").stdout == "decisionlog 0.1.0\n"


def test_the_exit_codes_are_a_page_of_help():
    lines = run("help", "exit-codes").stdout.splitlines()
    assert [line.split("  ", 1)[0].strip() for line in lines] == [str(code) for code in EXIT_CODES]
    assert "  the log is not sound" in lines[3]


def test_help_on_a_command_is_its_help():
    assert run("help", "import").stdout == run("import", "--help").stdout
    assert run("help").stdout == run("--help").stdout
    assert "_DECISIONLOG_COMPLETE=bash_source" in run("help", "completion").stdout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("improt",), "import"),
        (("help", "exit-code"), "exit-codes"),
        (("list", "decsions"), "decisions"),
        (("list", "decisions", "--statte", "taken"), "--state"),
        (("who", "decide", "X"), "decided"),
        (("rebuild", "registre"), "register"),
        (("schema", "decison.taken"), "decision.taken"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(typed, meant):
    said = run(*typed, code=2).stderr
    assert f"Did you mean '{meant}'?" in said
    assert said.splitlines()[-1].startswith("Try: decisionlog ")


def test_what_is_missing_is_named():
    assert run("list", code=2).stderr == "Missing argument 'KIND'.\nTry: decisionlog list --help\n"
    assert run("who", code=2).stderr == "Missing command.\nTry: decisionlog who --help\n"


def test_help_comes_within_twice_the_time_of_importing_click():
    def seconds(*words):
        """Of the processor, so that what else the computer does counts for less."""
        program = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
        _, program.returncode, used = os.wait4(program.pid, 0)
        assert program.returncode == 0
        return used.ru_utime + used.ru_stime

    pairs = [(seconds("-m", "decisionlog", "--help"), seconds("-c", "import click")) for _ in range(9)]
    ours, theirs = (min(times) for times in zip(*pairs, strict=True))
    assert ours < 2 * theirs


@pytest.mark.parametrize("words", [(), ("--help",), ("list", "--help"), ("import", "--help")])
def test_help_fits_a_terminal_of_twenty_columns(words):
    terminal = Terminal(*words, columns=20)
    assert terminal.ends() == 0
    lines = terminal.shown.partition("For example")[0].splitlines()
    assert len(lines) > 10
    long_words = [line for line in lines if len(line) > 20 and len(line.split()) > 2]
    assert [line for line in long_words if "decisionlog" not in line] == []


def test_shells_are_told_how_to_complete():
    shown = in_a_shell("decisionlog", _DECISIONLOG_COMPLETE="bash_source").stdout
    assert "_decisionlog_completion" in shown


@pytest.mark.parametrize(
    ("begun", "completed"),
    [("decisionlog lis", "list"), ("decisionlog list pro", "proposals"), ("decisionlog who d", "decided")],
)
def test_words_are_completed(begun, completed):
    count = str(len(begun.split()) - 1)
    shown = in_a_shell("decisionlog", _DECISIONLOG_COMPLETE="bash_complete", COMP_WORDS=begun, COMP_CWORD=count).stdout
    assert shown == f"plain,{completed}\n"
