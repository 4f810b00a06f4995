"""The benchmarks measure what they say, tried at tiny sizes: what they do is asserted, never how long it takes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import orjson
import pytest

from benchmarks import __main__ as program
from benchmarks.figure import Figure
from benchmarks.figures.answering import answered, answered_cold
from benchmarks.figures.checking import checked
from benchmarks.figures.importing import imported
from benchmarks.figures.loading import loaded
from benchmarks.figures.proving import appended, proved, verified
from benchmarks.figures.publishing import exported_site, served_page
from benchmarks.figures.rebuilding import rebuilt
from benchmarks.figures.recording import recorded, recorded_and_read, recorded_on_server
from benchmarks.figures.serving import served_show, served_who
from benchmarks.figures.showing import shown, who_decided_shown
from benchmarks.figures.starting import helped, recorded_file, shown_cold, toured, who_decided_cold
from benchmarks.logs import Logs, stamp
from benchmarks.machine import header
from benchmarks.partnership import plain_facts
from benchmarks.timing import Timed, interleaved
from decisionlog.bootstrap import open_log

TINY = 400
SMALL = {
    "record": partial(recorded, size=TINY, rounds=2, each=3),
    "record-and-read": partial(recorded_and_read, size=TINY, rounds=2, each=3),
    "record-postgresql": partial(recorded_on_server, size=TINY, rounds=2, each=3),
    "import": partial(imported, rounds=2, each=200),
    "rebuild": partial(rebuilt, small=TINY // 2, large=TINY, rounds=2),
    "help": partial(helped, rounds=1),
    "show-cold": partial(shown_cold, size=TINY, rounds=1),
    "who-decided-cold": partial(who_decided_cold, size=TINY, rounds=1),
    "record-file": partial(recorded_file, items=3, rounds=1),
    "demo": partial(toured, rounds=1),
    "show": partial(shown, small=TINY // 2, large=TINY, times=3),
    "who-decided": partial(who_decided_shown, small=TINY // 2, large=TINY, times=3),
    "who-accountable": partial(answered, small=TINY // 2, large=TINY, times=3),
    "who-accountable-cold": partial(answered_cold, size=TINY, rounds=1),
    "check": partial(checked, size=TINY),
    "append-with-tree": partial(appended, size=TINY, rounds=2, each=3),
    "proof": partial(proved, size=TINY, times=5),
    "verify": partial(verified, size=TINY),
    "http-who": partial(served_who, size=TINY, rounds=2, each=3),
    "http-show": partial(served_show, size=TINY, rounds=2, each=3),
    "page": partial(served_page, size=TINY, rounds=2, each=3),
    "export-site": partial(exported_site, size=TINY, rounds=1),
    "load": partial(loaded, size=TINY, seconds=3, idle=5),
}
FIGURES = {name: [name] for name in SMALL} | {
    "rebuild": [f"rebuild-{TINY // 2}", f"rebuild-{TINY}", "rebuild-scale"],
    "who-accountable": ["who-accountable", "who-accountable-sql"],
    "check": ["check", "check-again"],
    "proof": ["proof-made", "proof-checked"],
    "verify": ["verify", "verify-since"],
    "load": ["load-write-p99", "load-behind"],
    "http-who": ["http-who", "http-who-anew"],
}


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return Logs(tmp_path_factory.mktemp("benchmarks") / "logs")


def test_every_benchmark_is_tried_here_and_on_its_page():
    page = (Path(__file__).parent.parent / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert SMALL.keys() == program.BENCHMARKS.keys()
    assert [name for name in program.BENCHMARKS if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize("name", SMALL)
def test_a_benchmark_gives_its_figures(name, logs):
    figures = list(SMALL[name](logs))
    assert [figure.name for figure in figures] == FIGURES[name]
    for figure in figures:
        assert figure.ratio > 0
        assert figure.n
        assert figure.details
        assert (figure.at_least is None) != (figure.at_most is None)


def test_a_figure_says_whether_it_is_within_its_reach():
    def rate(ratio):
        return Figure("rate", ratio, "3", ("raw",), at_least=0.8)

    def time(ratio):
        return Figure("time", ratio, "3", ("raw",), at_most=2.0)

    assert [rate(0.8).ok, rate(0.79).ok] == [True, False]
    assert [time(2.0).ok, time(2.01).ok] == [True, False]
    assert str(rate(0.5)).split() == "rate 0.500 at least 0.8 short n = 3 raw".split()


def test_sides_are_measured_by_turns():
    done = []

    def side(name, times, turn):
        return [partial(done.append, f"{name}{turn}")] * times

    ours, theirs = interleaved(2, partial(side, "a", 2), partial(side, "b", 1))
    assert done == "a0 a0 b0 a1 a1 b1".split()
    assert (len(ours.rounds), len(ours.acts)) == (2, 4)
    assert (len(theirs.rounds), len(theirs.acts)) == (2, 2)


def test_a_rate_is_the_median_of_the_rounds_and_a_quantile_is_one_of_the_acts():
    timed = Timed(rounds=[1.0, 2.0, 10.0], acts=[3.0, 1.0, 2.0])
    assert timed.rate(10) == 5.0
    assert [timed.quantile(share) for share in (0.0, 0.5, 0.99)] == [1.0, 2.0, 3.0]


def test_the_partnership_is_the_same_each_time_and_has_all_that_the_log_is_about():
    lines = list(plain_facts(1_000))
    assert len(lines) == 1_000
    assert lines == list(plain_facts(1_000))
    kinds = {orjson.loads(line)["type"].partition(".")[0] for line in lines}
    assert kinds >= set("organisation body proposal disagreement decision delegation meeting action record".split())


def test_a_test_log_is_whole_caught_up_and_built_once(logs):
    path = logs.standing(TINY)
    built = path.stat()
    assert logs.standing(TINY).stat().st_ino == built.st_ino
    with open_log(path) as opened:
        assert opened.log.head().size == TINY
        assert {standing.position for standing in opened.models.standings()} == {TINY}


def test_a_stale_test_log_is_built_again():
    folder = Path("logs")
    folder.mkdir()
    (folder / "100-0123456789ab.db").write_bytes(b"of another shape")
    fresh = Logs(folder).standing(100)
    assert fresh.name == f"100-{stamp()}.db"
    assert list(folder.iterdir()) == [fresh]


def test_a_copy_is_gone_afterwards_and_leaves_the_test_log_alone(logs):
    standing = logs.standing(TINY)
    before = standing.read_bytes()
    with logs.copy(TINY) as copy:
        copy.write_bytes(b"")
    assert not copy.parent.exists()
    assert standing.read_bytes() == before


def test_the_report_says_on_what_it_was_measured():
    told = "\n".join(header(Path()))
    for part in ("commit ", "CPUs; ", "Python ", "SQLite ", "eventsourcing ", "fsync of 4 KB: p50 "):
        assert part in told
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(("arguments", "environment"), [(["--only", "record"], ""), ([], "record")])
def test_one_benchmark_can_be_run_alone(arguments, environment, logs, monkeypatch, capsys):
    monkeypatch.setenv("ONLY", environment)
    monkeypatch.setattr(program, "Logs", lambda: logs)
    monkeypatch.setattr(program, "BENCHMARKS", SMALL)
    program.main(arguments)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if "n = 2 rounds" in line] == ["record"]


def test_an_unknown_benchmark_is_refused_with_those_that_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        program.main(["--only", "recrod"])
    assert ended.value.code == 2
    assert "record-and-read" in capsys.readouterr().err
