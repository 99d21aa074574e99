"""The keyring library with back ends made for it: found by its own configuration, as users do."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

BACK_END = """
from keyring.backend import KeyringBackend
from keyring.credentials import SimpleCredential
from keyring.errors import KeyringLocked

class Base(KeyringBackend):
    priority = 1
    def set_password(self, service, user, password):
        raise NotImplementedError

class DistFolder(Base):
    def get_password(self, service, user):
        return "pypi-kept" if user == "__token__" and service == "kept" else None
    def get_credential(self, service, user):
        return SimpleCredential("ada", "hunter22") if service == "others" else None

class Locked(Base):
    def get_password(self, service, user):
        raise KeyringLocked("Failed to unlock the collection!")

class Broken(Base):
    def get_password(self, service, user):
        raise RuntimeError()

class Leaving(Base):
    def get_password(self, service, user):
        raise SystemExit("wrong pass phrase")

class Telling(Base):
    def get_password(self, service, user):
        {raises}
    def set_password(self, service, user, password):
        {raises}

class Bytes(Base):
    def get_password(self, service, user):
        return b"pypi-kept"

class OfNobody(Base):
    def get_password(self, service, user):
        return None
    def get_credential(self, service, user):
        return SimpleCredential(None, "hunter22")

class Odd(Base):
    def get_password(self, service, user):
        return None
    def get_credential(self, service, user):
        return SimpleCredential("ada", 7)

class Nothing:
    def __bool__(self):
        raise RuntimeError("pypi-kept")

class Hollow(Base):
    def get_password(self, service, user):
        return None
    def get_credential(self, service, user):
        return SimpleCredential(Nothing(), Nothing())

class Chatty(Base):
    def get_password(self, service, user):
        import os
        print("unlocking")
        os.write(1, b"unlocked")
        return "pypi-kept"
"""


def in_back_end(line: str) -> str:
    """Return where *line* of it is, as an error of its says."""
    return f"in made_up.py, line {BACK_END.splitlines().index(line) + 1}"


PROGRAM = """
import sys
from releasio.errors.auth.credential_source import SourceBroken
from releasio.world.tokens.keyring import SystemKeyring
try:
    found = SystemKeyring().find(sys.argv[1], "__token__")
    print(found and (found[0], found[1].reveal()))
except SourceBroken as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("back_end", "service", "expected"),
    [
        ("made_up.DistFolder", "kept", "('__token__', 'pypi-kept')"),
        ("made_up.DistFolder", "others", "('ada', 'hunter22')"),
        ("made_up.DistFolder", "empty", "None"),
        ("keyring.backends.fail.Keyring", "kept", "None"),
        ("keyring.backends.null.Keyring", "kept", "None"),
        (
            "made_up.Locked",
            "kept",
            "the keyring could not be read: KeyringLocked: Failed to unlock the collection!",
        ),
        (
            "made_up.Broken",
            "kept",
            "the keyring could not be read: RuntimeError "
            + in_back_end("        raise RuntimeError()"),
        ),
        (
            "made_up.Leaving",
            "kept",
            "the keyring could not be read: SystemExit "
            + in_back_end('        raise SystemExit("wrong pass phrase")'),
        ),
        ("made_up.Hollow", "kept", "the keyring could not be read: it gave Nothing, and no text"),
        ("made_up.Bytes", "kept", "the keyring could not be read: it gave bytes, and no text"),
        ("made_up.Odd", "kept", "the keyring could not be read: it gave int, and no text"),
        ("made_up.OfNobody", "kept", "('__token__', 'hunter22')"),
        ("made_up.Chatty", "kept", "('__token__', 'pypi-kept')"),
    ],
)
def test_a_keyring_answers_or_says_why_not(
    tmp_path: Path, back_end: str, service: str, expected: str
) -> None:
    (tmp_path / "made_up.py").write_text(BACK_END.replace("{raises}", "pass"), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    env = {**os.environ, "PYTHON_KEYRING_BACKEND": back_end, "PYTHONPATH": path}

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, service],
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.strip() == expected


TOKEN = f"pypi-AgEIcHlwaS5vcmc{'CJDU4' * 9}"


@pytest.mark.parametrize("program", ["find", "keep"])
@pytest.mark.parametrize(
    ("raises", "expected"),
    [
        ("raise RuntimeError('{}')", "RuntimeError in made_up.py, line"),
        ("raise SystemExit('{}')", "SystemExit in made_up.py, line"),
        ("raise GeneratorExit('{}')", "GeneratorExit in made_up.py, line"),
        ("raise type('Own', (BaseException,), {{}})('{}')", "Own in made_up.py, line"),
        ("raise type('Own', (KeyringLocked,), {{}})('{}')", "Own in made_up.py, line"),
        ("raise KeyringLocked('{} is locked')", "KeyringLocked: *** is locked"),
        ("raise KeyringLocked(b'{}')", "KeyringLocked in made_up.py, line"),
        ("raise KeyringLocked()", "KeyringLocked in made_up.py, line"),
        ("raise UnicodeEncodeError('ascii', '{}', 0, 1, 'no')", "UnicodeEncodeError in made_up.py"),
    ],
)
def test_the_words_of_a_back_end_are_not_passed_on(
    tmp_path: Path, program: str, raises: str, expected: str
) -> None:
    text = BACK_END.replace("{raises}", raises.format(TOKEN))
    (tmp_path / "made_up.py").write_text(text, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    env = {**os.environ, "PYTHON_KEYRING_BACKEND": "made_up.Telling", "PYTHONPATH": path}

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM if program == "find" else KEEPING, "kept"],
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert expected in done.stdout
    assert TOKEN[:12] not in done.stdout + done.stderr


KEEPING = """
from releasio.errors.auth.credential_source import KeyringRefused
from releasio.rules.credentials.secret import Secret
from releasio.world.tokens.keyring import SystemKeyring
keyring = SystemKeyring()
try:
    keyring.keep("kept", "__token__", Secret("a-token"))
    print(keyring.takes(), "kept")
except KeyringRefused as error:
    print(keyring.takes(), error, error.hint)
"""
REFUSED = "the keyring did not take the token"
UNWILLING = in_back_end("        raise NotImplementedError")
BY_HAND = "Unlock it, or keep the token by hand: keyring set kept __token__"


@pytest.mark.parametrize(
    ("back_end", "expected"),
    [
        ("made_up.Willing", "True kept"),
        (
            "made_up.Locked",
            f"True {REFUSED}: NotImplementedError {UNWILLING} {BY_HAND}",
        ),
        ("keyring.backends.null.Keyring", "False kept"),
    ],
)
def test_a_keyring_keeps_what_it_is_given_or_says_why_not(
    tmp_path: Path, back_end: str, expected: str
) -> None:
    willing = "class Willing(DistFolder):\n    def set_password(self, *given):\n        pass\n"
    (tmp_path / "made_up.py").write_text(
        f"{BACK_END.replace('{raises}', 'pass')}\n{willing}", encoding="utf-8"
    )
    path = os.pathsep.join([str(tmp_path), *sys.path])
    env = {**os.environ, "PYTHON_KEYRING_BACKEND": back_end, "PYTHONPATH": path}

    done = subprocess.run(
        [sys.executable, "-c", KEEPING],
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert expected == done.stdout.strip()


def test_without_any_keyring_nothing_is_taken(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)

    done = subprocess.run(
        [sys.executable, "-c", KEEPING],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.startswith(f"False {REFUSED}: NoKeyringError")
