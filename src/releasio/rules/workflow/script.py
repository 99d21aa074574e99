"""The commands of a script, as far as one can tell without a shell."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CONTINUED = re.compile(r"[\\`]\r?\n")  # bash and PowerShell
_SEPARATED = re.compile(r"\s*(?:&&|\|\||;|\||\n)\s*")
_EXPRESSION = re.compile(r"\$\{\{.*?\}\}")
_ASSIGNMENT = re.compile(r"(?:\$env:)?([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_HERE_DOCUMENT = re.compile(
    r"^(?!\s*(?:ba|z|da)?sh\b).*?(?<!<)<<-?\s*['\"]?([A-Za-z_]\w*)['\"]?(?!<)", re.DOTALL
)
_SAYING = frozenset({"echo", "printf", "grep", "cat", "#", "Write-Output", "Write-Host"})
_VERSION = re.compile(r"(?:\[.*?\])?(?:[=<>!~@].*)?$")


@frozen
class Command:
    """
    One command of a script.

    Attributes:
        words: What it is made of, without assignments before it.
        variables: What is set for it alone.
        offset: How many lines of the script stand before it.
    """

    words: tuple[str, ...]
    variables: Mapping[str, str]
    offset: int

    def after(self, program: str) -> tuple[str, ...] | None:
        """
        Return the words behind *program*, wherever it stands; None: it is not run here.

        `twine` is also found in `python -m twine`, `uv run twine`, `pipx run twine==6.1`.
        """
        for place, word in enumerate(self.words):
            name = re.split(r"[/\\]", word)[-1].removesuffix(".exe")
            if name == program or (place and _VERSION.sub("", name) == program):
                return self.words[place + 1 :]
        return None

    def option(self, *names: str) -> str:
        """Return what an option of one of these *names* is given; empty: nothing."""
        for place, word in enumerate(self.words):
            name, equals, value = word.partition("=")
            if name in names:
                rest = self.words[place + 1 : place + 2]
                return value if equals else "".join(rest)
        return ""


def commands(script: str) -> Iterator[Command]:
    """Yield the commands of *script*, of a shell or of PowerShell, in their order."""
    expressions = _EXPRESSION.findall(script)
    hidden = _EXPRESSION.sub("\0", script)  # what is in them separates nothing
    lines = hidden.split("\n")
    offset, place = 0, 0
    while offset < len(lines):
        height = 1
        while lines[offset + height - 1].rstrip("\r").endswith(("\\", "`")):
            if offset + height >= len(lines):
                break
            height += 1
        text = _CONTINUED.sub(" ", "\n".join(lines[offset : offset + height]))
        for part in _SEPARATED.split(text.strip()):
            count = part.count("\0")
            values = expressions[place : place + count]
            place += count
            words = [_with_expressions(word, values) for word in _words(part)]
            if command := _command(words, offset):
                yield command
        offset += height
        if document := _HERE_DOCUMENT.search(text):
            end = _end_of_document(lines, offset, document[1])
            place += "".join(lines[offset:end]).count("\0")
            offset = end


def _end_of_document(lines: list[str], start: int, word: str) -> int:
    """Return the line behind the text that a command is given up to a line with *word*."""
    ends = (place for place in range(start, len(lines)) if lines[place].strip() == word)
    return next(ends, len(lines) - 1) + 1


def _words(part: str) -> list[str]:
    try:
        return shlex.split(part, comments=True)
    except ValueError:  # a quotation mark that closes on another line
        return part.split()


def _with_expressions(word: str, values: list[str]) -> str:
    while "\0" in word and values:
        word = word.replace("\0", values.pop(0), 1)
    return word


def _command(words: list[str], offset: int) -> Command | None:
    variables = {}
    while words and (match := _ASSIGNMENT.fullmatch(words[0])):
        variables[match[1]] = match[2]
        words = words[1:]
    if not words or words[0] in _SAYING:
        return None
    return Command(tuple(words), variables, offset)
