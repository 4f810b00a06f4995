"""The register of the example, with things in it that somebody hostile recorded, written once for a run of tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from tests.cli.running import facts, run
from tests.scenario import about, body, decision, fact, organisation, person, proposal

HOSTILE = (
    '<script>alert(1)</script> {{7*7}} "><img src=https://evil.example/x onerror=alert(2)> \u05e9\u05dc\u05d5\u05dd'
)
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
EXEMPT_TITLE = "Wombat"
PLACE = [
    organisation("hostile", name=f"Partner {HOSTILE}"),
    body("hostile", name=f"Board {HOSTILE} {LONG}", kind="committee"),
    person("p-hostile", HOSTILE),
    proposal("P/hostile", title=f"{HOSTILE} {LONG}", sponsor="organisation:hostile", recommendation=HOSTILE),
    about(
        "proposal:P/hostile",
        "proposal.position_taken",
        on="2026-03-13",
        on_behalf_of=["organisation:hostile"],
        position="object",
        words=HOSTILE,
    ),
    fact(
        "disagreement.raised",
        "disagreement:D-hostile",
        on="2026-03-14",
        ref="D-hostile",
        on_behalf_of=["organisation:hostile"],
        about=["proposal:P/hostile"],
        grounds=f"{HOSTILE} {LONG}",
    ),
    fact("meeting.held", "meeting:M-hostile", on="2026-03-20", ref="M-hostile", bodies=["body:hostile"], title=HOSTILE),
    fact("function.catalogued", "function:hostile", on="2025-04-01", ref="hostile", name=f"{HOSTILE} {LONG}"),
    decision(
        "D/hostile",
        decision_makers=["body:hostile"],
        on_behalf_of=["organisation:hostile"],
        proposals=[{"proposal": "proposal:P/hostile"}],
        functions=["function:hostile"],
        title=f"{HOSTILE} {LONG}",
        text=HOSTILE,
        reasons=LONG,
        outcome="approved",
        meeting="meeting:M-hostile",
    ),
    decision("bare.json"),
    decision(
        "secret", decision_makers=["body:hostile"], title=EXEMPT_TITLE, access={"level": "exempt", "paragraphs": ["3"]}
    ),
]


class Page(NamedTuple):
    """A page as the standard library reads it."""

    text: str
    """Everything in its main part that is read, with single spaces."""
    links: tuple[str, ...]
    """Where it leads, and what it is shown with."""
    leads: tuple[str, ...]
    """The links of its main part alone."""
    ids: frozenset[str]
    quoted: tuple[str, ...]
    """What its main part says in quotation marks that somebody wrote."""
    heads: tuple[str, ...]
    """The names of its headings, in their order: `h1`, `h2`."""
    tags: frozenset[str]
    attributes: frozenset[str]


@cache
def log() -> Path:
    """The log of the example, as the demo leaves it, and more."""
    folder = Path(mkdtemp(prefix="register-"))
    run("demo", str(folder / "demo"))
    place = folder / "demo" / "decisionlog.db"
    run("import", facts(str(folder / "more.jsonl"), *PLACE), "--log", str(place), "--by", "clerk-1")
    return place


@cache
def site() -> Path:
    """The folder of its register."""
    folder = log().parent / "site"
    run("export", "site", str(folder), "--log", str(log()))
    return folder


@cache
def pages() -> Mapping[str, Page]:
    """Every page of it, by the name of its file."""
    return {
        found.relative_to(site()).as_posix(): read(found.read_text(encoding="utf-8"))
        for found in sorted(site().rglob("*.html"))
    }


def named(folder: str) -> Iterator[str]:
    """The pages of a folder: the longest, and what somebody hostile recorded."""
    found = sorted((site() / folder).glob("*.html"), key=lambda one: -one.stat().st_size)
    yield from dict.fromkeys(
        one.relative_to(site()).as_posix() for one in found if one is found[0] or "hostile" in one.name
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.leads: list[str] = []
        self.ids: list[str] = []
        self.quoted: list[str] = []
        self.heads: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._in_main = False
        self._quote: list[str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.tags.add(tag)
        self.attributes |= given.keys()
        self._in_main |= tag == "main"
        found = [given[name] or "" for name in ("href", "src", "action") if name in given]
        self.links += found
        self.leads += found if self._in_main else []
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.heads.append(tag)
        if tag == "bdi" and self.texts and self.texts[-1].endswith("\u2018"):
            self._quote = []
        if tag not in {"a", "bdi", "time", "span", "strong", "em", "code", "abbr", "tspan"}:
            self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "bdi" and self._quote is not None:
            self.quoted.append(_spaced("".join(self._quote)))
            self._quote = None
        if tag == "main":
            self._in_main = False
        if tag not in {"a", "bdi", "time", "span", "strong", "em", "code", "abbr", "tspan"}:
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if self._in_main:
            self.texts.append(data)
            if self._quote is not None:
                self._quote.append(data)


def read(markup: str) -> Page:
    """A page out of its markup."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return Page(
        _spaced("".join(reader.texts)),
        tuple(reader.links),
        tuple(reader.leads),
        frozenset(reader.ids),
        tuple(reader.quoted),
        tuple(reader.heads),
        frozenset(reader.tags),
        frozenset(reader.attributes),
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())
