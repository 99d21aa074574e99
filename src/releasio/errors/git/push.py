"""What keeps branch and tag of a release from being pushed."""

from __future__ import annotations

from datetime import UTC, datetime

from releasio.errors.base import DISAGREES, ReleasioError
from releasio.text.command_line import quoted


class TagTaken(ReleasioError):
    """
    The tag of this release already names another commit.

    A tag that others may have fetched is never moved. Either the version was
    released before, or an earlier attempt left the tag.
    """

    code = "tag-taken"
    exit_code = DISAGREES

    def __init__(self, tag: str, *, found: str, wanted: str | None) -> None:
        mine = (
            f"this release is {wanted[:8]}" if wanted else "this release makes a commit of its own"
        )
        super().__init__(
            f"tag {tag} points at {found[:8]}, but {mine}",
            hint=f"If {tag} was never published, delete it (git tag -d {quoted(tag)}; "
            f"git push --delete origin {quoted(tag)}); else release the next version with "
            "--version.",
        )


class TagNameBlocked(ReleasioError):
    """
    A tag whose name begins with another tag's name and a slash is in the way.

    git keeps tags like files and directories, so `v1.0.0` and `v1.0.0/old`
    cannot both exist. Nothing was pushed.
    """

    code = "tag-name-blocked"
    exit_code = DISAGREES

    def __init__(self, tag: str, other: str) -> None:
        super().__init__(
            f"tag {tag} cannot be made beside tag {other}",
            hint=f"If {other} was never published, delete it: git tag -d {quoted(other)}; else "
            "choose another version.tag_prefix.",
        )


class BranchMoved(ReleasioError):
    """
    The branch on the remote has commits that are not here.

    The release would have to overwrite or skip them. Nothing was pushed.
    """

    code = "branch-moved"
    exit_code = DISAGREES

    def __init__(self, branch: str, remote: str, *, found: str) -> None:
        at = f" ({found[:8]})" if found else ""
        super().__init__(
            f"{branch} on {remote}{at} has commits that are not in this clone",
            hint=f"git pull --rebase {quoted(remote)} {quoted(branch)}, then run again.",
        )


class NoRemote(ReleasioError):
    """
    The repository has no remote to push the release to.

    The push of branch and tag is the moment a release becomes public, and the
    tag on the remote is what keeps two runs apart.
    """

    code = "no-remote"
    exit_code = DISAGREES

    def __init__(self) -> None:
        super().__init__(
            "this repository has no remote to push the release to",
            hint="git remote add origin URL; of several, choose one: git config remote.pushDefault "
            "NAME; or try everything without one: releasio rehearse",
        )


class PushRaced(ReleasioError):
    """
    Somebody else changed a branch or tag of the remote in the meantime.

    The push was sent with the values the remote had, and these are no longer
    true. Nothing was pushed: branch and tag go together or not at all.
    """

    code = "push-raced"
    exit_code = DISAGREES

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"{ref} changed on the remote in the meantime; nothing was pushed",
            hint="git fetch, look at what is new, and run again.",
        )
        self.ref = ref


class PushRefused(ReleasioError):
    """
    The remote's rules forbid the push.

    Branch or tag protection, a repository rule or a hook on the server said
    no. Nothing was pushed: branch and tag go together or not at all.
    """

    code = "push-refused"
    exit_code = DISAGREES

    def __init__(self, remote: str, said: str, *, remedy: str) -> None:
        super().__init__(f"{remote} refuses the push; nothing was pushed:\n{said}", hint=remedy)


class ReleasedElsewhere(ReleasioError):
    """
    Another run released this version from the same commit, and was faster.

    Of two runs that start at the same time the remote takes one tag. The other
    run ends before it uploads anything, unless the index still lacks files of that
    release when it begins: then it finishes it. There is nothing to repair; the
    exit code is 0.
    """

    code = "released-elsewhere"
    exit_code = 0

    def __init__(self, tag: str, *, commit: str, author: str, time: int) -> None:
        self.tag = tag
        when = datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M UTC")
        super().__init__(
            f"{tag} was released by another run: commit {commit[:8]} by {author}, {when}",
            hint="Nothing was pushed or uploaded from here. To follow: git pull --tags",
        )
