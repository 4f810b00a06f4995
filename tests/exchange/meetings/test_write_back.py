"""References that are put into a file: nothing else in it moves, and what cannot be done safely is not done."""

from __future__ import annotations

from pathlib import Path

import pytest

from decisionlog.exchange.meetings.files import read_sheet
from decisionlog.exchange.meetings.write_back import CannotWrite, with_refs, write_back

FILE = """\
# The Board in March.
meeting:
  body: northmoor-locality-board   # a forum
  on: 2026-03-12
items:
  - {item: 1, title: "Winter", decision: noted}
  - item: 2
    decisions:
      - maker: northmoor-cabinet
        outcome: noted   # only noted
      - { maker: northmoor-ft-board, outcome: approved }
    disagreement: {voluntary-alliance: no plan for carers}
    actions:
      - write to carers, soon
      - >-
        A long
        action.
"""
REFS = [
    (("meeting",), "", "NLB-2026-03-12"),
    (("items", 0, "decision"), "outcome", "NLB/25-26/001"),
    (("items", 1, "decisions", 0), "", "NLB/25-26/002"),
    (("items", 1, "decisions", 1), "", "NLB/25-26/003"),
    (("items", 1, "disagreement", "voluntary-alliance"), "grounds", "NLB/25-26/D01"),
    (("items", 1, "actions", 0), "what", "NLB/25-26/A01"),
    (("items", 1, "actions", 1), "what", "NLB/25-26/A: 2"),
]
WRITTEN = """\
# The Board in March.
meeting:
  ref: NLB-2026-03-12
  body: northmoor-locality-board   # a forum
  on: 2026-03-12
items:
  - {item: 1, title: "Winter", decision: {ref: NLB/25-26/001, outcome: noted}}
  - item: 2
    decisions:
      - ref: NLB/25-26/002
        maker: northmoor-cabinet
        outcome: noted   # only noted
      - {ref: NLB/25-26/003,  maker: northmoor-ft-board, outcome: approved }
    disagreement: {voluntary-alliance: {ref: NLB/25-26/D01, grounds: no plan for carers}}
    actions:
      - {ref: NLB/25-26/A01, what: "write to carers, soon"}
      - {ref: "NLB/25-26/A: 2", what: "A long action."}
"""


def sheet(content, name="march.yaml"):
    path = Path(name)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheet(name, path.read_bytes(), path)


def test_only_the_references_are_added():
    assert with_refs(sheet(FILE), REFS).decode() == WRITTEN


def test_line_ends_and_a_byte_order_mark_stay_as_they_are():
    windows = b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode()
    assert with_refs(sheet(windows), REFS[:6]) == b"\xef\xbb\xbf" + WRITTEN.replace("\n", "\r\n").encode().replace(
        WRITTEN.replace("\n", "\r\n").encode()[WRITTEN.replace("\n", "\r\n").index('      - {ref: "NLB') :],
        FILE.replace("\n", "\r\n").encode()[FILE.replace("\n", "\r\n").index("      - >-") :],
    )


def test_minutes_after_front_matter_are_not_touched():
    markdown = f"---\n{FILE}---\n\nmeeting: words that look like a key\n"
    changed = with_refs(sheet(markdown, "march.md"), REFS).decode()
    assert changed == f"---\n{WRITTEN}---\n\nmeeting: words that look like a key\n"


def test_the_file_is_replaced_in_one_step_and_keeps_its_permissions():
    made = sheet(FILE)
    made.path.chmod(0o640)
    write_back(made, REFS)
    assert Path("march.yaml").read_text(encoding="utf-8") == WRITTEN
    assert Path("march.yaml").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in Path().iterdir()] == ["march.yaml"]


def test_a_link_is_followed_and_stays_a_link():
    sheet(FILE, "real.yaml")
    Path("march.yaml").symlink_to("real.yaml")
    write_back(read_sheet("march.yaml", FILE.encode(), Path("march.yaml")), REFS)
    assert Path("march.yaml").is_symlink()
    assert Path("real.yaml").read_text(encoding="utf-8") == WRITTEN


def test_a_file_that_was_changed_in_the_meantime_is_left_alone():
    made = sheet(FILE)
    Path("march.yaml").write_text("meeting: {}\n", encoding="utf-8")
    with pytest.raises(CannotWrite, match="changed in the meantime"):
        write_back(made, REFS)
    assert Path("march.yaml").read_text(encoding="utf-8") == "meeting: {}\n"


def test_a_file_that_is_gone_is_said():
    made = sheet(FILE)
    Path("march.yaml").unlink()
    with pytest.raises(CannotWrite, match="cannot be written"):
        write_back(made, REFS)


def test_what_would_change_anything_else_is_not_written():
    made = sheet("meeting: {body: b}\n? a\n: b\n")
    with pytest.raises(CannotWrite, match="cannot be added to safely"):
        with_refs(made, [(("a",), "outcome", "R1"), (("nowhere",), "", "R2")])


def test_standard_input_is_not_written_to():
    with pytest.raises(CannotWrite, match="standard input"):
        write_back(read_sheet("standard input", FILE.encode()), REFS)
