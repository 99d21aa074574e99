"""What a release consists of, and what stands in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.model import (
    BranchConfig,
    ChangelogConfig,
    CommitsConfig,
    Config,
    VersionConfig,
)
from releasio.errors.git.checkout import DetachedHead, DirtyTree, WrongBranch
from releasio.release.objections import objections
from releasio.release.release import as_it_is
from releasio.rules.bump.request import read_request
from tests.decided import reason, release, told
from tests.known import EARLIER, HEAD, channels, facts

if TYPE_CHECKING:
    from releasio.release.facts import Facts

PULL_REQUEST = Config(mode="pull-request")
FIRST = b"# Changelog\n\n## [0.1.0] - 2026-01-02\n\n- All of it.\n"


class TestReasons:
    def test_of_a_new_release_name_commits_and_rule(self) -> None:
        text = "\n".join(release(facts(commits=("feat: colours", "fix: a"))).reasons)

        assert "feat: colours" in text
        assert "minor" in text

    def test_of_a_prepared_release_name_both_versions(self) -> None:
        expected = "pyproject.toml says 1.3.0, the last release is v1.2.0: as prepared"

        assert (expected,) == release(facts("1.3.0")).reasons

    def test_of_a_resumed_release_say_what_happens(self) -> None:
        expected = "v1.2.0 is public, but not finished: what is left is done by hash"

        assert (expected,) == release(facts(unfinished="v1.2.0")).reasons

    def test_for_nothing_in_mode_pull_request(self) -> None:
        assert (
            '1.2.0 is the last release, and mode = "pull-request" waits for a merged release '
            "pull request, which `releasio release-pr` opens"
        ) == reason(facts(config=PULL_REQUEST))
        assert (
            'nothing was released, and mode = "pull-request" waits for a merged release pull '
            "request, which `releasio release-pr` opens"
        ) == reason(facts("0.1.0", last=None, config=PULL_REQUEST))

    def test_for_nothing_since(self) -> None:
        assert "no commits since 1.2.0" == reason(facts(commits=()))
        found = reason(facts(commits=("docs: a",)))

        assert found.startswith("the one commit since 1.2.0 does not raise the version; ")
        assert found.endswith("to release all the same: --bump patch")


class TestRelease:
    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (facts(), "demo 1.2.0 -> 1.2.1"),
            (facts("0.1.0", last=None), "demo 0.1.0"),
            (facts("1.3.0"), "demo 1.3.0"),
            (facts(unfinished="v1.2.0"), "demo 1.2.0: to be finished"),
        ],
        ids=["new", "first", "prepared", "resumed"],
    )
    def test_headline(self, found: Facts, expected: str) -> None:
        assert expected == release(found).headline

    @pytest.mark.parametrize(
        ("found", "expected"),
        [(facts(), None), (facts("1.3.0"), HEAD), (facts(unfinished="v1.2.0"), EARLIER)],
        ids=["new", "prepared", "resumed"],
    )
    def test_commit(self, found: Facts, expected: str | None) -> None:
        assert expected == release(found).commit

    def test_variables_for_hooks(self) -> None:
        expected = {
            "version": "1.3.0",
            "prev_version": "1.2.0",
            "old_version": "1.2.0",
            "bump_type": "minor",
            "tag": "v1.3.0",
            "branch": "main",
            "repo": "https://github.com/acme/demo",
            "date": "2026-01-02",
        }

        assert expected == dict(release(facts(commits=("feat: a",))).variables)

    def test_variables_that_nobody_knows_are_empty(self) -> None:
        variables = release(facts("1.3.0", branch=None, remote=None)).variables

        assert ("", "") == (variables["branch"], variables["repo"])

    def test_notes_are_the_section_that_is_written(self) -> None:
        made = release(facts(commits=("feat: colours",)))
        changelog = next(edit for edit in made.edits if edit.path == "CHANGELOG.md")

        assert "colours" in made.notes
        assert made.notes.encode() in changelog.after

    @pytest.mark.parametrize(
        ("files", "changelog"),
        [
            ({"CHANGES.rst": b"Changes\n=======\n"}, ChangelogConfig()),
            ({}, ChangelogConfig(enabled=False)),
        ],
    )
    def test_notes_are_there_where_the_changelog_is_not_ours(
        self, files: dict[str, bytes | None], changelog: ChangelogConfig
    ) -> None:
        found = release(facts(files=files, config=Config(changelog=changelog)))

        assert "### Fixed\n\n- a mistake" == found.notes
        assert ["pyproject.toml"] == [edit.path for edit in found.edits]

    def test_notes_that_somebody_wrote_are_the_release_s(self) -> None:
        text = b"# Changelog\n\n## 1.2.1\n\n- By hand.\n"
        found = release(facts(files={"CHANGELOG.md": text}))

        assert "- By hand." == found.notes
        assert ["pyproject.toml"] == [edit.path for edit in found.edits]

    def test_what_decided_about_the_place_is_said_where_it_is_in_doubt(self) -> None:
        text = b"# Changelog\n\n## Version 1.2.0/0.65b0 (2026-01-01)\n\n- old\n"
        (remark,) = release(facts(files={"CHANGELOG.md": text})).remarks

        assert remark == (
            "CHANGELOG.md: line 3, `Version 1.2.0/0.65b0 (2026-01-01)`, names more than one "
            "version; the new heading names one"
        )

    def test_edits_only_what_a_new_release_changes(self) -> None:
        assert ["pyproject.toml", "CHANGELOG.md"] == [e.path for e in release(facts()).edits]
        assert () == release(facts("1.3.0")).edits

    def test_a_package_in_a_folder_has_its_files_there(self) -> None:
        made = release(facts(folder="packages/core"))

        assert ["packages/core/pyproject.toml", "packages/core/CHANGELOG.md"] == [
            edit.path for edit in made.edits
        ]

    def test_as_it_is_takes_the_manifest_s_word(self) -> None:
        made = as_it_is(facts("1.2.0"), facts("1.2.0").package(), HEAD)

        assert ("prepared", "v1.2.0", HEAD) == (made.kind, made.tag, made.commit)
        assert (
            "core/1.2.0"
            == as_it_is(facts("1.2.0"), facts("1.2.0").package(), HEAD, "core/1.2.0").tag
        )


class TestChannels:
    NEXT = channels(
        next=BranchConfig(match="next", prerelease=True, prerelease_token="beta"),
        maint=BranchConfig(match="maint/*", tag_prefix="m"),
        edge=BranchConfig(match="edge", prerelease=True),
    )

    @pytest.mark.parametrize(
        ("branch", "expected"),
        [("main", "new v1.2.1"), ("next", "new v1.2.1b1"), ("edge", "new v1.2.1a1")],
    )
    def test_pre_releases_by_branch(self, branch: str, expected: str) -> None:
        assert expected == told(facts(branch=branch, config=Config(branches=self.NEXT)))

    def test_tags_by_branch(self) -> None:
        found = facts(
            branch="maint/1.x", last="m1.2.0", prefix="m", config=Config(branches=self.NEXT)
        )

        assert "new m1.2.1" == told(found)

    def test_a_word_on_the_command_line_goes_over_the_branch(self) -> None:
        config = Config(branches=self.NEXT)
        found = facts(branch="next", config=config, request=read_request(version="1.5.0"))

        assert "new v1.5.0" == told(found)


class TestObjections:
    @staticmethod
    def codes(found: Facts) -> list[str]:
        return [error.code for error in objections(found, release(found))]

    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (facts(), []),
            (facts(branch="master"), []),
            (facts(branch="master", chosen=frozenset({"default_branch"})), ["wrong-branch"]),
            (facts(branch="topic"), ["wrong-branch"]),
            (facts("1.3.0", branch="topic"), ["wrong-branch"]),
            (facts(branch="trunk", config=Config(default_branch="trunk")), []),
            (facts(branch=None), ["detached-head"]),
            (facts("1.3.0", branch=None), []),
            (facts(changed=("a.py",)), ["dirty-tree"]),
            (facts(changed=("a.py",), config=Config(allow_dirty=True)), []),
            (facts(branch="topic", changed=("a.py",)), ["wrong-branch", "dirty-tree"]),
            (facts(branch=None, changed=("a.py",), unfinished="v1.2.0"), []),
            (facts(branch="topic", unfinished="v1.2.0"), []),
        ],
        ids=[
            "none",
            "master is as good as main",
            "unless main was chosen",
            "topic branch",
            "prepared on a topic branch",
            "another default branch",
            "no branch",
            "no branch is needed for a prepared release",
            "changes",
            "changes are allowed",
            "all of them",
            "a public release is finished in any state",
            "and from any branch",
        ],
    )
    def test_by_the_state_of_the_repository(self, found: Facts, expected: list[str]) -> None:
        assert expected == self.codes(found)

    def test_a_channel_s_branch_is_no_wrong_one(self) -> None:
        config = Config(branches=TestChannels.NEXT)

        assert [] == self.codes(facts(branch="next", config=config))
        assert ["wrong-branch"] == self.codes(facts(branch="other", config=config))

    def test_detached_head_says_how_to_get_onto_a_branch(self) -> None:
        found = facts(branch=None)
        (error,) = objections(found, release(found))

        assert isinstance(error, DetachedHead)
        assert "HEAD is at aaaaaaaa and on no branch, but the release commit needs one" == (
            str(error)
        )
        assert (
            "git switch main; in GitHub Actions, check out the branch: with `ref: main`; "
            'in GitLab CI, run before releasio: git checkout -B "$CI_COMMIT_BRANCH"'
        ) == error.hint

    def test_wrong_branch_says_all_three_ways_out(self) -> None:
        found = facts(branch="feat/x")
        (error,) = objections(found, release(found))

        assert isinstance(error, WrongBranch)
        assert "the branch is feat/x, but releases are made from main" == str(error)
        assert (
            'git switch main; or set default_branch = "feat/x", or add a channel: '
            '[branches.feat-x] match = "feat/x"'
        ) == error.hint

    def test_a_maintenance_branch_is_offered_its_range(self) -> None:
        found = facts(branch="1.2.x")
        (error,) = objections(found, release(found))

        assert error.hint is not None
        assert error.hint.endswith('[branches.1-2-x] match = "1.2.x", range = "1.2.x"')

    def test_dirty_tree_names_the_files(self) -> None:
        found = facts(changed=("a", "b", "c", "d", "e"))
        (error,) = objections(found, release(found))

        assert isinstance(error, DirtyTree)
        assert "5 tracked files changed and not committed: a, b, c and 2 more" == str(error)
        assert "Commit or stash them, or release without them: allow_dirty = true" == error.hint

    def test_one_file_is_one_file(self) -> None:
        found = facts(changed=("a",))

        assert "1 tracked file changed and not committed: a" == str(
            objections(found, release(found))[0]
        )


class TestSettings:
    def test_every_commit_may_count(self) -> None:
        config = Config(commits=CommitsConfig(types_patch=("fix", "docs")))

        assert "new v1.2.1" == told(facts(commits=("docs: a",), config=config))

    def test_every_release_may_be_a_pre_release(self) -> None:
        config = Config(version=VersionConfig(pre_release="alpha"))

        assert "new v1.2.1a1" == told(facts(config=config))

    def test_tags_without_a_prefix(self) -> None:
        config = Config(version=VersionConfig(tag_prefix=""))

        assert "new 1.2.1" == told(facts(last="1.2.0", prefix="", config=config))
