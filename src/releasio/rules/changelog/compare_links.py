"""The links of a changelog that compare versions: `[1.2.0]: .../compare/v1.1.0...v1.2.0`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.frozen import frozen
from releasio.rules.changelog.markdown import newline_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.changelog.not_released import is_unreleased_name
from releasio.rules.forge.links import UNRELEASED
from releasio.rules.versions.version import version_or_none
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from releasio.rules.changelog.markdown import Definition
    from releasio.rules.changelog.markup.markup import Markup
    from releasio.rules.forge.links import Links

_COMPARE = pattern(
    r"(?P<base>.+/compare/)(?P<old>.+?)(?P<between>\.{2,3})(?P<new>.+)"
    r"|(?P<azure>.+/branchCompare\?baseVersion=GT)(?P<first>[^&]+)(?P<and>&targetVersion=GT)"
    r"(?P<second>[^&#]+)"
)
_NEWEST_FIRST = pattern(r"(?P<base>.+/compare/)(?P<new>.+?)(?P<between>%0D)(?P<old>.+)")
_TAG = pattern(r"(?P<base>.+/(?:releases/tag|releases|tree|tags)/)(?P<new>.+)")
_OPEN = pattern(r"(/compare/)[^\s)>\"']+?(\.{2,3})(?![^\s)>\"']*\d)([^\s)>\"']+)")


def keep_up_links(
    text: str,
    label: str | None,
    tag: str,
    previous: str | None = None,
    guesses: Collection[str] = (),
    markup: Markup = MARKDOWN,
) -> str:
    """
    Return *text* with a link for the new version, in the shape of its neighbours.

    `[Unreleased]` is moved on to start at *tag*. A file without such links gets
    none; a heading that names no link gets none, either.

    Args:
        text: The changelog.
        label: What the heading has in brackets for a link; `None`: nothing.
        tag: The tag of the new version.
        previous: The tag before it; `None`: as the links of the file have it.
        guesses: Versions that headings had which are the new version's now.
        markup: The format.
    """
    text = _without_guesses(text, label, tag, previous, guesses, markup)
    links = markup.definitions(text)
    for link in links:
        if is_unreleased_name(link.label):
            return _with_unreleased_moved(text, link, links, label, tag, previous)
    if label is None or any(link.label.lower() == label.lower() for link in links):
        return text
    versions = [link for link in links if version_or_none(link.label) is not None]
    return _with_link_beside(text, versions, label, tag, previous) if versions else text


def moved_on(text: str, tag: str) -> str:
    """Return *text* with links to what comes after the last release beginning at *tag*."""
    return _OPEN.sub(lambda match: f"{match[1]}{tag}{match[2]}{match[3]}", text)


def compare_url(links: Links, previous: str | None, tag: str) -> str:
    """Return the page that shows what changed since *previous*; without one, the release."""
    return links.tag(tag) if previous is None else links.compare(previous, tag)


def foot(links: Links, version: Version, previous: str | None, tag: str, newline: str) -> str:
    """Return the links of a new changelog."""
    own = f"[{version}]: {compare_url(links, previous, tag)}"
    unreleased = links.compare(tag, UNRELEASED)
    return f"[Unreleased]: {unreleased}{newline}{own}" if unreleased else own


@frozen
class _Comparison:
    """A page that compares two versions, in its parts."""

    base: str
    old: str
    between: str
    new: str
    newest_first: bool = False

    def with_ends(self, old: str, new: str) -> str:
        first, second = (new, old) if self.newest_first else (old, new)
        return f"{self.base}{first}{self.between}{second}"


def _read_comparison(url: str) -> _Comparison | None:
    if match := _NEWEST_FIRST.fullmatch(url):  # Bitbucket's
        return _Comparison(
            match["base"], match["old"], match["between"], match["new"], newest_first=True
        )
    match = _COMPARE.fullmatch(url)
    if match is None:
        return None
    if match["azure"]:
        return _Comparison(match["azure"], match["first"], match["and"], match["second"])
    return _Comparison(match["base"], match["old"], match["between"], match["new"])


def _without_guesses(
    text: str,
    label: str | None,
    tag: str,
    previous: str | None,
    guesses: Collection[str],
    markup: Markup,
) -> str:
    """Make the link of a version that was only a guess the link of the new one."""
    names = {guess.lower() for guess in guesses} | {f"v{guess}".lower() for guess in guesses}
    for link in markup.definitions(text) if label is not None else ():
        if link.label.lower() in names and (url := _url(link.url, previous, tag)):
            renamed = text[link.start : link.end].replace(link.label, label or "", 1)
            return text[: link.start] + renamed.replace(link.url, url) + text[link.end :]
    return text


def _url(url: str, previous: str | None, tag: str) -> str:
    """Return the address for the new version in the manner of *url*; empty: not known."""
    if comparison := _read_comparison(url):
        is_open = _OPEN.search(url) or comparison.new == UNRELEASED
        old = comparison.old if is_open else comparison.new
        return comparison.with_ends(previous or old, tag)
    match = _TAG.fullmatch(url)
    return f"{match['base']}{tag}" if match else ""


def _with_unreleased_moved(
    text: str,
    unreleased: Definition,
    links: Sequence[Definition],
    label: str | None,
    tag: str,
    previous: str | None,
) -> str:
    comparison = _read_comparison(unreleased.url)
    if comparison is None:
        return text
    before, line = text[: unreleased.start], text[unreleased.start : unreleased.end]
    new_line = line.replace(unreleased.url, comparison.with_ends(tag, comparison.new))
    behind, newline = text[unreleased.end :], newline_of(text)
    if label is None or label.lower() in {link.label.lower() for link in links}:
        return before + new_line + behind
    link = _like(line, unreleased, label, comparison.with_ends(previous or comparison.old, tag))
    own = f"{link}{newline}" if line.endswith("\n") else f"{newline}{link}"
    return f"{before}{new_line}{own}{behind}"


def _with_link_beside(
    text: str, versions: Sequence[Definition], label: str, tag: str, previous: str | None
) -> str:
    """Put the link beside that of the newest version, whichever end of the list that is."""
    newest = max(versions, key=lambda link: version_or_none(link.label) or Version("0"))
    url = _url(newest.url, previous, tag)
    if not url:
        return text
    line, newline = _like(text[newest.start : newest.end], newest, label, url), newline_of(text)
    if len(versions) > 1 and newest == versions[-1]:
        end = newest.end
        gap = "" if text[:end].endswith("\n") else newline
        return f"{text[:end]}{gap}{line}{newline if not gap else ''}{text[end:]}"
    return f"{text[: newest.start]}{line}{newline}{text[newest.start :]}"


def _like(line: str, link: Definition, label: str, url: str) -> str:
    """Return *line*, which says where *link* leads, for another *label* and *url*."""
    return line.rstrip().replace(link.label, label, 1).replace(link.url, url)
