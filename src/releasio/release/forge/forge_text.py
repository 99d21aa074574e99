"""Facts -> what a release says on its forge; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.changelog.section_edit import changelog_of, written_section
from releasio.rules.forge.release import ReleaseText, release_title
from releasio.rules.forge.release_text import cut, is_latest

if TYPE_CHECKING:
    from releasio.release.facts import Facts
    from releasio.release.release import Release


def text_of(facts: Facts, release: Release) -> ReleaseText:
    """Return what the forge shall say of *release*; the body is Markdown, and short enough."""
    settings, package = facts.config.github, release.package
    versions = map(package.tag_form.version, package.tags)
    return ReleaseText(
        tag=release.tag,
        title=release_title(settings, package.manifest.name, release.tag, str(release.version)),
        body=cut(_body(facts, release), _full_changelog(facts, release)),
        prerelease=release.version.is_prerelease,
        latest=is_latest(release.version, versions),
        discussion=settings.release_discussion_category,
    )


def _body(facts: Facts, release: Release) -> str:
    """Return the notes: those of a release that is finished later are in the changelog."""
    if release.notes or release.kind != "resumed":
        return release.notes
    settings, package = facts.config.changelog, release.package
    return written_section(package, release.version, settings) if settings.enabled else ""


def _full_changelog(facts: Facts, release: Release) -> str:
    """Return the address of the whole text, as it is at the tag."""
    links, package = facts.repository.links, release.package
    if links is None:
        return ""
    settings = facts.config.changelog
    if not settings.enabled:
        return links.tag(release.tag)
    return links.file(package.path(changelog_of(package, settings)), release.tag)
