from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from releasio.auth.chain import obtain
from releasio.auth.keeping import offer_to_keep
from releasio.frozen import replace as frozen_replace
from releasio.rules.credentials.credential import Answer
from releasio.rules.credentials.policy import Policy
from tests.auth.desk import Desk, MadeUpKeyring, MadeUpTerminal
from tests.cli.program import NOW
from tests.embedded.index import EmbeddedIndex
from tests.fakes.index import PRIVATE, START, FakeIndex
from tests.journeys.stage import WHO, make_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.templates import Templates

QUESTION = "Keep the token for private in the keyring for next time?"
BACK_END = """
from pathlib import Path
from keyring.backend import KeyringBackend

FILE = Path(__file__).with_name("kept")

class Keyring(KeyringBackend):
    priority = 1
    def get_password(self, service, user):
        kept = FILE.read_text().splitlines() if FILE.exists() else []
        return next((line.split()[2] for line in kept if line.split()[:2] == [service, user]), None)
    def set_password(self, service, user, password):
        with FILE.open("a") as file:
            print(service, user, password, file=file)
    def get_credential(self, service, user):
        return None
"""


def typed(*, yes: bool, env: dict[str, str] | None = None, **more: object) -> Desk:
    """Return a desk at which a token was typed, and has been used."""
    desk = Desk(env=env or {}, terminal=MadeUpTerminal("a-token", yes=yes), **more)  # type: ignore[arg-type]
    obtained = obtain(desk, PRIVATE, desk.policy, "demo", chain=desk.chain())
    desk.credentials[PRIVATE] = obtained.credential
    desk.answers[PRIVATE] = obtained.answers
    return desk


def offer(desk: Desk) -> list[tuple[str, str, str]]:
    offer_to_keep(desk, terminal=desk.terminal, keyring=desk.keyring)  # type: ignore[arg-type]
    return desk.keyring.kept


class TestAYes:
    def test_keeps_the_token_where_it_is_looked_for(self) -> None:
        desk = typed(yes=True)

        assert [(PRIVATE.upload, "__token__", "a-token")] == offer(desk)
        assert QUESTION == desk.terminal.asked[-1]
        assert (
            f"the keyring keeps the token for {PRIVATE.upload} from now on" == desk.screen.notes[-1]
        )

    def test_that_the_keyring_does_not_heed_is_a_note(self) -> None:
        desk = typed(yes=True)
        desk.keyring.problem = "KeyringLocked: it is locked"
        offer(desk)

        assert (
            "the keyring did not take the token: KeyringLocked: it is locked. Unlock it, or keep "
            f"the token by hand: keyring set {PRIVATE.upload} __token__" == desk.screen.notes[-1]
        )

    def test_keeps_the_registrys_user(self) -> None:
        corp = frozen_replace(PRIVATE, user="ada")
        desk = Desk(FakeIndex(corp), terminal=MadeUpTerminal("a-password", yes=True))
        obtained = obtain(desk, corp, desk.policy, "demo", chain=desk.chain())
        desk.credentials[corp], desk.answers[corp] = obtained.credential, obtained.answers

        assert [(corp.upload, "ada", "a-password")] == offer(desk)


class TestNobodyIsAsked:
    @pytest.mark.parametrize(
        "more",
        [{"keyring": MadeUpKeyring(absent=True)}, {"policy": Policy(order=("prompt",))}],
        ids=["without a keyring", "where the keyring is not looked into"],
    )
    def test_for_nothing(self, more: dict[str, object]) -> None:
        desk = typed(yes=True, **more)

        assert [] == offer(desk)
        assert QUESTION not in desk.terminal.asked

    def test_whatever_words_another_source_has(self) -> None:
        desk = typed(yes=True, policy=Policy(order=("prompt",)))
        said = Answer("acme-vault", "not-applicable", "nothing is kept for it in the vault")
        desk.answers[PRIVATE] = (said, *desk.answers[PRIVATE])

        assert [] == offer(desk)

    def test_in_a_ci(self) -> None:
        desk = typed(yes=True)
        desk.env["CI"] = "true"

        assert [] == offer(desk)

    def test_about_a_token_from_elsewhere(self) -> None:
        desk = Desk(env={"RELEASIO_TOKEN": "a-token"}, terminal=MadeUpTerminal("typed", yes=True))
        obtained = obtain(desk, PRIVATE, desk.policy, "demo", chain=desk.chain())
        desk.credentials[PRIVATE], desk.answers[PRIVATE] = obtained.credential, obtained.answers

        assert [] == offer(desk)

    def test_about_one_that_ends(self) -> None:
        desk = typed(yes=True)
        held = desk.credentials[PRIVATE]
        ends = START + timedelta(days=1)
        desk.credentials[PRIVATE] = type(held)(held.user, held.secret, held.source, ends)

        assert [] == offer(desk)


def test_a_no_keeps_nothing() -> None:
    assert [] == offer(typed(yes=False))


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_at_a_real_terminal_the_second_release_asks_no_more(
    tmp_path: Path, templates: Templates
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "plain_keyring.py").write_text(BACK_END, encoding="utf-8")
    with EmbeddedIndex() as index:
        stage = make_stage(tmp_path, index, templates)
        token = index.user_token()
        env = {
            **os.environ,
            **WHO,
            "SOURCE_DATE_EPOCH": NOW,
            "RELEASIO_PUBLISH_REGISTRY": index.upload_url,
            "PYTHON_KEYRING_BACKEND": "plain_keyring.Keyring",
            "PYTHONPATH": os.pathsep.join([str(site), *sys.path]),
        }
        shown = at_a_terminal(stage.repo.path, env, [("API token for", token), ("[y/N]", "y")])
        stage.repo.commit("fix: another mistake", **{"src/demo/again.py": ""})
        again = at_a_terminal(stage.repo.path, env, [])

    kept = (site / "kept").read_text(encoding="utf-8")
    assert f"{index.upload_url} __token__ {token}\n" == kept
    assert token not in shown + again
    assert shown.index("Released demo") < shown.index("in the keyring for next time? [y/N]")
    assert "the keyring keeps the token" in shown
    assert "credential:  the keyring" in again


def at_a_terminal(folder: Path, env: dict[str, str], answers: list[tuple[str, str]]) -> str:
    """Release with somebody at the keyboard, who answers each question once; return the screen."""
    import pty  # noqa: PLC0415 -- POSIX only

    child, ours = pty.fork()
    if not child:
        os.chdir(folder)
        command = [sys.executable, "-m", "releasio", "release", "--execute"]
        os.execve(sys.executable, command, env)  # noqa: S606 -- without a shell, as it should be
    shown, end, left = "", time.monotonic() + 60, list(answers)
    while time.monotonic() < end:
        try:
            shown += os.read(ours, 4096).decode(errors="replace")
        except OSError:  # it has ended
            break
        if left and left[0][0] in shown:
            os.write(ours, f"{left.pop(0)[1]}\n".encode())
    os.close(ours)
    os.waitpid(child, 0)
    return shown
