"""An item of the agenda, and the papers before it: what its decisions, positions and disagreements are about."""

from __future__ import annotations

from msgspec import Struct, field

from decisionlog.domain.references import split
from decisionlog.exchange.meetings.scribe import Data, Entry, Origins, Scribe


class Paper(Struct, frozen=True):
    """A proposal, in the version that was before the meeting, if that is said."""

    stream: str
    version: str | None = None
    title: str | None = None
    """As the file gives it."""

    def on_proposal(self) -> Data:
        """As a decision cites it."""
        return {"proposal": self.stream} | ({"version": self.version} if self.version is not None else {})


class Item(Struct):
    """One item of the agenda, while it is read."""

    entry: Entry
    number: str
    """As the agenda numbers it; empty where it is not recorded."""
    title: str | None
    papers: list[Paper] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    """The streams of the decisions taken on it."""

    def day(self, scribe: Scribe, entry: Entry, origins: Origins) -> str | None:
        """The day or time of an entry, where it or its item has one of its own."""
        holder = entry if "on" in entry else self.entry
        if "on" not in holder:
            return None
        origins["on"] = holder.at("on")
        on: str | None = scribe.when(holder.text("on"))
        return on

    def named(self, data: Data, origins: Origins) -> None:
        """Give what is decided on the item its title: the item's own, or else that of its only paper."""
        titles = [self.title] if self.title is not None else [paper.title for paper in self.papers]
        if "title" not in data and len(titles) == 1 and titles[0] is not None:
            data["title"] = titles[0]
            origins["title"] = self.entry.at("title" if self.title is not None else "proposal")

    @property
    def place(self) -> str:
        """Its part of the place of its acts."""
        return f"item {self.number}" if self.number else ""

    def paper_for(self, scribe: Scribe, entry: Entry) -> Paper | None:
        """The proposal that an entry names, or the item's only one; a mistake where it could be any, or none."""
        if named := entry.text("proposal"):
            stream = f"proposal:{split(named)[1]}"
            return next((paper for paper in self.papers if paper.stream == stream), Paper(stream))
        if len(self.papers) == 1:
            return self.papers[0]
        found = (
            "several proposals; say which with `proposal`"
            if self.papers
            else "no proposal; name it with `proposal` at the item"
        )
        scribe.wrong(entry.path, f"is about a proposal, and the item has {found}.")
        return None
