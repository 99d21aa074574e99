"""Make the release commit and its tag object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.errors.git.checkout import NoCommits
from releasio.errors.git.commands import CommitRefused, GitFailed, NoIdentity, SigningFailed
from releasio.frozen import frozen
from releasio.world.git.place import REFS_IN_FILES, Part, object_format
from releasio.world.git.process import failed, without_forge
from releasio.world.plain_file import private_folder, remove

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from releasio.errors.base import ReleasioError
    from releasio.world.git.process import Outcome
    from releasio.world.git.work_tree import WorkTree

_NO_IDENTITY = (
    "please tell me who you are",
    "empty ident",
    "unable to auto-detect email",
    "no email was given",
    "no name was given",
    "no email was found",
)
_NOT_SIGNED = (
    "failed to sign",
    "signing failed",
    "no signing key",
    "user.signingkey",  # ssh, without a key named
    "couldn't get signature",
    "couldn't load public key",  # ssh-keygen, for user.signingKey
)
# a sparse work tree of the user's must not keep files out of the commit
_WHOLE_TREE = ("-c", "core.sparseCheckout=false")
# what is added is converted as git does it; that a file has other line ends then is no danger to it
_ANY_LINE_ENDS = ("-c", "core.safecrlf=false")
_NO_PROGRAMS = ("--no-ext-diff", "--no-textconv")
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")
_TAG_SETTINGS = ("user.", "author.", "committer.", "gpg.", "tag.")


@frozen
class Commits(Part):
    """
    Making objects; no branch of the user's and no tag moves by it.

    Attributes:
        place: The repository.
        work_tree: Knows what is checked out.
    """

    work_tree: WorkTree

    def commit_all(
        self,
        message: str,
        time: datetime | None = None,
        paths: Sequence[str] = (),
        *,
        empty: bool = False,
        is_staged: bool = False,
    ) -> str:
        """
        Commit everything in this work tree that is not ignored, and return the commit's id.

        Identity, signing and the repository's commit hooks are git's own. When
        a hook refuses because it changed files, the commit is tried once more
        with what it changed. Without any change HEAD's id is returned.

        Args:
            message: Taken as it is.
            time: Author's and committer's date; None: now.
            paths: Files that are committed even if an ignore rule matches them.
            empty: Commit also without any change.
            is_staged: `stage_all` did its part, and nothing was written since.

        Raises:
            CommitRefused: A hook said no.
            NoIdentity: git does not know who commits.
            SigningFailed: A signature is asked for and was not made.
        """
        if not is_staged:
            self._stage(paths)
        if empty or self._something_staged():
            options = ("--allow-empty",) if empty else ()
            outcome = self._commit(message, time, *options)
            if outcome.status and self.changed_after_staging():
                self._stage(paths)
                outcome = self._commit(message, time, *options)
            if outcome.status:
                raise _commit_error(outcome)
        head = self.work_tree.head()
        if head is None:
            raise NoCommits
        return head

    def stage_all(self, paths: Sequence[str] = ()) -> str:
        """
        Stage what `commit_all` with the same *paths* commits, and return the id of that tree.

        What hooks change of it shows when it is compared with the commit: see `differing`.
        """
        self._stage(paths)
        return self.process.run("write-tree").text

    def differing(self, tree: str, commit: str) -> list[str]:
        """Return the paths whose content or mode in *commit* is another than in *tree*."""
        outcome = self.process.run("diff-tree", "-r", "--name-only", "-z", tree, commit)
        return [path for path in outcome.text.split("\0") if path]

    def ignore_rules(self, paths: Sequence[str]) -> dict[str, str]:
        """Return which of *paths* git would not add, and the rule: `.gitignore:3: *.md`."""
        args = ("check-ignore", "--verbose", "-z", "--stdin")
        outcome = self.process.ask(*args, feed="".join(f"{path}\0" for path in paths).encode())
        if outcome.status not in {0, 1}:
            raise failed(args, outcome)
        words = outcome.text.split("\0")
        rules = zip(words[0::4], words[1::4], words[2::4], words[3::4], strict=False)
        return {path: f"{file}:{line}: {pattern}" for file, line, pattern, path in rules}

    def knows_author(self) -> bool:
        """Tell whether git knows who makes a commit."""
        settings = self.place.settings()
        return self._is_known("committer", settings) and self._is_known("author", settings)

    def knows_committer(self) -> bool:
        """Tell whether git knows who makes a tag: the committer, without an author beside."""
        return self._is_known("committer", self.place.settings())

    def commit_hooks(self) -> tuple[str, ...]:
        """Return the names of the hooks that git runs when it commits, in the order they run."""
        return tuple(self.place.hooks(*_HOOKS))

    def make_tag(self, name: str, commit: str, message: str, time: datetime | None = None) -> str:
        """
        Make an annotated tag object, signed if `tag.gpgSign` says so, and return its id.

        `refs/tags/` stays as it is; who wants to keep the object gives it a ref.

        Raises:
            NoIdentity: git does not know who tags.
            SigningFailed: A signature is asked for and was not made.
        """
        # `git tag` writes refs/tags/ of its repository, so it gets another one to write to: an
        # empty one that shares nothing with the user's but the objects
        folder = private_folder(self.place.directory / "releasio", "tagging")
        init = ("init", "--quiet", "--bare", "--template=", object_format(commit))
        self.process.run(*init, str(folder), extra=REFS_IN_FILES)
        try:
            self._tag_in(str(folder), name, commit, message, time)
            return folder.joinpath("refs/tags", *name.split("/")).read_text("ascii").strip()
        finally:
            remove(folder)

    def changed_after_staging(self) -> bool:
        """Tell whether files differ from what is staged, or are new."""
        outcome = self.process.run(*_WHOLE_TREE, "status", "--porcelain", "-z")
        entries = [entry for entry in outcome.text.split("\0") if entry]
        return any(entry[1:2] != " " for entry in entries)

    def _is_known(
        self, role: Literal["author", "committer"], settings: Mapping[str, tuple[str, ...]]
    ) -> bool:
        """Tell by environment and *settings* who is *role*; ask git where they do not say all."""
        env, variable = self.process.env, f"GIT_{role.upper()}_"
        words = []
        for field in ("name", "email"):
            values = settings.get(f"{role}.{field}") or settings.get(f"user.{field}", ("",))
            words.append(env.get(f"{variable}{field.upper()}", values[-1]))
        has_date = f"{variable}DATE" in env  # one that git may not understand
        if not has_date and all(any(map(str.isalnum, word)) for word in words):
            return True
        return not self.process.ask("var", f"{variable}IDENT").status

    def _tag_in(
        self, folder: str, name: str, commit: str, message: str, time: datetime | None
    ) -> None:
        settings = ["-c", "core.hooksPath=/dev/null", *self._tag_settings()]
        environment = {
            "GIT_DIR": folder,
            "GIT_OBJECT_DIRECTORY": str(self.place.directory / "objects"),
        }
        tag = (*settings, "tag", "--cleanup=verbatim", "--file=-", name, commit)
        outcome = self.process.ask(*tag, feed=_lines(message), extra={**environment, **dates(time)})
        if outcome.status:
            raise git_error(outcome, "tag")

    def _tag_settings(self) -> list[str]:
        """Return the settings a tag depends on as options: here they may come from anywhere."""
        return [
            word
            for key, values in self.place.settings().items()
            if key.startswith(_TAG_SETTINGS)
            for value in values
            for word in ("-c", f"{key}={value}")
        ]

    def _stage(self, paths: Sequence[str]) -> None:
        add = (*_WHOLE_TREE, *_ANY_LINE_ENDS, "add")
        self.process.run(*add, "--all")
        if paths:
            self.process.run("--literal-pathspecs", *add, "--force", "--", *paths)

    def _something_staged(self) -> bool:
        outcome = self.process.ask("diff", "--cached", "--quiet", *_NO_PROGRAMS)
        if outcome.status not in {0, 1}:
            raise failed(("diff",), outcome)
        return outcome.status == 1

    def _commit(self, message: str, time: datetime | None, *options: str) -> Outcome:
        commit = ("commit", "--quiet", "--cleanup=verbatim", "--file=-")
        args = (*_WHOLE_TREE, *commit, *options)
        # the repository's hooks run, and need no more than git itself does here
        return without_forge(self.process).ask(*args, feed=_lines(message), extra=dates(time))


def _lines(message: str) -> bytes:
    return message.rstrip("\n").encode() + b"\n"


def dates(time: datetime | None) -> dict[str, str]:
    """Return the variables by which git dates what it makes; none: now."""
    if time is None:
        return {}
    stamp = f"{int(time.timestamp())} +0000"
    return {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}


def git_error(outcome: Outcome, kind: str) -> ReleasioError:
    """Return the error for a commit or tag (*kind*) that git could not make."""
    message = _full_message(outcome)
    lowered = message.lower()
    if any(words in lowered for words in _NO_IDENTITY):
        return NoIdentity()
    if any(words in lowered for words in _NOT_SIGNED):
        return SigningFailed(kind, message)
    return GitFailed(kind, outcome.status, message)


def _commit_error(outcome: Outcome) -> ReleasioError:
    """Return the error for a commit that git could not make, or that a hook refused."""
    error = git_error(outcome, "commit")
    message = _full_message(outcome)
    if isinstance(error, GitFailed) and not message.startswith("fatal:"):
        return CommitRefused(message)
    return error


def _full_message(outcome: Outcome) -> str:
    return "\n".join(part for part in (outcome.text.strip(), outcome.err) if part)
