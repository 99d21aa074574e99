"""The changelog file: put a section in, or mark one; every other byte stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.changelog.compare_links import compare_url, foot
from releasio.rules.changelog.heading_style import is_like_others
from releasio.rules.changelog.insertion import Insertion
from releasio.rules.changelog.markdown import headings, newline_of
from releasio.rules.changelog.outline import chapter_of, end_below, line_of
from releasio.rules.changelog.section import Section
from releasio.rules.changelog.section_style import NOTHING
from releasio.rules.project.changelog_file import MARKDOWN
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.changelog.markdown import Heading

__all__ = ["Inserted", "Section", "inserted", "marked_yanked", "open_heading", "section_of"]

SUPPORTED = (*MARKDOWN, "")  # a bare CHANGELOG is Markdown to whoever named it
PREAMBLE = """\
# Changelog

All notable changes to this project are documented in this file.

The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/)."""
_YANKED = pattern(r"\byanked\b", re.IGNORECASE)
_ANCHOR = pattern(r"\s*\{[^{}]*\}$")  # attributes stay last, or they are text


@frozen
class Inserted:
    """A changelog with a new section."""

    text: str
    remarks: tuple[str, ...] = ()  # what decided about place and style, where that was in doubt


def inserted(
    text: str | None,
    section: Section,
    settings: ChangelogConfig,
    path: str | None = None,
    newline: str = "\n",
) -> Inserted:
    """
    Return the changelog with *section*, and with all else as it was, byte for byte.

    It is never put below a heading that holds the version before it. Notes under a heading
    that means "not released yet" become part of the section, in front of the generated ones
    under the same headings; a heading without a version stays, empty, and one that guesses
    the version becomes the section's. Heading, label, lines such as `Released on ...` and
    links follow the newest section of the file. One that is there already, written by
    hand, is kept.

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
    remarks: tuple[str, ...] = ()
    if text is None or not text.removeprefix("\ufeff").strip():
        mark = "\ufeff" if text and text.startswith("\ufeff") else ""
        new_text = mark + _new_file(section, settings).replace(
            "\n", newline_of(text) if text else newline
        )
    elif section_of(text, section.version, settings) is not None:
        return Inserted(text)
    else:
        insertion = Insertion(text, section, settings, _templated(section, settings))
        new_text = insertion.text()
        remarks = tuple(f"{path}: {remark}" for remark in insertion.remarks)
    if section_of(new_text, section.version, settings) is None:
        from releasio.errors.project.changelog import ChangelogUnchanged

        raise ChangelogUnchanged(path, str(section.version))
    return Inserted(new_text, remarks)


def section_of(text: str, version: Version, settings: ChangelogConfig | None = None) -> str | None:
    """
    Return the text of the section of *version*; `None`: there is none, or it is not released yet.

    With *settings*, a heading as `version_header_template` writes it is found, too.
    """
    if chapter := chapter_of(text, version):
        body = text[chapter.heading.end : chapter.end].strip("\r\n \t")
        return None if chapter.pending else body
    heading = _heading_like_others(text, version, settings)
    return (
        None if heading is None else text[heading.end : end_below(text, heading)].strip("\r\n \t")
    )


def _heading_of(
    text: str, version: Version, settings: ChangelogConfig | None = None
) -> Heading | None:
    """Return the heading of the section that `section_of` returns; `None`: there is none."""
    if chapter := chapter_of(text, version):
        return None if chapter.pending else chapter.heading
    return _heading_like_others(text, version, settings)


def _heading_like_others(
    text: str, version: Version, settings: ChangelogConfig | None
) -> Heading | None:
    template = settings.version_header_template if settings else None
    own = _pattern_of(template, version) if template else None
    for heading in headings(text):
        is_own = own and own.fullmatch(heading.text)
        if is_own or is_like_others(heading, version, headings(text)):
            return heading
    return None


def marked_yanked(
    text: str, version: Version, settings: ChangelogConfig | None = None
) -> str | None:
    """
    Return *text* with `[YANKED]` behind the heading of *version*, all else byte for byte.

    A heading that says so already is left alone. `None`: the file has no section of it.

    Source: https://keepachangelog.com/en/1.1.0/#yanked
    """
    heading = _heading_of(text, version, settings)
    if heading is None or _YANKED.search(heading.text):
        return None if heading is None else text
    anchor = _ANCHOR.search(heading.text)
    title = heading.text[: anchor.start()] if anchor else heading.text
    place = text.index(title, heading.start) + len(title)
    return f"{text[:place]} [YANKED]{text[place:]}"


def open_heading(text: str, version: Version) -> str:
    """Return line and text of the heading that says *version* is not released yet, or nothing."""
    chapter = chapter_of(text, version)
    if chapter is None or not chapter.pending:
        return ""
    return f"line {line_of(text, chapter.heading.start)}, `{chapter.heading.text}`"


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
        from releasio.errors.project.changelog import ChangelogUnsupported

        raise ChangelogUnsupported(path, suffix, supported=list(filter(None, SUPPORTED)))


def _new_file(section: Section, settings: ChangelogConfig) -> str:
    top = settings.header.strip("\r\n") if settings.header else PREAMBLE
    heading = _templated(section, settings) or f"## [{section.version}] - {section.day}"
    parts = [top, "## [Unreleased]", heading, section.notes.strip() or NOTHING]
    if section.links:
        parts.append(foot(section.links, section.version, section.previous, section.tag, "\n"))
    return "\n\n".join(parts) + "\n"


def _templated(section: Section, settings: ChangelogConfig) -> str | None:
    """Return the heading as `version_header_template` wants it."""
    template = settings.version_header_template
    if template is None:
        return None
    url = compare_url(section.links, section.previous, section.tag) if section.links else ""
    values = {
        "version": str(section.version),
        "date": section.day.isoformat(),
        "compare_url": url,
    }
    text = re.sub(r"\{(version|date|compare_url)\}", lambda match: values[match[1]], template)
    return text if text.lstrip().startswith("#") else f"## {text}"
