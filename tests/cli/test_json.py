"""`--json`: exactly one document on standard output, whatever happens."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

SCHEMA = Path(__file__).parents[2] / "docs/reference/report.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("actions", ["false", "true"])
@pytest.mark.parametrize(
    "words",
    [
        ("check", "--offline"),
        ("check", "--offline", "--exit-code"),
        ("release", "--offline"),
        ("release", "--execute", "--skip-publish"),
        ("release", "--offline", "--version", "0.0.1"),
        ("release", "--offline", "--package", "other"),
        ("do-release", "--offline"),
        ("update",),
        ("update", "--execute"),
        ("build",),
        ("build", "--execute"),
        ("publish",),
        ("status", "--offline"),
        ("verify",),
        ("verify", "7.7.7"),
        ("yank", "0.1.0"),
        ("yank", "7.7.7"),
        ("changelog",),
        ("changelog", "--all"),
        ("changelog", "v0.1.0..HEAD"),
        ("changelog", "7.7.7"),
        ("replay",),
        ("doctor", "--offline"),
        ("config",),
        ("config", "upgrade"),
        ("check-pr", "--title", "feat: more"),
        ("check-pr", "--title", "more"),
    ],
    ids=" ".join,
)
def test_is_one_valid_document(
    releasio: Program, index: EmbeddedIndex, words: tuple[str, ...], actions: str
) -> None:
    run = releasio(
        *words, "--json", GITHUB_ACTIONS=actions, RELEASIO_PUBLISH_REGISTRY=index.upload_url
    )
    document = json.loads(run.out)

    VALIDATOR.validate(document)
    assert (run.code, words[0]) == (document["exit_code"], document["command"])
    assert bool(run.code) is bool(document.get("errors"))


def test_of_mistaken_settings_too(releasio: Program, project: Repository) -> None:
    project.write(".releasio.toml", "moed = 'direct'\nallow_dirty = 'yes'\n")
    document = json.loads(releasio("release", "--execute", "--json").out)

    VALIDATOR.validate(document)
    assert ["unknown-setting", "wrong-setting"] == [error["code"] for error in document["errors"]]
    assert [1, 2] == [error["line"] for error in document["errors"]]


def test_names_the_commits_that_are_left_out(releasio: Program, project: Repository) -> None:
    made = project.commit("rework the runner")
    document = json.loads(releasio("check", "--offline", "--json").out)
    (left,) = document["packages"][0]["left_out"]

    VALIDATOR.validate(document)
    assert (made, "rework the runner") == (left["commit"], left["subject"])
    assert left["reason"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_document_that_cannot_be_written_is_said(releasio: Program) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            releasio.command("check", "--offline", "--json"),
            cwd=releasio.path,
            env=releasio.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (1, "error: the document cannot be written: No space left on device\n") == (
        done.returncode,
        done.stderr,
    )
