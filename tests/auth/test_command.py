"""A program that prints a token, really run."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.auth.chain import obtain
from releasio.errors.auth.credential import NoCredential
from releasio.errors.auth.credential_source import CommandFailed
from releasio.rules.credentials.policy import Policy
from releasio.rules.index.registry import Registry
from releasio.world.tokens.command import ask_program
from tests.auth.desk import Desk
from tests.fakes.index import PRIVATE, FakeIndex

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "a-token-of-the-vault"


def program(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", text)


def desk(*command: str, registry: Registry = PRIVATE, **env: str) -> Desk:
    around = {**os.environ, **env}
    return Desk(FakeIndex(registry), around, policy=Policy(command=command))


def secret(at: Desk) -> str:
    found = obtain(at, at.fake.registry, at.policy, "demo", chain=at.chain()).credential
    return f"{found.source}: {found.user}:{found.secret.reveal()}"


def refused(at: Desk) -> NoCredential:
    with pytest.raises(NoCredential) as caught:
        secret(at)
    return caught.value


class TestWhatItPrints:
    def test_is_the_token(self) -> None:
        at = desk(*program(f"print('{TOKEN}')"))

        assert f"publish.token_command: __token__:{TOKEN}" == secret(at)
        assert TOKEN in {one.reveal() for one in at.screen.secrets}

    def test_goes_with_the_registrys_user(self) -> None:
        corp = Registry("corp", PRIVATE.upload, PRIVATE.index, user="ada")

        assert f"publish.token_command: ada:{TOKEN}" == secret(
            desk(*program(f"print('{TOKEN}')"), registry=corp)
        )

    def test_is_never_shown_but_what_it_says_is(self) -> None:
        text = f"import sys; print('{TOKEN}'); print('unlocked {TOKEN}', file=sys.stderr)"
        at = desk(*program(text))
        secret(at)

        assert ["unlocked ***"] == at.screen.lines

    @pytest.mark.parametrize(
        ("printed", "problem"),
        [
            ("'Welcome!\\n" + TOKEN + "'", "gave no token: what it printed has a line break in it"),
            (
                "'" + TOKEN + "\\x1b[0m'",
                "gave no token: what it printed has a control character in it",
            ),
            ("''", "gave no token: it printed nothing"),
        ],
    )
    def test_must_be_a_token_and_nothing_else(self, printed: str, problem: str) -> None:
        error = refused(desk(*program(f"print({printed})")))

        assert problem in str(error)
        assert "it must print the token and nothing else" in error.hint.lower()
        assert TOKEN not in str(error)

    def test_may_be_no_text_at_all(self) -> None:
        at = desk(*program(r"import sys; sys.stdout.buffer.write(b'\xff\xfe' * 9)"))

        assert "a character that is not ASCII" in str(refused(at))


class TestAFailure:
    def test_names_its_exit_code_and_what_it_said_last(self) -> None:
        text = f"import sys; print('{TOKEN}'); sys.stderr.write('locked: {TOKEN}\\n'); sys.exit(3)"
        error = refused(desk(*program(text)))

        assert "it ended with exit code 3" in str(error)
        assert "\n  | locked: ***" in str(error)
        assert TOKEN not in str(error)
        assert "Run it by itself; it must print the token and nothing else." in error.hint

    def test_shows_no_token_that_it_said_and_never_printed(self) -> None:
        token = f"pypi-AgEIcHlwaS5vcmc{'CJDU4' * 5}"
        error = refused(desk(*program(f"import sys; sys.exit('cannot renew {token}')")))

        assert "\n  | cannot renew ***" in str(error)
        assert token[:12] not in str(error)

    def test_of_a_program_that_is_not_there_says_so(self) -> None:
        error = refused(desk("no-such-vault", "read"))

        assert "(no-such-vault) gave no token: there is no program no-such-vault" in str(error)
        assert "it is started without a shell" in error.hint

    @pytest.mark.skipif(os.name == "nt", reason="Windows tells programs by their endings")
    def test_of_a_file_that_is_no_program_says_what_is_missing(self, tmp_path: Path) -> None:
        script = tmp_path / "vault.sh"
        script.write_text("echo a-token\n", encoding="utf-8")
        error = refused(desk(str(script), "read"))

        assert f"gave no token: {script} may not be executed" in str(error)
        assert "Make it executable (chmod +x), or name the program that runs it" in error.hint

    def test_of_one_that_cannot_be_started_says_so(self, tmp_path: Path) -> None:
        broken = tmp_path / ("vault.exe" if os.name == "nt" else "vault")
        broken.write_bytes(b"\0nothing that runs")
        broken.chmod(0o755)

        assert "it cannot be started" in str(refused(desk(str(broken))))

    def test_of_one_that_prints_a_whole_file_says_how_much(self) -> None:
        error = refused(desk(*program("print('a line of a file\\n' * 5000)")))

        assert "gave no token: it printed 84,999 characters, and no token is as long" in str(error)

    @pytest.mark.parametrize("stream", ["stdout", "stderr"])
    def test_of_one_that_prints_without_end_ends_it(self, stream: str) -> None:
        text = f"import sys\nwhile True: sys.{stream}.write('y' * 65536)"
        error = refused(desk(*program(text)))

        assert "gave no token: it printed more than 1,048,576 bytes" in str(error)
        assert "it must print the token and nothing else, and then end" in error.hint

    def test_of_one_that_hangs_ends_it(self) -> None:
        with pytest.raises(CommandFailed) as caught:
            ask_program(program("import time; time.sleep(600)"), os.environ, patience=1)

        assert "it did not end within 1 s" in str(caught.value)
        assert "it must not ask anything" in caught.value.hint


class TestItsPlace:
    def test_is_not_the_checkout(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        script = tmp_path / "vault.cmd"
        script.write_text("#!/bin/sh\necho a-token-of-theirs\n", encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.chdir(tmp_path)
        around = {**os.environ, "PATH": os.pathsep.join(["", ".", os.environ["PATH"]])}

        with pytest.raises(CommandFailed, match=r"there is no program vault\.cmd"):
            ask_program(("vault.cmd",), around)


class TestItsSurroundings:
    def test_have_what_proves_who_the_job_is_and_nothing_that_uploads(self) -> None:
        names = ("VAULT_ID_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "GH_TOKEN")
        kept = dict.fromkeys(names, "kept-for-it")
        gone = dict.fromkeys(("PYPI_TOKEN", "TWINE_PASSWORD", "RELEASIO_TOKEN_OTHER"), "gone")
        text = f"import os; print('-'.join(n for n in {[*kept, *gone]} if n in os.environ))"

        printed = ask_program(program(text), {**os.environ, **kept, **gone})

        assert "-".join(kept) == printed.token.reveal()

    def test_have_no_input(self) -> None:
        text = f"import sys; print('{TOKEN}' + sys.stdin.read())"

        assert secret(desk(*program(text))).endswith(TOKEN)

    def test_are_no_shell(self) -> None:
        at = desk(sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME&&~|%PATH%")

        assert secret(at).endswith("$HOME&&~|%PATH%")

    def test_a_script_of_cmd_gets_no_character_that_cmd_obeys(self, tmp_path: Path) -> None:
        script = tmp_path / "vault.cmd"
        script.write_text("#!/bin/sh\necho a-token-of-mine\n", encoding="utf-8")
        script.chmod(0o755)
        with pytest.raises(CommandFailed) as caught:
            ask_program((str(script), "a&calc"), os.environ)

        assert "is a script of cmd.exe, to which '&' is a command" in str(caught.value)
