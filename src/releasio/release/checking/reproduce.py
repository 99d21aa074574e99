"""Build twice, and compare."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.files.reproducible import NotReproducible
from releasio.frozen import replace
from releasio.release.plans.build import artefacts_of
from releasio.release.reading.gather import gather
from releasio.release.release import as_it_is
from releasio.rules.bump.request import Request
from releasio.steps.build.build import Build
from releasio.world.build.differences import differences
from releasio.world.build.digest import sha256_of
from releasio.world.lock import exclusive
from releasio.world.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.config.reading.load import Settings
    from releasio.rules.contents.differences import Differences
    from releasio.steps.build.artefacts import Artefacts
    from releasio.world.world import World

APART = 2.0  # seconds; the clock in zip files ticks no faster


@dataclass(frozen=True)
class Twice:
    """
    One file of two builds.

    Attributes:
        name: Its name.
        sha256: Of the first and of the second; None: that build has no such file.
        differences: How they differ; None: not at all, or there is but one.
    """

    name: str
    sha256: tuple[str | None, str | None]
    differences: Differences | None = None

    @property
    def same(self) -> bool:
        """Whether both builds gave the same bytes."""
        return self.sha256[0] == self.sha256[1]

    @property
    def causes(self) -> frozenset[str]:
        """In which ways they differ; `name` for a file that only one build has."""
        if self.same:
            return frozenset()
        return self.differences.causes if self.differences else frozenset({"name"})

    def __str__(self) -> str:
        if self.differences:
            return str(self.differences)
        ordinal = "first" if self.sha256[0] else "second"
        return "the same bytes" if self.same else f"only the {ordinal} build made it"


def build_twice(
    world: World, settings: Settings, built: Sequence[Path] | None = None
) -> tuple[Twice, ...]:
    """
    Build the commit that is checked out in two folders, and compare the files.

    The folders are temporary; nothing is kept.

    Args:
        world: Where.
        settings: The settings in force.
        built: The files of the first build, when there was one just now.

    Raises:
        AnotherRun: Another process is at it in this repository.
        ReleasioError: It cannot be built.
    """
    with (
        exclusive(world.state / "lock"),
        tempfile.TemporaryDirectory(prefix="releasio-twice-", ignore_cleanup_errors=True) as folder,
    ):
        facts = gather(world, settings, Request(), deciding=False)
        artefacts = artefacts_of(
            facts, as_it_is(facts, facts.package(), facts.repository.head), None
        )
        first_build = _build(world, artefacts, Path(folder, "first")) if built is None else built
        world.sleep(APART)
        return compare_builds(first_build, _build(world, artefacts, Path(folder, "second")))


def _build(world: World, artefacts: Artefacts, folder: Path) -> Sequence[Path]:
    folder.mkdir()
    temporary_artefacts = replace(artefacts, out=folder / "dist", staging=folder / "staging")
    Build(temporary_artefacts).apply(world, Run(world))
    return temporary_artefacts.kept(world).staged()


def compare_builds(first: Sequence[Path], second: Sequence[Path]) -> tuple[Twice, ...]:
    """Compare the files of two builds, by name."""
    first_files, second_files = ({path.name: path for path in paths} for paths in (first, second))
    return tuple(
        _twice(name, first_files.get(name), second_files.get(name))
        for name in sorted({*first_files, *second_files})
    )


def _twice(name: str, first: Path | None, second: Path | None) -> Twice:
    hashes = (sha256_of(first) if first else None, sha256_of(second) if second else None)
    return Twice(name, hashes, differences(first, second) if first and second else None)


def raise_differing(files: Sequence[Twice]) -> None:
    """
    Raise what differs; nothing, if nothing does.

    Raises:
        NotReproducible: With all files and members.
    """
    differing_files = {file.name: str(file) for file in files if not file.same}
    if differing_files:
        raise NotReproducible(differing_files, {cause for file in files for cause in file.causes})
