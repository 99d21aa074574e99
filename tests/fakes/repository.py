"""A real git repository in a temporary directory, with short words for what tests do to it."""

from __future__ import annotations

import os
import subprocess  # real git, as users have it
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

START = 1_700_000_000  # commits are one minute apart from here: history is the same in every run


class Repository:
    """A work tree and its git."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.minutes = 0  # how many commands were run: what the next one is dated by

    @classmethod
    def create(cls, path: Path, *, bare: bool = False) -> Repository:
        path.mkdir(parents=True)
        made = cls(path)
        made.git("init", "--quiet", *(["--bare"] if bare else []), "--initial-branch=main")
        return made

    def git(self, *args: str, check: bool = True, input: str | None = None) -> str:  # noqa: A002
        """Run git here and return what it printed, without the last newline."""
        self.minutes += 1
        date = f"{START + 60 * self.minutes} +0000"
        done = subprocess.run(
            ["git", *args],
            cwd=self.path,
            env={**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date},
            input=input,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if check and done.returncode:
            msg = f"git {' '.join(args)} exited {done.returncode}: {done.stderr}"
            raise AssertionError(msg)
        return done.stdout.removesuffix("\n")

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def read(self, name: str) -> str:
        return (self.path / name).read_bytes().decode()

    def commit(self, message: str, **files: str) -> str:
        """Commit everything in the tree (and *files*, name to text); an empty commit is fine."""
        for name, text in files.items():
            self.write(name, text)
        self.git("add", "--all")
        self.git(
            "commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "-F", "-", input=message
        )
        return self.head

    def tag(self, name: str, *, annotated: bool = True) -> None:
        self.git("tag", *(["-a", "-m", f"Release {name}"] if annotated else []), name)

    def squash(self, subject: str, tag: str, *, annotated: bool = True, **files: str) -> str:
        """Tag a branch that changes *files*, merge it as one commit, and delete it."""
        branch = self.git("branch", "--show-current")
        self.git("switch", "--quiet", "-c", "to-squash")
        self.commit("wip", **dict.fromkeys(files, "not yet\n"))
        self.commit("more", **files)
        self.tag(tag, annotated=annotated)
        self.git("switch", "--quiet", branch)
        self.git("merge", "--quiet", "--squash", "to-squash")
        self.git("branch", "--quiet", "-D", "to-squash")
        return self.commit(subject)

    @property
    def head(self) -> str:
        folder = self.path / ".git"
        try:  # what every commit asks for is read without a process
            text = (folder / "HEAD").read_text(encoding="utf-8").rstrip()
            ref = text.removeprefix("ref: ")
            commit = text if ref == text else (folder / ref).read_text(encoding="utf-8").rstrip()
        except OSError:  # packed, or kept elsewhere
            return self.git("rev-parse", "HEAD")
        self.minutes += 1
        return commit

    def clone(self, path: Path, *options: str) -> Repository:
        subprocess.run(
            ["git", "clone", "--quiet", *options, self.path.as_uri(), str(path)],
            check=True,
            capture_output=True,
        )
        return Repository(path)

    def add_remote(self, path: Path) -> Repository:
        """Make a bare repository the `origin` of this one and push everything to it."""
        remote = Repository.create(path, bare=True)
        self.git("remote", "add", "origin", str(path))
        self.git("push", "--quiet", "--set-upstream", "origin", "main", "--tags")
        return remote
