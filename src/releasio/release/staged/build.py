"""The second stage in jobs of their own: the files of the commit that was prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import raise_all
from releasio.release.engine import carry_out, probe
from releasio.release.journal import begin_journal
from releasio.release.plans.build import artefacts_of, plan_build
from releasio.release.plans.plan import Plan, tags_of
from releasio.release.preview import Preview
from releasio.release.staged.commit import facts_of, public_release, release_of, take_commit
from releasio.release.staged.prepare import folder_of
from releasio.release.stages import alone
from releasio.steps.build.build import Check, Record
from releasio.steps.build.take_over import TakeOver
from releasio.world.build.dist_folder import DistFolder
from releasio.world.handed_on.folder import keep_apart

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.release.preview import Watcher
    from releasio.release.staged.commit import Wanted
    from releasio.rules.contents.record import Record as BuildRecord
    from releasio.world.run import Run
    from releasio.world.world import World


def preview_build(world: World, settings: Settings, wanted: Wanted, given: Path | None) -> Preview:
    """
    Return what `build_apart` would do, without doing it.

    Args:
        world: Where.
        settings: The settings in force.
        wanted: What was prepared.
        given: The folder with files of another builder; `None`: they are built.

    Raises:
        ReleasioError: The bundle is not there, or not what it should be.
    """
    out = folder_of(world)
    staged = take_commit(world, out, wanted)
    facts = facts_of(world, settings, staged)
    release = release_of(facts, staged, public_release(world, facts, staged))
    plan = plan_build(facts, (release,), None, out=out)
    if given is not None:
        artefacts = artefacts_of(facts, release, None, out=out)
        steps = (TakeOver(artefacts, given), Check(artefacts), Record(artefacts))
        plan = Plan("build", tags_of((release,)), steps)
    return Preview(facts, (release,), "", ((plan, probe(plan, world)),))


def build_apart(
    run: Run, settings: Settings, watcher: Watcher, wanted: Wanted, given: Path | None
) -> tuple[BuildRecord, Preview]:
    """
    Build the commit that was prepared into `dist/`, or take what another program built of it.

    Each job leaves a record of its own beside the files; several are put together later.

    Raises:
        ReleasioError: It cannot be built, or what was built must not be published.
    """
    world = run.world
    with alone(world):
        preview = preview_build(world, settings, wanted, given)
        watcher.starting(preview)
        raise_all(preview.blockers)
        carry_out(preview.stages[0][0], run, begin_journal(world, preview), watcher)
        kept_files = DistFolder(folder_of(world))
        record = kept_files.record()
        keep_apart(kept_files.folder, record)
        return record, preview
