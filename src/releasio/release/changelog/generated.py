"""The notes that are made of what was done: by the settings, or by the project's template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.forge.wording import changes_told
from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.changelog.outline import chapter_of
from releasio.rules.notes.notes import render_notes

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.release.facts import Facts, PackageFacts
    from releasio.rules.changelog.group_titles import GroupTitles
    from releasio.rules.forge.links import Links

SECTION_TEMPLATE = "changelog.section_template"


def generated_notes(
    facts: Facts,
    package: PackageFacts,
    version: Version,
    titles: GroupTitles | None = None,
    links: Links | None = None,
) -> str:
    """
    Return the notes of *version*, as Markdown without its heading.

    Args:
        facts: What is known.
        package: What is released.
        version: The release's.
        titles: What the groups are called; `None`: as the settings say.
        links: The pages that references lead to; `None`: they stay text.

    Raises:
        TemplateLibraryMissing: Jinja2 is not installed, and there is a template.
        TemplateNotFound: The template is not in the commit.
        TemplateFails: It does not work.
        GitCliffMissing: git-cliff is to write them, and is not installed.
        GitCliffFails: It failed.
    """
    settings, span = facts.config.changelog, package.told_by(version)
    if facts.git_cliff is not None:
        previous = span.last.name if span.last else None
        section = facts.git_cliff(package.tag_form.name(version), previous)
        return without_heading(section, version)
    changes = changes_told(facts, span.reading)
    if settings.section_template is None:
        earlier_authors = span.earlier_authors if span.last else None
        return render_notes(changes, settings, earlier_authors, titles, links)
    from releasio.rules.notes.templates.data import About, section_values
    from releasio.rules.notes.templates.source import template_of

    about = About(
        package.manifest.name,
        str(version),
        package.tag_form.name(version),
        facts.moment.date(),
        span.last.name if span.last else "",
        facts.repository.links,
    )
    template = template_of(
        SECTION_TEMPLATE,
        settings.section_template,
        lambda name: package.documents.get(package.path(name)),
    )
    titles = titles or group_titles(None, settings)
    return template.render(section_values(about, changes, settings, titles))


def without_heading(section: str, version: Version) -> str:
    """Return what stands below the heading of *version* in *section*; all of it without one."""
    chapter = chapter_of(section, version)
    return (section[chapter.heading.end : chapter.end] if chapter else section).strip()
