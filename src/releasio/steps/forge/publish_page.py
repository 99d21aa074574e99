"""Show the release on the forge to everybody, once everything else of it is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.steps.forge.access import not_asked
from releasio.steps.step import Done, State, Todo

if TYPE_CHECKING:
    from releasio.steps.forge.page import Page
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class PublishPage:
    """
    Publish the release on the forge.

    Attributes:
        page: The release on its forge.
    """

    page: Page

    def __str__(self) -> str:
        return f"publish the release {self.page.tag} on {self.page.place.name}"

    def probe(self, world: World) -> State:
        """Done when everybody sees it."""
        if world.offline:
            return Todo(not_asked(self.page.place))
        try:
            release = self.page.look_up(world)
        except ReleasioError as error:  # what is public already must not wait for it
            return Todo(str(error))
        if release is not None and not release.draft:
            return Done("everybody sees it")
        return Todo(self._remark())

    def _remark(self) -> str:
        """Say as what it is shown, where the forge has a mark for it."""
        text, kind = self.page.text, self.page.place.kind
        if text.prerelease and kind != "gitlab":
            return "as a pre-release"
        if kind != "github":  # the others show what was made last
            return ""
        return "as the latest" if text.latest else "not as the latest: a higher version is there"

    def apply(self, world: World, run: Run) -> None:
        """
        Publish it, with the text of ours or of who worded it.

        Raises:
            ReleasioError: The forge did not answer, or refused; running again does it.
        """
        release = self.page.ensure(world, run)
        published = self.page.forge(world).publish_release(release, self.page.text_for(release))
        run.pages[self.page.tag] = published.url
