"""Environments with what a build requires and nothing else: uv makes them, or Python and pip."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from releasio.errors.files.build import (
    BuildFailed,
    BuildRequirementsUnreachable,
    EnvironmentNotMade,
)
from releasio.rules.running.build_failure import hint, is_full, missing_project, no_answer
from releasio.world.build.installer import fresh_environment, run_installer
from releasio.world.build.pip_and_uv import setting_refusal
from releasio.world.processes.leash import Leash
from releasio.world.processes.programs import find_program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from releasio.world.build.installer import FreshEnvironment
    from releasio.world.processes.child import Ended
    from releasio.world.screen import Screen

# as the reference front end has it: built by their own backends, and compiled when they are used
_OF_PIP = ("--use-pep517", "--no-warn-script-location", "--no-compile")


@dataclass
class Environments:
    """
    Makes environments, and installs what builds require.

    Attributes:
        place: The folder for environments; it is somebody else's to remove.
        env: The environment of backends and installers, without secrets.
        cwd: Where installers are started: uv reads its settings from there.
        screen: Where the output goes.
        uv: The uv that makes environments and installs; `None`: Python and pip do.
        uv_settings: What pip was told, in variables of uv. Where there are any, pip has the
            last word, for it may understand its settings better.
        leash: By which somebody else can end what runs.
    """

    place: Path
    env: Mapping[str, str]
    cwd: Path
    screen: Screen
    uv: str | None
    uv_settings: Mapping[str, str] = field(default_factory=dict)
    leash: Leash = field(default_factory=Leash)
    _made: int = 0

    def make(self, requirements: frozenset[str], source: Path) -> FreshEnvironment:
        """
        Make an environment with *requirements* for the build of *source*.

        Raises:
            BuildFailed: They could not be installed.
            BuildRequirementsUnreachable: They could not be fetched.
            PipSettingRefused: pip cannot use a setting of its own.
            EnvironmentNotMade: There is no environment for them.
            Stopped: Somebody ended it.
        """
        environment = self._make()
        self.install(environment, requirements, source)
        return environment

    def _make(self) -> FreshEnvironment:
        path = self.place / f"environment-{self._made}"
        self._made += 1
        if self.uv:
            self.screen.line("* Creating isolated environment: uv...")
            try:
                return self._fresh(path)
            except EnvironmentNotMade as error:
                message = next(iter(error.tail), "it said nothing")
                self.screen.note(
                    f"uv could not be used, so pip installs; {self.uv} said: {message}"
                )
                self.uv = None
        self.screen.line("* Creating isolated environment: venv+pip...")
        return self._fresh(path.with_suffix(".venv"))

    def _fresh(self, path: Path) -> FreshEnvironment:
        return fresh_environment(
            path, env=self.env, screen=self.screen, uv=self.uv, leash=self.leash
        )

    def install(
        self, environment: FreshEnvironment, requirements: frozenset[str], source: Path
    ) -> None:
        """Install *requirements*, for the build of *source*; raises what `make` does."""
        if not requirements:
            return
        self.screen.line("* Installing packages in isolated environment:")
        for requirement in sorted(requirements):
            self.screen.line(f"  - {requirement}")
        outcome = self._run_installer(environment, requirements)
        if outcome.status and self.uv and self.uv_settings and not is_full(outcome.tail):
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
            raise failure(source, outcome.status, outcome.tail, action=action)

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
            leash=self.leash,
        )


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


def failure(
    source: Path, status: int | None, lines: Sequence[str], *, action: str = "the build"
) -> BuildFailed:
    """Return the error for *action* at *source*, which printed *lines* last."""
    advice = hint(lines, build_system=_has_build_system(source))
    return BuildFailed(status=status, tail=lines, hint=advice, what=action)


def _has_build_system(source: Path) -> bool:
    return "build-system" in (_manifest(source) or {})


def declared_requirements(source: Path) -> frozenset[str] | None:
    """
    Return what pyproject.toml of *source* requires for a build.

    None: it does not say so as it should, or leaves it to a front end's default.
    """
    match _manifest(source):
        case {"build-system": {"requires": [*names]}} if all(isinstance(n, str) for n in names):
            return frozenset(names)
    return None


def _manifest(source: Path) -> dict[str, object] | None:
    try:
        return tomllib.loads((source / "pyproject.toml").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
