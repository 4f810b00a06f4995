"""A table of bad input: what is said, of which class the refusal is, and that nothing of it is recorded.

What only looks bad stands beside it, and is recorded as it was typed.
"""

from __future__ import annotations

import json

import pytest

from decisionlog.domain.refusals import BadInput, Conflict, Mistakes, Refusal
from tests.scenario import body, decision, fact, given, line, person, proposal, request, stored

LONG = 10_000
DEEP = 100_000


def titled(title, **more):
    return proposal("P1", title=title, **more)


def raw(data: str) -> str:
    """A proposal whose data is this very text."""
    return '{"type": "proposal.submitted", "stream": "proposal:P1", "data": ' + data + "}"


# What only looks bad


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{7*7}} ${7*7} {% raw %}",
        "[x](javascript:alert(1)) ![x](data:text/html,<b>)",
        "<iframe src=//evil></iframe><style>*{}</style><svg onload=alert(1)>",
        '=HYPERLINK("https://evil.example","x")',
        "' OR 1=1; DROP TABLE stored_events; --",
        "%s %n %x %00 \\x00 \\u202e",
        "../../etc/passwd",
        "null",
        "\u0130stanbul, \u0131\u015f\u0131k",
        "Cyngor Gŵyr a Môn, tŷ, ŵ, ŷ",
        "محمد بن سلمان",
        "יצחק בן צבי",
        "山田 太郎",
        "👩\u200d⚕️ Nurse",
        "क्षत्रिय\u200d",
        "a\u200bb",
    ],
)
def test_hostile_and_foreign_texts_are_recorded_as_they_were_typed(text):
    given().when(titled(text)).then({"type": "proposal.submitted", "data": {"title": text}})
    given().when(person("p-1", text)).then({"type": "person.registered", "data": {"name": text}})
    given().when(body("nlb", name=text)).then({"type": "body.constituted", "data": {"name": text}})
    given().when(proposal(text)).then({"type": "proposal.submitted", "stream": f"proposal:{text}"})


def test_composed_and_decomposed_names_are_one():
    log = given(person("p-1", "Zoe\u0308"), proposal("Cafe\u0301 1")).log
    assert [one["data"].get("name", one["stream"]) for one in stored(log, 1)] == ["Zoë", "proposal:Café 1"]
    given(log=log).when(fact("proposal.deferred", "proposal:CAFE\u0301-1")).then({"type": "proposal.deferred", "n": 2})
    given(log=log).when(proposal("Café  1")).then("proposal.submitted").noted(
        "a second proposal 'Café  1'; kept beside the first."
    )


# What is bad


BAD_TEXTS = [
    (
        "a direction override",
        titled("Harmless \u202eevil"),
        "data.title: title contains a hidden direction-changing character (U+202E) at position 10.",
    ),
    ("an isolate", titled("\u2067x"), "hidden direction-changing character (U+2067) at position 1."),
    ("a pile of marks", titled("Z" + "\u0335" * 200), "title has too many combined marks on one letter."),
    ("nothing but zero width", titled("\u200b\u200d\ufeff"), "title is empty."),
    ("nothing but spaces", titled(" \u3000 "), "title is empty."),
    ("a NUL", titled("ab\x00c"), "title contains a NUL character at position 3."),
    (
        "a lone surrogate",
        titled("a\ud83d"),
        "title contains half of a character (a lone surrogate, U+D83D) at position 2.",
    ),
    (
        "an escape sequence",
        titled("\x1b]0;owned\x07"),
        "title contains a control or invisible character (U+001B) at position 1.",
    ),
    ("a clear screen", titled("x\x1b[2J"), "(U+001B) at position 2."),
    ("a C1 control", titled("a\x9b31m"), "(U+009B) at position 2."),
    ("a line separator", titled("a\u2028b"), "(U+2028) at position 2."),
    ("a tag character", titled("a\U000e0062"), "(U+E0062) at position 2."),
    ("a text that is too long", titled("x" * LONG), "title is 10,000 characters; the limit is 200."),
    (
        "prose that is too long",
        titled("x", recommendation="x" * 20_001),
        "recommendation is 20,001 characters; the limit is 20,000.",
    ),
    ("a break in a line", titled("a\nb"), "title contains a line break at position 2; it must be one line."),
    (
        "an override in a reference",
        proposal("P\u202e1"),
        "line 1, stream: the reference contains a hidden direction-changing character (U+202E) at position 11.",
    ),
    ("a NUL in a reference", proposal("P\x001"), "contains a NUL character at position 11."),
    (
        "an override in a code",
        proposal("P1", version="\u202d1"),
        "version contains a hidden direction-changing character",
    ),
    (
        "a script as a link",
        proposal("P1", paper={"uri": "javascript:alert(1)"}),
        "links must start with https:// (or http, mailto, urn).",
    ),
    ("a page as a link", proposal("P1", paper={"uri": "data:text/html,<script>"}), "links must start with https://"),
    ("a file as a link", proposal("P1", paper={"uri": "file:///etc/passwd"}), "links must start with https://"),
]

