"""The map as comma-separated values: a line for each function, place and party that can decide."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.functions_map import Decider, FunctionsMap, MapRow
from decisionlog.render.mapping import cells
from decisionlog.render.sheet import comma_separated
from decisionlog.render.words import all_called, called, last_day

_COLUMNS = (
    "function_key function part_of place_key place level classification duty_holders decider_key decider passed_it_on people on_behalf_of "
    "by legal_basis limits only but_not only_in last_day possible next_review review_of findings facts as_at known_at"
).split()


def functions_map(answer: FunctionsMap) -> Iterator[str]:
    """The lines, headings first. Where nobody can decide, one line says so by its empty cells."""
    return comma_separated(_COLUMNS, _rows(answer))


def _rows(answer: FunctionsMap) -> Iterator[tuple[str, ...]]:
    for row in answer.items:
        passed_on = [False] * len(row.deciders) + [True] * len(row.besides)
        everybody: list[tuple[Decider | None, bool]] = list(zip((*row.deciders, *row.besides), passed_on, strict=True))
        for one, above in everybody or [(None, False)]:
            facts = sorted({*(one.evidence if one else ()), *(at for duty in row.duty_holders for at in duty.evidence)})
            yield (
                *_of_the_row(row, answer),
                *(_of_the_decider(one, answer, above=above) if one else [""] * 13),
                row.review.by if row.review else "",
                row.review.of if row.review else "",
                str(len(row.findings)),
                " ".join(map(str, facts)),
                answer.basis.as_at,
                answer.basis.known_at,
            )


def _of_the_row(row: MapRow, answer: FunctionsMap) -> tuple[str, ...]:
    names = answer.names
    return (
        row.function,
        called(row.function, names),
        called(row.above[0], names) if row.above else "",
        row.place,
        called(row.place, names) if row.place else "everywhere",
        row.level,
        row.classification,
        "; ".join(called(party, names) for party in dict.fromkeys(one.party for one in row.duty_holders)),
    )


def _of_the_decider(one: Decider, answer: FunctionsMap, *, above: bool) -> tuple[str, ...]:
    names = answer.names
    return (
        " and ".join(one.party),
        all_called(one.party, names),
        "yes" if above else "",
        all_called(one.people, names) if one.people else "",
        "; ".join(called(party, names) for party in one.on_behalf_of),
        one.reference,
        one.legal_basis,
        cells.limits(one, names),
        "; ".join(one.includes),
        "; ".join(one.excludes),
        all_called(one.places, names) if one.places else "",
        last_day(one.until) if one.until else "",
        "yes" if one.possible else "",
    )
