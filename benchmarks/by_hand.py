# ruff: noqa: S608 - it is put together from its own parts
"""Who was accountable, in SQL as somebody would write it by hand on the same tables: the peer of `who-accountable`.

It names who is in each of the eight roles, for a function in a place, now. It walks from the duties down through bodies and
delegations that hold, and knows nothing of the tests of a step, of successions, of partial dates, or of any other moment.
"""

from __future__ import annotations

from typing import Any

import orjson

from decisionlog.domain.authority.table import Table
from decisionlog.domain.known import AsOf

Named = frozenset[tuple[str, str]]
"""Roles, each with a party."""


def _held(row: str) -> str:
    return (
        f"{row}.valid_from <= :on AND :on < {row}.valid_until AND {row}.known_from <= :at AND :at < {row}.known_until"
        f" AND {row}.clock IN ('log', 'both')"
    )


def _covers(row: str) -> str:
    return (
        f"({row}.places IN ('', '[]') OR EXISTS"
        f" (SELECT 1 FROM json_each({row}.places) named WHERE named.value IN (SELECT p FROM place)))"
    )


def _led_to(kind: str) -> str:
    """The things of a kind that a function leads to."""
    return (
        "SELECT found.stream FROM lookups found WHERE found.thing IN (SELECT f FROM function)"
        f" AND found.kind = '{kind}' AND found.word = 'function' AND found.valid_until > :on AND {_held('found')}"
    )


_OPEN_ACTIONS = f"""
    SELECT a.* FROM concerns c CROSS JOIN actions a ON a.stream = c.stream
    WHERE c.thing IN (SELECT f FROM function) AND c.kind = 'action' AND c.field = 'functions' AND {_held("c")}
    AND a.state = 'assigned' AND {_held("a")}
    AND EXISTS (SELECT 1 FROM concerns w WHERE w.stream = a.stream AND w.field = 'places'
                AND w.thing IN (SELECT p FROM place) AND {_held("w")})
"""

