"""Find the place of a new section in a changelog, and the words that fit there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.changelog.compare_links import keep_up_links, moved_on
from releasio.rules.changelog.heading_date import find_date
from releasio.rules.changelog.markdown import headings, newline_of, without_comments
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
    from releasio.rules.changelog.outline import Chapter, Outline
    from releasio.rules.changelog.section import Section

_MARKERS = re.compile(
    r"^[ \t]*<!--\s*(?:towncrier release notes start|scriv-insert-here|insertion marker"
    r"|version list|releases|changelog)\s*-->[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE | re.IGNORECASE,
)


class Insertion:
    """
    Puts one section into the text of a changelog.

    Attributes:
        remarks: Where place or style was in doubt: what decided, with its line.
    """

    def __init__(
        self, text: str, section: Section, settings: ChangelogConfig, templated: str | None
    ) -> None:
        self.remarks: list[str] = []
        self._old = text
        self._section = section
        self._settings = settings
        self._templated = templated
        self._newline = newline_of(text)
        self._outline = self._read()
        self._style = SectionStyle(text, self._outline, section, templated)

    def text(self) -> str:
        """Return the file with the section in it."""
        pending = self._outline.pending
        if any(one.title or self._human(one) for one in pending[:-1]):
            return self._combined(pending)
        heading = self._style.heading()
        self.remarks += self._style.remarks
        if not pending:
            changed = self._above(heading)
        elif pending[-1].title is None:
            changed = self._below(pending[-1], heading)
        else:
            changed = self._in_place_of(pending[-1], heading)
        for chapter in pending:
            if chapter.title is None:
                own = moved_on(changed[chapter.heading.start : chapter.body], self._section.tag)
                changed = changed[: chapter.heading.start] + own + changed[chapter.body :]
        return self._with_links(changed, heading)

    def _combined(self, pending: tuple[Chapter, ...]) -> str:
        """Do it with one heading for all that is not released, where there are several."""
        old = self._old
        kept = [one for one in pending if one.title is None] or [pending[0]]
        headings_kept = [old[one.start : one.body].rstrip() + self._newline for one in kept]
        texts = [text.strip("\r\n") for one in pending if (text := self._human(one))]
        parts = self._newline.join(headings_kept), *texts
        behind = old[pending[-1].end :]
        whole = (self._newline * 2).join(part.rstrip("\r\n") for part in parts)
        gap = self._newline * 2 if behind else self._newline
        again = Insertion(
            old[: pending[0].start] + whole + gap + behind,
            self._section,
            self._settings,
            self._templated,
        )
        changed = again.text()
        self.remarks = [*self.remarks, *again.remarks]
        return changed

    def _with_links(self, changed: str, heading: str) -> str:
        label = re.search(r"\[([^\]]*\d[^\]]*)\](?!\()", heading)
        guesses = [one.title.written for one in self._outline.pending if one.title]
        section = self._section
        return keep_up_links(
            changed, label[1] if label else None, section.tag, section.previous, guesses
        )

    def _read(self) -> Outline:
        section = self._section
        found = outline(self._old, section.last)
        if section.last is not None:
            said = found.of(section.last)
            if said is not None and said.pending and section.last != section.version:
                self._remark(said, f"still says that {section.last} is not released")
                found = with_released(found, section.last)
        guess = self._unmarked_guess(found)
        if guess is not None:
            self._remark(guess, f"is of no release yet: its text belongs to {section.version}")
            found = with_pending(found, guess)
        versions = [one.title.version for one in found.released if one.title]
        if len(versions) > 1 and versions[0] < versions[-1]:
            self._remark(
                found.released[0], "is older than what follows; the new section is above it"
            )
        if section.last and found.loose and (said := found.of(section.last)):
            self._remark(said, "decides place and form of the new section")
        return found

    def _unmarked_guess(self, found: Outline) -> Chapter | None:
        """Return the newest section if its version is higher than all that is out."""
        section, released = self._section, found.released
        if section.known is None or not released or any(one.title for one in found.pending):
            return None
        newest = [one.title.version for one in released[:2] if one.title]
        if newest[0] <= section.known or newest[0] == section.version:
            return None
        several = len(newest) > 1 and newest[1] > section.known
        if several or find_date(self._old[released[0].heading.start : released[0].body]):
            self._remark(released[0], "is of no release that is known; the new section is above it")
            return None
        return released[0]

    def _remark(self, chapter: Chapter, words: str) -> None:
        self.remarks.append(remark(self._old, chapter, words))

    # --- places -----------------------------------------------------------------------------

    def _above(self, heading: str) -> str:
        """Put the section above the newest one, or where the first one belongs."""
        released = self._outline.released
        if released:
            return self._at(released[0].start, heading)
        if marker := _MARKERS.search(self._old):
            return self._at(marker.end(), heading)
        place = next((one.start for one in headings(self._old) if one.level > 1), None)
        if place is None:
            place = foot_of(self._old)
        if self._section.last is not None:
            line = line_of(self._old, place)
            self.remarks.append(
                f"no heading names a version; the new section begins at line {line}"
            )
        return self._at(place, heading)

    def _at(self, place: int, heading: str) -> str:
        """Put the section at *place*, with one empty line around it."""
        newline = self._newline
        before, behind = self._old[:place], self._old[place:]
        opening = self._header() + self._style.label() + self._style.opening(heading)
        section = f"{opening}{newline * 2}{self._style.body()}"
        if before.strip("\ufeff") and not before.endswith(newline * 2):
            section = (newline if before.endswith(newline) else newline * 2) + section
        if behind.lstrip("\r\n"):
            gap = newline if behind.startswith(newline) else newline * 2
            return before + section + gap + behind
        return before + section + (newline if self._old.endswith(newline) else "")

    def _header(self) -> str:
        """Return `changelog.header` unless it is there, or would be a second title."""
        header = (self._settings.header or "").strip().replace("\r\n", "\n")
        if not header or header.startswith("#") or header in self._old.replace("\r\n", "\n"):
            return ""
        return header.replace("\n", self._newline) + self._newline * 2

    def _human(self, chapter: Chapter) -> str:
        """
        Return what people wrote below the heading of *chapter*; empty: nothing but comments.

        Beside entries, a line that says that there are none yet is no longer true.
        """
        below = self._old[chapter.body : chapter.end]
        if self._section.notes.strip() or without_placeholders(without_comments(below)).strip():
            below = without_placeholders(below)
        return below if without_comments(below).strip() else ""

    def _below(self, chapter: Chapter, heading: str) -> str:
        """Put the section below the heading of *chapter*, which stays, with what stood there."""
        human = self._human(chapter)
        if not human:
            return self._at(chapter.end, heading)
        before = self._old[: chapter.body]
        gap = self._newline if before.endswith("\n") else self._newline * 2
        opening = self._header() + self._style.label() + self._style.opening(heading)
        return (
            before + gap + opening + self._newline + self._merged(human) + self._old[chapter.end :]
        )

    def _in_place_of(self, chapter: Chapter, heading: str) -> str:
        """Give *chapter*, which guessed its version, the heading of the section."""
        old, newline, succession = self._old, self._newline, self._style.succession
        label = old[chapter.start : chapter.heading.start]
        if label and succession and chapter.title:
            label = replace(succession, written=chapter.title.written).anchor(label)
        before = old[: chapter.start] + self._header() + (label or self._style.label())
        opening = self._style.opening(heading) + newline
        human, behind = self._human(chapter), old[chapter.end :]
        if human:
            return before + opening + self._merged(human) + behind
        below = old[chapter.body : chapter.end]
        own_gap = below[len(below.rstrip()) :] if below.strip() else newline * 2
        gap = own_gap if behind else (newline if old.endswith(newline) else "")
        return before + opening + newline + self._style.body() + gap + behind

    def _merged(self, human: str) -> str:
        """Return what people wrote with the generated notes in it."""
        notes = self._section.notes.strip()
        gap = "" if human.startswith(("\n", "\r\n")) else self._newline
        merged = merge_notes(human, self._style.fitted(notes) if notes else "", self._newline)
        text = merged.rstrip()
        return gap + text + self._style.last() + merged[len(text) :]
