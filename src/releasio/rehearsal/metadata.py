"""Whether the metadata in an upload form is acceptable."""

from __future__ import annotations

from email.utils import getaddresses
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from packaging.metadata import InvalidMetadata, Metadata
from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version
from trove_classifiers import classifiers as known_classifiers
from trove_classifiers import deprecated_classifiers

from releasio.rehearsal.answers import HELP, Refused
from releasio.rehearsal.forms import CORE, REPEATABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.metadata import RawMetadata

    from releasio.rehearsal.store import Fields

VERSIONS = ("1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5")
_FIRST = ("metadata-version", "name", "version")  # the rest in alphabetical order
_MOST_SUMMARY = 512
_MOST_LABEL = 32
# how the form's fields are called in packaging.metadata, where that differs
_RAW = {
    "classifiers": "classifiers",
    "import_name": "import_names",
    "import_namespace": "import_namespaces",
    "license_file": "license_files",
    "platform": "platforms",
    "supported_platform": "supported_platforms",
}
_SHAPED = frozenset({"keywords", "project_urls"})  # not plain text or lists there: checked here


def refuse_metadata(fields: Fields) -> None:
    """
    Refuse metadata the index would not store.

    Raises:
        Refused: The first problem, in the index's order.
    """
    problems = [*_by_packaging(fields), *_by_the_index(fields)]
    if problems:
        _, sentence = min(problems, key=lambda problem: _rank(problem[0]))
        raise Refused(400, sentence)


def _rank(field: str) -> tuple[int, str]:
    return (_FIRST.index(field) if field in _FIRST else len(_FIRST), field)


def _by_packaging(fields: Fields) -> Iterator[tuple[str, str]]:
    raw = {
        _RAW.get(name, name): values if name in REPEATABLE else values[0]
        for name, values in fields.items()
        if name not in _SHAPED
    }
    try:
        Metadata.from_raw(cast("RawMetadata", raw))
    except* InvalidMetadata as group:
        problems = [error for error in group.exceptions if isinstance(error, InvalidMetadata)]
    else:
        problems = []
    for error in problems:
        yield error.field, f"{error}.{CORE}"


def _by_the_index(fields: Fields) -> Iterator[tuple[str, str]]:
    one = {name: values[0] for name, values in fields.items()}
    for name, values in fields.items():
        if name not in REPEATABLE and len(values) > 1:
            field = name.replace("_", "-")
            yield field, f"{field!r} has invalid data.{CORE}"
    if one.get("metadata_version") not in {None, *VERSIONS}:
        yield (
            "metadata-version",
            f"{one['metadata_version']!r} is not a valid metadata version.{CORE}",
        )
    yield from _local_version(one.get("version", ""))
    if len(one.get("summary", "")) > _MOST_SUMMARY:
        yield "summary", f"'summary' field must be {_MOST_SUMMARY} characters or less.{CORE}"
    yield from _classifiers(fields.get("classifiers", []))
    yield from _direct(fields.get("requires_dist", []))
    yield from _licence(one)
    for name in ("author_email", "maintainer_email"):
        yield from _emails(name, one.get(name, ""))
    for name in ("home_page", "download_url"):
        if name in one and not _is_url(one[name]):
            yield name.replace("_", "-"), f"{one[name]!r} is not a valid url.{CORE}"
    yield from _project_urls(fields.get("project_urls", []))


def _local_version(text: str) -> Iterator[tuple[str, str]]:
    try:
        local = Version(text).local
    except InvalidVersion:
        return  # packaging has said so
    if local:
        see = f"See {HELP}#local-version-identifiers for more information."
        yield "version", f"The use of local versions in {text!r} is not allowed. {see}"


def _classifiers(given: list[str]) -> Iterator[tuple[str, str]]:
    for classifier in given:
        if classifier in deprecated_classifiers:
            instead = deprecated_classifiers[classifier]
            rest = f", use one of {instead!r} instead." if instead else "."
            yield "classifier", f"The classifier {classifier!r} has been deprecated{rest}{CORE}"
        elif classifier not in known_classifiers:
            yield "classifier", f"{classifier!r} is not a valid classifier.{CORE}"


def _direct(requirements: list[str]) -> Iterator[tuple[str, str]]:
    for text in requirements:
        try:
            url = Requirement(text).url
        except InvalidRequirement:
            continue  # packaging has said so
        if url:
            yield "requires-dist", f"Can't have direct dependency: {text}.{CORE}"


def _licence(one: dict[str, str]) -> Iterator[tuple[str, str]]:
    if "license" in one and "license_expression" in one:
        words = "License is deprecated when License-Expression is present. "
        yield "license", f"{words}Only License-Expression should be present.{CORE}"


def _emails(name: str, text: str) -> Iterator[tuple[str, str]]:
    for _, address in getaddresses([text] if text else []):
        if "@" not in address:
            words = "is not a valid email address: An email address must have an @-sign."
            yield name.replace("_", "-"), f"{address!r} {words}{CORE}"


def _project_urls(given: list[str]) -> Iterator[tuple[str, str]]:
    for text in given:
        label, _, url = (part.strip() for part in text.partition(","))
        if not label:
            problem = "Must have a label"
        elif len(label) > _MOST_LABEL:
            problem = f"{label!r} must be {_MOST_LABEL} characters or less"
        elif not url:
            problem = "Must have a URL"
        elif not _is_url(url):
            problem = f"{url!r} is not a valid url"
        else:
            continue
        yield "project-url", f"{problem}.{CORE}"


def _is_url(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
