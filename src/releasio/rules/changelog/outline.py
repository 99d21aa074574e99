"""Where the sections of a changelog are: its versions, and what is not released yet."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.rules.changelog.group_titles import is_known_title
from releasio.rules.changelog.heading_style import is_unreleased, read_title, title_holding
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.changelog.section_frame import lead_lines, start_with_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from packaging.version import Version

    from releasio.rules.changelog.heading_style import Title
    from releasio.rules.changelog.markdown import Heading
    from releasio.rules.changelog.markup.markup import Markup
    from releasio.rules.changelog.section_frame import Lead

    TitleOf = Callable[[Heading], Title | None]


@frozen
class Chapter:
    """
    One section: of a version, or of what comes next.

    Attributes:
        heading: Its heading.
        title: The heading taken apart; `None`: it names no version.
        start: Where it begins: at the label above the heading, if there is one.
        leads: The lines between heading and text that say when it was released and the like.
        end: Where the next one begins, or the links at the foot.
        pending: Whether it is not released yet.
    """

    heading: Heading
    title: Title | None
    start: int
    leads: tuple[Lead, ...]
    end: int
    pending: bool

    @property
    def body(self) -> int:
        """Where its text begins, behind the lines of that kind."""
        return self.leads[-1].end if self.leads else self.heading.end


@frozen
class Outline:
    """
    The sections of a changelog, in the order of the file.

    Attributes:
        chapters: All of them.
        loose: Whether the heading of the previous version was only found by its number.
    """

    chapters: tuple[Chapter, ...]
    loose: bool = False

    @property
    def released(self) -> tuple[Chapter, ...]:
        """Return the sections of versions that are out."""
        return tuple(chapter for chapter in self.chapters if chapter.title and not chapter.pending)

    @property
    def pending(self) -> tuple[Chapter, ...]:
        """Return the sections above the newest released one, to the first without a version."""
        chapters: list[Chapter] = []
        for chapter in self.chapters:
            is_second = chapter.title is None and any(c.title is None for c in chapters)
            if not chapter.pending or is_second:
                break
            chapters.append(chapter)
        return tuple(chapters)

    def of(self, version: Version) -> Chapter | None:
        """Return the section of *version*, the released one if there are several."""
        return _chapter_of_version(version, self.chapters)


@lru_cache(maxsize=8)  # as `headings`
def outline(text: str, previous: Version | None = None, markup: Markup = MARKDOWN) -> Outline:
    """
    Return the sections of the changelog *text*.

    Args:
        text: The file.
        previous: The version that was released last. A heading that holds it is that
            version's, whatever else it says, unless one says nothing else.
        markup: Its format.
    """
    titles = map(read_title, markup.headings(text))
    if previous is None or any(title and title.version == previous for title in titles):
        return Outline(tuple(_chapters(text, read_title, markup, previous)))

    def title_of(heading: Heading) -> Title | None:
        return read_title(heading) or title_holding(heading, previous)

    loose = any(title_holding(candidate, previous) for candidate in markup.headings(text))
    return Outline(tuple(_chapters(text, title_of, markup, previous)), loose)


def chapter_of(text: str, version: Version, markup: Markup = MARKDOWN) -> Chapter | None:
    """Return the section that `outline(text).of(version)` is; what is below it is not read."""
    return _chapter_of_version(version, _chapters(text, read_title, markup, only=version))


def _chapter_of_version(version: Version, chapters: Iterable[Chapter]) -> Chapter | None:
    pending = None
    for chapter in chapters:
        if chapter.title and chapter.title.version == version:
            if not chapter.pending:
                return chapter
            pending = pending or chapter
    return pending


def _chapters(
    text: str,
    title_of: TitleOf,
    markup: Markup,
    previous: Version | None = None,
    only: Version | None = None,
) -> Iterator[Chapter]:
    """Yield the sections; *only* those of one version, where it is given."""
    level, foot = _level(text, title_of, markup, previous), foot_of(text, markup)

    def is_chapter(heading: Heading) -> bool:
        return _is_chapter(heading, title_of(heading), level)

    following = markup.headings(text)
    for heading in following:
        title = title_of(heading)
        is_asked_for = only is None or (title is not None and title.version == only)
        if is_asked_for and is_chapter(heading):
            end = _end(text, heading, copy(following), is_chapter, foot, markup)
            yield _chapter(text, heading, title, end, markup)


def _level(text: str, title_of: TitleOf, markup: Markup, previous: Version | None) -> int | None:
    """Return the level of the versions' headings: of the previous one, else of the first."""
    first = alone = None
    for heading in markup.headings(text):
        title = title_of(heading)
        if title is None:
            continue
        if title.version == previous:
            return heading.level
        if title.alone and alone is None:
            alone = heading.level
            if previous is None:
                break
        first = first or heading.level
    return alone or first


