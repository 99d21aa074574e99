"""The second stage on its own: what `releasio build` does with the commit that is checked out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from releasio.rules.bump.request import Request
from releasio.steps.build.early import early_build
from releasio.world.lock import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.release.preview import Preview, Watcher
    from releasio.rules.contents.record import Record
    from releasio.world.run import Run
    from releasio.world.world import World


@contextmanager
def begun_here(run: Run, settings: Settings) -> Iterator[None]:
    """
    Keep other runs out, and begin to build the commit that is checked out.

    Whoever goes on with it by `build_here` loads the rest meanwhile.

    Raises:
        AnotherRun: Another process is at it in this repository.
    """
    with exclusive(run.world.state / "lock"), early_build(run, hook=settings.config.hooks.build):
        yield


def preview_here(world: World, settings: Settings) -> Preview:
    """Return what `build_here` would do, without doing it."""
    from releasio.release.engine import probe
    from releasio.release.objections import check_tag_of_job
    from releasio.release.plans.build import plan_build
    from releasio.release.preview import Preview
    from releasio.release.reading.begun import recall_release
    from releasio.release.reading.gather import gather
    from releasio.release.release import as_it_is

    facts = gather(world, settings, Request(), deciding=False)
    recall_release(world)
    release = as_it_is(facts, facts.package(), facts.repository.head)
    check_tag_of_job(facts, release.package, release.version)
    plan = plan_build(facts, (release,), None, out=world.project / "dist")
    return Preview(facts, (release,), "", ((plan, probe(plan, world)),))


def build_here(run: Run, settings: Settings, watcher: Watcher) -> tuple[Record, Path]:
    """
    Build the commit that is checked out into `dist/`; inside of `begun_here`.

    Raises:
        ReleasioError: It cannot be built, or what was built must not be published.
    """
    from releasio.release.engine import carry_out
    from releasio.release.journal import begin_journal

    world = run.world
    preview = preview_here(world, settings)
    watcher.starting(preview)
    carry_out(preview.stages[0][0], run, begin_journal(world, preview), watcher)
    from releasio.world.build.dist_folder import DistFolder  # 5 ms, for hashing and JSON

    kept_files = DistFolder(world.project / "dist")
    return kept_files.record(), kept_files.folder
