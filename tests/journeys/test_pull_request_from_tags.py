"""A release pull request of a project whose version tags say, and no file does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.journeys.forge_stage import HOWS, ForgeStage, How, forge_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

MANIFEST_FROM_TAGS = """\
[build-system]
requires = ["setuptools", "setuptools-scm"]
build-backend = "setuptools.build_meta"
[project]
name = "demo"
dynamic = ["version"]
[tool.setuptools_scm]
[tool.releasio]
config_version = 3
"""


@pytest.fixture
def stage(tmp_path: Path, templates: Templates) -> Iterator[ForgeStage]:
    yield from forge_stage(tmp_path, templates)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("changelog", ["", "[tool.releasio.changelog]\nenabled = false\n"])
def test_is_found_however_it_was_merged(stage: ForgeStage, how: How, changelog: str) -> None:
    stage.push("chore: tags", **{"pyproject.toml": MANIFEST_FROM_TAGS + changelog})
    run = stage.propose()
    assert 0 == run.code, run.err
    again = stage.propose()
    merged = stage.merge(how)
    stage.push("feat: the next thing", **{"src/demo/third.py": ""})
    between = stage.propose()
    document = json.loads(stage.stage.run("release", "--json", "--offline").out)

    assert "is up to date" in again.out, again.err
    assert f"0.2.0 is prepared by {merged[:8]}" in between.out, between.err
    (package,) = document["packages"]
    release = package["release"]
    assert "the next thing" not in release["notes"]
    assert "something new" in release["notes"]
    assert ("prepared", "v0.2.0", merged) == (release["kind"], release["tag"], release["commit"])


def test_a_squashed_one_in_other_words_is_known_by_its_changelog(stage: ForgeStage) -> None:
    stage.push(
        "chore: tags",
        **{"pyproject.toml": MANIFEST_FROM_TAGS + 'mode = "pull-request"\n'},
    )
    run = stage.propose()
    assert 0 == run.code, run.err
    stage.github.settings.squash_merge_commit_title = "PR_TITLE"
    stage.github.settings.squash_merge_commit_message = "BLANK"
    stage.github.pull(1).title = "At last"
    merged = stage.merge("squash")
    stage.push("feat: the next thing", **{"src/demo/third.py": ""})
    between = stage.propose()
    release = stage.stage.run("release", "--offline")

    assert f"{merged[:8]} prepares 0.2.0" in release.out, release.err
    assert f"0.2.0 is prepared by {merged[:8]} and not released yet" in between.out, between.err
    assert 1 == len(stage.github.state.pulls)
