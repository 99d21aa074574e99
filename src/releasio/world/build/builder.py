"""Build distributions from a source tree, isolated, reproducibly, without secrets."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.files.build import BuildFailed, BuildRequirementsUnreachable, NothingBuilt
from releasio.rules.running.build_failure import hint, is_unreachable, telling
from releasio.rules.running.environment import child_environment
from releasio.rules.running.search_path import fixed_path
from releasio.world.build.installer import chosen_installer
from releasio.world.build.interpreter import python
from releasio.world.build.kept import DISTRIBUTIONS
from releasio.world.processes.child import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.world.processes.child import Ended
    from releasio.world.screen import Screen


def build(
    source: Path, out: Path, *, epoch: int, env: Mapping[str, str], screen: Screen
) -> tuple[Path, ...]:
    """
    Build the sdist of *source*, and the wheel from that sdist.

    The backend runs in a child, in a fresh environment with only its declared
    requirements, with the same clock (`SOURCE_DATE_EPOCH`) and hash seed every
    time and without credentials. Everything temporary is gone afterwards, also
    after an interrupt.

    Args:
        source: The project's directory; only the build backend writes there.
        out: Gets the files; must exist.
        epoch: Seconds since 1970 that stand for the build time.
        env: The process environment.
        screen: Where the output goes.

    Raises:
        BuildFailed: The backend gave up, or could not be used.
        BuildRequirementsUnreachable: What the backend needs could not be fetched.
    """
    with tempfile.TemporaryDirectory(prefix="releasio-build-", ignore_cleanup_errors=True) as place:
        made = Path(place, "dist")
        command = python("-m", "build", "--verbose", "--outdir", str(made))
        ended = run(
            [*command, "--installer", chosen_installer(env), str(source)],
            cwd=source,  # uv reads its settings from there; its modules are kept from ours
            env={
                **_surroundings(source, env, epoch),
                **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), place),
            },
            screen=screen,
        )
        if ended.status:
            raise _failure(source, ended)
        return tuple(_taken(path, out) for path in _distributions(made))


def build_with_hook(
    command: str,
    variables: Mapping[str, str],
    source: Path,
    out: Path,
    *,
    epoch: int,
    env: Mapping[str, str],
    screen: Screen,
) -> tuple[Path, ...]:
    """
    Let the user's `hooks.build` build, and collect what it put into `dist/`.

    Looked at are `dist/` of the project and of the repository (where workspace
    tools build to). What lay there before and was not written again is not taken.

    Args:
        command: The command line, run in *source*.
        variables: What its placeholders stand for; `project_path` is *source*.
        source: The project's directory, inside its repository.
        out: Gets the files; must exist.
        epoch: As for `build`.
        env: The process environment.
        screen: Where the output goes.

    Raises:
        HookFailed: The command failed.
        NothingBuilt: It left no new distribution.
    """
    from releasio.world.processes.shell import run_hook  # noqa: PLC0415 -- only where there is a hook

    folders = dict.fromkeys([source / "dist", _repository(source) / "dist"])
    before = {path: _written(path) for folder in folders for path in _distributions(folder)}
    run_hook(
        "build",
        command,
        {**variables, "project_path": str(source)},
        cwd=source,
        env=env,
        screen=screen,
        extra=_fixed(source, epoch),
    )
    found = [path for folder in folders for path in _distributions(folder)]
    fresh = [path for path in found if before.get(path) != _written(path)]
    if not fresh:
        raise NothingBuilt([str(folder) for folder in folders], command=command)
    return tuple(_copied(path, out) for path in fresh)


def _failure(source: Path, ended: Ended) -> BuildFailed | BuildRequirementsUnreachable:
    lines = telling(ended.tail)
    if is_unreachable(lines):
        return BuildRequirementsUnreachable(lines)
    advice = hint(lines, build_system=_has_build_system(source))
    return BuildFailed(status=ended.status, tail=lines, hint=advice)


def _surroundings(source: Path, env: Mapping[str, str], epoch: int) -> dict[str, str]:
    """Return the environment of a build: plain output, nothing left to chance."""
    colours = {"FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS"}
    kept = {name: value for name, value in child_environment(env).items() if name not in colours}
    if modules := kept.pop("PYTHONPATH", ""):
        kept["PYTHONPATH"] = fixed_path(modules)  # relative ones would be in the source
    return {**kept, **_fixed(source, epoch), "NO_COLOR": "1", "COLUMNS": "160"}


def _fixed(source: Path, epoch: int) -> dict[str, str]:
    """
    Return what makes two builds of one tree the same, and their output come at once.

    The user's settings of git are left out: they change what git tells a backend, and may
    hold or fetch a token.
    """
    return {
        # which is not there, and what a build sets globally stays with it: into the null
        # device git would write, too, and put a file in its place where it may
        "GIT_CONFIG_GLOBAL": str(_repository(source) / ".git" / "global"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "0",
        "GIT_CONFIG_PARAMETERS": "",
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def _distributions(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    # a pipe of such a name would be waited for, a folder cannot be read
    files = (path for path in folder.iterdir() if path.is_file())
    return sorted(path for path in files if path.name.endswith(DISTRIBUTIONS))


def _taken(path: Path, out: Path) -> Path:
    """Move the file at *path* to *out*; of a link, whose target may still change, make a copy."""
    return _copied(path, out) if path.is_symlink() else Path(shutil.move(path, out / path.name))


def _copied(path: Path, out: Path) -> Path:
    return Path(shutil.copy2(path, out / path.name))


def _written(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _repository(source: Path) -> Path:
    """Return the root of the repository *source* is in, or *source* itself."""
    return next((p for p in (source, *source.parents) if (p / ".git").exists()), source)


def _has_build_system(source: Path) -> bool:
    try:
        return "build-system" in tomllib.loads((source / "pyproject.toml").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
