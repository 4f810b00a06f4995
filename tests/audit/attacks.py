"""What somebody who can write the file may do to it, with every guard taken away."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson

from decisionlog.audit import keys, verify
from decisionlog.audit.checkpoints import text_of
from decisionlog.store.codec import canonical
from decisionlog.store.sqlite_file import engine

Attack = Callable[[Any], None]


def attacked(log: Path, copy: Path, attack: Attack) -> Path:
    """A copy of a log to which something was done."""
    shutil.copy(log, copy)
    with closing(engine.connect(str(copy), isolation_level=None)) as file:
        unguard(file)
        attack(file)
    return copy


def unguard(file: Any) -> None:
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f"DROP TRIGGER {name}")


def states(file: Any) -> list[bytes]:
    return [state for (state,) in file.execute("SELECT state FROM stored_events ORDER BY rowid")]


def rewrite(file: Any, facts: list[bytes]) -> None:
    """Put these facts in the place of all, as if they had been recorded so: rows, tree, names, and no checkpoint."""
    from decisionlog.store.codec import Line, decode
    from decisionlog.store.transfer import names_given

    for table in ("stored_events", "streams", "checkpoints", "requests"):
        file.execute(f"DELETE FROM {table}")
    file.execute("DELETE FROM vault WHERE position > ?", (len(facts),))
    tree = verify.Tree()
    for position, state in enumerate(facts, start=1):
        plain = orjson.loads(state)
        nodes = b"".join(tree.add(verify.leaf_hash(state)))
        file.execute(
            "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, nodes, state) VALUES (?,?,?,?,?,?)",
            (position, plain["stream"], plain["n"], plain["type"], nodes, state),
        )
        for name in names_given(decode(Line(position, plain["stream"], plain["n"], plain["type"], state))):
            file.execute("INSERT OR IGNORE INTO streams VALUES (?,?,?,?)", name)
    file.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'stored_events'", (len(facts),))


def one_bit_flipped(file: Any) -> None:
    state = bytearray(states(file)[4])
    state[len(state) // 2] ^= 1
    file.execute("UPDATE stored_events SET state = ? WHERE rowid = 5", (bytes(state),))


def another_stream(file: Any) -> None:
    file.execute("UPDATE stored_events SET originator_id = 'body:another' WHERE rowid = 5")


def two_rows_swapped(file: Any) -> None:
    for old, new in ((5, 1000), (6, 5), (1000, 6)):
        file.execute("UPDATE stored_events SET rowid = ? WHERE rowid = ?", (new, old))


def a_row_taken_out(file: Any) -> None:
    file.execute("DELETE FROM stored_events WHERE rowid = 5")


def a_row_put_in(file: Any) -> None:
    last = file.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
    for position in range(last, 4, -1):
        file.execute("UPDATE stored_events SET rowid = rowid + 1 WHERE rowid = ?", (position,))
    file.execute(
        "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, nodes, state) "
        "SELECT 5, 'body:new', 1, topic, nodes, state FROM stored_events WHERE rowid = 4"
    )


def the_end_cut_off(file: Any) -> None:
    file.execute("DELETE FROM stored_events WHERE rowid > (SELECT max(rowid) - 2 FROM stored_events)")


def the_end_cut_off_with_care(file: Any) -> None:
    rewrite(file, states(file)[:-2])


def a_fact_rewritten_with_all_hashes(file: Any) -> None:
    facts = states(file)
    plain = orjson.loads(facts[4])
    plain["recorded_by"] = "somebody-else"
    rewrite(file, [*facts[:4], canonical(plain), *facts[5:]])


def a_fact_left_out_with_all_hashes(file: Any) -> None:
    facts = states(file)
    rewrite(file, [*facts[:-2], facts[-1]])


def a_sealed_value_changed(file: Any) -> None:
    file.execute("UPDATE vault SET value = '\"other words\"' WHERE position = (SELECT min(position) FROM vault)")


def a_sealed_value_taken_out(file: Any) -> None:
    file.execute("DELETE FROM vault WHERE position = (SELECT min(position) FROM vault)")


def a_sealed_value_put_in(file: Any) -> None:
    file.execute("INSERT INTO vault SELECT 1, digest, salt, value FROM vault LIMIT 1")


def a_name_changed(file: Any) -> None:
    file.execute("UPDATE streams SET stream = 'proposal:another' WHERE position = (SELECT max(position) FROM streams)")


def a_name_taken_out(file: Any) -> None:
    file.execute("DELETE FROM streams WHERE position = (SELECT max(position) FROM streams)")


def a_type_that_names_a_module(file: Any) -> None:
    file.execute("UPDATE stored_events SET topic = 'this:nothing' WHERE rowid = 5")


def a_fact_that_is_no_blob(file: Any) -> None:
    file.execute("UPDATE stored_events SET state = CAST(state AS TEXT) WHERE rowid = 5")


def a_fact_of_twenty_megabytes(file: Any) -> None:
    file.execute("UPDATE stored_events SET state = zeroblob(20000000) WHERE rowid = 5")


def the_tree_changed(file: Any) -> None:
    nodes = bytearray(file.execute("SELECT nodes FROM stored_events WHERE rowid = 4").fetchone()[0])
    nodes[-1] ^= 1
    file.execute("UPDATE stored_events SET nodes = ? WHERE rowid = 4", (bytes(nodes),))


def a_checkpoint_of_another_history(file: Any) -> None:
    signer = keys.new_signer("northmoor.example/decisions")
    text = text_of(signer.key.name, 5, bytes(32))
    note = text + b"\n" + keys.signature_line(signer, text)
    file.execute("INSERT OR REPLACE INTO checkpoints VALUES (5, ?)", (note,))


def a_read_model_changed(file: Any) -> None:
    table = file.execute(
        "SELECT name FROM sqlite_master WHERE name LIKE 'register\\_v%' ESCAPE '\\' AND type = 'table'"
    ).fetchone()[0]
    file.execute(f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")


ATTACKS: list[Attack] = [
    one_bit_flipped,
    another_stream,
    two_rows_swapped,
    a_row_taken_out,
    a_row_put_in,
    the_end_cut_off,
    the_end_cut_off_with_care,
    a_fact_rewritten_with_all_hashes,
    a_fact_left_out_with_all_hashes,
    a_sealed_value_changed,
    a_sealed_value_taken_out,
    a_sealed_value_put_in,
    a_name_changed,
    a_name_taken_out,
    a_type_that_names_a_module,
    a_fact_that_is_no_blob,
    a_fact_of_twenty_megabytes,
    the_tree_changed,
    a_checkpoint_of_another_history,
    a_read_model_changed,
]
