"""How the files of a release must be called."""

from __future__ import annotations

from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from releasio.rules.distribution import filenames
from releasio.standins.responses import HELP, Refused

_SEE_EXTENSIONS = f"See {HELP}#pep-0527 and {HELP}#pep-0715 for more information"
_SEE_EXTENSION = f"See {HELP}#pep-0527 for more information."


def refuse_name(filename: str, kind: str) -> None:
    """
    Refuse a file name that cannot be one, or not of this *kind*.

    Raises:
        Refused: With the index's words.
    """
    words = filenames.file_flaw(filename, kind)
    if words and words.startswith("Invalid file extension"):
        words += f" {_SEE_EXTENSION if 'filetype' in words else _SEE_EXTENSIONS}"
    _refuse(words)


def refuse_sdist(filename: str, project: str, version: str) -> None:
    """
    Refuse an sdist that is not called exactly as PEP 625 says.

    Raises:
        Refused: With the index's words.
    """
    _refuse(filenames.sdist_flaw(filename, project, version))


def refuse_wheel(filename: str, project: str, version: str) -> None:
    """
    Refuse a wheel whose name does not say what the form says.

    Raises:
        Refused: With the index's words.
    """
    try:
        parse_wheel_filename(filename)
    except InvalidWheelFilename as error:
        raise Refused(400, str(error)) from error
    for tag in filenames.refused_platforms(filename):
        raise Refused(400, f"Binary wheel '{filename}' has an unsupported platform tag '{tag}'.")
    _refuse(filenames.wheel_flaw(filename, project, version))


def dist_info(filename: str) -> str:
    """
    Return the name of a wheel's `.dist-info` directory, as its file name says.

    Raises:
        Refused: Fewer than two hyphens.
    """
    found = filenames.dist_info(filename)
    if found is None:
        words = "Unable to parse name and version from wheel filename"
        raise Refused(400, f"Invalid distribution file. {words}")
    return found


def _refuse(words: str | None) -> None:
    if words:
        raise Refused(400, words)
