"""What indexes, forges and other tools say, and which of our errors that is."""

from __future__ import annotations

import re

# our codes, and the words others use: codes as they are, of sentences the part that never varies.
# Sources: the code of Warehouse, its documentation's page on trouble with trusted publishing,
# and what people ask about in the trackers of uv, twine and the PyPA's action.
WORDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("publisher-unknown",): (
        "invalid-publisher",
        "valid token, but no corresponding publisher",
        "publisher with matching claims was not found",
        "publisher configuration not found",
        "no matching trusted publisher",
        "no corresponding publisher",
        "environment not found",
        "job_workflow_ref claim does not match",
    ),
    ("publisher-unknown", "mint-refused", "identity-permission-missing"): (
        "trusted publishing exchange failure",
        "422 unprocessable",
    ),
    ("publisher-unknown", "pending-publisher-stale", "upload-refused"): ("pending publisher",),
    ("publisher-unknown", "upload-refused", "project-name-refused"): (
        "project not found",
        "non-user identities cannot create new projects",
    ),
    ("pending-publisher-stale",): (
        "invalid-pending-publisher",
        "valid token, but project already exists",
    ),
    ("mint-refused",): (
        "invalid-payload",
        "malformed jwt",
        "unknown trusted publishing issuer",
        "validation error for tokenpayload",
    ),
    ("identity-refused",): (
        "invalid-token",
        "invalid-reuse-token",
        "malformed or invalid token",
        "invalid token: already used",
        "token verification failed",
    ),
    ("identity-refused", "token-expired", "upload-forbidden"): (
        "invalid or expired token",
        "authentication failed",
        "invalid token",
        "403 forbidden",
    ),
    ("trusted-publishing-off",): ("not-enabled", "trusted publishing functionality not enabled"),
    ("trusted-publishing-off", "event-not-taken", "upload-forbidden", "project-name-refused"): (
        "not-allowed",
        "isn't allowed",
    ),
    ("identity-permission-missing",): (
        "oidc token request failed",
        "token request failed",
        "id-token: write",
        "actions_id_token_request_token",
        "insufficient permissions",
        "missing permissions",
    ),
    ("fork-has-no-identity", "event-not-taken", "wrong-branch", "detached-head"): (
        "workflow running on wrong ref",
        "pull_request_target",
    ),
    ("upload-forbidden", "token-malformed", "token-for-another-index"): (
        "invalid or non-existent authentication information",
        "invalid-auth",
    ),
    ("token-for-another-project", "upload-forbidden"): (
        "project-scoped token is not valid for project",
        "isn't allowed to upload to project",
        "oidc scoped token is not valid for project",
    ),
    ("token-expired", "token-malformed", "upload-forbidden"): (
        "invalid api token",
        "token is expired",
        "malformed macaroon",
        "malformed or nonexistent macaroon",
        "deleted or nonexistent macaroon",
        "signatures do not match",
        "does not match user restriction in token",
        "does not match publisher restriction in token",
    ),
    ("upload-forbidden",): (
        "does not have a verified primary email address",
        "does not have two-factor authentication enabled",
    ),
    ("upload-refused",): (
        "organization account owning this project is inactive",
        "upload payload does not have a file",
        "unknown protocol version",
        "has invalid data",
        "should not be a tuple",
        "the digest supplied does not match",
        "acceptable-use-policy",
    ),
    ("password-not-taken",): (
        "username/password authentication is no longer supported",
        "username and password authentication",
    ),
    ("file-differs", "version-on-index"): (
        "file already exists",
        "package already exists",
        "already been used",
        "file-name-reuse",
    ),
    ("version-on-index", "upload-refused"): (
        "previously used by a file that has since been deleted",
    ),
    ("release-closed",): ("uploading new files to releases older than",),
    ("second-sdist",): ("only one sdist may be uploaded per release",),
    ("project-name-refused",): (
        "too similar to an existing project",
        "conflicts with an existing project",
        "conflict with python standard library module name",
        "too many new projects created",
        "new project registration temporarily disabled",
        "the name is invalid",
    ),
    ("project-closed",): ("project has been archived", "project has been quarantined"),
    ("description-refused",): ("the description failed to render",),
    ("local-version-refused",): ("the use of local versions",),
    ("distribution-too-large",): ("file too large", "project size too large"),
    ("distribution-misnamed", "platform-tag-refused"): (
        "invalid wheel filename",
        "invalid source distribution filename",
        "unsupported platform tag",
        "start filename for",
        "is invalid, should be",
        "filename is too long",
        "invalid build number",
        "non-printable characters",
        "invalid file extension",
        "unable to parse name and version from wheel filename",
    ),
    ("archive-refused",): (
        "invalid distribution file",
        "zip archive not accepted",
        "tar archive not accepted",
        "file is not a zipfile",
        "file is not a tarfile",
        "file exceeds compression ratio",
        "does not exist in distribution file",
        "does not contain the required record file",
        "invalid entry points defined",
        "incorrect number of top-level directories in sdist",
        "pkg-info not found",
    ),
    ("metadata-refused",): (
        "is not a valid classifier",
        "can't have direct dependency",
        "is not a valid email address",
        "is not a valid url",
        "is not a valid metadata version",
    ),
    ("attestation-refused", "attestations-need-trusted-publishing"): (
        "invalid attestations supplied during upload",
        "attestations are only supported when using trusted publishing",
        "attestations temporarily disabled",
    ),
    ("upload-refused", "upload-forbidden"): (
        "read-only mode",
        "new uploads are temporarily disabled",
        "admin-intervention",
    ),
}
# said before a job of ours begins, so no error of ours
ELSEWHERE = {
    ("environment protection rules", "deployment protection", "not allowed to deploy"): (
        "The forge holds the job back before it begins: somebody must approve it, or the rules of "
        "the environment must allow this branch or tag (pattern v*, for instance)."
    ),
    ("permission to use environment",): (
        "The rules of the environment do not allow this branch or tag: add its pattern, such as "
        "v*, under Settings, Environments, Deployment branches and tags."
    ),
}
_QUOTED = re.compile(r"'[^']*'")
_SHORTEST = 4  # letters; fewer are part of nearly everything


def codes_for(words: str) -> tuple[str, ...]:
    """
    Return the codes of our errors that *words* of somebody else may mean; none: not known.

    Args:
        words: A code or a sentence as it was read, or a part of either; case and punctuation
            do not matter.
    """
    if any(_are_in(said, words) for said in ELSEWHERE):  # `not-allowed` is in them, too
        return ()
    exact = [codes for codes, said in WORDS.items() if words.lower() in said]
    near = [codes for codes, said in WORDS.items() if _holds(said, words)]
    return tuple(dict.fromkeys(code for codes in exact or near for code in codes))


def elsewhere(words: str) -> str:
    """Return what to do about *words* that the forge says; empty: it does not say them."""
    return next((advice for said, advice in ELSEWHERE.items() if _holds(said, words)), "")


def _holds(said: tuple[str, ...], words: str) -> bool:
    wanted = _plain(words)
    if len(wanted) < _SHORTEST:
        return False
    return _are_in(said, words) or any(wanted in plain for plain in map(_plain, said))


def _are_in(said: tuple[str, ...], words: str) -> bool:
    """Whether one of *said* is a part of *words*."""
    wanted = _plain(words)
    unnamed = _plain(_QUOTED.sub("", words))  # `The name 'x' is invalid`, whatever the name
    return any(
        f" {plain} " in f" {text} " for plain in map(_plain, said) for text in (wanted, unnamed)
    )


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", words.lower()))
