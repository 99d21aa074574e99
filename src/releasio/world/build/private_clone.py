"""A scratch work tree that becomes a repository of its own, for whoever builds in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from releasio.text.pattern import pattern
from releasio.world.git.place import REFS_IN_FILES, Part, object_format

if TYPE_CHECKING:
    from pathlib import Path

_QUIET = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "tag.gpgSign=false"),
    *("-c", "tag.forceSignAnnotated=false"),
)
_NOBODY = {
    f"GIT_COMMITTER_{what}": value
    for what, value in (("NAME", "releasio"), ("EMAIL", "releasio@localhost"))
}
# without these git would call files changed that are not: line ends, and filters such as LFS
_LOOKS = pattern(r"(core\.(autocrlf|eol)|filter\..*)$")


class PrivateClone(Part):
    """Parting a work tree from the user's repository."""

    def part_with(self, tree: Path, commit: str, tag: str, epoch: int) -> None:
        """
        Make *tree*, a scratch work tree at *commit*, a repository of its own.

        Backends such as Meson and setuptools-scm ask git for files and version. They
        find *commit* checked out with its history, and one tag, *tag*, of which only
        they know. The user's repository is not to be reached through it: neither its
        settings, where a token may be, nor its refs, nor a remote; objects are only read. Its
        registration stays, so that `ScratchTrees` know it.

        Args:
            tree: The top of the work tree.
            commit: All its digits.
            tag: The release's tag, which need not exist.
            epoch: Seconds since 1970 that the tag is dated with, so that two builds see the same.
        """
        inner = self.place.at(tree).process
        registered = self.place.at(tree).own_directory()
        (tree / ".git").unlink()
        inner.run("init", "--quiet", "--template=", object_format(commit), extra=REFS_IN_FILES)
        git_folder = tree / ".git"
        objects = (self.place.directory / "objects").as_posix()
        (git_folder / "objects" / "info").mkdir(exist_ok=True)
        (git_folder / "objects" / "info" / "alternates").write_bytes(os.fsencode(f"{objects}\n"))
        import shutil  # 2 ms, and only builds come here

        # with its time stamps, by which git knows that no file has changed since
        shutil.copy2(registered / "index", git_folder / "index")
        if (self.place.directory / "shallow").is_file():
            shutil.copy2(self.place.directory / "shallow", git_folder / "shallow")
        for key, values in self.place.settings().items():
            for value in values if _LOOKS.match(key) else ():
                inner.run("config", "--local", "--add", key, value)
        # https://git-scm.com/docs/gitrepository-layout: so it is checked out without a branch
        (git_folder / "HEAD").write_bytes(f"{commit}\n".encode())
        date = {"GIT_COMMITTER_DATE": f"{epoch} +0000"}
        message = f"--message=Release {tag}"
        inner.run(*_QUIET, "tag", "--annotate", message, tag, commit, extra=_NOBODY | date)
