"""Which trusted publisher an identity token of the GitHub kind belongs to."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from releasio.standins.publishing.publishers import NoPublisher, look_up, require, require_one_of
from releasio.standins.store import Identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.standins.publishing.publishers import Known

NAME = "github"
_REQUIRED = (
    "repository",
    "repository_owner",
    "repository_owner_id",
    "job_workflow_ref",
    "ref",
    "sha",
    "event_name",
    "jti",
)
_NO_FILE = "Could not job extract workflow filename from OIDC claims"
_WRONG_OWNER = "Check failed for required claim 'repository_owner'"
_FOREIGN_CODE = "Publishing from a workflow invoked via 'pull_request_target' is not supported."
_NO_COMMIT = "The ref and sha claims are empty"
_WORKFLOW_FILE = re.compile(r"([^/]+\.ya?ml)(?=@)")


def owner_id(owner: str) -> str:
    """Return the number this world knows *owner* by: the same for issuer and index."""
    return str(zlib.crc32(owner.encode()))


def identity(
    repository: str, workflow: str, environment: str | None, owner_number: str | None = None
) -> Identity:
    """Return what is stored when somebody registers *repository* (`owner/name`)."""
    owner, _, name = repository.partition("/")
    return Identity(
        provider=NAME,
        owner=owner,
        owner_id=owner_number or owner_id(owner),
        repository=name,
        workflow=workflow,
        environment=(environment or "").lower(),
    )


def match(claims: Mapping[str, object], registrations: Sequence[Known]) -> Known:
    """
    Return the one of *registrations* that *claims* belong to.

    First one is looked up, a matching environment before none; then its checks run.

    Raises:
        NoPublisher: With the reason, as the index words it.
    """
    require(claims, _REQUIRED)
    workflow = _WORKFLOW_FILE.search(str(claims["job_workflow_ref"]))
    if not workflow:
        raise NoPublisher(_NO_FILE)
    registration = _look_up(claims, workflow[1], registrations)
    _check(claims, registration.identity)
    return registration


def _look_up(claims: Mapping[str, object], workflow: str, registrations: Sequence[Known]) -> Known:
    owner, _, repository = str(claims["repository"]).partition("/")
    expected = (NAME, owner, str(claims["repository_owner_id"]), repository, workflow)

    def is_theirs(identity: Identity) -> bool:
        return expected == (
            identity.provider,
            identity.owner,
            identity.owner_id,
            identity.repository,
            identity.workflow,
        )

    return look_up(registrations, str(claims.get("environment") or "").lower(), is_theirs)


def _check(claims: Mapping[str, object], identity: Identity) -> None:
    if claims["repository_owner"] != identity.owner:
        raise NoPublisher(_WRONG_OWNER)
    _check_workflow(claims, identity)
    if claims["event_name"] == "pull_request_target":
        raise NoPublisher(_FOREIGN_CODE)


def _check_workflow(claims: Mapping[str, object], identity: Identity) -> None:
    commits = [str(claims[name]) for name in ("ref", "sha") if claims[name]]
    if not commits:
        raise NoPublisher(_NO_COMMIT)
    path = f"{identity.owner}/{identity.repository}/.github/workflows/{identity.workflow}"
    require_one_of(claims, "job_workflow_ref", [f"{path}@{commit}" for commit in commits])
