"""How the files of a release must be called, in the index's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import Version

from releasio.rules.distribution.platforms import is_accepted
from releasio.rules.versions.version import version_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTENSIONS = {"sdist": (".tar.gz", ".zip"), "bdist_wheel": (".whl",)}
LONGEST = 255  # characters


def file_flaw(filename: str, kind: str) -> str | None:
    """Return what keeps *filename* from being one of a file of *kind*, a form's `filetype`."""
    if re.search(r"[\x00-\x1f\x7f]", filename):
        return (
            "Cannot upload a file with non-printable characters (ordinals 0-31) or the DEL "
            "character (ordinal 127) in the name."
        )
    if "/" in filename or "\\" in filename:
        return "Cannot upload a file with '/' or '\\' in the name."
    if len(filename) > LONGEST:
        return f"Filename is too long: '{filename}'"
    known = (extension for extensions in EXTENSIONS.values() for extension in extensions)
    extension = next(filter(filename.endswith, known), None)
    if extension is None:
        return "Invalid file extension: Use .tar.gz, .whl or .zip extension."
    if extension in EXTENSIONS[kind]:
        return None
    return f"Invalid file extension: Extension {extension} is invalid for filetype {kind}."


def sdist_flaw(filename: str, project: str, version: str) -> str | None:
    """Return what is wrong with an sdist's name; PEP 625 leaves exactly one."""
    name = file_component(project)
    stem = filename.removesuffix(".zip").removesuffix(".tar.gz")
    if "-" not in stem:
        return f"Invalid source distribution filename: {filename}"
    if canonicalize_name(stem.rpartition("-")[0]) != canonicalize_name(project):
        return f"Start filename for '{project}' with '{name}'."
    expected = f"{name}-{_normal(version)}.tar.gz"
    if filename != expected:
        return f"Filename '{filename}' is invalid, should be '{expected}'."
    return None


def wheel_flaw(filename: str, project: str, version: str) -> str | None:
    """Return the first thing wrong with a wheel's name, save for its platforms."""
    try:
        _, file_version, _, _ = parse_wheel_filename(filename)
    except InvalidWheelFilename as error:
        return str(error)
    name_in_file, name = filename.partition("-")[0], file_component(project)
    if canonicalize_name(name_in_file) != canonicalize_name(project):
        return f"Start filename for '{project}' with '{name}'."
    if name_in_file != name:
        return (
            f"Filename '{filename}' should contain the normalized project name '{name}', "
            f"not '{name_in_file}'."
        )
    if str(file_version) != _normal(version) and file_version != Version(_normal(version)):
        return f"Version in filename should be '{_normal(version)}' not '{file_version}'."
    return None


def refused_platforms(filename: str) -> Sequence[str]:
    """Return the platform tags in a wheel's name that the index does not take."""
    tags = filename.removesuffix(".whl").split("-")[-1].split(".")
    return [tag for tag in sorted(tags) if not is_accepted(tag)]


def dist_info(filename: str) -> str | None:
    """Return a wheel's `.dist-info` directory, as its name says; None: too few hyphens."""
    parts = filename.removesuffix(".whl").split("-")
    return f"{parts[0]}-{parts[1]}.dist-info" if parts[2:] else None


def file_component(name: str) -> str:
    """Return a project's *name* as file names spell it."""
    return canonicalize_name(name).replace("-", "_")


def _normal(version: str) -> str:
    return str(version_or_none(version) or version)
