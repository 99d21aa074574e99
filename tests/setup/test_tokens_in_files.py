"""Tokens that lie about are found, and never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from releasio.cli.main import cli
from tests.fakes.tokens import macaroon
from tests.setup.corpus.case import CORPUS, Case

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.setup.finding import Finding
    from tests.fakes.repository import Repository

OF_PYPI, OF_TESTPYPI = macaroon("pypi.org"), macaroon("test.pypi.org")


def findings(
    repo: Repository, files: dict[str, str], **env: str
) -> list[tuple[str, str, str, Finding]]:
    """Return code, place and severity of what is found in a sound project with *files* added."""
    for name, text in files.items():
        path = repo.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    case = Case(CORPUS / "sound" / "pypa-action")
    case.facts["env"] = env
    case.build(repo)
    return [(each.code, each.place, each.severity, each) for each in case.findings(repo)]


@pytest.mark.parametrize(
    ("name", "text", "severity"),
    [
        ("publish.sh", "#!/bin/sh\ntwine upload -p {} dist/*\n", "error"),
        (".pypirc", "[pypi]\npassword = {}\n", "error"),
        ("tests/data.py", "\nTOKEN = '{}'\n", "note"),
    ],
)
def test_a_token_in_the_repository_is_to_be_revoked(
    repo: Repository, name: str, text: str, severity: str
) -> None:
    found = findings(repo, {name: text.format(OF_PYPI)})

    assert [("token-in-file", f"{name}:2", severity)] == [each[:3] for each in found]
    assert "https://pypi.org/manage/account/#api-tokens" in found[0][3].fix
    assert OF_PYPI not in str(vars(found[0][3]))


@pytest.mark.parametrize(
    "text",
    ["pypi-AgEIcHlwaS5vcmc...", f"pypi-AgE{'A' * 99}", f"xpypi-{'B' * 99}"],
)
def test_what_only_looks_like_a_token_is_none(repo: Repository, text: str) -> None:
    assert [] == findings(repo, {"README.md": text})


def pypirc(section: str, token: str) -> str:
    """Return a file with one section."""
    return f"[{section}]\nusername = __token__\npassword = {token}\n"


def test_a_token_kept_on_this_machine_is_noted(repo: Repository, tmp_path: Path) -> None:
    (tmp_path / ".pypirc").write_text(pypirc("pypi", OF_PYPI), encoding="utf-8")

    found = findings(repo, {}, HOME=str(tmp_path), USERPROFILE=str(tmp_path))

    assert [("token-kept", "", "note")] == [each[:3] for each in found]
    assert "[pypi] of ~/.pypirc holds a token for pypi, and release.yml needs none" == (
        found[0][3].message
    )


def test_a_job_has_no_file_of_its_own(repo: Repository, tmp_path: Path) -> None:
    (tmp_path / ".pypirc").write_text(pypirc("pypi", OF_PYPI), encoding="utf-8")

    found = findings(repo, {}, HOME=str(tmp_path), USERPROFILE=str(tmp_path), CI="true")

    assert [] == found


def test_a_token_of_the_other_index_is_an_error(repo: Repository, tmp_path: Path) -> None:
    (tmp_path / ".pypirc").write_text(pypirc("testpypi", OF_PYPI), encoding="utf-8")

    found = findings(repo, {}, HOME=str(tmp_path), USERPROFILE=str(tmp_path))

    assert [("token-for-another-index", "", "error")] == [each[:3] for each in found]
    assert "the token in [testpypi] of ~/.pypirc is for pypi, and is kept for testpypi" == (
        found[0][3].message
    )


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"TWINE_PASSWORD": OF_TESTPYPI}, ["token-for-another-index"]),
        ({"TWINE_PASSWORD": OF_TESTPYPI, "TWINE_REPOSITORY": "testpypi"}, []),
        (
            {"UV_PUBLISH_TOKEN": OF_PYPI, "UV_PUBLISH_URL": "https://test.pypi.org/legacy/"},
            ["token-for-another-index"],
        ),
        ({"UV_PUBLISH_TOKEN": OF_PYPI}, []),
        ({"TWINE_PASSWORD": OF_TESTPYPI, "TWINE_REPOSITORY": "company"}, []),
    ],
)
def test_a_token_in_the_environment_is_compared_with_where_it_goes(
    repo: Repository, env: dict[str, str], expected: list[str]
) -> None:
    assert expected == [each[0] for each in findings(repo, {}, **env)]


def test_no_output_has_the_token(repo: Repository) -> None:
    workflow = (
        "on:\n  release:\n    types: [created] # PyPI: %s\njobs:\n  a:\n    runs-on: x\n"
        "    permissions: {}\n    steps:\n      - run: twine upload -p %s dist/*\n"
    )
    repo.path.joinpath(".github/workflows").mkdir(parents=True)
    path = repo.path / ".github/workflows/upload.yml"
    path.write_text(workflow % (OF_PYPI, OF_PYPI), encoding="utf-8")
    repo.git("add", "--all")

    answer = CliRunner().invoke(cli, ["doctor", str(repo.path), "--offline", "--json"])
    words = CliRunner().invoke(cli, ["doctor", str(repo.path), "--offline"])

    assert "token-in-file" in answer.output
    assert "types: [published]" in words.output
    assert OF_PYPI not in answer.output + words.output
