"""The publish stage by itself: files that were built before, here or in another job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.errors.base import raise_all
from releasio.errors.files.distribution import (
    RecordedCommitApart,
    RecordedCommitMissing,
    RecordInvalid,
    RecordOfAnother,
)
from releasio.errors.git.checkout import DirtyTree
from releasio.frozen import replace
from releasio.release.engine import carry_out, probe
from releasio.release.journal import begin_journal
from releasio.release.objections import (
    check_record_of_job,
    check_tag_of_job,
    objections,
    pull_request,
)
from releasio.release.plans.deliveries import uploads
from releasio.release.plans.plan import Built
from releasio.release.plans.publish import plan_publish
from releasio.release.preview import Preview
from releasio.release.reading.announcement import announced, is_there
from releasio.release.reading.begun import recall_release
from releasio.release.reading.forge.page import page_is_left
from releasio.release.reading.gather import gather
from releasio.release.reading.indexes import load_client
from releasio.release.release import as_it_is, resume
from releasio.rules.bump.request import Request
from releasio.rules.contents.record import RECORD_NAME
from releasio.rules.versions.version import parse_version
from releasio.world.build.dist_folder import DistFolder
from releasio.world.lock import exclusive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.errors.base import ReleasioError
    from releasio.release.facts import Facts
    from releasio.release.preview import Watcher
    from releasio.release.release import Release
    from releasio.release.standing import Unfinished
    from releasio.rules.contents.record import Record
    from releasio.world.run import Run
    from releasio.world.world import World


def preview_publish(
    world: World, settings: Settings, dist: Sequence[Path], *, tag_check: bool = True
) -> Preview:
    """
    Return what `publish_here` would do, without doing it.

    Args:
        world: Where.
        settings: The settings in force.
        dist: The files; none: what dist/releasio.json names.
        tag_check: Whether the files must be of the tag at HEAD; if not, they are uploaded
            as they are, and no tag is made or pushed.

    Raises:
        RecordMissing: There is no dist/releasio.json, and no file was named.
        RecordOfAnother: It is about another project.
        RecordedCommitMissing: It is about a commit that is not in this clone.
        RemoteUnreachable: Whether the tag is public cannot be told.
        FilesNotOfHead: The given files are of something else than HEAD.
        TagDisagrees: They are of another version than the tag that started this job.
        RecordOfOtherCommit: The record is of another tag or commit than started this job.
        Problems: The files do not belong together, or the index would refuse them.
    """
    with load_client(world, settings.config, given=bool(dist)):
        facts = gather(world, settings, Request(), deciding=False)
        if not dist:
            recall_release(world)
            built = _recorded_files(world, facts)
    if dist:
        from releasio.release.reading.given_files import take_given

        built = take_given(world, facts, dist, tag_check=tag_check)
    if not tag_check:
        return _foresee_as_they_are(world, facts, built)
    package = facts.package(built.record.project)
    if dist:
        check_tag_of_job(facts, package, parse_version(built.record.version))
    else:
        check_record_of_job(facts, package, built.record)
    unfinished = announced(world, facts.repository.remote, built.record.tag, package.tag_form)
    if unfinished is None or unfinished.commit != built.record.commit:
        return _foresee_first(world, facts, built)
    if not unfinished.files and dist:
        # a tag of another tool names none
        unfinished = replace(unfinished, files=built.record.digests)
    if is_finished(world, facts, unfinished, built):
        name = facts.way_of(package, unfinished).registry.name
        reason = f"{unfinished.tag} is public, and {name} has every file it names"
        return Preview(facts, reason=reason)
    release = resume(facts, package, unfinished)
    return _with_stage(world, facts, release, built, objections(facts, release))


def is_finished(world: World, facts: Facts, unfinished: Unfinished, built: Built | None) -> bool:
    """Whether index and forge have all of a release; *built*: its files, if any are uploaded."""
    remote = facts.repository.remote
    if built is not None and not (
        unfinished.files == built.record.digests
        and uploads(facts)
        and is_there(world, facts, facts.package(built.record.project), unfinished)
    ):
        return False
    return remote is None or not page_is_left(world, facts.config, remote, unfinished)


def _foresee_first(world: World, facts: Facts, built: Built) -> Preview:
    """Foresee the publication of what no public tag names yet."""
    record, branch = built.record, facts.repository.branch
    # what was built counts: HEAD may have gone on to the next version since
    release = _recorded_release(facts, record)
    # nothing is made from the work tree any more
    errors = [error for error in objections(facts, release) if not isinstance(error, DirtyTree)]
    if branch and not world.git.objects.is_ancestor(record.commit, facts.repository.head):
        path = built.folder / RECORD_NAME
        errors.append(RecordedCommitApart(str(path), record.commit, branch))
    return _with_stage(world, facts, release, built, tuple(errors))


def _foresee_as_they_are(world: World, facts: Facts, built: Built) -> Preview:
    """Foresee the upload of files, whatever commit they are of."""
    record = built.record
    release = _recorded_release(facts, record)
    if not uploads(facts):
        return Preview(facts, reason="publishing is switched off for it (publish.enabled)")
    plan = plan_publish(facts, (release,), None, {release.tag: built}, tagged=False)
    by_pull_request = pull_request(facts)
    problems = (by_pull_request,) if by_pull_request else ()
    return Preview(facts, (release,), "", ((plan, probe(plan, world)),), problems)


def _recorded_release(facts: Facts, record: Record) -> Release:
    """Return the release that the files of *record* are of."""
    package, version = facts.package(record.project), parse_version(record.version)
    return as_it_is(facts, package, record.commit, record.tag, version)


def _with_stage(
    world: World,
    facts: Facts,
    release: Release,
    built: Built,
    objections: tuple[ReleasioError, ...] = (),
) -> Preview:
    plan = plan_publish(facts, (release,), None, {release.tag: built})
    return Preview(facts, (release,), "", ((plan, probe(plan, world)),), objections)


def publish_here(
    run: Run,
    settings: Settings,
    dist: Sequence[Path],
    watcher: Watcher,
    *,
    tag_check: bool = True,
) -> Preview:
    """
    Tag, push, upload and verify; see `preview_publish`.

    Raises:
        ReleasioError: A step was blocked or failed; running again goes on.
    """
    world = run.world
    with exclusive(world.state / "lock"):
        preview = preview_publish(world, settings, dist, tag_check=tag_check)
        if not preview.releases:
            return preview
        watcher.starting(preview)
        raise_all(preview.blockers)
        journal = begin_journal(world, preview)
        plan, probed_steps = preview.stages[0]
        carry_out(plan, run, journal, watcher, probed_steps=probed_steps)
        return preview


def _recorded_files(world: World, facts: Facts) -> Built:
    """Return what dist/releasio.json names."""
    kept_files = DistFolder(world.project / "dist")
    path = str(kept_files.folder / RECORD_NAME)
    return Built(_own_record(kept_files.record(), path, world, facts), kept_files.folder)


def _own_record(record: Record, path: str, world: World, facts: Facts) -> Record:
    """Return *record* if it is about this project, and about a commit that is here."""
    name = facts.package().manifest.name
    if canonicalize_name(record.project) != canonicalize_name(name):
        raise RecordOfAnother(path, found=record.project, wanted=name)
    tag_version = facts.package().tag_form.version(record.tag)
    if tag_version != parse_version(record.version):
        raise RecordInvalid(path, f"its tag {record.tag} is not of version {record.version}")
    if world.git.objects.peel(record.commit) is None:
        raise RecordedCommitMissing(path, record.commit)
    return record