def _is_chapter(heading: Heading, title: Title | None, level: int | None) -> bool:
    if title is not None:
        return heading.level == level or title.alone
    if not is_unreleased(heading):
        return False
    return level is None or heading.level == level or "unreleased" in heading.text.casefold()


def _chapter(text: str, heading: Heading, title: Title | None, end: int, markup: Markup) -> Chapter:
    if tail := markup.tail.search(text[heading.end : end]):
        end = heading.end + tail.start()
    leads = lead_lines(text, heading.end, end, title.written if title else "")
    marked = any(lead.kind == "mark" for lead in leads)
    pending = title is None or title.pending or marked
    start = start_with_label(text, heading.start, markup)
    return Chapter(heading, title, start, leads, end, pending)


def _end(
    text: str,
    heading: Heading,
    following: Iterable[Heading],
    is_chapter: Callable[[Heading], bool],
    foot: int,
    markup: Markup,
) -> int:
    """Return where the section of *heading* ends: at the next of *following*, or at the links."""
    for candidate in following:
        if is_chapter(candidate):
            start = start_with_label(text, candidate.start, markup)
            return min(start, max(foot, heading.end))
        # some files have groups at the level of the versions
        is_group = candidate.level == heading.level and is_known_title(candidate.text)
        if candidate.level <= heading.level and not is_group:
            return min(candidate.start, max(foot, heading.end))
    return max(foot, heading.end)


def end_below(text: str, heading: Heading, markup: Markup = MARKDOWN) -> int:
    """Return where the section below *heading* ends, whatever it is about."""
    starts = {chapter.heading.start for chapter in outline(text, None, markup).chapters}
    candidates = markup.headings(text)
    following = (candidate for candidate in candidates if candidate.start > heading.start)

    def is_chapter(candidate: Heading) -> bool:
        return candidate.start in starts

    return _end(text, heading, following, is_chapter, foot_of(text, markup), markup)


def foot_of(text: str, markup: Markup = MARKDOWN) -> int:
    """Return where the link definitions at the end of *text* begin."""
    place = len(text)
    for definition in reversed(markup.definitions(text)):
        if text[definition.end : place].strip():
            break
        place = definition.start
    return place


def with_pending(outlined: Outline, chapter: Chapter) -> Outline:
    """Return *outlined* with *chapter*, which does not say so itself, as not released yet."""
    chapters = (
        replace(outlined_chapter, pending=True) if outlined_chapter == chapter else outlined_chapter
        for outlined_chapter in outlined.chapters
    )
    return replace(outlined, chapters=tuple(chapters))


def with_released(outlined: Outline, version: Version) -> Outline:
    """Return *outlined* with *version* as released, whatever its heading still says."""
    chapters = (
        replace(chapter, pending=False)
        if chapter.title and chapter.title.version == version
        else chapter
        for chapter in outlined.chapters
    )
    return replace(outlined, chapters=tuple(chapters))


def remark(text: str, chapter: Chapter, words: str) -> str:
    """Return a remark about the heading of *chapter*, with its line."""
    return f"line {line_of(text, chapter.heading.start)}, `{chapter.heading.text}`, {words}"


def line_of(text: str, place: int) -> int:
    """Return the number of the line at *place*; the first is 1."""
    return text.count("\n", 0, place) + 1
