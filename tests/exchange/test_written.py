"""YAML as people write it: what is read, with its lines, and what is refused, with the line and the way out."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import Mistakes
from decisionlog.exchange.written import SIZE_LIMIT, read_yaml, spelled


def test_only_truth_and_whole_numbers_mean_more_than_their_letters():
    text = b"on: 2026-03-12\nclause: 7.2\nno: no\nold: 012\nn: 5\nneg: -3\nyes: true\nquoted: '5'\nbig: 1e3\nblock: |\n  two\n  lines\n"
    assert read_yaml("x.yaml", text).value == {
        "on": "2026-03-12",
        "clause": "7.2",
        "no": "no",
        "old": "012",
        "n": 5,
        "neg": -3,
        "yes": True,
        "quoted": "5",
        "big": "1e3",
        "block": "two\nlines\n",
    }


def test_every_value_knows_its_line():
    written = read_yaml(
        "march.yaml", b"meeting:\n  on: 2026-03-12\nitems:\n  - item: 1\n    decisions:\n      - {ref: D1}\n"
    )
    assert written.place("items", 0, "decisions", 0, "ref") == "march.yaml, line 6, items[0].decisions[0].ref (item 1)"
    assert written.place("items", 0, "missing") == "march.yaml, line 4, items[0].missing (item 1)"
    assert written.place() == "march.yaml, line 1"


def test_the_number_on_the_agenda_stands_beside_the_place_in_the_list():
    written = read_yaml("march.yaml", b"items:\n  - {item: 4(a), title: Beds}\n  - {title: Winter}\n  - {item: 7}\n")
    assert written.place("items", 0, "title") == "march.yaml, line 2, items[0].title (item 4(a))"
    assert written.place("items", 1, "title") == "march.yaml, line 3, items[1].title"
    assert written.place("items", 2) == "march.yaml, line 4, items[2] (item 7)"
    assert written.place("items", 3, "title") == "march.yaml, line 1, items[3].title"


def test_a_text_with_several_commas_in_braces_is_one_mistake():
    with pytest.raises(Mistakes) as raised:
        read_yaml("x.yaml", b"a: {words: One purchase, \xc2\xa312,000., b: c}\n")
    assert [str(one) for one in raised.value.mistakes] == [
        "x.yaml, line 1, a: has '\u00a312' after a comma; in braces, put a text with a comma in quotation marks."
    ]


def test_a_document_that_begins_further_down_counts_its_lines_from_there():
    written = read_yaml("march.md", b"a: 1\nb: 2\n", first_line=2)
    assert written.place("b") == "march.md, line 3, b"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a: &x 1\nb: *x\n", "x.yaml, line 1: has an anchor or an alias"),
        (b"a: 1\nb: *x\n", "x.yaml, line 2: has an anchor or an alias"),
        (b"a: 1\na: 2\n", "x.yaml, line 2: has `a` given twice."),
        (b"a:\nb: 1\n", "x.yaml, line 2, a: is empty; leave out what is not recorded."),
        (b"a: ~\n", "a: is empty; leave out what is not recorded."),
        (b"a: !!python/object/apply:os.system x\n", "x.yaml, line 1, a: has the tag"),
        (b"a:\n\tb: 1\n", "Indent with spaces, not tabs."),
        (b"{a: 1", "x.yaml, line 1, column 6: is not YAML:"),
        (b"a: 'x\n", "is not YAML: found unexpected end of stream."),
        (b"", "x.yaml: is empty; nothing is written in it."),
        (b"# only a comment\n", "x.yaml: is empty; nothing is written in it."),
        (b"- " * 20_000, "is nested too deeply; 32 levels are the limit."),
        (b"[" * 20_000, "is nested too deeply; 32 levels are the limit."),
        (b"a: 1\n---\nb: 2\n", "x.yaml, line 2: begins a second document"),
        (b"\xff\xfea", "It looks like UTF-16; save it as UTF-8."),
        (b"a: \xa3\n", "is not UTF-8 (byte 4 is 0xa3)."),
        (b"? [a]\n: b\n", "has a key that is not a word"),
        (b"<<: {a: 1}\n", "has a key that is not a word"),
        (b"a: \x00\n", "is not YAML that can be read"),
        (b" " * (SIZE_LIMIT + 1), "the limit is 4,194,304."),
    ],
)
def test_what_is_not_read_is_told_with_its_line(content, sentence):
    with pytest.raises(Mistakes) as raised:
        read_yaml("x.yaml", content)
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_several_mistakes_are_told_at_once():
    with pytest.raises(Mistakes) as raised:
        read_yaml("x.yaml", b"a: 1\na: 2\nb:\nc: !!binary x\n")
    assert len(raised.value.mistakes) == 3


def test_a_path_is_spelled_as_people_read_it():
    assert spelled(("items", 0, "decisions", 1, "ref")) == "items[0].decisions[1].ref"


def test_a_comma_in_a_text_within_braces_is_explained():
    with pytest.raises(Mistakes) as raised:
        read_yaml("file.yaml", "a: {limits: up to £250,000 per decision}".encode())
    assert str(raised.value) == (
        "file.yaml, line 1, a: has '000 per decision' after a comma; in braces, put a text with a comma in quotation marks."
    )
