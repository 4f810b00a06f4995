"""The rules of governance: what each says, where it comes from, and the function that judges by it.

The words are data (a `rules.toml` for each family), so that a reader of the law can check them without reading code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from decisionlog.checks.finding import Severity, Tripped

if TYPE_CHECKING:
    from decisionlog.checks.record import Record

Judge = Callable[["Record", str], Iterator[Tripped]]
"""A rule at work: what it has to say of one subject (a stream) by a record. Pure: the same record, the same findings."""


class Rule(Struct, frozen=True):
    """One rule in words."""

    id: str
    """`GL01` to `GL52`."""
    family: str
    """One of `FAMILIES`."""
    title: str
    severity: Severity
    version: int
    """Goes up when the rule finds something else than before."""
    about: tuple[str, ...]
    """The kinds of its subjects: `decision`, `delegation`, `meeting` ..."""
    rule: str
    """What trips it, in a sentence."""
    why: str
    """Why it matters."""
    example: str
    put_right: str
    """What to do: how it is put right, or how to record what was not recorded."""
    source: str
    verified: bool
    """The source was read for this rule."""


FAMILIES: Final = ("authority", "meetings", "course")
"""The packages beside this module: each has its rules in words (`rules.toml`), and which function judges (`table.py`)."""


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in their order."""
    found = {}
    for family in FAMILIES:
        written = files(f"decisionlog.checks.{family}").joinpath("rules.toml").read_text(encoding="utf-8")
        for id_, said in tomllib.loads(written).get("rules", {}).items():
            about = said["about"]
            kinds = (about,) if isinstance(about, str) else tuple(about)
            words = {**said, "severity": Severity(said["severity"]), "about": kinds}
            found[id_] = Rule(id=id_, family=family, **words)
    return dict(sorted(found.items()))


def kinds_judged(chosen: Collection[str] = ()) -> list[str]:
    """The kinds of things that these rules are about; that any rule is about, where none is chosen."""
    wanted = (rule for id_, rule in rules().items() if not chosen or id_ in chosen)
    return list(dict.fromkeys(kind for rule in wanted for kind in rule.about))


@cache
def judges() -> Mapping[str, Judge]:
    """The function of each rule by the rule's id."""
    return {
        id_: judge
        for family in FAMILIES
        for id_, judge in import_module(f"decisionlog.checks.{family}.table").JUDGES.items()
    }
