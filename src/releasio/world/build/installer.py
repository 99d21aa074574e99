"""Install into a fresh environment from outside."""

from __future__ import annotations

import math
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from releasio.errors.files.build import (
    EnvironmentNotMade,
    InstallFailed,
    InstallSourceUnreachable,
)
from releasio.rules.index.registry import is_loopback
from releasio.rules.running.environment import (
    child_environment,
    without_places,
    without_targets,
)
from releasio.world.build.pip_and_uv import (
    chosen_installer,
    find_pip,
    find_uv,
    setting_refusal,
    unpack_pip,
    uv_settings,
)
from releasio.world.processes.child import Overdue, run
from releasio.world.processes.interpreter import ISOLATED, python

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from releasio.world.build.pip_and_uv import Installer
    from releasio.world.processes.child import Ended
    from releasio.world.processes.leash import Leash
    from releasio.world.screen import Screen

# what was installed before stays: it is what is tried out, and may be on no other index
_FIXED = {
    "NO_COLOR": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_FORCE_REINSTALL": "0",
    "PIP_IGNORE_INSTALLED": "0",
}
_PATIENCE = 900.0  # seconds; who compiles a large dependency needs some of them


@dataclass(frozen=True)
class FreshEnvironment:
    """An empty virtual environment: its folder and its interpreter."""

    path: Path

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        return self.scripts / ("python.exe" if sys.platform == "win32" else "python")

    @property
    def scripts(self) -> Path:
        """Where installed programs are."""
        return self.path / ("Scripts" if sys.platform == "win32" else "bin")


def fresh_environment(
    path: Path,
    *,
    env: Mapping[str, str],
    screen: Screen,
    uv: str | None = None,
    patience: float = _PATIENCE,
    leash: Leash | None = None,
) -> FreshEnvironment:
    """
    Make an empty virtual environment at *path* of the Python that runs us.

    It has no pip of its own: installing one takes seconds, and `install` needs none inside.

    Args:
        path: Where to; its parent exists.
        env: The process environment.
        screen: Where the output goes.
        uv: The uv that makes it; `None`: Python does.
        patience: Seconds it may take.
        leash: By which another thread can end it.

    Raises:
        EnvironmentNotMade: It could not be made, or not within *patience* seconds.
        Stopped: The leash was pulled.
    """
    command = python("-m", "venv", "--without-pip", str(path))
    if uv:
        options = ("--no-project", "--no-config", "--python", sys.executable)
        command = [uv, "venv", *options, str(path)]
    surroundings = without_places(child_environment(env), near=True)
    try:
        outcome = run(
            command,
            cwd=path.parent,
            env=surroundings,
            screen=screen,
            patience=patience,
            leash=leash,
        )
    except Overdue as overdue:
        raise EnvironmentNotMade(str(path), overdue.tail, seconds=patience) from None
    except OSError as error:
        raise EnvironmentNotMade(str(path), [f"{command[0]}: {error.strerror}"]) from None
    if outcome.status:
        raise EnvironmentNotMade(str(path), outcome.tail)
    return FreshEnvironment(path)


def installer_for(env: Mapping[str, str], *, index_url: str | None) -> Installer:
    """
    Return what `install` uses, `pip` or `uv`.

    What one index has is asked as most users do, with pip, unless only uv is at hand.
    """
    if index_url is None:
        return chosen_installer(env)
    return "uv" if not find_pip() and find_uv(env) else "pip"


