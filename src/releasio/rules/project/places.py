"""Where in a file a version stands: found by what the format means, not by what it looks like."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import partial
from typing import Literal, NamedTuple, Protocol

from releasio.frozen import frozen, replace

# what a line of setup.cfg begins with: a comment, `[section]` or `option =`
_CFG_LINE = r"(?:[#;].*|\[(?P<section>[^\]\r\n]+)\].*|(?P<option>[^\s=:#;][^=:\r\n]*?)[ \t]*[=:])"


class Span(NamedTuple):
    """Where a version begins and ends in a text, in characters."""

    begin: int
    end: int


class Locator(Protocol):
    """Finds a version in a text."""

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where the version stands; several where it is written more than once."""


@frozen
class TomlValue:
    """The string at `keys` of a TOML document."""

    keys: tuple[str, ...]

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where it stands; empty: there is none, or it is written with escapes."""
        from releasio.rules.project.toml_string import string_at

        span = string_at(text, self.keys)
        return (Span(*span),) if span else ()


@frozen
class PythonName:
    """The strings that a module assigns to `name` at its top level."""

    name: str

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where they stand; strings with escapes, or made of several, are left out."""
        from releasio.rules.project.python_version import assigned_versions

        assigned = assigned_versions(text, (self.name,))
        return tuple(Span(begin, end) for begin, end, _, _ in assigned)


@frozen
class PythonNumbers:
    """The whole numbers of the tuple or list that a module assigns to `name`."""

    name: str

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where the first begins and the last ends; empty: it is no such tuple."""
        from releasio.rules.project.python_version import assigned_numbers

        return tuple(Span(*span) for span in assigned_numbers(text, self.name))


@frozen
class RegexGroup:
    """
    The group of the first match of a regular expression.

    Attributes:
        regex: As the build backend takes it, with flags inside.
        group: The name of the group, or its number.
        every: Of every match, not only of the first.
    """

    regex: str
    group: str | int = "version"
    every: bool = False

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where the group matches; empty: nowhere, or it is no valid expression."""
        # backends open files as text, in which every line ends with \n alone
        ends = [match.start() for match in re.finditer("\r\n", text)]
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        shift = partial(bisect_left, [end - before for before, end in enumerate(ends)])
        try:
            matches = re.finditer(self.regex, lines, flags=re.MULTILINE)
            found = (match.span(self.group) for match in matches if match[self.group])
            spans = tuple(Span(begin + shift(begin), end + shift(end)) for begin, end in found)
        except (re.error, IndexError, OverflowError, RecursionError):
            return ()
        return spans if self.every else spans[:1]


@frozen
class RegexInPython:
    """
    The same in a Python module, where a match may be of a part of a string, or one of several.

    Backends read the first string that a name is assigned, and whoever imports the module gets
    the last.
    """

    matches: RegexGroup

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where the name is assigned strings whose first matches; else the matches."""
        from releasio.rules.project.python_source import parse_python
        from releasio.rules.project.python_version import strings_beside

        spans = self.matches.find(text)
        if not spans:
            return ()
        if parse_python(text.removeprefix("\ufeff")) is None:
            # of another Python; of several matches, or strings, it cannot be told what counts
            is_alone = len(replace(self.matches, every=True).find(text)) == 1
            is_whole = not re.match(r"""["'][ \t]*["']""", text[spans[0].end :])
            return spans if is_alone and is_whole else ()
        beside = [strings_beside(text, *span) for span in spans]
        if () in beside:
            return ()
        if self.matches.every or beside[0] is None:
            return spans
        return tuple(Span(*span) for span in beside[0])


def regex_locator(
    path: str, regex: str, group: str | int = "version", *, every: bool = False
) -> Locator:
    """Return what finds the *group* of the first, or *every*, match of *regex* in *path*."""
    locator = RegexGroup(regex, group, every)
    return RegexInPython(locator) if path.endswith(".py") else locator


@frozen
class WholeFile:
    """A file that holds nothing else."""

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where its only word stands, without `v` before it."""
        word = text.strip("\ufeff \t\r\n")
        begin = text.find(word)
        skip = 1 if word[:1] in {"v", "V"} else 0
        return (Span(begin + skip, begin + len(word)),) if len(word.split()) == 1 else ()


@frozen
class CfgOption:
    """An option of a file such as setup.cfg."""

    section: str
    option: str

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where its value stands, each time it is set, without a comment behind it."""
        section, spans = "", []
        for match in re.finditer(rf"(?m)^{_CFG_LINE}(?P<value>[^\r\n]*)", text):
            if match["section"]:
                section = match["section"].strip()
            elif section == self.section and match["option"].lower() == self.option:
                value = re.split(r"\s[#;]", match["value"])[0]
                begin = match.start("value") + len(value) - len(value.lstrip())
                spans.append(Span(begin, begin + len(value.strip())))
        return tuple(spans)


@frozen
class SetupArgument:
    """The string that setup.py hands to `setup()`."""

    name: str

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where it stands in every call, or the constant that is handed over there."""
        from releasio.rules.project.setup_files import argument_spans

        return tuple(Span(*span) for span in argument_spans(text, self.name))


@frozen
class MesonVersion:
    """The version of `project()` in a meson.build."""

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where it stands, when it is a plain string."""
        from releasio.rules.project.meson import project_version

        span = project_version(text)
        return (Span(*span),) if span else ()


@frozen
class JsonVersion:
    """The `version` of the object that a JSON document is."""

    def find(self, text: str) -> tuple[Span, ...]:
        """Return where it stands; not those of objects inside."""
        from releasio.rules.project.json_string import strings_at

        return tuple(Span(*span) for span in strings_at(text, ("version",)))


@frozen
class Place:
    """
    Where a version is written.

    Attributes:
        path: The file, in the repository.
        locator: Finds it there.
        what: What says it, for sentences: `__version__`, `[project] version`.
        form: How it is written: by PEP 440; as Cargo and npm want versions, 1.2.0-rc.1; or as
            the numbers of a tuple, 1, 2, 0.
    """

    path: str
    locator: Locator
    what: str
    form: Literal["pep440", "semantic", "numbers"] = "pep440"

    def version_in(self, text: str) -> str:
        """Return the version that *text*, what the locator found, stands for."""
        return ".".join(re.split(r"\s*,\s*", text)) if self.form == "numbers" else text
