"""A token or password from `~/.pypirc`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.auth.credential_source import SourceBroken
from releasio.frozen import frozen
from releasio.rules.credentials.credential import Credential, NotHere
from releasio.rules.credentials.pypirc import PypircUnreadable, find_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry

SHOWN = "~/.pypirc"


@frozen
class PypircSource:
    """The file that twine and others read."""

    name: str = SHOWN
    kind: str = "pypirc"

    def offer(self, env: Mapping[str, str], _registry: Registry) -> str | NotHere:
        """It applies where the file exists."""
        path = pypirc_path(env)
        is_there = path is not None and os.path.lexists(path)
        return "the file exists" if is_there else NotHere("there is no such file")

    def foresee(self, asking: Asking) -> NotHere | None:
        """Read it."""
        answer = self.ask(asking)
        return answer if isinstance(answer, NotHere) else None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Look for the index's section."""
        path = pypirc_path(asking.env)
        if path is None:
            return NotHere("there is no home directory")
        if not path.is_file():  # reading might wait for ever
            raise SourceBroken(SHOWN, "it is there, and no file")
        try:
            entry = find_entry(path.read_bytes().decode("utf-8-sig"), asking.registry)
        except PypircUnreadable as error:
            raise SourceBroken(SHOWN, str(error)) from None
        except OSError as error:
            raise SourceBroken(SHOWN, error.strerror or type(error).__name__) from None
        except UnicodeDecodeError:
            raise SourceBroken(SHOWN, "it is not UTF-8") from None
        if entry is None:
            return NotHere(f"no section is for {asking.registry.upload}")
        place = f"[{entry.section}] of {SHOWN}"
        if not entry.password:
            return NotHere(f"[{entry.section}] has no password")
        return asking.accept(entry.user or asking.registry.user, entry.password, place)


def pypirc_path(env: Mapping[str, str]) -> Path | None:
    """Return where this user's file would be; None: there is no home directory."""
    home = env.get("HOME") or env.get("USERPROFILE")
    return Path(home) / ".pypirc" if home else None