def install(
    into: FreshEnvironment,
    requirements: Sequence[str],
    *,
    env: Mapping[str, str],
    screen: Screen,
    index_url: str | None = None,
    no_deps: bool = False,
    patience: float = _PATIENCE,
) -> None:
    """
    Install *requirements*.

    Args:
        into: Where to.
        requirements: As pip takes them: `demo==1.2.0`, or a file's path.
        env: The process environment, with the user's settings for pip or uv.
        screen: Where the output goes.
        index_url: The only place to look in; the user's settings about places
            are not used then. None: wherever the user's installs come from.
        no_deps: Leave dependencies out.
        patience: Seconds it may take.

    Raises:
        InstallFailed: Not to be had, not for this Python, or not in time.
        InstallSourceUnreachable: An index did not answer.
        PipSettingRefused: pip cannot use a setting of its own.
    """
    if not requirements:
        return
    installer = installer_for(env, index_url=index_url)
    options = ["--no-deps"] if no_deps else []
    surroundings = child_environment(env)
    if index_url:
        options += _index_options(installer, index_url)
        surroundings = _index_environment(surroundings, index_url)
    elif installer == "uv":
        surroundings |= uv_settings(env) or {}
    names, index = " ".join(requirements), index_url or "the usual index"
    try:
        outcome = run_installer(
            into,
            [*options, *requirements],
            uv=find_uv(env) if installer == "uv" else None,
            cwd=into.path,
            env=surroundings,
            screen=screen,
            patience=patience,
        )
    except Overdue as overdue:
        raise _failure(names, index, overdue.tail, seconds=patience) from None
    if outcome.status:
        follows_pip = not index_url and (installer == "pip" or uv_settings(env))
        if follows_pip and (refusal := setting_refusal(env, outcome.tail)):
            raise refusal
        raise _failure(names, index, outcome.tail)


def _failure(
    names: str, index: str, tail: Sequence[str], *, seconds: float | None = None
) -> InstallFailed:
    """Return the error for what the installer printed last: the release's, or the index's."""
    from releasio.rules.running.build_failure import no_answer

    kind = InstallSourceUnreachable if no_answer(tail) else InstallFailed
    return kind(names, index, tail, seconds=seconds)


def run_installer(
    into: FreshEnvironment,
    arguments: Iterable[str],
    *,
    uv: str | None,
    cwd: Path,
    env: Mapping[str, str],
    screen: Screen,
    patience: float = math.inf,
    leash: Leash | None = None,
) -> Ended:
    """
    Let pip, or *uv*, install into the environment from outside; return how it ended.

    Args:
        into: Where to.
        arguments: Options and requirements.
        uv: Its path; `None`: pip installs.
        cwd: Where it is started; uv reads a project's settings there.
        env: The environment of the child, with the user's settings for pip or uv.
        screen: Where the output goes.
        patience: Seconds it may take.
        leash: By which another thread can end it.

    Raises:
        EnvironmentNotMade: There is no pip, and Python brings none.
        Overdue: It took longer.
        Stopped: The leash was pulled.
    """
    if uv:
        command = [uv, "pip", "install", "--python", str(into.python)]
    else:
        command = [str(into.python), *ISOLATED, str(_pip(into)), "install", "--no-input"]
    surroundings = {**_loopback_direct(without_targets(env)), **_FIXED}
    return run(
        [*command, *arguments],
        cwd=cwd,
        env=surroundings,
        screen=screen,
        patience=patience,
        leash=leash,
    )


def _pip(into: FreshEnvironment) -> Path:
    try:
        return find_pip() or unpack_pip(into.path / "pip")
    except (ImportError, OSError) as error:
        raise EnvironmentNotMade(str(into.path), [f"there is no pip to use: {error}"]) from None


def _index_options(installer: str, index_url: str) -> list[str]:
    # no cache: on loopback the same address may be another index tomorrow
    if installer == "uv":
        return ["--no-config", "--no-cache", "--default-index", index_url]
    return ["--no-cache-dir", "--index-url", index_url]


def _index_environment(env: Mapping[str, str], index_url: str) -> dict[str, str]:
    """Return *env* without what the user told pip and uv; not pip's file either, if it is near."""
    is_near = is_loopback(urlsplit(index_url).hostname or "")
    variables = without_places(env, near=is_near)
    return variables | ({"PIP_CONFIG_FILE": os.devnull} if is_near else {})


def _loopback_direct(env: Mapping[str, str]) -> dict[str, str]:
    """Return *env* with this machine never behind a proxy."""
    direct = {
        name: ",".join(filter(None, [env.get(name), "127.0.0.1,localhost"]))
        for name in ("NO_PROXY", "no_proxy")
    }
    return {**env, **direct}