QUERY = f"""
WITH RECURSIVE
function(f) AS (
    SELECT :function
    UNION SELECT n.parent FROM function CROSS JOIN functions n ON n.stream = function.f
    WHERE n.parent <> '' AND n.state = 'there' AND {_held("n")}
),
place(p) AS (
    SELECT :place
    UNION SELECT n.within FROM place CROSS JOIN places n ON n.stream = place.p
    WHERE n.within <> '' AND n.state = 'there' AND {_held("n")}
),
duty AS MATERIALIZED (
    SELECT d.* FROM duties d WHERE d.stream IN (SELECT f FROM function) AND {_held("d")} AND {_covers("d")}
),
given AS MATERIALIZED (
    SELECT d.* FROM delegations d
    WHERE d.stream IN ({_led_to("delegation")})
    AND d.begun = 1 AND d.stopped = 0 AND d.kind <> 'execute' AND {_held("d")} AND {_covers("d")}
),
reached(giver, party, reference) AS (
    SELECT '', holder, stream FROM duty
    UNION
    SELECT e.parent, b.stream, b.stream FROM reached
    CROSS JOIN parents e ON e.parent = reached.party CROSS JOIN bodies b ON b.stream = e.stream
    WHERE b.state = 'there' AND {_held("e")} AND {_held("b")} AND {_covers("b")}
    AND b.kind NOT IN ('advisory-forum', 'working-group', 'scrutiny-committee')
    AND NOT EXISTS (SELECT 1 FROM terms t WHERE t.stream = b.stream AND {_held("t")} AND t.can NOT IN ('', 'decide'))
    AND CASE WHEN e.functions = '' THEN e.parent LIKE 'organisation:%' AND b.kind IN ('board', 'executive', 'statutory-body')
        ELSE EXISTS (SELECT 1 FROM json_each(e.functions) named WHERE named.value IN (SELECT f FROM function)) END
    UNION
    SELECT d.delegator, who.value, d.stream FROM reached
    CROSS JOIN given d ON d.delegator = reached.party, json_each(d.delegates) who
),
way AS MATERIALIZED (SELECT * FROM reached),
grants AS MATERIALIZED (SELECT d.* FROM given d WHERE d.stream IN (SELECT reference FROM way)),
body AS MATERIALIZED (
    SELECT DISTINCT b.stream, b.host FROM way CROSS JOIN bodies b ON b.stream = way.party WHERE {_held("b")}
),
terms_of AS MATERIALIZED (SELECT t.* FROM body CROSS JOIN terms t ON t.stream = body.stream WHERE {_held("t")}),
fund AS MATERIALIZED (
    SELECT n.* FROM funds n WHERE n.stream IN ({_led_to("fund")})
    AND n.state = 'there' AND {_held("n")} AND {_covers("n")}
),
agreement AS MATERIALIZED (
    SELECT n.* FROM instruments n WHERE n.stream IN ({_led_to("instrument")}) AND n.state = 'there'
    AND n.kind IN (SELECT value FROM json_each(:without_legal_force)) AND {_held("n")} AND {_covers("n")}
),
open AS MATERIALIZED ({_OPEN_ACTIONS})
SELECT 'duty_holders', holder FROM duty
UNION SELECT 'answerable_to', r."to" FROM duty CROSS JOIN relations r ON r.stream = duty.holder
    WHERE r.relation = 'answerable-to' AND {_held("r")} AND {_covers("r")}
UNION SELECT 'answerable_to', words.value FROM duty CROSS JOIN organisations o ON o.stream = duty.holder
    JOIN json_each(:answerable) kind ON kind.key = o.kind, json_each(kind.value) words WHERE {_held("o")}
UNION SELECT 'decision_makers', party FROM way WHERE party NOT IN (SELECT giver FROM way)
UNION SELECT 'liability', holder FROM duty
UNION SELECT 'delivery', host FROM body WHERE host <> ''
UNION SELECT 'delivery', host FROM fund WHERE host <> ''
UNION SELECT 'delivery', manager FROM fund WHERE manager <> ''
UNION SELECT 'delivery', CASE owner WHEN '' THEN organisation ELSE owner END FROM open
UNION SELECT 'consulted', who.value FROM duty, json_each(CASE must_consult WHEN '' THEN '[]' ELSE must_consult END) who
UNION SELECT 'consulted', who.value FROM grants, json_each(CASE must_consult WHEN '' THEN '[]' ELSE must_consult END) who
UNION SELECT 'consulted', who.value FROM terms_of, json_each(CASE must_consult WHEN '' THEN '[]' ELSE must_consult END) who
UNION SELECT 'commitments', who.value FROM agreement, json_each(CASE parties WHEN '' THEN '[]' ELSE parties END) who
UNION SELECT 'commitments', CASE organisation WHEN '' THEN owner ELSE organisation END FROM open WHERE "to" <> ''
UNION SELECT 'oversight', report.value ->> 'to'
    FROM grants, json_each(CASE reporting WHEN '' THEN '[]' ELSE reporting END) report
UNION SELECT 'oversight', who.value FROM terms_of, json_each(CASE reports_to WHEN '' THEN '[]' ELSE reports_to END) who
UNION SELECT 'oversight', report.value ->> 'to'
    FROM fund, json_each(CASE reporting WHEN '' THEN '[]' ELSE reporting END) report
"""


def who_by_hand(connection: Any, function: str, place: str, point: AsOf, table: Table) -> Named:
    """The roles with their parties, by a connection of the driver."""
    told = {
        "function": function,
        "place": place,
        "on": point.on,
        "at": point.position,
        "answerable": orjson.dumps(dict(table.answerable)).decode(),
        "without_legal_force": orjson.dumps(list(table.without_legal_force)).decode(),
    }
    return frozenset((role, party) for role, party in connection.execute(QUERY, told) if party)
