"""What commits, trees and tags say."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from releasio.rules.running.plain_file import FILE, FOLDER, SUBMODULE, folders_of, link_to, obstacle
from releasio.world.git.place import Part, is_whole_id
from releasio.world.git.process import failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NOT_THERE = 128
_LINK = "a link"
_KINDS = {0o04: FOLDER, 0o10: FILE, 0o12: _LINK}  # by the first digits of a mode, as in git

_Tree = dict[str, tuple[str, str]]  # what has each name, and its id


class Objects(Part):
    """Reading single objects of the repository."""

    def peel(self, name: str) -> str | None:
        """Return the commit that *name* (a ref, an id) stands for; None if there is none."""
        args = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return self.process.ask(*args).text or None

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Tell whether *newer* is *older* or contains it; what is not here is in nothing else."""
        ancestry = self.place.ancestry
        if older == newer or (older, newer) in ancestry:
            return True
        if (newer, older) in ancestry:  # no commit is in one that it contains
            return False
        outcome = self.process.ask("merge-base", "--is-ancestor", older, newer)
        if outcome.status not in {0, 1, _NOT_THERE}:
            raise failed(("merge-base",), outcome)
        is_inside = outcome.status == 0
        # a no may become a yes, where a clone gets the history that it lacks
        if is_inside and is_whole_id(older) and is_whole_id(newer):
            ancestry.add((older, newer))
        return is_inside

    def was_amended(self, commit: str) -> bool:
        """Tell whether *commit* was committed again after its first time: amended or rebased."""
        format_ = "--format=%an %ae %at%n%cn %ce %ct"
        show = ("show", "--no-patch", "--no-show-signature", format_, "--end-of-options", commit)
        author, committer = self.process.run(*show).text.split("\n", 1)
        return author != committer

    def tag_message(self, name: str) -> str:
        """Return an annotated tag's message without signature; empty for any other tag or none."""
        return self.message_behind(f"refs/tags/{name}")

    def message_behind(self, wanted_ref: str) -> str:
        """Return what `tag_message` does, for the tag object that a ref, given in full, names."""
        fields = "%(refname)%00%(objecttype)%00%(contents:subject)%00%(contents:body)%00"
        outcome = self.process.run("for-each-ref", f"--format={fields}", wanted_ref)
        text = outcome.out.decode("utf-8", "replace")
        ref, kind, subject, body, *_ = [*text.split("\0"), *[""] * 4]
        if ref != wanted_ref or kind != "tag":
            return ""
        return f"{subject}\n\n{body}".strip("\n")

    def tag_object_message(self, object_id: str) -> str:
        """Return the message of the tag object *object_id*, signature and all; empty for others."""
        outcome = self.process.ask("cat-file", "tag", object_id)
        if outcome.status:
            return ""
        return outcome.out.decode("utf-8", "replace").partition("\n\n")[2]

    def list_files(self, commit: str, folder: str = "") -> tuple[str, ...]:
        """Return the paths of all files below *folder* at *commit*, relative to the root."""
        args = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--"]
        outcome = self.process.run("--literal-pathspecs", *args, *([folder] if folder else []))
        return tuple(path for path in outcome.text.split("\0") if path)

    def came_and_went(
        self, old: str, new: str, folders: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return which files below *folders* came between two commits, and which went."""
        diff = ("diff-tree", "-r", "-z", "--name-status", "--no-renames", "--diff-filter=AD")
        outcome = self.process.run("--literal-pathspecs", *diff, old, new, "--", *folders)
        words = outcome.text.split("\0")
        entries = list(zip(words[0::2], words[1::2], strict=False))
        return (
            tuple(path for kind, path in entries if kind == "A"),
            tuple(path for kind, path in entries if kind == "D"),
        )

    def folders(self, commit: str, parents: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the names of the folders in each of *parents* (empty: the root) at *commit*."""
        trees = self._trees(commit, parents)
        return {
            parent: tuple(
                name for name, (kind, _) in trees.get(parent, {}).items() if kind == FOLDER
            )
            for parent in parents
        }

    def obstacles(self, commit: str, paths: Sequence[str]) -> dict[str, str]:
        """
        Return why those of *paths* that are no plain files at *commit* cannot be written.

        Raises:
            GitFailed: The repository lacks the commit, or its files.
        """
        if not paths:
            return {}
        trees = self._trees(commit, [_split(path)[0] for path in paths])
        if "" not in trees:
            self.process.run("ls-tree", "--full-tree", commit)  # it says what is missing

        def what_is(path: str) -> str | None:
            folder, name = _split(path)
            kind, object_id = trees.get(folder, {}).get(name, (None, ""))
            if kind == _LINK:
                return link_to(self.process.run("cat-file", "blob", object_id).text)
            return kind

        reasons = {path: obstacle(path, what_is) for path in paths}
        return {path: reason for path, reason in reasons.items() if reason}

    def _trees(self, commit: str, folders: Iterable[str]) -> dict[str, _Tree]:
        """Return what those of *folders* and those around them hold that there are."""
        wanted_folders = {part for path in folders if path for part in (*folders_of(path), path)}
        trees: dict[str, _Tree] = {}
        for _, same_depth in groupby(sorted({"", *wanted_folders}, key=_depth), _depth):
            ids: dict[str, str] = {}
            for path in same_depth:
                folder, name = _split(path)
                inside = trees.get(folder, {}).get(name, ("", ""))
                kind, object_id = inside if path else (FOLDER, f"{commit}:")
                if kind == FOLDER:
                    ids[path] = object_id
            answers = self.place.contents(list(ids.values())) if ids else []
            for path, answer in zip(ids, answers, strict=True):
                if (tree := _tree(answer)) is not None:
                    trees[path] = tree
        return trees

    def read_file(self, commit: str, path: str) -> bytes | None:
        """Return the bytes a checkout of *commit* has at *path*; None if there is no such file."""
        outcome = self.process.ask("cat-file", "--filters", f"{commit}:{path}")
        if not outcome.status:
            return outcome.out
        if self.process.ask("rev-parse", "--verify", "--quiet", f"{commit}:{path}").status:
            return None
        raise failed(("cat-file",), outcome)

    def mapped(self, people: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
        """Return names and addresses by those that `.mailmap` replaces, of *people*."""
        asked = list(dict.fromkeys(people))
        lines = "".join(f"{name} <{email}>\n" for name, email in asked)
        outcome = (
            self.process.ask("check-mailmap", "--stdin", feed=lines.encode()) if asked else None
        )
        if outcome is None or outcome.status:  # a git that knows no --stdin, or no such person
            return {}
        answers = (line.rpartition("<") for line in outcome.text.splitlines())
        named = [(name.rstrip(), email.removesuffix(">")) for name, _, email in answers]
        if len(named) != len(asked):
            return {}
        return {old: new for old, new in zip(asked, named, strict=True) if old != new}

    def read_files(self, commit: str, paths: Sequence[str]) -> dict[str, bytes | None]:
        """
        Return what `read_file` returns for each of *paths*, from one git process.

        The bytes are those of a checkout: with the line ends that
        `.gitattributes` and `core.autocrlf` ask for.
        """
        contents = self.read_all([(commit, path) for path in paths])
        return {path: contents[commit, path] for path in paths}

    def read_all(self, names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes | None]:
        """Return what `read_file` returns for each pair of a commit and a path, likewise."""
        # a line names the object and, after white space, the path whose attributes apply
        plain = [name for name in names if not any(letter.isspace() for letter in name[1])]
        requests = [f"{commit}:{path} {path}" for commit, path in plain]
        answers = self.place.contents(requests) if requests else []
        contents = {name: _content(answer) for name, answer in zip(plain, answers, strict=True)}
        return {n: contents[n] if n in contents else self.read_file(*n) for n in names}


def _split(path: str) -> tuple[str, str]:
    """Return the folder of *path*, empty for the root, and the name in it."""
    folder, _, name = path.rpartition("/")
    return folder, name


def _depth(path: str) -> int:
    return path.count("/") + bool(path)


def _tree(answer: bytes) -> _Tree | None:
    """
    Return the entries of a tree: each has a mode, a name and an id of always the same size.

    `None`: the answer has no tree.
    """
    head, _, content = answer.partition(b"\n")
    own_id, _, kind_and_size = head.partition(b" ")
    if not kind_and_size.startswith(b"tree "):
        return None
    entries: _Tree = {}
    at, width = 0, len(own_id) // 2
    while at < len(content) - 1:  # a line end comes last
        end = content.index(b"\0", at)
        mode, _, name = content[at:end].partition(b" ")
        at = end + 1 + width
        object_id = content[end + 1 : at].hex()
        kind = _KINDS.get(int(mode, 8) >> 12, SUBMODULE)  # old tools wrote a zero in front
        entries[name.decode("utf-8", "surrogateescape")] = kind, object_id
    return entries


def _content(answer: bytes) -> bytes | None:
    head, _, content = answer.partition(b"\n")
    return content.removesuffix(b"\n") if b" blob " in head else None
