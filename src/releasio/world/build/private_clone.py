"""A scratch work tree that becomes a repository of its own, for whoever builds in it."""

from __future__ import annotations

import os
from pathlib import Path

from releasio.world.git.place import Part, object_format

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
_LOOKS = r"^(core\.(autocrlf|eol)|filter\..*)$"


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
        registered = Path(inner.run("rev-parse", "--absolute-git-dir").text)
        settings = self.process.ask("config", "-z", "--get-regexp", _LOOKS).text.split("\0")
        (tree / ".git").unlink()
        inner.run("init", "--quiet", "--template=", object_format(commit))
        git_folder = tree / ".git"
        objects = (self.place.directory / "objects").as_posix()
        (git_folder / "objects" / "info").mkdir(exist_ok=True)
        (git_folder / "objects" / "info" / "alternates").write_bytes(os.fsencode(f"{objects}\n"))
        import shutil  # 2 ms, and only builds come here

        # with its time stamps, by which git knows that no file has changed since
        shutil.copy2(registered / "index", git_folder / "index")
        if (self.place.directory / "shallow").is_file():
            shutil.copy2(self.place.directory / "shallow", git_folder / "shallow")
        for key, _, value in (entry.partition("\n") for entry in settings if entry):
            inner.run("config", "--local", "--add", key, value)
        inner.run(*_QUIET, "update-ref", "--no-deref", "HEAD", commit)
        date = {"GIT_COMMITTER_DATE": f"{epoch} +0000"}
        message = f"--message=Release {tag}"
        inner.run(*_QUIET, "tag", "--annotate", message, tag, commit, extra=_NOBODY | date)
