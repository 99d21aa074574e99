"""The sentence in an index's error answer, wherever it stands, and what to do about it."""

from __future__ import annotations

import re

from releasio.rules.index.remedies import OTHERWISE, REMEDIES, TAKEN, UNKNOWN
from releasio.text.json_text import read_json

_BAD_REQUEST, _FORBIDDEN, _CONFLICT, _TOO_MANY_REQUESTS = 400, 403, 409, 429
_LONGEST = 500
_TAGS = re.compile(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>")
_SPACE = re.compile(r"\s+")
# something to fill in, to run or to be sent on by: no index has that where it has no links
_FOR_PEOPLE = re.compile(r"(?i)<(form|input|script)\b|http-equiv\s*=\s*[\"']?refresh")
# texts that are shaped like a token of an index or of a CI: nobody gets to read them
_TOKENS = re.compile(r"pypi-[A-Za-z0-9_-]{16,}|eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){1,2}")

_FINAL = ("previously used by a file", "older than 14 days")
# what is in a file, which is tagged as it is
_OF_CONTENTS = ("core-metadata for more information", "failed to render")
# the name of a project that the index does not have yet
_OF_NAMES = (
    "too similar to an existing",
    "conflicts with an existing project",
    "conflict with Python Standard Library",
    "is an invalid value for Name",
    "' is invalid.",
)
_PROHIBITED = re.compile(r"The name \S+ isn't allowed")
_ATTESTED = "Invalid attestations supplied during upload: "


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
        text = _from_json(status, body)
        if text:
            return text
    if reason and reason.lower() != _standard(status).lower():
        return reason
    from html import unescape

    text = _SPACE.sub(" ", unescape(_TAGS.sub(" ", body))).strip()
    return text[:_LONGEST] or reason or _standard(status) or f"status {status}"


def _from_json(status: int, body: str) -> str:
    try:
        answer = read_json(body)
    except ValueError:
        return ""
    if not isinstance(answer, dict):
        return ""
    for name in ("code", "message", "detail"):
        value = answer.get(name)
        if isinstance(value, str) and value.strip():
            text = _SPACE.sub(" ", value).strip().removeprefix(str(status)).strip()
            if text and text.lower() != _standard(status).lower():
                return text[:_LONGEST]
    return ""


def _standard(status: int) -> str:
    from http import HTTPStatus

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


def remedy(status: int, message: str, project: str = "this project") -> str:
    """Return what to do about an upload refused with *message*."""
    for fragment, advice in REMEDIES.items():
        if fragment in message:
            return advice.replace("{project}", project)
    return TAKEN if is_taken(status, message) else OTHERWISE.get(status, UNKNOWN)


def is_closed(message: str) -> bool:
    """Tell whether the index takes nothing from anybody for now."""
    return "temporarily disabled" in message


def is_about_attestations(message: str) -> bool:
    """Tell whether the index refused a file because of its attestations."""
    return message.startswith(_ATTESTED)


def is_taken(status: int, message: str) -> bool:
    """Tell whether the index refused a file because it has one of that name."""
    if status == _CONFLICT:  # PyPI says so of names of projects only
        return "existing project" not in message
    return status == _BAD_REQUEST and "already exist" in message.lower()


def is_about_name(message: str) -> bool:
    """Tell whether the index takes no project of this name, from anybody or from us."""
    return any(words in message for words in _OF_NAMES) or _PROHIBITED.search(message) is not None


def is_anothers(message: str) -> bool:
    """Tell whether a project of this name is there, and is not the uploader's."""
    return "isn't allowed to upload to project" in message


def is_in_the_way(status: int, message: str) -> bool:
    """
    Tell whether the index refused a file because of one that it has, or had.

    The file that it has may be this very one, which another run is uploading at the same
    time. Only the files of the index tell, not its words.
    """
    return is_taken(status, message) or is_final(message) or "Only one sdist" in message


def is_lasting(status: int, message: str) -> bool:
    """Tell whether trying again in a moment cannot help, whatever the status promises."""
    return status == _TOO_MANY_REQUESTS and "Too many new projects" in message


def is_final(message: str) -> bool:
    """Tell whether the index will never take the file, nor any other of its name and release."""
    return any(words in message for words in (*_FINAL, *_OF_CONTENTS))


def is_expired(status: int, message: str) -> bool:
    """Tell whether the index refused a token because its time was over."""
    return status == _FORBIDDEN and "token is expired" in message
