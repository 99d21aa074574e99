"""A branch on the remote that a forge commits to, for as long as that takes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.rules.forge.forge_url import without_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.running.remote import Remote
    from releasio.world.git.git import Git

PLAIN = "100644"
GONE = "000000"
# what a hook of the user's has to say, it says when the release is pushed
_PUSH = ("push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no")


@frozen
class Changed:
    """
    What a commit does to one path.

    Attributes:
        mode: git's octal digits of what is there afterwards; `GONE`: nothing.
        content: The bytes that git keeps; None: nothing is there afterwards.
    """

    mode: str
    content: bytes | None


def changes_of(git: Git, base: str, commit: str) -> dict[str, Changed]:
    """Return what differs from *base* in *commit*, by path."""
    out = git.process.run(
        "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", base, commit
    ).text
    words = iter(out.split("\0"))
    changes: dict[str, Changed] = {}
    for entry in words:
        if not entry:
            continue
        _, mode, _, blob, _ = entry.split(" ")
        is_file = mode not in {GONE, "160000"}
        content = git.process.run("cat-file", "blob", blob).out if is_file else None
        changes[next(words)] = Changed(mode, content)
    return changes


@frozen
class SigningBranch:
    """
    The branch *name* of *remote*, which nobody else uses.

    Attributes:
        git: Has the commit that the branch begins at.
        remote: Where it is made.
        name: Without `refs/heads/`.
    """

    git: Git
    remote: Remote
    name: str

    @property
    def ref(self) -> str:
        """Its full name."""
        return f"refs/heads/{self.name}"

    @contextmanager
    def at(self, commit: str) -> Iterator[None]:
        """
        Have it name *commit*, whatever a killed run left there, and take it away in the end.

        Raises:
            PushRefused: The remote's rules forbid it.
            RemoteUnreachable: No answer came.
        """
        self._push(f"{commit}:{self.ref}")
        try:
            yield
        finally:
            self._drop()

    def fetch(self, commit: str) -> None:
        """Fetch the *commit* that the forge made on it."""
        self.git.remotes.fetch(self.remote, self.ref)
        if self.git.objects.peel(commit) != commit:
            msg = f"{self.name} was fetched without {commit}"
            raise AssertionError(msg)

    def _drop(self) -> None:
        """Take it away; one that cannot be is in nobody's way, and the next run does."""
        try:
            self._push(f":{self.ref}")
        except ReleasioError:
            return

    def _push(self, refspec: str) -> None:
        name = self.remote.name
        outcome = self.git.process.call(name, *_PUSH, "--force", name, refspec)
        if outcome.status:
            from releasio.rules.running.git_refusal import refused_push

            raise refused_push(name, without_credentials(outcome.text), outcome.err)


def go_on_from(tree: Git, commit: str) -> None:
    """Let the scratch work tree *tree*, which has the files of *commit* already, be at it."""
    tree.process.run("reset", "--soft", commit)
