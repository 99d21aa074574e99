"""What public indexes refuse in metadata beyond the specification, in their own words."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from email.utils import getaddresses
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from packaging.requirements import InvalidRequirement, Requirement

from releasio.rules.distribution.email_address import is_address
from releasio.rules.versions.version import version_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packaging.metadata import RawMetadata

    Problem = tuple[str, str]  # the core metadata field, and what the index says

VERSIONS = ("1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5")
_LONGEST_SUMMARY = 512  # characters
_LONGEST_LABEL = 32
_TWO_LICENCES = (
    "License is deprecated when License-Expression is present. Only License-Expression should be "
    "present."
)


def index_problems(raw: RawMetadata, project_urls: Iterable[str]) -> Iterator[Problem]:
    """
    Yield every field that an index refuses, and what it says, without "See ...".

    Args:
        raw: The metadata, without fields whose value is empty or `UNKNOWN`.
        project_urls: `Label, URL` each, for those of *raw* may have been sorted by label.
    """
    metadata_version = raw.get("metadata_version")
    if metadata_version not in {None, *VERSIONS}:
        yield "metadata-version", f"{metadata_version!r} is not a valid metadata version."
    summary = raw.get("summary", "")
    if len(summary) > _LONGEST_SUMMARY:
        yield "summary", f"'summary' field must be {_LONGEST_SUMMARY} characters or less."
    yield from _classifiers(raw.get("classifiers", []))
    yield from _direct(raw.get("requires_dist", []))
    yield from _requirements("provides-dist", raw.get("provides_dist", []))
    yield from _requirements("obsoletes-dist", raw.get("obsoletes_dist", []))
    yield from _charset(raw.get("description_content_type", ""))
    if raw.get("license") and raw.get("license_expression"):
        yield "license", _TWO_LICENCES
    yield from _addresses("author-email", raw.get("author_email", ""))
    yield from _addresses("maintainer-email", raw.get("maintainer_email", ""))
    yield from _url("home-page", raw.get("home_page", ""))
    yield from _url("download-url", raw.get("download_url", ""))
    yield from _project_urls(project_urls)


def local_version(version: str) -> str | None:
    """Return what the index says of a *version* with a local part; None if it has none."""
    parsed = version_or_none(version)
    is_local = parsed is not None and parsed.local
    return f"The use of local versions in {version!r} is not allowed." if is_local else None


def _classifiers(names: Iterable[str]) -> Iterator[Problem]:
    # 3 ms, for a thousand lines of data
    from trove_classifiers import classifiers, deprecated_classifiers

    for classifier in names:
        if classifier in deprecated_classifiers:
            instead = deprecated_classifiers[classifier]
            advice = f", use one of {instead!r} instead." if instead else "."
            yield "classifier", f"The classifier {classifier!r} has been deprecated{advice}"
        elif classifier not in classifiers:
            yield "classifier", f"{classifier!r} is not a valid classifier."


def _direct(requirements: Iterable[str]) -> Iterator[Problem]:
    for text in requirements:
        with suppress(InvalidRequirement):  # the specification's own check names it
            if Requirement(text).url:
                yield "requires-dist", f"Can't have direct dependency: {text}."


def _requirements(field: str, requirements: Iterable[str]) -> Iterator[Problem]:
    """Check fields that are written as requirements, which the specification's check leaves out."""
    for text in requirements:
        try:
            if Requirement(text).url:
                yield field, f"Can't have direct dependency: {text!r}."
        except InvalidRequirement as error:
            yield field, f"{text!r} is invalid: {str(error).partition(chr(10))[0]}"


def _charset(content_type: str) -> Iterator[Problem]:
    """Refuse what newer versions of the packaging library take, and the index's does not."""
    header = EmailMessage()
    if not content_type or not content_type.isprintable():
        return
    header["content-type"] = content_type
    charset = header["content-type"].params.get("charset", "UTF-8")
    if charset != "UTF-8" and charset.upper() == "UTF-8":
        field = "description-content-type"
        yield field, f"{field!r} can only specify the UTF-8 charset, not {charset!r}."


def _addresses(field: str, text: str) -> Iterator[Problem]:
    for _, address in getaddresses([text] if text else []):
        # what getaddresses cannot read it returns empty
        if not is_address(address):
            yield field, f"{address or text!r} is not a valid email address."


def _url(field: str, url: str) -> Iterator[Problem]:
    if url and not _is_url(url):
        yield field, f"{url!r} is not a valid url."


def _project_urls(project_urls: Iterable[str]) -> Iterator[Problem]:
    for text in project_urls:
        label, _, url = (part.strip() for part in text.partition(","))
        if not label:
            problem = "Must have a label"
        elif len(label) > _LONGEST_LABEL:
            problem = f"{label!r} must be {_LONGEST_LABEL} characters or less"
        elif not url:
            problem = "Must have a URL"
        elif not _is_url(url):
            problem = f"{url!r} is not a valid url"
        else:
            continue
        yield "project-url", f"{problem}."


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _port = parts.port  # which may be none, or above 65535
    except ValueError:
        return False
    user, _, _ = parts.netloc.rpartition("@")
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in user
