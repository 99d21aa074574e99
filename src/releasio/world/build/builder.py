"""Build distributions from a source tree, isolated, reproducibly, without secrets."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.files.build import NothingBuilt, SdistUnusable
from releasio.rules.distribution.archive_format import layout_flaw, top_folder
from releasio.rules.distribution.members import dangers
from releasio.rules.running.environment import child_environment
from releasio.world.archives.flaws import BROKEN
from releasio.world.archives.unpacking import entry_of_tar
from releasio.world.build.dist_folder import DISTRIBUTIONS
from releasio.world.build.isolation import Isolation
from releasio.world.build.pip_and_uv import find_uv, uv_settings
from releasio.world.git.scratch import BUILDS
from releasio.world.parallel import meanwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.world.screen import Screen


def build(
    source: Path,
    out: Path,
    *,
    epoch: int,
    env: Mapping[str, str],
    screen: Screen,
    place: Path | None = None,
    look: Callable[[Path], object] = lambda _: None,
) -> tuple[Path, ...]:
    """
    Build the sdist of *source*, and the wheel from that sdist.

    The backend runs in children, in a fresh environment with only its declared
    requirements, with the same clock (`SOURCE_DATE_EPOCH`) and hash seed every
    time and without credentials. Everything temporary is gone afterwards, also
    after an interrupt.

    Args:
        source: The project's directory; only the build backend writes there.
        out: Gets the files; must exist.
        epoch: Seconds since 1970 that stand for the build time.
        env: The process environment.
        screen: Where the output goes.
        place: The folder for what is temporary; `None`: the system's.
        look: Called with the sdist while the wheel is built; what it raises counts for nothing.

    Raises:
        BuildFailed: The backend gave up, or could not be used.
        BuildRequirementsUnreachable: What the backend needs could not be fetched.
        PipSettingRefused: pip cannot use a setting of its own.
        EnvironmentNotMade: There is no environment to build in.
        SdistUnusable: No wheel can be built from the sdist.
    """
    with tempfile.TemporaryDirectory(
        prefix=BUILDS, dir=place, ignore_cleanup_errors=True
    ) as temporary_folder:
        settings = uv_settings(env)
        isolation = Isolation(
            Path(temporary_folder),
            {
                **_surroundings(source, env, epoch),
                **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary_folder),
            },
            cwd=source,  # uv reads its settings from there
            screen=screen,
            uv=None if settings is None else find_uv(env),
            uv_settings=settings or {},
        )
        dist_folder = Path(temporary_folder, "dist")
        sdist = isolation.build("sdist", source, dist_folder)
        screen.line("* Building wheel from sdist")
        with meanwhile(partial(look, sdist)):
            isolation.build("wheel", _unpack(sdist, Path(temporary_folder, "sdist")), dist_folder)
        return tuple(_move_out(path, out) for path in _distributions(dist_folder))


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
    from releasio.world.processes.shell import run_hook

    folders = dict.fromkeys([source / "dist", _repository(source) / "dist"])
    before = {path: _file_stamp(path) for folder in folders for path in _distributions(folder)}
    run_hook(
        "build",
        command,
        {**variables, "project_path": str(source)},
        cwd=source,
        env=env,
        screen=screen,
        extra=_fixed_variables(source, epoch),
    )
    files = [path for folder in folders for path in _distributions(folder)]
    new_files = [path for path in files if before.get(path) != _file_stamp(path)]
    if not new_files:
        raise NothingBuilt([str(folder) for folder in folders], command=command)
    return tuple(_copy_out(path, out) for path in new_files)


def _unpack(sdist: Path, folder: Path) -> Path:
    """
    Unpack *sdist* into *folder*; return its one folder.

    Raises:
        SdistUnusable: It cannot be unpacked, or has not the one folder.
    """
    try:
        with tarfile.open(sdist) as archive:
            if flaw := layout_flaw(names := archive.getnames()):
                raise SdistUnusable(sdist.name, flaw)
            _extract(archive, folder)
    except BROKEN as error:
        raise SdistUnusable(sdist.name, str(error)) from None
    return folder / str(top_folder(names))


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
        return
    harm = dangers(map(entry_of_tar, archive.getmembers()))  # Python before 3.11.4
    if harm:
        raise tarfile.TarError("; ".join(harm))
    archive.extractall(folder)  # noqa: S202 -- its members were looked at


def _surroundings(source: Path, env: Mapping[str, str], epoch: int) -> dict[str, str]:
    """Return the environment of a build: plain output, nothing left to chance."""
    excluded_names = {"FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS", "PYTHONPATH"}
    variables = {
        name: value for name, value in child_environment(env).items() if name not in excluded_names
    }
    return {**variables, **_fixed_variables(source, epoch), "NO_COLOR": "1", "COLUMNS": "160"}


def _fixed_variables(source: Path, epoch: int) -> dict[str, str]:
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


def _move_out(path: Path, out: Path) -> Path:
    """Move the file at *path* to *out*; of a link, whose target may still change, make a copy."""
    return _copy_out(path, out) if path.is_symlink() else Path(shutil.move(path, out / path.name))


def _copy_out(path: Path, out: Path) -> Path:
    return Path(shutil.copy2(path, out / path.name))


def _file_stamp(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _repository(source: Path) -> Path:
    """Return the root of the repository *source* is in, or *source* itself."""
    return next((p for p in (source, *source.parents) if (p / ".git").exists()), source)