BAD_JSON = [
    ("UTF-16", "{}".encode("utf-16"), "line 1: is not UTF-8 (byte 1 is 0xff). It looks like UTF-16; save it as UTF-8."),
    ("a pound sign of Windows", raw('{"title": "£5"}').encode("cp1252"), "is not UTF-8 (byte 76 is 0xa3)."),
    ("a key given twice", raw('{"title": "a", "title": "b"}'), "line 1: has `title` given twice."),
    ("a type given twice", '{"type": "decision.taken", "type": "proposal.submitted"}', "has `type` given twice."),
    ("NaN", raw('{"key": NaN}'), "has NaN, which is not a JSON value."),
    ("Infinity", raw('{"key": Infinity}'), "has Infinity, which is not a JSON value."),
    (
        "a huge fraction",
        raw('{"key": 1e999}'),
        "has the number 1e999; only whole numbers are recorded (money is in pence).",
    ),
    (
        "pounds and pence",
        raw('{"value": [{"money": {"amount": 450000.50, "currency": "GBP"}}]}'),
        "has the number 450000.50; only whole numbers",
    ),
    (
        "five thousand digits",
        raw('{"key": ' + "7" * 5_000 + "}"),
        "has a number of 5,000 digits; write a number this large as text.",
    ),
    ("deep lists", "[" * DEEP, "is nested too deeply; 32 levels are the limit."),
    (
        "deep objects in data",
        raw('{"title":' * DEEP + "1" + "}" * DEEP),
        "is nested too deeply; 32 levels are the limit.",
    ),
    ("33 levels", raw('{"title":' * 32 + "1" + "}" * 32), "is nested too deeply; 32 levels are the limit."),
    ("a huge line", raw('{"title": "' + "x" * 2**20 + '"}'), "line 1: is 1,048,654 bytes; the limit is 1,048,576."),
    ("no object", "[]", "line 1: is a list; one object, {...}, is wanted on each line."),
    ("two objects", "{} {}", "is not JSON: Extra data at column 4."),
    ("half an object", '{"type": "proposal.sub', "is not JSON: Unterminated string starting at column 10."),
]

