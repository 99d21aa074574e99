"""What people do to the files that say a version, as changes of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    # the text, the version that it says, and the one that decoys name -> another text
    Change = Callable[[str, str, str], str]

BOM = "\ufeff"
# what the names of files end with; what has no such ending holds a version alone
PYTHON, TOML, CFG, JSON, MESON, PLAIN = ".py", ".toml", ".cfg", ".json", ".build", ""
KINDS = (PYTHON, TOML, CFG, JSON, MESON)


class Mutation(NamedTuple):
    """
    A change of every file that says the version.

    Attributes:
        name: What is done.
        changes: How, for each kind of file; those of other kinds stay.
        edited: The kinds in which the version must still be edited; in the others it may be
            refused.
        refused: The kinds in which it must be refused.
    """

    name: str
    changes: Mapping[str, Change]
    edited: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name


def kind_of(path: str) -> str:
    return next((kind for kind in KINDS if path.endswith(kind)), PLAIN)


def _before(lines: str) -> Change:
    """Put *lines*, in which `~` is the decoy, before all others, but for a byte order mark."""

    def change(text: str, _: str, decoy: str) -> str:
        mark = BOM if text.startswith(BOM) else ""
        return mark + lines.removeprefix(mark).replace("~", decoy) + text.removeprefix(mark)

    return change


def _behind(lines: str) -> Change:
    def change(text: str, _: str, decoy: str) -> str:
        return text + ("" if text.endswith("\n") else "\n") + lines.replace("~", decoy)

    return change


def _in_line(pattern: str, replacement: str) -> Change:
    """Change the line that says the version, `@` in the regular expression *pattern*."""

    def change(text: str, version: str, decoy: str) -> str:
        lines = text.splitlines(keepends=True)
        said = next((at for at, line in enumerate(lines) if _says(line, version)), None)
        if said is None:  # another mutation spells it otherwise
            return text
        regex = pattern.replace("@", re.escape(version))
        new = replacement.replace("@", version).replace("~", decoy)
        lines[said] = re.sub(regex, new, lines[said], count=1)
        return "".join(lines)

    return change


def _says(line: str, version: str) -> bool:
    return version in line and not line.lstrip(f"{BOM} \t").startswith(("#", ";"))


def _twice(other: str) -> Change:
    """Say the version a second time, right behind; *other* is what it says there."""

    def change(text: str, version: str, _: str) -> str:
        lines = text.splitlines(keepends=True)
        said = next((at for at, line in enumerate(lines) if _says(line, version)), None)
        if said is None:
            return text
        line = lines[said].removeprefix(BOM)
        end = "" if line.endswith("\n") else "\n"
        lines[said : said + 1] = [lines[said] + end, line.replace(version, other or version)]
        return "".join(lines)

    return change


def _inline_table(text: str, _version: str, _decoy: str) -> str:
    """Write `[project]`, or `[package]`, as an inline table."""
    match = re.search(r"(?m)^\[(project|package)\]\r?\n((?:[^\[\r\n][^\r\n]*(?:\r?\n|\Z))*)", text)
    if match is None:
        return text
    entries = ", ".join(match[2].splitlines())
    return f"{match[1]} = {{ {entries} }}\n{text[: match.start()]}{text[match.end() :]}"


def _dotted_keys(text: str, _version: str, _decoy: str) -> str:
    match = re.search(r"(?m)^\[(project|package)\]\r?\n((?:[^\[\r\n][^\r\n]*(?:\r?\n|\Z))*)", text)
    if match is None:
        return text
    entries = "".join(f"{match[1]}.{line}\n" for line in match[2].splitlines())
    return f"{entries}{text[: match.start()]}{text[match.end() :]}"


def _crlf(text: str, _version: str, _decoy: str) -> str:
    return re.sub(r"\r?\n", "\r\n", text)


def _without_last_line_end(text: str, _version: str, _decoy: str) -> str:
    return text.rstrip("\r\n")


def _strip(text: str, _version: str, _decoy: str) -> str:
    """Have each string that is a version worked on."""
    return re.sub(r"""(?<!["'])(["'])[0-9!]+\.[0-9]+\.[0-9]+\1(?!["'])""", r"\g<0>.strip()", text)


ALL = frozenset({*KINDS, PLAIN})
MUTATIONS = (
    # first those that look for the line
    Mutation(
        "other quotes",
        {
            PYTHON: _in_line("([\"'])@\\1", "'@'"),
            TOML: _in_line('"@"', "'@'"),
            MESON: _in_line("'@'", "'''@'''"),
        },
        frozenset({TOML}),
    ),
    Mutation(
        "triple quotes",
        {
            PYTHON: _in_line("([\"'])@\\1", '"""@"""'),
            TOML: _in_line('"@"', '"""@"""'),
        },
    ),
    Mutation("an annotation", {PYTHON: _in_line("^(\ufeff?__version__)(?= = )", r"\1: str")}),
    Mutation(
        "no blanks around the sign",
        {
            PYTHON: _in_line(" = (?=[\"']@)", "="),
            TOML: _in_line(" = ", "="),
            CFG: _in_line(" = ", "="),
            MESON: _in_line(r"version\s*:\s*", "version:"),
            JSON: _in_line('": "', '":"'),
        },
        ALL,
    ),
    Mutation(
        "many blanks around the sign",
        {
            PYTHON: _in_line(" = (?=[\"']@)", "\t=   "),
            TOML: _in_line(" = ", "\t=   "),
            CFG: _in_line(" = ", "\t=   "),
            MESON: _in_line(r"version\s*:\s*", "version   :\t"),
            JSON: _in_line('": "', '"  :\t"'),
        },
    ),
    Mutation(
        "a quoted key",
        {TOML: _in_line(r"^version\b", '"version"')},
        ALL,
    ),
    Mutation(
        "escapes",
        {
            PYTHON: _in_line(r"([\"'])@\1", r'"\\x31\\u002e2.0"'),
            TOML: _in_line('"@"', r'"\\u0031.2.0"'),
            JSON: _in_line('"@"', r'"\\u0031.2.0"'),
        },
        refused=frozenset({PYTHON, TOML, JSON}),
    ),
    Mutation(
        "a sum of strings",
        {PYTHON: _in_line(r"([\"'])@\1", '"1.2" ".0"')},
        refused=frozenset({PYTHON}),
    ),
    Mutation(
        "the version twice",
        {kind: _twice("") for kind in (PYTHON, TOML, CFG, JSON)}
        | {MESON: _in_line("version: '@'", "version: '@', version: '@'")},
        refused=frozenset({TOML, MESON}),
    ),
    Mutation(
        "two versions",
        {kind: _twice("0.9.7") for kind in (PYTHON, TOML, CFG, JSON, PLAIN)}
        | {MESON: _in_line("version: '@'", "version: '@', version: '0.9.7'")},
        refused=frozenset({PYTHON, TOML, CFG, JSON, MESON, PLAIN}),
    ),
    Mutation(
        "something done with the string",
        {
            PYTHON: _strip,
            MESON: _in_line("'@'", "'@' + ''"),
        },
        refused=frozenset({MESON}),
    ),
    Mutation(
        "a comment behind the version",
        {
            PYTHON: _in_line(r"(?=\r?\n|\Z)", "  # \"~\", was '~'"),
            TOML: _in_line(r"(?=\r?\n|\Z)", ' # "~", version = "~"'),
            CFG: _in_line(r"(?=\r?\n|\Z)", "  # version = ~"),
            MESON: _in_line(r"(?=\r?\n|\Z)", " # version: '~'"),
            PLAIN: _in_line(r"(?=\r?\n|\Z)", "  # ~"),
        },
        frozenset({PYTHON, TOML, MESON}),
        frozenset({PLAIN}),
    ),
    Mutation("CRLF", dict.fromkeys(ALL, _crlf), ALL),
    Mutation("no line end at the end", dict.fromkeys(ALL, _without_last_line_end), ALL),
    Mutation(
        "a byte order mark",
        dict.fromkeys(ALL, _before(BOM)),
        frozenset({PYTHON, PLAIN}),
        frozenset({TOML}),
    ),
    Mutation(
        "a comment before",
        {
            PYTHON: _before('# __version__ = "~"\n'),
            TOML: _before('# version = "~"\n# [project]\n# version = "~"\n'),
            CFG: _before("# version = ~\n; version = ~\n"),
            MESON: _before("# project('demo', version: '~')\n"),
        },
        ALL,
    ),
    Mutation(
        "a decoy in a string behind",
        {
            PYTHON: _behind('TEXT = """\n__version__ = \'~\'\n"""\n'),
            TOML: _behind('\n[tool.note]\ntext = """\n[project]\nversion = "~"\n"""\n'),
            CFG: _behind("\n[note]\ntext =\n    [metadata]\n    version = ~\n"),
            MESON: _behind("text = '''\nproject('demo', version: '~')\n'''\n"),
        },
        frozenset({PYTHON, TOML, MESON}),
    ),
    Mutation(
        "another table before",
        {
            TOML: _before('[tool.aaa]\nversion = "~"\nproject.version = "~"\n\n'),
            CFG: _before("[aaa]\nversion = ~\n\n"),
            JSON: lambda text, _, decoy: text.replace(
                "{", f'{{\n  "engine": {{ "version": "{decoy}" }},', 1
            ),
        },
        ALL,
    ),
    Mutation(
        "another table behind",
        {
            TOML: _behind('\n[tool.zzz]\nversion = "~"\n\n[[tool.zzz.more]]\nversion = "~"\n'),
            CFG: _behind("\n[zzz]\nversion = ~\n"),
            MESON: _behind("other = dependency('other', version: '~', required: false)\n"),
            JSON: lambda text, _, decoy: (
                text.rstrip()[:-1].rstrip() + f',\n  "list": [{{ "version": "{decoy}" }}]\n}}\n'
            ),
        },
        ALL,
    ),
    Mutation(
        "the same name inside a class and a function",
        {
            PYTHON: _behind(
                'class Old:\n    __version__ = "~"\n\n\n'
                'def old():\n    __version__ = "~"\n    return __version__\n'
            )
        },
        ALL,
    ),
    Mutation("an inline table", {TOML: _inline_table}, ALL),
    Mutation("dotted keys", {TOML: _dotted_keys}, ALL),
    Mutation(
        "a syntax error",
        {
            PYTHON: _behind("def broken(:\n"),
            TOML: _behind("broken = = \n"),
            CFG: _behind("[broken\n"),
            JSON: _behind("}\n"),
            MESON: _behind("broken(((\n"),
        },
        refused=frozenset({TOML}),
    ),
)
