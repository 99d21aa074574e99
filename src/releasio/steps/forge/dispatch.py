"""Start workflows on the new tag, where the job's own token starts none by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.steps.forge.access import forge_at, no_access, not_asked
from releasio.steps.step import Blocked, Omitted, State, Todo

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Dispatch:
    """
    Start a workflow by name.

    Attributes:
        place: The repository on its forge.
        workflow: The name of its file in `.github/workflows`.
        tag: What it runs on.
        is_public: The release is public already: nothing stops it any more.
    """

    place: ForgePlace
    workflow: str
    tag: str
    is_public: bool = False

    def __str__(self) -> str:
        return f"start {self.workflow} on {self.tag} on {self.place.name}"

    def probe(self, world: World) -> State:
        """Nothing shows afterwards that it was started by this release, so it is always to do."""
        if self.place.kind == "gitlab":
            return Omitted(f"{self.place.name} starts its pipelines by itself")
        if world.offline:
            return Todo(not_asked(self.place))
        if world.forge(self.place) is not None:
            return Todo()
        error = no_access(world, self.place)
        return Omitted(str(error)) if self.is_public else Blocked(error)

    def apply(self, world: World, run: Run) -> Omitted | None:
        """Start it; that it could not be is said at the end, and nothing waits for it."""
        try:
            forge_at(world, self.place).dispatch(self.workflow, self.tag, {})
        except ReleasioError as error:
            from releasio.errors.forge.release import DispatchFailed

            hint = "" if self.place.kind == "github" else f"Start it at {self.place.page}/actions."
            failure = DispatchFailed(self.workflow, self.tag, str(error), hint=hint)
            run.postponed.append(failure)
            return Omitted("it could not be started")
        return None
