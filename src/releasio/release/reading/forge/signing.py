"""Whether the forge makes the release commit, so that it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import replace
from releasio.release.reading.forge.origins import readings_of
from releasio.rules.bump.level import level_of

if TYPE_CHECKING:
    from releasio.config.tables.model import Config
    from releasio.release.facts import PackageFacts, RepositoryFacts
    from releasio.rules.bump.request import Request
    from releasio.world.world import World


def with_signing(
    world: World,
    config: Config,
    request: Request,
    repository: RepositoryFacts,
    package: PackageFacts,
) -> RepositoryFacts:
    """
    Say in *repository* whether the forge makes the release commit: as set, else where it must.

    It must where the branch demands signatures and git signs nothing. That is asked where there
    is something to release. Where it cannot be asked, git commits; what the branch demands is said
    with the push.
    """
    setting = config.github.commit_with_api
    if repository.forge is None or setting is False:
        return repository
    is_due = request.explicit or any(
        level_of(reading, config.commits) for reading in readings_of(package)
    )
    return replace(
        repository, forge_signs=setting is True or (is_due and _must_sign(world, repository))
    )


def _must_sign(world: World, repository: RepositoryFacts) -> bool:
    place, branch = repository.forge, repository.branch
    if world.offline or branch is None or place is None or place.kind != "github":
        return False
    from releasio.world.git.signing import signing_prospect

    if signing_prospect(world.git, "commit") != "":
        return False
    try:
        forge = world.forge(place)
        return forge is not None and forge.branch_rules(branch).signatures
    except ReleasioError:
        return False
