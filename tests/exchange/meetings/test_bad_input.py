"""What cannot be recorded: each with its file, its line and its path, what was found, what was wanted, and the way out."""

from __future__ import annotations

import os
from contextlib import suppress
from copy import deepcopy
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from decisionlog.bootstrap import MODELS
from decisionlog.domain.refusals import BadInput, DecisionlogError, Mistakes
from decisionlog.exchange.meetings.files import content_of, read_sheet
from decisionlog.exchange.meetings.recording import MeetingFiles, Recorder
from decisionlog.questions.recorded_acts import RecordedActs
from decisionlog.store.catch_up import ReadModels
from tests.exchange.meetings.test_recording import BOARD
from tests.scenario import BY, NOW, engine_for, new_log

HEAD = "meeting: {body: northmoor-locality-board, on: 2026-03-12}\n"
ITEM = HEAD + "items:\n  - item: 1\n"

WRONG = [
    # texts
    (
        ITEM + '    title: "a \u202e b"\n    decision: noted\n',
        "items[0].title (item 1): title contains a hidden direction-changing",
    ),
    (ITEM + f"    title: e{chr(0x301) * 200}\n    decision: noted\n", "has too many combined marks on one letter"),
    (ITEM + '    title: "\u200b"\n    decision: noted\n', "items[0].title (item 1): title is empty"),
    (ITEM + '    title: "a\\0b"\n    decision: noted\n', "title contains a NUL character at position 2"),
    (ITEM + '    title: "a\\uD800b"\n    decision: noted\n', "title contains half of a character"),
    (ITEM + f"    title: {'x' * 10_000}\n    decision: noted\n", "title is 10,000 characters; the limit is 200"),
    (ITEM + '    decision: {outcome: noted, text: "\\e[2J"}\n', "text contains a control or invisible character"),
    (
        ITEM + "    discussed: Call 943 476 5919.\n",
        "line 4, items[0].discussed (item 1): holds what reads as an NHS number",
    ),
    # dates
    (
        HEAD.replace("2026-03-12", "2026-02-31"),
        "line 1, meeting.on: '2026-02-31' is not a day: February 2026 has 28 days",
    ),
    (HEAD.replace("2026-03-12", "2027-02-29"), "February 2027 has 28 days"),
    (HEAD.replace("2026-03-12", "03/04/26"), "Which one? 2026-04-03 or 2026-03-04"),
    (HEAD.replace("2026-03-12", "20226-03-12"), "'20226-03-12' is not a date"),
    (
        HEAD.replace("2026-03-12", "2026-10-25") + 'present: [{person: p-001, from: "01:30"}]\n',
        "Which one? 2026-10-25T01:30:00+01:00 or 2026-10-25T01:30:00+00:00",
    ),
    (HEAD.replace(", on: 2026-03-12", ""), "`on` is missing; write the day of the meeting"),
    # keys and words
    (HEAD + "presnt: [p-001]\n", "line 2, presnt: Unknown key `presnt`. Did you mean `present`?"),
    (ITEM + "    decisions: [{outcom: noted}]\n", "Unknown key `outcom`. Did you mean `outcome`?"),
    (ITEM + "    decision: {outcome: noted, recorded_at: now}\n", "`recorded_at` is set by the log; leave it out"),
    (ITEM + "    position: {northmoor-council: support}\n", "Unknown key `position`. Did you mean `positions`?"),
    (ITEM + "    decision: aproved\n", "line 4, items[0].decision (item 1): 'aproved' is not one of the words"),
    (
        ITEM + "    decision: agreed\n",
        "'agreed' is not one of the words for this field. Did you mean approved, endorsed or noted? The minutes' own word goes",
    ),
    (ITEM + "    title: Winter\n", "items[0] (item 1): says nothing of what happened"),
    ("items: []\n", "`meeting` or `between_meetings` is wanted"),
    (
        HEAD + "between_meetings: {on: 2026-03-12, post: clerk}\n",
        "`meeting` or `between_meetings` is wanted, and not both",
    ),
    ("between_meetings: {on: 2026-03-12}\n", "name the one who decided"),
    ("between_meetings: {on: 2026-03-12, post: clerk}\ndiscussed: yes\n", "only a meeting discusses"),
    (ITEM + "    positions: {northmoor-council: support}\n", "is about a proposal, and the item has no proposal"),
    (ITEM + "    disagreement: {partner: northmoor-ft, grounds: no}\n", "about what? The item has no proposal"),
    (
        ITEM + "    decision: noted\n    disagreement: {partner: northmoor-ft, words: We object.}\n",
        "`words` says how it ended, and `outcome` does not say that it did",
    ),
    (
        ITEM + "    decision: noted\n    disagreement: {partner: northmoor-ft, outcome: forgoten}\n",
        "'forgoten' is no way in which a disagreement ends",
    ),
    (ITEM + "    minutes: {of: NLB-1, status: agreed}\n", "a `status` of confirmed, confirmed as amended or refused"),
    (ITEM + "    decision: {maker: clerk, makers: [clerk]}\n", "`makers` says the same as `maker`; give one of them"),
    (ITEM + "    decision: {outcome: noted, value: lots}\n", "items[0].decision.value"),
    # what is not there
    (
        ITEM + "    decision: {maker: northmoor-cabnet}\n",
        "line 4, items[0].decision.maker (item 1): 'northmoor-cabnet' is not recorded",
    ),
    (HEAD + "present: [p-099]\n", "line 2, present: person:p-099 is not recorded here"),
    (HEAD.replace("on:", "presiding: [council-leadr], on:"), "'council-leadr' is neither a person nor a post"),
    (HEAD.replace("on:", "presiding: [p-099], on:"), "add it to the scheme file, or open it under `also`"),
    (ITEM + "    ratified: [NLB/1]\n", "line 4, items[0].ratified[0] (item 1): decision:NLB/1 is not recorded here"),
    (ITEM + "    proposal: {paper: papers/none.pdf}\n", "there is no file 'papers/none.pdf' beside march.yaml"),
    ("meeting: NLB-2020-01-01\n", "no meeting 'NLB-2020-01-01' is recorded here"),
    # YAML
    ("meeting: &a {body: b}\nitems: *a\n", "line 1: has an anchor or an alias"),
    ("meeting: !!python/object/apply:os.system [ls]\n", "has the tag"),
    ("meeting:\n\tbody: b\n", "line 2, column 1: is not YAML"),
    ("[" * 20_000, "is nested too deeply"),
    (HEAD + HEAD.replace("meeting", "items"), "line 2"),
    (HEAD + "---\n" + HEAD, "begins a second document"),
    ("meeting: {body: b, body: c, on: 2026-03-12}\n", "has `body` given twice"),
    ("just words\n", "meeting: or between_meetings: is wanted at the top"),
    ("meeting: {body: b, on: }\n", "is empty; leave out what is not recorded"),
    (b"\xff\xfem\x00", "is not UTF-8 (byte 1 is 0xff). It looks like UTF-16"),
    (b"", "is empty"),
    (b"PK\x03\x04rest", "is a document of Word or Excel"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[f"{n:02} {row[1][:40]}" for n, row in enumerate(WRONG)])
def test_bad_input_is_told_with_its_place(desk, text, sentence):
    mistakes = desk.mistakes(text)
    assert any(sentence in mistake for mistake in mistakes), mistakes
    assert all(mistake.startswith("march.yaml") for mistake in mistakes)
    assert all("\x02" not in mistake for mistake in mistakes)


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines(desk):
    told = desk.mistakes(
        """
        meeting: {body: northmoor-locality-bord, on: 31/02/2026}
        presnt: [p-001]
        items:
          - item: 4
            proposal: {titel: UCR, sponsor: gp-colaborative}
            positions:
              northmoor-council: suport
            decisions:
              - maker: northmoor-cabnet
                review: 03/04/26
                conditions: [{words: x, due: tomorrow, falls_too: northmoor-icb}]
              - {outcome: noted, under: SORD-7.3, text: "Call 943 476 5919."}
        """
    )
    assert [mistake.partition(": ")[0].removeprefix("march.yaml, line ") for mistake in told] == [
        "2, meeting.on",
        "2, meeting.body",
        "3, presnt",
        "6, items[0].proposal.titel (item 4)",
        "6, items[0].proposal.sponsor (item 4)",
        "8, items[0].positions.northmoor-council (item 4)",
        "10, items[0].decisions[0].maker (item 4)",
        "11, items[0].decisions[0].review (item 4)",
        "12, items[0].decisions[0].conditions[0].due (item 4)",
        "12, items[0].decisions[0].conditions[0] (item 4)",
        "13, items[0].decisions[1].text (item 4)",
        "13, items[0].decisions[1].under (item 4)",
    ]


PAPER = ITEM + "    proposal: {title: Beds, paper: item1.pdf}\n"


def test_a_paper_beside_the_file_is_digested_and_kept_by_its_name(desk):
    Path("papers").mkdir()
    Path("papers/item1.pdf").write_bytes(b"%PDF")
    (submitted,) = [fact for fact in desk.records(PAPER.replace("item1", "papers/item1")) if "paper" in fact["data"]]
    assert submitted["data"]["paper"] == {
        "uri": "item1.pdf",
        "sha256": sha256(b"%PDF").hexdigest(),
    }


def test_a_paper_that_was_changed_is_told(desk):
    Path("item1.pdf").write_bytes(b"%PDF")
    desk.records(PAPER)
    Path("item1.pdf").write_bytes(b"%PDF 2")
    (fact,) = desk.records(PAPER)
    assert fact["data"]["changes"][0]["path"] == "/paper/sha256"


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: Path("item1.pdf").symlink_to("/etc/hostname"), "is a link, not an ordinary file"),
        (lambda: Path("item1.pdf").mkdir(), "is not an ordinary file"),
        (lambda: os.mkfifo("item1.pdf"), "is not an ordinary file"),
        (lambda: Path("item1.pdf").touch(), "is empty"),
        (lambda: Path("item1.pdf").symlink_to("/dev/zero"), "is a link, not an ordinary file"),
    ],
    ids=["a link", "a folder", "a pipe", "nothing in it", "a device"],
)
def test_a_paper_that_is_no_ordinary_file_is_refused(desk, made, sentence):
    made()
    (mistake,) = desk.mistakes(PAPER)
    assert sentence in mistake


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: None, "There is no file march.yaml. To begin one:"),
        (lambda: Path("march.yaml").mkdir(), "is a folder; name the files in it"),
        (lambda: Path("march.yaml").symlink_to("/dev/null"), "is not an ordinary file"),
    ],
    ids=["missing", "a folder", "a device"],
)
def test_a_file_that_cannot_be_read_is_told(made, sentence):
    made()
    with pytest.raises(BadInput, match=sentence):
        content_of("march.yaml")


