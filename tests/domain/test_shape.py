"""Walking the shape of a fact."""

from __future__ import annotations

import pytest
from msgspec import Struct

from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.parts import Condition, Document, Money, Value
from decisionlog.domain.facts.shape import at, fields_of, parts_of

TAKEN = TYPES["decision.taken"]


def test_a_field_has_the_name_that_is_written_and_the_name_that_is_read():
    shape = fields_of(TAKEN)["from"]
    assert (shape.name, shape.attribute, shape.meaning, shape.required, shape.many) == (
        "from", "from_", "when", False, False,
    )  # fmt: skip


def test_a_field_that_every_such_fact_has_is_required():
    assert [name for name, shape in fields_of(TYPES["record.corrected"]).items() if shape.required] == ["changes"]


def test_a_reference_knows_its_kinds():
    assert fields_of(TAKEN)["on_behalf_of"].kinds == ("organisation", "body")
    assert fields_of(TAKEN)["meeting"].kinds == ("meeting",)
    assert fields_of(TYPES["disagreement.raised"])["about"].kinds == ()


def test_a_word_knows_its_list_and_a_flag_is_yes_or_no():
    assert fields_of(TAKEN)["asked_to"].words == ("decide", "advise", "comment", "note")
    assert fields_of(TAKEN)["key"].meaning == "flag"


def test_what_is_sealed_knows_its_limit():
    title, reasons = fields_of(TAKEN)["title"], fields_of(TAKEN)["reasons"]
    assert (title.sealed, title.limit, title.one_line) == (True, 200, True)
    assert (reasons.sealed, reasons.limit, reasons.one_line) == (True, 20_000, False)


def test_a_cell_is_kept_as_it_was_found():
    cell = fields_of(TYPES["row.imported"])["cells"].part
    assert cell is not None
    assert [shape.verbatim for shape in fields_of(cell).values()] == [True, True]


def test_a_part_is_walked_into():
    shape = fields_of(TAKEN)["value"]
    assert (shape.meaning, shape.part, shape.many) == ("part", Value, True)
    assert fields_of(Value)["money"].part is Money


def test_fields_come_in_the_order_of_the_page_and_are_found_once():
    assert list(fields_of(Document)) == ["title", "uri", "sha256", "pages"]
    assert fields_of(Document) is fields_of(Document)
    with pytest.raises(TypeError):
        fields_of(Document)["title"] = None  # type: ignore[index]


@pytest.mark.parametrize(
    ("pointer", "name", "meaning", "many"),
    [
        ("/title", "title", "sealed", False),
        ("/from", "from", "when", False),
        ("/options_rejected", "options_rejected", "sealed", True),
        ("/options_rejected/1", "options_rejected", "sealed", False),
        ("/value/0/money/amount", "amount", "whole", False),
        ("/value/0", "value", "part", False),
        ("/urgent/agreed_by/12", "agreed_by", "ref", False),
        ("/votes/ballot/rounds/0/named/3/picks/0", "picks", "whole", False),
    ],
)
def test_a_pointer_leads_to_its_field(pointer, name, meaning, many):
    shape = at(TAKEN, pointer)
    assert shape is not None
    assert (shape.name, shape.meaning, shape.many) == (name, meaning, many)


@pytest.mark.parametrize(
    "pointer",
    ["", "title", "/", "/titel", "/from_", "/title/0", "/value/x", "/value/-1", "/value/01", "/value/²", "/value/0/0",
     "/meeting/key", "/value//money"],
)  # fmt: skip
def test_a_pointer_to_nothing_leads_nowhere(pointer):
    assert at(TAKEN, pointer) is None


def test_the_parts_of_a_type_are_found_at_any_depth_and_once():
    found = list(parts_of(TAKEN))
    assert {Condition, Document, Money, Value} <= set(found)
    assert len(found) == len(set(found))


def test_a_value_of_no_known_kind_is_refused_by_name():
    class Odd(Struct):
        share: float | None = None

    with pytest.raises(TypeError, match=r"share: .* is not a kind of value that a fact may hold"):
        fields_of(Odd)
