"""Install into a fresh environment, as users will."""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from releasio.errors.files.build import EnvironmentNotMade, InstallFailed
from releasio.rules.index.registry import is_loopback
from releasio.rules.running.environment import (
    INDIFFERENT,
    child_environment,
    without_places,
    without_targets,
)
from releasio.world.build.interpreter import python
from releasio.world.processes.child import Overdue, run
from releasio.world.processes.programs import find_program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    path: Path, *, env: Mapping[str, str], screen: Screen, patience: float = _PATIENCE
) -> FreshEnvironment:
    """
    Make an empty virtual environment at *path* from the Python that runs us.

    It has no pip of its own (installing one takes seconds) where ours, or uv,
    can install into it from outside.

    Raises:
        EnvironmentNotMade: Python could not make it, or not within *patience* seconds.
    """
    bare = _outside_pip() or chosen_installer(env) == "uv"
    command = python("-m", "venv", *(["--without-pip"] if bare else []), str(path))
    surroundings = child_environment(env)
    try:
        ended = run(command, cwd=path.parent, env=surroundings, screen=screen, patience=patience)
    except Overdue as late:
        raise EnvironmentNotMade(str(path), late.tail, seconds=patience) from None
    if ended.status:
        raise EnvironmentNotMade(str(path), ended.tail)
    return FreshEnvironment(path)


def installer_for(env: Mapping[str, str], *, index_url: str | None) -> str:
    """
    Return what `install` uses, `pip` or `uv`.

    What one index has is asked as most users do, with pip, unless only uv is at hand.
    """
    if index_url is None:
        return chosen_installer(env)
    return "uv" if not _outside_pip() and _uv(env) else "pip"


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
    """
    if not requirements:
        return
    installer = installer_for(env, index_url=index_url)
    command = [*_front_end(installer, into, env), *(["--no-deps"] if no_deps else [])]
    surroundings = _loopback_direct(without_targets(child_environment(env)))
    if index_url:
        command += _only_from(installer, index_url)
        surroundings = _only_there(surroundings, index_url)
    what, where = " ".join(requirements), index_url or "the usual index"
    try:
        ended = run(
            [*command, *requirements],
            cwd=into.path,
            env={**surroundings, **_FIXED},
            screen=screen,
            patience=patience,
        )
    except Overdue as late:
        raise InstallFailed.of(what, where, late.tail, seconds=patience) from None
    if ended.status:
        raise InstallFailed.of(what, where, ended.tail)


def chosen_installer(env: Mapping[str, str]) -> str:
    """
    Return `uv` where it is at hand and would install the same as pip, else `pip`.

    uv is faster but does not read pip's settings. Someone who told pip where to
    look must not get packages from elsewhere.
    """
    if not _uv(env) or _pip_is_told(env):
        return "pip"
    return "uv"


def _uv(env: Mapping[str, str]) -> str | None:
    """Return uv's path: the one installed beside releasio, else the one on `PATH`."""
    if importlib.util.find_spec("uv") is None:
        return find_program("uv", env)
    import uv  # noqa: PLC0415 -- an optional speed-up

    return str(uv.find_uv_bin())


def _pip_is_told(env: Mapping[str, str]) -> bool:
    return any(
        name.startswith("PIP_") and name not in INDIFFERENT and value for name, value in env.items()
    ) or any(path.is_file() for path in _pip_files(env))


def _pip_files(env: Mapping[str, str]) -> list[Path]:
    """Return where pip looks for its settings on this system."""
    home = Path(env.get("HOME") or env.get("USERPROFILE") or os.sep)
    if sys.platform == "win32":
        folders = [Path(env[v], "pip") for v in ("PROGRAMDATA", "APPDATA") if env.get(v)]
        return [folder / "pip.ini" for folder in (*folders, home / "pip", Path(sys.prefix))]
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
    shared = [Path(p, "pip") for p in env.get("XDG_CONFIG_DIRS", "/etc/xdg").split(os.pathsep)]
    own = [home / ".pip", config / "pip", home / "Library/Application Support/pip"]
    places = [*shared, Path("/etc"), Path("/Library/Application Support/pip"), *own]
    return [place / "pip.conf" for place in (*places, Path(sys.prefix))]


def _front_end(installer: str, into: FreshEnvironment, env: Mapping[str, str]) -> list[str]:
    """Return the command that installs into the environment."""
    if installer == "uv" and (uv := _uv(env)):
        return [uv, "pip", "install", "--python", str(into.python)]
    if _outside_pip():
        pip = python("-m", "pip", "--python", str(into.python))
    else:
        pip = [str(into.python), "-I", "-m", "pip"]
    return [*pip, "install", "--no-input"]


def _outside_pip() -> bool:
    return importlib.util.find_spec("pip") is not None


def _only_from(installer: str, index_url: str) -> list[str]:
    # no cache: on loopback the same address may be another index tomorrow
    if installer == "uv":
        return ["--no-config", "--no-cache", "--default-index", index_url]
    return ["--no-cache-dir", "--index-url", index_url]


def _only_there(env: Mapping[str, str], index_url: str) -> dict[str, str]:
    """Return *env* without what the user told pip and uv; not pip's file either, if it is near."""
    near = is_loopback(urlsplit(index_url).hostname or "")
    kept = without_places(env, near=near)
    return kept | ({"PIP_CONFIG_FILE": os.devnull} if near else {})


def _loopback_direct(env: Mapping[str, str]) -> dict[str, str]:
    """Return *env* with this machine never behind a proxy."""
    direct = {
        name: ",".join(filter(None, [env.get(name), "127.0.0.1,localhost"]))
        for name in ("NO_PROXY", "no_proxy")
    }
    return {**env, **direct}
