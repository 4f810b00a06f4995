"""Policies are read strictly; a quorum is met by those whose cosignatures verify, and by nobody else."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.audit.keys import cosignature_line, new_signer
from decisionlog.audit.policy import described, satisfied
from decisionlog.audit.policy_text import read_policy
from decisionlog.audit.verify import COSIGNATURE, Key, Malformed, key_id, read_checkpoint, read_key
from tests.audit.signing import COUNCIL, ICB, LOG, MORNING, ORIGIN, TRUST, SmallLog, signer_of

X1, X2, X3, Y1, Y2, Y3 = (signer_of(f"{name}.example/w", COSIGNATURE).key for name in "x1 x2 x3 y1 y2 y3".split())
PARTNERS = (
    f"log {LOG.key}\n"
    f"witness icb {ICB.key} https://witness.icb.example\n"
    f"witness council {COUNCIL.key}\n"
    f"witness trust {TRUST.key}\n"
    "group partners 2 icb council trust\n"
    "quorum partners\n"
)
PUBLIC = read_checkpoint((Path(__file__).parent / "public_checkpoint.txt").read_bytes())
"""What a public log of certificates published, with the cosignatures of public witnesses."""
PUBLIC_LOG = read_key("arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f")
GARDEN = "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM"
SMARTIT = "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO"
REMORA = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
STAGEMOLE = "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv"


def cosigned(*signers, size=5, at=MORNING, log=LOG):
    note = SmallLog(size, signer=log).checkpoint()
    text = read_checkpoint(note).note.text
    return read_checkpoint(note + b"".join(cosignature_line(signer, text, at) for signer in signers))


def names(judged):
    return [one.witness.name for one in judged.cosigned], [witness.name for witness in judged.missing]


# ------------------------------------------------------------------ reading


def test_the_example_of_the_specification_is_read():
    policy = read_policy(
        f"log {LOG.key}\n\n"
        f"witness X1 {X1}\nwitness X2 {X2}\nwitness X3 {X3}\ngroup X-witnesses 2 X1 X2 X3\n\n"
        f"witness Y1 {Y1}\nwitness Y2 {Y2}\nwitness Y3 {Y3}\ngroup Y-witnesses any Y1 Y2 Y3\n\n"
        "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n".encode()
    )
    assert [log.key for log in policy.logs] == [LOG.key]
    assert [witness.name for witness in policy.witnesses] == ["X1", "X2", "X3", "Y1", "Y2", "Y3"]
    assert [(group.name, group.threshold, len(group.members)) for group in policy.groups] == [
        ("X-witnesses", 2, 3),
        ("Y-witnesses", 1, 3),
        ("X-and-Y", 2, 2),
    ]
    assert policy.is_quorum(["X1", "X3", "Y2"])
    assert not policy.is_quorum(["X1", "X2", "X3"])
    assert not policy.is_quorum(["X1", "Y1", "Y2", "Y3"])
    assert described(policy) == "all of (2 of X1, X2 and X3) and (1 of Y1, Y2 and Y3)"


def test_spaces_tabs_comments_and_empty_lines_are_as_they_like():
    text = f"\n# comment\n\t # another\n\twitness \t w1  {X1}   https://w1.example  \n\n  quorum\tw1\n"
    policy = read_policy(text.encode())
    assert policy.witnesses[0][::2] == ("w1", "https://w1.example")
    assert policy.quorum == "w1"


def test_words_of_the_format_may_be_names():
    policy = read_policy(f"witness all {X1}\nwitness any {X2}\ngroup group 2 all any\nquorum group\n".encode())
    assert policy.groups[0].members == ("all", "any")


def test_names_are_bytes_that_mean_nothing():
    kelvin, k = b"\xe2\x84\xaa", b"K"
    vkeys = str(X1).encode(), str(X2).encode()
    text = b"witness %b\x80 %b\nwitness %b\x80 %b\nquorum %b\x80\n" % (kelvin, vkeys[0], k, vkeys[1], k)
    assert read_policy(text).is_quorum([read_policy(text).witnesses[1].name])
    assert not read_policy(text).is_quorum([read_policy(text).witnesses[0].name])


def test_a_policy_may_ask_for_no_witness():
    assert described(read_policy(b"quorum none\n")) == "no witness is needed"
    assert read_policy(b"quorum none\n").is_quorum([])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no line with the quorum. Write 'quorum NAME', or 'quorum none' if no witness is needed."),
        (f"witness w {X1}\n", "There is no line with the quorum. Write 'quorum NAME', or 'quorum none' if no witness is needed."),
        ("quorum none", "Line 1 does not end with a newline, so the policy may have been cut off. End it with one."),
        ("quorum none\r\n", "Line 1: it ends with a carriage return. Save the file with the line ends of Unix (LF)."),
        ("# a\x0bb\n", "Line 1: it holds the control character 0x0b; only spaces and tabs may stand between words."),
        ("quorum none\n\x7f\n", "Line 2: it holds the control character 0x7f; only spaces and tabs may stand between words."),
        ("quibble w\n", "Line 1: it begins with 'quibble'; a line begins with log, witness, group, quorum or #."),
        ("Quorum none\n", "Line 1: it begins with 'Quorum'; a line begins with log, witness, group, quorum or #."),
        ("log\n", "Line 1: too few words; the form is: log VKEY [URL]"),
        (f"log {LOG.key} a b\n", "Line 1: too many words; the form is: log VKEY [URL]"),
        ("log garbage\n", "Line 1: a key is written name+id+key"),
        (f"log {X1}\n", "Line 1: the key of x1.example/w is of type 0x04; a log signs with a key of type 0x01 (Ed25519)."),
        (f"log {LOG.key}\n" * 2, f"Line 2: the key of {ORIGIN} is given a second time (before, for {ORIGIN}); each counts once."),
        ("witness w\n", "Line 1: too few words; the form is: witness NAME VKEY [URL]"),
        (f"witness w {X1} https://a.example # comment\n", "Line 1: too many words; the form is: witness NAME VKEY [URL]"),
        (
            f"witness w {LOG.key}\n",
            f"Line 1: the key of {ORIGIN} is of type 0x01; a witness signs with a key of type 0x04 (Ed25519 cosignatures).",
        ),
        (f"witness none {X1}\n", "Line 1: nothing can be called 'none': it means that no witness is needed."),
        (f"witness w {X1}\nwitness w {X2}\n", "Line 2: 'w' is defined a second time; witnesses and groups share their names."),
        (f"witness w {X1}\ngroup w any w\n", "Line 2: 'w' is defined a second time; witnesses and groups share their names."),
        (f"witness w {X1}\ngroup none any w\n", "Line 2: nothing can be called 'none': it means that no witness is needed."),
        (f"witness w {X1}\ngroup g 1\n", "Line 2: too few words; the form is: group NAME all|any|NUMBER MEMBER..."),
        (f"witness w {X1}\ngroup g 0 w\n", "Line 2: '0' is no number of members; the form is: group NAME all|any|NUMBER MEMBER..."),
        (f"witness w {X1}\ngroup g 01 w\n", "Line 2: '01' is no number of members; the form is: group NAME all|any|NUMBER MEMBER..."),
        (f"witness w {X1}\ngroup g +1 w\n", "Line 2: '+1' is no number of members; the form is: group NAME all|any|NUMBER MEMBER..."),
        (f"witness w {X1}\ngroup g 2 w\n", "Line 2: 2 members are needed, and the group has 1."),
        (f"witness w {X1}\ngroup g any v\n", "Line 2: 'v' is not defined on a line before this one."),
        (f"group g any w\nwitness w {X1}\n", "Line 1: 'w' is not defined on a line before this one."),
        ("group g any g\n", "Line 1: 'g' is not defined on a line before this one."),
        (f"witness w {X1}\ngroup g any none w\n", "Line 2: 'none' cannot be a member of a group."),
        (f"witness w {X1}\ngroup g all w w\n", "Line 2: 'w' is a member already, of 'g'; each may count in one place only."),
        (
            f"witness w {X1}\nwitness v {X2}\ngroup g any w v\ngroup h any w\n",
            "Line 4: 'w' is a member already, of 'g'; each may count in one place only.",
        ),
        (f"witness w {X1}\nquorum w\nquorum w\n", "Line 3: the quorum is given a second time; it was 'w' before."),
        ("quorum unknown\n", "Line 1: 'unknown' is not defined on a line before this one."),
        (f"quorum w\nwitness w {X1}\n", "Line 1: 'w' is not defined on a line before this one."),
        ("quorum\n", "Line 1: it names 0 things; the form is: quorum NAME"),
        ("quorum none none\n", "Line 1: it names 2 things; the form is: quorum NAME"),
        ("#" * 1_000_001, "A policy has at most 1,000,000 bytes; this one has 1,000,001."),
    ],
)  # fmt: skip
def test_what_another_program_could_read_otherwise_is_refused(text, sentence):
    with pytest.raises(Malformed) as refused:
        read_policy(text.encode())
    assert str(refused.value) == sentence


def test_one_key_under_two_names_counts_once():
    impostor = Key("impostor.example/w", key_id("impostor.example/w", COSIGNATURE, X1.public), COSIGNATURE, X1.public)
    with pytest.raises(Malformed, match="is given a second time"):
        read_policy(f"witness a {X1}\nwitness b {impostor}\nquorum a\n".encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_policy_or_malformed(content):
    with suppress(Malformed):
        read_policy(content)


@given(st.data())
def test_a_policy_with_one_character_changed_is_another_or_none(data):
    text = bytearray(PARTNERS.encode())
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] ^= data.draw(st.integers(1, 255))
    try:
        changed = read_policy(bytes(text))
    except Malformed:
        return
    assert changed != read_policy(PARTNERS.encode())


# ------------------------------------------------------------------ judging


@pytest.mark.parametrize(
    ("signers", "met"),
    [((), False), ((ICB,), False), ((ICB, TRUST), True), ((COUNCIL, TRUST), True), ((ICB, COUNCIL, TRUST), True)],
    ids=["none", "one", "two", "two others", "all"],
)
def test_two_of_three_partners_are_enough(signers, met):
    judged = satisfied(read_policy(PARTNERS.encode()), cosigned(*signers))
    assert judged.quorum_met == judged.accepted == met
    assert judged.signed
    assert [one.at for one in judged.cosigned] == [MORNING] * len(signers)


def test_it_says_who_cosigned_and_who_did_not():
    judged = satisfied(read_policy(PARTNERS.encode()), cosigned(ICB, TRUST))
    assert names(judged) == (["icb", "trust"], ["council"])


def test_one_witness_that_cosigns_twice_counts_once():
    checkpoint = cosigned(ICB)
    later = cosignature_line(ICB, checkpoint.note.text, MORNING + 60)
    note = SmallLog(5).checkpoint() + cosignature_line(ICB, checkpoint.note.text, MORNING) + later
    judged = satisfied(read_policy(PARTNERS.encode()), read_checkpoint(note))
    assert names(judged) == (["icb"], ["council", "trust"])
    assert judged.cosigned[0].at == MORNING + 60
    assert not judged.quorum_met


def test_signatures_of_strangers_are_ignored():
    judged = satisfied(read_policy(PARTNERS.encode()), cosigned(ICB, new_signer("stranger.example/w", COSIGNATURE)))
    assert names(judged) == (["icb"], ["council", "trust"])
    assert not judged.false


def test_a_cosignature_on_another_checkpoint_does_not_count_and_is_named():
    other = read_checkpoint(SmallLog(4).checkpoint()).note.text
    note = SmallLog(5).checkpoint() + cosignature_line(TRUST, other, MORNING)
    text = read_checkpoint(note).note.text
    note += cosignature_line(ICB, text, MORNING) + cosignature_line(COUNCIL, text, MORNING)
    judged = satisfied(read_policy(PARTNERS.encode()), read_checkpoint(note))
    assert judged.false == ("trust.example/witness",)
    assert judged.quorum_met
    assert not judged.accepted


def test_a_checkpoint_that_another_log_signed_is_not_accepted():
    judged = satisfied(read_policy(PARTNERS.encode()), cosigned(ICB, COUNCIL, log=new_signer("other.example/log")))
    assert (judged.signed, judged.quorum_met, judged.accepted) == (False, True, False)


def test_a_log_signs_only_for_the_origin_that_it_is_called():
    """The key of one log of the policy signs a checkpoint that says it is of another."""
    text = SmallLog(5).checkpoint().partition(b"\n\n")[0].replace(ORIGIN.encode(), b"other.example/log") + b"\n"
    from decisionlog.audit.keys import signature_line

    checkpoint = read_checkpoint(text + b"\n" + signature_line(LOG, text))
    assert not satisfied(read_policy(PARTNERS.encode()), checkpoint).signed


def test_a_policy_without_logs_takes_the_log_that_is_known_otherwise():
    policy = read_policy(f"witness icb {ICB.key}\nquorum icb\n".encode())
    assert satisfied(policy, cosigned(ICB), [LOG.key]).accepted
    assert not satisfied(policy, cosigned(ICB)).accepted


def test_the_cosignatures_of_public_witnesses_verify():
    policy = read_policy(
        f"log {PUBLIC_LOG}\n"
        f"witness garden {GARDEN}\nwitness smartit {SMARTIT}\nwitness remora {REMORA}\nwitness stagemole {STAGEMOLE}\n"
        "group public all garden smartit remora stagemole\nquorum public\n".encode()
    )
    judged = satisfied(policy, PUBLIC)
    assert judged.accepted
    assert {one.at for one in judged.cosigned} == {1_779_573_024}


def test_the_cosignatures_of_public_witnesses_are_on_that_checkpoint_and_no_other():
    policy = read_policy(f"log {PUBLIC_LOG}\nwitness remora {REMORA}\nquorum remora\n".encode())
    text = PUBLIC.note.text.replace(b"1432088532", b"1432088533")
    judged = satisfied(policy, PUBLIC._replace(note=PUBLIC.note._replace(text=text)))
    assert judged.false == (PUBLIC_LOG.name, "remora.n621.de")
    assert not judged.quorum_met
