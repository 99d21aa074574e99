"""The command line that would act, for the end of a preview."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ASIDE = {"as_json", "verbose", "offline", "exit_code", "execute", "dry_run"}


def acting(command: str, path: Path, options: Mapping[str, object], *files: Path) -> str:
    """Return the command line with the same arguments and options, and `--execute`."""
    words = ["releasio", command, *map(str, files)]
    if str(path) != ".":
        words.append(str(path))
    for name, value in options.items():
        if name in _ASIDE or not value:
            continue
        words.append(f"--{name.replace('_', '-')}")
        if value is not True:
            words.append(str(value))
    return shlex.join([*words, "--execute"])
