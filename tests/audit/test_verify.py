from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from decisionlog.audit import verify

PROGRAM = verify.__file__
RFC_6962_LEAVES = [bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
RFC_6962_LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
RFC_6962_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_certificate_transparency(size):
    assert verify.root_of(RFC_6962_LEAVES[:size]).hex() == RFC_6962_ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert verify.root_of([]) == hashlib.sha256(b"").digest()


@given(st.lists(st.binary(max_size=40).filter(lambda line: not line.endswith(b"\n")), min_size=1, max_size=70))
def test_the_root_is_that_of_another_implementation(lines):
    other = InmemoryTree(algorithm="sha256")
    for line in lines:
        other.append_entry(line)
    assert verify.root_of(lines) == other.get_root()
    assert verify.root_of(line + b"\n" for line in lines) == other.get_root()


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=40), st.data())
def test_one_flipped_bit_changes_the_root(lines, data):
    number = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[number]) * 8 - 1))
    changed = bytearray(lines[number])
    changed[at // 8] ^= 1 << at % 8
    assert verify.root_of([*lines[:number], bytes(changed), *lines[number + 1 :]]) != verify.root_of(lines) or (
        bytes(changed).removesuffix(b"\n") == lines[number].removesuffix(b"\n")
    )


def alone(*arguments):
    """The file on its own: no site, no environment, nothing of ours."""
    command = [sys.executable, "-I", "-S", PROGRAM, *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


LINES = [
    b'{"data":{"origin":"a.example/b"},"n":1,"recorded_at":"2026-01-01","stream":"log:a","type":"log.opened"}',
    b'{"data":{},"n":1,"recorded_at":"2026-01-02","stream":"body:b","type":"body.constituted"}',
    b'{"data":{},"n":2,"recorded_at":"2026-01-02","stream":"body:b","type":"body.renamed"}',
]


def test_the_file_runs_with_nothing_but_the_standard_library():
    Path("log.jsonl").write_bytes(b"".join(line + b"\n" for line in LINES))
    root = verify.root_of(LINES).hex()
    told = f"3 facts of a.example/b, root {root}\n"
    assert (alone("log.jsonl").returncode, alone("log.jsonl").stdout) == (0, told)
    sound = alone("log.jsonl", root)
    assert (sound.returncode, sound.stdout) == (0, f"{told}SOUND: that is the root.\n")
    wrong = alone("log.jsonl", "0" * 64)
    assert (wrong.returncode, wrong.stdout.splitlines()[1]) == (3, f"NOT SOUND: the root was to be {'0' * 64}.")
    assert alone().returncode == 2


def test_it_agrees_with_the_log():
    from tests.cli.running import answer, northmoor, run

    northmoor()
    run("export", "-o", "log.jsonl")
    assert alone("log.jsonl", answer("log")["basis"]["root"]).returncode == 0


def test_a_file_of_keys_that_holds_none_is_refused():
    Path("log.jsonl").write_bytes(b"".join(line + b"\n" for line in LINES))
    Path("none.keys").write_text("# the keys of our partners\n\n", encoding="utf-8")
    ended = alone("log.jsonl", "--key", "none.keys")
    assert (ended.returncode, ended.stdout) == (2, "CANNOT BE JUDGED: there is no key in none.keys.\n")
