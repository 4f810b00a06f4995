"""A page of HTML that is whole in itself: no script, nothing fetched, and everything written in it is text, never markup."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from typing import Final

from decisionlog.domain.text import visible

_STYLE: Final = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; background: #fff; color: #0b0c0c;
  font: 1rem/1.45 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .5rem 0 1rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
p { margin: .5rem 0; max-width: 50rem; }
footer { border-top: 1px solid #b1b4b6; margin-top: 2rem; font-size: .875rem; color: #383f43; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #b1b4b6; }
thead th { border-bottom: 2px solid #0b0c0c; }
tbody th { font-weight: 700; }
ul { margin: 0; padding: 0; list-style: none; }
li + li { margin-top: .4rem; }
tr.marked th { border-left: .35rem solid #b10e1e; padding-left: .5rem; }
@media print, (min-width: 45.01rem) {
  tbody th { width: 16%; }
  td:nth-child(2) { width: 18%; }
  td:nth-child(3) { width: 34%; }
}
@media screen and (max-width: 45rem) {
  table, tbody, tr, th, td { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-bottom: 2px solid #0b0c0c; padding: .5rem 0; }
  th, td { border: 0; padding: .2rem 0; }
  td::before { content: attr(data-label); display: block; font-size: .875rem; color: #383f43; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  thead { display: table-header-group; }
  tr, h2 { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""
_POLICY: Final = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"


def page(title: str, body: Iterable[str]) -> Iterator[str]:
    """The lines of a whole page around what `body` yields, which is markup."""
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{text(title)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield from body
    yield "</main>"
    yield "</body>"
    yield "</html>"


def text(words: str) -> str:
    """Words as they are, in which nothing can become markup."""
    return escape(visible(words, keep_breaks=True), quote=True)


def element(tag: str, words: str, **attributes: str) -> str:
    """An element that holds text."""
    return f"<{tag}{_attributes(attributes)}>{text(words)}</{tag}>"


def table(caption: str, headings: Sequence[str], rows: Iterable[tuple[Sequence[Sequence[str]], bool]]) -> Iterator[str]:
    """A table: each row its cells, of which the first is its heading, and whether it is marked; each cell its lines.

    The roles are said, since a narrow screen shows the rows as blocks and some readers then no longer know a table.
    """
    yield f'<table role="table" aria-label="{text(caption)}">'
    yield '<thead role="rowgroup"><tr role="row">'
    yield from (element("th", heading, scope="col", role="columnheader") for heading in headings)
    yield "</tr></thead>"
    yield '<tbody role="rowgroup">'
    for (first, *others), marked in rows:
        yield f'<tr role="row"{_attributes({"class": "marked"} if marked else {})}>'
        yield f'<th scope="row" role="rowheader">{_lines(first)}</th>'
        for heading, cell in zip(headings[1:], others, strict=True):
            yield f'<td role="cell" data-label="{text(heading)}">{_lines(cell)}</td>'
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"


def _lines(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return text(lines[0])
    return f"<ul>{''.join(element('li', line) for line in lines)}</ul>" if lines else ""


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name.rstrip("_")}="{text(value)}"' for name, value in attributes.items())
