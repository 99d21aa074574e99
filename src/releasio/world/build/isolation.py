"""Isolated environments for build backends, and what backends are asked to do in them."""

from __future__ import annotations

import os
import subprocess
import tomllib
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from build import BuildBackendException, BuildException, ProjectBuilder, TypoWarning

from releasio.errors.files.build import (
    BuildFailed,
    BuildRequirementsUnreachable,
    EnvironmentNotMade,
)
from releasio.rules.running.build_failure import hint, missing_project, no_answer
from releasio.world.build.installer import fresh_environment, run_installer
from releasio.world.build.pip_and_uv import setting_refusal
from releasio.world.processes.child import run
from releasio.world.processes.programs import find_program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.world.build.installer import FreshEnvironment
    from releasio.world.processes.child import Ended
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
        place: The folder for environments; it is somebody else's to remove.
        env: The environment of backends and installers, without secrets.
        cwd: Where installers are started.
        screen: Where the output goes.
        uv: The uv that makes environments and installs; `None`: Python and pip do.
        uv_settings: What pip was told, in variables of uv. Where there are any, pip has the
            last word, for it may understand its settings better.
    """

    place: Path
    env: Mapping[str, str]
    cwd: Path
    screen: Screen
    uv: str | None
    uv_settings: Mapping[str, str] = field(default_factory=dict)
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
        with _failures_explained(source), _warnings_shown(self.screen):
            environment = self._prepare(kind, source)
            self.screen.line(f"* Building {kind}...")
            try:
                return Path(self._backend(source, environment).build(kind, out))
            except TypeError:
                message = f"build_{kind} of the backend returned no file name"
                raise _failure(source, None, [message]) from None

    def _prepare(self, kind: Kind, source: Path) -> FreshEnvironment:
        """Return an environment with all that the build requires, and nothing else."""
        requirements = frozenset(_project(source).build_system_requires)
        for prepared in self._prepared:
            if prepared.requirements == requirements and prepared.extra == self._extra(
                kind, source, prepared.environment
            ):
                return prepared.environment
        environment = self._make_environment()
        self._install(environment, requirements, source)
        extra = self._extra(kind, source, environment)
        self._install(environment, extra, source)
        self._prepared.append(Prepared(environment, requirements, extra))
        return environment

    def _make_environment(self) -> FreshEnvironment:
        path = self.place / f"environment-{len(self._prepared)}"
        if self.uv:
            self.screen.line("* Creating isolated environment: uv...")
            try:
                return fresh_environment(path, env=self.env, screen=self.screen, uv=self.uv)
            except EnvironmentNotMade as error:
                message = next(iter(error.tail), "it said nothing")
                self.screen.note(
                    f"uv could not be used, so pip installs; {self.uv} said: {message}"
                )
                self.uv = None
        self.screen.line("* Creating isolated environment: venv+pip...")
        return fresh_environment(path.with_suffix(".venv"), env=self.env, screen=self.screen)

    def _install(
        self, environment: FreshEnvironment, requirements: frozenset[str], source: Path
    ) -> None:
        if not requirements:
            return
        self.screen.line("* Installing packages in isolated environment:")
        for requirement in sorted(requirements):
            self.screen.line(f"  - {requirement}")
        outcome = self._run_installer(environment, requirements)
        if outcome.status and self.uv and self.uv_settings:
            self._check_pip_settings(outcome.tail)
            self.screen.note(f"{_reason_of_uv(outcome.tail)}, so pip tries")
            self.uv = None
            outcome = self._run_installer(environment, requirements)
        if outcome.status and not self.uv:
            self._check_pip_settings(outcome.tail)
        if outcome.status and no_answer(outcome.tail):
            raise BuildRequirementsUnreachable(outcome.tail)
        if outcome.status:
            action = "the installation of the build requirements"
            raise _failure(source, outcome.status, outcome.tail, action=action)

    def _check_pip_settings(self, lines: Sequence[str]) -> None:
        """See that it is no setting of pip's because of which *lines* were printed."""
        if refusal := setting_refusal(self.env, lines):
            raise refusal

    def _run_installer(self, environment: FreshEnvironment, requirements: frozenset[str]) -> Ended:
        settings = self.uv_settings if self.uv else {}
        return run_installer(
            environment,
            [*(() if self.uv else _OF_PIP), "--", *sorted(requirements)],
            uv=self.uv,
            cwd=self.cwd,
            env={**_keyring(self.env), **self.env, **settings},
            screen=self.screen,
        )

    def _extra(self, kind: Kind, source: Path, environment: FreshEnvironment) -> frozenset[str]:
        """Ask the backend what else this kind of distribution requires."""
        self.screen.line(f"* Getting build dependencies for {kind}...")
        return frozenset(self._backend(source, environment).get_requires_for_build(kind))

    def _backend(self, source: Path, environment: FreshEnvironment) -> ProjectBuilder:
        path = next((name for name in self.env if name.upper() == "PATH"), "PATH")
        folders = filter(None, [str(environment.scripts), self.env.get(path)])
        build_env = {**self.env, path: os.pathsep.join(folders)}

        def call(
            command: Sequence[str],
            cwd: str | None = None,
            extra_environ: Mapping[str, str] | None = None,
        ) -> None:
            outcome = run(
                command,
                cwd=Path(cwd or source),
                env={**build_env, **(extra_environ or {})},
                screen=self.screen,
            )
            if outcome.status:
                raise subprocess.CalledProcessError(
                    outcome.status, command, "\n".join(outcome.tail)
                )

        return _project(source, str(environment.python), call)


# as the reference front end has it: built by their own backends, and compiled when they are used
_OF_PIP = ("--use-pep517", "--no-warn-script-location", "--no-compile")


def _reason_of_uv(lines: Sequence[str]) -> str:
    """Say why uv, which was told what pip was, could not install."""
    if name := missing_project(lines):
        return f"uv found no {name} where pip's settings say"
    if no_answer(lines):
        return "uv got no answer where pip's settings say"
    return "uv could not install with pip's settings"


def _keyring(env: Mapping[str, str]) -> dict[str, str]:
    """Let an installer, which stands alone, ask a keyring that is at hand for an index's login."""
    if find_program("keyring", env) is None:
        return {}
    return dict.fromkeys(("PIP_KEYRING_PROVIDER", "UV_KEYRING_PROVIDER"), "subprocess")


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
                raise _failure(source, status, [*output.splitlines(), str(error)]) from None
            case inner:  # that the backend is not there, or cannot do this, comes with a traceback
                output = getattr(inner, "traceback", "")
                raise _failure(source, None, [*output.splitlines(), str(error)]) from None


def _project(source: Path, *options: Any) -> ProjectBuilder:  # noqa: ANN401 -- as the front end takes it
    """
    Read how *source* is built.

    Raises:
        BuildFailed: It is no project, or its pyproject.toml does not say it properly.
    """
    try:
        return ProjectBuilder(source, *options)
    except (BuildException, OSError, RecursionError, ValueError) as error:
        raise _failure(source, None, [str(error)]) from None


def _failure(
    source: Path, status: int | None, lines: Sequence[str], *, action: str = "the build"
) -> BuildFailed:
    advice = hint(lines, build_system=_has_build_system(source))
    return BuildFailed(status=status, tail=lines, hint=advice, what=action)


def _has_build_system(source: Path) -> bool:
    try:
        return "build-system" in tomllib.loads((source / "pyproject.toml").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
