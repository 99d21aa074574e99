"""The links of a changelog that compare versions: `[1.2.0]: .../compare/v1.1.0...v1.2.0`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

from releasio.rules.changelog.markdown import Definition, definitions, newline_of
from releasio.rules.changelog.not_released import is_unreleased_name
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_COMPARE = pattern(r"(?P<base>.+/compare/)(?P<old>.+?)(?P<dots>\.{2,3})(?P<new>.+)")
_TAG = pattern(r"(?P<base>.+/(?:releases/tag|releases|tree|tags)/)(?P<new>.+)")
_OPEN = pattern(r"(/compare/)[^\s)>\"']+?(\.{2,3})(?![^\s)>\"']*\d)([^\s)>\"']+)")


def keep_up_links(
    text: str,
    label: str | None,
    tag: str,
    previous: str | None = None,
    guesses: Collection[str] = (),
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
    """
    text = _without_guesses(text, label, tag, previous, guesses)
    links = definitions(text)
    for link in links:
        if is_unreleased_name(link.label):
            return _with_unreleased_moved(text, link, label, tag, previous)
    if label is None or any(link.label.lower() == label.lower() for link in links):
        return text
    versions = [link for link in links if _version(link.label) is not None]
    return _with_link_beside(text, versions, label, tag, previous) if versions else text


def moved_on(text: str, tag: str) -> str:
    """Return *text* with links to what comes after the last release beginning at *tag*."""
    return _OPEN.sub(lambda match: f"{match[1]}{tag}{match[2]}{match[3]}", text)


def compare_url(web: str, previous: str | None, tag: str) -> str:
    """Return the page that shows what changed since *previous*; without one, the release."""
    own = "/-" if "gitlab" in web.partition("://")[2].partition("/")[0] else ""
    if previous is None:
        return f"{web}/-/releases/{tag}" if own else f"{web}/releases/tag/{tag}"
    return f"{web}{own}/compare/{previous}...{tag}"


def foot(web: str, version: Version, previous: str | None, tag: str, newline: str) -> str:
    """Return the links of a new changelog."""
    unreleased = f"[Unreleased]: {compare_url(web, tag, 'HEAD')}"
    return f"{unreleased}{newline}[{version}]: {compare_url(web, previous, tag)}"


def _without_guesses(
    text: str, label: str | None, tag: str, previous: str | None, guesses: Collection[str]
) -> str:
    """Make the link of a version that was only a guess the link of the new one."""
    names = {guess.lower() for guess in guesses} | {f"v{guess}".lower() for guess in guesses}
    for link in definitions(text):
        if (
            label is None
            or link.label.lower() not in names
            or not (url := _url(link.url, previous, tag))
        ):
            continue
        line = text[link.start : link.end]
        renamed = line.replace(f"[{link.label}]", f"[{label}]", 1).replace(link.url, url)
        return text[: link.start] + renamed + text[link.end :]
    return text


def _url(url: str, previous: str | None, tag: str) -> str:
    """Return the address for the new version in the manner of *url*; empty: not known."""
    if match := _COMPARE.fullmatch(url):
        old = match["old"] if _OPEN.search(url) else match["new"]
        return f"{match['base']}{previous or old}{match['dots']}{tag}"
    match = _TAG.fullmatch(url)
    return f"{match['base']}{tag}" if match else ""


def _with_unreleased_moved(
    text: str, unreleased: Definition, label: str | None, tag: str, previous: str | None
) -> str:
    match = _COMPARE.fullmatch(unreleased.url)
    if match is None:
        return text
    base, dots = match["base"], match["dots"]
    old = previous or match["old"]
    line = text[unreleased.start : unreleased.end]
    new_line = line.replace(unreleased.url, f"{base}{tag}{dots}{match['new']}")
    labels = {link.label.lower() for link in definitions(text)}
    if label is None or label.lower() in labels:
        return text[: unreleased.start] + new_line + text[unreleased.end :]
    ending = "" if line.endswith("\n") else newline_of(text)
    mark = line[: line.index("[")]
    before, behind = text[: unreleased.start], text[unreleased.end :]
    link = f"{mark}[{label}]: {base}{old}{dots}{tag}"
    if ending:
        return f"{before}{new_line}{ending}{link}{behind}"
    return f"{before}{new_line}{link}{newline_of(text)}{behind}"


def _with_link_beside(
    text: str, versions: Sequence[Definition], label: str, tag: str, previous: str | None
) -> str:
    """Put the link beside that of the newest version, whichever end of the list that is."""
    newest = max(versions, key=lambda link: _version(link.label) or Version("0"))
    url = _url(newest.url, previous, tag)
    if not url:
        return text
    line, newline = f"[{label}]: {url}", newline_of(text)
    if len(versions) > 1 and newest == versions[-1]:
        end = newest.end
        gap = "" if text[:end].endswith("\n") else newline
        return f"{text[:end]}{gap}{line}{newline if not gap else ''}{text[end:]}"
    return f"{text[: newest.start]}{line}{newline}{text[newest.start :]}"


def _version(label: str) -> Version | None:
    try:
        return Version(label)
    except InvalidVersion:
        return None
