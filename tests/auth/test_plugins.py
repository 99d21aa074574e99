"""A source that another package brings, really installed, asked by the real program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.auth.chain import obtain
from releasio.auth.sources.plugin import PluginSource
from releasio.errors.auth.credential import NoCredential
from releasio.rules.credentials.policy import Policy
from releasio.world.tokens.plugins import GROUP, Plugin
from tests.auth.desk import Desk
from tests.embedded.index import EmbeddedIndex
from tests.fakes.index import FakeIndex
from tests.journeys.stage import Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.templates import Templates

pytestmark = pytest.mark.journey


EXAMPLE = Path(__file__).with_name("acme_vault")
BROKEN = {
    "raises": "def token(question):\n    raise RuntimeError('{}')\n",
    "leaves": "import sys\ndef token(question):\n    sys.exit('{}')\n",
    "is cancelled": (
        "import asyncio\ndef token(question):\n    raise asyncio.CancelledError('{}')\n"
    ),
    "leaves without a word": "import sys\ndef token(question):\n    sys.exit()\n",
    "ends as generators do": "def token(question):\n    raise GeneratorExit('{}')\n",
    "raises what is its own": (
        "class Lost(BaseException): pass\ndef token(question):\n    raise Lost('{}')\n"
    ),
    "cannot be loaded": "raise ImportError('{}')\n",
    "needs what is not there": "import no_such_vault\n",
    "has no such function": "tokens = '{}'\n",
    "has no function of that name": "token = '{}'\n",
    "breaks down when it is read": (
        "from releasio.credentials import Token\nclass Lazy(Token):\n    @property\n"
        "    def secret(self):\n        raise OSError('{}')\n"
        "    @secret.setter\n    def secret(self, value): pass\n"
        "def token(question):\n    return Lazy('a token')\n"
    ),
    "gives text": "def token(question):\n    return '{}'\n",
    "knows no time zone": (
        "from datetime import datetime\nfrom releasio.credentials import Token\n"
        "def token(question):\n    return Token('{}', expires=datetime(2027, 1, 1))\n"
    ),
}
WRONG = {  # what a function gave or raised, and what is said of it
    "Token(None)": "it gave a Token of None, where text is wanted",
    "Token(b'{}')": "it gave a Token of a bytes, where text is wanted",
    "Token(Secret(7))": "it gave a Token of an int, where text is wanted",
    "Token('')": "it gave an empty Token",
    "Token(' \\n')": "it gave an empty Token",
    "Token('{}', user=7)": "it gave a Token with an int as its user, where text is wanted",
    "Token('{}', expires=1700000000)": (
        "it gave a Token with an int as its end, where a datetime is wanted"
    ),
    "Token('{}', expires=datetime(2027, 1, 1))": "it gave a moment without a time zone",
    "Hollow('{}')": "it gave a Token without its user and expires",
    "NotHere(None)": "it gave a NotHere without a reason",
    "refuse(Refused(None, fix=7))": "Refused without a reason",
    "refuse(Unsaid())": "Unsaid without a reason",
    "'{}'": "it gave a str, neither a Token nor NotHere",
    "None": "it gave None, neither a Token nor NotHere",
}
WRONG_MODULE = """
from datetime import datetime
from releasio.credentials import NotHere, Refused, Secret, Token

class Hollow(Token):
    def __init__(self, text):
        self.secret = Secret(text)

class Unsaid(Refused):
    def __init__(self):
        pass

def refuse(error):
    raise error

def token(question):
    return {}
