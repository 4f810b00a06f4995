"""After an erasure nothing of the words is in the raw bytes of the file, of the file written ahead, or of the index."""

from __future__ import annotations

import json
import random
from contextlib import closing
from pathlib import Path

import pytest

from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.domain.refusals import Unusable
from decisionlog.store import sqlite_file
from tests.scenario import BY, NOW, fact

_SUFFIXES = ("", "-wal", "-shm")


def raw(path: Path) -> bytes:
    """Every byte that lies there, in small letters: the index folds words."""
    files = (Path(f"{path}{suffix}") for suffix in _SUFFIXES)
    return b"".join(file.read_bytes() for file in files if file.exists()).lower()


def take_in(found, *plain):
    request = ImportFacts([json.dumps(one).encode() for one in plain], BY, NOW, may_erase=True, again=True)
    import_facts(found.log, request, followed=True)
    found.models.catch_up()


def erased(number: int) -> dict:
    stream = f"person:p{number}"
    return {**fact("record.value_erased", stream, paths=["/name"]), "of": {"stream": stream, "n": 1}}


@pytest.fixture
def names():
    """Names of very different lengths, some of which go over many pages."""
    chance = random.Random(7)  # noqa: S311 - the same on every run
    return [
        f"zq{number}x{chance.randrange(10**9)} {'lorem ' * chance.choice([0, 3, 30])}".strip() for number in range(120)
    ]


@pytest.fixture
def found(tmp_path, names):
    """A log with these names, recorded in several batches, and read."""
    with make_log(tmp_path / "decisionlog.db", Begin("Northmoor", "northmoor.example/decisions", BY, NOW)) as made:
        for start in range(0, len(names), 20):
            some = enumerate(names[start : start + 20], start)
            take_in(made, *(fact("person.registered", f"person:p{number}", name=name) for number, name in some))
        yield made


def marked(names, numbers, held: bytes) -> list[int]:
    """Of which of these names anything is in these bytes: the first word is like no other."""
    return [number for number in numbers if names[number].split()[0].encode() in held]


def test_nothing_of_the_words_remains_and_all_others_are_there(found, names):
    path = found.log.recorder.path
    gone = list(range(0, len(names), 3))
    stay = [number for number in range(len(names)) if number not in gone]
    take_in(found, *map(erased, gone))
    found.catch_up()
    assert not found.is_unclean()
    assert marked(names, gone, raw(path)) == []
    assert marked(names, stay, raw(path)) == stay


def test_before_it_is_cleaned_words_are_there(found, names):
    """The twin: without cleaning, the search above finds something."""
    gone = list(range(0, len(names), 3))
    take_in(found, *map(erased, gone))
    assert found.is_unclean()
    assert marked(names, gone, raw(found.log.recorder.path))


def test_without_writing_the_index_anew_words_stay_in_it(found, names):
    """The twin: an index that only marks a row as deleted keeps its words in clear."""
    take_in(found, *map(erased, range(0, len(names), 3)))
    found.log.recorder.clean()
    assert marked(names, range(0, len(names), 3), raw(found.log.recorder.path))


def test_somebody_who_reads_meanwhile_is_not_disturbed_and_it_is_cleaned_afterwards(found, names):
    path = found.log.recorder.path
    reader = sqlite_file.connect(sqlite_file.uri(path, read_only=False))
    with closing(reader):
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM vault").fetchone()
        take_in(found, erased(0))
        with pytest.raises(Unusable, match="Another program is reading"):
            found.clean(patient=False)
        found.catch_up()
        assert found.is_unclean()
        assert reader.execute("SELECT count(*) FROM vault").fetchone() == (len(names),)
    found.catch_up()
    assert not found.is_unclean()
    assert marked(names, [0], raw(path)) == []


def test_the_next_command_finishes_what_was_cut_short(found, names):
    path = found.log.recorder.path
    take_in(found, erased(5))
    found.close()
    with open_log(path) as again:
        assert again.is_unclean()
        again.catch_up()
        assert not again.is_unclean()
        assert marked(names, [5], raw(path)) == []


def test_positions_and_root_and_rows_are_what_they_were(found, names):
    take_in(found, erased(5))
    log = found.log
    size, root, lines = log.size(), log.root(log.size()), list(log.lines())
    found.catch_up()
    assert (log.size(), log.root(size), list(log.lines())) == (size, root, lines)
    take_in(found, fact("person.registered", "person:new", name="Bo Reed"))
    assert log.size() == size + 1
