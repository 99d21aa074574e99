"""Markdown, as far as a changelog needs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changelog import markdown
from releasio.rules.changelog.merge_notes import at_level, with_bullet, without_titles
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.changelog.markdown import Definition, Heading
    from releasio.rules.changelog.markup.markup import Layout

PREAMBLE = """\
# Changelog

All notable changes to this project are documented in this file.

The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/)."""


class Markdown:
    """Markdown. It has no state."""

    name = "Markdown"
    keeps_gaps = False
    first_heading = "[{version}] - {day}"
    default_mark = ""
    markers = pattern(
        r"^[ \t]*<!--\s*(?:towncrier release notes start|scriv-insert-here|insertion marker"
        r"|version list|releases|changelog)\s*-->[ \t]*(?:\r?\n|\Z)",
        re.MULTILINE | re.IGNORECASE,
    )
    label = pattern(
        r"[ ]{0,3}(?:\([^()\s]+\)="
        r"|<(?P<tag>a|span|div)\s+(?:id|name)=[\"']?[^\"'>]+[\"']?\s*(?:/>|>\s*</(?P=tag)>))"
        r"[ \t]*\r?\n?$",
        re.IGNORECASE,
    )
    tail = loose = pattern(r"\0(?!)")  # neither is asked for; what is not there is ruled out fast
    reference = pattern(r"\[([^\]]*\d[^\]]*)\](?!\()")

    def headings(self, text: str) -> Iterator[Heading]:
        """Yield all headings of *text*; what is in code blocks and comments is none."""
        return markdown.headings(text)

    def definitions(self, text: str) -> Sequence[Definition]:
        """Return all link definitions of *text*."""
        return markdown.definitions(text)

    def bold_lines(self, text: str) -> list[Heading]:
        """Return the lines that are bold from end to end, which some files have for headings."""
        return markdown.bold_lines(text)

    def without_comments(self, text: str) -> str:
        """Return *text* without HTML comments."""
        return markdown.without_comments(text)

    def heading(self, model: Heading, text: str, newline: str) -> str:
        """Return *text* as a heading in the manner of *model*, without a line end."""
        if model.underline:
            return f"{text}{newline}{model.underline * max(len(text), 3)}"
        return f"{'#' * model.level} {text}"

    def fitted(self, notes: str, layout: Layout) -> str:
        """Return generated *notes* with the levels, bullets and line ends of the file."""
        if layout.flat:
            return with_bullet(without_titles(notes), layout.sample).replace("\n", layout.newline)
        level = layout.heading.level
        lower = min((heading.level for heading in layout.groups), default=0)
        leveled = at_level(notes, lower if lower > level else level + 1)
        return with_bullet(leveled, layout.sample).replace("\n", layout.newline)

    def new_file(self, heading: str, body: str) -> str:
        """Return a changelog with one section and without links."""
        return "\n\n".join((PREAMBLE, "## [Unreleased]", f"## {heading}", body))


MARKDOWN = Markdown()
