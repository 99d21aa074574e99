"""The publish stage by itself: files that were built before, here or in another job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.engine import probe, refuse, run
from releasio.errors.base import raise_all
from releasio.errors.distribution import (
    RecordedCommitApart,
    RecordedCommitMissing,
    RecordOfAnother,
)
from releasio.errors.release import DirtyTree
from releasio.facts import Request
from releasio.gather import gather
from releasio.outlook import Nothing, as_it_is, objections, resume
from releasio.plan import Built, plan_publish, rules_of, uploads
from releasio.release import Preview, begin_journal, obstacles
from releasio.rules.record import RECORD_NAME
from releasio.rules.version import parse_version
from releasio.unfinished import announced, is_there
from releasio.world.kept import Kept, record_of
from releasio.world.lock import exclusive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from releasio.config.load import Settings
    from releasio.engine import Watcher
    from releasio.errors.base import ReleasioError
    from releasio.facts import Facts
    from releasio.outlook import Release
    from releasio.rules.record import Record
    from releasio.world.world import World


def foresee_publish(world: World, settings: Settings, dist: Sequence[Path]) -> Preview:
    """
    Return what `publish_here` would do, without doing it.

    Args:
        world: Where.
        settings: The settings in force.
        dist: The files; none: what dist/releasio.json names.

    Raises:
        RecordMissing: There is no dist/releasio.json, and no file was named.
        RecordOfAnother: It is about another project.
        RecordedCommitMissing: It is about a commit that is not in this clone.
        RemoteUnreachable: Whether the tag is public cannot be told.
        Problems: The files do not belong together, or the index would refuse them.
    """
    facts = gather(world, settings, Request(), deciding=False)
    built = _built(world, facts, dist)
    left = announced(world, facts, built.record.tag)
    if left is None or left.commit != built.record.commit:
        return _first(world, facts, built)
    if left.files == built.record.digests and uploads(facts) and is_there(world, facts, left):
        name = facts.way_of(left).registry.name
        reason = f"{left.tag} is public, and {name} has every file it names"
        return Preview(facts, Nothing(reason))
    return _with_stage(world, facts, resume(facts, left), built)


def _first(world: World, facts: Facts, built: Built) -> Preview:
    """Foresee the publication of what no public tag names yet."""
    record, branch = built.record, facts.repository.branch
    # what was built counts: HEAD may have gone on to the next version since
    release = as_it_is(facts, record.commit, record.tag, parse_version(record.version))
    # nothing is made from the work tree any more
    found = [one for one in objections(facts, release) if not isinstance(one, DirtyTree)]
    if branch and not world.git.is_ancestor(record.commit, facts.repository.head):
        path = built.folder / RECORD_NAME
        found.append(RecordedCommitApart(str(path), record.commit, branch))
    return _with_stage(world, facts, release, built, tuple(found))


def _with_stage(
    world: World,
    facts: Facts,
    release: Release,
    built: Built,
    objections: tuple[ReleasioError, ...] = (),
) -> Preview:
    plan = plan_publish(facts, release, release.commit, built)
    return Preview(facts, release, ((plan, probe(plan, world)),), objections)


def publish_here(
    world: World, settings: Settings, dist: Sequence[Path], watcher: Watcher
) -> Preview:
    """
    Tag, push, upload and verify.

    Raises:
        ReleasioError: A step was blocked or failed; running again goes on.
    """
    with exclusive(world.state / "lock"):
        seen = foresee_publish(world, settings, dist)
        if isinstance(seen.outcome, Nothing):
            return seen
        watcher.outlook(seen)
        refuse(obstacles(seen))
        run(seen.stages[0][0], world, begin_journal(world, seen), watcher)
        return seen


def _built(world: World, facts: Facts, dist: Sequence[Path]) -> Built:
    if not dist:
        kept = Kept(world.project / "dist")
        return Built(_own(kept.record(), str(kept.folder / RECORD_NAME), world, facts), kept.folder)
    return _given(world, facts, dist)


def _own(record: Record, path: str, world: World, facts: Facts) -> Record:
    """Return *record* if it is about this project, and about a commit that is here."""
    name = facts.packages[0].manifest.name
    if canonicalize_name(record.project) != canonicalize_name(name):
        raise RecordOfAnother(path, found=record.project, wanted=name)
    if world.git.peel(record.commit) is None:
        raise RecordedCommitMissing(path, record.commit)
    return record


def _given(world: World, facts: Facts, dist: Sequence[Path]) -> Built:
    """Take files somebody else built: they must be this project's, of the version at HEAD."""
    from releasio.errors.release import FilesApart  # noqa: PLC0415 -- only for named files
    from releasio.world.archive import inspect  # noqa: PLC0415 -- only for named files

    folders = {path.resolve().parent for path in dist}
    if len(folders) > 1:
        raise FilesApart([str(folder) for folder in sorted(folders)])
    release = as_it_is(facts, facts.repository.head)
    project, version = release.package.manifest.name, str(release.version)
    public, strict = rules_of(facts, release)
    found = inspect(tuple(dist), project=project, version=version, public=public, strict=strict)
    for remark in found.remarks:
        world.screen.note(remark)
    raise_all(found.errors)
    record = record_of(
        dist,
        project=project,
        version=version,
        tag=release.tag,
        commit=facts.repository.head,
        epoch=world.git.commit_info(facts.repository.head).time,
    )
    return Built(record, folders.pop())
