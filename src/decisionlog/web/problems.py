"""What is answered when something is refused (RFC 9457): the only place that turns refusals into HTTP statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson
from msgspec.structs import replace
from starlette.responses import Response

from decisionlog.domain.refusals import (
    BadInput,
    Conflict,
    DecisionlogError,
    Forbidden,
    Mistake,
    Mistakes,
    NotFound,
    NotSound,
    Refusal,
    Taken,
    Unusable,
)
from decisionlog.web.naming import named_here

MEDIA_TYPE: Final = "application/problem+json"
PAGE: Final = "/v1/problems"
"""Where every kind of problem is explained; `type` is a place on it."""


class Kind(NamedTuple):
    """One kind of problem."""

    status: int
    title: str
    retry: str
    """`safe`: the same request may be sent again, later. `changed`: send it again when it is mended. `no`: it never will."""
    meaning: str


KINDS: Final[Mapping[str, Kind]] = {
    "bad-request": Kind(400, "The request cannot be read", "changed", "It is not HTTP as this service reads it."),
    "idempotency-key-needed": Kind(
        400, "An Idempotency-Key is needed", "changed", "Every POST names itself, so that it can be repeated safely."
    ),
    "key-needed": Kind(401, "A key is needed", "changed", "Nobody said who asks, or the key does not hold."),
    "forbidden": Kind(403, "Permission is needed", "changed", "The caller is known, and may not do this."),
    "read-only": Kind(403, "This service only reads", "no", "It was started without leave to record."),
    "not-found": Kind(404, "Nothing of that name", "changed", "Nothing of that name is known, or none may be shown."),
    "method-not-allowed": Kind(
        405, "This cannot be done here", "no", "The log is append-only: nothing is changed or removed in place."
    ),
    "too-slow": Kind(408, "The request took too long to arrive", "safe", "Its body did not arrive in time."),
    "conflict": Kind(409, "Somebody was first", "changed", "Beside what is recorded already, this cannot be recorded."),
    "still-running": Kind(
        409, "The first request is still running", "safe", "A request with this Idempotency-Key is not answered yet."
    ),
    "gone": Kind(410, "That is no longer there", "no", "What the cursor names cannot be gone on from."),
    "changed-since": Kind(
        412, "It has changed since", "changed", "If-Match names a version that is no longer the last."
    ),
    "too-large": Kind(413, "The request is too large", "changed", "Its body is larger than this service takes."),
    "too-long": Kind(414, "The address is too long", "changed", "Its path or its query is longer than is read."),
    "media-type": Kind(415, "That form is not taken", "changed", "The body is compressed, or of another type."),
    "misdirected": Kind(421, "That is not this service", "no", "The Host of the request is not one that is served."),
    "bad-input": Kind(
        422, "Something in the request is wrong", "changed", "What was sent cannot be understood or recorded."
    ),
    "refusal": Kind(
        422, "The rules of recording say no", "changed", "What was sent is well formed, and cannot be a fact."
    ),
    "key-reused": Kind(
        422, "This Idempotency-Key was used before", "changed", "The key was used for a different request."
    ),
    "too-many": Kind(
        429, "Too many requests", "safe", "The caller asks more often than this service answers one caller."
    ),
    "headers-too-large": Kind(431, "The headers are too large", "changed", "They are larger than this service reads."),
    "not-sound": Kind(500, "The log is not sound", "no", "What the log holds is not what it must be; tell its keeper."),
    "unexpected": Kind(500, "Something unexpected happened", "safe", "A fault of the service; tell its keeper."),
    "unusable": Kind(503, "The log cannot be used now", "safe", "It is full, locked, read-only or unreachable."),
    "busy": Kind(503, "Too much at once", "safe", "As many requests of this kind run as may run at once."),
}
"""Every kind of problem, by its code."""

_OF_REFUSALS: Final[Mapping[type[DecisionlogError], str]] = {
    Taken: "conflict",
    Refusal: "refusal",
    BadInput: "bad-input",
    NotSound: "not-sound",
    Forbidden: "forbidden",
    Conflict: "conflict",
    Unusable: "unusable",
    NotFound: "not-found",
}
_SHOWN: Final = 100
"""The most mistakes that one answer lists."""
_LONGEST: Final = 4_000
"""Characters of one text of an answer."""


class Problem(Exception):
    """A request that cannot be answered, by its kind, with one sentence of what was found, what was wanted and the way out."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        mistakes: Sequence[Mistake] = (),
        headers: Mapping[str, str] | None = None,
        recorded: bool | None = False,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.mistakes = mistakes
        self.headers = headers or {}
        self.recorded = recorded
        self.more = more
        """Further members of the problem, such as what has changed since."""


def problem_of(refused: DecisionlogError, *, of_an_act: bool = False, records: bool = True) -> Problem:
    """A refusal of the domain as a problem: of a request for one act, or of one that records nothing anyhow."""
    code = next(code for family, code in _OF_REFUSALS.items() if isinstance(refused, family))
    headers = {"Retry-After": "5"} if code == "unusable" else {}
    mistakes = refused.mistakes if isinstance(refused, Mistakes) else ()
    if mistakes and all(one.taken for one in mistakes):  # nothing is wrong with it but that somebody was first
        code = "conflict"
    told = [replace(one, sentence=named_here(one.sentence, of_an_act=of_an_act)) for one in mistakes]
    recorded = None if records and "is not certain" in str(refused) else False
    detail = named_here(str(refused), of_an_act=of_an_act)
    if code == "unusable":  # where the log lies, and why it cannot be reached, is its keeper's to know
        detail = f"The log cannot be used now. {_later(records=records, is_certain=recorded is False)}"
    return Problem(code, detail, mistakes=told, headers=headers, recorded=recorded)


def _later(*, records: bool, is_certain: bool) -> str:
    if not records:
        return "Ask again a little later."
    said = "Nothing was recorded" if is_certain else "Whether this was recorded is not certain"
    return f"{said}; send the same again a little later, with the same key."


def document(problem: Problem, base: str = "") -> dict[str, Any]:
    """A problem as its members; `base` is what the address of its page begins with."""
    kind = KINDS[problem.code]
    return {
        "type": f"{base}{PAGE}#{problem.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": _cut(problem.detail),
        "code": problem.code,
        "recorded": problem.recorded,
        "retry": kind.retry,
        "mistakes": [{"place": _cut(one.place), "sentence": _cut(one.sentence)} for one in problem.mistakes[:_SHOWN]],
        **problem.more,
    }


def _cut(text: str) -> str:
    """A text that is not longer than anybody reads: what was sent is not sent back."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def answered(problem: Problem, base: str = "") -> Response:
    """The response that tells a problem. What cannot be text is escaped, never echoed as it came."""
    body = orjson.dumps(_text(document(problem, base)), option=orjson.OPT_APPEND_NEWLINE)
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(body, KINDS[problem.code].status, headers, MEDIA_TYPE)


def _text(value: Any) -> Any:
    """Plain data in which every text can be written in UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_text(key): _text(inner) for key, inner in value.items()}
    return [_text(inner) for inner in value] if isinstance(value, (list, tuple)) else value
