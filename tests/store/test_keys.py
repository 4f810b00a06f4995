"""The digests of keys lie beside the log, on every store."""

from __future__ import annotations

from decisionlog.store.batch import StoredKey
from decisionlog.store.transfer import export_lines, export_openings

ONE = StoredKey("aaaaaaaaaa", "a tool", bytes(range(32)), "2026-06-01T09:30:00.000000Z")
OTHER = StoredKey("bbbbbbbbbb", "another", bytes(32), "2026-06-01T09:31:00.000000Z")


def put(log, *keys: StoredKey) -> None:
    with log.recorder.writing() as writer:
        for key in keys:
            writer.put_key(key)


def test_a_key_is_kept_until_it_is_dropped(log):
    put(log, OTHER, ONE)
    assert log.recorder.keys() == [ONE, OTHER]
    assert log.recorder.keys(["bbbbbbbbbb", "cccccccccc"]) == [OTHER]
    with log.recorder.writing() as writer:
        writer.drop_key("aaaaaaaaaa")
    assert log.recorder.keys() == [OTHER]


def test_the_same_key_again_takes_its_place(log):
    put(log, ONE)
    put(log, ONE._replace(last_used="2026-06-02T00:00:00.000000Z"))
    assert [key.last_used for key in log.recorder.keys(())] == ["2026-06-02T00:00:00.000000Z"]


def test_what_a_transaction_undoes_is_not_kept(log):
    try:
        with log.recorder.writing() as writer:
            writer.put_key(ONE)
            raise ValueError
    except ValueError:
        pass
    assert log.recorder.keys() == []


def test_no_export_carries_a_key(log):
    put(log, ONE)
    exported = b"".join((*export_lines(log), *export_openings(log, log.size())))
    assert ONE.id.encode() not in exported
