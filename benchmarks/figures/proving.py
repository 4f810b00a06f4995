"""Proofs: a log verified from its raw bytes beside one pass of SHA-256 over them, proofs beside pymerkle, the tree beside none.

The pass reads the same bytes from the same file, row by row, and hashes them; ours does all that `verify` does besides, in
as many processes as there are processors, as the command does.
The log has its facts and what lies beside them, and no read models: nothing of `verify` reads those. Proofs are made from
the stored nodes at full size; pymerkle holds its 20,000 leaves in memory. Appending without the tree is our own append
with the hashing of leaves and nodes taken out; everything else is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from unittest.mock import patch

from pymerkle import InmemoryTree, verify_inclusion

from benchmarks.figure import Figure
from benchmarks.logs import AT_ONCE, BY, Logs, new_log, settle_the_disk
from benchmarks.partnership import plain_facts
from benchmarks.timing import Act, Timed, interleaved
from decisionlog.audit.crew import processors
from decisionlog.audit.examining import examine
from decisionlog.audit.proofs import inclusion
from decisionlog.audit.verify import leaf_hash, root_by_inclusion
from decisionlog.bootstrap import OpenLog, open_log
from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.store.raw import RawLog
from decisionlog.store.sqlite_file import connect, uri

_THEIRS = 20_000


def verified(logs: Logs, size: int = 1_000_000, rounds: int = 1) -> Iterator[Figure]:
    """The whole log, and what is new in it after a checkpoint that was verified before."""
    with logs.scratch() as folder:
        path = _filled(folder / "proved.db", size)
        with open_log(path) as opened:
            before = size - size // 100
            root = opened.log.root(before)
        jobs = processors()
        ours, alone, theirs, since = Timed(), Timed(), Timed(), Timed()
        for _ in range(rounds):
            theirs.measure([partial(_hashed, path)])
            ours.measure([partial(_examined, path, jobs=jobs)])
            alone.measure([partial(_examined, path)])
            since.measure([partial(_examined, path, jobs=jobs, after=before, root_then=root)])
    n = f"{rounds} round{'s' * (rounds > 1)} of {size:,} facts, {jobs} processes"
    details = (
        f"verify, {jobs} processes  {ours.told_as_rate(size)}",
        f"verify, 1 process    {alone.told_as_rate(size)}: {median(alone.rounds) / median(theirs.rounds):.1f} times as long",
        f"SHA-256 alone        {theirs.told_as_rate(size)}",
    )
    yield Figure("verify", median(ours.rounds) / median(theirs.rounds), n, details, at_most=5.0)
    details = (
        f"the last {size - before:,} facts   {since.told_as_time()}",
        f"all of them           {ours.told_as_time()}",
    )
    yield Figure("verify-since", median(since.rounds) / median(ours.rounds), n, details, at_most=0.05)


def proved(logs: Logs, size: int = 1_000_000, times: int = 2_000) -> Iterator[Figure]:
    """A proof of inclusion made, and checked."""
    other = InmemoryTree(algorithm="sha256")
    leaves = [b"leaf %d" % number for number in range(_THEIRS)]
    for leaf in leaves:
        other.append_entry(leaf)
    theirs_made = [other.prove_inclusion(number + 1, _THEIRS) for number in range(0, _THEIRS, _THEIRS // 100)]
    with logs.scratch() as folder, open_log(_filled(folder / "proved.db", size)) as opened:
        nodes, root = opened.log.recorder.nodes, opened.log.root(size)
        places = [number * (size // times) for number in range(times)]
        paths = [inclusion(nodes, place, size) for place in places]
        hashes = [leaf_hash(opened.log.recorder.lines(place, 1)[0].state) for place in places]
        there = [number * (_THEIRS // times) % _THEIRS for number in range(times)]

        def make(_: int) -> Sequence[Act]:
            return [partial(inclusion, nodes, place, size) for place in places]

        def make_theirs(_: int) -> Sequence[Act]:
            return [partial(other.prove_inclusion, number + 1, _THEIRS) for number in there]

        def check(_: int) -> Sequence[Act]:
            return [partial(_checked, *one, size, root) for one in zip(hashes, places, paths, strict=True)]

        def check_theirs(_: int) -> Sequence[Act]:
            base, whole = other.get_leaf(1), other.get_root(_THEIRS)
            first = theirs_made[0]
            return [partial(verify_inclusion, base, whole, first) for _ in range(times)]

        made, made_theirs, held, held_theirs = interleaved(3, make, make_theirs, check, check_theirs)
    n = f"3 rounds of {times:,}, at {size:,} facts and at {_THEIRS:,} leaves"
    for name, ours, theirs in (("proof-made", made, made_theirs), ("proof-checked", held, held_theirs)):
        details = (f"ours      {ours.told_as_time()}", f"pymerkle  {theirs.told_as_time()}")
        yield Figure(name, ours.quantile(0.5) / theirs.quantile(0.5), n, details, at_most=1.0)


def appended(logs: Logs, size: int = 10_000, rounds: int = 7, each: int = 500) -> Iterator[Figure]:
    """One fact durably recorded, the tree kept with it, and the same without the tree, in a log of its own."""
    ours, theirs = Timed(), Timed()
    lines = list(islice(plain_facts(size - 1 + rounds * each), size - 1, None))
    with logs.copy(size) as path, open_log(path) as opened, logs.copy(size) as other, open_log(other) as without:
        for turn in range(rounds):
            meant = lines[turn * each : (turn + 1) * each]
            ours.measure([partial(_record, opened, line) for line in meant])
            with _no_tree():
                theirs.measure([partial(_record, without, line) for line in meant])
        assert opened.log.size() == without.log.size() == size + rounds * each
    n = f"{rounds} rounds of {each:,}"
    details = (f"with the tree     {ours.told_as_rate(each)}", f"without the tree  {theirs.told_as_rate(each)}")
    yield Figure("append-with-tree", ours.rate(each) / theirs.rate(each), n, details, at_least=0.9)


def _filled(path: Path, size: int) -> Path:
    """A log of so many facts, nothing read from them."""
    with new_log(path) as opened:
        lines = plain_facts(size - 1)
        while batch := list(islice(lines, AT_ONCE)):
            import_facts(opened.log, ImportFacts(batch, BY, datetime.now(UTC)))
    settle_the_disk()
    return path


def _examined(path: Path, **of: object) -> None:
    with RawLog(path) as raw:
        found = examine(raw, **of)  # type: ignore[arg-type]
    assert not found.faults, found.faults


def _hashed(path: Path) -> str:
    digest = hashlib.sha256()
    with closing(connect(uri(path, read_only=True))) as file:
        cursor = file.execute("SELECT state FROM stored_events ORDER BY rowid")
        while rows := cursor.fetchmany(1_000):
            for (state,) in rows:
                digest.update(state)
    return digest.hexdigest()


def _checked(leaf: bytes, place: int, path: Sequence[bytes], size: int, root: bytes) -> None:
    assert root_by_inclusion(leaf, place, size, path) == root


def _record(opened: OpenLog, line: bytes) -> None:
    import_facts(opened.log, ImportFacts([line], BY, datetime.now(UTC)))


@contextmanager
def _no_tree() -> Iterator[None]:
    """Take the hashing of leaves and nodes out of recording."""
    with (
        patch("decisionlog.store.tree.leaf_hash", lambda _: b""),
        patch("decisionlog.store.tree.grow", lambda _, before, leaves: ([b"" for _ in leaves], before)),
        patch("decisionlog.store.tree.frontier", lambda _, __: []),
    ):
        yield
