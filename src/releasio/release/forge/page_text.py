"""Facts -> what a release says on its forge; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.changelog.file_name import changelog_of
from releasio.release.forge.story import story_of
from releasio.rules.forge.release import ReleaseText, release_title
from releasio.rules.forge.release_text import cut, is_latest
from releasio.rules.notes.release_body import release_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.release.facts import Facts
    from releasio.release.release import Release
    from releasio.rules.contents.record import BuiltFile


def page_text(
    facts: Facts, release: Release, files: Sequence[BuiltFile] | None = None
) -> ReleaseText:
    """
    Return what the forge shall say of *release*; the body is Markdown, and short enough.

    Args:
        facts: What is known.
        release: One that is made, or finished.
        files: What was built; None: that comes later.
    """
    settings, package = facts.config.github, release.package
    versions = map(package.tag_form.version, package.tags)
    story = story_of(facts, release, files)
    body = release_body(story, facts.config.changelog, settings)
    return ReleaseText(
        tag=release.tag,
        title=release_title(settings, package.manifest.name, release.tag, str(release.version)),
        body=cut(_templated(facts, release, body), _full_changelog(facts, release)),
        prerelease=release.version.is_prerelease,
        latest=is_latest(release.version, versions),
        discussion=settings.release_discussion_category,
    )


def _templated(facts: Facts, release: Release, body: str) -> str:
    """Return what `github.release_body_template` makes of *body*, or it."""
    package, value = release.package, facts.config.github.release_body_template
    if value is None:
        return body
    from releasio.rules.notes.templates.data import About
    from releasio.rules.notes.templates.source import template_of

    # a release that is finished later is the last one itself, and says the same
    form, own = package.tag_form, release.version
    earlier = (tag for tag in package.tags if (form.version(tag) or own) < own)
    about = About(
        package.manifest.name,
        str(own),
        release.tag,
        previous_tag=next(earlier, ""),
        links=facts.repository.links,
    )
    setting = "github.release_body_template"
    template = template_of(setting, value, lambda name: package.documents.get(package.path(name)))
    return template.render({**about.values(), "notes": body})


def _full_changelog(facts: Facts, release: Release) -> str:
    """Return the address of the whole text, as it is at the tag."""
    links, package = facts.repository.links, release.package
    if links is None:
        return ""
    settings = facts.config.changelog
    if not settings.enabled:
        return links.tag(release.tag)
    return links.file(package.path(changelog_of(package, settings)), release.tag)
