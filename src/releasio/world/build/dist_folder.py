"""The folder a release's built files are kept in, with the record that vouches for them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from releasio.errors.files.distribution import RecordMissing
from releasio.frozen import frozen
from releasio.rules.contents.record import RECORD_NAME, BuiltFile, Record
from releasio.rules.running.plain_file import FOLDER
from releasio.world.build.digest import sha256_of
from releasio.world.parallel import of_each
from releasio.world.plain_file import move, own_folder, read_plain, remove, what_is, write_whole

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

DISTRIBUTIONS = (".whl", ".tar.gz")


@frozen
class DistFolder:
    """
    Built distributions and their record, `releasio.json`.

    New files are built into `staging` and moved in only after they were checked;
    the record comes last. So a folder with a valid record is complete, and one
    without is as good as empty.

    Attributes:
        folder: Where the finished files are.
        aside: Where files wait until they are accepted: a folder that is emptied, so never one in
            somebody's work tree; `None`: beside the folder.
    """

    folder: Path
    aside: Path | None = None

    @property
    def staging(self) -> Path:
        """Where a build puts its files until they are accepted."""
        return self.aside or self.folder.with_name(f".{self.folder.name}.staging")

    def empty_staging(self, *, but: Container[str] = ()) -> Path:
        """
        Make the staging folder anew, with nothing left in it *but* these files; return it.

        Raises:
            LinkInTheWay: It is a link.
        """
        staging = own_folder(self.staging)
        for path in staging.iterdir():
            if path.name not in but or what_is(path) == FOLDER:
                remove(path)
        return staging

    def fetched(self, digests: Mapping[str, str]) -> frozenset[str]:
        """Return which files of *digests*, name to sha256, lie in the staging folder."""
        return frozenset(
            path.name
            for path in self.staged()
            if path.name in digests and sha256_of(path) == digests[path.name]
        )

    def staged(self) -> tuple[Path, ...]:
        """Return the distributions in the staging folder, by name."""
        if not self.staging.is_dir():
            return ()
        return tuple(sorted(p for p in self.staging.iterdir() if p.name.endswith(DISTRIBUTIONS)))

    def accept(self, *, project: str, version: str, tag: str, commit: str, epoch: int) -> Record:
        """
        Move the staged files in and write the record.

        Only this version's own files of an earlier build are replaced; what
        else lies in the folder is not touched, and never uploaded.

        Raises:
            LinkInTheWay: The folder is a link.
        """
        staged = self.staged()
        record = record_of(
            staged, project=project, version=version, tag=tag, commit=commit, epoch=epoch
        )
        own_folder(self.folder)
        (self.folder / RECORD_NAME).unlink(missing_ok=True)
        for path in staged:
            move(path, self.folder / path.name)
        write_whole(self.folder / RECORD_NAME, record.to_json().encode())
        shutil.rmtree(self.staging, ignore_errors=True)
        return record

    def record(self, name: str = RECORD_NAME) -> Record:
        """
        Read the record, or that of a part called *name*, and compare it with the files there.

        Files that are not recorded are none of its business.

        Raises:
            RecordMissing: There is none.
            RecordInvalid: It is not one of ours.
            RecordDisagrees: A file is missing or has other content.
        """
        path = self.folder / name
        try:
            text = read_plain(path).decode("utf-8", "replace")
        except FileNotFoundError:
            raise RecordMissing(str(self.folder)) from None
        record = Record.from_json(text, str(path))
        paths = [self.folder / file.name for file in record.files]
        files = of_each(built_file, [path for path in paths if path.is_file()])
        record.compare(files, str(self.folder))
        return record

    def matches(self, commit: str, version: str, digests: Mapping[str, str] | None = None) -> bool:
        """
        Tell whether the folder holds, intact, what was built of *commit* as *version*.

        With *digests*, file name to sha256 as a public tag says, it must be these files.
        """
        from releasio.errors.base import ReleasioError

        try:
            record = self.record()
        except ReleasioError:
            return False
        expected = dict(digests) if digests else record.digests
        return (record.commit, record.version, record.digests) == (commit, version, expected)


def dist_folder_of(state: Path, tag: str) -> Path:
    """Return where the files of *tag* are kept beside the journal; a tag may have slashes."""
    return state / tag.replace("/", "%2F") / "dist"


def built_file(path: Path) -> BuiltFile:
    """Read what a record says of the file at *path*."""
    return BuiltFile(path.name, path.stat().st_size, sha256_of(path))


def record_of(
    paths: Sequence[Path], *, project: str, version: str, tag: str, commit: str, epoch: int
) -> Record:
    """Read the files at *paths* and return their record."""
    files = sorted(of_each(built_file, paths), key=lambda file: file.name)
    return Record(project, version, tag, commit, epoch, tuple(files))
