"""The version of a release pull request, set by hand: in its file, in the title, or in both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from releasio.rules.proposal.state_block import without_block
from tests.journeys.forge_stage import BRANCH, TITLE, ForgeStage, forge_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates


@pytest.fixture
def opened(tmp_path: Path, templates: Templates) -> Iterator[ForgeStage]:
    for stage in forge_stage(tmp_path, templates):
        run = stage.propose()
        assert 0 == run.code, run.err
        yield stage


def test_the_version_in_its_file(opened: ForgeStage) -> None:
    opened.edit("chore: one", **{"pyproject.toml": ('"0.1.1"', '"0.5.0"')})
    opened.propose()
    opened.push("fix: a third thing", **{"src/demo/third.py": ""})
    run = opened.propose()

    assert 0 == run.code, run.err
    assert "0.5.0 was set by hand; the commits ask for 0.1.1" in run.out
    assert "chore(release): prepare demo v0.5.0" == opened.github.pull(1).title
    assert 'version = "0.5.0"' in opened.on_branch("pyproject.toml")
    assert re.search(r"^## \[0\.5\.0\]", opened.on_branch("CHANGELOG.md"), re.MULTILINE)


def test_the_version_in_the_title(opened: ForgeStage) -> None:
    opened.github.pull(1).title = TITLE.replace("0.1.1", "1.0.0")
    opened.propose()
    opened.push("fix: a third thing", **{"src/demo/third.py": ""})
    run = opened.propose()

    assert 0 == run.code, run.err
    assert 'version = "1.0.0"' in opened.on_branch("pyproject.toml")
    assert ["chore(release): prepare v1.0.0"] == opened.subjects()


def test_a_version_that_cannot_be_is_not_kept_and_that_is_said(opened: ForgeStage) -> None:
    opened.github.pull(1).title = TITLE.replace("0.1.1", "0.0.9")
    run = opened.propose()

    assert 0 == run.code, run.err
    assert "the pull request says 0.0.9, which cannot be kept" in run.out
    assert TITLE == opened.github.pull(1).title


@pytest.mark.parametrize(
    ("title", "has_block"),
    [("Release demo 2.0.0", True), (TITLE.replace("0.1.1", "2.0.0"), False)],
)
def test_a_title_that_says_another_version_than_the_merge_releases(
    opened: ForgeStage, title: str, *, has_block: bool
) -> None:
    pull = opened.github.pull(1)
    pull.title = title
    pull.body = pull.body if has_block else without_block(pull.body or "")
    preview = opened.stage.run("release-pr")
    opened.propose()
    opened.push("fix: a third thing", **{"src/demo/third.py": ""})
    opened.propose()

    assert "the title says 2.0.0, and the merge releases 0.1.1" in preview.out
    assert has_block == ("the title says 2.0.0" in (opened.github.pull(1).body or ""))


def test_where_title_and_file_say_different_versions_the_files_counts(opened: ForgeStage) -> None:
    opened.edit("chore: one", **{"pyproject.toml": ('"0.1.1"', '"0.5.0"')})
    opened.github.pull(1).title = TITLE.replace("0.1.1", "0.6.0")
    run = opened.propose()

    assert "the title says 0.6.0, and the merge releases 0.5.0" in run.out
    assert TITLE.replace("0.1.1", "0.5.0") == opened.github.pull(1).title


def test_a_file_that_says_no_version_any_more_is_named(opened: ForgeStage) -> None:
    opened.edit("chore: one", **{"pyproject.toml": ('"0.1.1"', '"banana"')})
    run = opened.propose()

    expected = "releasio/release cannot be released as it is: 'banana' is not a version"
    assert 0 == run.code, run.err
    assert expected in run.out
    assert expected in (opened.github.pull(1).body or "")


def test_the_version_in_the_amended_release_commit(opened: ForgeStage) -> None:
    clone = opened.person()
    text = clone.read("pyproject.toml")
    clone.write("pyproject.toml", text.replace('"0.1.1"', '"0.5.0"'))
    clone.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    clone.git("push", "--quiet", "--force", "origin", BRANCH)
    opened.push("fix: a third thing", **{"src/demo/third.py": ""})
    run = opened.propose()

    assert 0 == run.code, run.err
    assert ["chore(release): prepare v0.5.0"] == opened.subjects()


@pytest.mark.parametrize(
    ("option", "version"), [("--bump=major", "1.0.0"), ("--pre=rc", "0.1.1rc1")]
)
def test_the_version_that_a_run_was_asked_for_stays(
    opened: ForgeStage, option: str, version: str
) -> None:
    asked = opened.propose(option)
    opened.push("fix: a third thing", **{"src/demo/third.py": ""})
    run = opened.propose()

    assert 0 == asked.code, asked.err
    assert f"{version} was set by hand; the commits ask for 0.1.1" in run.out, run.err
    assert TITLE.replace("0.1.1", version) == opened.github.pull(1).title


def test_to_ask_for_what_the_commits_ask_for_sets_nothing(opened: ForgeStage) -> None:
    opened.propose("--version=0.1.1")
    opened.push("feat: a third thing", **{"src/demo/third.py": ""})
    opened.propose()

    assert TITLE.replace("0.1.1", "0.2.0") == opened.github.pull(1).title
