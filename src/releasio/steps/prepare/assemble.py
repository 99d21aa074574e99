"""Have another tool write the changelog from news fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.step import Blocked, State, Todo
from releasio.world.processes.programs import find_tool

if TYPE_CHECKING:
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Assemble:
    """
    Run the tool that collects fragments.

    Attributes:
        tool: Its name, as `changelog.fragments` has it.
        arguments: What it is given.
        folder: The project's in the repository.
    """

    tool: str
    arguments: tuple[str, ...]
    folder: str

    def __str__(self) -> str:
        return f"collect fragments: {self._command}"

    @property
    def _command(self) -> str:
        return " ".join((self.tool, *self.arguments))

    def probe(self, world: World) -> State:
        """See that the tool is there."""
        if find_tool(self.tool, world.env) is None:
            from releasio.errors.project.changelog import FragmentToolMissing

            return Blocked(FragmentToolMissing(self.tool))
        return Todo()

    def apply(self, world: World, run: Run) -> None:
        """
        Run it in the scratch work tree while there is one, else in the project.

        Raises:
            FragmentToolMissing: It is not there any more.
            FragmentsNotCollected: It failed.
        """
        from releasio.errors.project.changelog import FragmentsNotCollected, FragmentToolMissing
        from releasio.rules.running.environment import child_environment
        from releasio.world.processes.child import run as run_program

        program = find_tool(self.tool, world.env)
        if program is None:
            raise FragmentToolMissing(self.tool)
        outcome = run_program(
            [program, *self.arguments],
            cwd=run.tree.root / self.folder if run.tree else world.project,
            env=child_environment(world.env),
            screen=world.screen,
        )
        if outcome.status:
            raise FragmentsNotCollected(self._command, status=outcome.status, tail=outcome.tail)
        if run.tree is None:
            run.accept_work_tree()
