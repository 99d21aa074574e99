"""What the forge knows of commits: logins, and the pull requests they came with."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.rules.bump.level import level_of
from releasio.rules.forge.co_authors import co_authors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.config.tables.model import Config
    from releasio.release.facts import PackageFacts
    from releasio.rules.bump.request import Request
    from releasio.rules.commits.reading import Reading
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import CommitOrigin
    from releasio.world.world import World

MOST = 1000  # commits are asked about, by the hundred; of more, those that the notes list first
_NOTHING: Mapping[str, CommitOrigin] = MappingProxyType({})


def read_origins(
    world: World,
    config: Config,
    request: Request,
    place: ForgePlace | None,
    packages: Sequence[PackageFacts],
) -> Mapping[str, CommitOrigin]:
    """
    Return what the forge at *place* tells of the commits that a release would have, by their ids.

    Nobody is asked where nothing would be told: offline, without a token, where the settings make
    no release there, and where nothing is to be released. A forge that does not answer is a note,
    and never an error: notes are made from commits alone then.
    """
    if place is None or world.offline:
        return _NOTHING
    commits = [*_commits(config, request, packages)]
    if not commits:
        return _NOTHING
    try:
        forge = world.forge(place)
        return _NOTHING if forge is None else forge.origins(commits)
    except ReleasioError as error:
        world.screen.note(f"{error}; authors and pull requests are named as the commits have them")
        return _NOTHING


def read_mailmap(world: World, package: PackageFacts) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return what `.mailmap` calls co-authors of a release; git has applied it to authors only."""
    readings = readings_of(package)
    commits = (commit for reading in readings for commit in reading.commits)
    return world.git.objects.mapped(who for commit in commits for who in co_authors(commit.message))


def _commits(config: Config, request: Request, packages: Sequence[PackageFacts]) -> Iterator[str]:
    """Yield the commits that are asked about, those that the notes may list first."""
    by_titles, has_page = config.changelog.use_github_prs, config.github.releases is not False
    ids: dict[str, None] = {}
    for package in packages:
        is_left = bool(package.told or package.prepared or request.explicit)
        for reading in readings_of(package):
            if by_titles or (has_page and (is_left or level_of(reading, config.commits))):
                ids.update((change.commit.id, None) for change in reading.changes)
                ids.update((commit.id, None) for commit in reading.commits)
    yield from [*ids][:MOST]


def readings_of(package: PackageFacts) -> Iterator[Reading]:
    """Yield what the notes of a release of *package* would tell."""
    yield from (notes.span.reading for notes in package.told.values())
    yield package.since_final.reading if package.since_final else package.reading
