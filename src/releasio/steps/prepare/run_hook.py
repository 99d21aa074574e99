"""Run a command line of `[hooks]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.step import State, Todo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class RunHook:
    """
    Run one of the user's commands.

    Attributes:
        name: The setting it comes from, such as `post_bump`.
        command: The command line as written, placeholders and all.
        variables: What the placeholders stand for; `project_path` is added when it runs.
        folder: The project's directory inside the repository.
    """

    name: str
    command: str
    variables: Mapping[str, str]
    folder: str

    def __str__(self) -> str:
        return f"run hook {self.name}: {self.command}"

    def probe(self, world: World) -> State:
        """Always to do."""
        return Todo()

    def apply(self, world: World, run: Run) -> None:
        """
        Run it in the scratch work tree while there is one, else in the project.

        There it may change what it wants: it is the user's own tree and their own hook.

        Raises:
            HookFailed: It ended with another status than 0.
            WorkTreeGone: It took the scratch work tree away.
        """
        # the shell module is only needed where there are hooks
        from releasio.world.processes.shell import run_hook

        project = run.tree.root / self.folder if run.tree else world.project
        run_hook(
            self.name,
            self.command,
            {**self.variables, "project_path": str(project)},
            cwd=project,
            env=world.env,
            screen=world.screen,
        )
        if run.tree is None:
            run.accept_work_tree()
        # git would look for another repository further up, and might find one
        if run.tree and not (run.tree.root / ".git").is_file():
            from releasio.errors.files.build import WorkTreeGone

            raise WorkTreeGone(self.name, self.command)
