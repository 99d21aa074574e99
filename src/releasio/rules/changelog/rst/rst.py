"""reStructuredText, as far as a changelog needs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.changelog.markdown import Heading
from releasio.rules.changelog.markup.blocks import blocks
from releasio.rules.changelog.markup.inline import plain_text
from releasio.rules.changelog.rst import headings as sections
from releasio.rules.changelog.rst.inline import escaped, rst_line
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.changelog.markdown import Definition
    from releasio.rules.changelog.markup.blocks import Block
    from releasio.rules.changelog.markup.markup import Layout

_ITEM = pattern(r"^([*+-])([ ]{1,4})(?=\S)", re.MULTILINE)
_USUAL = "=-~^\"'+"  # the characters below titles, in the order that most files have them


class Rst:
    """reStructuredText. It has no state."""

    name = "reStructuredText"
    keeps_gaps = True
    first_heading = "{version} ({day})"
    default_mark = "-"
    markers = pattern(
        r"^\.\. (?:towncrier release notes start|scriv-insert-here)[ \t]*(?:\r?\n|\Z)",
        re.MULTILINE | re.IGNORECASE,
    )
    label = pattern(r"\.\. _[^:\n]+:[ \t]*\r?\n?$")
    tail = pattern(r"(?<=\n)\.\. [\w-]+(?: [\w-]+)*[ \t]*\r?\n\s*\Z")
    loose = pattern(r"^[*+-][ ]+\S[^\n]*\n(?:[ ]+\S[^\n]*\n)*[ \t]*\r?\n[*+-][ ]", re.MULTILINE)
    reference = pattern(r"`([^`<]*\d[^`<]*)`_(?!_)")

    def headings(self, text: str) -> Iterator[Heading]:
        """Yield all headings of *text*."""
        return iter(sections.headings(text))

    def definitions(self, text: str) -> Sequence[Definition]:
        """Return the external targets of *text*."""
        return sections.targets(text)

    def bold_lines(self, text: str) -> list[Heading]:
        """Return lines such as `**Features**` and `Features:`."""
        return sections.title_lines(text)

    def without_comments(self, text: str) -> str:
        """Return *text* without comments."""
        return sections.without_comments(text)

    def heading(self, model: Heading, text: str, newline: str) -> str:
        """Return *text* as a heading whose lines are as long as those of *model*, or longer."""
        if model.underline == sections.BOLD:
            return f"**{text}**"
        if model.underline == sections.BOLD_WORD:
            word, blank, rest = text.partition(" ")
            return f"**{word}**{blank}{rest}"
        columns = sections.column_width(text)
        extra = max(model.width - sections.column_width(model.text), 0) if model.width else 0
        width = columns + extra if model.indent else max(columns, model.width if extra else 0)
        line = (model.underline or "-") * max(width, 1)
        title = f"{model.indent}{text}{newline}{line}"
        return f"{line}{newline}{title}" if model.overline else title

    def fitted(self, notes: str, layout: Layout) -> str:
        """Return generated *notes* with the groups, bullets and gaps of the file."""
        item = _ITEM.search(layout.sample)
        bullet = item[0] if item else "- "
        is_loose = bool(self.loose.search(layout.sample))
        model = _group_model(layout)
        lines: list[str] = []
        before: Block | None = None
        for block in blocks(notes):
            if block.kind == "title" and layout.flat:
                continue
            is_tight = (
                before is not None
                and not is_loose
                and before.kind == block.kind == "item"
                and before.depth == block.depth
            )
            if before is not None and not is_tight:
                lines.append("")
            lines += self._block(block, bullet, model, layout)
            before = block
        return layout.newline.join(line.rstrip() for line in lines)

    def _block(self, block: Block, bullet: str, model: Heading, layout: Layout) -> list[str]:
        margin = " " * (len(bullet) * block.depth)
        if block.kind == "title":
            return self._title(block.lines[0], model, layout)
        if block.kind == "code":
            directive = f".. code-block:: {block.mark}" if block.mark else "::"
            code = [f"{margin}    {line}" for line in block.lines] or [f"{margin}    .."]
            return [margin + directive, "", *code]
        texts = [rst_line(line) for line in block.lines if line.strip()] or ["\\"]
        if block.kind == "paragraph":
            return [margin + text for text in texts]
        mark = bullet if block.mark == "-" else f"{block.mark} ".ljust(len(bullet))
        outer = " " * (len(bullet) * (block.depth - 1))
        return [outer + mark + texts[0], *(outer + " " * len(mark) + text for text in texts[1:])]

    def _title(self, title: str, model: Heading, layout: Layout) -> list[str]:
        text = plain_text(title)
        if title.startswith("**"):
            colon = ":" if title.endswith(":") else ""
            return [f"**{escaped(text.removesuffix(':'))}**{colon}"]
        if text.endswith(":") and not layout.groups:
            return [escaped(text)]
        return self.heading(model, escaped(text), "\n").split("\n")

    def new_file(self, heading: str, body: str) -> str:
        """Return a changelog with one section."""
        title = self.heading(Heading(1, "", 0, 0, "="), "Changelog", "\n")
        section = self.heading(Heading(2, "", 0, 0, "-"), heading, "\n")
        words = "All notable changes to this project are documented in this file."
        return f"{title}\n\n{words}\n\n{section}\n\n{body}"


def _group_model(layout: Layout) -> Heading:
    """Return the heading that groups are written like, in a style that means the right level."""
    level = layout.heading.level + 1
    for heading in (*layout.groups, *layout.headings):
        if heading.level == level:
            return heading
    if layout.heading.underline in {sections.BOLD, sections.BOLD_WORD}:
        return replace(layout.heading, level=level, underline=sections.BOLD)
    taken = {heading.underline for heading in (*layout.headings, layout.heading)}
    mark = next((sign for sign in _USUAL if sign not in taken), ".")
    return replace(layout.heading, level=level, underline=mark, overline=False, width=0, indent="")


RST = Rst()
