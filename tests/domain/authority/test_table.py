"""The table of legal bases: the one of the program is whole and agrees with the list of the facts; a bad one says why."""

from __future__ import annotations

from importlib.resources import files

import pytest

from decisionlog.domain.authority.table import BadTable, table_of
from decisionlog.domain.vocabulary import LEGAL_BASES

BUILT_IN = files("decisionlog.domain.authority").joinpath("legal_bases.toml").read_text(encoding="utf-8")
SOUND = 'version = "own 2026"\n[basis.power]\nname = "a power"\nliability = "giver"\n'


def test_the_table_of_the_program_has_every_code_of_the_facts_and_no_other():
    table = table_of(BUILT_IN, "built-in")
    assert list(table.bases) != []
    assert {
        code: (one.name, one.uri or None, one.until or None, one.verified) for code, one in table.bases.items()
    } == {code: (one.name, one.uri, one.until, one.verified) for code, one in LEGAL_BASES.items()}


def test_every_entry_says_where_it_comes_from():
    table = table_of(BUILT_IN, "built-in")
    assert all(one.source and one.accountability and one.givers and one.receivers for one in table.bases.values())


def test_a_contract_and_a_memorandum_move_no_liability():
    bases = table_of(BUILT_IN, "built-in").bases
    assert (bases["contract"].liability, bases["mou"].liability) == ("as-agreed", "giver")
    assert [code for code, one in bases.items() if one.liability == "receiver"] == ["nhsa2006-s7A", "nhsa2006-s65Z5"]
    assert not bases["nhsa2006-s65Z5"].verified


def test_functions_that_cannot_be_given_by_a_basis_are_named_by_their_own():
    bases = table_of(BUILT_IN, "built-in").bases
    assert {"careact2014-s3", "careact2014-s42"} <= set(bases["careact2014-s79"].excluded)
    assert "nhsa2006-s14Z25" in bases["nhsa2006-s65Z5"].excluded
    assert bases["nhsa2006-s75"].excluded == ()
    assert table_of(SOUND + 'excluded = ["own-law"]\n', "own.toml").bases["power"].excluded == ("own-law",)


def test_it_says_by_whom_and_to_whom_silence_lets_a_power_be_passed_on():
    written = SOUND + 'onward_unless_directed = { committee = ["sub-committee", "post"] }\n'
    one = table_of(written, "own.toml").bases["power"]
    assert one.onward_unless_directed == {"committee": ("sub-committee", "post")}
    assert table_of(SOUND, "own.toml").bases["power"].onward_unless_directed == {}


def test_what_is_not_said_is_not_limited_and_not_verified():
    one = table_of(SOUND, "own.toml").bases["power"]
    assert (one.from_, one.until, one.verified, one.givers) == ("", "", False, ())


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("version = ", "own.toml cannot be read as TOML"),
        ('[basis.power]\nname = "x"\n', 'own.toml has no version; write version = "NAME DATE"'),
        ('version = "1"\nbases = 1\n', "own.toml: unknown key 'bases'. Did you mean 'basis'?"),
        ('version = "1"\nbasis = 1\n', "own.toml: 'basis' must be a table of entries, such as [basis.CODE]."),
        ('version = "1"\n[basis.power]\nliability = "giver"\n', "own.toml, [basis.power] has no name"),
        (
            SOUND.replace("giver", "nobody"),
            "[basis.power]: liability is 'nobody'; write one of giver, receiver, as-agreed.",
        ),
        (SOUND + 'givers = ["icbs"]\n', "[basis.power], givers: 'icbs' is not known. Did you mean 'icb'?"),
        (SOUND + 'givers = "icb"\n', '[basis.power], givers must be a list of words, such as ["icb"].'),
        (SOUND + 'excluded = "s42"\n', '[basis.power], excluded must be a list of words, such as ["icb"].'),
        (SOUND + 'until = "soon"\n', "own.toml, [basis.power], until: 'soon' is not a date"),
        (SOUND + 'verified = "yes"\n', "[basis.power]: 'verified' must be true or false, not 'yes'."),
        (SOUND + "onward = 1\n", "[basis.power]: 'onward' must be text in quotation marks, not 1."),
        (
            SOUND + 'onward_unless_directed = ["post"]\n',
            '[basis.power], onward_unless_directed must say by whom and to whom, such as { committee = ["post"] }.',
        ),
        (
            SOUND + 'onward_unless_directed = { comittee = ["post"] }\n',
            "[basis.power], onward_unless_directed: 'comittee' is not known. Did you mean 'committee'?",
        ),
        (
            SOUND + 'onward_unless_directed = { committee = ["posts"] }\n',
            "[basis.power], onward_unless_directed, committee: 'posts' is not known. Did you mean 'post'?",
        ),
        (SOUND + 'lability = "giver"\n', "[basis.power]: unknown key 'lability'. Did you mean 'liability'?"),
        (
            SOUND + "[answerable.icbs]\nto = []\n",
            "[answerable.icbs]: 'icbs' is no kind of organisation. Did you mean 'icb'?",
        ),
        (SOUND + '[answerable.icb]\nto = "NHS England"\n', "[answerable.icb]: 'to' must be a list of texts."),
        ('without_legal_force = ["mous"]\n' + SOUND, "without_legal_force: 'mous' is not known. Did you mean 'mou'?"),
    ],
)
def test_a_table_that_cannot_be_used_says_where_what_and_what_was_wanted(written, sentence):
    with pytest.raises(BadTable) as refused:
        table_of(written, "own.toml")
    assert sentence in str(refused.value)
