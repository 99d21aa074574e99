"""What git logs in to a remote with, where its settings tell."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from releasio.rules.credentials.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.running.remote import Remote
    from releasio.world.git.git import Git


def pushes_with(git: Git, remote: Remote, secret: Secret) -> bool:
    """
    Tell whether git is sure to push to *remote* with *secret*.

    It is where the secret stands in the remote's address, as in a job of GitLab's, or in a header
    that is set for it, as actions/checkout does. Helpers and keys are not asked.
    """
    return remote.url.startswith("http") and secret in set(_secrets(git, remote))


def _secrets(git: Git, remote: Remote) -> Iterator[Secret]:
    settings = git.settings()
    for key in ("pushurl", "url"):
        for address in settings.get(f"remote.{remote.name}.{key}", ()):
            if password := urlsplit(address).password or urlsplit(address).username:
                yield Secret(unquote(password))
    for name, values in settings.items():
        begin, _, end = name.rpartition(".")
        address = begin.removeprefix("http.")
        if end == "extraheader" and remote.url.lower().startswith(
            address.lower().rstrip("/") + "/"
        ):
            yield from (secret for value in values if (secret := _of_header(value)))


def _of_header(header: str) -> Secret | None:
    """Return the password of `AUTHORIZATION: basic ...`."""
    kind, _, text = header.partition(":")[2].strip().partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return Secret(pair.partition(":")[2])
