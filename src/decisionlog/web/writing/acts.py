"""`POST /v1/acts/{command}`: one fact, asked for as on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from msgspec.structs import replace

from decisionlog.checks.finding import RULE_SET
from decisionlog.commands.acts import Act, Decided, day_to_come
from decisionlog.commands.needed import lacking
from decisionlog.commands.one_fact import decide, wrong_day
from decisionlog.commands.record_facts import RecordFacts, record_facts
from decisionlog.commands.requests import check
from decisionlog.commands.things import thing
from decisionlog.domain.days import named_day
from decisionlog.domain.facts import KINDS, TYPES
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput, Conflict, Mistake, Mistakes
from decisionlog.exchange.fitting import fitted
from decisionlog.questions.checking import nothing_found
from decisionlog.questions.choosing_rules import rule_judging
from decisionlog.render.words import PLURALS
from decisionlog.web.problems import Problem
from decisionlog.web.reading.parameters import Parameter
from decisionlog.web.writing.bodies import json_object, require_known
from decisionlog.web.writing.permitted import require_permitted
from decisionlog.web.writing.posting import USUAL, Posted, Written, require_unchanged, require_version
from decisionlog.web.writing.verbs import VERBS, Verb

PATH: Final = "/v1/acts/"
"""What the address of every act begins with; the command follows."""
TAKES: Final = (
    *USUAL,
    Parameter(
        "again",
        "Record a second time what is recorded already; keep a second thing with the reference of another beside the first.",
        takes="flag",
        usual=False,
    ),
)
FIELDS: Final[Mapping[str, type]] = {"ref": str, "way": str, "on": str, "fact": int, "data": dict}
_ANSWER: Final = "finding."
"""What the types begin with that say something to a finding."""
_TRIES: Final = 8
"""How often it is decided anew, if somebody records in the meantime."""


def record(posted: Posted, command: str) -> Written:
    """Decide and record one fact. Raises the refusals of what decides, and `Problem`."""
    verb = _verb(command)
    body = json_object(posted.content)
    require_known(body, FIELDS)
    if no_day := wrong_day(_day(posted, body), posted.found.log.zone):
        raise Mistakes(no_day)
    _require_ref(verb, body)
    require_unchanged(posted)
    for left in reversed(range(_TRIES)):
        size = posted.found.log.size()
        try:
            return _recorded(posted, _act(posted, command, body))
        except Conflict:
            if posted.size is not None or posted.version is not None or posted.found.log.size() == size or not left:
                raise
    raise AssertionError("the last try raises or returns")


def _verb(command: str) -> Verb:
    if verb := VERBS.get(command):
        return verb
    near = get_close_matches(command.lower(), VERBS, n=1, cutoff=0.7)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    raise Problem("not-found", f"There is no command of that name.{hint} They are: {', '.join(VERBS)}.")


def _day(posted: Posted, body: Mapping[str, Any]) -> str | None:
    return named_day(body["on"], posted.service.now(), posted.found.log.zone) if "on" in body else None


def _require_ref(verb: Verb, body: Mapping[str, Any]) -> None:
    if verb.opens and "ref" in body:
        detail = "This opens a thing of its own: give its reference as `data.ref`, and leave `ref` out. Nothing was recorded."
        raise Problem("bad-input", detail, mistakes=[Mistake("ref", detail)])
    if not verb.opens and not body.get("ref", "").strip():
        detail = "`ref` is missing: what it is about. Nothing was recorded."
        raise Problem("bad-input", detail, mistakes=[Mistake("ref", detail)])


def _act(posted: Posted, command: str, body: Mapping[str, Any]) -> Act:
    log, now, verb = posted.found.log, posted.service.now(), VERBS[command]
    stream = "" if verb.opens else _about(posted, verb, body)
    type_name = _type(verb, split(stream)[0] if stream else "", body.get("way", ""))
    data = fitted(type_name, body.get("data", {}), log.identity.currency or "GBP")
    missing = [_missing(command, names) for names in lacking(type_name, data)]
    wrong = [Mistake(place, sentence) for place, sentence in check(type_name, data, log.zone)[1]]
    if wrong := [*missing, *(one for one in wrong if not _may_be_found_out(one))]:
        raise Mistakes(wrong)
    if type_name.startswith(_ANSWER):
        data |= _of_the_rule(type_name, data, stream, body["ref"])
    return Act(
        type=type_name,
        data=data,
        ref=body.get("ref", ""),
        on=_day(posted, body),
        fact=body.get("fact", 0),
        now=now,
        again=posted.given["again"],
    )


def _of_the_rule(type_name: str, data: Mapping[str, Any], stream: str, ref: str) -> Mapping[str, Any]:
    """Which rule is meant, by its id and of which set of rules. Raises `BadInput` where it judges no such things."""
    rule = rule_judging(data["rule"], stream, ref, PLURALS)
    judged_by = {} if "rules" in data or "rules" not in fields_of(TYPES[type_name]) else {"rules": RULE_SET}
    return {"rule": rule.id, **judged_by}


def _missing(command: str, names: tuple[str, ...]) -> Mistake:
    """What the command line asks for, or refuses to do without, by the name that it has here; of several, one is enough."""
    fields = " or ".join(f"`data.{name}`" for name in names)
    return Mistake(f"data.{names[0]}", f"{command} needs {fields}.")


def _may_be_found_out(mistake: Mistake) -> bool:
    """Whether it only says that a field of the fact is missing, which may follow from what the fact is about."""
    return mistake.place == "data" and mistake.sentence.endswith("is missing.")


def _about(posted: Posted, verb: Verb, body: Mapping[str, Any]) -> str:
    """The stream of what it is about, which must be at the version that the caller saw."""
    kinds = KINDS if "*" in verb.types else tuple(verb.types)
    about = thing(posted.found.log, body["ref"], kinds)
    require_version(posted, about.stream)
    return about.stream


def _type(verb: Verb, kind: str, way: str) -> str:
    """The type of fact that is recorded. Raises `BadInput` for a way that there is not, or that does not go with the kind."""
    usual = verb.types.get(kind, verb.types.get("*", ""))
    if not way and usual:
        return usual
    if way not in verb.ways:
        words = ", ".join(verb.ways)
        found = f"'{way[:40]}' is none here" if way else "it is missing"
        takes = f"It takes one of: {words}." if words else "Leave it out."
        raise BadInput(f"`way` says how, and {found}. {takes} Nothing was recorded.")
    chosen = verb.ways[way]
    of = chosen.partition(".")[0]
    if of in KINDS and of != kind:
        raise BadInput(f"`way` '{way}' does not go with a {kind}. Nothing was recorded.")
    return chosen


def _recorded(posted: Posted, act: Act) -> Written:
    decided = decide(posted.found.log, act)
    to_come = tuple(filter(None, [day_to_come(act.on, posted.found.log.zone, act.now)]))
    if decided.already:
        return Written(None, {"already": True, "ref": decided.ref, "sentence": decided.already}, to_come)
    require_permitted(posted, [decided.plain])
    receipt = record_facts(posted.found.log, _request(posted, act, decided), followed=True)
    stream = receipt.facts[0].stream if receipt.facts else ""
    more = {"ref": decided.ref, "stream": stream} | ({"plain": decided.plain} if posted.dry_run else {})
    undated = [] if act.on or act.type.startswith("record.") else [_UNDATED]
    notes = (*to_come, *decided.notes, *undated, *_nothing_found(posted, act))
    return Written(receipt, more, notes, is_an_act=True)


def _nothing_found(posted: Posted, act: Act) -> Iterator[str]:
    """That there is no such finding now, where one is answered: recorded all the same, but whoever does should know."""
    if not act.type.startswith(_ANSWER) or act.type == "finding.waiver_ended":
        return iter(())
    found, service = posted.found, posted.service
    return nothing_found(found.log, found.models, act.data, act.ref, act.now, service.rules)


_UNDATED: Final = "no day was given (`on`), so it counts from when it is recorded."


def _request(posted: Posted, act: Act, decided: Decided) -> RecordFacts:
    expected = dict(decided.expected)
    if posted.version is not None and (stream := str(decided.plain.get("stream", ""))):
        expected[stream] = posted.version
    request = RecordFacts(
        decided.facts,
        posted.by,
        act.now,
        key=posted.own_key,
        size=decided.size if posted.size is None else posted.size,
        personal_data=posted.given["contains_personal_data"],
        dry_run=posted.dry_run,
        asked=posted.asked,
        expected=expected,
        keep_equal_refs=decided.keep_equal_refs,
    )
    return replace(request, again=posted.dry_run)
