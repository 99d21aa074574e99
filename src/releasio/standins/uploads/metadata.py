"""Whether the metadata in an upload form is acceptable."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from releasio.rules.distribution.core_metadata import invalid, sentence
from releasio.rules.distribution.index_metadata import index_problems, local_version
from releasio.standins.responses import HELP, Refused
from releasio.standins.uploads.forms import CORE, REPEATABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.metadata import RawMetadata

    from releasio.standins.store import Fields

_FIRST = ("metadata-version", "name", "version")  # the rest in alphabetical order
# how the form's fields are called in packaging.metadata, where that differs
_RAW = {
    "classifiers": "classifiers",
    "import_name": "import_names",
    "import_namespace": "import_namespaces",
    "license_file": "license_files",
    "platform": "platforms",
    "supported_platform": "supported_platforms",
}
_SHAPED = frozenset({"keywords", "project_urls"})  # not plain text or lists there


def refuse_metadata(fields: Fields) -> None:
    """
    Refuse metadata the index would not store.

    Raises:
        Refused: The first problem, in the index's order.
    """
    problems = list(_problems(fields))
    if problems:
        _, words = min(problems, key=lambda problem: _rank(problem[0]))
        raise Refused(400, words)


def _rank(field: str) -> tuple[int, str]:
    return (_FIRST.index(field) if field in _FIRST else len(_FIRST), field)


def _problems(fields: Fields) -> Iterator[tuple[str, str]]:
    raw = _raw(fields)
    for error in invalid(raw):
        yield error.field, f"{sentence(error)}{CORE}"
    for name, values in fields.items():
        if name not in REPEATABLE and len(values) > 1:
            field = name.replace("_", "-")
            yield field, f"{field!r} has invalid data.{CORE}"
    if words := local_version(raw.get("version", "")):
        yield "version", f"{words} See {HELP}#local-version-identifiers for more information."
    for field, words in index_problems(raw, fields.get("project_urls", [])):
        yield field, f"{words}{CORE}"


def _raw(fields: Fields) -> RawMetadata:
    values = {
        _RAW.get(name, name): values if name in REPEATABLE else values[0]
        for name, values in fields.items()
        if name not in _SHAPED
    }
    return cast("RawMetadata", values)
