"""Ask the forge whether it can be had, and what the token may do, before anything is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.steps.forge.access import forge_at, look, not_asked
from releasio.steps.forge.rights import rights_state
from releasio.steps.step import Blocked, Done, State, Todo

if TYPE_CHECKING:
    from releasio.errors.forge.lacks import ForgeLacks
    from releasio.rules.forge.place import ForgePlace
    from releasio.world.forge.forge import Forge
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class AskForge:
    """
    Ask for the release with this token; nothing is changed by it.

    Attributes:
        place: The repository on its forge.
        tag: The release's tag.
        required: Without a page there is no release: a forge that does not answer stops it.
        draft: The page is to stay a draft: a forge without drafts stops it.
    """

    place: ForgePlace
    tag: str
    required: bool = False
    draft: bool = False

    def __str__(self) -> str:
        return f"ask {self.place.name} for the release {self.tag}"

    def probe(self, world: World) -> State:
        """
        Ask; a token that will not do stops the release in time, and no answer where it must.

        That is where there must be a page.
        """
        from releasio.errors.forge.answers import ForgeForbids, ForgeNotFound

        if world.offline:
            return Todo(not_asked(self.place))
        try:
            state = self._state(world)
        except (ForgeForbids, ForgeNotFound) as error:  # nor will it for the page
            return Blocked(error)
        except ReleasioError as error:
            if self.required:
                return Blocked(error)
            return Todo(f"{error}; it is asked again after the upload")
        if isinstance(state, Todo):
            return Done(Todo("it answers").also(state.detail).detail)
        return state

    def _state(self, world: World) -> Todo | Blocked:
        if self.draft and not forge_at(world, self.place).has_drafts:
            return Blocked(self._no_drafts())
        return look(world, self.place, lambda forge: self._rights(world, forge))

    def _rights(self, world: World, forge: Forge) -> Todo | Blocked:
        """Ask for the release, too: whether the forge can be had is in question."""
        forge.release(self.tag)
        return rights_state(world, forge, "contents")

    def _no_drafts(self) -> ForgeLacks:
        from releasio.errors.forge.lacks import ForgeLacks

        return ForgeLacks(
            self.place.name,
            "draft releases",
            hint="Set github.draft_releases = false, or make the release by hand and set "
            "github.releases = false.",
        )

    def apply(self, world: World, run: Run) -> None:
        """Say it: what there was to be asked was asked."""
        world.screen.note(
            f"whether {self.place.name} can be had is not known; the packages are released anyway"
        )
