"""Which files a release on the forge has: distributions, their attestations, and the users' own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.base import raise_all
from releasio.frozen import frozen
from releasio.rules.identity.attested import kept_name
from releasio.world.attached_files import digest_of, matching_files, write_sums

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.index.registry import Registry
    from releasio.world.world import World

SUMS = "SHA256SUMS"


class Attachment(NamedTuple):
    """
    A file to attach.

    Attributes:
        name: As it is called there.
        path: Where it lies.
        sha256: Hexadecimal.
        vouches: It only says something of the others, and another of its kind is as good.
    """

    name: str
    path: Path
    sha256: str
    vouches: bool = False


@frozen
class Attachments:
    """
    The files of one release.

    Attributes:
        tag: The release's tag.
        files: What was built; None in a preview before the build, and where nothing is built.
        folder: Where that lies; None likewise.
        registries: The indexes whose attestations go along, where this clone has them.
        patterns: What the project attaches besides, relative to its folder.
        sums: Whether `SHA256SUMS` is attached.
        named: The names of the distributions, where the tag is public already and tells them.
    """

    tag: str
    files: tuple[BuiltFile, ...] | None
    folder: Path | None
    registries: tuple[Registry, ...] = ()
    patterns: tuple[str, ...] = ()
    sums: bool = True
    named: frozenset[str] | None = None

    def foreseen_names(self, world: World) -> frozenset[str]:
        """Return the names that are known before the build, without attestations."""
        names = {*(self.named or ()), *(file.name for file in self.read(world))}
        return frozenset(names | {SUMS} if names and self.sums else names)

    def read(self, world: World) -> tuple[Attachment, ...]:
        """
        Return them, `SHA256SUMS` last; nothing is written yet.

        Raises:
            AssetsClash: Two files of the project's own would have one name.
        """
        summed_files = self._summed_files(world)
        sums = [self._sums(world, summed_files)] if self.sums and summed_files else []
        return (*summed_files, *self._attestations(world), *sums)

    def write_sums(self, world: World) -> None:
        """Write `SHA256SUMS` to where `read` says that it lies."""
        write_sums(self._sums_path(world), _text_of_sums(self._summed_files(world)))

    def _summed_files(self, world: World) -> list[Attachment]:
        distributions = [*self._distributions()]
        taken_names = {file.name for file in (*distributions, *self._attestations(world))}
        if self.sums:
            taken_names.add(SUMS)
        return sorted([*distributions, *self._own_files(world, taken_names)])

    def left_out(self, world: World) -> Iterator[str]:
        """Yield, for each pattern that names no file and each file that is empty, why it lacks."""
        for pattern in self.patterns:
            paths = matching_files(world.project, pattern)
            if not paths:
                source = f"{pattern} (github.release_assets)"
                yield f"no file matches {source}: nothing of it is attached"
            for path in filter(_is_empty, paths):
                name = path.relative_to(world.project).as_posix()
                yield f"{name} is empty (github.release_assets): no release takes such a file"

    def _distributions(self) -> Iterator[Attachment]:
        for file in self.files or ():
            if self.folder is not None:
                yield Attachment(file.name, self.folder / file.name, file.sha256)

    def _own_files(self, world: World, taken_names: set[str]) -> Iterator[Attachment]:
        """Yield what the patterns name; a file of ours comes before one by its name."""
        paths = {
            path: asset_name(path.name)
            for pattern in self.patterns
            for path in matching_files(world.project, pattern)
            if not _is_empty(path)
        }
        names = {name: [path for path in paths if paths[path] == name] for name in paths.values()}
        from releasio.errors.forge.release import AssetsClash

        raise_all(
            [
                AssetsClash(name, [path.relative_to(world.project).as_posix() for path in same])
                for name, same in names.items()
                if same[1:] and name not in taken_names
            ]
        )
        for name, (path, *_) in names.items():
            if name not in taken_names:
                yield Attachment(name, path, digest_of(path))

    def _attestations(self, world: World) -> Iterator[Attachment]:
        """Yield the attestations that are kept here, of the last index that has them."""
        from releasio.world.sigstore.attestation_folder import AttestationFolder

        for file in self.files or ():
            for registry in reversed(self.registries):
                kept = AttestationFolder.of(world.state, self.tag, registry)
                if file.name in kept:
                    path = kept.folder / kept_name(file.name)
                    yield Attachment(path.name, path, digest_of(path), vouches=True)
                    break

    def _sums(self, world: World, files: list[Attachment]) -> Attachment:
        from hashlib import sha256  # 3 ms, and only who talks to a forge comes here

        text = _text_of_sums(files)
        digest = sha256(text.encode()).hexdigest()
        return Attachment(SUMS, self._sums_path(world), digest, vouches=True)

    def _sums_path(self, world: World) -> Path:
        from releasio.world.build.dist_folder import dist_folder_of

        return dist_folder_of(world.state, self.tag).with_name(SUMS)


def asset_name(name: str) -> str:
    """
    Return *name* as it is attached: with one dot for whatever GitHub replaces between two words.

    Source: https://docs.github.com/rest/releases/assets#upload-a-release-asset
    """
    return re.sub(r"[^A-Za-z0-9_+-]+", ".", name).strip(".") or "file"


def _is_empty(path: Path) -> bool:
    """Whether GitHub would refuse it: `Bad Content-Length: 0`."""
    return path.stat().st_size == 0


def _text_of_sums(files: list[Attachment]) -> str:
    """Return what `sha256sum --check` reads."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files)
