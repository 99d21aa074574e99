"""Whether the forge has a release's page in full, and the tags that move along are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.release.reading.forge.place import read_place
from releasio.rules.versions.floating import next_move

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.model import Config
    from releasio.release.standing import Unfinished
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.running.remote import PublicRefs, Remote
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World


def has_token(world: World, config: Config, place: ForgePlace | None) -> bool | None:
    """Whether there is a token for the forge at *place*; None: nobody needs one, or looked."""
    settings = config.github
    if (
        place is None
        or world.offline
        or not (settings.releases or settings.dispatch or settings.merge_back)
    ):
        return None
    return world.forge(place) is not None


def page_is_left(world: World, config: Config, remote: Remote, unfinished: Unfinished) -> bool:
    """
    Whether the release's tag says that it gets a page, and the forge has none that is complete.

    A forge that does not answer holds up nothing else: it is said that this is not known. So is
    a token that lacks where `github.releases` says that there is always a page.
    """
    settings = config.github
    place = read_place(world, settings, remote)
    if not (unfinished.page and settings.releases and place):
        return False
    if world.forge(place) is None:  # who has no token cannot finish it
        if settings.releases is True and not world.offline:
            from releasio.rules.credentials.forge_token import no_token

            _say_unknown(world, no_token(place, world.env), unfinished.tag)
        return False
    from releasio.steps.forge.access import look  # a look that few previews take
    from releasio.steps.forge.attachments import SUMS

    try:
        release = look(world, place, lambda forge: forge.release(unfinished.tag))
    except ReleasioError as error:
        _say_unknown(world, error, unfinished.tag)
        return False
    if release is None or (release.draft and not settings.draft_releases):
        return True
    if release.immutable:
        return False
    complete_names = {asset.name for asset in release.assets if asset.complete}
    sums = {SUMS} if settings.release_checksums and unfinished.files else set()
    return not {*unfinished.files, *sums} <= complete_names


def _say_unknown(world: World, error: ReleasioError, tag: str) -> None:
    world.screen.note(f"{error}; whether the release {tag} there is complete is not known")


def tags_are_left(
    config: Config, public: PublicRefs, unfinished: Unfinished, form: TagForm
) -> bool:
    """Whether the release's tag says that other tags move along, and one is behind it."""
    if not config.github.floating_tags:
        return False
    commits: Mapping[str, str] = {name: tag.commit for name, tag in public.tags.items()}
    moves = {
        next_move(name, unfinished.tag, unfinished.version, commits, form)
        for name in unfinished.moves
    }
    return "to do" in moves
