"""What may be wrong with one fact of a log, at whatever position, or with what lies beside it."""

from __future__ import annotations

from typing import Any

import orjson

from decisionlog.audit.verify import Tree, leaf_hash
from decisionlog.store.codec import canonical
from tests.audit.attacks import states


def flipped(file: Any, at: int) -> None:
    state = bytearray(file.execute("SELECT state FROM stored_events WHERE rowid = ?", (at,)).fetchone()[0])
    state[len(state) // 2] ^= 1
    file.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (bytes(state), at))


def taken_out(file: Any, at: int) -> None:
    file.execute("DELETE FROM stored_events WHERE rowid = ?", (at,))


def twenty_taken_out(file: Any, at: int) -> None:
    file.execute("DELETE FROM stored_events WHERE rowid >= ? AND rowid < ?", (at, at + 20))


def swapped(file: Any, at: int) -> None:
    for old, new in ((at, 1000), (at + 1, at), (1000, at + 1)):
        file.execute("UPDATE stored_events SET rowid = ? WHERE rowid = ?", (new, old))


def put_in(file: Any, at: int) -> None:
    for position in range(_last(file), at - 1, -1):
        file.execute("UPDATE stored_events SET rowid = rowid + 1 WHERE rowid = ?", (position,))
    file.execute(
        "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, nodes, state) "
        "SELECT ?, 'body:new', 1, topic, nodes, state FROM stored_events WHERE rowid = 6",
        (at,),
    )


def _last(file: Any) -> int:
    return int(file.execute("SELECT max(rowid) FROM stored_events").fetchone()[0])


def of_another_stream(file: Any, at: int) -> None:
    file.execute("UPDATE stored_events SET originator_id = 'body:other' WHERE rowid = ?", (at,))


def of_another_version(file: Any, at: int) -> None:
    file.execute("UPDATE stored_events SET originator_version = 70 WHERE rowid = ?", (at,))


def of_no_type(file: Any, at: int) -> None:
    file.execute("UPDATE stored_events SET topic = 'this:nothing' WHERE rowid = ?", (at,))


def no_bytes(file: Any, at: int) -> None:
    file.execute("UPDATE stored_events SET state = CAST(state AS TEXT) WHERE rowid = ?", (at,))


def another_leaf(file: Any, at: int) -> None:
    _with_nodes(file, at, 0)


def another_node(file: Any, at: int) -> None:
    _with_nodes(file, at, -1)


def a_node_more(file: Any, at: int) -> None:
    file.execute("UPDATE stored_events SET nodes = CAST(nodes || zeroblob(32) AS BLOB) WHERE rowid = ?", (at,))


def _with_nodes(file: Any, at: int, byte: int) -> None:
    nodes = bytearray(file.execute("SELECT nodes FROM stored_events WHERE rowid = ?", (at,)).fetchone()[0])
    nodes[byte] ^= 1
    file.execute("UPDATE stored_events SET nodes = ? WHERE rowid = ?", (bytes(nodes), at))


def other_words(file: Any, at: int) -> None:
    file.execute("UPDATE vault SET value = '\"other\"' WHERE position >= ? AND position < ? + 17", (at, at))


def no_words(file: Any, at: int) -> None:
    file.execute("DELETE FROM vault WHERE position = ?", (at,))


def more_words(file: Any, at: int) -> None:
    file.execute("INSERT INTO vault SELECT ?, 'x' || digest, salt, value FROM vault WHERE position = 3", (at,))


def words_between(file: Any, at: int) -> None:
    file.execute("INSERT INTO vault SELECT ? + 0.5, digest, salt, value FROM vault WHERE position = 3", (at,))


def words_said_to_be_erased(file: Any, at: int) -> None:
    file.execute("UPDATE vault SET salt = '', value = '\"erased under @7\"' WHERE position = ?", (at,))


def another_name(file: Any, at: int) -> None:
    file.execute("UPDATE streams SET stream = 'proposal:other' WHERE position = ?", (at,))


def no_name(file: Any, at: int) -> None:
    file.execute("DELETE FROM streams WHERE position = ?", (at,))


def one_name_more(file: Any, at: int) -> None:
    file.execute("INSERT INTO streams VALUES ('proposal:strange', '', 'proposal:P1', ?)", (at,))


def recorded_too_early(file: Any, at: int) -> None:
    """With every hash worked out again, as everything that follows."""
    _rewritten(file, at, lambda plain: plain | {"recorded_at": "2001-01-01T00:00:00.000000Z"})


def a_version_passed_over(file: Any, at: int) -> None:
    _rewritten(file, at, lambda plain: plain | {"n": plain["n"] + 50})


def a_version_again(file: Any, at: int) -> None:
    """In a table that lets one version be there twice."""
    columns = "originator_id TEXT, originator_version INTEGER, topic TEXT, nodes BLOB, state BLOB"
    file.execute(f"CREATE TABLE other (rowid INTEGER PRIMARY KEY AUTOINCREMENT, {columns})")
    file.execute(
        "INSERT INTO other SELECT rowid, originator_id, originator_version, topic, nodes, state FROM stored_events"
    )
    file.execute("DROP TABLE stored_events")
    file.execute("ALTER TABLE other RENAME TO stored_events")
    _rewritten(file, at, lambda plain: plain | {"stream": "proposal:P1", "n": 1})


def a_field_of_no_fact(file: Any, at: int) -> None:
    _rewritten(file, at, lambda plain: plain | {"zz": 1})


def data_that_is_a_list(file: Any, at: int) -> None:
    _rewritten(file, at, lambda plain: plain | {"data": []})


def a_version_that_is_true(file: Any, at: int) -> None:
    _rewritten(file, at, lambda plain: plain | {"n": plain["n"] == 1})


def _rewritten(file: Any, at: int, change: Any) -> None:
    """One fact with other bytes, its row as these say, and the whole tree as if it had been recorded so."""
    lines = states(file)
    lines[at - 1] = canonical(change(orjson.loads(lines[at - 1])))
    tree = Tree()
    for position, state in enumerate(lines, start=1):
        nodes = b"".join(tree.add(leaf_hash(state)))
        file.execute("UPDATE stored_events SET state = ?, nodes = ? WHERE rowid = ?", (state, nodes, position))
    plain = orjson.loads(lines[at - 1])
    file.execute(
        "UPDATE stored_events SET originator_id = ?, originator_version = ? WHERE rowid = ?",
        (plain["stream"], int(plain["n"]), at),
    )


DAMAGES = [
    flipped, taken_out, twenty_taken_out, swapped, put_in, of_another_stream, of_another_version, of_no_type, no_bytes,
    another_leaf, another_node, a_node_more, other_words, no_words, more_words, words_between, words_said_to_be_erased,
    another_name, no_name, one_name_more, recorded_too_early, a_version_passed_over, a_version_again,
    a_field_of_no_fact, data_that_is_a_list, a_version_that_is_true,
]  # fmt: skip
