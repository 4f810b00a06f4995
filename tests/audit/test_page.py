"""The page docs/audit.md, from which others write a verifier: what it prints is what the vectors are."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from decisionlog.audit import verify
from tests.audit.small_logs import canonical, five_facts, salt_of, the_vector, tree_hash
from tests.audit.vectors import FOLDER, KEYS

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- (?P<name>[a-z/.: ]+) -->\n```\n(?P<text>.*?)```\n", re.DOTALL)
BLOCKS = {block["name"]: block["text"] for block in BLOCK.finditer(TEXT)}
TITLE = "Urgent community response"


def computed() -> dict[str, str]:
    """What stands in each block of the page."""
    log = five_facts()
    files = ("small.jsonl", "small.keys", "small.checkpoint", "small.bundle")
    leaves = [f"{position}     {leaf.hex()}\n" for position, leaf in enumerate(log.leaves, 1)]
    encoded = urlsafe_b64encode(canonical([salt_of(TITLE), TITLE])).decode().rstrip("=")
    keys = [verify.read_key(line) for line in KEYS.decode().splitlines()]
    return {
        **{f"tests/vectors/{name}": (FOLDER / name).read_text(encoding="utf-8") for name in files},
        "leaf hashes": f"{''.join(leaves)}root  {tree_hash(log.leaves).hex()}\n",
        "commitment": f"{encoded}\n{verify.commitment(salt_of(TITLE), TITLE)}\n",
        "answer": "".join(f"{sentence}\n" for sentence in verify.verified_bundle(the_vector(), keys)),
    }


@pytest.mark.parametrize("name", computed())
def test_the_page_prints_what_is(name):
    assert BLOCKS[name] == computed()[name], "run: python -m tests.audit.test_page"


def test_the_page_prints_nothing_else_as_a_vector():
    assert BLOCKS.keys() == computed().keys()


def test_the_salt_on_the_page_is_that_of_the_title():
    assert f"its salt `{salt_of(TITLE)}`" in TEXT


def test_the_page_names_the_rules_that_the_verifier_has():
    rules = TEXT[TEXT.index("### The bundle") :]
    assert f"`{verify.BUNDLE}`" in rules
    assert all(f"`{name}`" in rules for name in verify._NAMING)
    assert f"after {verify._STEPS} steps" in rules
    assert f"at most {verify._BUNDLE_LIMIT // 2**20} MiB" in rules
    assert f"deeper than {verify._DEEPEST} levels" in TEXT
    source = Path(verify.__file__).read_text(encoding="utf-8")
    giving = source[source.index("def gave(") : source.index("def _texts(")]
    table = rules[rules.index("| type of fact |") : rules.index("These are fields of `data`")]
    assert set(re.findall(r"`([a-z]+\.[a-z_]+)`", table)) == set(re.findall(r'"([a-z]+\.[a-z_]+)"', giving))


def write() -> None:
    """Write the blocks of the page anew."""
    there = computed()
    page = BLOCK.sub(lambda block: f"<!-- {block['name']} -->\n```\n{there[block['name']]}```\n", TEXT)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write()
