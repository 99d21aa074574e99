"""How the sections of a changelog are written, and the next one in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.changelog.group_titles import is_known_title
from releasio.rules.changelog.heading_date import find_date, is_ambiguous, numeric_order
from releasio.rules.changelog.markdown import Heading, newline_of
from releasio.rules.changelog.markup.markup import Layout
from releasio.rules.changelog.merge_notes import has_item
from releasio.rules.changelog.new_heading import title_after_unreleased, title_like
from releasio.rules.changelog.outline import remark
from releasio.rules.changelog.section_frame import last_line
from releasio.rules.changelog.succession import Succession
from releasio.rules.versions.version_form import written_like
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.changelog.markup.markup import Markup
    from releasio.rules.changelog.outline import Chapter, Outline
    from releasio.rules.changelog.section import Section

_RULE = pattern(r"\n\r?\n[ ]{0,3}((?:-[ ]?){3,}|(?:\*[ ]?){3,}|(?:_[ ]?){3,})\Z")
NOTHING = "No notable changes."
_NEWEST = 5  # sections, which show what is usual now
_WIDEST_GAP = 4  # line ends between sections; what is more is a slip


class SectionStyle:
    """
    The words of the new section.

    Attributes:
        remarks: Where the style was in doubt: what decided, with its line.
        succession: How texts about the newest version become texts about the next one;
            `None`: none is out yet.
    """

    def __init__(
        self,
        text: str,
        outlined: Outline,
        section: Section,
        templated: str | None,
        markup: Markup,
        *,
        own_groups: bool = False,
    ) -> None:
        """
        Read how *text* is written.

        Args:
            text: The changelog.
            outlined: What is where in it.
            section: What is to be written.
            templated: The heading by the user's template; `None`: as the others are.
            markup: The format.
            own_groups: Whether the groups of the notes are the user's choice, and stay.
        """
        self.remarks: list[str] = []
        self._old, self._newline = text, newline_of(text)
        self._section, self._templated = section, templated
        self._markup, self._outline = markup, outlined
        self._own_groups = own_groups
        self._model = self._find_model()
        self.succession = self._follow(self._model) if self._model else None

    def _remark(self, chapter: Chapter, words: str) -> None:
        self.remarks.append(remark(self._old, chapter, words))

    def _level_model(self) -> Heading:
        if self._model:
            return self._model.heading
        if self._outline.pending:
            return self._outline.pending[0].heading
        return Heading(2, "", 0, 0)

    def heading(self) -> str:
        """Return the heading, without a line end."""
        section, newline = self._section, self._newline
        if self._templated is not None:
            return self._heading_from_template(self._templated)
        model = self._level_model()
        if self._model and self._model.title and self.succession:
            title = title_like(self._model.title, self.succession)
            if "](" in self._model.title.behind and "](" not in title:
                self._remark(self._model, "has a link that is its own; the new heading has none")
            if not self._model.title.bare and self._model.title.behind.startswith("/"):
                self._remark(self._model, "names more than one version; the new heading names one")
        elif self._outline.pending:
            title = title_after_unreleased(self._outline.pending[0], section.version, section.day)
        else:
            title = self._markup.first_heading.format(version=section.version, day=section.day)
        return self._markup.heading(model, title, newline)

    def _heading_from_template(self, templated: str) -> str:
        if self._markup.keeps_gaps and "\n" not in templated:
            title = templated.lstrip("#= ")
            return self._markup.heading(self._level_model(), title, self._newline)
        return templated.replace("\r\n", "\n").replace("\n", self._newline)

    def opening(self, heading: str) -> str:
        """Return *heading* and the lines below it that every section begins with."""
        model, succession = self._model, self.succession
        if model is None or succession is None or not model.leads:
            marks = [lead for chapter in self._outline.pending for lead in chapter.leads]
            if any(lead.kind == "mark" for lead in marks) and find_date(heading) is None:
                return f"{heading}{self._newline * 2}Released {self._section.day}"
            return heading
        lines = self._old[model.heading.end : model.body].rstrip()
        return heading + self._newline + succession.text(lines)

    def label(self) -> str:
        """Return a label like those that all other sections have above their headings."""
        model, succession = self._model, self.succession
        released = self._outline.released
        if self._markup.keeps_gaps:
            released = released[:_NEWEST]
        have_labels = all(chapter.start < chapter.heading.start for chapter in released)
        if model is None or succession is None or not have_labels:
            return ""
        label = self._old[model.start : model.heading.start]
        new_label = succession.anchor(label)
        return "" if new_label.strip() in self._old else new_label

    def body(self) -> str:
        """Return the generated notes and what every section of this file ends with."""
        return self.fitted(self._section.notes.strip() or NOTHING) + self.last()

    def fitted(self, notes: str) -> str:
        """Return generated notes with the levels, bullets and line ends of the file."""
        headings = tuple(self._markup.headings(self._old))
        model, sections = self._level_model(), self._outline.released
        own = (self._model,) if self._model else ()
        groups = [
            heading
            for chapter in dict.fromkeys(
                (*own, *(sections[:_NEWEST] if self._markup.keeps_gaps else ()))
            )
            for heading in headings
            if chapter.heading.start < heading.start < chapter.end
        ]
        sample = self._old[self._model.body : self._model.end] if self._model else self._old
        flat = self._is_flat(groups) if self._markup.keeps_gaps else self._is_bare(headings, notes)
        return self._markup.fitted(
            notes, Layout(model, groups, headings, sample, flat, self._newline)
        )

    def _is_flat(self, groups: Sequence[Heading]) -> bool:
        """Whether the sections of the file are lists, without groups; two of them show it."""
        chapters = [
            chapter
            for chapter in self._outline.released
            if self._old[chapter.body : chapter.end].strip()
        ][:_NEWEST]
        if len(chapters) <= 1:
            return False
        bodies = (self._old[chapter.body : chapter.end] for chapter in chapters)
        lines = [line for body in bodies for line in self._markup.bold_lines(body)]
        own = [group for group in groups if chapters[-1].end > group.start]
        return not any(is_known_title(title.text) for title in (*own, *lines))

    def _is_bare(self, headings: Sequence[Heading], notes: str) -> bool:
        """
        Whether the newest sections are lists without headings or titles; two of them show it.

        Never where groups of *notes* have titles of somebody's own.
        """
        titles = (*self._markup.headings(notes), *self._markup.bold_lines(notes))
        if self._own_groups or not all(is_known_title(title.text) for title in titles):
            return False
        chapters = self._outline.released[:_NEWEST]
        bodies = [self._old[chapter.body : chapter.end] for chapter in chapters]
        lists = [body for body in bodies if has_item(body)]
        return (
            len(lists) > 1
            and len(lists) == sum(1 for body in bodies if body.strip())
            and not any(self._markup.bold_lines(body) for body in lists)
            and not any(
                chapter.heading.start < heading.start < chapter.end
                for chapter in (*self._outline.pending, *chapters)
                for heading in headings
            )
        )

    @property
    def below(self) -> str:
        """The line ends between a heading and the text below it."""
        if not self._markup.keeps_gaps or self._model is None:
            return self._newline * 2
        text = self._old[self._model.body : self._model.end]
        has_gap = self._model.leads or not text.strip() or not text.split(self._newline)[0].strip()
        return self._newline * (2 if has_gap else 1)

    @property
    def apart(self) -> str:
        """The line ends between two sections."""
        if not self._markup.keeps_gaps:
            return self._newline * 2
        chapters = self._outline.chapters[: _NEWEST + 1]
        texts = [self._old[chapter.body : chapter.end] for chapter in chapters[:-1]]
        gaps = [text[len(text.rstrip()) :].count("\n") for text in texts if text.strip()]
        return self._newline * min(max(gaps[:1] or [2]), _WIDEST_GAP) if gaps else self._newline * 2

    def last(self) -> str:
        """Return the link to all changes that sections of this file end with."""
        model, succession = self._model, self.succession
        if model is None or model.title is None or succession is None:
            return ""
        line = last_line(self._old, model.body, model.end, model.title.written)
        last = self._newline * 2 + succession.text(line) if line else ""
        if len(self._outline.released) > 1 and (
            rule := _RULE.search(self._old[: model.end].rstrip())
        ):
            last += self._newline * 2 + rule[1]
        return last

    def _find_model(self) -> Chapter | None:
        """Return the section whose form the new one takes: the newest that is out, and finished."""
        released = self._outline.released
        finished = [chapter for chapter in released if chapter.title and not chapter.title.pending]
        return next(iter((*finished, *released)), None)

    def _follow(self, model: Chapter) -> Succession | None:
        if model.title is None:
            return None
        released = self._outline.released
        titles = [chapter.title for chapter in released if chapter.title]
        older = titles[titles.index(model.title) + 1 :]
        texts = [title.behind + title.before for title in titles]
        openings = [self._old[chapter.heading.start : chapter.body] for chapter in released]
        order = numeric_order([*texts, *openings])
        section = self._section
        if order is None and is_ambiguous(openings[0]):
            self._remark(model, "has a date that is read as month/day/year")
        return Succession(
            model.title.written,
            older[0].written if older else "",
            section.previous,
            written_like(section.version, *(title.written for title in (model.title, *older))),
            section.tag,
            section.day,
            order,
        )
