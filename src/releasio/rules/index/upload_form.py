"""Core metadata as the index's upload form has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.metadata import RawMetadata

# the form has the singular where the metadata's reader has the plural
_RENAMED = {
    "import_names": "import_name",
    "import_namespaces": "import_namespace",
    "license_files": "license_file",
    "platforms": "platform",
    "supported_platforms": "supported_platform",
}
_LICENCE_FILES_SINCE = Version("2.4")


def as_declared(raw: RawMetadata) -> RawMetadata:
    """
    Return *raw* without licence files that its metadata version does not know.

    Older setuptools wrote `License-File` ahead of its time, with another meaning.
    """
    try:
        has_licence_files = Version(raw.get("metadata_version", "0")) >= _LICENCE_FILES_SINCE
    except InvalidVersion:
        has_licence_files = False
    if has_licence_files or "license_files" not in raw:
        return raw
    metadata = raw.copy()
    del metadata["license_files"]
    return metadata


def upload_form(raw: RawMetadata, filename: str) -> tuple[tuple[str, str], ...]:
    """
    Return the fields of the upload form, without digest and file: names may repeat.

    The name stays as the metadata spells it, for the index shows the project under
    the spelling that was sent last.

    Source: https://docs.pypi.org/api/upload/

    Args:
        raw: The core metadata, from `packaging.metadata.parse_email`.
        filename: Tells sdist from wheel, and what a wheel runs on.
    """
    metadata = cast("Mapping[str, object]", as_declared(raw))
    fields = [
        (_RENAMED.get(key, key), text)
        for key, value in metadata.items()
        for text in _texts(key, value)
    ]
    return (*fields, ("filetype", filetype(filename)), ("pyversion", python_tag(filename)))


def filetype(filename: str) -> str:
    """Return `bdist_wheel` or `sdist`, as the form says it."""
    return "bdist_wheel" if filename.endswith(".whl") else "sdist"


def python_tag(filename: str) -> str:
    """Return the Python tag of a wheel (`py3`, `cp311`), and `source` for an sdist."""
    return filename.split("-")[-3] if filename.endswith(".whl") else "source"


def _texts(key: str, value: object) -> tuple[str, ...]:
    """Return the values of one field, each a part of the form of its own; empty ones are none."""
    match value:
        case dict():
            return tuple(f"{label}, {url}" for label, url in value.items())
        case list():
            return (",".join(value),) * bool(value) if key == "keywords" else tuple(value)
        case str():
            return (value,) * bool(value)
    msg = f"the metadata's {key} is {type(value).__name__}"
    raise TypeError(msg)
