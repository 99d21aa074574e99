"""Facts -> the steps that make pages on the forge, and those that follow them; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.forge.page_text import page_text
from releasio.release.plans.deliveries import named_files, uploads
from releasio.release.plans.on_forge import gets_page, merged_back_to, moved_tags
from releasio.rules.proposal.merge_back import merge_back
from releasio.steps.forge.ask_forge import AskForge
from releasio.steps.forge.attach import Attach
from releasio.steps.forge.attachments import Attachments
from releasio.steps.forge.dispatch import Dispatch
from releasio.steps.forge.draft import Draft
from releasio.steps.forge.merge_back import MergeBack
from releasio.steps.forge.move_tags import MoveTags
from releasio.steps.forge.page import Page
from releasio.steps.forge.publish_page import PublishPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.release.facts import Facts
    from releasio.release.plans.plan import Built
    from releasio.release.release import Release
    from releasio.steps.step import Step


def asks_forge(facts: Facts, releases: Sequence[Release]) -> Iterator[Step]:
    """Yield the question before the push; what is public already needs none."""
    place = facts.repository.forge
    new_releases = [r for r in releases if r.kind != "resumed" and gets_page(facts, r)]
    if place and new_releases:
        settings = facts.config.github
        yield AskForge(
            place,
            new_releases[0].tag,
            required=settings.releases is True,
            draft=settings.draft_releases,
        )


def drafts(facts: Facts, releases: Sequence[tuple[Release, Built | None]]) -> Iterator[Step]:
    """Yield the drafts."""
    for release, built in releases:
        if page := _page(facts, release, built):
            yield Draft(page)


def publications(facts: Facts, releases: Sequence[tuple[Release, Built | None]]) -> Iterator[Step]:
    """Yield what comes after the uploads: files, publication, moving tags, workflows."""
    pages = [(_page(facts, release, built), release, built) for release, built in releases]
    for page, release, built in pages:
        attachments = _attachments(facts, release, built)
        if page and (attachments.patterns or uploads(facts)):
            yield Attach(page, attachments)
    for page, _, _ in pages:
        if page and not page.draft:
            yield PublishPage(page)
    for release, _ in releases:
        yield from _moves(facts, release)
    for release, _ in releases:
        yield from _merges(facts, release)
    for release, _ in releases:
        yield from _dispatches(facts, release)


def _page(facts: Facts, release: Release, built: Built | None) -> Page | None:
    place = facts.repository.forge
    if place is None or not gets_page(facts, release):
        return None
    text = page_text(facts, release, built.record.files if built else None)
    return Page(
        place,
        text,
        draft=facts.config.github.draft_releases,
        finishes=release.kind == "resumed",
    )


def _attachments(facts: Facts, release: Release, built: Built | None) -> Attachments:
    settings, tagged_files = facts.config.github, named_files(release)
    return Attachments(
        tag=release.tag,
        files=built.record.files if built else None,
        folder=built.folder if built else None,
        registries=release.way.registries,
        patterns=settings.release_assets,
        sums=settings.release_checksums,
        named=None if tagged_files is None else frozenset(tagged_files),
    )


def _moves(facts: Facts, release: Release) -> Iterator[Step]:
    remote, names = facts.repository.remote, moved_tags(facts, release)
    if remote and names:
        form = release.package.tag_form
        yield MoveTags(remote, names, release.tag, release.version, form)


def _merges(facts: Facts, release: Release) -> Iterator[Step]:
    place, remote = facts.repository.forge, facts.repository.remote
    base = merged_back_to(facts, release)
    if place and remote and base:
        branch = facts.repository.branch
        text = merge_back(release.tag, None if branch == base else branch, base, remote.name)
        yield MergeBack(place, remote, release.tag, text)


def _dispatches(facts: Facts, release: Release) -> Iterator[Step]:
    place = facts.repository.forge
    for workflow in facts.config.github.dispatch if place else ():
        if place:
            is_public = release.kind == "resumed"
            yield Dispatch(place, workflow, release.tag, is_public=is_public)
