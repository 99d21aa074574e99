"""What the merge of a pull request would do to the version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen, replace
from releasio.release.merging.base import find_base
from releasio.release.reading.gather import gather
from releasio.release.release import choose
from releasio.rules.bump.request import Request
from releasio.world.past.git_after_squash import GitAfterSquash
from releasio.world.past.git_as_it_was import GitAsItWas
from releasio.world.past.mute import Mute
from releasio.world.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.version import Version

    from releasio.config.reading.load import Settings
    from releasio.release.merging.base import Base
    from releasio.rules.bump.choice import VersionChoice
    from releasio.world.git.git import Git


@frozen
class MergeEffect:
    """
    What would be released after a merge.

    Attributes:
        branch: The branch it would be merged to; empty: not known.
        version: What the next release would be; `None`: there would be none.
        bump: The number that it raises: `minor`; empty: none.
        waiting: What the next release is without the merge; `None`: there is none.
        waiting_commits: How many commits of the branch are not released.
        unknown: Why none of it is known, as a clause; empty: it is.
    """

    branch: str = ""
    version: Version | None = None
    bump: str = ""
    waiting: Version | None = None
    waiting_commits: int = 0
    unknown: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the merge makes another version the next one."""
        return self.version != self.waiting


def read_effect(world: World, settings: Settings, title: str) -> MergeEffect:
    """
    Return what merging a pull request with *title* would release.

    What is checked out is the pull request. The code that decides releases decides this, from what
    this clone has: nobody is asked. Where that does not tell, `unknown` has the reason.
    """
    try:
        base = find_base(world, settings.config)
        if isinstance(base, str):
            return MergeEffect(unknown=base)
        return _effect(world, settings, title, base)
    except ReleasioError as error:
        return MergeEffect(unknown=str(error))


def _effect(world: World, settings: Settings, title: str, base: Base) -> MergeEffect:
    git = world.git
    objects = {tag.name: tag.object_id for tag in git.refs.tags()}
    tags = {name: objects[name] for name in git.refs.places(objects, base.commit)}
    before = GitAsItWas.of(git, base.commit, base.branch, tags)
    time = int(world.dated().timestamp())
    after = GitAfterSquash.after(
        git, title, base=base.commit, branch=base.branch, tags=tags, time=time
    )
    waiting, waiting_commits = _choose(world, settings, before)
    merged, _ = _choose(world, settings, after)
    # a branch that began earlier may lack what asks for more
    best = merged if _is_above(merged, waiting) else waiting
    return MergeEffect(
        base.branch,
        best.version,
        best.bump if best.version else "",
        waiting.version,
        waiting_commits,
    )


def _is_above(merged: VersionChoice, waiting: VersionChoice) -> bool:
    if merged.version is None or waiting.version is None:
        return waiting.version is None
    return merged.version >= waiting.version


def _choose(world: World, settings: Settings, git: Git) -> tuple[VersionChoice, int]:
    """Return what is released from *git*, and how many commits it would have."""
    then = World(
        git=git,
        project=world.project,
        env=_without_job(world.env),
        screen=Mute(),
        clock=world.clock,
        moment=world.moment,
        offline=True,
    )
    # one of the rules being set, no warning has the whole history read
    version = settings.config.version
    config = settings.config.but(version=version.but(zero=version.zero))
    facts = gather(then, replace(settings, config=config), Request(finish=False))
    package = facts.packages[0]
    return choose(facts, package), len(package.reading.commits)


def _without_job(env: Mapping[str, str]) -> dict[str, str]:
    """Return *env* without what says that the job is that of a pull request."""
    return {name: value for name, value in env.items() if not name.startswith(("GITHUB_", "CI_"))}
