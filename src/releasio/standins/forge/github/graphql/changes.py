"""What can be changed on GitHub by GraphQL."""

from __future__ import annotations

import base64
import binascii
from functools import partial
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.bare import GitRefused, Person
from releasio.standins.forge.github.answers import Refused
from releasio.standins.forge.github.graphql.objects import (
    FORBIDDEN,
    NOT_FOUND,
    STALE_DATA,
    UNPROCESSABLE,
    Wrong,
    commit,
)
from releasio.standins.forge.github.tokens import demand

if TYPE_CHECKING:
    from releasio.standins.forge.github.graphql.objects import Node
    from releasio.standins.forge.github.hub import Asked
    from releasio.standins.forge.github.state import Account

GITHUB = Person("GitHub", "noreply@github.com")  # commits for people, and signs
SIGNATURE = (
    "-----BEGIN PGP SIGNATURE-----\n\nof the stand-in for GitHub\n-----END PGP SIGNATURE-----"
)
_WORKFLOWS = ".github/workflows/"


def root(asked: Asked) -> Node:
    """Return what a mutation begins with."""
    return {
        "__typename": "Mutation",
        "createCommitOnBranch": partial(_create_commit, asked),
    }


def _create_commit(asked: Asked, input: dict[str, Any]) -> Node:  # noqa: A002 -- GitHub's name
    demand_right(asked, "contents")
    hub, expected = asked.hub, input["expectedHeadOid"]
    name = f"refs/heads/{branch_of(asked, input['branch'])}"
    if hub.git.ref(name) != expected:
        message = f'Expected branch to point to "{expected}" but it did not.  Pull and try again.'
        raise Wrong(STALE_DATA, message)
    files = _files(asked, input.get("fileChanges") or {})
    message = input["message"]
    oid = hub.git.write_commit(
        tree=hub.git.tree_with(expected, files),
        parents=[expected],
        message=f"{message['headline']}\n\n{message.get('body') or ''}".rstrip(),
        author=person(hub.state.account(asked.login)),
        committer=GITHUB,
        moment=hub.clock(),
        signature=SIGNATURE,
    )
    try:
        hub.git.set_ref(name, oid, expected)
    except GitRefused as error:
        raise Wrong(UNPROCESSABLE, str(error)) from error
    hub.state.verified.add(oid)
    return {"__typename": "CreateCommitOnBranchPayload", "commit": commit(hub, oid)}


def branch_of(asked: Asked, branch: dict[str, Any]) -> str:
    """
    Return the name of the branch that *branch* describes.

    Raises:
        Wrong: It is not there, or of another repository.
    """
    slug = branch.get("repositoryNameWithOwner", "")
    name = str(branch.get("branchName", "")).removeprefix("refs/heads/")
    if slug.lower() != asked.hub.addresses.slug.lower():
        raise Wrong(NOT_FOUND, f"Could not resolve to a Repository with the name '{slug}'.")
    if asked.hub.git.ref(f"refs/heads/{name}") is None:
        raise Wrong(NOT_FOUND, f"The branch '{name}' does not exist.")
    return name


def _files(asked: Asked, changes: dict[str, Any]) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {}
    for addition in changes.get("additions") or ():
        try:
            files[addition["path"]] = base64.b64decode(addition["contents"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise Wrong(UNPROCESSABLE, f"contents of {addition['path']} are no base64") from error
    files |= {deletion["path"]: None for deletion in changes.get("deletions") or ()}
    if any(path.startswith(_WORKFLOWS) for path in files) and not _may_change_workflows(asked):
        refused = next(path for path in files if path.startswith(_WORKFLOWS))
        message = f"refusing to allow this token to create or update workflow `{refused}`"
        raise Wrong(FORBIDDEN, f"{message} without `workflows` permission")
    return files


def _may_change_workflows(asked: Asked) -> bool:
    token = asked.token
    if token is None or token.kind == "job":
        return False
    if token.has_scopes:
        return "workflow" in token.scopes
    return (token.permissions or {}).get("workflows") == "write"


def demand_right(asked: Asked, permission: str) -> None:
    """
    Return if the sender may write what *permission* is about.

    Raises:
        Wrong: It may not.
    """
    try:
        demand(asked.hub.state, asked.token, permission, "write")
    except Refused as error:
        words = str(error)
        message = f"{asked.login} does not have the correct permissions to do this"
        raise Wrong(FORBIDDEN, words if "accessible" in words else message) from error


def person(account: Account) -> Person:
    """Return whom commits name that GitHub makes for *account*."""
    hidden = f"{account.id}+{account.login}@users.noreply.github.com"
    return Person(account.name or account.login, account.emails[0] if account.emails else hidden)
