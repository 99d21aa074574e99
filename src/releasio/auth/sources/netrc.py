"""A user and a password from `~/.netrc`, which is by host."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.auth.credential_source import SourceBroken
from releasio.rules.credentials.credential import NotHere
from releasio.rules.credentials.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 1 << 20  # bytes; people write it by hand
_NAMES = (".netrc", "_netrc")  # the second is Windows'


def find_login(env: Mapping[str, str], host: str) -> tuple[str, Secret, str] | NotHere:
    """
    Return user, password and the file's name for *host*, which is without port.

    The file is that of `NETRC`, else the one in the home directory. Its `default` entry is
    for any host, and so for none that a password must be kept from: it is passed over.

    Raises:
        SourceBroken: There is a file, and it cannot be read.
    """
    path, shown_path = _place(env)
    if path is None:
        return NotHere("there is no ~/.netrc")
    from netrc import NetrcParseError, netrc

    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            raise SourceBroken(shown_path, "it is there, and no file that somebody wrote")
        entries = netrc(str(path)).hosts
    except NetrcParseError as error:  # its words may be a password
        problem = f"line {error.lineno} makes no sense" if error.lineno else "it makes no sense"
        raise SourceBroken(shown_path, problem) from None
    except OSError as error:
        raise SourceBroken(shown_path, error.strerror or type(error).__name__) from None
    except UnicodeDecodeError:
        raise SourceBroken(shown_path, "it is not UTF-8") from None
    user, _account, password = entries.get(host) or ("", "", "")
    if not password:
        return NotHere(f"{shown_path} has nothing for {host}")
    return user or "__token__", Secret(password), shown_path


def _place(env: Mapping[str, str]) -> tuple[Path | None, str]:
    if chosen_path := env.get("NETRC", "").strip():
        return Path(chosen_path), chosen_path
    home = env.get("HOME") or env.get("USERPROFILE")
    for name in _NAMES if home else ():
        path = Path(home or "", name)
        if os.path.lexists(path):
            return path, f"~/{name}"
    return None, ""
