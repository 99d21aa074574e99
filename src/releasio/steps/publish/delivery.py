"""Which files go to which index, and which of them it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import raise_all
from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from releasio.errors.index.release import FileDiffers
    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile
    from releasio.world.world import World


@frozen
class Delivery:
    """
    The files of one version, and the index they belong on.

    Attributes:
        registry: Where to.
        project: The project's name.
        version: In PEP 440 normal form.
        files: What was built; `None` in a preview before the build.
        folder: Where the files lie; `None` likewise.
        named: File name to sha256 as the tag says, when the tag is public already.
        check_existing: Ask before the build whether the version is free.
        tag: The release's tag; empty: it has none.
        staging: It is looked at there before it goes on to the index it is for.
    """

    registry: Registry
    project: str
    version: str
    files: tuple[BuiltFile, ...] | None = None
    folder: Path | None = None
    named: Mapping[str, str] | None = None
    check_existing: bool = True
    tag: str = ""
    staging: bool = False

    def on_index(self, world: World) -> dict[str, IndexFile]:
        """Return what the index has of this version, by file name."""
        files = world.index(self.registry).files(self.project, self.version) or ()
        return {file.name: file for file in files}

    def missing(self, world: World) -> tuple[BuiltFile, ...]:
        """
        Return the files the index lacks.

        Raises:
            NotAsTagged: What was built is not what the public tag names.
            FileDiffers: The index has a file of that name with other bytes.
            Problems: Several are not what they should be.
        """
        if self.files is None:
            return ()
        index_files = self.on_index(world)
        self._compare_with_tag(index_files)
        index = world.index(self.registry)
        errors: list[FileDiffers] = []
        for file in self.files:
            if file.name not in index_files:
                continue
            index_hash = index.sha256_of(index_files[file.name])
            if index_hash != file.sha256:
                # a download each; one file shows how builds come out differently
                difference = "" if errors else self._difference(world, index_files[file.name])
                name, expected = file.name, file.sha256
                error = self.differs(name, expected=expected, actual=index_hash, how=difference)
                errors.append(error)
        raise_all(errors)
        return tuple(file for file in self.files if file.name not in index_files)

    def differs(self, name: str, *, expected: str, actual: str, **details: str) -> FileDiffers:
        """Return the error for a file that the index has with other bytes."""
        from releasio.errors.index.release import FileDiffers
        from releasio.rules.index.advice import command_after

        registry, version = self.registry.name, self.version
        details["command"] = command_after(version)
        return FileDiffers(name, registry, here=expected, there=actual, version=version, **details)

    def _difference(self, world: World, index_file: IndexFile) -> str:
        """Say in what the file here differs from *index_file*."""
        from releasio.world.index.aside import how_it_differs

        if self.folder is None:
            return ""
        return how_it_differs(world.index(self.registry), index_file, self.folder)

    def _compare_with_tag(self, index_files: Container[str]) -> None:
        """What the public tag names, and nothing else, is here or on the index already."""
        if not self.named:
            return
        hashes = {file.name: file.sha256 for file in self.files or ()}
        tag_hashes = self.named
        missing_names = {name for name in tag_hashes if name not in index_files}
        from releasio.errors.index.release import NotAsTagged
        from releasio.rules.index.advice import command_after

        command = command_after(self.version)
        raise_all(
            [
                NotAsTagged(
                    name, here=hashes.get(name), tagged=tag_hashes.get(name), command=command
                )
                for name in sorted({*hashes, *missing_names})
                if hashes.get(name) != tag_hashes.get(name)
            ]
        )
