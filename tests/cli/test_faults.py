from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import click
import pytest

from decisionlog import bootstrap
from decisionlog.__main__ import INTERRUPTED
from decisionlog.__main__ import run as begin
from decisionlog.addresses import BadAddress
from decisionlog.cli import faults, keeping
from decisionlog.cli.main import EXIT_CODES
from decisionlog.domain import refusals
from decisionlog.settings import BadSetting
from decisionlog.store import sqlite_file
from decisionlog.store.sqlite_file import NOTHING_RECORDED, engine, unusable
from tests.cli.running import PROGRAM, answer, in_a_shell, new_log, northmoor, run


def stopped_by(fault, monkeypatch, *words, code=None):
    """What `status` says when this stops it."""

    def stop(**_):
        raise fault

    monkeypatch.setattr(keeping.status, "callback", stop)
    return run("status", *words, code=code or faults.FAMILIES.get(type(fault), 1))


def test_every_family_of_refusals_has_its_exit_code():
    families = set(refusals.DecisionlogError.__subclasses__())
    assert faults.FAMILIES.keys() == families | {BadSetting, BadAddress}
    assert {name.__name__: code for name, code in faults.FAMILIES.items()} == {
        "Refusal": 1,
        "BadInput": 2,
        "BadSetting": 2,
        "BadAddress": 2,
        "NotSound": 3,
        "Forbidden": 4,
        "Conflict": 5,
        "Unusable": 6,
        "NotFound": 7,
    }
    assert set(faults.FAMILIES.values()) | {0, 8, faults.INTERRUPTED} == EXIT_CODES.keys()


@pytest.mark.parametrize("family", faults.FAMILIES)
def test_a_refusal_is_one_sentence_and_a_code(family, monkeypatch):
    result = stopped_by(family("The council is asleep."), monkeypatch)
    assert (result.stdout, result.stderr) == ("", "The council is asleep.\n")


@pytest.mark.parametrize(("family", "kind"), [(refusals.NotFound, "not-found"), (BadSetting, "bad-setting")])
@pytest.mark.parametrize("flag", [("--json",), ("--format", "json"), ("--format=jsonl",)])
def test_a_program_gets_the_refusal_as_json(family, kind, flag, monkeypatch):
    result = stopped_by(family("The council is asleep."), monkeypatch, *flag)
    assert json.loads(result.stdout) == {
        "error": {"kind": kind, "sentence": "The council is asleep.", "mistakes": []},
        "recorded": False,
    }
    assert result.stderr == "The council is asleep.\n"


def test_a_program_is_not_told_that_nothing_was_recorded_where_that_is_not_certain(monkeypatch):
    fault = engine.OperationalError("disk I/O error")
    fault.sqlite_errorname = "SQLITE_IOERR_FSYNC"
    result = stopped_by(unusable(Path("log.db"), fault, NOTHING_RECORDED), monkeypatch, "--json")
    assert json.loads(result.stdout)["recorded"] is None
    assert "Whether this was recorded is not certain" in result.stderr


def test_a_program_gets_mistakes_in_the_command_line_as_json_too():
    result = run("lsit", "--json", code=2)
    assert json.loads(result.stdout)["error"]["kind"] == "command-line"


def test_what_a_terminal_would_obey_is_shown_instead(monkeypatch):
    result = stopped_by(refusals.NotFound("\x1b]0;owned\x07 \u202enothing"), monkeypatch)
    assert result.stderr == "\\x1b]0;owned\\x07 \\u202enothing\n"


