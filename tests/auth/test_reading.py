"""What is shown to an index that needs a login for reading."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from releasio.auth.reading import logins
from releasio.rules.credentials.policy import Policy
from releasio.rules.index.registry import PYPI, Registry
from tests.auth.desk import Desk, MadeUpKeyring
from tests.fakes.index import FakeIndex

if TYPE_CHECKING:
    from pathlib import Path

CORP = Registry("corp", "https://corp.example/up/", "https://corp.example/simple/", user="ada")
APART = Registry("corp", "https://up.corp.example/", "https://corp.example/simple/", user="ada")
LINE = "machine corp.example login reader password of-netrc\n"


@dataclass
class Reader(Desk):
    """Somebody who wants to read, and perhaps to release."""

    acting: bool = False


def reader(registry: Registry = CORP, *, acting: bool = False, **env: str) -> Reader:
    return Reader(FakeIndex(registry), env, acting=acting)


def shown(
    desk: Reader, terms: Policy | None = None, keyring: MadeUpKeyring | None = None
) -> list[str]:
    asked = keyring or MadeUpKeyring()
    offers = logins(desk, desk.fake.registry, terms or Policy(), keyring=asked)
    return [f"{one.user} {one.secret.reveal()} ({one.source})" for one in offers]


class TestOnTheSameHost:
    def test_the_registrys_own_credential_comes_first(self) -> None:
        desk = reader(RELEASIO_TOKEN_CORP="a-long-password")

        assert ["ada a-long-password (RELEASIO_TOKEN_CORP)"] == shown(desk)

    def test_a_token_that_settings_exclude_does_not(self) -> None:
        desk = reader(RELEASIO_TOKEN_CORP="a-long-password")

        assert [] == shown(desk, Policy("required"))

    def test_a_program_runs_only_when_the_release_is_carried_out(self) -> None:
        terms = Policy(command=(sys.executable, "-c", "print('printed')"))

        assert [] == shown(reader(), terms)
        assert ["ada printed (publish.token_command)"] == shown(reader(acting=True), terms)


class TestOnAnotherHost:
    def test_the_registrys_own_credential_is_not_shown(self) -> None:
        assert [] == shown(reader(APART, RELEASIO_TOKEN_CORP="a-long-password"))

    def test_what_netrc_keeps_for_it_is(self, tmp_path: Path) -> None:
        (tmp_path / ".netrc").write_text(LINE, encoding="utf-8")
        desk = reader(APART, HOME=str(tmp_path), RELEASIO_TOKEN_CORP="a-long-password")

        assert ["reader of-netrc (~/.netrc)"] == shown(desk)

    def test_what_the_keyring_keeps_for_it_is(self) -> None:
        kept = MadeUpKeyring(("reader", "of-keyring"))

        assert ["reader of-keyring (the keyring)"] == shown(reader(APART), keyring=kept)


class TestNetrc:
    def test_may_be_named_by_a_variable(self, tmp_path: Path) -> None:
        (tmp_path / "logins").write_text(LINE, encoding="utf-8")
        desk = reader(APART, NETRC=str(tmp_path / "logins"))

        assert [f"reader of-netrc ({tmp_path / 'logins'})"] == shown(desk)

    @pytest.mark.parametrize(
        "text",
        [
            "machine other.example login a password b\n",
            "machine corp.example.evil.example login a password b\n",
            "default login a password b\n",
        ],
    )
    def test_of_another_host_or_of_any_is_none(self, tmp_path: Path, text: str) -> None:
        (tmp_path / ".netrc").write_text(text, encoding="utf-8")

        assert [] == shown(reader(HOME=str(tmp_path)))

    @pytest.mark.parametrize("text", ["machine corp.example login a passw0rd s3cret\n", "s3cret\n"])
    def test_that_makes_no_sense_is_said_without_its_words(self, tmp_path: Path, text: str) -> None:
        (tmp_path / ".netrc").write_text(text, encoding="utf-8")
        desk = reader(HOME=str(tmp_path))

        assert [] == shown(desk)
        (note,) = desk.screen.notes
        assert re.fullmatch(
            r"~/.netrc could not be read: line \d makes no sense; it is not read with", note
        )

    def test_that_is_no_file_is_said(self, tmp_path: Path) -> None:
        (tmp_path / ".netrc").mkdir()
        desk = reader(HOME=str(tmp_path))

        assert [] == shown(desk)
        assert "~/.netrc could not be read: it is there, and no file" in desk.screen.notes[0]


def test_pypi_is_open_to_everybody(tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text(LINE, encoding="utf-8")

    assert [] == shown(reader(PYPI, HOME=str(tmp_path), RELEASIO_TOKEN="pypi-x"))
