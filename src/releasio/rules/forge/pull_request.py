"""Pull requests: what one shall be, and what one is. GitLab calls them merge requests."""

from __future__ import annotations

from typing import Literal

from releasio.frozen import frozen

State = Literal["open", "closed", "merged"]
MergeMethod = Literal["merge", "squash", "rebase"]


@frozen
class PullRequestText:
    """
    What a pull request shall say.

    Attributes:
        title: The heading.
        body: The description, Markdown.
        head: The branch that is to be merged, in the same repository.
        base: The branch it is to be merged into.
        draft: Whether it is opened as one.
    """

    title: str
    body: str
    head: str
    base: str
    draft: bool = False


@frozen
class PullRequest:
    """
    A pull request as the forge has it.

    Attributes:
        number: Its number in the repository.
        title: The heading.
        body: The description; empty: there is none.
        head: The branch that is to be merged.
        head_commit: What that branch names, or named in the end.
        base: The branch it is to be merged into.
        state: Whether it is open.
        url: Its web page.
        labels: The names of its labels.
        draft: Whether it is one.
        merge_commit: The commit it came to the base with; None: it is not merged.
        id: What the forge knows it by, where that is not its number.
    """

    number: int
    title: str
    body: str
    head: str
    head_commit: str
    base: str
    state: State
    url: str
    labels: tuple[str, ...] = ()
    draft: bool = False
    merge_commit: str | None = None
    id: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{'!' if '/merge_requests/' in self.url else '#'}{self.number}"


@frozen
class CommitOrigin:
    """
    What a forge knows of a commit: who made it, and with which pull request it came.

    Attributes:
        login: Of the author; None: the address belongs to no account.
        co_logins: Of those its trailers name, by address; only proven ones.
        is_bot: Whether the author is an application.
        number: Of the pull request; None: it came without one.
        title: Of the pull request.
        labels: Of the pull request.
        url: Of the pull request.
    """

    login: str | None = None
    co_logins: tuple[tuple[str, str], ...] = ()
    is_bot: bool = False
    number: int | None = None
    title: str = ""
    labels: tuple[str, ...] = ()
    url: str = ""
