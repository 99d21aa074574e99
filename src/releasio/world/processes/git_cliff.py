"""Ask git-cliff for the text of a section, in the words of the project's cliff.toml."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from releasio.errors.project.git_cliff import GitCliffFails, GitCliffMissing
from releasio.frozen import frozen
from releasio.rules.running.environment import without_secrets
from releasio.world.processes.child import Overdue, run
from releasio.world.processes.programs import find_tool

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 120.0  # seconds; 20,000 commits take it two
LONGEST = 10_000_000  # bytes of a section
TOOL = "git-cliff"


@frozen
class GitCliff:
    """
    git-cliff, as a project has it.

    Attributes:
        program: Its path; `None`: it is not installed.
        project: The folder of the project, where its cliff.toml is looked for.
        repository: The root of the repository.
        config: Its settings file, relative to the project; `None`: the usual one.
        env: The environment; what is secret in it is left out.
    """

    program: str | None
    project: Path
    repository: Path
    config: str | None
    env: Mapping[str, str]

    def __call__(self, tag: str, previous: str | None) -> str:
        """
        Return what it writes of the commits since the tag *previous*, to be released as *tag*.

        It asks no forge and no network, and is ended after `PATIENCE` seconds.

        Raises:
            GitCliffMissing: It is not installed.
            GitCliffFails: It failed, took too long, or wrote too much.

        Source: https://git-cliff.org/docs/usage/args
        """
        if self.program is None:
            raise GitCliffMissing
        with TemporaryDirectory(prefix="releasio-") as folder:
            output = Path(folder) / "section"
            command = [self.program, *self._arguments(tag, previous, output)]
            env = {**without_secrets(self.env), "GIT_CLIFF_OFFLINE": "true"}
            problem = ""
            tail: tuple[str, ...] = ()
            try:
                ended = run(command, cwd=self.project, env=env, screen=None, patience=PATIENCE)
            except Overdue as error:
                problem, tail = f"did not end within {PATIENCE:g} s", error.tail
            except OSError as error:
                problem = f"could not be started: {error.strerror or error}"
            else:
                if ended.status:
                    problem, tail = f"exited with status {ended.status}", ended.tail
                elif output.exists() and output.stat().st_size > LONGEST:
                    problem = f"wrote {output.stat().st_size:,} bytes"
            if problem:
                raise GitCliffFails(problem, tail=tail)
            return output.read_text("utf-8", "replace") if output.exists() else ""

    def _arguments(self, tag: str, previous: str | None, output: Path) -> list[str]:
        """Return its arguments; those behind the range are taken for files."""
        arguments = ["--offline", "--strip", "all", "--tag", tag, "--output", str(output)]
        arguments += ["--repository", str(self.repository)]
        if self.config is not None:
            arguments += ["--config", self.config]
        if self.project != self.repository:
            inside = self.project.relative_to(self.repository).as_posix()
            arguments += ["--include-path", f"{inside}/**"]
        return [*arguments, "--", f"{previous}..HEAD"] if previous else arguments


def find_git_cliff(
    env: Mapping[str, str], project: Path, repository: Path, config: str | None
) -> GitCliff:
    """Return git-cliff as it is installed, or is not."""
    return GitCliff(find_tool(TOOL, env), project.resolve(), repository.resolve(), config, env)