BAD_FIELDS = [
    ("an unknown field", proposal("P1", apporved=True), "Unknown field `apporved`."),
    (
        "a field that was meant",
        proposal("P1", recomendation="x"),
        "Unknown field `recomendation`. Did you mean `recommendation`?",
    ),
    ("a field of the line", {**proposal("P1"), "steam": "x"}, "Unknown field `steam`. Did you mean `stream`?"),
    (
        "a number as text",
        proposal("P1", value=[{"money": {"amount": "5", "currency": "GBP"}}]),
        "data.value[0].money.amount: '5' was found; a whole number (without quotation marks) is wanted.",
    ),
    ("one for yes", proposal("P1", key=1), "1 was found; true or false is wanted."),
    ("text for yes", proposal("P1", key="yes"), "'yes' was found; true or false is wanted."),
    ("a number for text", proposal("P1", title=26), "26 was found; text (in quotation marks) is wanted."),
    ("one for a list", proposal("P1", authors="person:a"), "'person:a' was found; a list ([...]) is wanted."),
    ("null", proposal("P1", title=None), "`title` is null; leave out what is not recorded."),
    (
        "beyond every reader",
        proposal("P1", value=[{"money": {"amount": 2**60, "currency": "GBP"}}]),
        "is out of range; a whole number within 2^53 is wanted",
    ),
    ("a position", {**proposal("P1"), "position": 7}, "`position` is set by the log; leave it out."),
    (
        "a time of recording",
        {**proposal("P1"), "recorded_at": "2026-01-01"},
        "`recorded_at` is set by the log; leave it out.",
    ),
    ("an id in the data", proposal("P1", id="x"), "`id` is set by the log; leave it out."),
    ("a sequence", {**proposal("P1"), "sequence": 1}, "`sequence` is set by the log; leave it out."),
    ("a hash", proposal("P1", hash="x"), "`hash` is set by the log; leave it out."),
    (
        "a word that is none",
        decision("D1", outcome="agreed"),
        "'agreed' is not one of the words for this field. Did you mean approved, endorsed or noted?",
    ),
    ("a word misspelt", decision("D1", outcome="Aproved"), "Did you mean 'approved'?"),
    (
        "keys that sort otherwise elsewhere",
        proposal("P1", **{"\U0001f600": 1, "\ufb01": 2}),
        "Unknown field `\U0001f600`.",
    ),
    (
        "such keys in a value of any shape",
        fact("record.contradicted", "proposal:P0", path="/paper", says={"\U0001f600": "x"}) | {"of": "proposal:P0"},
        "Unknown field `\U0001f600`.",
    ),
    ("a type of another program", {"type": "os:system", "stream": "proposal:P1"}, "'os:system' is not a type of fact."),
]

BAD_DAYS = [
    ("31 February", "2026-02-31", "line 1, on: '2026-02-31' is not a day: February 2026 has 28 days."),
    ("a leap day that is none", "2027-02-29", "'2027-02-29' is not a day: February 2027 has 28 days."),
    (
        "a day that can be two",
        "03/04/26",
        "'03/04/26' can be read in more than one way. Which one? 2026-04-03 or 2026-03-04.",
    ),
    ("a day that can be one", "31/03/2026", "'31/03/2026' is not how a date is written here; write 2026-03-31."),
    ("a day that can be none", "31/2/2026", "'31/2/2026' is not a day, whichever way it is read"),
    ("a year of five digits", "20226-03-12", "'20226-03-12' is not a date; write 2026-03-12"),
    (
        "an hour that was twice",
        "2026-10-25T01:30",
        "has no offset from UTC. Which one? 2026-10-25T01:30:00+01:00 or 2026-10-25T01:30:00+00:00.",
    ),
    (
        "an hour that never was",
        "2026-03-29T01:30",
        "was skipped when the clocks went forward; write the time that was, such as 2026-03-29T02:30:00+01:00.",
    ),
    ("words", "last Tuesday", "'last Tuesday' is not a date"),
    ("nothing", "", "'' is not a date"),
]

BAD_REFERENCES = [
    (
        "a name that nobody has",
        proposal("P1", sponsor="body:nlbb"),
        "line 1: body:nlbb is not recorded here. Did you mean body:nlb?",
    ),
    (
        "a look-alike",
        proposal("\u0420\u0415\u0420 484"),
        "looks like the proposal 'pep 484' that is recorded already, but is written with letters of another script.",
    ),
    (
        "another kind",
        proposal("P1", authors=["place:x"]),
        "'place:x' is of kind place; body or post or person or organisation is wanted here.",
    ),
    (
        "no amount",
        decision("D1", value=[{"money": "lots"}]),
        "data.value[0].money: 'lots' is not an amount; write £450,000",
    ),
    (
        "no amount at all",
        decision("D1", value=["1,2m"]),
        "data.value[0]: '1,2m' is not an amount; write £450,000, 450k",
    ),
    ("no kind", proposal("P1", sponsor="nlbb"), "'nlbb' is not recorded here, as body, post, person or organisation."),
    (
        "a fact that is not there",
        fact("proposal.deferred", "proposal:PEP 484") | {"of": {"stream": "proposal:PEP 484", "n": 9}},
        "`of` names fact 9 of proposal:PEP 484, which has 2.",
    ),
    ("a stream that is not there", fact("proposal.deferred", "proposal:P9"), "proposal:P9 is not recorded here."),
]

