"""Sources of credentials that do not come to an end."""

from __future__ import annotations

import subprocess
import sys
import threading
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

import pytest

from releasio.credentials import Question, Token
from releasio.errors.auth.credential_source import CommandFailed, PluginFailed
from releasio.world.tokens.command import ask_program
from releasio.world.tokens.plugins import GROUP, Plugin

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.credentials import NotHere

QUESTION = Question("corp", "https://corp.example/", "demo", "__token__", {})
LATE = r"it did not end within 0\.2 s"
NEVER = threading.Event()

HANGING = """
import threading
from keyring.backend import KeyringBackend

class Hanging(KeyringBackend):
    priority = 9
    def get_password(self, service, user):
        threading.Event().wait()
    def set_password(self, service, user, password):
        threading.Event().wait()
"""
ASKED = """
from releasio.errors.base import ReleasioError
from releasio.rules.credentials.secret import Secret
from releasio.world.tokens.keyring import SystemKeyring

safe = SystemKeyring(patience=0.2)
for ask in (lambda: safe.find("x", "y"), lambda: safe.keep("x", "y", Secret("s3cret-and-long"))):
    try:
        ask()
    except ReleasioError as error:
        print(error)
"""


def hanging(question: Question) -> Token | NotHere:
    """A source as another package might bring it, which waits for ever."""
    del question
    NEVER.wait()
    return Token("too-late")


class Lazy(Token):
    """What hangs only when it is looked at."""

    @property
    def user(self) -> str:  # type: ignore[override] # that is the point
        NEVER.wait()
        return ""

    @user.setter
    def user(self, value: object) -> None: ...


def lazy(question: Question) -> Token | NotHere:
    """A source whose answer waits for ever."""
    del question
    return Lazy("a-token")


@pytest.mark.parametrize("function", [hanging, lazy])
def test_a_plug_in_is_given_up(function: object) -> None:
    name = getattr(function, "__name__", "")
    plugin = Plugin("vault", "acme-vault 1.0", EntryPoint("vault", f"{__name__}:{name}", GROUP))

    with pytest.raises(PluginFailed, match=LATE) as caught:
        plugin.ask(QUESTION, patience=0.2)

    assert "Ask the makers of acme-vault 1.0, or leave vault out of publish.credentials." == (
        caught.value.hint
    )


def test_a_keyring_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "hanging.py").write_text(HANGING, encoding="utf-8")
    env = {"PYTHONPATH": str(tmp_path), "PYTHON_KEYRING_BACKEND": "hanging.Hanging"}
    run = subprocess.run(
        [sys.executable, "-c", ASKED],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    found, kept = run.stdout.splitlines()
    assert "the keyring could not be read: it did not end within 0.2 s" == found
    assert "the keyring did not take the token: it did not end within 0.2 s" == kept


def test_a_program_is_ended() -> None:
    command = (sys.executable, "-c", "import threading; threading.Event().wait()")

    with pytest.raises(CommandFailed, match="did not end within 0 s"):
        ask_program(command, {}, patience=0.2)
