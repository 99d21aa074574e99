"""A release decided once more, by the code that decides real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen, replace
from releasio.release.changed_defaults import with_config
from releasio.release.reading.gather import gather
from releasio.release.release import choose
from releasio.rules.bump.request import Request
from releasio.rules.commits.left_out import surprising
from releasio.setup.replay.changed_settings import with_values
from releasio.world.past.git_as_it_was import GitAsItWas
from releasio.world.past.mute import Mute
from releasio.world.world import World

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import Config
    from releasio.release.facts import Facts
    from releasio.setup.replay.past_release import PastRelease

# with these everything is read that any other value asks for
_ALL_IS_READ = {"changes.by_files": True, "changes.metadata": "patch"}


@frozen
class Choice:
    """
    What the rules make of a release.

    Attributes:
        version: The version; `None`: nothing would be released.
        reasons: What decided, as sentences.
        trouble: Why nothing can be decided; empty: it can.
    """

    version: Version | None
    reasons: tuple[str, ...] = ()
    trouble: str = ""


def read_past(world: World, settings: Settings, release: PastRelease) -> Facts | ReleasioError:
    """
    Read what was known right before *release*, as a run of then would have.

    Return the error that would have stopped it. Nobody is asked, and nothing is written.
    """
    config = settings.config
    branch = world.git.work_tree.branch() or config.default_branch
    then = World(
        git=GitAsItWas.of(world.git, release.base, branch, release.tags),
        project=world.project,
        env=world.env,
        screen=Mute(),
        moment=lambda: release.moment,
        offline=True,
    )
    # one of them being set, no warning has the whole history read
    values = {**_ALL_IS_READ, "version.zero": config.version.zero}
    phase = release.version.pre[0] if release.version.pre else None
    try:
        reading_settings = replace(settings, config=with_values(config, values))
        facts = gather(then, reading_settings, Request(phase=phase, finish=False))
    except ReleasioError as error:
        return error
    if release.said is None:
        return facts
    (package,) = facts.packages
    manifest = replace(package.manifest, version=release.said)
    return replace(facts, packages=(replace(package, manifest=manifest, prepared=None),))


def choose_again(facts: Facts | ReleasioError, config: Config) -> Choice:
    """Return what the settings *config* make of a release whose *facts* were read before."""
    if isinstance(facts, ReleasioError):
        return Choice(None, trouble=str(facts))
    facts = with_config(facts, config)
    try:
        choice = choose(facts, facts.packages[0])
    except ReleasioError as error:
        return Choice(None, trouble=str(error))
    if choice.version is not None:
        return Choice(choice.version, tuple(map(str, choice.reasons)))
    left_out = surprising(facts.packages[0].reading.left_out)
    sentences = (f"{commit.id[:8]} {commit.subject.strip()}: {why}" for commit, why in left_out)
    summary = choice.summary.partition("; to ")[0]  # what is done about it is no question any more
    return Choice(None, (summary, *sentences))
