"""How the files of a release must be called."""

from __future__ import annotations

from itertools import takewhile

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version

from releasio.standins.responses import HELP, Refused

_PEP_527 = f"{HELP}#pep-0527"
_KINDS = {".tar.gz": "sdist", ".zip": "sdist", ".whl": "bdist_wheel"}
_LONGEST = 255  # characters
_DELETE = 127  # the last control character of ASCII

_PLAIN = frozenset({"any", "win32", "win_amd64", "win_arm64", "win_ia64"})
_PC = frozenset({"x86_64", "i686"})
_MUSL = _PC | {"aarch64", "armv7l", "ppc64le", "s390x", "riscv64"}
_APPLE = frozenset({"ppc", "ppc64", "i386", "x86_64", "arm64", "intel", "fat", "fat3", "fat64"})
# the first part of a platform tag, and what may follow the numbers after it
_MACHINES = {
    "linux": frozenset({"armv6l", "armv7l"}),
    "manylinux1": _PC,
    "manylinux2010": _PC,
    "manylinux2014": (_MUSL - {"riscv64"}) | {"ppc64"},
    "manylinux": _MUSL | {"ppc64"},
    "musllinux": _MUSL,
    "macosx": _APPLE | {"universal", "universal2"},
    "ios": frozenset(
        f"{machine}_{system}"
        for machine in ("arm64", "x86_64")
        for system in ("iphoneos", "iphonesimulator")
    ),
    "android": frozenset({"armeabi_v7a", "arm64_v8a", "x86", "x86_64"}),
    "pyemscripten": frozenset({"wasm32"}),
}
_NUMBERS = {"manylinux": 2, "musllinux": 2, "macosx": 2, "ios": 2, "android": 1, "pyemscripten": 2}
_MACOS_10 = "10"
_MACOS_SINCE = frozenset({"11", "12", "13", "14", "15", "26"})  # with 0 as the second number


def refuse_name(filename: str, kind: str) -> None:
    """
    Refuse a file name that cannot be one, or not of this *kind*.

    Raises:
        Refused: With the index's words.
    """
    if any(letter < " " or ord(letter) == _DELETE for letter in filename):
        raise Refused(
            400,
            "Cannot upload a file with non-printable characters (ordinals 0-31) or the DEL "
            "character (ordinal 127) in the name.",
        )
    if {"/", "\\"} & {*filename}:
        raise Refused(400, "Cannot upload a file with '/' or '\\' in the name.")
    if len(filename) > _LONGEST:
        raise Refused(400, f"Filename is too long: '{filename}'")
    ending = next((suffix for suffix in _KINDS if filename.endswith(suffix)), None)
    if ending is None:
        see = f"See {_PEP_527} and {HELP}#pep-0715 for more information"
        words = "Use .tar.gz, .whl or .zip extension."
        raise Refused(400, f"Invalid file extension: {words} {see}")
    if kind != _KINDS[ending]:
        words = f"Extension {ending} is invalid for filetype {kind}."
        see = f"See {_PEP_527} for more information."
        raise Refused(400, f"Invalid file extension: {words} {see}")


def refuse_sdist(filename: str, project: str, version: str) -> None:
    """
    Refuse an sdist that is not called exactly as PEP 625 says.

    Raises:
        Refused: With the index's words.
    """
    try:
        name, _ = parse_sdist_filename(filename)
    except InvalidSdistFilename:
        words = f"Invalid source distribution filename: {filename}"
        raise Refused(400, words) from None
    _refuse_other_project(name, project)
    expected_name = f"{_underscored(project)}-{Version(version)}.tar.gz"
    if filename != expected_name:
        raise Refused(400, f"Filename '{filename}' is invalid, should be '{expected_name}'.")


def refuse_wheel(filename: str, project: str, version: str) -> None:
    """
    Refuse a wheel whose name does not say what the form says.

    Raises:
        Refused: With the index's words.
    """
    try:
        name, named_version, _, tags = parse_wheel_filename(filename)
    except InvalidWheelFilename as error:
        raise Refused(400, str(error)) from error
    for platform in sorted({tag.platform for tag in tags}):
        if not _is_supported(platform):
            words = f"has an unsupported platform tag '{platform}'."
            raise Refused(400, f"Binary wheel '{filename}' {words}")
    _refuse_other_project(name, project)
    expected_name, spelled = _underscored(project), filename.split("-", 1)[0]
    if spelled != expected_name:
        words = f"should contain the normalized project name '{expected_name}', not '{spelled}'."
        raise Refused(400, f"Filename '{filename}' {words}")
    if named_version != Version(version):
        words = f"should be '{Version(version)}' not '{named_version}'."
        raise Refused(400, f"Version in filename {words}")


def dist_info(filename: str) -> str:
    """
    Return the name of a wheel's `.dist-info` directory, as its file name says.

    Raises:
        Refused: Fewer than two hyphens.
    """
    try:
        name, version, _ = filename.split("-", 2)
    except ValueError:
        words = "Unable to parse name and version from wheel filename"
        raise Refused(400, f"Invalid distribution file. {words}") from None
    return f"{name}-{version}.dist-info"


def _refuse_other_project(name: str, project: str) -> None:
    if name != canonicalize_name(project):
        raise Refused(400, f"Start filename for '{project}' with '{_underscored(project)}'.")


def _underscored(project: str) -> str:
    return canonicalize_name(project).replace("-", "_")


def _is_supported(platform: str) -> bool:
    """Tell whether wheels for *platform* are taken; the plain `linux_x86_64` is not."""
    if platform in _PLAIN:
        return True
    family, *parts = platform.split("_")
    numbers = [*takewhile(_is_number, parts)]
    if family == "macosx" and numbers[:1] != [_MACOS_10]:
        return numbers[1:] == ["0"] and _fits(family, numbers, parts) and numbers[0] in _MACOS_SINCE
    return _fits(family, numbers, parts)


def _fits(family: str, numbers: list[str], parts: list[str]) -> bool:
    machine = "_".join(parts[len(numbers) :])
    return len(numbers) == _NUMBERS.get(family, 0) and machine in _MACHINES.get(family, ())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
