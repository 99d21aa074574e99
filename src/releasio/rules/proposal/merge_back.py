"""The pull request that brings a release back to another branch."""

from __future__ import annotations

from releasio.rules.forge.pull_request import PullRequestText
from releasio.text.command_line import quoted
from releasio.text.pattern import pattern

LABELS = ("merge-back",)
_TICKS = pattern(r"`+")


def merge_back(tag: str, source: str | None, base: str, remote: str) -> PullRequestText:
    """
    Return what brings the release *tag* to the branch *base*.

    It comes from a branch of its own: the one that was released may be protected, goes on, and
    need not take the commits that resolve conflicts.

    Args:
        tag: The release's tag.
        source: The branch it was released from; `None`: not known.
        base: The branch that is to have it.
        remote: What a clone calls the repository, usually.
    """
    head = f"releasio/merge-back-{tag}"
    came_from = f" from {_code(source)}" if source else ""
    release, branch = _code(tag), _code(base)
    # each paragraph is one line: forges break lines of a description where they end
    aim = (
        f"{release} was released{came_from}. This brings it to {branch}: its version, its "
        f"changelog, and all else that {branch} lacks of it."
    )
    method = (
        f"**Merge it with a merge commit.** After a squash or a rebase {branch} does not descend "
        f"from {release}, and the next release brings the same changes once more."
    )
    conflicts = (
        "Where both branches changed the same lines, such as the version, resolve it here or in a "
        "clone:"
    )
    end = (
        f"The branch {_code(head)} is only for this pull request; delete it afterwards. If "
        f"{branch} is to do without the release, close this: it is not opened again."
    )
    body = "\n\n".join((aim, method, conflicts, _commands(head, base, remote), end))
    title = f"chore: merge {tag} back into {base}"
    return PullRequestText(title, f"{body}\n", head=head, base=base)


def _commands(head: str, base: str, remote: str) -> str:
    """Return what resolves conflicts in a clone, as a block of code."""
    lines = (
        f"git fetch {quoted(remote, windows=False)}",
        f"git switch {quoted(head, windows=False)}",
        f"git merge {quoted(f'{remote}/{base}', windows=False)}",
        "# resolve the conflicts and commit, then",
        f"git push {quoted(remote, windows=False)} {quoted(head, windows=False)}",
    )
    return "\n".join(("```shell", *lines, "```"))


def _code(name: str) -> str:
    """Return *name* as code in Markdown; backticks may be part of it."""
    longest = max(map(len, _TICKS.findall(name)), default=0)
    ticks = "`" * (longest + 1)
    return f"{ticks} {name} {ticks}" if longest else f"`{name}`"
