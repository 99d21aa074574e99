"""Places that repeat the version: in the import package, and in the files beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.project.python_version import assigned_versions
from releasio.rules.project.toml_string import string_at
from releasio.rules.versions.version import version_or_none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from packaging.version import Version

# compiled when they are needed: few projects have such a file
_CITED = r"""(?m)^version[ \t]*:[ \t]*(["']?)([^"'\s#]+)\1[ \t]*(?:#.*)?\r?$"""
_CITED_DAY = r"""(?m)^date-released[ \t]*:[ \t]*(["']?)([0-9]{4}-[0-9]{2}-[0-9]{2})\1"""
CITATION = "CITATION.cff"
CARGO = "Cargo.toml"
MODULES = ("__init__.py", "_version.py", "version.py", "__version__.py", "__about__.py")
PLAIN = ("VERSION", "VERSION.txt", "version.txt")
SPHINX = ("docs/conf.py", "docs/source/conf.py", "doc/conf.py", "doc/source/conf.py")
PACKAGE_JSON = "package.json"  # of a front end that is released along, or of tools alone
BESIDE = (*PLAIN, CARGO, "meson.build", CITATION, PACKAGE_JSON, *SPHINX)


class Mention(NamedTuple):
    """
    A version as a file says it.

    Attributes:
        begin: Where the version begins in the text.
        end: Where it ends.
        text: The version, as it is written.
        what: What says so: `__version__`, `[package].version` …; empty: the whole file.
        short: It is the short form of a version by intent: `1.2` for 1.2.3.
        semantic: It is written as Cargo wants versions: 1.2.0-rc.1.
    """

    begin: int
    end: int
    text: str
    what: str
    short: bool = False
    semantic: bool = False

    @property
    def version(self) -> Version | None:
        """What it says, or `None` when that is no version."""
        return version_or_none(self.text)


def mentions_in(name: str, text: str) -> tuple[Mention, ...]:
    """
    Return where *text* says a version.

    Args:
        name: The file, relative to the project or to the import package: it tells its form.
        text: Its content.
    """
    return tuple(_reader(name)(text))


def _reader(name: str) -> Callable[[str], Iterator[Mention]]:
    file_name = name.rpartition("/")[2]
    if file_name in PLAIN:
        return _plain
    readers = {
        CARGO: _cargo,
        CITATION: _citation,
        PACKAGE_JSON: _package_json,
        "meson.build": _meson,
        "conf.py": _sphinx,
    }
    return readers.get(file_name) or (_version_module if file_name in MODULES[1:] else _module)


def cited_day(text: str) -> tuple[int, int] | None:
    """Return where a CITATION.cff says the day of the release; `None`: it does not."""
    match = re.search(_CITED_DAY, text)
    return match.span(2) if match else None


def _plain(text: str) -> Iterator[Mention]:
    core = text.strip().removeprefix("\ufeff").strip()
    if core and len(core.split()) == 1:
        begin = text.index(core)
        skip = 1 if core[0] in "vV" else 0
        yield Mention(begin + skip, begin + len(core), core[skip:], "")


def _module(text: str) -> Iterator[Mention]:
    for begin, end, version, name in assigned_versions(text, ("__version__",)):
        yield Mention(begin, end, version, name)


def _version_module(text: str) -> Iterator[Mention]:
    for begin, end, version, name in assigned_versions(text, ("__version__", "VERSION", "version")):
        yield Mention(begin, end, version, name)


def _sphinx(text: str) -> Iterator[Mention]:
    for begin, end, version, name in assigned_versions(text, ("release", "version")):
        yield Mention(begin, end, version, name, short=name == "version")


def _cargo(text: str) -> Iterator[Mention]:
    for place in (("package", "version"), ("workspace", "package", "version")):
        if span := string_at(text, place):
            setting = f"[{'.'.join(place[:-1])}].version"
            yield Mention(*span, text[slice(*span)], setting, semantic=True)


def _package_json(text: str) -> Iterator[Mention]:
    from releasio.rules.project.places import JsonVersion

    for span in JsonVersion().find(text):
        yield Mention(*span, text[slice(*span)], '"version"', semantic=True)


def _meson(text: str) -> Iterator[Mention]:
    from releasio.rules.project.meson import project_version

    if span := project_version(text):
        yield Mention(*span, text[slice(*span)], "project(version:)")


def _citation(text: str) -> Iterator[Mention]:
    if match := re.search(_CITED, text):
        yield Mention(*match.span(2), match[2], "version")
