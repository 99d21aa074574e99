"""Begin with a build before everything is known of it, for its environment takes a while."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from releasio.errors.base import ReleasioError
from releasio.rules.running.plain_file import FILE
from releasio.steps.prepare.open_tree import remove_leftovers
from releasio.world.build.isolated.site import Site
from releasio.world.plain_file import read_plain, what_is

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.world.run import Run
    from releasio.world.world import World

_LARGEST_INDEX = 1 << 20  # bytes: ten thousand files, which are checked out in a second


@contextmanager
def early_build(run: Run, *, hook: str | None) -> Iterator[None]:
    """
    Begin to build the commit that is checked out, while it is found out whether that can be.

    Nothing of it is left where the block does not go on with it. What goes wrong counts for
    nothing: it does again when the build is due. Not begun with is what would take long, and
    what is not built after all: a *hook* does it, or its files are there. The run's lock is held.
    """
    try:
        if not hook:
            with suppress(ReleasioError, OSError, ValueError):
                _begin(run)
        yield
    finally:
        run.close_site()


def _begin(run: Run) -> None:
    world = run.world
    commit = world.git.work_tree.head()
    if commit is None or _takes_long(world) or _is_built(world, commit):
        return
    remove_leftovers(world)
    folder = world.project.resolve().relative_to(world.git.root.resolve()).as_posix()
    run.site = Site(world, commit, "" if folder == "." else folder, name=_name(world))
    run.site.begin()


def _name(world: World) -> str:
    """
    Return what the directory of a build is called, the same for each one here by this Python.

    uv asks every Python at a new path for 40 ms what it is, and remembers that of those it knows.
    """
    facts = (str(world.git.directory), str(Path(sys.executable).resolve()), sys.version)
    return f"{crc32(repr(facts).encode('utf-8', 'surrogateescape')):08x}"


def _takes_long(world: World) -> bool:
    """Tell whether there is much to check out, or more than the repository's own files."""
    index = world.git.own_directory() / "index"
    return index.stat().st_size > _LARGEST_INDEX or (world.git.root / ".gitmodules").exists()


def _is_built(world: World, commit: str) -> bool:
    """Tell whether files of *commit* are there; whether they are whole is seen later."""
    record = world.project / "dist" / "releasio.json"
    return what_is(record) == FILE and commit.encode() in read_plain(record)
