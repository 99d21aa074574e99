"""What the index refuses in core metadata, in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packaging.metadata import InvalidMetadata, Metadata, parse_email

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.metadata import RawMetadata

_SUMMARY_LIMIT = 512  # characters
_LABEL_LIMIT = 32
_TWO_LICENCES = (
    "License is deprecated when License-Expression is present. Only License-Expression should be "
    "present."
)

# core metadata field to the place in pyproject.toml it comes from
_PLACES = {
    "classifier": "[project] classifiers in pyproject.toml",
    "description-content-type": "[project] readme in pyproject.toml",
    "dynamic": "[project] dynamic in pyproject.toml",
    "import-name": "[project] import-names in pyproject.toml",
    "import-namespace": "[project] import-namespaces in pyproject.toml",
    "keywords": "[project] keywords in pyproject.toml",
    "license": "[project] license in pyproject.toml: an SPDX expression, as text",
    "license-expression": "[project] license in pyproject.toml",
    "license-file": "[project] license-files in pyproject.toml",
    "name": "[project] name in pyproject.toml",
    "project-url": "[project.urls] in pyproject.toml",
    "provides-extra": "[project.optional-dependencies] in pyproject.toml",
    "requires-dist": "[project] dependencies or optional-dependencies in pyproject.toml",
    "requires-python": "[project] requires-python in pyproject.toml",
    "summary": "[project] description in pyproject.toml",
    "version": "[project] version in pyproject.toml",
}
_BACKEND = "what the build backend writes: upgrade it in [build-system] requires"


class Refusal(NamedTuple):
    """What the index would say, and which place to change."""

    words: str
    where: str


def read_core_metadata(content: bytes) -> RawMetadata:
    """Return the fields of METADATA or PKG-INFO; what cannot be read is left out."""
    return parse_email(content)[0]


def refusals(raw: RawMetadata, *, public: bool = True) -> tuple[Refusal, ...]:
    """
    Return every reason for which the index would refuse this metadata.

    Args:
        raw: From `read_core_metadata`.
        public: Whether rules count that only public indexes have.
    """
    found = [Refusal(_sentence(error), _place(error.field)) for error in _invalid(raw)]
    if public:
        found += [Refusal(words, _place(field)) for field, words in _public_rules(raw)]
    return tuple(sorted(set(found)))


def _invalid(raw: RawMetadata) -> list[InvalidMetadata]:
    """Return what the packaging library, which the index uses too, says is wrong."""
    if raw.get("metadata_version", "") < "2.4":
        # older setuptools wrote License-File ahead of its time; uploads leave it out
        raw = raw.copy()
        raw.pop("license_files", None)
    try:
        Metadata.from_raw(raw)
    except ExceptionGroup as group:
        return [error for error in group.exceptions if isinstance(error, InvalidMetadata)]
    return []


def _public_rules(raw: RawMetadata) -> Iterator[tuple[str, str]]:
    summary = raw.get("summary", "")
    if len(summary) > _SUMMARY_LIMIT:
        yield "summary", f"'summary' field must be {_SUMMARY_LIMIT} characters or less."
    if raw.get("license") and raw.get("license_expression"):
        yield "license", _TWO_LICENCES
    for classifier in raw.get("classifiers", []):
        if classifier.startswith("Private ::"):
            yield "classifier", f"{classifier!r} is not a valid classifier."
    for needed in raw.get("requires_dist", []):
        if "@" in needed.partition(";")[0]:
            yield "requires-dist", f"Can't have direct dependency: {needed}"
    for label in raw.get("project_urls", {}):
        if len(label) > _LABEL_LIMIT:
            yield "project-url", f"{label!r} must be {_LABEL_LIMIT} characters or less"


def _sentence(error: InvalidMetadata) -> str:
    """Return the message as the index words it: names of fields in quotes, full stop."""
    return str(error).removesuffix(".") + "."


def _place(field: str) -> str:
    return _PLACES.get(field, _BACKEND)
