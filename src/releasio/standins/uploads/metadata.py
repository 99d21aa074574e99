"""Whether the metadata in an upload form is acceptable."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import getaddresses
from typing import TYPE_CHECKING, cast

from email_validator import EmailNotValidError, validate_email
from packaging.metadata import InvalidMetadata, Metadata
from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version
from trove_classifiers import classifiers, deprecated_classifiers

from releasio.standins.responses import HELP, Refused
from releasio.standins.uploads.forms import CORE, REPEATABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packaging.metadata import RawMetadata

    from releasio.standins.store import Fields

    Problem = tuple[str, str]  # the field's name in core metadata, and the index's words

_FIRST = ("metadata-version", "name", "version")  # the rest in alphabetical order
_VERSIONS = frozenset({"1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5"})
# how the form's fields are called in packaging.metadata, where that differs
_RAW = {
    "import_name": "import_names",
    "import_namespace": "import_namespaces",
    "license_file": "license_files",
    "platform": "platforms",
    "supported_platform": "supported_platforms",
}
_LONGEST_SUMMARY = 512  # characters
_LONGEST_LABEL = 32
_URL = re.compile(
    r"(?i:https?)://(?:[^/?#@]*@)?(?:\[[^\]]+\]|[^/?#@:\[\]]+)(?::(\d*))?(?:[/?#].*)?"
)
_LAST_PORT = 65535


def refuse_metadata(fields: Fields) -> None:
    """
    Refuse metadata the index would not store.

    Raises:
        Refused: The first problem, in the index's order.
    """
    problems = [*_by_the_standard(fields), *_by_the_index(fields)]
    if problems:
        _, words = min(problems, key=lambda problem: _rank(problem[0]))
        raise Refused(400, words)


def _rank(field: str) -> tuple[int, str]:
    return (_FIRST.index(field) if field in _FIRST else len(_FIRST), field)


def _by_the_standard(fields: Fields) -> Iterator[Problem]:
    """Yield what `packaging` refuses, which is the library of the index, too."""
    raw: dict[str, object] = {
        _RAW.get(name, name): values if name in REPEATABLE else values[0]
        for name, values in fields.items()
    }
    if "keywords" in fields:
        raw["keywords"] = fields["keywords"][0].split(",")
    if "project_urls" in fields:
        raw["project_urls"] = dict(map(_labelled, fields["project_urls"]))
    try:
        Metadata.from_raw(cast("RawMetadata", raw))
    except ExceptionGroup as group:
        for error in group.exceptions:
            if isinstance(error, InvalidMetadata):
                yield error.field, f"{str(error).rstrip('.')}.{CORE}"


def _by_the_index(fields: Fields) -> Iterator[Problem]:
    """Yield what the index refuses beyond the standard."""
    first = {name: values[0] for name, values in fields.items()}
    for name in fields.keys() - REPEATABLE:
        if fields[name][1:]:
            field = name.replace("_", "-")
            yield field, f"{field!r} has invalid data.{CORE}"
    if "metadata_version" in first and first["metadata_version"] not in _VERSIONS:
        words = f"{first['metadata_version']!r} is not a valid metadata version.{CORE}"
        yield "metadata-version", words
    if _is_local(first.get("version", "")):
        see = f"See {HELP}#local-version-identifiers for more information."
        words = f"The use of local versions in {first['version']!r} is not allowed."
        yield "version", f"{words} {see}"
    if {"license", "license_expression"} <= first.keys():
        words = "Only License-Expression should be present."
        yield (
            "license",
            f"License is deprecated when License-Expression is present. {words}{CORE}",
        )
    for field, words in [*_texts(first), *_lists(fields)]:
        yield field, f"{words}{CORE}"


def _is_local(version: str) -> bool:
    try:
        return Version(version).local is not None
    except InvalidVersion:
        return False


def _texts(first: dict[str, str]) -> Iterator[Problem]:
    if len(first.get("summary", "")) > _LONGEST_SUMMARY:
        yield "summary", f"'summary' field must be {_LONGEST_SUMMARY} characters or less."
    for name in {"home_page", "download_url"} & first.keys():
        if not _is_url(first[name]):
            yield name.replace("_", "-"), f"{first[name]!r} is not a valid url."
    for name in {"author_email", "maintainer_email"} & first.keys():
        for words in _addresses(first[name]):
            yield name.replace("_", "-"), words
    yield from _charset(first.get("description_content_type", "text/plain"))


def _charset(content_type: str) -> Iterator[Problem]:
    """Look at the case of `UTF-8`, which newer versions of `packaging` than the index's pass by."""
    header = EmailMessage()
    header["Content-Type"] = " ".join(content_type.split())
    charset = header["Content-Type"].params.get("charset", "UTF-8")
    if charset != "UTF-8" and charset.upper() == "UTF-8":
        field = "description-content-type"
        yield field, f"{field!r} can only specify the UTF-8 charset, not {charset!r}."


def _lists(fields: Fields) -> Iterator[Problem]:
    for classifier in fields.get("classifiers", []):
        if classifier in deprecated_classifiers:
            instead = deprecated_classifiers[classifier]
            use = f", use one of {instead!r} instead." if instead else "."
            yield "classifier", f"The classifier {classifier!r} has been deprecated{use}"
        elif classifier not in classifiers:
            yield "classifier", f"{classifier!r} is not a valid classifier."
    for text in fields.get("requires_dist", []):
        if _is_direct(text):
            yield "requires-dist", f"Can't have direct dependency: {text}."
    for name in ("provides_dist", "obsoletes_dist"):
        yield from _older_requirements(name.replace("_", "-"), fields.get(name, []))
    for text in fields.get("project_urls", []):
        if words := _project_url(text):
            yield "project-url", f"{words}."


def _older_requirements(field: str, texts: Iterable[str]) -> Iterator[Problem]:
    """Look at fields that `packaging` passes over."""
    for text in texts:
        try:
            url = Requirement(text).url
        except InvalidRequirement as error:
            yield field, f"{text!r} is invalid: {str(error).splitlines()[0]}"
        else:
            if url:
                yield field, f"Can't have direct dependency: {text!r}."


def _is_direct(text: str) -> bool:
    try:
        return Requirement(text).url is not None
    except InvalidRequirement:
        return False  # `packaging` has refused it already


def _addresses(text: str) -> Iterator[str]:
    """Yield what is wrong with the addresses in *text*, in the words of the index's library."""
    for _, address in getaddresses([text]):
        try:
            validate_email(address, check_deliverability=False)
        except EmailNotValidError as error:
            # an address that cannot be told from the rest is empty
            yield f"{address or text!r} is not a valid email address: {error}"


def _project_url(text: str) -> str | None:
    label, url = _labelled(text)
    if not label:
        return "Must have a label"
    if len(label) > _LONGEST_LABEL:
        return f"{label!r} must be {_LONGEST_LABEL} characters or less"
    if not url:
        return "Must have a URL"
    return None if _is_url(url) else f"{url!r} is not a valid url"


def _labelled(text: str) -> tuple[str, str]:
    label, _, url = text.partition(",")
    return label.strip(), url.strip()


def _is_url(text: str) -> bool:
    """Tell whether *text* is an address of the web, with a host, and a port that exists."""
    parts = _URL.fullmatch(text)
    return parts is not None and int(parts[1] or 0) <= _LAST_PORT
