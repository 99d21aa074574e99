"""A release on its forge: where it is, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.rules.forge.release_text import is_ours, keeping_human_words, with_mark
from releasio.steps.forge.access import forge_at, look

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.release import ForgeRelease, ReleaseText
    from releasio.world.forge.forge import Forge
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Page:
    """
    A release on its forge.

    Attributes:
        place: The repository there.
        text: What it shall say; what a person wrote there stays.
        draft: Whether it is left as a draft.
        finishes: Whether an earlier run began the release: what it wrote stays, too, for it knew
            as much as this one or more.
    """

    place: ForgePlace
    text: ReleaseText
    draft: bool = False
    finishes: bool = False

    @property
    def tag(self) -> str:
        """The release's tag."""
        return self.text.tag

    def forge(self, world: World) -> Forge:
        """
        Return the client.

        Raises:
            NoForgeToken: There is no token for it.
        """
        return forge_at(world, self.place)

    def look_up(self, world: World) -> ForgeRelease | None:
        """
        Return the release as it is there; None: it is not.

        Raises:
            ReleasioError: The forge did not answer, now or a moment ago.
        """
        return look(world, self.place, lambda forge: forge.release(self.tag))

    def ensure(self, world: World, run: Run) -> ForgeRelease:
        """
        Return the release as it is there, and make it if it is not.

        Raises:
            ReleasioError: The forge did not answer, or refused.
        """
        forge = self.forge(world)
        world.forge_troubles.pop(self.place, None)
        release = self.look_up(world)
        if release is None:
            release = forge.create_release(with_mark(self.text))
        run.pages[self.tag] = release.url
        return release

    def text_for(self, release: ForgeRelease) -> ReleaseText:
        """Return what *release* shall say in the end."""
        if self.finishes and release.body.strip():
            return replace(self.text, title=release.title, body=release.body)
        return keeping_human_words(self.text, release)


def may_be_replaced(release: ForgeRelease) -> bool:
    """Whether files of *release* are nobody's but ours: nobody else has seen it or worded it."""
    return release.draft and (is_ours(release) or not release.body.strip())
