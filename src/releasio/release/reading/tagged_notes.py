"""What releases tell whose tags are there already, as their commits have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.facts import TaggedNotes
from releasio.rules.notes.formats.section_notes import section_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.version import Version

    from releasio.config.tables.model import ChangelogConfig
    from releasio.release.facts import PackageFacts
    from releasio.release.reading.effects.spans import SpanReader
    from releasio.world.git.git import Git


def read_tagged_notes(
    package: PackageFacts, spans: SpanReader, changelog: str
) -> dict[str, TaggedNotes]:
    """
    Return what each release tells of which something is left, by its tag.

    It is read from the tagged commit, so that it is what the run told that made it.

    Args:
        package: What became of earlier releases.
        spans: Reads the history.
        changelog: The changelog's path in the repository.
    """
    git = spans.package.world.git
    tagged_notes: dict[str, TaggedNotes] = {}
    for tag, version, commit in _tags(package):
        if git.objects.peel(commit) is None:  # it will be fetched, by what needs it more
            continue
        settings = spans.package.config.changelog
        section = section_at(git, commit, changelog, version, settings)
        tagged_notes[tag] = TaggedNotes(spans.of_tag(tag, commit), section)
    return tagged_notes


def section_at(
    git: Git, commit: str, changelog: str, version: Version, settings: ChangelogConfig
) -> str:
    """Return the section of *version* that *commit* has, as Markdown; empty: it has none."""
    if not settings.enabled:
        return ""
    text = (git.objects.read_files(commit, (changelog,))[changelog] or b"").decode(
        "utf-8", "replace"
    )
    return section_notes(text, version, settings, changelog) or ""


def _tags(package: PackageFacts) -> Iterator[tuple[str, Version, str]]:
    if unfinished := package.unfinished:
        yield unfinished.tag, unfinished.version, unfinished.commit
    if package.unpushed and package.unpushed_commit:
        yield package.unpushed.name, package.unpushed.version, package.unpushed_commit
    for ahead in package.ahead:
        if ahead.unfinished:
            yield ahead.unfinished.tag, ahead.unfinished.version, ahead.unfinished.commit
