"""Tokens of GitHub: their kinds, what they may do, and how it says that they may not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from releasio.standins.forge.github.answers import Refused, refuse
from releasio.standins.forge.github.state import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Request

    from releasio.standins.forge.github.state import Role, State

Kind = Literal["classic", "oauth", "fine-grained", "job", "app"]
PREFIXES: dict[Kind, str] = {
    "classic": "ghp_",
    "oauth": "gho_",
    "fine-grained": "github_pat_",
    "job": "ghs_",
    "app": "ghs_",
}
JOB = "github-actions[bot]"  # who a job's own token belongs to
_BY_OTHERS = {  # where a token has permissions of its own
    "fine-grained": "Resource not accessible by personal access token",
    "job": "Resource not accessible by integration",
    "app": "Resource not accessible by integration",
}
_LEVELS = ("none", "read", "write", "admin")
# what a member of each role may do by the interface, in the words of permissions
_TRIAGE = {"issues", "pull_requests"}  # labels and assignees need no more than this role


@dataclass(frozen=True)
class Token:
    """
    A token.

    Attributes:
        text: What is sent.
        kind: What sort it is.
        login: Whose it is.
        scopes: Of a classic one.
        permissions: Of all others: name with `_` to `read`, `write` or `admin`.
    """

    text: str
    kind: Kind
    login: str
    scopes: tuple[str, ...] = ()
    permissions: Mapping[str, str] | None = None

    @property
    def has_scopes(self) -> bool:
        """Whether it has scopes instead of permissions."""
        return self.kind in {"classic", "oauth"}


def new_text(kind: Kind, number: int) -> str:
    """Return the text of a new token, the same one in every run."""
    digest = hashlib.sha256(f"{kind} {number}".encode()).hexdigest()
    return PREFIXES[kind] + digest[:36]


def sent_token(request: Request, tokens: Mapping[str, Token]) -> Token | None:
    """
    Return the token that came with *request*; None: none did.

    Raises:
        Refused: Nobody has given out such a token.
    """
    header = request.headers.get("Authorization", "")
    scheme, _, text = header.partition(" ")
    if not header:
        return None
    token = tokens.get(text.strip()) if scheme.lower() in {"bearer", "token"} else None
    if token is None:
        raise refuse(401, "Bad credentials")
    return token


def demand(
    state: State, token: Token | None, permission: str, level: Literal["read", "write", "admin"]
) -> None:
    """
    Return if *token* has *permission* to that *level*.

    Raises:
        Refused: It has not; as GitHub says it, which hides what one may not see.
    """
    public = not state.settings.private
    if token is None:
        if public and level == "read" and permission != "administration":
            return
        raise refuse(401, "Requires authentication") if public else refuse(404, "Not Found")
    if not token.has_scopes:
        permissions = token.permissions or {}
        granted = permissions.get(permission, "read" if permission == "metadata" else "none")
        if _LEVELS.index(granted) >= _LEVELS.index(level):
            _demand_role(state, token, permission, level)
            return
        if public and level == "read" and permission in {"contents", "pull_requests", "issues"}:
            return  # anybody may read these
        accepted = {"X-Accepted-GitHub-Permissions": f"{permission}={level}"}
        raise Refused(403, {"message": _BY_OTHERS[token.kind]}, accepted)
    scopes = {"repo"} if state.settings.private else {"repo", "public_repo"}
    if level != "read" and not scopes & set(token.scopes):
        raise refuse(404, "Not Found")
    _demand_role(state, token, permission, level)


def _demand_role(state: State, token: Token, permission: str, level: str) -> None:
    """Look at what the owner of *token* may do, beyond which no token goes."""
    if token.kind in {"job", "app"}:
        return
    role = state.account(token.login).role
    if role == "none" and state.settings.private:
        raise refuse(404, "Not Found")
    if level == "read" and permission != "administration":
        return
    wanted: Role = "admin" if permission == "administration" else "write"
    if permission in _TRIAGE and token.has_scopes:
        wanted = "triage"
    if ROLES.index(role) < ROLES.index(wanted):
        raise (
            refuse(404, "Not Found")
            if token.has_scopes
            else refuse(403, "Must have admin rights to Repository.")
        )


def permissions_of(state: State, token: Token | None) -> dict[str, bool]:
    """Return what `permissions` of the repository says to *token*."""
    if token is None:
        role: Role = "read"
    elif token.kind in {"job", "app"}:
        role = "none"  # an application is no collaborator; what it may do is not told
    else:
        role = state.account(token.login).role
    rank = ROLES.index(role)
    names = {
        "admin": "admin",
        "maintain": "maintain",
        "push": "write",
        "triage": "triage",
        "pull": "read",
    }
    return {name: rank >= ROLES.index(least) for name, least in names.items()}
