"""What a git remote means by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.git.commands import (
    RemoteAuthFailed,
    RemoteNotFound,
    RemoteReadOnly,
    RemoteUnreachable,
)
from releasio.errors.git.push import PrePushHookFailed, PushRaced, PushRefused
from releasio.rules.running.push_rules import ways_on

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError

_NO_ACCESS = (
    "authentication failed",
    "could not read username",
    "could not read password",
    "terminal prompts disabled",
    "permission denied",
    "invalid username or",
    "invalid credentials",
    "access denied",
    "support for password authentication was removed",
    "returned error: 401",
    "returned error: 403",
    "host key verification failed",
    "write access to repository not granted",
    "permission to ",
    "you are not allowed to push code",
    "you are not allowed to upload code",
    "does not have write access",
    "by ci/cd job token not allowed",
    "organization has enabled or enforced saml sso",
    "ip allow list",
    "marked as read only",
)
_NOT_FOUND = (
    "repository not found",
    "does not appear to be a git repository",
    "the project you were looking for could not be found",
    "returned error: 404",
    "' not found",
    "was moved to",
)
# a lease that no longer holds, or a ref that was taken between the look and the lock
_RACED = (
    "stale info",
    "non-fast-forward",
    "fetch first",
    "needs force",
    "already exists",
    "failed to update ref",
    "cannot lock ref",
    "incorrect old value",
    "reference already exists",
)
# the connection broke: the remote may have done what it was asked to
_BROKEN = ("disconnect", "hung up", "connection reset", "broken pipe", "early eof", "rpc failed")
# said of the refs that are only refused because another one is
_BYSTANDER = ("atomic push fail", "atomic transaction fail")
# nobody's credential helps
_READ_ONLY = (
    "archived so it is read-only",
    "is archived",
    "read-only gitlab instance",
    "temporarily read-only",
    "mirror repository is read-only",
)
_UPGRADE = "Branch and tag must go together: the server needs git 2.4 or newer."
_WRITE_KEY = "Give the deploy key the right to write, or push with another one."
_GITLAB_JOB = (
    "Allow Git push requests to the repository in Settings > CI/CD > Job token permissions, or "
    "push with a project access token that has the scope write_repository and a role that may."
)
# why a credential that is good otherwise is not taken; what is not here, the error itself says
_ACCESS = {
    "saml sso": "Authorize the token or key for the organization (Configure SSO, beside it).",
    "ip allow list": "The organization lets only addresses in that it lists: run at one of them.",
    "marked as read only": _WRITE_KEY,
    "deploy key does not have write access": _WRITE_KEY,
    "not allowed to upload code": _GITLAB_JOB,
    "not allowed to push code": _GITLAB_JOB,
    "not allowed from": _GITLAB_JOB,
}
_PUSH_ENDED = "error: failed to push some refs"
_OF_GIT = ("fatal:", "error:", "send-pack:", "remote:")


def refused_call(remote: str, stderr: str) -> ReleasioError:
    """Return what is wrong when git could not talk to *remote*, from what it wrote to *stderr*."""
    lowered = stderr.lower()
    reason = _reason(stderr)
    if any(words in lowered for words in _READ_ONLY):
        return RemoteReadOnly(remote, reason)
    if any(words in lowered for words in _NOT_FOUND):
        return RemoteNotFound(remote, reason)
    if any(words in lowered for words in _NO_ACCESS):
        hint = next((remedy for words, remedy in _ACCESS.items() if words in lowered), "")
        return RemoteAuthFailed(remote, reason, hint=hint)
    return RemoteUnreachable(remote, reason)


def refused_push(remote: str, answer: str, stderr: str, *, hook: str = "") -> ReleasioError:
    """
    Return why a push to *remote* failed.

    Args:
        remote: Its name.
        answer: What `git push --porcelain` wrote: one line per ref, and what a hook wrote.
        stderr: What git, a hook and, after `remote:`, the server wrote beside it.
        hook: The path of this clone's `pre-push` hook; empty: no hook was run.
    """
    rejected = _rejected(answer)
    if not rejected:
        if hook and _ends_with_hook(stderr):
            lines = [line for line in stderr.splitlines() if not line.startswith(_PUSH_ENDED)]
            return PrePushHookFailed(remote, hook, [*answer.splitlines(), *lines])
        return _refused_outright(remote, stderr)
    # those that are only refused because another one is tell nothing, unless there are no others
    telling_refs = [
        r for r in rejected if not any(words in r[1] for words in _BYSTANDER)
    ] or rejected
    for ref, summary in telling_refs:
        if any(words in f"{summary} {_line_about(ref, stderr)}".lower() for words in _RACED):
            return PushRaced(ref)
    text = "\n".join(
        [*_server_lines(stderr), *(f"{ref}: {summary}" for ref, summary in telling_refs)]
    )
    return PushRefused(remote, text, hint=ways_on(text))


def _ends_with_hook(stderr: str) -> bool:
    """
    Whether the hook ended the push: git says no more then than that it failed.

    Before the hook runs git has talked to the server, so what sounds like a login or an address
    is the hook's own; of a connection that breaks after it git has a line.
    """
    lines = stderr.splitlines()
    is_cut_off = any(
        words in line.lower() for line in lines if line.startswith(_OF_GIT) for words in _BROKEN
    )
    has_ended = bool(lines) and lines[-1].startswith(_PUSH_ENDED)
    return has_ended and not is_cut_off and "--atomic" not in stderr


def _refused_outright(remote: str, stderr: str) -> ReleasioError:
    """No ref was even tried: the server or the way to it is the reason."""
    if "--atomic" in stderr:
        return PushRefused(remote, _reason(stderr), hint=_UPGRADE)
    return refused_call(remote, stderr)


def _rejected(answer: str) -> list[tuple[str, str]]:
    """Return ref and reason of each one that was refused."""
    lines = (line.split("\t") for line in answer.splitlines() if line.startswith("!"))
    return [(parts[1].partition(":")[2], parts[2]) for parts in lines if parts[2:]]


def _line_about(ref: str, stderr: str) -> str:
    return next((line for line in stderr.splitlines() if f"'{ref}'" in line), "")


def _server_lines(stderr: str) -> list[str]:
    lines = (
        line.removeprefix("remote:").strip() for line in stderr.splitlines() if "remote:" in line
    )
    return [line for line in lines if line]


def _reason(stderr: str) -> str:
    """Return the line that tells most: the server's, else git's first complaint."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    server = _server_lines(stderr)
    if server:
        return "; ".join(server)
    complaints = [line for line in lines if line.startswith(("fatal:", "error:", "ssh:"))]
    own = [line for line in lines if not line.startswith(("warning:", "hint:"))]
    line = (complaints or own or lines or ["it said nothing"])[0]
    return line.removeprefix("fatal: ").removeprefix("error: ")
