"""A bare repository: what a forge reads of it, and the commits that a forge makes in it."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NULL = "0" * 40  # where a ref is not
_FIELDS = "%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B%x00%x00"
_COUNT = 10  # parts of a commit in that format


@dataclass(frozen=True)
class Person:
    """Who wrote or committed something."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Commit:
    """A commit; `message` as a whole, moments in ISO 8601."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Person
    authored: str
    committer: Person
    committed: str
    message: str

    @property
    def subject(self) -> str:
        """Its first line."""
        return self.message.partition("\n")[0]

    @property
    def body(self) -> str:
        """What follows the subject."""
        return self.message.partition("\n")[2].strip()


class GitRefused(Exception):
    """A command of git's failed; the text is what it said."""


class BareRepository:
    """
    The repository in *folder*; a push to it and a change made here see the same refs.

    Git is run by GitPython, with the settings of nobody but the repository.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> bytes:
        """
        Return what a git command says.

        Raises:
            GitRefused: It failed.
        """
        from git import Git, GitCommandError

        settings = {
            "GIT_DIR": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **(env or {}),
        }
        with tempfile.TemporaryFile() as input_file:
            input_file.write(stdin)
            input_file.seek(0)
            try:
                return Git(str(self.folder)).execute(
                    ["git", *arguments],
                    istream=input_file,
                    env=settings,
                    stdout_as_string=False,
                    strip_newline_in_stdout=False,
                )
            except GitCommandError as error:
                raise GitRefused(error.stderr or str(error)) from error

    def line(
        self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> str:
        """Return the one line that a git command says."""
        return self.run(*arguments, stdin=stdin, env=env).decode().strip()

    # refs

    @property
    def default_branch(self) -> str:
        """The branch that `HEAD` names."""
        head = (self.folder / "HEAD").read_text(encoding="utf-8")
        return head.strip().removeprefix("ref: refs/heads/")

    def refs(self, prefix: str = "refs/") -> dict[str, str]:
        """Return what every ref below *prefix* names; a ref itself is below itself."""
        output = self.run("for-each-ref", "--format=%(objectname) %(refname)", prefix).decode()
        return {name: oid for oid, _, name in (line.partition(" ") for line in output.splitlines())}

    def ref(self, name: str) -> str | None:
        """Return what the ref *name* (whole) names; None: there is none."""
        return self.refs(name).get(name)

    def commit_of(self, name: str) -> str | None:
        """Return the commit that a ref, tag, branch or id names, tags peeled; None: none."""
        try:
            return self.line("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except GitRefused:
            return None

    def kind_of(self, oid: str) -> str | None:
        """Return whether *oid* is a `commit`, `tag`, `tree` or `blob`; None: it is not there."""
        try:
            return self.line("cat-file", "-t", oid)
        except GitRefused:
            return None

    def set_ref(self, name: str, oid: str, old: str | None = None) -> None:
        """
        Let the ref *name* name *oid*.

        Args:
            name: As a whole: `refs/heads/main`.
            oid: An object that is there.
            old: What it must name before; `NULL`: it must not be there; None: anything.

        Raises:
            GitRefused: It names something else, or its name is none.
        """
        self.run("update-ref", name, oid, *([] if old is None else [old]))

    def delete_ref(self, name: str) -> None:
        """Remove the ref *name*."""
        self.run("update-ref", "-d", name)

    # objects

    def commit(self, oid: str) -> Commit:
        """Return the commit *oid*."""
        return next(self.log("--no-walk", oid))

    def log(self, *arguments: str) -> Iterator[Commit]:
        """Yield the commits that `git log` with these arguments has, the newest first."""
        output = self.run("log", f"--format={_FIELDS}", *arguments).decode("utf-8", "replace")
        for entry in output.split("\x00\x00\n"):
            parts = entry.split("\x00", _COUNT - 1)
            if len(parts) == _COUNT:
                oid, tree, parents, *people, message = parts
                author, mail, authored, committer, committer_mail, committed = people
                yield Commit(
                    id=oid,
                    tree=tree,
                    parents=tuple(parents.split()),
                    author=Person(author, mail),
                    authored=authored,
                    committer=Person(committer, committer_mail),
                    committed=committed,
                    message=message.rstrip("\x00").rstrip("\n"),
                )

    def is_ancestor(self, ancestor: str, descendant: str) -> bool:
        """Tell whether *descendant* comes after *ancestor*, or is it."""
        return self.line("merge-base", ancestor, descendant) == self.commit_of(ancestor)

    def tree_with(self, base: str, files: Mapping[str, bytes | None]) -> str:
        """Return the tree of *base* with other *files*; None as contents: without that one."""
        with tempfile.TemporaryDirectory() as folder:
            env = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self.run("read-tree", base, env=env)
            lines = []
            for path, contents in files.items():
                if contents is None:
                    lines.append(f"0 {NULL}\t{path}\n")
                else:
                    blob = self.line("hash-object", "-w", "--stdin", stdin=contents)
                    lines.append(f"{self._mode(base, path)} {blob}\t{path}\n")
            self.run("update-index", "--index-info", stdin="".join(lines).encode(), env=env)
            return self.line("write-tree", env=env)

    def _mode(self, base: str, path: str) -> str:
        """Return the mode of a file, which a change of its contents leaves as it is."""
        entry = self.line("ls-tree", base, "--", path)
        return entry.split()[0] if entry else "100644"

    def merged_tree(self, ours: str, theirs: str) -> str | None:
        """Return the tree of *ours* with the changes of *theirs*; None: a conflict."""
        try:
            return self.line("merge-tree", "--write-tree", ours, theirs)
        except GitRefused:
            return None

    def write_commit(
        self,
        *,
        tree: str,
        parents: Sequence[str],
        message: str,
        author: Person,
        committer: Person,
        moment: datetime,
        authored: str = "",
        signature: str = "",
    ) -> str:
        """
        Return a new commit, which no ref names yet.

        Args:
            tree: What it has.
            parents: What it comes after.
            message: Subject, blank line, body.
            author: Who wrote it.
            committer: Who made the commit.
            moment: When that was, aware.
            authored: When it was written, ISO 8601; empty: at *moment*.
            signature: Goes into the header that git has for signatures; empty: none.
        """
        written = datetime.fromisoformat(authored) if authored else moment
        lines = [
            f"tree {tree}",
            *(f"parent {parent}" for parent in parents),
            f"author {author.name} <{author.email}> {_stamp(written)}",
            f"committer {committer.name} <{committer.email}> {_stamp(moment)}",
        ]
        if signature:
            lines.append("gpgsig " + signature.strip("\n").replace("\n", "\n "))
        text = "\n".join(lines) + f"\n\n{message.rstrip()}\n"
        return self.line("hash-object", "-t", "commit", "-w", "--stdin", stdin=text.encode())


def _stamp(moment: datetime) -> str:
    zone = moment.astimezone(UTC) if moment.tzinfo is None else moment
    return f"{int(zone.timestamp())} {zone:%z}"
