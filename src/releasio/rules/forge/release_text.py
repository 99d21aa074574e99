"""The text of a release on a forge: its length, and how a text of ours is known again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packaging.version import Version

    from releasio.rules.forge.release import ForgeRelease, ReleaseText

LIMIT = 125_000  # characters; GitHub refuses a longer body
_ROOM = 300  # characters, for the mark and the link

_MARK = pattern(r"\s*<!-- releasio sha256:([0-9a-f]{64}) -->\s*\Z")


def cut(body: str, more: str) -> str:
    """
    Return *body* as far as forges take it: whole, or cut at the end of a line.

    Args:
        body: Markdown.
        more: The address of the whole text, which a cut one ends with.
    """
    if len(body) <= LIMIT - _ROOM:
        return body
    room = LIMIT - _ROOM - len(more)
    lines = body[:room].rpartition("\n")[0] or body[:room]
    if f"\n{lines}".count("\n```") % 2:  # else the link would be code
        lines += "\n```"
    return f"{lines}\n\nThe notes go on: {more}\n"


def with_mark(text: ReleaseText) -> ReleaseText:
    """Return *text* with a hidden mark in its body, by which `is_ours` knows it again."""
    body = text.body.rstrip()
    mark = f"<!-- releasio sha256:{_digest(text.title, body)} -->"
    return replace(text, body=f"{body}\n\n{mark}\n")


def without_mark(body: str) -> str:
    """Return *body* as people see it."""
    return _MARK.sub("", body)


def is_ours(release: ForgeRelease) -> bool:
    """Whether nobody has changed title or body of *release* since releasio wrote them."""
    match = _MARK.search(release.body)
    if match is None:
        return False
    return match[1] == _digest(release.title, release.body[: match.start()])


def keeping_human_words(text: ReleaseText, release: ForgeRelease) -> ReleaseText:
    """Return *text* as *release* shall have it: what a person wrote there stays."""
    if is_ours(release):
        return with_mark(text) if text.body.strip() else _as_it_is(text, release)
    if release.body.strip():
        return _as_it_is(text, release)
    return with_mark(replace(text, title=release.title or text.title))


def says(release: ForgeRelease, text: ReleaseText) -> bool:
    """Whether *release* says *text* already; forges end lines as they like."""
    return _digest(release.title, release.body) == _digest(text.title, text.body)


def is_latest(version: Version, others: Iterable[Version | None]) -> bool:
    """
    Whether *version* is the one to show as the newest: final, and the highest of them.

    Args:
        version: The release's.
        others: Those of all releases, the highest first; None is passed over.
    """
    if version.is_prerelease:
        return False
    highest = next((other for other in others if other and not other.is_prerelease), version)
    return version >= highest


def _as_it_is(text: ReleaseText, release: ForgeRelease) -> ReleaseText:
    return replace(text, title=release.title, body=release.body)


def _digest(title: str, body: str) -> str:
    from hashlib import sha256  # 3 ms, and only who talks to a forge comes here

    lines = (line.rstrip() for line in f"{title}\n{body.strip()}".splitlines())
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
