"""Facts -> what a release gets on the forge, and what follows it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.versions.floating import floating_names

if TYPE_CHECKING:
    from releasio.release.facts import Facts
    from releasio.release.release import Release


def makes_pages(facts: Facts) -> bool:
    """Whether releases get a page: they are to, and there is a token for the forge."""
    return bool(facts.config.github.releases and facts.repository.forge_token)


def gets_page(facts: Facts, release: Release) -> bool:
    """Whether *release* gets a page: development versions are for machines, and get none."""
    return makes_pages(facts) and not release.version.is_devrelease


def address_of(facts: Facts, release: Release) -> str:
    """Return the address of the page that *release* gets; empty: it gets none."""
    links = facts.repository.links
    return links.tag(release.tag) if links and gets_page(facts, release) else ""


def moved_tags(facts: Facts, release: Release) -> tuple[str, ...]:
    """Return the names of the tags that move along with *release*."""
    parts = facts.config.github.floating_tags
    return floating_names(release.package.tag_form, release.version, parts)


def merged_back_to(facts: Facts, release: Release) -> str:
    """Return the branch that *release* is merged back to; empty: to none."""
    base, unfinished = facts.config.github.merge_back, release.package.unfinished
    if base is None or release.version.is_devrelease:
        return ""
    if release.kind == "resumed":  # whatever is checked out where it is finished
        return base if unfinished and unfinished.merge_back else ""
    return base if facts.repository.forge_token and facts.repository.branch != base else ""
