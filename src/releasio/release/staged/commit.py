"""The release commit that another job prepared, in a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.files.handed_on import (
    BundleInvalid,
    BundleMissing,
    BundleOfAnother,
    BundlesDiffer,
    Overtaken,
    PreparedElsewhere,
)
from releasio.frozen import frozen
from releasio.release.reading.announcement import announced
from releasio.release.reading.gather import gather
from releasio.release.release import as_it_is, resume
from releasio.rules.bump.request import Request
from releasio.rules.contents.record import BUNDLE_NAME
from releasio.text.pattern import pattern
from releasio.world.handed_on.folder import named

if TYPE_CHECKING:
    from pathlib import Path

    from packaging.version import Version

    from releasio.config.reading.load import Settings
    from releasio.release.facts import Facts
    from releasio.release.release import Release
    from releasio.release.standing import Unfinished
    from releasio.world.world import World

_SHORT = 8  # digits of a commit in a message
_REF = pattern(r"refs/releasio/(?P<tag>.+)/commit")


@frozen
class Staged:
    """
    What a bundle has.

    Attributes:
        path: Where it is.
        tag: The release's tag.
        commit: The release commit.
    """

    path: Path
    tag: str
    commit: str


@frozen
class Wanted:
    """
    What the job said that prepared the release; no job between can have changed it.

    Attributes:
        commit: The beginning of the commit's id; `None`: any.
        tag: The tag; `None`: any that fits the version in the files of the commit.
    """

    commit: str | None = None
    tag: str | None = None

    def check(self, staged: Staged) -> None:
        """
        See that *staged* is it.

        Raises:
            BundleOfAnother: It is something else.
        """
        path, commit, tag = str(staged.path), self.commit, self.tag
        if commit and not staged.commit.startswith(commit.lower()):
            found = staged.commit[:_SHORT]
            raise BundleOfAnother(path, "commit", found=found, wanted=commit[:_SHORT])
        if tag and staged.tag != tag:
            raise BundleOfAnother(path, "tag", found=staged.tag, wanted=tag)


def take_commit(world: World, folder: Path, wanted: Wanted) -> Staged:
    """
    Bring the commit of the bundle in *folder*, or in a folder in it, into the clone, without a ref.

    Args:
        world: The clone.
        folder: Where jobs leave what they made.
        wanted: What it must be.

    Raises:
        BundleMissing: There is none.
        BundlesDiffer: There are several, of different commits.
        BundleInvalid: It is none of ours.
        BundleOfAnother: It has something else than *wanted*.
        PreparedElsewhere: It was prepared on a commit that is not in the history of HEAD.
    """
    paths = named(folder, BUNDLE_NAME)
    if not paths:
        raise BundleMissing(str(folder))
    bundles = [_read(world, path) for path in paths]
    staged = bundles[0]
    if any(other.commit != staged.commit or other.tag != staged.tag for other in bundles):
        commits = [f"{bundle.commit[:8]} ({bundle.tag})" for bundle in bundles]
        raise BundlesDiffer([str(path) for path in paths], commits)
    wanted.check(staged)
    if world.git.objects.peel(staged.commit) is None:
        world.git.bundles.take(staged.path)
    if world.git.objects.peel(staged.commit) != staged.commit:
        raise BundleInvalid(str(staged.path), f"it has no commit {staged.commit[:8]}")
    _require_here(world, staged)
    return staged


def facts_of(world: World, settings: Settings, staged: Staged) -> Facts:
    """
    Read everything as if the release commit was checked out.

    Raises:
        BundleInvalid: The tag in the bundle is no version of the project.
        BundleOfAnother: The files of the commit say another version than the tag.
        ReleasioError: See `gather`.
    """
    facts = gather(world, settings, Request(), deciding=False, head=staged.commit)
    version, package = _version(facts, staged), facts.package()
    written = package.manifest.version
    if not package.manifest.is_from_tags and version != written:
        wanted = package.tag_form.name(written)
        raise BundleOfAnother(str(staged.path), "tag", found=staged.tag, wanted=wanted)
    return facts


def release_of(facts: Facts, staged: Staged, unfinished: Unfinished | None) -> Release:
    """Return the release: one to be finished, where its tag is public already."""
    package = facts.package()
    if unfinished is not None:
        return resume(facts, package, unfinished)
    return as_it_is(facts, package, staged.commit, staged.tag, _version(facts, staged))


def public_release(world: World, facts: Facts, staged: Staged) -> Unfinished | None:
    """
    Return what the remote's tag of *staged* announces; `None`: it has none.

    Raises:
        Overtaken: It is of another commit.
        ReleasioError: The remote did not answer, or not what it should.
    """
    form = facts.package().tag_form
    unfinished = announced(world, facts.repository.remote, staged.tag, form)
    if unfinished and unfinished.commit != staged.commit:
        raise Overtaken(staged.tag, found=unfinished.commit, wanted=staged.commit)
    return unfinished


def _version(facts: Facts, staged: Staged) -> Version:
    version = facts.package().tag_form.version(staged.tag)
    if version is None:
        raise BundleInvalid(str(staged.path), f"its tag {staged.tag} is no version")
    return version


def _read(world: World, path: Path) -> Staged:
    refs = world.git.bundles.refs(path)
    ref = next(iter(refs), "")
    match = _REF.fullmatch(ref)
    if len(refs) != 1 or match is None:
        raise BundleInvalid(str(path), "it has other refs than that of one release commit")
    return Staged(path, match["tag"], refs[ref])


def _require_here(world: World, staged: Staged) -> None:
    """See that the commit is of the history of HEAD, or comes right after a part of it."""
    git, head = world.git, world.git.work_tree.head() or ""
    if git.objects.is_ancestor(staged.commit, head):
        return
    for parent in git.history.commit(staged.commit).parents:
        if not git.objects.is_ancestor(parent, head):
            raise PreparedElsewhere(str(staged.path), parent)
