"""The changelog file: put a section in, and leave every other byte alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.errors.changelog import ChangelogUnchanged, ChangelogUnsupported
from releasio.frozen import frozen
from releasio.rules.changelog_file import MARKDOWN
from releasio.rules.compare_links import compare_url, foot, keep_up_links
from releasio.rules.heading_style import (
    Title,
    heading_like,
    is_unreleased,
    read_title,
    title_after_unreleased,
    title_like,
)
from releasio.rules.markdown import Heading, definitions, headings, newline_of, without_comments
from releasio.rules.merge_notes import at_level, merge_notes

if TYPE_CHECKING:
    from datetime import date

    from packaging.version import Version

    from releasio.config.model import ChangelogConfig

SUPPORTED = (*MARKDOWN, "")  # a bare CHANGELOG is Markdown to whoever named it
PREAMBLE = """\
# Changelog

All notable changes to this project are documented in this file.

The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/)."""
NOTHING = "No notable changes."


@frozen
class Section:
    """
    What is to be put into the changelog.

    Attributes:
        version: What it is about.
        day: The day of the release.
        notes: Its text without the heading, groups with `###`; may be empty.
        tag: The tag of the version, for links.
        previous: The tag before it, if there is one.
        web: The repository's page on its forge, if known.
    """

    version: Version
    day: date
    notes: str
    tag: str
    previous: str | None = None
    web: str | None = None


def insert_section(
    text: str | None,
    section: Section,
    settings: ChangelogConfig,
    path: str | None = None,
    newline: str = "\n",
) -> str:
    """
    Return the changelog with *section*, and with all else as it was, byte for byte.

    Notes under an Unreleased heading become part of the section, in front of
    the generated ones under the same headings; the heading stays, empty. The new
    heading follows the style of the newest one in the file, and links at the foot
    are kept up. A section that is there already, written by hand, is kept.

    Args:
        text: The file as it is; `None`: it does not exist.
        section: What to put in.
        settings: The `[changelog]` table.
        path: The file, for errors; else `changelog.path`.
        newline: The line end of a file that does not exist yet.

    Raises:
        ChangelogUnsupported: It is no Markdown.
        ChangelogUnchanged: The section cannot be found again afterwards.
    """
    path = path or settings.path
    check_format(path)
    if text is None or not text.removeprefix("\ufeff").strip():
        mark = "\ufeff" if text and text.startswith("\ufeff") else ""
        changed = mark + _new_file(section, settings).replace(
            "\n", newline_of(text) if text else newline
        )
    elif section_of(text, section.version, settings) is not None:
        return text
    else:
        changed = _Insertion(text, section, settings).text()
    if section_of(changed, section.version, settings) is None:
        raise ChangelogUnchanged(path, str(section.version))
    return changed


def section_of(text: str, version: Version, settings: ChangelogConfig | None = None) -> str | None:
    """
    Return the text below the heading of *version*; `None`: there is no such heading.

    With *settings*, a heading as `version_header_template` writes it is found, too.
    """
    template = settings.version_header_template if settings else None
    own = _pattern_of(template, version) if template else None
    found = headings(text)
    for number, heading in enumerate(found):
        title = read_title(heading)
        if (title and title.version == version) or (own and own.fullmatch(heading.text)):
            return text[heading.end : _end(text, found, number)].strip("\r\n \t")
    return None


def _pattern_of(template: str, version: Version) -> re.Pattern[str] | None:
    """Return what finds the heading of *version*; None when the template does not name it."""
    line = template.strip().partition("\n")[0].lstrip("#").strip()
    if "{version}" not in line:
        return None
    parts = {"{version}": re.escape(str(version)), "{date}": ".*", "{compare_url}": ".*"}
    pieces = re.split(r"(\{(?:version|date|compare_url)\})", line)
    return re.compile("".join(parts.get(piece) or re.escape(piece) for piece in pieces))


def check_format(path: str) -> None:
    """
    Make sure that the file at *path* is Markdown.

    Raises:
        ChangelogUnsupported: It is something else.
    """
    name = path.replace("\\", "/").rpartition("/")[2]
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if suffix not in SUPPORTED:
        raise ChangelogUnsupported(path, suffix, supported=[one for one in SUPPORTED if one])


def _end(text: str, found: list[Heading], number: int) -> int:
    """Return where the section of a heading ends: at the next one, or at the links of the foot."""
    heading = found[number]
    following = next(
        (
            one.start
            for one in found[number + 1 :]
            if one.level <= heading.level or read_title(one) or is_unreleased(one)
        ),
        len(text),
    )
    return min(following, _foot(text, heading.end, following))


def _foot(text: str, begin: int, end: int) -> int:
    """Return where the link definitions at the end of text[begin:end] begin."""
    place = end
    for one in reversed([one for one in definitions(text) if begin <= one.start < end]):
        if text[one.end : place].strip():
            break
        place = one.start
    return place


def _new_file(section: Section, settings: ChangelogConfig) -> str:
    top = settings.header.strip("\r\n") if settings.header else PREAMBLE
    heading = _templated(section, settings) or f"## [{section.version}] - {section.day}"
    parts = [top, "## [Unreleased]", heading, section.notes.strip() or NOTHING]
    if section.web:
        parts.append(foot(section.web, section.version, section.previous, section.tag, "\n"))
    return "\n\n".join(parts) + "\n"


def _templated(section: Section, settings: ChangelogConfig) -> str | None:
    """Return the heading as `version_header_template` wants it."""
    template = settings.version_header_template
    if template is None:
        return None
    url = compare_url(section.web, section.previous, section.tag) if section.web else ""
    values = {
        "version": str(section.version),
        "date": section.day.isoformat(),
        "compare_url": url,
    }
    text = re.sub(r"\{(version|date|compare_url)\}", lambda match: values[match[1]], template)
    return text if text.lstrip().startswith("#") else f"## {text}"


class _Insertion:
    """Finds the place in an existing file, and the words that fit there."""

    def __init__(self, text: str, section: Section, settings: ChangelogConfig) -> None:
        self._old = text
        self._section = section
        self._settings = settings
        self._newline = newline_of(text)
        self._headings = headings(text)
        self._unreleased = next(
            (n for n, one in enumerate(self._headings) if is_unreleased(one)), None
        )
        self._newest = self._find_newest()

    def text(self) -> str:
        """Return the file with the section in it."""
        if self._unreleased is not None:
            changed = self._below_unreleased(self._unreleased)
        else:
            changed = self._at(self._place(), self._body())
        label = str(self._section.version)
        if self._newest and self._newest[1].before.lower().endswith("[v"):
            label = f"v{label}"
        return keep_up_links(changed, label, self._section.tag)

    def _find_newest(self) -> tuple[Heading, Title] | None:
        for heading in self._headings:
            if title := read_title(heading):
                return heading, title
        return None

    def _model(self) -> Heading:
        """Return the heading whose form the new one takes."""
        if self._newest:
            return self._newest[0]
        if self._unreleased is not None:
            return self._headings[self._unreleased]
        return Heading(2, "", 0, 0)

    def _heading(self) -> str:
        section, newline = self._section, self._newline
        if text := _templated(section, self._settings):
            return text.replace("\r\n", "\n").replace("\n", newline)
        if self._newest:
            text = title_like(self._newest[1], section.version, section.day, section.tag)
        elif self._unreleased is not None:
            text = title_after_unreleased(self._model(), section.version, section.day)
        else:
            text = f"[{section.version}] - {section.day}"
        return heading_like(self._model(), text, newline)

    def _body(self) -> str:
        notes = at_level(self._section.notes.strip() or NOTHING, self._model().level + 1)
        return notes.replace("\n", self._newline)

    def _below_unreleased(self, number: int) -> str:
        begin = self._headings[number].end
        end = _end(self._old, self._headings, number)
        human = self._old[begin:end]
        if not without_comments(human).strip():
            return self._at(end, self._body())
        generated = at_level(self._section.notes.strip(), self._model().level + 1)
        merged = merge_notes(human, generated.replace("\n", self._newline), self._newline)
        before = self._old[:begin]
        gap = self._newline if before.endswith("\n") else self._newline * 2
        heading = f"{gap}{self._heading()}{self._newline}"
        if not human.startswith(("\n", "\r\n")):
            heading += self._newline
        return before + heading + merged + self._old[end:]

    def _place(self) -> int:
        """Return where the section goes in a file without an Unreleased heading."""
        if self._newest:
            return self._newest[0].start
        second = (one.start for one in self._headings if one.level > 1)
        return next(second, _foot(self._old, 0, len(self._old)))

    def _at(self, place: int, body: str) -> str:
        """Put heading and *body* at *place*, with one empty line around them."""
        newline = self._newline
        before, behind = self._old[:place], self._old[place:]
        section = f"{self._above(newline)}{self._heading()}{newline * 2}{body}"
        if before.strip("\ufeff") and not before.endswith(newline * 2):
            section = (newline if before.endswith(newline) else newline * 2) + section
        if behind:
            return before + section + newline * 2 + behind
        return before + section + (newline if self._old.endswith(newline) else "")

    def _above(self, newline: str) -> str:
        """Return `changelog.header` unless it is there, or would be a second title."""
        header = (self._settings.header or "").strip().replace("\r\n", "\n")
        if not header or header.startswith("#") or header in self._old.replace("\r\n", "\n"):
            return ""
        return header.replace("\n", newline) + newline * 2
