"""Which trusted publisher an identity token of the GitHub kind belongs to."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, TypeVar

from releasio.rehearsal.store import Identity, Pending, Publisher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Known = TypeVar("Known", Pending, Publisher)

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
_NOT_FOUND = "Publisher with matching claims was not found"
_NO_FILE = "Could not job extract workflow filename from OIDC claims"
_WRONG_OWNER = "Check failed for required claim 'repository_owner'"
_FOREIGN_CODE = "Publishing from a workflow invoked via 'pull_request_target' is not supported."
_NO_COMMIT = "The ref and sha claims are empty"
_WORKFLOW_FILE = re.compile(r"([^/]+\.ya?ml)(?=@)")


class NoPublisher(Exception):
    """No registration fits the claims; the text is the index's reason."""


def owner_id(owner: str) -> str:
    """Return the number this world knows *owner* by: the same for issuer and index."""
    return str(zlib.crc32(owner.encode()))


def identity(
    repository: str, workflow: str, environment: str | None, owner_number: str | None = None
) -> Identity:
    """Return what is stored when somebody registers *repository* (`owner/name`)."""
    owner, _, name = repository.partition("/")
    return Identity(
        owner=owner,
        owner_id=owner_number or owner_id(owner),
        repository=name,
        workflow=workflow,
        environment=(environment or "").lower(),
    )


def match(claims: Mapping[str, object], known: Sequence[Known]) -> Known:
    """
    Return the registration among *known* that *claims* belong to.

    First one is looked up, a matching environment before none; then its checks run.

    Raises:
        NoPublisher: With the reason, as the index words it.
    """
    for name in _REQUIRED:
        if name not in claims:
            raise NoPublisher(_missing(name))
    workflow = _WORKFLOW_FILE.search(str(claims["job_workflow_ref"]))
    if not workflow:
        raise NoPublisher(_NO_FILE)
    found = _look_up(claims, workflow[1], known)
    _check(claims, found.identity)
    return found


def _look_up(claims: Mapping[str, object], workflow: str, known: Sequence[Known]) -> Known:
    owner, _, repository = str(claims["repository"]).partition("/")
    environment = str(claims.get("environment") or "").lower()
    for wanted in dict.fromkeys((environment, "")):
        key = Identity(
            owner=owner,
            owner_id=str(claims["repository_owner_id"]),
            repository=repository,
            workflow=workflow,
            environment=wanted,
        )
        for one in known:
            if one.identity == key:
                return one
    raise NoPublisher(_NOT_FOUND)


def _check(claims: Mapping[str, object], known: Identity) -> None:
    if claims["repository_owner"] != known.owner:
        raise NoPublisher(_WRONG_OWNER)
    _check_workflow(claims, known)
    if claims["event_name"] == "pull_request_target":
        raise NoPublisher(_FOREIGN_CODE)


def _check_workflow(claims: Mapping[str, object], known: Identity) -> None:
    commits = [str(claims[name]) for name in ("ref", "sha") if claims[name]]
    if not commits:
        raise NoPublisher(_NO_COMMIT)
    path = f"{known.owner}/{known.repository}/.github/workflows/{known.workflow}"
    expected = [f"{path}@{commit}" for commit in commits]
    found = claims["job_workflow_ref"]
    if found not in expected:
        raise NoPublisher(_mismatch(expected, found))


def _missing(claim: str) -> str:
    return f"Missing claim {claim!r}"


def _mismatch(expected: list[str], found: object) -> str:
    return (
        f"The job_workflow_ref claim does not match, expecting one of {expected!r}, got {found!r}"
    )
