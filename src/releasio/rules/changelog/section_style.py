"""How the sections of a changelog are written, and the next one in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.changelog.heading_date import find_date, is_ambiguous, numeric_order
from releasio.rules.changelog.markdown import Heading, headings, newline_of
from releasio.rules.changelog.merge_notes import at_level, with_bullet
from releasio.rules.changelog.new_heading import heading_like, title_after_unreleased, title_like
from releasio.rules.changelog.outline import remark
from releasio.rules.changelog.section_frame import last_line
from releasio.rules.changelog.succession import Succession
from releasio.rules.versions.version_form import written_like
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from releasio.rules.changelog.outline import Chapter, Outline
    from releasio.rules.changelog.section import Section

_RULE = pattern(r"\n\r?\n[ ]{0,3}((?:-[ ]?){3,}|(?:\*[ ]?){3,}|(?:_[ ]?){3,})\Z")
NOTHING = "No notable changes."


class SectionStyle:
    """
    The words of the new section.

    Attributes:
        remarks: Where the style was in doubt: what decided, with its line.
        succession: How texts about the newest version become texts about the next one;
            `None`: none is out yet.
    """

    def __init__(
        self, text: str, outlined: Outline, section: Section, templated: str | None
    ) -> None:
        self.remarks: list[str] = []
        self._old = text
        self._section = section
        self._templated = templated
        self._newline = newline_of(text)
        self._outline = outlined
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
            return self._templated.replace("\r\n", "\n").replace("\n", newline)
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
            title = f"[{section.version}] - {section.day}"
        return heading_like(model, title, newline)

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
        leveled = at_level(notes, self._group_level())
        sample = self._old[self._model.body : self._model.end] if self._model else self._old
        return with_bullet(leveled, sample).replace("\n", self._newline)

    def _group_level(self) -> int:
        level = self._level_model().level
        if self._model:
            group_levels = [
                heading.level
                for heading in headings(self._old)
                if self._model.heading.start < heading.start < self._model.end
            ]
            if group_levels and min(group_levels) > level:
                return min(group_levels)
        return level + 1

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
            written_like(section.version, model.title.written),
            section.tag,
            section.day,
            order,
        )