BAD = [
    *((name, (plain,), sentence) for name, plain, sentence in BAD_TEXTS + BAD_JSON + BAD_FIELDS + BAD_REFERENCES),
    *((name, (proposal("P1", on=when),), sentence) for name, when, sentence in BAD_DAYS),
    *(
        (
            f"{name} as a deadline",
            (fact("proposal.referred", "proposal:P0", due=when),),
            sentence.removeprefix("line 1, on: "),
        )
        for name, when, sentence in BAD_DAYS
    ),
    (
        "one bad line among sound ones",
        (body("a"), proposal("P1", sponsor="body:none"), body("b")),
        "line 2: body:none is not recorded here.",
    ),
]
BEFORE = (body("nlb"), proposal("PEP 484"), proposal("P0"))


@pytest.mark.parametrize(
    ("lines", "sentence"), [pytest.param(lines, sentence, id=name) for name, lines, sentence in BAD]
)
def test_bad_input_is_refused_in_one_clear_sentence_and_nothing_is_recorded(lines, sentence):
    when = given(*BEFORE).when(*lines)
    when.refused(sentence, Mistakes)
    assert isinstance(when.refusal, BadInput)
    for mistake in when.refusal.mistakes:
        assert len(str(mistake)) < 700
        assert str(mistake).endswith((".", "?"))
        assert not any(
            internal in str(mistake) for internal in ("Traceback", "pydantic", "msgspec", "Error", "NoneType", "<class")
        )


def test_a_refusal_can_always_be_written_down():
    for lines, sentence in ((lines, sentence) for _, lines, sentence in BAD):
        when = given(*BEFORE).when(*lines)
        assert sentence in str(when.refusal)
        assert json.loads(json.dumps(str(when.refusal))) == str(when.refusal)


# Again, at the same time, too late


def test_a_request_that_was_recorded_is_answered_and_not_repeated():
    log = given(proposal("P1")).log
    again = given(log=log).when(proposal("P1"))
    assert again.imported.receipt.already
    assert log.head().size == again.before["size"]


def test_a_key_that_stands_for_another_request_is_refused():
    log = given().log
    given(log=log).when(proposal("P1"), key="k").then("proposal.submitted")
    given(log=log).when(proposal("P2"), key="k").refused(
        "The key 'k' was used for a different request on 2026-06-01 (facts 2 to 2).", Refusal
    )


def test_a_log_that_has_grown_is_a_conflict():
    given(proposal("P1")).when(proposal("P2"), size=1).refused(
        "The log has 2 facts, not 1: somebody recorded in the meantime.", Conflict
    )


def test_what_lies_ahead_is_recorded_as_claimed_and_said():
    given().when(proposal("P1", on="2031-05-01")).then({"type": "proposal.submitted", "on": "2031-05-01"}).noted(
        "2031-05-01 is in the future; recorded as written."
    )


# Personal data


def test_an_nhs_number_stops_and_is_sealed_when_it_is_meant():
    plain = proposal("P1", title="Appeal of 943 476 5919")
    given().when(plain).refused(
        "data.title: holds what reads as an NHS number. Take it out; or, if it must be kept, give --contains-personal-data"
    )
    log = (
        given()
        .when(plain, personal_data=True)
        .then({"type": "proposal.submitted", "data": {"title": "Appeal of 943 476 5919"}})
        .log
    )
    assert not any(b"943 476 5919" in one.state for one in log.lines())


# Great numbers


def test_only_the_first_mistakes_of_many_are_printed_and_all_are_kept():
    refused = (
        given()
        .when(request(*(line(proposal(f"P{number}", titel="x")) for number in range(500))))
        .refused("... and 480 more.")
        .refusal
    )
    assert len(refused.mistakes) == 500
    assert len(str(refused).splitlines()) == 21
