"""What the index refuses in core metadata, in its own words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from packaging.metadata import InvalidMetadata, Metadata, parse_email

from releasio.rules.distribution.index_metadata import index_problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packaging.metadata import RawMetadata

# core metadata field to the place in pyproject.toml it comes from
_PLACES = {
    "author-email": "[project] authors in pyproject.toml",
    "classifier": "[project] classifiers in pyproject.toml; a new one may need a newer "
    "trove-classifiers beside releasio",
    "description-content-type": "[project] readme in pyproject.toml",
    "download-url": "[project.urls] in pyproject.toml",
    "dynamic": "[project] dynamic in pyproject.toml",
    "home-page": "[project.urls] in pyproject.toml",
    "import-name": "[project] import-names in pyproject.toml",
    "import-namespace": "[project] import-namespaces in pyproject.toml",
    "keywords": "[project] keywords in pyproject.toml",
    "license": "[project] license in pyproject.toml: an SPDX expression, as text",
    "license-expression": "[project] license in pyproject.toml",
    "license-file": "[project] license-files in pyproject.toml",
    "maintainer-email": "[project] maintainers in pyproject.toml",
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
    return _parsed(content)[0]


def unread_fields(content: bytes) -> Sequence[str]:
    """
    Return the fields of METADATA or PKG-INFO that no upload can carry, in lower case.

    They are unknown, malformed, or stand there twice; twine reads no further then, and
    neither do we. `License-File` ahead of its time is left out by both.
    """
    raw, unparsed = _parsed(content)
    early = _is_before(raw.get("metadata_version", ""), "2.4")
    return sorted(field for field in unparsed if not (early and field == "license-file"))


@lru_cache(maxsize=4)  # the files of a release have the same, as a rule
def _parsed(content: bytes) -> tuple[RawMetadata, dict[str, list[str]]]:
    return parse_email(content)


def refusals(content: bytes, *, public: bool = True) -> tuple[Refusal, ...]:
    """
    Return every reason for which the index would refuse this metadata.

    Args:
        content: METADATA or PKG-INFO.
        public: Whether rules count that only public indexes have.
    """
    return _refusals(content, public)


@lru_cache(maxsize=8)  # as above, by both kinds of rules
def _refusals(content: bytes, public: bool) -> tuple[Refusal, ...]:  # noqa: FBT001 -- a cache's key
    form = _as_sent(read_core_metadata(content))
    problems = [(error.field, sentence(error)) for error in invalid(form)]
    if public:
        fields = _as_stored(form)
        urls = [f"{label}, {url}" for label, url in fields.get("project_urls", {}).items()]
        problems += index_problems(fields, urls)
    reasons = {Refusal(words, _PLACES.get(field, _BACKEND)) for field, words in problems}
    return tuple(sorted(reasons))


def invalid(raw: RawMetadata) -> Sequence[InvalidMetadata]:
    """Return what the packaging library, which the index uses too, says is wrong."""
    try:
        Metadata.from_raw(raw)
    except ExceptionGroup as group:
        return [error for error in group.exceptions if isinstance(error, InvalidMetadata)]
    return []


def sentence(error: InvalidMetadata) -> str:
    """Return the message as the index words it: names of fields in quotes, full stop."""
    return str(error).removesuffix(".") + "."


def _as_sent(raw: RawMetadata) -> RawMetadata:
    """Leave out `License-File` ahead of its time, which older setuptools wrote and nobody sends."""
    left_out = {"license_files"} if _is_before(raw.get("metadata_version", ""), "2.4") else set()
    return _without_fields(raw, left_out)


def _as_stored(raw: RawMetadata) -> RawMetadata:
    """Leave out what is as good as absent for the index."""
    return _without_fields(raw, {name for name, value in raw.items() if value in ("", "UNKNOWN")})


def _without_fields(raw: RawMetadata, names: set[str]) -> RawMetadata:
    fields = cast("Mapping[str, object]", raw)
    return cast("RawMetadata", {name: fields[name] for name in fields if name not in names})


def _is_before(version: str, limit: str) -> bool:
    return version < limit  # one digit, dot, one digit, in all there are
