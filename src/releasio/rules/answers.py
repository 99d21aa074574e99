"""The sentence in an index's error answer, wherever it stands, and what to do about it."""

from __future__ import annotations

import json
import re
from html import unescape
from http import HTTPStatus

_LONGEST = 500
_TAGS = re.compile(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>")
_SPACE = re.compile(r"\s+")
# something to fill in, to run or to be sent on by: no index has that where it has no links
_FOR_PEOPLE = re.compile(r"(?i)<(form|input|script)\b|http-equiv\s*=\s*[\"']?refresh")
# what is shaped like a token of an index or of a CI is nobody's to read
_TOKENS = re.compile(r"pypi-[A-Za-z0-9_-]{16,}|eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){1,2}")

_ATTESTED = "Invalid attestations supplied during upload: "
_UPDATE = "Install the newest releasio[attestations]: the index and it disagree about attestations."
_ATTESTATIONS = (
    (
        "only supported when using Trusted Publishing",
        (
            "The upload went by a token. Let it go by trusted publishing alone: "
            'publish.trusted_publishing = "required".'
        ),
    ),
    ("Attestations are not currently supported with", "This kind of publisher cannot have any."),
    ("Malformed attestations", _UPDATE),
    ("attestations per file are supported", _UPDATE),
    ("with unsupported predicate type", _UPDATE),
    ("with the same predicate type", _UPDATE),
    (
        "does not match expected Trusted Publisher",
        (
            "The index names another workflow than the one that signed. Publish in the workflow "
            "that is started, not in one that it calls, and register that one's file name."
        ),
    ),
    (
        "OIDCSourceRepositoryURI does not match",
        (
            "The index names another repository than the one that signed, or spells it in another "
            "case: register the publisher anew."
        ),
    ),
    (
        "OIDCIssuerV2 does not match",
        "The identity that signed is of another CI than the trusted publisher.",
    ),
    (
        "Could not verify the uploaded artifact",
        (
            "The index trusts another Sigstore than the one that signed "
            "(publish.sigstore_trust_config), or the file changed since."
        ),
    ),
    (
        "Unknown error while trying to verify",
        "Run the same command again later: mostly the index could not renew what it trusts.",
    ),
)
# a stable fragment of the index's sentence, and what to do; the first match counts
_REMEDIES = (
    (
        "Invalid or non-existent authentication",
        (
            "The token is not known to this index: it was deleted, cut off, or belongs to another "
            "index. Make a new one, or use trusted publishing."
        ),
    ),
    *(
        (fragment, f"{advice} publish.attestations = false uploads without.")
        for fragment, advice in _ATTESTATIONS
    ),
    ("Username/Password authentication", "Use an API token with the user name __token__."),
    (
        "project-scoped token is not valid",
        (
            "The token is limited to another project. For the first release of a project use "
            "trusted publishing or, once, a token of the whole account."
        ),
    ),
    (
        "OIDC scoped token is not valid",
        (
            "The trusted publisher that this job matched belongs to another project: add one with "
            "these values to this project, or correct the name in pyproject.toml."
        ),
    ),
    (
        "does not match user restriction",
        "The token belongs to another account than the index takes it for: make a new one.",
    ),
    (
        "does not match publisher restriction",
        "The publisher this token was minted for was changed since: run the job again.",
    ),
    (
        "macaroon",
        (
            "The token was deleted, or is not complete: copy it again in one piece, or make a new "
            "one on the index it is for."
        ),
    ),
    (
        "signatures do not match",
        "The token was changed on the way: copy it again in one piece, or make a new one.",
    ),
    (
        "token is expired",
        (
            "The token's time is over. A job of trusted publishing gets a fresh one when it is run "
            "again; a token of your own must be made anew."
        ),
    ),
    (
        "Non-user identities cannot create",
        (
            "The pending publisher that this job matched names another project than {project}, and "
            "has created that one, empty. Register a pending publisher for {project} with the "
            "values of this job, delete the empty project, and run the job again."
        ),
    ),
    (
        "isn't allowed to upload",
        (
            "The account or publisher has no rights on this project, or the project is archived or "
            "quarantined. Look at its page on the index."
        ),
    ),
    (
        "Organization account",
        (
            "The organisation that owns the project is not active: its owners must settle that "
            "with the index. Nothing is wrong with the files or the token."
        ),
    ),
    ("verified primary email", "Verify the account's e-mail address on the index."),
    ("two-factor authentication", "Switch on two-factor authentication for the account."),
    (
        "previously used by a file",
        (
            "A file of this name was deleted from the index, and names are never used twice: "
            "release a new version."
        ),
    ),
    (
        "older than 14 days",
        "The index takes no new files for a release after two weeks: release a new version.",
    ),
    ("Only one sdist", "The release already has an sdist of another name."),
    (
        "conflicts with an existing project",
        (
            "Somebody created the project in the meantime. Choose another name in pyproject.toml, "
            "or ask its owner to let you in."
        ),
    ),
    ("too similar to an existing", "Choose another project name in pyproject.toml."),
    ("isn't allowed", "Choose another project name in pyproject.toml."),
    ("failed to render", "Check the README: twine check --strict dist/*"),
    ("File too large", "Ask the index for a higher limit, or leave data out of the distribution."),
    ("Project size too large", "Delete old releases' files, or ask the index for a higher limit."),
    ("Read-only mode", "The index takes no uploads for now. Run the command again later."),
    ("temporarily disabled", "The index takes no uploads for now. Run the command again later."),
)
# said only where the index's pages do not tell which file it has
_TAKEN = (
    "The index has a file of this name, or these bytes under another name, and shows no page of it "
    "that could tell whether it is the same one. If its simple index is elsewhere, set the "
    "registry's `index`; if the file is another one, release a new version."
)
_OTHERWISE = {
    401: "The index wants a user and password: TWINE_USERNAME and TWINE_PASSWORD, or ~/.pypirc.",
    403: "Check that the credential belongs to this index and may upload to this project.",
    404: "Check the registry's url: nothing takes uploads there.",
    405: "Check the registry's url: it does not take uploads.",
    413: "The index, or a proxy before it, takes no files of this size.",
}


def sentence(status: int, reason: str, content_type: str, body: str) -> str:
    """
    Return what an error answer says.

    PyPI's `code` in JSON, else the status line if it says more than usual,
    else the body without its tags, shortened. What looks like a token is
    taken out.
    """
    return _TOKENS.sub("***", _sentence(status, reason, content_type, body))


def _sentence(status: int, reason: str, content_type: str, body: str) -> str:
    if "json" in content_type:
        told = _from_json(status, body)
        if told:
            return told
    if reason and reason.lower() != _standard(status).lower():
        return reason
    text = _SPACE.sub(" ", unescape(_TAGS.sub(" ", body))).strip()
    return text[:_LONGEST] or reason or _standard(status) or f"status {status}"


def _from_json(status: int, body: str) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(answer, dict):
        return ""
    for name in ("code", "message", "detail"):
        value = answer.get(name)
        if isinstance(value, str) and value.strip():
            text = _SPACE.sub(" ", value).strip()
            told = text.removeprefix(str(status)).strip()
            if told and told.lower() != _standard(status).lower():
                return told[:_LONGEST]
    return ""


def _standard(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def beginning(body: str) -> str:
    """Return the first words of an answer that nobody can make sense of."""
    return _TOKENS.sub("***", _SPACE.sub(" ", body[:_LONGEST]).strip())[:80]


def is_for_people(content_type: str, body: str) -> bool:
    """Tell whether an answer wants somebody at a browser: a login page stands in the way."""
    return "html" in content_type and _FOR_PEOPLE.search(body) is not None


def remedy(status: int, told: str, project: str = "this project") -> str:
    """Return what to do about an upload refused with *told*; empty if we do not know."""
    for fragment, advice in _REMEDIES:
        if fragment in told:
            return advice.replace("{project}", project)
    return _TAKEN if is_taken(status, told) else _OTHERWISE.get(status, "")


def is_closed(told: str) -> bool:
    """Tell whether the index takes nothing from anybody for now."""
    return "temporarily disabled" in told


def is_about_attestations(told: str) -> bool:
    """Tell whether the index refused a file because of its attestations."""
    return told.startswith(_ATTESTED)


def is_taken(status: int, told: str) -> bool:
    """Tell whether the index refused a file because it has one of that name."""
    return status == HTTPStatus.CONFLICT or (
        status == HTTPStatus.BAD_REQUEST and "already exist" in told.lower()
    )


def is_expired(status: int, told: str) -> bool:
    """Tell whether the index refused a token because its time was over."""
    return status == HTTPStatus.FORBIDDEN and "token is expired" in told