MARKDOWN = [
    ("# Minutes\n", "begins with ---"),
    ("---\nmeeting: {}\n", "the front matter is not closed"),
    ("---\n---\nwords\n", "the front matter is empty"),
    (b"---\nmeeting: {}\n---\n\xff\n", "is not UTF-8"),
]


@pytest.mark.parametrize(("text", "sentence"), MARKDOWN, ids=[row[1] for row in MARKDOWN])
def test_markdown_without_sound_front_matter_is_told(text, sentence):
    with pytest.raises(Mistakes, match=sentence):
        read_sheet("march.md", text if isinstance(text, bytes) else text.encode(), Path("march.md"))


def test_whatever_stands_where_something_else_is_wanted_is_a_mistake_and_never_a_fault(desk):
    whole = read_sheet("march.yaml", BOARD.encode(), Path("march.yaml"))
    paths = [path for path in whole.written.lines if path]
    assert len(paths) > 60
    for path in paths:
        for odd in ({"a": 1}, [["x"]], {"person": {"x": ["y"]}}, True, -7, "x: y", []):
            value = deepcopy(whole.written.value)
            holder = value
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = odd
            _reads(desk, whole, value)


def _reads(desk, whole, value):
    """A file reads, or is refused: anything else is a fault of the program."""
    sheet = replace(whole, written=replace(whole.written, value=value))
    with suppress(DecisionlogError):
        desk.sheets([sheet]).check()


