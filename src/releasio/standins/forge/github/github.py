"""GitHub on loopback: `FakeGitHub`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from releasio.standins.clock import machine_clock
from releasio.standins.forge.github.front import Front
from releasio.standins.forge.github.pulls.merging import QUEUE, merge, merge_passing
from releasio.standins.forge.github.pulls.page import settle
from releasio.standins.forge.github.routes import API
from releasio.standins.forge.github.state import Account, Environment, Ruleset
from releasio.standins.forge.github.tokens import JOB, Token, new_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from releasio.standins.forge.github.state import MergeMethod, Pull, Release, Role, Settings
    from releasio.standins.forge.github.tokens import Kind

_REVIEWS = {
    "required_approving_review_count": 0,
    "dismiss_stale_reviews_on_push": False,
    "require_code_owner_review": False,
    "require_last_push_approval": False,
    "required_review_thread_resolution": False,
    "allowed_merge_methods": ["merge", "squash", "rebase"],
}


class FakeGitHub(Front):
    """
    A repository on GitHub, served as a server of one's own: `.url` is its interface.

    What is pushed to *bare_repository* is there, and what the interface changes can be fetched::

        with FakeGitHub(bare, "acme/demo") as github:
            env = {"GITHUB_TOKEN": github.token(), "GITHUB_API_URL": github.url}
            ...  # github.kind = "github", github.api_url = github.url
            assert not github.release("v1.0").draft
            assert "repos/create-release" in [exchange.operation for exchange in github.log]

    `settings` can be changed at any time (`github.settings.immutable_releases = True`), `state`
    has everything; `limits.leave(token, 1)` lets a token have one request left.

    Args:
        bare_repository: A bare git repository that is there; pushes to it are seen.
        slug: Owner and name of the repository.
        clock: Tells the time, aware.
    """

    def __init__(
        self,
        bare_repository: Path,
        slug: str = "acme/demo",
        *,
        clock: Callable[[], datetime] = machine_clock,
    ) -> None:
        super().__init__(bare_repository, slug, clock=clock)
        self.account(self.owner, kind="Organization")
        self.account("ada", emails=("ada@example.org",), name="Ada Tester", role="admin")
        self.account(JOB, kind="Bot")
        self.account(QUEUE, kind="Bot")

    @property
    def url(self) -> str:
        """The address of the interface, without a slash at the end."""
        return self.site + API

    @property
    def settings(self) -> Settings:
        """What the repository's owner has set."""
        return self.state.settings

    def account(
        self,
        login: str,
        *,
        emails: tuple[str, ...] = (),
        name: str = "",
        kind: str = "User",
        role: Role = "none",
    ) -> Account:
        """Open an account, or change it; *kind* is `User`, `Organization` or `Bot`."""
        known = self.state.accounts.get(login.lower())
        number = known.id if known else len(self.state.accounts) + 101
        of_kind = cast("Any", kind)
        account = Account(login=login, id=number, emails=emails, name=name, kind=of_kind, role=role)
        self.state.accounts[login.lower()] = account
        return account

    def token(
        self,
        kind: Kind = "classic",
        *,
        login: str = "ada",
        scopes: tuple[str, ...] = ("repo", "workflow"),
        permissions: Mapping[str, str] | None = None,
    ) -> str:
        """
        Return a new token.

        Args:
            kind: `classic` and `oauth` (of `gh auth login`) have *scopes*, the others
                *permissions*; `job` is a job's own.
            login: Whose it is; a job's belongs to `github-actions[bot]`.
            scopes: `repo`, `public_repo`, `workflow`.
            permissions: `contents`, `pull_requests`, `issues`, `workflows`, `actions`,
                `administration` to `read` or `write`; None: writing for the first five.
        """
        usual = ("contents", "pull_requests", "issues", "workflows", "actions")
        text = new_text(kind, len(self._tokens))
        has_scopes = kind in {"classic", "oauth"}
        self._tokens[text] = Token(
            text,
            kind,
            JOB if kind == "job" else login,
            scopes if has_scopes else (),
            None
            if has_scopes
            else dict.fromkeys(usual, "write")
            if permissions is None
            else permissions,
        )
        return text

    def job_token(self, **permissions: str) -> str:
        """Return a job's own token; `contents="write"` and the like are its `permissions:`."""
        usual = {
            "contents": "write",
            "pull_requests": "write",
            "issues": "write",
            "actions": "write",
        }
        return self.token("job", permissions=permissions or usual)

    def release(self, tag: str) -> Release:
        """
        Return the release of *tag*: the published one, else the oldest draft.

        Raises:
            KeyError: There is none.
        """
        for release in sorted(self.state.releases, key=lambda one: (one.draft, one.id)):
            if release.tag == tag:
                return release
        raise KeyError(tag)

    def environment(self, name: str, **rules: Any) -> Environment:  # noqa: ANN401 -- its fields
        """Make an environment; *rules* are fields of `Environment`."""
        environment = Environment(id=self.hub.number(), name=name, **rules)
        self.state.environments.append(environment)
        return environment

    def protect(
        self,
        *patterns: str,
        target: Literal["branch", "tag"] = "branch",
        bypass: tuple[str, ...] = (),
        **rules: dict[str, Any] | None,
    ) -> Ruleset:
        """
        Make a ruleset: `protect("refs/heads/main", pull_request={...}, required_signatures=None)`.

        Args:
            patterns: Of whole refs, or `~DEFAULT_BRANCH`, or `~ALL`.
            target: What they are refs of.
            bypass: The logins that it is not for.
            rules: By type, with their parameters as GitHub's documentation has them; None: none. Of
                a `pull_request` those that are not named are as they are on a new page.
        """
        number = self.hub.number()
        ruleset = Ruleset(
            id=number,
            name=f"rules {number}",
            target=target,
            patterns=patterns,
            rules={kind: _filled(kind, given) for kind, given in rules.items()},
            bypass=bypass,
        )
        self.state.rulesets.append(ruleset)
        return ruleset

    def pull(self, number: int) -> Pull:
        """
        Return a pull request, as pushes have left it.

        Raises:
            KeyError: There is none.
        """
        with self.lock:
            settle(self.hub)
        for pull in self.state.pulls:
            if pull.number == number:
                return pull
        raise KeyError(number)

    def merge(
        self,
        number: int,
        how: Literal["merge", "squash", "rebase", "queue"] = "merge",
        *,
        by: str = "ada",
        queued_as: MergeMethod = "merge",
    ) -> str:
        """
        Merge a pull request as GitHub does, and return the commit that its base names then.

        Titles and messages are GitHub's, by the `settings`. What a queue merges is merged by
        `github-merge-queue[bot]`, *queued_as* the queue has it.

        Raises:
            CannotMerge: It is closed, conflicts, is a draft, or `settings` do not allow it.
        """
        method = queued_as if how == "queue" else how
        with self.lock:
            login = QUEUE if how == "queue" else by
            return merge(self.hub, self.pull(number), method, by=login)

    def pass_checks(self) -> None:
        """Let every required check pass, and merge what waited for that."""
        with self.lock:
            self.settings.checks_pending = False
            merge_passing(self.hub)


def _filled(kind: str, parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    return {**_REVIEWS, **(parameters or {})} if kind == "pull_request" else parameters
