"""What was promised when something was acknowledged, held against the file that is there afterwards."""

from __future__ import annotations

from pathlib import Path

from decisionlog.bootstrap import open_log
from tests.faults import checks
from tests.faults.workload import ask, facts_of, read_diary


def broken_promises(path: Path, *diaries: Path) -> list[str]:
    """What diaries say was recorded and the file does not have; and what is in the file in part."""
    found = checks.find_damage(path)
    if found:
        return found
    kept = checks.batches(path)
    for note in (note for diary in diaries for note in read_diary(diary)):
        if note["what"] == "recorded" and kept.get(note["batch"]) != (note["first"], note["last"]):
            found.append(f"{note['name']} was acknowledged and is not there")
        if note["what"] == "recorded" and note["last"] - note["first"] + 1 != len(facts_of(note["name"])):
            found.append(f"{note['name']} is there in part")
        if note["what"] == "refused":
            found.append(f"{note['name']} was refused: {note['sentence']}")
    return found


def ask_again(path: Path, diary: Path) -> list[str]:
    """Repeat the last request, of which nobody knows whether it was recorded; then bring the read models up."""
    tried = [note["name"] for note in read_diary(diary) if note["what"] == "tried"]
    acknowledged = {note["name"]: note for note in read_diary(diary) if note["what"] == "recorded"}
    found = []
    with open_log(path) as opened:
        for name in tried[-2:]:
            before = opened.log.head().size
            receipt, once_more = ask(opened, name), ask(opened, name)
            if not once_more.already or (once_more.first, once_more.last) != (receipt.first, receipt.last):
                found.append(f"{name} was recorded twice")
            if name in acknowledged and (receipt.already, receipt.batch) != (True, acknowledged[name]["batch"]):
                found.append(f"{name} was acknowledged and then recorded again")
            if receipt.last - receipt.first + 1 != len(facts_of(name)):
                found.append(f"{name} is there in part")
            if opened.log.head().size != (before if receipt.already else receipt.last):
                found.append(f"{name} was added to what it answered")
        opened.catch_up()
        size = opened.log.head().size
        if opened.log.root(size) != checks.root(checks.stored_bytes(path)):
            found.append("the root is not that of the bytes")
    return found