"""
SAID = {
    "raises": "RuntimeError in broken_vault.py, line 2",
    "leaves": "SystemExit in broken_vault.py, line 3",
    "is cancelled": "CancelledError in broken_vault.py, line 3",
    "leaves without a word": "SystemExit in broken_vault.py, line 3",
    "ends as generators do": "GeneratorExit in broken_vault.py, line 2",
    "raises what is its own": "Lost in broken_vault.py, line 3",
    "cannot be loaded": "ImportError in broken_vault.py, line 1",
    "needs what is not there": "ModuleNotFoundError in broken_vault.py, line 1",
    "has no such function": "AttributeError at broken_vault:token",
    "has no function of that name": "TypeError at broken_vault:token",
    "breaks down when it is read": "OSError in broken_vault.py, line 5",
    "gives text": "it gave a str, neither a Token nor NotHere",
    "knows no time zone": "it gave a moment without a time zone",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, installed by pip."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "--isolated", "install", "--quiet", "--no-deps"]
    offline = ["--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*command, *offline, "--target", str(folder), str(EXAMPLE)], check=True)
    return folder


@pytest.fixture
def stage(tmp_path: Path, site: Path, templates: Templates) -> Iterator[Stage]:
    """A project in no CI, a vault for its index, and the package that opens it."""
    with EmbeddedIndex() as index:
        made = make_stage(tmp_path, index, templates)
        with (made.repo.path / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write(f'[tool.releasio.registries.corp]\nurl = "{index.upload_url}"\n')
        made.repo.git("commit", "--quiet", "--all", "--message", "build: go to our own index")
        made.repo.git("push", "--quiet", "origin", "main")
        vault = tmp_path / "vault"
        vault.mkdir()
        made.env = {
            "RELEASIO_PUBLISH_REGISTRY": "corp",
            "ACME_VAULT": str(vault),
            "PYTHONPATH": os.pathsep.join([str(site), *sys.path]),
        }
        yield made


def keep(stage: Stage, token: str) -> None:
    Path(stage.env["ACME_VAULT"], "corp").write_text(f"{token}\n", encoding="utf-8")


def break_it(stage: Stage, folder: Path, text: str) -> None:
    """Put another package in the place of the example."""
    described = folder / "broken_vault-0.1.dist-info"
    described.mkdir(parents=True)
    (described / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: broken-vault\nVersion: 0.1\n", encoding="utf-8"
    )
    (described / "entry_points.txt").write_text(
        "[releasio.credentials]\nbroken = broken_vault:token\n", encoding="utf-8"
    )
    (folder / "broken_vault.py").write_text(text, encoding="utf-8")
    stage.env["PYTHONPATH"] = os.pathsep.join([str(folder), *sys.path])


class TestTheExample:
    def test_gives_the_token_and_the_release_goes_through(self, stage: Stage) -> None:
        token = stage.index.user_token()
        keep(stage, token)
        run = stage.run("release", "--execute", "-v")

        assert (0, "") == (run.code, run.err)
        assert "  note: credential for corp: acme-vault\n" in run.out
        assert token not in run.out
        assert any(name.startswith("demo-") for name in stage.index.files("demo"))

    def test_is_named_in_a_preview_and_not_loaded(self, stage: Stage, tmp_path: Path) -> None:
        break_it(stage, tmp_path / "site", "raise SystemExit('loaded')\n")
        run = stage.run("release", "--dry-run")

        assert 0 == run.code
        assert "credential: would ask broken, then keyring" in run.out

    def test_that_does_not_apply_says_why(self, stage: Stage) -> None:
        run = stage.run("release", "--execute", ACME_VAULT="")

        assert 5 == run.code
        assert "  acme-vault: does not apply: ACME_VAULT is not set\n" in run.err

    def test_that_refuses_says_what_to_do(self, stage: Stage) -> None:
        before = stage.state()
        run = stage.run("release", "--execute")

        assert 5 == run.code
        assert (
            "no credential for corp: acme-vault: refused: the source acme-vault of acme-vault "
            "1.2 gave no credential: the vault keeps nothing for corp [credential-plugin-failed]\n"
        ) in run.err
        assert f"Put a token of {stage.index.upload_url} into corp." in run.err
        assert before == stage.state()

    def test_has_the_place_that_the_settings_give_it(self, stage: Stage) -> None:
        keep(stage, stage.index.user_token())
        run = stage.run(
            "release",
            "--dry-run",
            RELEASIO_PUBLISH_CREDENTIALS="acme-vault, environment",
            RELEASIO_TOKEN="a-token",
        )

        assert "credential: would ask acme-vault, then RELEASIO_TOKEN;" in run.out

    def test_is_not_asked_where_the_settings_leave_it_out(self, stage: Stage) -> None:
        run = stage.run("release", "--dry-run", RELEASIO_PUBLISH_CREDENTIALS="environment,keyring")

        assert "credential: would ask keyring;" in run.out


@pytest.mark.parametrize("how", BROKEN)
def test_one_that_breaks_is_an_answer_and_neither_a_traceback_nor_a_leak(
    stage: Stage, tmp_path: Path, how: str
) -> None:
    secret = "a-secret-in-its-words"
    break_it(stage, tmp_path / "site", BROKEN[how].format(secret))
    run = stage.run("release", "--execute", "--json")
    document = json.loads(run.out)

    assert 5 == run.code
    (error,) = document["errors"]
    assert (
        f"broken: refused: the source broken of broken-vault 0.1 gave no credential: {SAID[how]} "
        "[credential-plugin-failed]"
    ) in error["message"]
    assert "Ask the makers of broken-vault 0.1, or leave broken out of" in error["hint"]
    assert "Traceback" not in run.err
    assert secret not in run.out + run.err


@pytest.mark.parametrize("given", WRONG)
def test_one_that_gives_what_it_must_not_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    secret = "a-secret-in-its-words"
    folder = tmp_path / "site"
    folder.mkdir()
    module = f"wrong_vault_{list(WRONG).index(given)}"
    text = WRONG_MODULE.replace("{}", given.format(secret))
    (folder / f"{module}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    fake = FakeIndex()
    plugin = Plugin("wrong", "wrong-vault 0.1", EntryPoint("wrong", f"{module}:token", GROUP))
    with pytest.raises(NoCredential) as caught:
        obtain(
            Desk(fake),  # type: ignore[arg-type] # as much of a world as is needed
            fake.registry,
            policy=Policy(),
            project="demo",
            chain=[PluginSource(plugin, "plug-ins")],
        )

    assert (
        "wrong: refused: the source wrong of wrong-vault 0.1 gave no credential: "
        f"{WRONG[given]} [credential-plugin-failed]"
    ) in str(caught.value)
    assert "Ask the makers of wrong-vault 0.1, or leave wrong out of" in caught.value.hint
    assert secret not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize(
    "say",
    [
        "print('open https://vault.example/')",
        "subprocess.run([sys.executable, '-c', 'print(\"open https://vault.example/\")'])",
        "os.system(f'\"{sys.executable}\" -c \"print(\\'open https://vault.example/\\')\"')",
        "os.write(1, b'open https://vault.example/\\n')",
    ],
    ids=["it", "its child", "its shell", "past Python"],
)
def test_what_it_prints_does_not_get_into_a_document(
    stage: Stage, tmp_path: Path, say: str
) -> None:
    text = (
        "import os, subprocess, sys\nfrom releasio.credentials import NotHere\n"
        f"def token(question):\n    {say}\n    return NotHere('nobody was there')\n"
    )
    break_it(stage, tmp_path / "site", text)
    run = stage.run("release", "--execute", "--json")

    assert 5 == json.loads(run.out)["exit_code"]
    assert "open https://vault.example/" in run.err


def test_a_name_that_does_not_exist_stops_before_anything_is_done(stage: Stage) -> None:
    before = stage.state()
    run = stage.run("release", "--execute", RELEASIO_PUBLISH_CREDENTIALS="acme-valt,keyring")

    assert 2 == run.code
    assert "publish.credentials names 'acme-valt', and there is no such source" in run.err
    assert (
        "Did you mean acme-vault? There are trusted-publishing, environment, command, plug-ins, "
        "keyring, pypirc, prompt, acme-vault. A package that brings another one must be installed "
        "beside releasio."
    ) in run.err
    assert before == stage.state()
