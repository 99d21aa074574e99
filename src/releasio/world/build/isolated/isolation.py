"""What build backends are asked to do, each in an isolated environment."""

from __future__ import annotations

import os
import subprocess
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from build import BuildBackendException, BuildException, ProjectBuilder, TypoWarning

from releasio.world.build.isolated.environments import failure
from releasio.world.processes.child import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.world.build.installer import FreshEnvironment
    from releasio.world.build.isolated.begun import First
    from releasio.world.build.isolated.environments import Environments
    from releasio.world.screen import Screen

Kind = Literal["sdist", "wheel"]


class Prepared(NamedTuple):
    """
    An isolated environment with what a build requires.

    Attributes:
        environment: It.
        requirements: What pyproject.toml requires.
        extra: What the backend asked for besides.
    """

    environment: FreshEnvironment
    requirements: frozenset[str]
    extra: frozenset[str]


@dataclass
class Isolation:
    """
    Builds with the declared requirements and nothing else.

    Each thing a backend is asked for it does in a process of its own. An sdist and the wheel of
    it share an environment if pyproject.toml and the backend require the same for both.

    Attributes:
        environments: Makes the environments, and says where the output goes.
        first: The first of them, which is in the making; `None`: nobody began with it.
        override: Variables for the backend alone.
    """

    environments: Environments
    first: First | None = None
    override: Mapping[str, str] = field(default_factory=dict)
    _prepared: list[Prepared] = field(default_factory=list)

    def build(self, kind: Kind, source: Path, out: Path) -> Path:
        """
        Build the sdist or the wheel of *source* into *out*; return the file.

        Raises:
            BuildFailed: The backend gave up, could not be used, or not be installed.
            BuildRequirementsUnreachable: What it needs could not be fetched.
            PipSettingRefused: pip cannot use a setting of its own.
            EnvironmentNotMade: There is no environment for it.
        """
        with _failures_explained(source), _warnings_shown(self.environments.screen):
            environment = self._prepare(kind, source)
            self.environments.screen.line(f"* Building {kind}...")
            try:
                return Path(self._backend(source, environment).build(kind, out))
            except TypeError:
                message = f"build_{kind} of the backend returned no file name"
                raise failure(source, None, [message]) from None

    def _prepare(self, kind: Kind, source: Path) -> FreshEnvironment:
        """Return an environment with all that the build requires, and nothing else."""
        requirements = frozenset(_project(source).build_system_requires)
        for prepared in self._prepared:
            if prepared.requirements == requirements and prepared.extra == self._extra(
                kind, source, prepared.environment
            ):
                return prepared.environment
        environment = self._fresh(requirements, source)
        extra = self._extra(kind, source, environment)
        self.environments.install(environment, extra, source)
        self._prepared.append(Prepared(environment, requirements, extra))
        return environment

    def _fresh(self, requirements: frozenset[str], source: Path) -> FreshEnvironment:
        """Return an environment with *requirements* that nobody has had yet."""
        first, self.first = self.first, None
        if first is not None:
            first.environment.wait()
            if first.requirements == requirements:
                return first.environment.result()
        return self.environments.make(requirements, source)

    def _extra(self, kind: Kind, source: Path, environment: FreshEnvironment) -> frozenset[str]:
        """Ask the backend what else this kind of distribution requires."""
        self.environments.screen.line(f"* Getting build dependencies for {kind}...")
        return frozenset(self._backend(source, environment).get_requires_for_build(kind))

    def _backend(self, source: Path, environment: FreshEnvironment) -> ProjectBuilder:
        env = self.environments.env
        path = next((name for name in env if name.upper() == "PATH"), "PATH")
        folders = filter(None, [str(environment.scripts), env.get(path)])
        build_env = {**env, **self.override, path: os.pathsep.join(folders)}

        def call(
            command: Sequence[str],
            cwd: str | None = None,
            extra_environ: Mapping[str, str] | None = None,
        ) -> None:
            outcome = run(
                command,
                cwd=Path(cwd or source),
                env={**build_env, **(extra_environ or {})},
                screen=self.environments.screen,
            )
            if outcome.status:
                raise subprocess.CalledProcessError(
                    outcome.status, command, "\n".join(outcome.tail)
                )

        return _project(source, str(environment.python), call)


@contextmanager
def _warnings_shown(screen: Screen) -> Iterator[None]:
    """Show what the front end warns of, a misspelled table, among its other lines."""
    with warnings.catch_warnings(record=True) as caught_warnings:
        # filters count for all threads, and another one imports what comes next
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", TypoWarning)
        try:
            yield
        finally:
            for warning in caught_warnings:
                screen.line(f"WARNING {warning.message}")


@contextmanager
def _failures_explained(source: Path) -> Iterator[None]:
    """Say in our words why the backend gave up."""
    try:
        yield
    except BuildBackendException as error:
        match error.exception:
            case subprocess.CalledProcessError(returncode=status, output=output):
                raise failure(source, status, [*output.splitlines(), str(error)]) from None
            case inner:  # that the backend is not there, or cannot do this, comes with a traceback
                output = getattr(inner, "traceback", "")
                raise failure(source, None, [*output.splitlines(), str(error)]) from None


def _project(source: Path, *options: Any) -> ProjectBuilder:  # noqa: ANN401 -- as the front end takes it
    """
    Read how *source* is built.

    Raises:
        BuildFailed: It is no project, or its pyproject.toml does not say it properly.
    """
    try:
        return ProjectBuilder(source, *options)
    except (BuildException, OSError, RecursionError, ValueError) as error:
        raise failure(source, None, [str(error)]) from None
