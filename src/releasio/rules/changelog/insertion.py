"""Find the place of a new section in a changelog, and the words that fit there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.changelog.compare_links import keep_up_links, moved_on
from releasio.rules.changelog.heading_date import find_date
from releasio.rules.changelog.markdown import newline_of
from releasio.rules.changelog.merge_notes import merge_notes
from releasio.rules.changelog.not_released import without_placeholders
from releasio.rules.changelog.outline import (
    foot_of,
    line_of,
    outline,
    remark,
    with_pending,
    with_released,
)
from releasio.rules.changelog.section_style import SectionStyle

if TYPE_CHECKING:
    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.changelog.markup.markup import Markup
    from releasio.rules.changelog.outline import Chapter, Outline
    from releasio.rules.changelog.section import Section

# who sets one of them wants groups
_GROUP_SETTINGS = (
    *("section_template", "section_headers", "section_order"),
    *("group_by_scope", "dependency_section_header"),
)


class Insertion:
    """
    Puts one section into the text of a changelog.

    Attributes:
        remarks: Where place or style was in doubt: what decided, with its line.
    """

    def __init__(
        self,
        text: str,
        section: Section,
        settings: ChangelogConfig,
        templated: str | None,
        markup: Markup,
    ) -> None:
        self.remarks: list[str] = []
        self._old, self._newline = text, newline_of(text)
        self._section, self._settings = section, settings
        self._templated, self._markup = templated, markup
        self._outline = self._read_outline()
        own_groups = any(map(settings.is_set, _GROUP_SETTINGS)) or settings.engine == "git-cliff"
        self._style = SectionStyle(
            text, self._outline, section, templated, markup, own_groups=own_groups
        )

    def text(self) -> str:
        """Return the file with the section in it."""
        pending = self._outline.pending
        if any(chapter.title or self._human_text(chapter) for chapter in pending[:-1]):
            return self._with_one_heading(pending)
        heading = self._style.heading()
        self.remarks += self._style.remarks
        if not pending:
            new_text = self._with_section_above(heading)
        elif pending[-1].title is None:
            new_text = self._with_section_below(pending[-1], heading)
        else:
            new_text = self._with_guess_replaced(pending[-1], heading)
        for chapter in pending:
            if chapter.title is None:
                own = moved_on(new_text[chapter.heading.start : chapter.body], self._section.tag)
                new_text = new_text[: chapter.heading.start] + own + new_text[chapter.body :]
        return self._with_links(new_text, heading)

    def _with_one_heading(self, pending: tuple[Chapter, ...]) -> str:
        """Do it with one heading for all that is not released, where there are several."""
        old, newline = self._old, self._newline
        unnamed = [chapter for chapter in pending if chapter.title is None] or [pending[0]]
        openings = [old[chapter.start : chapter.body].rstrip() for chapter in unnamed]
        texts = [text.strip("\r\n") for text in map(self._human_text, pending) if text]
        parts = newline.join(f"{opening}{newline}" for opening in openings), *texts
        behind = old[pending[-1].end :]
        whole = (newline * 2).join(part.rstrip("\r\n") for part in parts)
        text = old[: pending[0].start] + whole + newline * (2 if behind else 1) + behind
        insertion = Insertion(text, self._section, self._settings, self._templated, self._markup)
        new_text = insertion.text()
        self.remarks = [*self.remarks, *insertion.remarks]
        return new_text

    def _with_links(self, text: str, heading: str) -> str:
        label = self._markup.reference.search(heading)
        guesses = [chapter.title.written for chapter in self._outline.pending if chapter.title]
        section = self._section
        return keep_up_links(
            text, label[1] if label else None, section.tag, section.previous, guesses, self._markup
        )

    def _read_outline(self) -> Outline:
        section = self._section
        outlined = outline(self._old, section.last, self._markup)
        if section.last is not None:
            last = outlined.of(section.last)
            if last is not None and last.pending and section.last != section.version:
                self._remark(last, f"still says that {section.last} is not released")
                outlined = with_released(outlined, section.last)
        guess = self._unmarked_guess(outlined)
        if guess is not None:
            self._remark(guess, f"is of no release yet: its text belongs to {section.version}")
            outlined = with_pending(outlined, guess)
        versions = [chapter.title.version for chapter in outlined.released if chapter.title]
        if len(versions) > 1 and versions[0] < versions[-1]:
            self._remark(
                outlined.released[0], "is older than what follows; the new section is above it"
            )
        if section.last and outlined.loose and (last := outlined.of(section.last)):
            self._remark(last, "decides place and form of the new section")
        return outlined

    def _unmarked_guess(self, outlined: Outline) -> Chapter | None:
        """Return the newest section if its version is higher than all that is out."""
        section, released = self._section, outlined.released
        has_guess = any(chapter.title for chapter in outlined.pending)
        if section.known is None or not released or has_guess:
            return None
        newest = [chapter.title.version for chapter in released[:2] if chapter.title]
        if newest[0] <= section.known or newest[0] == section.version:
            return None
        has_two_guesses = len(newest) > 1 and newest[1] > section.known
        if has_two_guesses or find_date(self._old[released[0].heading.start : released[0].body]):
            self._remark(released[0], "is of no release that is known; the new section is above it")
            return None
        return released[0]

    def _remark(self, chapter: Chapter, words: str) -> None:
        self.remarks.append(remark(self._old, chapter, words))

    # --- places -----------------------------------------------------------------------------

    def _with_section_above(self, heading: str) -> str:
        """Put the section above the newest one, or where the first one belongs."""
        released = self._outline.released
        if released:
            return self._with_section_at(released[0].start, heading)
        if marker := self._markup.markers.search(self._old):
            return self._with_section_at(marker.end(), heading)
        lower = (heading.start for heading in self._markup.headings(self._old) if heading.level > 1)
        place = next(lower, None)
        if place is None:
            place = foot_of(self._old, self._markup)
        if self._section.last is not None:
            line = line_of(self._old, place)
            self.remarks.append(
                f"no heading names a version; the new section begins at line {line}"
            )
        return self._with_section_at(place, heading)

    def _with_section_at(self, place: int, heading: str) -> str:
        """Put the section at *place*, with one empty line around it."""
        newline = self._newline
        before, behind = self._old[:place], self._old[place:]
        opening = self._header() + self._style.label() + self._style.opening(heading)
        section = f"{opening}{self._style.below}{self._style.body()}"
        if before.strip("\ufeff") and not before.endswith(newline * 2):
            section = (newline if before.endswith(newline) else newline * 2) + section
        if behind.lstrip("\r\n"):
            gap = newline if behind.startswith(newline) else self._style.apart
            return before + section + gap + behind
        return before + section + (newline if self._old.endswith(newline) else "")

    def _header(self) -> str:
        """Return `changelog.header` unless it is there, or would be a second title."""
        header = (self._settings.header or "").strip().replace("\r\n", "\n")
        if not header or header.startswith("#") or header in self._old.replace("\r\n", "\n"):
            return ""
        return header.replace("\n", self._newline) + self._newline * 2

    def _human_text(self, chapter: Chapter) -> str:
        """
        Return what people wrote below the heading of *chapter*; empty: nothing but comments.

        Beside entries, a line that says that there are none yet is no longer true.
        """
        text = self._old[chapter.body : chapter.end]
        seen_text = self._markup.without_comments
        if self._section.notes.strip() or without_placeholders(seen_text(text)).strip():
            text = without_placeholders(text)
        return text if seen_text(text).strip() else ""

    def _with_section_below(self, chapter: Chapter, heading: str) -> str:
        """Put the section below the heading of *chapter*, which stays, with what stood there."""
        human = self._human_text(chapter)
        if not human:
            return self._with_section_at(chapter.end, heading)
        before = self._old[: chapter.body]
        gap = self._style.apart
        if before.endswith("\n"):
            gap = gap.removeprefix(self._newline)
        opening = self._header() + self._style.label() + self._style.opening(heading)
        section = opening + self._newline + self._merged_notes(human)
        return before + gap + section + self._old[chapter.end :]

    def _with_guess_replaced(self, chapter: Chapter, heading: str) -> str:
        """Give *chapter*, which guessed its version, the heading of the section."""
        old, newline, succession = self._old, self._newline, self._style.succession
        label = old[chapter.start : chapter.heading.start]
        if label and succession and chapter.title:
            label = replace(succession, written=chapter.title.written).anchor(label)
        before = old[: chapter.start] + self._header() + (label or self._style.label())
        opening = self._style.opening(heading) + newline
        human, behind = self._human_text(chapter), old[chapter.end :]
        if human:
            return before + opening + self._merged_notes(human) + behind
        body = old[chapter.body : chapter.end]
        own_gap = body[len(body.rstrip()) :] if body.strip() else self._style.apart
        gap = own_gap if behind else (newline if old.endswith(newline) else "")
        opening = opening.removesuffix(newline) + self._style.below
        return before + opening + self._style.body() + gap + behind

    def _merged_notes(self, human: str) -> str:
        """Return what people wrote with the generated notes in it."""
        notes = self._section.notes.strip()
        is_apart = human.startswith(("\n", "\r\n")) or self._style.below == self._newline
        gap = "" if is_apart else self._newline
        merged = merge_notes(
            human, self._style.fitted(notes) if notes else "", self._newline, self._markup
        )
        text = merged.rstrip()
        return gap + text + self._style.last() + merged[len(text) :]
