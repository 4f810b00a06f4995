"""Every file of transcripts/ is a session that must go as it is written; `pytest --approve` accepts a new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.transcript import normalise, parse, run, written

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


def replay(transcript: Path, *, approve: bool) -> tuple[str, str]:
    """What is expected and what is printed now; approving first makes the second the first."""
    folder = Path.cwd()
    now = normalise(written(run(parse(transcript.read_text(encoding="utf-8")), folder)), folder)
    if approve:
        transcript.write_text(now, encoding="utf-8")
    return normalise(written(parse(transcript.read_text(encoding="utf-8"))), folder), now


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_session_goes_as_it_is_written(transcript, approve):
    expected, now = replay(transcript, approve=approve)
    assert now == expected


def test_there_are_sessions():
    assert TRANSCRIPTS


def session(tmp_path, text):
    transcript = tmp_path / "session.txt"
    transcript.write_text(text, encoding="utf-8")
    return transcript


def test_a_session_has_commands_comments_output_and_exit_codes(tmp_path):
    text = (
        "# A file with a heading.\n$ printf '# Heading\\n\\nText\\n'\n# Heading\n\nText\n\n$ ls missing >&2 | false\n"
    )
    first, second = parse(text)
    assert first.comment == ["# A file with a heading."]
    assert first.output == ["# Heading", "", "Text"]
    assert second.command == ["ls missing >&2 | false"]


def test_a_session_that_goes_as_written_passes(tmp_path):
    text = (
        "$ cat > note.txt <<'END'\n> one\n> two\n> END\n\n# Both.\n$ tac note.txt\ntwo\none\n\n$ (exit 5)\n[exit 5]\n"
    )
    expected, now = replay(session(tmp_path, text), approve=False)
    assert now == expected == text


@pytest.mark.parametrize(
    "wrong",
    ["$ echo one\ntwo\n", "$ echo one\n", "$ true\n[exit 1]\n", "$ false\n", "$ echo one\none\n\nmore\n"],
    ids=["other output", "no output expected", "an exit code expected", "an exit code not expected", "more expected"],
)
def test_a_session_that_goes_otherwise_fails_until_it_is_approved(tmp_path, wrong):
    transcript = session(tmp_path, wrong)
    expected, now = replay(transcript, approve=False)
    assert now != expected
    expected, now = replay(transcript, approve=True)
    assert now == expected


def test_a_session_keeps_its_folder_and_variables(tmp_path):
    text = "$ mkdir inner && cd inner && name=place\n\n$ echo $name in $PWD\nplace in <here>/inner\n"
    expected, now = replay(session(tmp_path, text), approve=False)
    assert now == expected == text


def test_a_session_that_ends_early_says_where(tmp_path):
    with pytest.raises(RuntimeError, match="stopped at: exit 3"):
        replay(session(tmp_path, "$ echo one\none\n\n$ exit 3\n\n$ echo two\n"), approve=False)


def test_what_is_printed_before_the_first_command_is_a_mistake():
    with pytest.raises(ValueError, match="before the first command: Hello"):
        parse("Hello\n$ true\n")


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("batch 01JDCZ5N7Q8W9XKTRB2M4VHGPA.", "batch <batch>."),
        ("root lWSzCu0_YqZp8nE3rV7kJ2hT5mB9xG4dF1aC6oU8iQs", "root <hash>"),
        ("root CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "root <hash>"),
        ("a.example/b+2f331cb4+AVsIQtjx2e0Av60rvwtNfsdtxw46sDtjAC2ai3ioXljJ", "a.example/b+<key>"),
        ("bgSGEamFGihygQxMCzAzPaygJJmNgaguXXhmRasBeoA=", "<hash>"),
        (f"— a.example/b {'Az3grlgtzPIC' * 7}MTOAYQ8=", "— a.example/b <signature>"),
        ("log-7a5ea94aa5dc3507.request", "log-<hash>.request"),
        ("sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "sha256 <hash>"),
        ("recorded 2026-03-12T10:11:12.123456Z", "recorded <time>"),
        ("in 3 ms, in 0.25 s", "in <duration>, in <duration>"),
        ("meeting:northmoor-locality-board-2026-03-12-item-4", "meeting:northmoor-locality-board-2026-03-12-item-4"),
        ("Recorded later, 1,279 days later, by clerk-1.", "Recorded later, <days> later, by clerk-1."),
        ("on 2026-03-12, 4 of 12 facts", "on 2026-03-12, 4 of 12 facts"),
    ],
)
def test_what_differs_from_run_to_run_is_named(printed, shown):
    assert normalise(printed) == shown
