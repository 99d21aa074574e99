"""The hosts behind the names that people give them in ~/.ssh/config."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# `ssh://user@host/...`, or `user@host:...` that no slash stands before
_SSH = re.compile(
    r"(?:(?:git\+)?ssh(?:\+git)?://(?:[^@/]*@)?|(?:[^@/:]+@)?(?![^/]*://))([^/:[\]@]+)[:/]"
)
_ENTRY = re.compile(r"\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*?)\s*$")


def with_real_host(url: str, config: str) -> str:
    """
    Return *url* with the host that ssh connects to; any other address stays as it is.

    Args:
        url: The address of a git remote.
        config: The text of ~/.ssh/config. Files that it includes, and `Match`, are left aside.

    Source: https://man.openbsd.org/ssh_config
    """
    match = _SSH.match(url)
    if match is None:
        return url
    alias = match[1]
    host = next(_host_names(alias, config), alias).replace("%h", alias)
    return f"{url[: match.start(1)]}{host}{url[match.end(1) :]}"


def _host_names(alias: str, config: str) -> Iterator[str]:
    """Yield what `HostName` says in the parts that are about *alias*; the first counts."""
    is_meant = True
    for entry in map(_ENTRY.match, config.splitlines()):
        if entry is None:
            continue
        keyword, value = entry[1].lower(), entry[2]
        if keyword == "host":
            is_meant = _matches(alias, value.split())
        elif keyword == "match":
            is_meant = False
        elif keyword == "hostname" and is_meant:
            yield value.strip('"')


def _matches(alias: str, patterns: Sequence[str]) -> bool:
    """Tell whether *alias* matches one of *patterns*, and none that begins with `!`."""
    name = alias.lower()
    bare = [pattern.strip('"').lower() for pattern in patterns]
    excluded = any(fnmatchcase(name, pattern[1:]) for pattern in bare if pattern.startswith("!"))
    return not excluded and any(fnmatchcase(name, pattern) for pattern in bare)