def test_minutes_of_a_meeting_that_was_never_recorded_tell_how_it_is_and_never_suggest_the_meeting_itself(desk):
    (told,) = desk.mistakes(HEAD + "minutes: {of: NLB-2026-02-12, status: confirmed}\n")
    assert told == (
        "march.yaml, line 2, minutes.of: meeting:NLB-2026-02-12 is not recorded here. Record that meeting first; one line "
        "will do: meeting: {body: northmoor-locality-board, on: 2026-02-12}"
    )
    desk.records("meeting: {body: northmoor-locality-board, on: 2026-02-12}\n")
    (told,) = desk.mistakes(HEAD + "minutes: {of: NLB-2026-02-21, status: confirmed}\n")
    assert "Did you mean meeting:NLB-2026-02-12? Or record that meeting first; one line will do: " in told


def test_a_name_written_as_a_reference_offers_the_thing_that_has_it(desk):
    name = "Integrated Care Board of Northmoor"
    desk.plain({"type": "organisation.renamed", "stream": "organisation:northmoor-icb", "data": {"name": name}})
    (told,) = desk.mistakes(ITEM + f"    decision: {{outcome: noted, for: {name}}}\n")
    assert told == (
        f"march.yaml, line 4, items[0].decision.for (item 1): {name} is no reference here. "
        f"Did you mean organisation:northmoor-icb ({name})?"
    )


def test_a_name_that_is_not_there_is_told_once_however_often_it_is_written(desk):
    decision = "{maker: northmoor-bord, for: northmoor-bord, outcome: noted}"
    told = desk.mistakes(ITEM + f"    decisions: [{decision}, {decision}]\n    ratified: [X/1, X/2]\n")
    assert [mistake.partition(": ")[0] for mistake in told] == [
        "march.yaml, line 4, items[0].decisions[0].maker (item 1)",
        "march.yaml, line 5, items[0].ratified[0] (item 1)",
        "march.yaml, line 5, items[0].ratified[1] (item 1)",
    ]
    assert told[0].endswith(" It stands in 3 more places.")


def test_in_a_log_without_a_scheme_the_scheme_is_asked_for_first():
    log = new_log()
    models = ReadModels(log, engine_for(log), MODELS)
    models.catch_up()
    with models.reading() as rows:
        sheet = read_sheet("march.yaml", HEAD.encode(), Path("march.yaml"))
        files = MeetingFiles(log, RecordedActs(log, rows), Recorder(BY, NOW), [sheet], models)
    with pytest.raises(Mistakes, match="This log has no scheme yet: record first who there is"):
        files.check()
    models.close()
