"""AsciiDoc, as far as a changelog needs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changelog.asciidoc import headings as sections
from releasio.rules.changelog.asciidoc.inline import adoc_line
from releasio.rules.changelog.markup.blocks import blocks
from releasio.rules.changelog.markup.inline import plain_text
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.changelog.markdown import Definition, Heading
    from releasio.rules.changelog.markup.blocks import Block
    from releasio.rules.changelog.markup.markup import Layout

_ITEM = pattern(r"^([*-])([ ]{1,4})(?=\S)", re.MULTILINE)
_RULERS = re.compile(r"-+$").match
_SHORTEST = 4  # characters of the lines around a block


class AsciiDoc:
    """AsciiDoc. It has no state."""

    name = "AsciiDoc"
    keeps_gaps = True
    first_heading = "{version} ({day})"
    default_mark = "="
    markers = pattern(
        r"^// ?(?:towncrier release notes start|scriv-insert-here)[ \t]*(?:\r?\n|\Z)",
        re.MULTILINE | re.IGNORECASE,
    )
    label = pattern(r"\[(?:\[[^\]\n]+\]|#[^\]\n]+)\][ \t]*\r?\n?$")
    tail = pattern(r"(?<=\n)//(?!/)[^\n]*\n\s*\Z")
    loose = pattern(r"^[*-]+[ ]+\S[^\n]*\n[ \t]*\r?\n[*-]+[ ]", re.MULTILINE)
    reference = pattern(r"(?!)(.)")  # links have no names here

    def headings(self, text: str) -> Iterator[Heading]:
        """Yield all headings of *text*; what is in delimited blocks is none."""
        return iter(sections.headings(text))

    def definitions(self, _text: str) -> Sequence[Definition]:
        """Return nothing: links have no names here."""
        return ()

    def bold_lines(self, text: str) -> list[Heading]:
        """Return lines such as `.Features` and `*Features*`."""
        return sections.title_lines(text)

    def without_comments(self, text: str) -> str:
        """Return *text* without comments."""
        return sections.without_comments(text)

    def heading(self, model: Heading, text: str, _newline: str) -> str:
        """Return *text* as a heading in the manner of *model*."""
        return f"{(model.underline or '=') * model.level} {text}"

    def fitted(self, notes: str, layout: Layout) -> str:
        """Return generated *notes* with the groups and bullets of the file."""
        item = _ITEM.search(layout.sample)
        bullet, gap = (item[1], item[2]) if item else ("*", " ")
        lines: list[str] = []
        before: Block | None = None
        for block in blocks(notes):
            if block.kind == "title" and layout.flat:
                continue
            is_inside = block.depth > 0 and block.kind != "item"
            is_apart = before is not None and (
                "title" in {before.kind, block.kind} or not (before.depth and block.depth)
            )
            is_below_line_title = before is not None and lines[-1].startswith(".")
            if is_apart and not is_below_line_title:
                lines.append("")
            if is_inside:
                lines.append("+")
            lines += _block(block, bullet, gap, layout)
            before = block
        return layout.newline.join(line.rstrip() for line in lines)

    def new_file(self, heading: str, body: str) -> str:
        """Return a changelog with one section."""
        words = "All notable changes to this project are documented in this file."
        return f"= Changelog\n\n{words}\n\n== {heading}\n\n{body}"


def _block(block: Block, bullet: str, gap: str, layout: Layout) -> list[str]:
    if block.kind == "title":
        return [_title(block.lines[0], layout)]
    if block.kind == "code":
        longest = max((len(line) for line in block.lines if _RULERS(line)), default=0)
        fence = "-" * max(_SHORTEST, longest + 1)
        language = [f"[source,{block.mark}]"] if block.mark else []
        return [*language, fence, *block.lines, fence]
    texts = [adoc_line(line) for line in block.lines if line.strip()] or ["{empty}"]
    if block.kind == "item":
        if bullet == "-":
            mark = "-" if block.depth == 1 else "*" * (block.depth - 1)
        else:
            mark = bullet * block.depth
        mark = mark if block.mark == "-" else "." * block.depth
        texts[0] = f"{mark}{gap}{texts[0]}"
    return texts


def _title(title: str, layout: Layout) -> str:
    if title.startswith(("**", ".")) or (title.startswith("*") and title.endswith(("*", "*:"))):
        return title.replace("**", "*")
    level = layout.heading.level + 1
    mark = next((group.underline for group in layout.groups), layout.heading.underline or "=")
    return f"{mark * level} {adoc_line(plain_text(title))}"


ASCIIDOC = AsciiDoc()
