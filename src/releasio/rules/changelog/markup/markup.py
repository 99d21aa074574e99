"""What a changelog needs of its format: where headings are, and how text is written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from releasio.frozen import frozen

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from releasio.rules.changelog.markdown import Definition, Heading


@frozen
class Layout:
    """
    How the sections of one file are laid out.

    Attributes:
        heading: The heading of a version.
        groups: The headings below those of versions, the newest section's first.
        headings: All headings of the file.
        sample: Text of a section, for its bullets.
        flat: Whether sections are lists without groups.
        newline: The line end.
    """

    heading: Heading
    groups: Sequence[Heading]
    headings: Sequence[Heading]
    sample: str
    flat: bool
    newline: str


class Markup(Protocol):
    """
    A format.

    Attributes:
        name: What it is called.
        keeps_gaps: Whether empty lines around headings follow the file; otherwise there is one.
        first_heading: The form of a version's heading where a file has none, with gaps for
            `{version}` and `{day}`.
        default_mark: The character of a version's heading where a file has none.
        markers: The line below which tools put new sections.
        label: A line above a heading that links lead to.
        tail: What stands at the end of a section and is no part of it.
        loose: Entries of a list with an empty line between them.
        reference: What a heading's text names a link by, as group 1.
    """

    name: str
    keeps_gaps: bool
    first_heading: str
    default_mark: str
    markers: re.Pattern[str]
    label: re.Pattern[str]
    tail: re.Pattern[str]
    loose: re.Pattern[str]
    reference: re.Pattern[str]

    def __hash__(self) -> int:
        """Return a number that stays: what was read of a text is kept by its format, too."""

    def headings(self, text: str) -> Iterator[Heading]:
        """Yield all headings of *text*."""

    def definitions(self, text: str, /) -> Sequence[Definition]:
        """Return what says where named links of *text* lead, each on one line of its own."""

    def bold_lines(self, text: str) -> list[Heading]:
        """Return the lines of *text* that stand for headings."""

    def without_comments(self, text: str) -> str:
        """Return *text* without what readers do not see."""

    def heading(self, model: Heading, text: str, newline: str, /) -> str:
        """Return *text* as a heading in the manner of *model*, without a line end."""

    def fitted(self, notes: str, layout: Layout) -> str:
        """Return generated *notes*, which are Markdown, as *layout* has it."""

    def new_file(self, heading: str, body: str) -> str:
        """Return a changelog with one section, without the line end at its end."""
