"""Facts -> what a release tells of itself: its commits, who made them, and somebody's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.changelog.section_edit import written_section
from releasio.release.forge.wording import changes_told
from releasio.release.plans.deliveries import uploads
from releasio.rules.commits.left_out import A_RELEASE
from releasio.rules.notes.by_origin import by_origin
from releasio.rules.notes.notes import render_notes
from releasio.rules.notes.own_words import has_own_words
from releasio.rules.notes.people import People
from releasio.rules.notes.release_body import ReleaseStory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.release.facts import Facts, Span
    from releasio.release.release import Release
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.reading import Reading
    from releasio.rules.contents.record import BuiltFile


def story_of(
    facts: Facts, release: Release, files: Sequence[BuiltFile] | None = None
) -> ReleaseStory:
    """
    Return what there is to tell of *release*: the same before it, after it, and when it is resumed.

    Args:
        facts: What is known.
        release: One that is to be made, or finished.
        files: What was built; None: that comes later.
    """
    config, package, links = facts.config, release.package, facts.repository.links
    span = span_of(release)
    changes = by_origin(changes_told(facts, span.reading), facts.origins, links)
    logins = facts.origins if config.github.release_body_resolve_usernames else {}
    return ReleaseStory(
        project=package.manifest.name,
        version=str(release.version),
        tag=release.tag,
        previous=_previous(release, span),
        changes=changes,
        commits=_made_by_people(span.reading),
        people=People(config.changelog, links, logins, facts.mailmap),
        section=_own_section(facts, release, span),
        links=links,
        earlier_authors=span.earlier_authors if span.last else None,
        registry=release.way.registry if uploads(facts) else None,
        files=files,
    )


def _previous(release: Release, span: Span) -> str | None:
    """Return the tag before that of *release*, where the history to it was read."""
    last = span.last.name if span.last else None
    return last if last != release.tag else None


def _made_by_people(reading: Reading) -> tuple[Commit, ...]:
    """Return the commits of *reading* without those that releases are made of."""
    own = {commit.id for commit, reason in reading.left_out if reason == A_RELEASE}
    return tuple(commit for commit in reading.commits if commit.id not in own)


def span_of(release: Release) -> Span:
    """Return what was done for *release*; what came on top of a prepared one is the next one's."""
    package = release.package
    if release.tag in package.told:
        return package.told[release.tag].span
    prepared = package.prepared
    if prepared is None or release.kind != "prepared" or release.commit != prepared.commit:
        return package.told_by(release.version)
    return package.until_prepared.told_by(release.version)


def _own_section(facts: Facts, release: Release, span: Span) -> str:
    """
    Return the changelog's section where it takes the place of what commits say.

    That is so where the settings say it, and, unless they say otherwise, where somebody wrote or
    changed it: people's words are better than ours.
    """
    settings, changelog = facts.config.github, facts.config.changelog
    by_commits = settings.release_body_use_commit_changelog
    if by_commits and settings.is_set("release_body_use_commit_changelog"):
        return ""
    section = _section(facts, release)
    if not section or not by_commits:
        return section
    earlier_authors = span.earlier_authors if span.last else None
    generated = render_notes(changes_told(facts, span.reading), changelog, earlier_authors)
    return section if has_own_words(section, generated) else ""


def _section(facts: Facts, release: Release) -> str:
    """Return the section of *release* as its commit has it, or will have it."""
    settings, package = facts.config.changelog, release.package
    if release.tag in package.told:
        return package.told[release.tag].section
    if release.notes or release.kind == "new":
        return release.notes
    # `publish` knows a release by its files
    return written_section(package, release.version, settings) if settings.enabled else ""
