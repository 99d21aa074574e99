"""What the merge of a pull request would release."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.release.merging.effect import read_effect
from tests.fakes.projects import static_project
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.release.merging.effect import MergeEffect
    from tests.fakes.repository import Repository


@pytest.fixture
def pull(repo: Repository) -> Repository:
    """A branch of 1.0.0 with a new module, which is checked out."""
    static_project(repo, version="1.0.0")
    repo.tag("v1.0.0")
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit("wip", **{"src/demo/more.py": "# more\n"})
    return repo


def effect_of(path: Path, title: str, **env: str) -> MergeEffect:
    quiet = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "GITHUB_REF", "GITHUB_BASE_REF")
    world, _ = world_of(path, **{**dict.fromkeys(quiet, ""), **env})
    with closing(world):
        return read_effect(world, load(path, {}), title)


def version_of(effect: MergeEffect) -> tuple[str, str]:
    return str(effect.version), effect.bump


@pytest.mark.parametrize(
    ("title", "version"),
    [
        ("fix: mend it", ("1.0.1", "patch")),
        ("feat: add it", ("1.1.0", "minor")),
        ("feat!: change it", ("2.0.0", "major")),
        ("docs: tell it", ("None", "")),
        ("no title at all", ("None", "")),
    ],
)
def test_is_that_of_a_squash_with_the_title(
    pull: Repository, title: str, version: tuple[str, str]
) -> None:
    effect = effect_of(pull.path, title)

    assert (version, "main", None, "") == (
        version_of(effect),
        effect.branch,
        effect.waiting,
        effect.unknown,
    )


def test_what_waits_on_the_branch_is_released_along(pull: Repository) -> None:
    pull.git("checkout", "-q", "main")
    pull.commit("feat: something else", **{"src/demo/other.py": "# other\n"})
    pull.git("checkout", "-q", "topic")

    small, large = effect_of(pull.path, "fix: mend it"), effect_of(pull.path, "feat!: change it")

    assert (("1.1.0", "minor"), False, 1) == (
        version_of(small),
        small.is_changed,
        small.waiting_commits,
    )
    assert (("2.0.0", "major"), True, "1.1.0") == (
        version_of(large),
        large.is_changed,
        str(large.waiting),
    )


def test_files_outside_of_the_package_raise_nothing(pull: Repository) -> None:
    pull.git("checkout", "-q", "-b", "story", "main")
    pull.commit("wip", **{"docs/index.md": "# A story\n"})

    assert ("None", "") == version_of(effect_of(pull.path, "fix: tell it"))


def test_what_the_branch_does_to_dependencies_counts(pull: Repository) -> None:
    text = pull.read("pyproject.toml").replace(
        "\n[project.scripts]", 'dependencies = ["click"]\n\n[project.scripts]'
    )
    pull.commit("wip", **{"pyproject.toml": text})

    assert ("1.0.1", "patch") == version_of(effect_of(pull.path, "chore: use click"))


def test_on_the_branch_itself_the_title_is_one_more_commit(pull: Repository) -> None:
    pull.git("checkout", "-q", "main")

    assert ("1.0.1", "patch") == version_of(effect_of(pull.path, "fix: mend it"))


class TestOfAJob:
    def test_the_event_names_the_branch(self, pull: Repository, tmp_path: Path) -> None:
        pull.git("branch", "next", "main")
        event = tmp_path / "event.json"
        base = {"ref": "next", "sha": pull.git("rev-parse", "next")}
        event.write_text(json.dumps({"pull_request": {"base": base}}), encoding="utf-8")

        effect = effect_of(pull.path, "fix: mend it", GITHUB_EVENT_PATH=str(event))

        assert ("next", ("1.0.1", "patch")) == (effect.branch, version_of(effect))

    def test_the_merge_that_github_checks_out_is_read(
        self, pull: Repository, tmp_path: Path
    ) -> None:
        pull.git("checkout", "-q", "--detach", "main")
        pull.git("merge", "-q", "--no-ff", "-m", "Merge topic into main", "topic")
        pull.git("branch", "-D", "main", "topic")
        event = tmp_path / "event.json"
        base = {"ref": "main", "sha": "f" * 40}
        event.write_text(json.dumps({"pull_request": {"base": base}}), encoding="utf-8")

        effect = effect_of(
            pull.path,
            "feat: add it",
            CI="true",
            GITHUB_EVENT_PATH=str(event),
            GITHUB_REF="refs/pull/7/merge",
        )

        assert ("main", ("1.1.0", "minor")) == (effect.branch, version_of(effect))

    def test_a_shallow_checkout_gives_no_version(self, pull: Repository, tmp_path: Path) -> None:
        clone = pull.clone(tmp_path / "clone", "--depth=1", "--no-local")

        effect = effect_of(clone.path, "feat: add it", CI="true")

        assert (None, "this clone lacks older commits (fetch-depth: 0 gets them)") == (
            effect.version,
            effect.unknown,
        )

    def test_a_checkout_without_tags_gives_no_version(
        self, pull: Repository, tmp_path: Path
    ) -> None:
        clone = pull.clone(tmp_path / "clone", "--no-tags", "--no-local")

        effect = effect_of(clone.path, "feat: add it", CI="true")

        assert "this clone has no tags" in effect.unknown

    def test_a_branch_that_is_not_here_gives_no_version(self, pull: Repository) -> None:
        effect = effect_of(
            pull.path,
            "feat: add it",
            CI_MERGE_REQUEST_TARGET_BRANCH_NAME="gone",
        )

        assert "this clone does not have gone, to which it would be merged" == effect.unknown


def test_what_git_cannot_tell_is_said(repo: Repository) -> None:
    repo.commit("feat: begin", README="nothing to release\n")

    assert "pyproject.toml" in effect_of(repo.path, "feat: add it").unknown


def test_nothing_is_changed(pull: Repository) -> None:
    before = pull.git("for-each-ref"), pull.git("status", "--porcelain")

    effect_of(pull.path, "feat: add it")

    assert before == (pull.git("for-each-ref"), pull.git("status", "--porcelain"))
