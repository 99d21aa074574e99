"""The first stage in a job of its own: the release commit, in a bundle, and nothing public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import raise_all
from releasio.frozen import replace
from releasio.release.engine import carry_out, probe
from releasio.release.journal import begin_journal
from releasio.release.plans.hooks import hooks_of
from releasio.release.plans.plan import Plan, tags_of
from releasio.release.plans.prepare import plan_prepare
from releasio.release.reading.gather import gather
from releasio.release.stages import alone, preview_without_steps
from releasio.rules.contents.record import BUNDLE_NAME
from releasio.steps.prepare.pack import Pack
from releasio.world.plain_file import remove

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.release.preview import Preview, Watcher
    from releasio.rules.bump.request import Request
    from releasio.world.run import Run
    from releasio.world.world import World


def preview_prepare(
    world: World, settings: Settings, request: Request, *, acting: bool = False
) -> Preview:
    """
    Return what `prepare_apart` would do, without doing it.

    Raises:
        ReleasioError: Nothing can be released from here; see `releasio.release.stages.foresee`.
    """
    preview = preview_without_steps(gather(world, settings, request, acting=acting))
    if not preview.releases:
        return preview
    plan = _plan(preview, folder_of(world))
    return replace(preview, stages=((plan, probe(plan, world)),))


def folder_of(world: World) -> Path:
    """Return where jobs leave what they made for those after them."""
    return world.project / "dist"


def prepare_apart(run: Run, settings: Settings, request: Request, watcher: Watcher) -> Preview:
    """
    Make the release commit and hand it on; branch, index, work tree, tags and remote stay.

    Where there is nothing to release no bundle is there afterwards.

    Returns:
        What was done, with the commit of each release.

    Raises:
        ReleasioError: Something stands in the way, or a step failed.
    """
    world = run.world
    with alone(world):
        preview = preview_prepare(world, settings, request, acting=True)
        if not preview.releases:
            remove(folder_of(world) / BUNDLE_NAME)
            return preview
        watcher.starting(preview)
        raise_all(preview.blockers)
        try:
            carry_out(preview.stages[0][0], run, begin_journal(world, preview), watcher)
        finally:
            run.close_tree()
        releases = (
            replace(release, commit=run.prepared[release.tag]) for release in preview.releases
        )
        return replace(preview, releases=tuple(releases))


def _plan(preview: Preview, folder: Path) -> Plan:
    facts, releases = preview.facts, preview.releases
    hooks = facts.config.hooks
    prepared_releases = [release for release in releases if release.kind != "new"]
    steps = (
        # of a new release they are steps of the plan; of any other they come before the push
        *hooks_of(prepared_releases, "pre_release", hooks.pre_release),
        *plan_prepare(facts, releases, following=False).steps,
        *(Pack(folder, release.tag, release.commit) for release in releases),
    )
    return Plan("prepare", tags_of(releases), steps)
