"""Build distributions from a source tree, isolated, reproducibly, without secrets."""

from __future__ import annotations

import shutil
import tarfile
from contextlib import closing
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.errors.files.build import NothingBuilt, SdistUnusable
from releasio.rules.distribution.archive_format import layout_flaw, top_folder
from releasio.rules.distribution.members import dangers
from releasio.world.archives.flaws import BROKEN
from releasio.world.archives.unpacking import entry_of_tar
from releasio.world.build.dist_folder import DISTRIBUTIONS
from releasio.world.build.isolated.begun import Begun
from releasio.world.build.isolated.isolation import Isolation
from releasio.world.build.variables import fixed_variables, repository_of
from releasio.world.parallel import meanwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.world.screen import Screen

NOTHING: Mapping[str, str] = MappingProxyType({})


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
    with closing(Begun(source, epoch=epoch, env=env, screen=screen, place=place)) as begun:
        return finish(begun.start(), out, look=look)


def finish(
    begun: Begun,
    out: Path,
    *,
    override: Mapping[str, str] = NOTHING,
    look: Callable[[Path], object] = lambda _: None,
) -> tuple[Path, ...]:
    """
    Do the rest of a build that has begun; see `build`.

    Args:
        begun: Where it is built.
        out: As for `build`.
        override: Variables for the backend alone, by which a tool takes the version.
        look: As for `build`.
    """
    begun.screen.release()
    isolation = Isolation(begun.environments, begun.first, override)
    dist_folder = begun.folder / "dist"
    sdist = isolation.build("sdist", begun.source, dist_folder)
    begun.screen.line("* Building wheel from sdist")
    with meanwhile(partial(look, sdist)):
        isolation.build("wheel", _unpack(sdist, begun.folder / "sdist"), dist_folder)
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

    folders = dict.fromkeys([source / "dist", repository_of(source) / "dist"])
    before = {path: _file_stamp(path) for folder in folders for path in _distributions(folder)}
    run_hook(
        "build",
        command,
        {**variables, "project_path": str(source)},
        cwd=source,
        env=env,
        screen=screen,
        extra=fixed_variables(source, epoch),
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
