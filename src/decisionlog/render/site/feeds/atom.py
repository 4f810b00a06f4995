"""The latest decisions as a feed for people (Atom, RFC 4287): the same answer is always the same bytes."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from decisionlog.domain.answers.feeds import Entry, Latest
from decisionlog.domain.erased import is_gone
from decisionlog.domain.references import slug, split
from decisionlog.render.site.addresses import Addresses, path_of
from decisionlog.render.site.feeds.naming import safe, tag_of
from decisionlog.render.words import in_words

FILE: Final = "decisions.atom"
"""Where the feed is, from the root of the register."""
MEDIA_TYPE: Final = "application/atom+xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"


def atom(answer: Latest, addresses: Addresses, site: str = "") -> bytes:
    """The feed. `site` is where the register is served, with a slash at its end; without it links are relative to the feed."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(_named("feed"), {"xml:lang": "en-GB"})
    _text(feed, "title", f"{answer.log_name}: latest decisions")
    _text(feed, "id", tag_of(answer.basis.log, answer.opened_at, "decisions"))
    _text(feed, "updated", max((entry.updated for entry in answer.items), default=answer.opened_at))
    _text(ET.SubElement(feed, _named("author")), "name", answer.log_name)
    _link(feed, "self", urljoin(site, addresses.file(FILE)), MEDIA_TYPE)
    _link(feed, "alternate", urljoin(site, addresses.page("decisions")), "text/html")
    for entry in sorted(answer.items, key=lambda one: (one.updated, one.stream), reverse=True):
        _entry(feed, entry, answer, urljoin(site, addresses.page(path_of(entry.stream))))
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: ET.Element, entry: Entry, answer: Latest, address: str) -> None:
    kind, key = split(entry.stream)
    found = ET.SubElement(feed, _named("entry"))
    title = entry.title if entry.title and not is_gone(entry.title) else ""
    _text(found, "title", f"{entry.ref}: {title}" if title else f"Decision {entry.ref}")
    _text(found, "id", tag_of(answer.basis.log, answer.opened_at, f"{kind}:{slug(key)}"))
    _text(found, "published", entry.recorded_at)
    _text(found, "updated", entry.updated)
    _link(found, "alternate", address, "text/html")
    _text(found, "summary", "\n".join(in_words(said, answer.names) for said in entry.said))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _named(name)).text = safe(text)


def _link(parent: ET.Element, rel: str, address: str, media_type: str) -> None:
    ET.SubElement(parent, _named("link"), {"rel": rel, "href": address, "type": media_type})


def _named(name: str) -> str:
    return f"{{{_ATOM}}}{name}"
