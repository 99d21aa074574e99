"""The last stage in a job of its own: what was prepared and built becomes public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import raise_all
from releasio.errors.files.distribution import RecordMissing, RecordOfAnother
from releasio.errors.files.handed_on import BuiltAnew, FilesUnrecorded, RecordOfOtherCommit
from releasio.errors.git.checkout import DirtyTree
from releasio.frozen import replace
from releasio.release.engine import carry_out, probe
from releasio.release.journal import begin_journal
from releasio.release.objections import objections
from releasio.release.plans.deliveries import uploads
from releasio.release.plans.plan import Built
from releasio.release.plans.prepare import plan_prepare
from releasio.release.plans.publish import plan_publish
from releasio.release.preview import Preview
from releasio.release.publish import is_finished
from releasio.release.staged.commit import (
    facts_of,
    public_release,
    release_of,
    take_commit,
)
from releasio.release.staged.prepare import folder_of
from releasio.release.stages import alone
from releasio.rules.contents.merged_records import merged
from releasio.rules.contents.record import RECORD_NAME
from releasio.steps.prepare.commit import commit_ref
from releasio.world.handed_on.folder import bring_together, read_records, unrecorded

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.release.facts import Facts
    from releasio.release.preview import Watcher
    from releasio.release.staged.commit import Staged, Wanted
    from releasio.release.standing import Unfinished
    from releasio.rules.contents.record import Record
    from releasio.world.run import Run
    from releasio.world.world import World


def preview_publish(world: World, settings: Settings, wanted: Wanted) -> Preview:
    """
    Return what `publish_apart` would do, without doing it.

    Args:
        world: Where.
        settings: The settings in force.
        wanted: What was prepared.

    Raises:
        ReleasioError: Bundle, records and files are not all there, or contradict each other.
    """
    return _preview(world, settings, wanted)[1]


def publish_apart(run: Run, settings: Settings, watcher: Watcher, wanted: Wanted) -> Preview:
    """
    Push commit and tag, upload what was built, and verify it; nobody's hooks run.

    Raises:
        ReleasioError: A step was blocked or failed; running again goes on.
    """
    world = run.world
    with alone(world):
        staged, preview = _preview(world, settings, wanted)
        if not preview.releases:
            return preview
        watcher.starting(preview)
        raise_all(preview.blockers)
        if uploads(preview.facts):
            folder = folder_of(world)
            bring_together(folder, _record(folder))
        world.git.ref_changes.point(commit_ref(staged.tag), staged.commit)
        journal = begin_journal(world, preview)
        for plan, probed_steps in preview.stages:
            try:
                carry_out(plan, run, journal, watcher, probed_steps=probed_steps)
            finally:
                run.close_tree()
        return preview


_NO_HOOKS = (
    "hooks.post_release is not run beside the secrets of this job: a job that comes after it can "
    "run the same"
)


def _preview(world: World, settings: Settings, wanted: Wanted) -> tuple[Staged, Preview]:
    folder = folder_of(world)
    staged = take_commit(world, folder, wanted)
    facts = facts_of(world, settings, staged)
    built = _built(facts, staged, folder) if uploads(facts) else None
    unfinished = public_release(world, facts, staged)
    if unfinished and built and not unfinished.files:  # a tag of another tool names none
        unfinished = replace(unfinished, files=built.record.digests)
    if unfinished and is_finished(world, facts, unfinished, built):
        reason = f"{staged.tag} is public, and everything that it names is where it goes"
        return staged, Preview(facts, reason=reason)
    if unfinished and built:
        _require_same(unfinished, built.record)
    if facts.config.hooks.post_release:
        world.screen.note(_NO_HOOKS)
    release = release_of(facts, staged, unfinished)
    # nothing is made from the work tree any more
    errors = [error for error in objections(facts, release) if not isinstance(error, DirtyTree)]
    plans = (
        # the next development version: made here, so that no other job can have changed it
        plan_prepare(facts, (release,)),
        plan_publish(facts, (release,), None, {release.tag: built} if built else {}, apart=True),
    )
    stages = tuple((plan, probe(plan, world)) for plan in plans if plan.steps)
    return staged, Preview(facts, (release,), "", stages, tuple(errors))


def _require_same(unfinished: Unfinished, record: Record) -> None:
    """See that the files are those that the public tag names."""
    tag_hashes, built_hashes = unfinished.files, record.digests
    other_names = [
        name
        for name in sorted({*tag_hashes, *built_hashes})
        if tag_hashes.get(name) != built_hashes.get(name)
    ]
    if other_names:
        raise BuiltAnew(unfinished.tag, other_names)


def _built(facts: Facts, staged: Staged, folder: Path) -> Built:
    """Return the files that all records name, if they are of the commit that was prepared."""
    record, package = _record(folder), facts.package()
    found = f"{record.project} {record.version}"
    wanted = f"{package.manifest.name} {package.tag_form.version(staged.tag)}"
    if found != wanted:
        raise RecordOfAnother(str(folder / RECORD_NAME), found=found, wanted=wanted)
    if (record.commit, record.tag) != (staged.commit, staged.tag):
        raise RecordOfOtherCommit(
            record.commit, record.tag, wanted=staged.commit, as_tag=staged.tag
        )
    if names := unrecorded(folder, record):
        raise FilesUnrecorded(names, str(folder))
    return Built(record, folder)


def _record(folder: Path) -> Record:
    records = read_records(folder)
    if not records:
        raise RecordMissing(str(folder))
    return merged(records)
