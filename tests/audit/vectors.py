"""The vectors in tests/vectors, by which others test a verifier of their own: `python -m tests.audit.vectors` writes them.

A small log as it is exported, the keys that signed it, its checkpoint, a bundle; and `bundles.json`, bundles that are
sound and bundles that are not, each with the exit code that a verifier ends with. `files.json` has exports and proofs, and
what is given with a file. `more.json` was made by somebody else from docs/audit.md alone: more_vectors.mjs writes it.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from decisionlog.audit import bundle, keys
from tests.audit.small_logs import (
    DECISION,
    DELEGATION,
    GRANT,
    LOG_KEY,
    OTHER,
    OTHER_LOGS_KEY,
    REVOKED,
    TAKEN,
    WITNESS_KEY,
    SmallLog,
    bundle_of,
    canonical,
    fact,
    five_facts,
    opening,
    sealed,
    the_vector,
)

FOLDER = Path(__file__).parent.parent / "vectors"
KEYS = f"{LOG_KEY.key}\n{WITNESS_KEY.key}\n{OTHER_LOGS_KEY.key}\n".encode()
_OTHER_SIGNER = keys.read_signer(
    "PRIVATE+KEY+northmoor.example/decisions+fd81ae29+AUFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9g"
)
Change = Callable[[dict], object]


def files() -> dict[str, bytes]:
    """Every file of the folder, by its name."""
    log = five_facts()
    return {
        "small.jsonl": b"".join(line + b"\n" for line in log.lines.values()),
        "small.keys": KEYS,
        "small.checkpoint": log.checkpoint,
        "small.bundle": the_vector(),
        "bundles.json": json.dumps([*_sound(), *_not_sound(), *_not_one()], indent=1, ensure_ascii=False).encode()
        + b"\n",
        "files.json": json.dumps(list(_given()), indent=1, ensure_ascii=False).encode() + b"\n",
    }


def _given() -> Iterator[dict]:
    """Exports, proofs and bundles, with the keys, the checkpoint and the fact that are given with them."""
    log, longer = five_facts(), SmallLog(GRANT, TAKEN, OTHER, REVOKED, OTHER | {"stream": "proposal:P-16"})
    own, witness, checkpoint = str(LOG_KEY.key), str(WITNESS_KEY.key), log.checkpoint.decode()
    whole, more = (b"".join(line + b"\n" for line in each.lines.values()).decode() for each in (log, longer))
    lines = whole.splitlines(keepends=True)
    path = "".join(f"{hash_}\n" for hash_ in log.entry(3)["path"])
    proof = f"c2sp.org/tlog-proof@v1\nindex 2\n{path}\n{checkpoint}"
    hidden = f"{bundle.withheld(log.lines[2]).decode()}\n"
    other_size = longer.checkpoint.decode()
    other_root = SmallLog(GRANT, TAKEN, OTHER, OTHER).checkpoint.decode()
    other_log = SmallLog(GRANT, TAKEN, OTHER, REVOKED, origin="other.example/decisions").checkpoint.decode()
    with_key: dict[str, Any] = {"keys": [own], "checkpoint": checkpoint}
    about: dict[str, Any] = {"keys": [own], "fact": lines[2]}

    def ending(words: str) -> str:
        return "".join([*lines[:4], lines[4].replace('"v":1}', words)])

    for name, code, word, file, given in (
        ("an export that ends as it should", 0, "", ending('"v":1}'), {"keys": []}),
        ("an export that nests as deep as it may", 0, "", ending('"v":1,"x":' + "[" * 63 + "]" * 63 + "}"), {"keys": []}),
        ("an export alone", 0, "", whole, {"keys": []}),
        ("an export", 0, "SOUND", whole, with_key),
        ("an export without a key", 0, "CONSISTENT", whole, {"keys": [], "checkpoint": checkpoint}),
        ("an export with the key of a cosigner", 0, "CONSISTENT", whole, {**with_key, "keys": [witness]}),
        ("an export with the key of another log", 3, "NOT SOUND", whole, {**with_key, "keys": [str(OTHER_LOGS_KEY.key)]}),
        ("an export that is longer", 0, "SOUND", more, with_key),
        ("an export that is shorter", 3, "NOT SOUND", "".join(lines[:4]), with_key),
        ("an export without its last newline", 0, "SOUND", whole[:-1], with_key),
        ("an export with a withheld fact", 0, "SOUND", "".join([lines[0], hidden, *lines[2:]]), with_key),
        ("an export with a changed fact", 3, "NOT SOUND", whole.replace("approved", "rejected"), with_key),
        ("an export without a fact", 3, "NOT SOUND", "".join([lines[0], *lines[2:]]), {"keys": []}),
        ("an export with a line that is not canonical", 3, "NOT SOUND", whole.replace('"n":2', '"n": 2'), {"keys": []}),
        ("an export with a number beyond 2^53-1", 3, "NOT SOUND", ending('"v":9007199254740993}'), {"keys": []}),
        ("an export that nests too deep", 3, "NOT SOUND", ending('"v":1,"x":' + "[" * 64 + "]" * 64 + "}"), {"keys": []}),
        ("an export with a name beyond ASCII", 3, "NOT SOUND", ending('"v":1,"é":1}'), {"keys": []}),
        ("an export without its beginning", 2, "CANNOT BE JUDGED", "".join(lines[1:]), {"keys": []}),
        ("an export of nothing", 2, "CANNOT BE JUDGED", "", {"keys": []}),
        ("a checkpoint alone", 2, "CANNOT BE JUDGED", checkpoint, {"keys": [own]}),
        ("a proof", 0, "SOUND", proof, about),
        ("a proof without a key", 0, "CONSISTENT", proof, {**about, "keys": []}),
        ("a proof with something extra", 0, "SOUND", proof.replace("index", "extra AAAA\nindex"), about),
        ("a proof with an extra that is no base64", 2, "CANNOT", proof.replace("index", "extra AAA\nindex"), about),
        ("a proof of a fact without its newline", 0, "SOUND", proof, {**about, "fact": lines[2][:-1]}),
        ("a proof of another fact", 3, "NOT SOUND", proof, {**about, "fact": lines[3]}),
        ("a proof at another index", 3, "NOT SOUND", proof.replace("index 2", "index 3"), about),
        ("a proof beyond the log", 2, "CANNOT BE JUDGED", proof.replace("index 2", "index 5"), about),
        ("a proof with a path that is too short", 2, "CANNOT BE JUDGED", proof.replace(path, path[:45]), about),
        ("a proof without its fact", 2, "CANNOT BE JUDGED", proof, {"keys": [own]}),
        ("a proof with the checkpoint that was kept", 0, "SOUND", proof, {**about, "checkpoint": checkpoint}),
        ("a proof with one of another size", 2, "CANNOT", proof, {**about, "checkpoint": other_size}),
        ("a bundle without a key", 0, "CONSISTENT", the_vector().decode(), {"keys": []}),
        ("a bundle with the checkpoint that was kept", 0, "SOUND", the_vector().decode(), with_key),
        ("a bundle with one of another size", 2, "CANNOT", the_vector().decode(), {**with_key, "checkpoint": other_size}),
        ("a bundle with one of another root", 3, "NOT SOUND", the_vector().decode(), {**with_key, "checkpoint": other_root}),
        ("a bundle with one of another log", 3, "NOT SOUND", the_vector().decode(), {**with_key, "checkpoint": other_log}),
        ("a bundle with a fact beside it", 2, "CANNOT BE JUDGED", the_vector().decode(), about),
    ):  # fmt: skip
        yield {"name": name, "exit": code, "word": word, "file": file, **given}


def _case(name: str, code: int, raw: bytes) -> dict:
    return {"name": name, "exit": code, "bundle": raw.decode()}


def _changed(change: Change) -> bytes:
    whole = json.loads(the_vector())
    change(whole)
    return canonical(whole) + b"\n"


def _sound() -> Iterator[dict]:
    log = five_facts()
    yield _case("the vector of the page", 0, the_vector())
    yield _case("the same without its opening", 0, bundle_of(log, 1, 2, 3, 5))
    yield _case("with a fact that has nothing to do with it", 0, bundle_of(log))
    yield _case("without the end of a stream, which nobody can notice", 0, bundle_of(log, 1, 2, 3))
    lines = {**log.lines, 4: bundle.withheld(log.lines[4])}
    yield _case("with a fact that is withheld", 0, bundle.written(DECISION, lines, (), log.checkpoint, log.path))
    hidden = {1: log.lines[1], 2: bundle.withheld(log.lines[2]), 3: log.lines[3]}
    yield _case("with the delegation withheld", 0, bundle.written(DECISION, hidden, (), log.checkpoint, log.path))
    words = 'Carers\u2019 \U0001f3e5 \u2028 \x7f \x1f "quoted" \\ / <b>'
    taken = deepcopy(TAKEN)
    taken["data"]["title"] = sealed(words)
    other = SmallLog(GRANT, taken)
    yield _case("with every kind of letter", 0, bundle_of(other, openings=[opening(other, 3, words)]))
    yield _case("with a chain of authority in several steps", 0, bundle_of(_chain()))
    corrected = fact(
        "record.corrected", DECISION, 2, {"changes": [{"now": DELEGATION, "path": "/authority/0/delegation"}]}
    )
    unnamed = deepcopy(TAKEN)
    del unnamed["data"]["authority"][0]["delegation"]
    yield _case("with a delegation that only a correction names", 0, bundle_of(SmallLog(GRANT, unnamed, corrected)))
    del unnamed["data"]["authority"]
    yield _case("without any authority", 0, bundle_of(SmallLog(unnamed)))


def _chain() -> SmallLog:
    parent, under = deepcopy(GRANT), deepcopy(GRANT)
    parent["stream"] = "delegation:parent"
    parent["data"] |= {"delegates": ["post:director"], "delegator": "body:board"}
    under["data"] |= {"delegator": "post:director", "parent": "delegation:parent"}
    return SmallLog(
        fact("function.duty_placed", "function:urgent-care", 1, {"holder": "organisation:northmoor-icb"}),
        fact(
            "organisation.succeeded",
            "organisation:ccg",
            1,
            {"successors": [{"organisation": "organisation:northmoor-icb"}]},
        ),
        fact("body.constituted", "body:board", 1, {"parents": [{"parent": "organisation:northmoor-icb"}]}),
        fact("post.established", "post:director", 1, {"organisation": "organisation:northmoor-icb"}),
        parent,
        under,
        TAKEN,
    )


def _not_sound() -> Iterator[dict]:
    log = five_facts()
    for name, change in _FALSE.items():
        yield _case(name, 3, _changed(change))
    forged = SmallLog(GRANT, TAKEN, OTHER, REVOKED, signer=_OTHER_SIGNER)
    yield _case("signed by another key of the same name", 3, bundle_of(forged))
    foreign = SmallLog(GRANT, TAKEN, OTHER, REVOKED, signer=OTHER_LOGS_KEY)
    yield _case("signed by the key of another log that is known", 3, bundle_of(foreign))
    value = _OTHER_SIGNER.sign(log.text)
    line = log.text + f"\n— {log.origin} {b64encode(LOG_KEY.key.id + value).decode()}\n".encode()
    yield _case(
        "signed by another key under the id of this one",
        3,
        _changed(lambda whole: whole.update(checkpoint=line.decode())),
    )
    gap = SmallLog(
        GRANT, TAKEN, fact("decision.published", DECISION, 2, {}), fact("decision.rescinded", DECISION, 3, {})
    )
    entries = [gap.entry(position) for position in (1, 2, 3, 5)]
    whole = {**json.loads(the_vector()), "checkpoint": gap.checkpoint.decode(), "facts": entries, "openings": []}
    yield _case("with a gap in the stream of the decision", 3, canonical(whole) + b"\n")


def _entry(position: int) -> dict:
    return five_facts().entry(position)


_FALSE: dict[str, Change] = {
    "with a changed fact": lambda whole: whole["facts"][2].update(
        line=whole["facts"][2]["line"].replace("approved", "rejected")
    ),
    "with a fact at another position": lambda whole: whole["facts"][2].update(position=4),
    "with a path of another fact": lambda whole: whole["facts"][2].update(path=whole["facts"][1]["path"]),
    "with two facts in the wrong order": lambda whole: whole["facts"].insert(1, whole["facts"].pop(2)),
    "with a fact twice": lambda whole: whole["facts"].insert(2, whole["facts"][2]),
    "without the delegation": lambda whole: (
        whole["facts"].pop(1), whole["facts"].pop(2), whole.update(authority=[]),
    ),
    "without the first fact of the delegation": lambda whole: (whole["facts"].pop(1), whole.update(authority=[])),
    "without the decision": lambda whole: (whole["facts"].pop(2), whole.update(authority=[], openings=[])),
    "of a decision that is not in it": lambda whole: whole.update(decision="decision:another"),
    "of something that is no decision": lambda whole: whole.update(decision=DELEGATION),
    "without its chain of authority": lambda whole: whole.update(authority=[]),
    "with more in its chain of authority": lambda whole: whole.update(authority=[[2], [5]]),
    "with an empty step of authority": lambda whole: whole.update(authority=[[2], []]),
    "with another title": lambda whole: whole["openings"][0].update(value="Urgent community responses"),
    "with another salt": lambda whole: whole["openings"][0].update(salt="AAAAAAAAAAAAAAAAAAAAAA"),
    "with an opening of another fact": lambda whole: whole["openings"][0].update(position=2),
    "with an opening of a fact that is not in it": lambda whole: whole["openings"][0].update(position=4),
    "with an opening twice": lambda whole: whole["openings"].append(whole["openings"][0]),
    "with an opening of nothing": lambda whole: whole["openings"].append(
        {"position": 5, "private": sealed("x")["$private"], "salt": "AAAAAAAAAAAAAAAAAAAAAA", "value": "x"}
    ),
    "with a position beyond the size": lambda whole: whole["facts"][3].update(position=6),
    "with a path that is too short": lambda whole: whole["facts"][0]["path"].pop(),
    "with a path that is too long": lambda whole: whole["facts"][0]["path"].append(whole["facts"][0]["path"][0]),
    "without the fact that opened the log": lambda whole: whole["facts"].pop(0),
    "with what stands for a withheld fact and is no hash": lambda whole: whole["facts"][1].update(
        line='{"$withheld":"00"}'
    ),
    "of another size": lambda whole: whole.update(checkpoint=whole["checkpoint"].replace("\n5\n", "\n6\n")),
    "of another root": lambda whole: whole.update(
        checkpoint=SmallLog(GRANT, TAKEN, OTHER, OTHER).text.decode()
        + whole["checkpoint"][whole["checkpoint"].index("\n\n") + 1 :]
    ),
    "with a cosignature of another time": lambda whole: whole.update(
        checkpoint=whole["checkpoint"][: whole["checkpoint"].rindex("QpAg+gAAAAB")]
        + "QpAg+gAAAAC" + whole["checkpoint"][whole["checkpoint"].rindex("QpAg+gAAAAB") + 11 :]
    ),
}  # fmt: skip


def _not_one() -> Iterator[dict]:
    vector = the_vector()
    yield _case("nothing", 2, b"")
    yield _case("without its newline", 2, vector[:-1])
    yield _case("with a space", 2, vector.replace(b'"facts":', b'"facts": '))
    yield _case("with an escape that is not needed", 2, vector.replace(b"Urgent", b"\\u0055rgent"))
    yield _case("with half a character", 2, vector.replace(b"Urgent", b"\\ud800rgent"))
    yield _case("with a name twice", 2, vector.replace(b'"facts":', b'"decision":"","facts":'))
    yield _case(
        "with its names in another order",
        2,
        json.dumps(dict(reversed(json.loads(vector).items())), ensure_ascii=False, separators=(",", ":")).encode()
        + b"\n",
    )
    yield _case("with a fraction", 2, vector.replace(b'"position":5', b'"position":5.0'))
    yield _case("with a number beyond 2^53-1", 2, vector.replace(b'"position":5', b'"position":9007199254740993'))
    for name, change in _MALFORMED.items():
        yield _case(name, 2, _changed(change))


_MALFORMED: dict[str, Change] = {
    "with a field more": lambda whole: whole.update(summary="All is well."),
    "with a field less": lambda whole: whole.pop("openings"),
    "with a field more in a fact": lambda whole: whole["facts"][0].update(note="All is well."),
    "with a field more in an opening": lambda whole: whole["openings"][0].update(note="All is well."),
    "of another format": lambda whole: whole.update(format="decisionlog-bundle@v2"),
    "with a position that is a text": lambda whole: whole["facts"][0].update(position="1"),
    "with a position that is true": lambda whole: whole["facts"][0].update(position=True),
    "with a hash that is too short": lambda whole: whole["facts"][0]["path"].__setitem__(0, "AAAA"),
    "with base64 that is not the usual": lambda whole: whole["facts"][0]["path"].__setitem__(
        0, whole["facts"][0]["path"][0][:-2] + chr(ord(whole["facts"][0]["path"][0][-2]) + 1) + "="
    ),
    "with a line that is not canonical": lambda whole: whole["facts"][2].update(line=whole["facts"][2]["line"] + " "),
    "with a line that is no object": lambda whole: whole["facts"][2].update(line="[]"),
    "with a checkpoint that is none": lambda whole: whole.update(checkpoint="northmoor.example/decisions\n5\n"),
    "with a step of authority that is a text": lambda whole: whole.update(authority=["2"]),
}


def write() -> None:
    """Write the folder anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    write()
