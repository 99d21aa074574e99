"""Mark a release on the forge as yanked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.forge.answers import NoForgeToken
from releasio.frozen import frozen
from releasio.rules.forge.release import ReleaseText
from releasio.rules.forge.release_text import LIMIT, cut, says
from releasio.rules.notes.yank_notice import yanked_body, yanked_title
from releasio.steps.forge.access import forge_at, look
from releasio.steps.step import Done, Omitted, State, Todo

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.release import ForgeRelease
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class MarkYanked:
    """
    Say in title and text of a release that its version was yanked, and show it as no newest one.

    Attributes:
        place: Where the repository is.
        tag: The release's tag.
        version: Its version.
        reason: Why; empty: not known, or told already.
    """

    place: ForgePlace
    tag: str
    version: Version
    reason: str

    def __str__(self) -> str:
        return f"mark the release {self.tag} on {self.place.name} as yanked"

    def probe(self, world: World) -> State:
        """Compare the release with what it shall say; a forge in trouble keeps nobody from it."""
        try:
            release = look(world, self.place, lambda forge: forge.release(self.tag))
        except NoForgeToken as error:
            return Omitted(str(error))
        except ReleasioError as error:
            return Todo(str(error))
        if release is None:
            return Omitted(f"{self.place.name} has no release {self.tag}")
        is_marked = says(release, self._text(release))
        return Done() if is_marked and release.prerelease is not False else Todo()

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Edit title and text.

        Raises:
            ReleasioError: The forge did not answer, or refused; it can be tried again.
        """
        forge = forge_at(world, self.place)
        release = forge.release(self.tag)
        if release is None:
            return Omitted("it has gone")
        forge.edit_release(release, self._text(release))
        return None

    def _text(self, release: ForgeRelease) -> ReleaseText:
        body = yanked_body(release.body, self.version, self.reason)
        return ReleaseText(
            self.tag,
            yanked_title(release.title),
            body if len(body) <= LIMIT else cut(body, self.place.page),
            prerelease=True,
            latest=False,
        )
