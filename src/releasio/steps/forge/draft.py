"""Create the release on the forge as a draft, or find it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.rules.forge.release_text import is_ours, says
from releasio.steps.forge.access import not_asked
from releasio.steps.step import Done, Omitted, State, Todo

if TYPE_CHECKING:
    from releasio.rules.forge.release import ForgeRelease
    from releasio.steps.forge.page import Page
    from releasio.world.run import Run
    from releasio.world.world import World

AGAIN = "tried again after the upload"


@frozen
class Draft:
    """
    Create the release on the forge, seen by nobody yet.

    The tag is public by then, and what goes to the index must not wait: a forge that does not
    answer, or refuses, is asked again when the files are attached.

    Attributes:
        page: The release on its forge.
    """

    page: Page

    def __str__(self) -> str:
        return f"create the draft release {self.page.tag} on {self.page.place.name}"

    def probe(self, world: World) -> State:
        """Look for the release, a person's too."""
        if world.offline:
            return Todo(not_asked(self.page.place))
        try:
            forge = self.page.forge(world)
            if not forge.has_drafts:
                name = self.page.place.name
                return Omitted(
                    f"{name} has no drafts: the release is made when its files are there"
                )
            release = self.page.look_up(world)
        except ReleasioError as error:
            return Todo(str(error))
        if release is None:
            return Todo()
        return self._state(release)

    def _state(self, release: ForgeRelease) -> State:
        if not release.draft:
            return Done("it is published already")
        if not says(release, self.page.text_for(release)):
            return Todo("the draft that is there gets its text")
        return Done("the draft is there" if is_ours(release) else "the draft of a person is used")

    def apply(self, world: World, run: Run) -> Omitted | None:
        """Create it, or bring the text of a draft up to date; trouble is for later."""
        try:
            release = self.page.ensure(world, run)
            text = self.page.text_for(release)
            if release.draft and not says(release, text):
                self.page.forge(world).edit_release(release, text)
        except ReleasioError as error:
            world.screen.note(f"{error}. The upload goes on")
            return Omitted(AGAIN)
        return None
