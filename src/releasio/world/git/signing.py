"""Whether git can sign what it makes, as far as it is known before it is asked to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from releasio.errors.git.commands import SigningFailed
from releasio.text.command_line import ON_WINDOWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.world.git.git import Git

# git's own defaults, by gpg.format (git help config)
_PROGRAMS = {"openpgp": "gpg", "x509": "gpgsm", "ssh": "ssh-keygen"}
_ASKED_BY = {"commit": ("commit.gpgsign",), "tag": ("tag.gpgsign", "tag.forcesignannotated")}
_NO = {"false", "no", "off", "0", ""}


def signing_prospect(git: Git, kind: Literal["commit", "tag"]) -> SigningFailed | str:
    """
    Return why git cannot sign a commit or a tag, or what is not known of it.

    Empty: nothing of this *kind* is signed.

    No key is tried: that may ask for a passphrase, or write into a keyring.
    """
    settings = {name: values[-1] for name, values in git.settings().items()}
    if not any(settings.get(name, "no").lower() not in _NO for name in _ASKED_BY[kind]):
        return ""
    form = settings.get("gpg.format", "openpgp").lower()
    if form not in _PROGRAMS:
        return SigningFailed(kind, f"gpg.format = {form}, which git does not know")
    by_form = settings.get(f"gpg.{form}.program")
    program = by_form or (form == "openpgp" and settings.get("gpg.program")) or _PROGRAMS[form]
    if _is_missing(program, git.process.env):
        return SigningFailed(kind, f"there is no program {program}, which signs it")
    if form == "ssh" and (trouble := _key_trouble(settings)):
        return SigningFailed(kind, trouble)
    return f"the {kind} is signed by {program}, and whether it can is not known"


def _is_missing(program: str, env: Mapping[str, str]) -> bool:
    """Tell whether there is no *program* for certain."""
    from releasio.world.processes.programs import find_program  # most people sign nothing

    if Path(program).is_absolute():
        return find_program(program, env) is None
    # git for Windows brings programs that are not on PATH, and other paths are git's to read
    plain = not ON_WINDOWS and "/" not in program
    return plain and find_program(program, env) is None


def _key_trouble(settings: Mapping[str, str]) -> str:
    """Return why ssh-keygen has no key; empty: nothing speaks against it."""
    key = settings.get("user.signingkey", "")
    if not key:
        by_command = settings.get("gpg.ssh.defaultkeycommand")
        return "" if by_command else "user.signingKey does not name the key"
    is_missing = Path(key).is_absolute() and not Path(key).exists()
    return f"there is no key {key}, which user.signingKey names" if is_missing else ""
