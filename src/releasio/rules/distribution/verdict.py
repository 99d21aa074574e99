"""What an index says to an upload that it is sure to refuse: its verdict on all but the file."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen
from releasio.rules.identity.attestation import bundles_in, signatory_of
from releasio.rules.identity.claims import claim

if TYPE_CHECKING:
    from collections.abc import Mapping

# the file that is offered: no index takes its name, so that none stores it
NAME = "probe.invalid"
CONTENT = b"probe\n"
TYPE = "image/png"
CREATIONS = 20  # projects that an account may create in an hour

# an index that comes to look at the file's name has looked at all the rest before
_NO_OBJECTION = (HTTPStatus.BAD_REQUEST, "Invalid file extension")
# stable fragments of what an index says before it looks at the file
_OBJECTIONS: Mapping[int, tuple[str, ...]] = {
    HTTPStatus.BAD_REQUEST: (
        "core-metadata for more information",
        " is not a valid ",
        " is invalid for '",
        "The use of local versions in",
        "Invalid value for ",
        "Include at least one message digest",
        "Unknown protocol version",
        "Should not be a tuple",
        "Non-user identities cannot create new projects",
        "Organization account owning this project is inactive",
        "' is invalid.",
        "' isn't allowed",
        "is too similar to an existing project",
        "The description failed to render",
    ),
    HTTPStatus.FORBIDDEN: (
        "Read-only mode",
        "New uploads are temporarily disabled",
        "New project registration temporarily disabled",
        "Invalid or non-existent authentication information",
        "Username/Password authentication is no longer supported",
        "Invalid API Token: ",
        "isn't allowed to upload to project",
        "a verified primary email address",
        "two-factor authentication enabled",
    ),
    HTTPStatus.CONFLICT: ("conflicts with an existing project",),
    HTTPStatus.TOO_MANY_REQUESTS: ("Too many new projects",),
}

Outcome = Literal["no-objection", "objection", "unknown", "stored"]


@frozen
class Verdict:
    """
    An index's answer.

    Attributes:
        outcome: `no-objection`, an `objection`, or `unknown`, where the answer says nothing
            about an upload. `stored`: it took what everybody refuses.
        status: Its number; 0: there was no answer.
        sentence: Its words, or what went wrong.
    """

    outcome: Outcome
    status: int
    sentence: str


def read_verdict(status: int, sentence: str) -> Verdict:
    """Return what an answer of *status* with this *sentence* means; what is not known is no no."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Verdict("stored", status, sentence)
    expected, words = _NO_OBJECTION
    if status == expected and sentence.startswith(words):
        return Verdict("no-objection", status, sentence)
    is_objection = any(fragment in sentence for fragment in _OBJECTIONS.get(status, ()))
    return Verdict("objection" if is_objection else "unknown", status, sentence)


def published_before(provenance: object, claims: Mapping[str, object]) -> bool:
    """
    Tell whether a file was published by the trusted publisher that a job with *claims* is.

    Its environment counts, too: one workflow may publish several projects, each in another.

    Args:
        provenance: What the index tells of the file (PEP 740).
        claims: Of the job's identity.
    """
    ours = signatory_of(claims)
    try:
        signatories = [signatory for signatory, _ in bundles_in(provenance)]
    except ValueError:
        return False
    publishers = zip(signatories, _environments(provenance), strict=False)
    environment = claim(claims, "environment")
    return ours is not None and (ours, environment.lower()) in publishers


def _environments(provenance: object) -> list[str]:
    """Return the environment of each publisher that *provenance* names; empty: any."""
    match provenance:
        case {"attestation_bundles": [*bundles]}:
            return [_environment(bundle) for bundle in bundles]
    return []


def _environment(bundle: object) -> str:
    match bundle:
        case {"publisher": {"environment": environment}}:
            return str(environment or "").lower()
    return ""
