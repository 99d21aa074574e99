"""The three stages, one after the other: what `releasio release` previews and does."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from releasio.errors.base import raise_all, together
from releasio.frozen import replace
from releasio.release.changelog.file_name import changelog_of
from releasio.release.decision import Behind, Elsewhere, Refused, Releases, decide
from releasio.release.engine import carry_out, probe
from releasio.release.plans.build import artefacts_of, plan_build
from releasio.release.plans.deliveries import uploads
from releasio.release.plans.plan import Built
from releasio.release.plans.prepare import plan_prepare, plan_update
from releasio.release.plans.publish import plan_publish
from releasio.release.preview import Preview
from releasio.release.reading.gather import gather
from releasio.release.reading.indexes import load_client
from releasio.release.reading.tagged_notes import section_at
from releasio.release.release import Nothing
from releasio.steps.prepare.commit import commit_ref

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from releasio.config.reading.load import Settings
    from releasio.release.facts import Facts
    from releasio.release.journal import Journal
    from releasio.release.plans.plan import Plan
    from releasio.release.preview import Watcher
    from releasio.release.release import Release
    from releasio.rules.bump.request import Request
    from releasio.world.run import Run
    from releasio.world.world import World


def preview_release(world: World, settings: Settings, request: Request) -> Preview:
    """Return what `execute` would do, without doing any of it."""
    return foresee(world, _gather(world, settings, request))


def foresee(world: World, facts: Facts) -> Preview:
    """
    Decide what is released, plan it, and ask the world about every step.

    What another run released from here, and did not finish, is finished.

    Raises:
        ReleasedElsewhere: It did finish; nothing is left to do.
        BehindRelease: What would be released is a tag further up.
        Problems: Nothing can be released from here, for more reasons than one.
    """
    preview = preview_without_steps(facts)
    plans = forecast(facts, preview.releases) if preview.releases else ()
    return replace(preview, stages=tuple((plan, probe(plan, world)) for plan in plans))


def preview_without_steps(facts: Facts) -> Preview:
    """
    Return what is released, and what stands in its way; without the steps.

    Raises:
        ReleasioError: Nothing can be; see `foresee`.
    """
    match decide(facts):
        case Refused(problems, releases):
            if not releases:
                raise together(problems)
            return Preview(facts, releases, objections=problems)
        case Elsewhere(ahead_tag):
            from releasio.errors.git.push import ReleasedElsewhere

            raise ReleasedElsewhere(
                ahead_tag.name,
                commit=ahead_tag.commit,
                author=ahead_tag.author,
                time=ahead_tag.time,
            )
        case Behind(ahead_tag):
            from releasio.errors.project.version import BehindRelease

            raise BehindRelease(str(ahead_tag.version), ahead_tag.name, facts.repository.branch)
        case Nothing(reason):
            return Preview(facts, reason=reason)
        case Releases(releases):
            return Preview(facts, releases)
        case decision:
            assert_never(decision)


def forecast(facts: Facts, releases: Sequence[Release]) -> tuple[Plan, ...]:
    """Return the plans of all stages as far as they can be known before the first step."""
    plans = [plan_prepare(facts, releases)]
    if uploads(facts):
        plans.append(plan_build(facts, releases, None))
    plans.append(plan_publish(facts, releases, None))
    return tuple(plan for plan in plans if plan.steps)


def execute(run: Run, settings: Settings, request: Request, watcher: Watcher) -> Preview:
    """
    Release: everything that is left until the version is on the index.

    Until the push, a failure or a kill leaves branch, index, work tree and tags
    as they were. After it, running again finishes.

    Raises:
        AnotherRun: Another process is at it in this repository.
        Problems: Things stand in the way; nothing was changed.
        ReleasioError: A step failed.
    """
    world = run.world
    with alone(world):
        preview = foresee(world, _gather(world, settings, request, acting=True))
        if not preview.releases:
            return preview
        watcher.starting(preview)
        raise_all(preview.blockers)
        try:
            _stages(run, preview, _journal(world, preview), watcher)
        finally:
            run.close_tree()
        return preview


def _gather(world: World, settings: Settings, request: Request, *, acting: bool = False) -> Facts:
    with load_client(world, settings.config):  # of the last release the index is asked, too
        return gather(world, settings, request, acting=acting)


def preview_update(world: World, settings: Settings, request: Request) -> Preview:
    """Return what `edit` would do, without doing it."""
    from releasio.errors.git.checkout import DirtyTree

    facts = gather(world, settings, request)
    preview = preview_without_steps(facts)
    new_releases = tuple(release for release in preview.releases if release.kind == "new")
    if not new_releases:
        return Preview(facts, reason=_nothing_to_edit(preview))
    plan = plan_update(facts, new_releases)
    dirty_tree = tuple(error for error in preview.objections if isinstance(error, DirtyTree))
    return Preview(facts, new_releases, "", ((plan, probe(plan, world)),), dirty_tree)


def edit(run: Run, settings: Settings, request: Request, watcher: Watcher) -> Preview:
    """
    Edit version files and changelog in the user's work tree.

    Raises:
        ReleasioError: Something stands in the way; nothing, or some of the
            edits, are done: all of them are in `git diff`.
    """
    world = run.world
    with alone(world):
        preview = preview_update(world, settings, request)
        watcher.starting(preview)
        if preview.releases:
            raise_all(preview.blockers)
            carry_out(preview.stages[0][0], run, _journal(world, preview), watcher)
        return preview


def _nothing_to_edit(preview: Preview) -> str:
    sentences = [f"{release.version} {_state(release)}" for release in preview.releases]
    return "; ".join(sentences) or preview.reason


def _state(release: Release) -> str:
    if release.kind == "resumed":
        return "is to be finished; `releasio release` releases it"
    if release.package.manifest.is_from_tags:  # no file says it, so nobody prepared it
        return (
            "needs no edit, since tags say the version; "
            "`releasio release` with the same options releases it"
        )
    return "is prepared already; `releasio release` releases it"


def alone(world: World) -> AbstractContextManager[None]:
    """Keep other runs out of this repository."""
    from releasio.world.lock import exclusive

    return exclusive(world.state / "lock")


def _journal(world: World, preview: Preview) -> Journal:
    from releasio.release.journal import begin_journal  # a preview has none

    return begin_journal(world, preview)


def _stages(run: Run, preview: Preview, journal: Journal, watcher: Watcher) -> None:
    """Run the three plans, each made from what the one before left in the world."""
    world, facts, commit = run.world, preview.facts, None
    releases: Sequence[Release] = preview.releases
    prepare = next((stage for stage in preview.stages if stage[0].stage == "prepare"), None)
    if prepare:
        plan, probed_steps = prepare
        carry_out(plan, run, journal, watcher, probed_steps)
        new_release = next((release for release in releases if release.kind == "new"), None)
        commit = world.git.refs.read(commit_ref(new_release.tag)) if new_release else None
        run.close_tree()
        releases = [_as_committed(world, facts, release, commit) for release in releases]
    built: dict[str, Built] = {}
    if uploads(facts):
        carry_out(plan_build(facts, releases, commit), run, journal, watcher)
        for release in releases:
            kept_files = artefacts_of(facts, release, commit).kept(world)
            built[release.tag] = Built(kept_files.record(), kept_files.folder)
    carry_out(plan_publish(facts, releases, commit, built), run, journal, watcher)


def _as_committed(world: World, facts: Facts, release: Release, commit: str | None) -> Release:
    """Return *release* with the notes that its commit has, also those of hooks and tools."""
    if release.kind != "new" or commit is None:
        return release
    settings, package = facts.config.changelog, release.package
    changelog = package.path(changelog_of(package, settings))
    section = section_at(world.git, commit, changelog, release.version, settings)
    return replace(release, notes=section) if section else release
