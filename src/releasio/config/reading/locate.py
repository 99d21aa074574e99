"""On which line of a TOML text each key stands."""

from __future__ import annotations

import re
from typing import NamedTuple

Path = tuple[str | int, ...]

_PART = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_PARTS = re.compile(_PART)
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_HEADER = re.compile(rf"\[(\[?)[ \t]*({_DOTTED})[ \t]*\]\]?")
_KEY = re.compile(rf"({_DOTTED})[ \t]*=[ \t]*")
_VALUE = re.compile(r'(?:"[^"\\\n]*"(?!")|[A-Za-z0-9_.:+-]+)[ \t]*(?:#[^\n]*)?(?:\r?\n|$)')
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|\n"
    r"|[\[\]{},]"
    r"|[^\s\[\]{},\"'#]+"
    r"|[^\S\n]+",
    re.DOTALL,
)


def locate(text: str) -> dict[Path, int]:
    """
    Return the 1-based line of every table, key and list entry of *text*.

    Keys inside an inline table are not listed; they stand where the table does.

    Args:
        text: Valid TOML; of other text, the part that looks like it is listed.
    """
    return _Scan(text, {}, {}).run()


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """Return the line of *path*, or of the innermost listed thing that holds it."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None


class _Scan(NamedTuple):
    text: str
    lines: dict[Path, int]
    entries: dict[Path, int]  # index of the last entry of each list of tables

    def run(self) -> dict[Path, int]:
        table: Path = ()
        at, line, counted_to = 0, 1, 0
        while (at := self._skip_blank(at)) < len(self.text):
            line, counted_to = line + self.text.count("\n", counted_to, at), at
            if header := _HEADER.match(self.text, at):
                table = self._enter(_split(header[2]), is_list=bool(header[1]))
                self.lines.setdefault(table, line)
                at = header.end()
            elif key := _KEY.match(self.text, at):
                path = table + _split(key[1])
                self._note(path, line, below=len(table))
                at = self._pass_value(key.end(), path, line)
            else:
                break
        return self.lines

    def _skip_blank(self, at: int) -> int:
        blank = _BLANK.match(self.text, at)
        return blank.end() if blank else at

    def _note(self, path: Path, line: int, *, below: int) -> None:
        for end in range(below + 1, len(path) + 1):
            self.lines.setdefault(path[:end], line)

    def _enter(self, keys: Path, *, is_list: bool) -> Path:
        path: Path = ()
        for key in keys[:-1]:
            path += (key,)
            if path in self.entries:
                path += (self.entries[path],)
        path += keys[-1:]
        if is_list:
            self.entries[path] = self.entries.get(path, -1) + 1
        return (*path, self.entries[path]) if path in self.entries else path

    def _pass_value(self, at: int, path: Path, line: int) -> int:
        """Return where the value at *at* ends; note the entries of a list on the way."""
        if simple := _VALUE.match(self.text, at):
            return simple.end()
        depth, entry, is_open = 0, 0, False
        is_list = self.text.startswith("[", at)
        while token := _TOKEN.match(self.text, at):
            at, word = token.end(), token[0]
            if word == "\n" and depth == 0:
                break
            if depth == 1 and is_list and not is_open and _begins_entry(word):
                self.lines[(*path, entry)], is_open = line, True
            if word in {"[", "{"}:
                depth += 1
            elif word in {"]", "}"}:
                depth -= 1
            elif word == "," and depth == 1:
                entry, is_open = entry + 1, False
            line += word.count("\n")
        return at


def _begins_entry(word: str) -> bool:
    return not word.isspace() and word[0] not in "#],"


def _split(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PARTS.findall(dotted))
