"""The functions and decisions map on a terminal, in Markdown, as JSON, as a table of cells and as a page."""
