"""Attach files to a release on the forge, and compare by digest what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.base import ReleasioError, raise_all
from releasio.errors.forge.answers import ForgeRefused
from releasio.errors.forge.release import AssetDiffers, AssetsClash
from releasio.frozen import frozen
from releasio.steps.forge.access import not_asked
from releasio.steps.forge.page import may_be_replaced
from releasio.steps.step import Blocked, Done, Omitted, State, Todo
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.forge.release import Asset, ForgeRelease
    from releasio.steps.forge.attachments import Attachment, Attachments
    from releasio.steps.forge.page import Page
    from releasio.world.forge.forge import Forge
    from releasio.world.run import Run
    from releasio.world.world import World


class _Comparison(NamedTuple):
    """What a release has of the files: which lack, which are in the way, which differ."""

    missing: list[Attachment]
    outdated: list[Asset]  # cut off, or of a draft of ours: another takes its place
    different: list[AssetDiffers]


@frozen
class Attach:
    """
    Attach the files that the release on the forge lacks.

    Attributes:
        page: The release on its forge.
        attachments: Its files.
    """

    page: Page
    attachments: Attachments

    def __str__(self) -> str:
        return f"attach the files of {self.page.tag} on {self.page.place.name}"

    def probe(self, world: World) -> State:
        """Compare names and digests with what is there."""
        try:
            files = self.attachments.read(world)
        except AssetsClash as error:
            return Blocked(error)
        if world.offline:
            return Todo(not_asked(self.page.place))
        try:
            release = self.page.look_up(world)
            if release is None:
                return Todo(self._remark(len(files)))
            if self.attachments.files is None:
                return self._foreseen_state(release, self.attachments.foreseen_names(world))
            comparison = self._compare(self.page.forge(world), release, files)
        except ReleasioError as error:  # what is public already must not wait for it
            return Todo(str(error))
        return self._state(release, comparison, len(files))

    def _foreseen_state(self, release: ForgeRelease, names: frozenset[str]) -> State:
        """Compare names alone: what has no file yet has no digest."""
        missing_names = names - {asset.name for asset in release.assets if asset.complete}
        if self.attachments.named is None:
            return Todo(self._remark(len(names)))
        if missing_names:
            return Todo(f"{len(missing_names)} of {len(names)} files are left")
        return Done("files of all names are there")

    def _remark(self, count: int) -> str:
        if self.attachments.files is None:
            return f"{count} besides those that are built" if count else ""
        return f"{count} {'file' if count == 1 else 'files'}"

    def _state(self, release: ForgeRelease, comparison: _Comparison, count: int) -> State:
        missing_names = [file.name for file in comparison.missing]
        if comparison.different:
            return Todo(str(comparison.different[0]))
        if not missing_names:
            return Done("every file is there with the same sha256")
        if release.immutable:
            return Omitted(f"it is immutable, and goes without {listed(missing_names)}")
        return Todo(f"{len(missing_names)} of {count} files are left")

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Upload what lacks; one that was cut off, and those of a draft of ours, anew.

        Raises:
            AssetDiffers: A published release has other bytes by that name.
            ReleasioError: The forge did not answer, or refused; running again does the rest.
            Problems: Several files were refused, each for a reason of its own.
        """
        release, forge = self.page.ensure(world, run), self.page.forge(world)
        self.attachments.write_sums(world)
        comparison = self._compare(forge, release, self.attachments.read(world))
        raise_all(comparison.different)
        if comparison.missing and release.immutable:
            names = [file.name for file in comparison.missing]
            sentence = f"{self.page.tag} on {self.page.place.name} is immutable"
            run.afterwards.append(f"{sentence}: it goes without {listed(names)}")
            return Omitted(f"it is immutable, and goes without {listed(names)}")
        run.afterwards.extend(self.attachments.left_out(world))
        for asset in comparison.outdated:
            forge.delete_asset(release, asset)
        self._upload(world, forge, release, comparison.missing)
        return None

    def _upload(
        self, world: World, forge: Forge, release: ForgeRelease, files: Sequence[Attachment]
    ) -> None:
        """Upload *files*; one that is refused does not hold up the others."""
        world.screen.expect({file.name: file.path.stat().st_size for file in files})
        errors: list[ReleasioError] = []
        for file in files:
            try:
                forge.upload_asset(release, file.path, file.name)
            except ForgeRefused as error:
                if not self._has(forge, file):  # another run may have been faster
                    errors.append(error)
            else:
                world.screen.line(f"{file.name} is attached")
        raise_all(errors)

    def _has(self, forge: Forge, file: Attachment) -> bool:
        release = forge.release(self.page.tag)
        return release is not None and not self._compare(forge, release, [file]).missing

    def _compare(
        self, forge: Forge, release: ForgeRelease, files: Sequence[Attachment]
    ) -> _Comparison:
        assets = {asset.name: asset for asset in release.assets}
        comparison = _Comparison([], [], [])
        for file in files:
            asset = assets.get(file.name)
            if asset is None:
                comparison.missing.append(file)
                continue
            digest = forge.sha256_of(asset) if asset.complete else ""
            if digest == file.sha256:
                continue
            if not asset.complete or may_be_replaced(release):
                comparison.outdated.append(asset)
                comparison.missing.append(file)
            elif not file.vouches:
                comparison.different.append(self._differs(file, digest, release))
        return comparison

    def _differs(self, file: Attachment, digest: str, release: ForgeRelease) -> AssetDiffers:
        return AssetDiffers(
            file.name,
            self.page.tag,
            self.page.place.name,
            here=file.sha256,
            there=digest,
            page=release.url,
        )
