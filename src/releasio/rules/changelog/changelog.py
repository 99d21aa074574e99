"""The changelog file: put a section in, or mark one; every other byte stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.changelog.compare_links import compare_url, foot
from releasio.rules.changelog.heading_style import is_like_others
from releasio.rules.changelog.insertion import Insertion
from releasio.rules.changelog.markdown import Heading, newline_of
from releasio.rules.changelog.markup.chosen import SUFFIXES, markup_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN, PREAMBLE
from releasio.rules.changelog.markup.markup import Layout
from releasio.rules.changelog.outline import chapter_of, end_below, line_of
from releasio.rules.changelog.section import Section
from releasio.rules.changelog.section_style import NOTHING
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.changelog.markup.markup import Markup

__all__ = ["Inserted", "Section", "inserted", "marked_yanked", "open_heading", "section_of"]

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
        ChangelogUnsupported: It is in a format that is not written.
        ChangelogUnchanged: The section cannot be found again afterwards.
    """
    path = path or settings.path
    markup = format_of(path, text)
    remarks: tuple[str, ...] = ()
    if text is None or not text.removeprefix("\ufeff").strip():
        mark = "\ufeff" if text and text.startswith("\ufeff") else ""
        new_text = mark + _new_file(section, settings, markup).replace(
            "\n", newline_of(text) if text else newline
        )
    elif section_of(text, section.version, settings, markup) is not None:
        return Inserted(text)
    else:
        insertion = Insertion(text, section, settings, _templated(section, settings), markup)
        new_text = insertion.text()
        remarks = tuple(f"{path}: {remark}" for remark in insertion.remarks)
    if section_of(new_text, section.version, settings, markup) is None:
        from releasio.errors.project.changelog import ChangelogUnchanged

        raise ChangelogUnchanged(path, str(section.version))
    return Inserted(new_text, remarks)


def section_of(
    text: str,
    version: Version,
    settings: ChangelogConfig | None = None,
    markup: Markup = MARKDOWN,
) -> str | None:
    """
    Return the text of the section of *version*; `None`: there is none, or it is not released yet.

    With *settings*, a heading as `version_header_template` writes it is found, too.
    """
    span = span_of(text, version, settings, markup)
    return None if span is None else text[slice(*span)].strip("\r\n \t")


def span_of(
    text: str, version: Version, settings: ChangelogConfig | None, markup: Markup
) -> tuple[int, int] | None:
    """Return where the text of the section of *version* begins and ends, as `section_of` does."""
    if chapter := chapter_of(text, version, markup):
        return None if chapter.pending else (chapter.heading.end, chapter.end)
    heading = _heading_like_others(text, version, settings, markup)
    return None if heading is None else (heading.end, end_below(text, heading, markup))


def _heading_of(
    text: str, version: Version, settings: ChangelogConfig | None, markup: Markup
) -> Heading | None:
    """Return the heading of the section that `section_of` returns; `None`: there is none."""
    if chapter := chapter_of(text, version, markup):
        return None if chapter.pending else chapter.heading
    return _heading_like_others(text, version, settings, markup)


def _heading_like_others(
    text: str, version: Version, settings: ChangelogConfig | None, markup: Markup
) -> Heading | None:
    template = settings.version_header_template if settings else None
    own = _pattern_of(template, version) if template else None
    for heading in markup.headings(text):
        is_own = own and own.fullmatch(heading.text)
        if is_own or is_like_others(heading, version, markup.headings(text)):
            return heading
    return None


def marked_yanked(
    text: str,
    version: Version,
    settings: ChangelogConfig | None = None,
    markup: Markup = MARKDOWN,
) -> str | None:
    """
    Return *text* with `[YANKED]` behind the heading of *version*, all else byte for byte.

    A heading that says so already is left alone. `None`: the file has no section of it.

    Source: https://keepachangelog.com/en/1.1.0/#yanked
    """
    heading = _heading_of(text, version, settings, markup)
    if heading is None or _YANKED.search(heading.text):
        return None if heading is None else text
    if heading.width:  # its lines are to be as long as the title
        old = text[heading.start : heading.end]
        title = markup.heading(heading, f"{heading.text} [YANKED]", newline_of(text))
        return text[: heading.start] + title + old[len(old.rstrip()) :] + text[heading.end :]
    anchor = _ANCHOR.search(heading.text)
    title = heading.text[: anchor.start()] if anchor else heading.text
    place = text.index(title, heading.start) + len(title)
    return f"{text[:place]} [YANKED]{text[place:]}"


def open_heading(text: str, version: Version, markup: Markup = MARKDOWN) -> str:
    """Return line and text of the heading that says *version* is not released yet, or nothing."""
    chapter = chapter_of(text, version, markup)
    if chapter is None or not chapter.pending:
        return ""
    return f"line {line_of(text, chapter.heading.start)}, `{chapter.heading.text}`"


def _pattern_of(template: str, version: Version) -> re.Pattern[str] | None:
    """Return what finds the heading of *version*; None when the template does not name it."""
    line = template.strip().partition("\n")[0].lstrip("#=").strip()
    if "{version}" not in line:
        return None
    parts = {"{version}": re.escape(str(version)), "{date}": ".*", "{compare_url}": ".*"}
    pieces = re.split(r"(\{(?:version|date|compare_url)\})", line)
    return re.compile("".join(parts.get(piece) or re.escape(piece) for piece in pieces))


def format_of(path: str, text: str | None) -> Markup:
    """
    Return the format of the changelog at *path*.

    Raises:
        ChangelogUnsupported: It is in none that is written.
    """
    markup = markup_of(path, text)
    if markup is None:
        name = path.replace("\\", "/").rpartition("/")[2]
        suffix = f".{name.rpartition('.')[2].lower()}"
        from releasio.errors.project.changelog import ChangelogUnsupported

        raise ChangelogUnsupported(path, suffix, supported=SUFFIXES)
    return markup


def _new_file(section: Section, settings: ChangelogConfig, markup: Markup) -> str:
    notes = section.notes.strip() or NOTHING
    heading = _templated(section, settings)
    if markup is not MARKDOWN:
        title = heading or markup.first_heading.format(version=section.version, day=section.day)
        model = Heading(2, "", 0, 0, markup.default_mark)
        headings = Heading(1, "", 0, 0, "="), model
        layout = Layout(model, (), headings, "", flat=False, newline="\n")
        text = markup.new_file(title.lstrip("#= "), markup.fitted(notes, layout))
        return f"{text}\n"
    top = settings.header.strip("\r\n") if settings.header else PREAMBLE
    heading = heading or f"## [{section.version}] - {section.day}"
    parts = [top, "## [Unreleased]", heading, notes]
    if section.links:
        parts.append(foot(section.links, section.version, section.previous, section.tag, "\n"))
    return "\n\n".join(parts) + "\n"


def first_text(path: str, newline: str = "\n") -> str:
    """
    Return a changelog at *path* without a release yet.

    Raises:
        ChangelogUnsupported: It is in a format that is not written.
    """
    markup = format_of(path, None)
    if markup is MARKDOWN:
        text = f"{PREAMBLE}\n\n## [Unreleased]"
    else:
        text = markup.new_file("Unreleased", "").rstrip()
    return f"{text}\n".replace("\n", newline)


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
