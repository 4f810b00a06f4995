"""References: when two are equal, what a key is, how one stands in a file name."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.domain.references import fold, looks_like, slug, split, unslug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PEP 484", "pep-484"),
        ("PEP  484", "PEP 484"),
        ("GBP/2223/001", "gbp/2223/001"),
        ("BOD 24/18(b)", "bod-24/18(B)"),
        ("NLB\u201325\u201326", "nlb 25-26"),  # dashes of any length
        ("a \u2014 b", "a-b"),
        ("Café 1", "CAFE\u0301 1"),
        ("STRASSE 1", "Straße 1"),
        ("NLB\u00a0P14", "nlb p14"),
        (" NLB P14 ", "nlb p14"),
        ("Gŵyl 1", "GŴYL 1"),
    ],
)
def test_these_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("22/00089", "22/89"),
        ("PEP 484", "PEP484"),
        ("NLB/P14", "NLB P14"),
        ("NLB_P14", "NLB P14"),
        ("\u0410-1", "A-1"),  # a Cyrillic A: equal to the eye, not to the log
    ],
)
def test_these_are_not(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(ref):
    assert fold(fold(ref)) == fold(ref)


@given(st.text(max_size=40))
def test_what_is_composed_and_what_is_not_fold_alike(ref):
    assert fold(unicodedata.normalize("NFC", ref)) == fold(unicodedata.normalize("NFD", ref))


@given(st.text(alphabet="abcXYZ019 -\u2013\u00a0/()", max_size=30))
def test_case_and_runs_do_not_count(ref):
    assert fold(ref) == fold(ref.upper()) == fold(re.sub(r"[\s\-\u2013]+", " \u2014 ", ref))


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("proposal:PEP 484", ("proposal", "PEP 484")),
        ("proposal:NLB:1", ("proposal", "NLB:1")),
        ("PEP 484", ("", "PEP 484")),
        ("NLB/1:2", ("", "NLB/1:2")),
        ("9:30", ("", "9:30")),
        (":x", ("", ":x")),
        ("proposal:", ("proposal", "")),
        ("", ("", "")),
        ("körper:1", ("", "körper:1")),
    ],
)
def test_a_reference_is_a_kind_and_a_key(reference, parts):
    assert split(reference) == parts


@pytest.mark.parametrize(
    ("ref", "written"),
    [
        ("GBP/2223/001", "GBP~2f2223~2f001"),
        (".hidden", "~2ehidden"),
        ("..", "~2e."),
        ("a.b_c-d", "a.b_c-d"),
        ("BOD 24/18(b)", "BOD~2024~2f18~28b~29"),
        ("Gŵyr", "G~c5~b5yr"),
        ("a~b", "a~7eb"),
        ("", ""),
    ],
)
def test_a_slug_is_safe_in_a_url_and_a_file_name(ref, written):
    assert slug(ref) == written
    assert unslug(written) == ref


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_every_slug_leads_back(ref):
    assert unslug(slug(ref)) == ref
    assert re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*|", slug(ref))


@pytest.mark.parametrize("text", ["~ff", "ŵ"])
def test_what_is_no_slug_is_refused(text):
    with pytest.raises(ValueError, match=r"codec can't"):
        unslug(text)


def test_letters_of_other_scripts_look_like_latin_ones():
    assert looks_like("\u0420\u0415\u0420-484") == "pep 484"
    assert looks_like("PEP 484") == "pep 484"
    assert looks_like("\u0416") == "\u0436"  # one that looks like nothing else stays