def test_the_unexpected_is_one_sentence_and_a_report_that_only_its_owner_reads(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = stopped_by(ZeroDivisionError("a secret of p-014"), monkeypatch)
    (report,) = tmp_path.glob("decisionlog-report-*.txt")
    assert result.stderr.startswith("Something unexpected stopped decisionlog (ZeroDivisionError). A report is in ")
    assert str(report) in result.stderr
    assert "secret" not in result.output
    assert "Traceback" not in result.output
    text = report.read_text(encoding="utf-8")
    assert "decisionlog 0.1.0, Python 3." in text
    assert "ZeroDivisionError: a secret of p-014" in text
    assert report.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("words", [("status", "--debug"), ("--debug", "status")])
def test_debug_shows_the_traceback_of_the_unexpected(words, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(keeping.status, "callback", lambda *_, **__: 1 // 0)
    assert "Traceback (most recent call last)" in run(*words, code=1).stderr


@pytest.mark.parametrize(
    ("number", "said", "code"),
    [
        (errno.EACCES, "minutes.yaml cannot be used (Permission denied).", 6),
        (errno.EROFS, "minutes.yaml cannot be used (Read-only file system).", 6),
        (errno.EISDIR, "minutes.yaml cannot be used (Is a directory).", 2),
    ],
)
def test_what_the_system_says_of_a_file_is_told_with_its_name(number, said, code, monkeypatch):
    fault = OSError(number, os.strerror(number), "minutes.yaml")
    assert stopped_by(fault, monkeypatch, code=code).stderr == f"{said}\n"


def test_a_name_that_is_too_long_is_refused_and_nothing_is_made():
    for letters in (252, 300):  # the key beside it, or the log itself
        result = run("init", f"{'a' * letters}.db", "--name", "N", "--origin", "n.example", "--by", "clerk-1", code=2)
        assert result.stderr.endswith(" cannot be used (File name too long). Nothing was made.\n")
    assert list(Path().iterdir()) == []


def test_a_log_may_have_a_name_that_is_no_text():
    if os.fsencode(os.fsdecode(b"\xff")) != b"\xff":
        pytest.skip("here every name of a file is text")
    new_log("\udcff.db")
    run("propose", "--ref", "P/1", "--title", "Beds", "--on", "2026-03-12", "--by", "clerk-1", "--log", "\udcff.db")
    assert [item["ref"] for item in answer("list", "proposals", "--log", "\udcff.db")["items"]] == ["P/1"]


@pytest.mark.parametrize("command", ["import -", "record -", "check --what-if -", "init two.db --from -"])
def test_an_input_that_is_closed_is_empty(command):
    new_log()
    result = in_a_shell(f"decisionlog --by clerk-1 {command} <&-")
    assert result.returncode == 2
    assert "empty" in result.stderr or "holds no facts" in result.stderr


def test_a_folder_that_is_gone_is_told():
    result = in_a_shell("mkdir gone && cd gone && rmdir ../gone && decisionlog status")
    assert result.returncode == 2
    assert result.stderr == (
        "The folder that you are in cannot be used any longer (No such file or directory). "
        "Go to another one (cd) and try again.\n"
    )


def test_interrupted_while_it_is_loaded_it_ends_with_one_line(monkeypatch, capsys):
    class Interrupted:
        def find_spec(self, name, *_):
            if name == "decisionlog.cli.main":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "decisionlog.cli.main")
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        begin()
    assert ended.value.code == INTERRUPTED == faults.INTERRUPTED
    assert capsys.readouterr() == ("", "\nInterrupted.\n")


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_one_line(fault, monkeypatch):
    result = stopped_by(fault, monkeypatch, code=130)
    assert (result.stdout, result.stderr.strip()) == ("", "Interrupted.")


def test_ctrl_c_ends_following_with_130():
    northmoor()
    with subprocess.Popen([*PROGRAM, "log", "--follow"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout.readline().startswith(b"[1]")
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=20)
    assert (program.returncode, said.strip()) == (130, b"Interrupted.")


@pytest.mark.parametrize("command", ["list decisions", "log --json", "export jsonl"])
def test_a_reader_that_stops_early_is_no_fault(command):
    northmoor()
    ended = in_a_shell(f"decisionlog {command} | head -c 10 > /dev/null; exit ${{PIPESTATUS[0]}}")
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("command", ["list decisions", "export jsonl", "--help", "demo there"])
def test_output_that_cannot_be_written_is_told(command):
    northmoor()
    ended = in_a_shell(f"decisionlog {command} > /dev/full")
    assert (ended.returncode, ended.stderr) == (1, "The output could not be written (No space left on device).\n")


@pytest.mark.parametrize("command", ["list decisions", "export jsonl"])
def test_a_closed_output_is_no_fault(command):
    northmoor()
    ended = in_a_shell(f"decisionlog {command} >&-")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_output_that_is_lost_after_recording_says_what_was_recorded():
    new_log()
    Path("one.jsonl").write_text('{"type": "place.defined", "data": {"ref": "northmoor"}}\n', encoding="utf-8")
    ended = in_a_shell("decisionlog import one.jsonl --by clerk-1 > /dev/full")
    assert ended.returncode == 1
    assert ended.stderr.startswith(
        "The output could not be written (No space left on device). Recorded 1 fact (position 2)"
    )
    assert answer("log")["basis"]["position"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "run the same command again, which records nothing twice"),
        (("--again",), "look with `decisionlog log` before"),
    ],
)
@pytest.mark.parametrize(("fault", "code"), [(KeyboardInterrupt(), 130), (ZeroDivisionError(), 1)])
def test_an_import_that_was_stopped_says_how_to_be_sure(fault, code, words, said, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    new_log()
    Path("one.jsonl").write_text('{"type": "place.defined", "data": {"ref": "northmoor"}}\n', encoding="utf-8")

    def stop(*_):
        raise fault

    monkeypatch.setattr("decisionlog.commands.import_facts.import_facts", stop)
    assert (
        f"Whether it was recorded is not certain: {said}"
        in run("import", "one.jsonl", "--by", "clerk-1", *words, code=code).stderr
    )


def test_a_full_disk_says_that_nothing_was_recorded(tmp_path):
    if os.geteuid() or not Path("/proc/self/ns/mnt").exists():
        pytest.skip("a small disk can only be made by root")
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small], check=False, capture_output=True
    ).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        new_log(str(small / "log.db"))
        many = "".join(
            json.dumps({"type": "place.defined", "data": {"ref": f"p{n}", "name": "x" * 150}}) + "\n"
            for n in range(10_000)
        )
        Path("many.jsonl").write_text(many, encoding="utf-8")
        result = run("import", "many.jsonl", "--by", "clerk-1", "--log", str(small / "log.db"), code=6)
        assert result.stderr.startswith(f"The disk that holds {small / 'log.db'} is full. Nothing was recorded; ")
        assert result.stderr.count("othing was recorded") == 1
        assert answer("log", "--log", str(small / "log.db"))["basis"]["position"] == 1
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_log_that_another_program_writes_is_waited_for_and_then_told(monkeypatch):
    from decisionlog.store import sqlite, sqlite_file

    monkeypatch.setattr(sqlite, "LOCK_TIMEOUT", 1)
    new_log()
    place_file()
    other = sqlite_file.engine.connect("decisionlog.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    said = run("import", "one.jsonl", "--by", "clerk-1", code=6).stderr
    other.close()
    assert said.startswith("Another program is recording in decisionlog.db.")
    assert 1 <= time.monotonic() - started < 20
    run("import", "one.jsonl", "--by", "clerk-1")


def place_file():
    Path("one.jsonl").write_text('{"type": "place.defined", "data": {"ref": "northmoor"}}\n', encoding="utf-8")
    return "one.jsonl"


def test_what_others_record_while_a_command_begins_is_not_told_as_left_out(monkeypatch):
    new_log()
    file = place_file()
    catch_up = bootstrap.OpenLog.catch_up

    def after_others(self, progress=None):
        recorded = in_a_shell(f"decisionlog import {file} --by clerk-1")
        assert not recorded.returncode, recorded.stderr
        catch_up(self, progress)

    monkeypatch.setattr(bootstrap.OpenLog, "catch_up", after_others)
    told = run("check")
    assert "2 facts" in told.stdout
    assert not told.stderr


@pytest.mark.parametrize(("behind", "said"), [(1, "the last fact"), (2, "the last 2 facts")])
def test_where_read_models_cannot_be_caught_up_it_is_told_what_is_left_out(behind, said, monkeypatch):
    run("import", place_file(), "--by", "clerk-1", "--log", new_log())
    with closing(sqlite_file.engine.connect("decisionlog.db")) as rows, rows:
        rows.execute("UPDATE read_models SET position = position - ?", (behind,))
    monkeypatch.setattr(bootstrap.OpenLog, "catch_up", lambda *_: None)
    assert run("status").stderr == (
        f"Note: answers cover all but {said}: this log can only be read here, so it cannot be caught up.\n"
    )
