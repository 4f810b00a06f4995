"""Help on a terminal that is narrower than click expects: what an option does stands below it, not beside it."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.formatting import wrap_text


class NarrowFormatter(click.HelpFormatter):
    """Help in one column."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:  # noqa: ARG002
        """Terms, each with its description below it."""
        indent = " " * self.current_indent
        for term, description in rows:
            self.write(f"{wrap_text(term, self.width, indent, indent + '  ')}\n")
            if description:
                self.write(f"{wrap_text(description, self.width, indent + '    ', indent + '    ')}\n")


def one_column(pairs: Iterable[tuple[str, str]], width: int) -> str:
    """Commands with what they do below them."""
    return "".join(f"  {term}\n{wrap_text(description, width, '    ', '    ')}\n" for term, description in pairs)
