"""The links at the foot of a changelog: `[1.2.0]: .../compare/v1.1.0...v1.2.0`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

from releasio.rules.markdown import Definition, definitions, newline_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMPARE = re.compile(r"(?P<base>.+/compare/)(?P<old>.+?)(?P<dots>\.{2,3})(?P<new>.+)")
_TAG = re.compile(r"(?P<base>.+/(?:releases/tag|releases|tree|tags)/)(?P<new>.+)")


def keep_up_links(text: str, label: str, tag: str) -> str:
    """
    Return *text* with a link for the new version, in the shape of its neighbours.

    `[Unreleased]` is moved on to start at *tag*. A file without such links gets
    none.

    Args:
        text: The changelog.
        label: How the heading names the version.
        tag: The tag of the new version.
    """
    found = definitions(text)
    if any(one.label.lower() == label.lower() for one in found):
        return text
    for one in found:
        if one.label.lower() == "unreleased":
            return _move_on(text, one, label, tag)
    versions = [one for one in found if _is_version(one.label)]
    return _put_above(text, versions, label, tag) if versions else text


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


def _move_on(text: str, unreleased: Definition, label: str, tag: str) -> str:
    match = _COMPARE.fullmatch(unreleased.url)
    if match is None:
        return text
    base, old, dots = match["base"], match["old"], match["dots"]
    line = text[unreleased.start : unreleased.end]
    moved = line.replace(unreleased.url, f"{base}{tag}{dots}{match['new']}")
    ending = "" if line.endswith("\n") else newline_of(text)
    mark = line[: line.index("[")]
    new = f"{mark}[{label}]: {base}{old}{dots}{tag}"
    if ending:
        return f"{text[: unreleased.start]}{moved}{ending}{new}{text[unreleased.end :]}"
    return f"{text[: unreleased.start]}{moved}{new}{newline_of(text)}{text[unreleased.end :]}"


def _put_above(text: str, versions: Sequence[Definition], label: str, tag: str) -> str:
    newest = versions[0]
    if match := _COMPARE.fullmatch(newest.url):
        url = f"{match['base']}{match['new']}{match['dots']}{tag}"
    elif match := _TAG.fullmatch(newest.url):
        url = f"{match['base']}{tag}"
    else:
        return text
    return f"{text[: newest.start]}[{label}]: {url}{newline_of(text)}{text[newest.start :]}"


def _is_version(label: str) -> bool:
    try:
        Version(label)
    except InvalidVersion:
        return False
    return True
