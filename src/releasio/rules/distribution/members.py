"""What must not be inside a file of a release, whoever put it there."""

from __future__ import annotations

import posixpath
import re
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SECRET_FILES = frozenset(
    {".env", ".pypirc", ".netrc", "_netrc", ".git-credentials", ".htpasswd", "id_rsa", "id_ed25519"}
)
_SECRET_FOLDERS = frozenset({".git", ".ssh", ".gnupg", ".aws"})
_OF_TESTS = frozenset({"test", "tests", "testing", "fixtures", "testdata", "example", "examples"})
_RAISED = stat.S_ISUID | stat.S_ISGID


class Entry(NamedTuple):
    """
    One member of an archive.

    Attributes:
        name: As it stands there.
        mode: Kind and permissions as Unix has them; 0: not told.
        target: Where a link leads, from the folder that is unpacked into; empty: it is none.
    """

    name: str
    mode: int = 0
    target: str = ""


def dangers(entries: Iterable[Entry]) -> Sequence[str]:
    """Return which members would do harm to whoever unpacks them, and how, in their order."""
    return [f"{entry.name!r} {harm}" for entry in entries if (harm := _harm(entry))]


def secrets(entries: Iterable[Entry]) -> Sequence[str]:
    """
    Return the members that by their names hold what is nobody else's business.

    Those among tests are left to `made_up_secrets`: httpx has a tests/fixtures/.netrc.
    """
    return [entry.name for entry in entries if _is_secret(entry) and not _is_of_tests(entry)]


def made_up_secrets(entries: Iterable[Entry]) -> Sequence[str]:
    """Return the members among tests and examples that are called as secrets are."""
    return [entry.name for entry in entries if _is_secret(entry) and _is_of_tests(entry)]


def _is_secret(entry: Entry) -> bool:
    *folders, name = entry.name.rstrip("/").lower().split("/")
    return name in _SECRET_FILES or not _SECRET_FOLDERS.isdisjoint((*folders, name))


def _is_of_tests(entry: Entry) -> bool:
    return not _OF_TESTS.isdisjoint(entry.name.lower().split("/")[:-1])


def _harm(entry: Entry) -> str:
    if _CONTROL.search(entry.name):
        return "has a control character in its name"
    if _leads_out(entry.name):
        return "lies outside of the folder that is unpacked into"
    if entry.target and _leads_out(entry.target):
        return f"is a link out of that folder, to {entry.target!r}"
    kind = stat.S_IFMT(entry.mode)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK}:
        return "is a device or a pipe"
    # folders of a group hand its bit on, which does nothing
    if kind in {0, stat.S_IFREG} and entry.mode & _RAISED:
        return "would run with the rights of its owner or group (setuid, setgid)"
    return ""


def _leads_out(path: str) -> bool:
    """Tell whether *path*, read as on any system, is outside of the folder it is taken from."""
    plain = path.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain):
        return True
    return posixpath.normpath(plain).split("/")[0] == ".."
