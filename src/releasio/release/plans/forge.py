"""Facts -> the part of a release that people see on the forge, and what follows it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.release.plans.on_forge import gets_page, makes_pages, merged_back_to, moved_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.release.facts import Facts
    from releasio.release.plans.plan import Built
    from releasio.release.release import Release
    from releasio.steps.forge.no_page import NoPage
    from releasio.steps.step import Step


@frozen
class ForgeSteps:
    """
    What is done on the forge, by when.

    Attributes:
        first: Before the push.
        pushed: After it.
        last: After the uploads.
    """

    first: tuple[Step, ...] = ()
    pushed: tuple[Step, ...] = ()
    last: tuple[Step, ...] = ()


def forge_steps(facts: Facts, releases: Sequence[tuple[Release, Built | None]]) -> ForgeSteps:
    """Return what is done on the forge for *releases*, or the words why they get no pages."""
    if not _has_steps(facts, [release for release, _ in releases]):
        return ForgeSteps(pushed=tuple(_no_pages(facts, releases)))
    from releasio.release.plans.pages import asks_forge, drafts, publications  # 30 modules

    return ForgeSteps(
        tuple(asks_forge(facts, [release for release, _ in releases])),
        (*drafts(facts, releases), *_no_pages(facts, releases)),
        tuple(publications(facts, releases)),
    )


def _has_steps(facts: Facts, releases: Sequence[Release]) -> bool:
    """Whether anything is done there, or to tags that move along."""
    return bool(makes_pages(facts) or facts.config.github.dispatch) or any(
        moved_tags(facts, release) or merged_back_to(facts, release) for release in releases
    )


def _no_pages(facts: Facts, releases: Sequence[tuple[Release, Built | None]]) -> Iterator[Step]:
    """Yield for each release without a page why it gets none."""
    for release, _ in releases:
        is_wished = facts.config.github.releases and not gets_page(facts, release)
        if is_wished and (no_page := _no_page(facts, release)):
            yield no_page


def _no_page(facts: Facts, release: Release) -> NoPage | None:
    """Return the step that says why there is none; None: there is no forge, and nobody cares."""
    repository = facts.repository
    is_required = facts.config.github.releases is True and release.kind != "resumed"
    if release.version.is_devrelease or (repository.forge is None and not is_required):
        return None
    from releasio.steps.forge.no_page import NoPage  # a preview without a forge needs none

    remote = repository.remote.url if repository.remote else ""
    return NoPage(release.tag, repository.forge, remote, required=is_required)
