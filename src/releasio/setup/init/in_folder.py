"""A recipe's file for a project in a folder of its repository: forges run jobs at the top."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from releasio.text.command_line import joined
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_INPUT = pattern(r"( +)command: \S+")  # of releasio's Action
_RUN = pattern(r"( +)- run: .*")
_WHEELS = pattern(r"( +)- uses: pypa/cibuildwheel@.*")
_PATH = pattern(r"( +path: )(dist\S*)")
_LISTED_PATH = pattern(r"( +!?)(dist/\S*)")
_SCRIPT = pattern(r"( +)script:")
_ARTIFACTS = pattern(r"( +paths: \[)(dist/)\]")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/.*-]*")


def in_folder(name: str, text: str, folder: str) -> str:
    """
    Return *text*, of the file *name* of a recipe, for a project in *folder*.

    Steps of releasio's Action, and scripts, get it as their directory; what goes from job to job
    is looked for in it.

    Args:
        name: Where the file is in the repository; it tells the forge.
        text: Its content, with line feeds.
        folder: The project's, with `/`; empty: the top, for which nothing changes.
    """
    if not folder:
        return text
    lines = _for_github if name.startswith(".github/") else _for_gitlab
    return "".join(
        f"{line}\n" for old_line in text.splitlines() for line in lines(old_line, folder)
    )


def _for_github(line: str, folder: str) -> Iterator[str]:
    if match := _PATH.fullmatch(line) or _LISTED_PATH.fullmatch(line):
        path = f"{folder}/{match[2]}"
        yield f"{match[1]}{_yaml(path) if 'path: ' in match[1] else path}"
        return
    yield line
    if match := _INPUT.fullmatch(line):
        yield f"{match[1]}working-directory: {_yaml(folder)}"
    elif match := _RUN.fullmatch(line):
        yield f"{match[1]}  working-directory: {_yaml(folder)}"
    elif match := _WHEELS.fullmatch(line):
        yield f"{match[1]}  with:"
        yield f"{match[1]}    package-dir: {_yaml(folder)}"


def _for_gitlab(line: str, folder: str) -> Iterator[str]:
    if match := _ARTIFACTS.fullmatch(line):
        yield f"{match[1]}{_yaml(f'{folder}/{match[2]}')}]"
        return
    yield line
    if match := _SCRIPT.fullmatch(line):
        yield f"{match[1]}  - {_yaml(joined(['cd', folder], windows=False))}"


def _yaml(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
