"""The sentence in a forge's error answer, wherever it stands."""

from __future__ import annotations

import re

from releasio.text.json_text import read_json
from releasio.text.pattern import pattern

# what GitHub, GitLab and Gitea say of a repository that is hidden, or of nothing in particular
_OF_REPOSITORY = pattern(
    r"(404 )?((project|repository) )?not found|the target couldn't be found\.?", re.IGNORECASE
)
_LONGEST = 500  # characters
_NAMES = ("message", "error_description", "error", "errors")


def forge_sentence(status: int, body: str) -> str:
    """
    Return what an error answer says, in one line of no more than 500 characters.

    GitLab has a text, a list, or a list for each field under `message`, or `error` and
    `error_description`; Gitea `message` and `errors`; GitHub `message` and, under `errors`,
    values that have a `message` of their own, or a `field` and a `code`. Whatever is no such
    document, such as the page of a proxy, says no more than its *status*.
    """
    try:
        document = read_json(body)
    except ValueError:
        document = None
    parts = [_words(document.get(name)) for name in _NAMES] if isinstance(document, dict) else []
    text = " ".join("; ".join(dict.fromkeys(part for part in parts if part)).split())
    return text[:_LONGEST] or _standard(status)


def is_of_repository(sentence: str) -> bool:
    """Tell whether the *sentence* of a 404 names nothing but the repository as what is missing."""
    return _OF_REPOSITORY.fullmatch(sentence) is not None


def _words(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case {"message": str() as message}:
            return message.strip()
        case {"field": str() as field, "code": str() as code}:
            return f"{field} {code.replace('_', ' ')}"
        case list():
            return ", ".join(word for word in map(_words, value) if word)
        case dict():
            named = ((str(name), _words(words)) for name, words in value.items())
            return "; ".join(
                words if name == "base" else f"{name} {words}" for name, words in named if words
            )
    return ""


def _standard(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"status {status}"
