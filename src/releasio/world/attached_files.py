"""Files of the project that a release on the forge gets besides its distributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def matching_files(folder: Path, pattern: str) -> list[Path]:
    """
    Return the plain files that *pattern* names, by path.

    Args:
        folder: What the pattern is relative to.
        pattern: As a shell has it, with `**` for any folders; hidden files are named as such.
            What it reaches outside *folder*, through a link to there, or in git's own folder,
            where a job has its token, is not named by it.
    """
    from glob import glob  # only who attaches files comes here

    root = folder.resolve()
    paths = (folder / name for name in glob(pattern, root_dir=folder, recursive=True))  # noqa: PTH207 -- pathlib refuses absolute patterns
    files = (path for path in paths if path.is_file() and not path.is_symlink())
    return sorted(path for path in files if _is_within(path.resolve(), root))


def _is_within(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and ".git" not in path.relative_to(root).parts


def digest_of(path: Path) -> str:
    """Return the sha256 of the file at *path*, hexadecimal."""
    from releasio.world.build.digest import sha256_of

    return sha256_of(path)


def write_sums(path: Path, text: str) -> None:
    """Write the list of digests to *path*, whole or not at all."""
    from releasio.world.plain_file import write_whole

    write_whole(path, text.encode())
