"""How the files of a release must be called."""

from __future__ import annotations

import re

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import Version

from releasio.rehearsal.answers import HELP, Refused

_EXTENSIONS = {"sdist": (".tar.gz", ".zip"), "bdist_wheel": (".whl",)}
_MACS = "ppc|ppc64|i386|x86_64|arm64|intel|fat|fat3|fat64|universal|universal2"
_PLATFORM = re.compile(
    r"any|win32|win_amd64|win_arm64|win_ia64|linux_armv6l|linux_armv7l"
    r"|manylinux(1|2010)_(x86_64|i686)"
    r"|manylinux2014_(x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x)"
    r"|manylinux_\d+_\d+_(x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64|ppc64)"
    r"|musllinux_\d+_\d+_(x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64)"
    rf"|macosx_10_\d+_({_MACS})|macosx_(11|12|13|14|15|26)_0_({_MACS})"
    r"|ios_\d+_\d+_(arm64|x86_64)_(iphoneos|iphonesimulator)"
    r"|android_\d+_(armeabi_v7a|arm64_v8a|x86|x86_64)"
    r"|pyemscripten_\d+_\d+_wasm32"
)
_MOST_CHARACTERS = 255


def refuse_name(filename: str, kind: str) -> None:
    """
    Refuse a file name that cannot be one, or not of this *kind*.

    Raises:
        Refused: With the index's words.
    """
    if re.search(r"[\x00-\x1f\x7f]", filename):
        raise Refused(
            400,
            "Cannot upload a file with non-printable characters (ordinals 0-31) or the DEL "
            "character (ordinal 127) in the name.",
        )
    if "/" in filename or "\\" in filename:
        raise Refused(400, "Cannot upload a file with '/' or '\\' in the name.")
    if len(filename) > _MOST_CHARACTERS:
        raise Refused(400, f"Filename is too long: '{filename}'")
    if filename.endswith(_EXTENSIONS[kind]):
        return
    if extension := next(
        (e for es in _EXTENSIONS.values() for e in es if filename.endswith(e)), ""
    ):
        words = f"Extension {extension} is invalid for filetype {kind}."
        raise Refused(
            400, f"Invalid file extension: {words} See {HELP}#pep-0527 for more information."
        )
    words = "Use .tar.gz, .whl or .zip extension."
    see = f"See {HELP}#pep-0527 and {HELP}#pep-0715 for more information"
    raise Refused(400, f"Invalid file extension: {words} {see}")


def refuse_sdist(filename: str, project: str, version: str) -> None:
    """
    Refuse an sdist that is not called exactly as PEP 625 says.

    Raises:
        Refused: With the index's words.
    """
    name = canonicalize_name(project).replace("-", "_")
    stem = filename.removesuffix(".zip").removesuffix(".tar.gz")
    if "-" not in stem:
        raise Refused(400, f"Invalid source distribution filename: {filename}")
    if canonicalize_name(stem.rpartition("-")[0]) != canonicalize_name(project):
        raise Refused(400, f"Start filename for '{project}' with '{name}'.")
    expected = f"{name}-{Version(version)}.tar.gz"
    if filename != expected:
        raise Refused(400, f"Filename '{filename}' is invalid, should be '{expected}'.")


def refuse_wheel(filename: str, project: str, version: str) -> None:
    """
    Refuse a wheel whose name does not say what the form says.

    Raises:
        Refused: With the index's words.
    """
    try:
        _, found, _, tags = parse_wheel_filename(filename)
    except InvalidWheelFilename as error:
        raise Refused(400, str(error)) from error
    for tag in sorted(tags, key=str):
        if not _PLATFORM.fullmatch(tag.platform):
            raise Refused(
                400, f"Binary wheel '{filename}' has an unsupported platform tag '{tag.platform}'."
            )
    given = filename.partition("-")[0]
    name = canonicalize_name(project).replace("-", "_")
    if canonicalize_name(given) != canonicalize_name(project):
        raise Refused(400, f"Start filename for '{project}' with '{name}'.")
    if given != name:
        raise Refused(
            400,
            f"Filename '{filename}' should contain the normalized project name '{name}', "
            f"not '{given}'.",
        )
    if found != Version(version):
        raise Refused(400, f"Version in filename should be '{Version(version)}' not '{found}'.")


def dist_info(filename: str) -> str:
    """
    Return the name of a wheel's `.dist-info` directory, as its file name says.

    Raises:
        Refused: Fewer than two hyphens.
    """
    name, _, rest = filename.removesuffix(".whl").partition("-")
    version, separator, _ = rest.partition("-")
    if not separator:
        raise Refused(
            400,
            "Invalid distribution file. Unable to parse name and version from wheel filename",
        )
    return f"{name}-{version}.dist-info"
