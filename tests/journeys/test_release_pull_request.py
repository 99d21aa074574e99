"""A release pull request: opened, updated, closed; and what people change in it stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from releasio.frozen import replace
from releasio.rules.proposal.state_block import read_block, with_block, without_block
from tests.docs.test_json import VALIDATOR
from tests.journeys.forge_stage import BRANCH, TITLE, ForgeStage, forge_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

OURS = "chore(release): prepare v0.1.1"


@pytest.fixture
def stage(tmp_path: Path, templates: Templates) -> Iterator[ForgeStage]:
    yield from forge_stage(tmp_path, templates)


@pytest.fixture
def opened(stage: ForgeStage) -> ForgeStage:
    """The same with an open pull request."""
    run = stage.propose()
    assert 0 == run.code, run.err
    return stage


def body(stage: ForgeStage, number: int = 1) -> str:
    """Return the description without the block."""
    return without_block(stage.github.pull(number).body or "")


def set_body(stage: ForgeStage, old: str, new: str) -> None:
    """Have somebody edit the description in a browser, which sends other ends of lines."""
    pull = stage.github.pull(1)
    assert old in (pull.body or "")
    pull.body = (pull.body or "").replace(old, new).replace("\n", "\r\n")


class TestOpened:
    def test_in_the_words_of_2x_and_nothing_here_moves(self, stage: ForgeStage) -> None:
        before = stage.stage.state() | {"remote": ""}
        run = stage.propose()

        assert 0 == run.code, run.err
        pull = stage.github.pull(1)
        assert f"Created PR #1: {stage.github.page}/pull/1" in run.out
        assert (TITLE, BRANCH, "main") == (pull.title, pull.head, pull.base)
        assert ["release"] == pull.labels
        assert [OURS] == stage.subjects()
        assert 'version = "0.1.1"' in stage.on_branch("pyproject.toml")
        assert before == stage.stage.state() | {"remote": ""}

    def test_it_says_what_the_merge_does(self, opened: ForgeStage) -> None:
        text = body(opened)

        assert "## demo 0.1.0 -> 0.1.1\n" in text
        assert "fix: a first mistake: fix raises the patch number" in text
        assert "#### Fixed\n\n- something new (#7)\n- a first mistake\n" in text
        assert "`releasio release` tags the merged commit as `v0.1.1`" in text
        assert "- new in the package: `src/demo/fixed.py`, `src/demo/new.py`\n" in text
        assert "**No CI runs on this pull request by itself**" in text

    def test_with_a_token_of_somebody_ci_runs_and_nothing_is_said(self, stage: ForgeStage) -> None:
        run = stage.propose(GITHUB_TOKEN=stage.github.token())

        assert 0 == run.code, run.err
        assert "No CI runs" not in body(stage)

    def test_with_all_that_the_settings_give_it(self, stage: ForgeStage) -> None:
        stage.github.account("bob", role="write")
        stage.github.settings.checks_pending = True
        run = stage.propose(
            RELEASIO_GITHUB_RELEASE_PR_LABELS="release,automated",
            RELEASIO_GITHUB_RELEASE_PR_REVIEWERS="bob",
            RELEASIO_GITHUB_RELEASE_PR_ASSIGNEES="bob",
            RELEASIO_GITHUB_RELEASE_PR_AUTO_MERGE="squash",
        )

        assert 0 == run.code, run.err
        pull = stage.github.pull(1)
        assert (["release", "automated"], ["bob"], ["bob"]) == (
            pull.labels,
            pull.reviewers,
            pull.assignees,
        )
        assert "squash" == (pull.auto_merge or "").lower()

    def test_as_a_draft_by_setting(self, stage: ForgeStage) -> None:
        stage.propose(RELEASIO_GITHUB_RELEASE_PR_DRAFT="true")

        assert stage.github.pull(1).draft

    def test_unfinished_edits_are_not_in_it(self, stage: ForgeStage) -> None:
        text = stage.repo.read("pyproject.toml")
        stage.repo.write("pyproject.toml", text + "# not finished\n")
        run = stage.propose()

        assert 0 == run.code, run.err
        assert "# not finished" not in stage.on_branch("pyproject.toml")
        assert "# not finished" in stage.repo.read("pyproject.toml")

    def test_running_again_changes_nothing(self, opened: ForgeStage) -> None:
        before, requests = opened.stage.state(), len(opened.asked)
        run = opened.propose()

        assert 0 == run.code, run.err
        assert f"PR #1 is up to date: {opened.github.page}/pull/1" in run.out
        assert (before, requests) == (opened.stage.state(), len(opened.asked))

    def test_as_a_document(self, stage: ForgeStage) -> None:
        document = json.loads(stage.propose("--json").out)

        VALIDATOR.validate(document)
        assert ("open", 1, TITLE) == (
            document["pull_request"]["action"],
            document["pull_request"]["number"],
            document["pull_request"]["title"],
        )
        assert {"applied"} == {
            step["state"] for stage in document["stages"] for step in stage["steps"]
        }


class TestUpdated:
    def test_with_what_came_since_in_one_commit(self, opened: ForgeStage) -> None:
        opened.push("feat: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert 0 == run.code, run.err
        pull = opened.github.pull(1)
        assert f"Updated PR #1: {opened.github.page}/pull/1" in run.out
        assert "chore(release): prepare demo v0.2.0" == pull.title
        assert ["chore(release): prepare v0.2.0"] == opened.subjects()
        assert "- a third thing\n" in body(opened)

    def test_a_preview_names_it_and_changes_nothing(self, opened: ForgeStage) -> None:
        opened.push("fix: more", **{"src/demo/third.py": ""})
        before, requests = opened.stage.state(), len(opened.asked)
        run = opened.stage.run("release-pr")

        assert 0 == run.code, run.err
        page = f"{opened.github.page}/pull/1"
        assert f"pull request: #1 is brought up to date ({page})" in run.out
        assert "Nothing was changed. To do it: releasio release-pr --execute" in run.out
        assert (before, requests) == (opened.stage.state(), len(opened.asked))

    def test_labels_that_people_took_away_stay_away(self, opened: ForgeStage) -> None:
        opened.github.pull(1).labels.clear()
        opened.push("fix: more", **{"src/demo/third.py": ""})
        opened.propose()

        assert [] == opened.github.pull(1).labels

    def test_is_closed_with_a_reason_when_nothing_is_left(self, opened: ForgeStage) -> None:
        for _ in range(2):
            opened.repo.git("revert", "--no-edit", "HEAD" if not _ else "HEAD~2")
        opened.repo.git("push", "--quiet", "origin", "main")
        preview = opened.stage.run("release-pr")
        run = opened.propose()

        assert 0 == run.code, run.err
        pull = opened.github.pull(1)
        assert "pull request: #1 is closed" in preview.out, preview.err
        assert "Closed PR #1" in run.out
        assert "closed" == pull.state
        assert "There is nothing to release any more" in pull.comments[0].body

    def test_after_that_the_next_fix_opens_a_new_one(self, opened: ForgeStage) -> None:
        self.test_is_closed_with_a_reason_when_nothing_is_left(opened)
        opened.push("fix: a first mistake", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert "Created PR #2" in run.out, run.err
        assert [OURS] == opened.subjects()

    def test_one_that_somebody_closed_stays_closed_until_something_new_comes(
        self, opened: ForgeStage
    ) -> None:
        pull = opened.github.pull(1)
        opened.stage.repo.git("push", "--quiet", "origin", f":{BRANCH}")
        pull.state = "closed"
        opened.push("docs: words", **{"README.md": "Words.\n"})
        same = opened.propose()
        opened.push("fix: more", **{"src/demo/third.py": ""})
        new = opened.propose()

        assert "#1 was closed by hand, and nothing new came since" in same.out, same.err
        assert "Created PR #2" in new.out, new.err

    @pytest.mark.parametrize("branch", ["kept", "deleted"])
    def test_one_that_somebody_closed_comes_back_if_asked_for(
        self, opened: ForgeStage, branch: str
    ) -> None:
        pull = opened.github.pull(1)
        pull.state = "closed"
        if branch == "deleted":
            opened.stage.repo.git("push", "--quiet", "origin", f":{BRANCH}")
        run = opened.propose("--version", "0.1.1")

        assert "Created PR #2" in run.out, run.err


class TestEdited:
    def test_entries_of_the_changelog_in_a_commit(self, opened: ForgeStage) -> None:
        opened.edit(
            **{"CHANGELOG.md": ("- a first mistake\n", "- a mistake that everybody made\n")}
        )
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert 0 == run.code, run.err
        assert ["docs: better words", OURS] == opened.subjects()
        expected = "- a third thing\n- something new (#7)\n- a mistake that everybody made\n"
        assert expected in opened.on_branch("CHANGELOG.md")
        assert expected in body(opened)

    def test_entries_of_the_changelog_in_the_amended_release_commit(
        self, opened: ForgeStage
    ) -> None:
        clone = opened.person()
        text = clone.read("CHANGELOG.md")
        clone.write("CHANGELOG.md", text.replace("- something new (#7)\n", ""))
        clone.git("commit", "--quiet", "--all", "--amend", "--no-edit")
        clone.git("push", "--quiet", "--force", "origin", BRANCH)
        for name in ("third", "fourth"):
            opened.push(f"fix: a {name} thing", **{f"src/demo/{name}.py": ""})
            run = opened.propose()
            assert 0 == run.code, run.err

        assert [OURS] == opened.subjects()
        expected = "- a fourth thing\n- a third thing\n- a first mistake\n"
        assert expected in opened.on_branch("CHANGELOG.md")
        assert "something new" not in opened.on_branch("CHANGELOG.md")

    def test_other_files(self, opened: ForgeStage) -> None:
        clone = opened.person()
        clone.commit("docs: how to move on", **{"MIGRATION.md": "Words.\n"})
        clone.git("push", "--quiet", "origin", BRANCH)
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert 0 == run.code, run.err
        assert ["docs: how to move on", OURS] == opened.subjects()

    def test_other_files_that_do_not_fit_any_more_are_not_overwritten(
        self, opened: ForgeStage
    ) -> None:
        commit = opened.edit(**{"src/demo/new.py": ("True", "False")})
        opened.push("fix: a third thing", **{"src/demo/new.py": "NEW = None\n"})
        run = opened.propose()

        assert 4 == run.code
        assert (
            "(docs: better words) does not go on top of main any more: src/demo/new.py" in run.err
        )
        assert "git rebase origin/main" in run.err
        assert commit == opened.remote.git("rev-parse", BRANCH)

    def test_a_block_that_somebody_wrote_into_is_no_command(self, opened: ForgeStage) -> None:
        pull = opened.github.pull(1)
        state = read_block(pull.body or "")
        assert state is not None
        written = replace(state, by_hand="no version", commit="0" * 40, title="", section="x")
        pull.body = with_block("Words.\n", written)
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert 0 == run.code, run.err
        assert [OURS] == opened.subjects()

    def test_the_title(self, opened: ForgeStage) -> None:
        opened.github.pull(1).title = "Release 0.1.1 at last"
        opened.push("feat: a third thing", **{"src/demo/third.py": ""})
        opened.propose()

        assert "Release 0.2.0 at last" == opened.github.pull(1).title

    def test_the_description(self, opened: ForgeStage) -> None:
        set_body(opened, "### Changelog", "Thanks to everybody!\n\n### Changelog")
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert 0 == run.code, run.err
        assert "\n\nThanks to everybody!\n\n### Changelog\n" in body(opened)
        assert "- a third thing\n" in body(opened)

    def test_a_description_whose_block_is_gone_stays_whole_and_gets_one_again(
        self, opened: ForgeStage
    ) -> None:
        opened.github.pull(1).body = "Only my words."
        opened.push("feat: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert 0 == run.code, run.err
        assert "Only my words.\n" == body(opened)
        state = read_block(opened.github.pull(1).body or "")
        assert state is not None
        assert "0.2.0" == state.version

    def test_where_both_changed_a_line_the_persons_stays_and_that_is_said(
        self, opened: ForgeStage
    ) -> None:
        set_body(opened, "## demo 0.1.0 -> 0.1.1", "## The release 0.1.1")
        opened.push("feat: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert "## The release 0.1.1\n" in body(opened)
        assert "line `## demo 0.1.0 -> 0.1.1` was changed by hand, and stays" in run.out

    def test_by_merging_the_base_into_it(self, opened: ForgeStage) -> None:
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        clone = opened.person()
        clone.git("merge", "--quiet", "--no-edit", "origin/main")
        clone.git("push", "--quiet", "origin", BRANCH)
        run = opened.propose()

        assert 0 == run.code, run.err
        assert [OURS] == opened.subjects()
        assert "- a third thing\n" in opened.on_branch("CHANGELOG.md")

    @pytest.mark.parametrize("name", ["MIGRATION.md", "pyproject.toml"])
    def test_other_words_in_the_amended_release_commit_are_not_overwritten(
        self, opened: ForgeStage, name: str
    ) -> None:
        clone = opened.person()
        before = clone.read(name) if (clone.path / name).exists() else ""
        clone.write(name, f"{before}# words\n")
        clone.git("add", "--all")
        clone.git("commit", "--quiet", "--amend", "--no-edit")
        clone.git("push", "--quiet", "--force", "origin", BRANCH)
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert 4 == run.code
        assert f"somebody changed {name} in its release commit" in run.err
        assert clone.head == opened.remote.git("rev-parse", BRANCH)

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("## [0.1.1]", "## [Unreleased]\n\n- half of a thing\n\n## [0.1.1]"),
            ("# Changelog\n", "# Changelog\n\nRead it aloud.\n"),
            ("## [0.1.1] - 2023-11-16", "## The big one"),
        ],
    )
    def test_words_around_the_section_of_the_amended_release_commit_are_not_overwritten(
        self, opened: ForgeStage, line: str, words: str
    ) -> None:
        clone = opened.person()
        text = clone.read("CHANGELOG.md")
        clone.write("CHANGELOG.md", text.replace(line, words))
        clone.git("commit", "--quiet", "--all", "--amend", "--no-edit")
        clone.git("push", "--quiet", "--force", "origin", BRANCH)
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert line in text
        assert 4 == run.code
        assert "somebody changed CHANGELOG.md in its release commit" in run.err
        assert clone.head == opened.remote.git("rev-parse", BRANCH)

    def test_a_merge_of_something_else_is_not_overwritten(self, opened: ForgeStage) -> None:
        clone = opened.person()
        clone.git("switch", "--quiet", "--create", "other", "origin/main")
        clone.commit("docs: from elsewhere", **{"OTHER.md": "Words.\n"})
        clone.git("switch", "--quiet", BRANCH)
        clone.git("merge", "--quiet", "--no-ff", "--no-edit", "other")
        clone.git("push", "--quiet", "origin", BRANCH)
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        run = opened.propose()

        assert 4 == run.code
        assert f"{clone.head[:8]} merges something else than main" in run.err
        assert clone.head == opened.remote.git("rev-parse", BRANCH)

    def test_by_rebasing_it_as_the_forge_does(self, opened: ForgeStage) -> None:
        """What a hook added to the release commit is no edit of a person."""
        hook = "echo more > by_a_hook.txt"
        opened.propose(RELEASIO_HOOKS_PRE_BUMP=hook)
        opened.push("fix: a third thing", **{"src/demo/third.py": ""})
        clone = opened.person()
        clone.git("rebase", "--quiet", "origin/main")
        clone.git("push", "--quiet", "--force", "origin", BRANCH)
        run = opened.propose(RELEASIO_HOOKS_PRE_BUMP=hook)

        assert 0 == run.code, run.err
        assert [OURS] == opened.subjects()
        assert "- a third thing\n" in opened.on_branch("CHANGELOG.md")
        assert "more\n" == opened.on_branch("by_a_hook.txt")


class TestRights:
    def test_a_missing_right_is_named_before_anything_is_pushed(self, stage: ForgeStage) -> None:
        token = stage.github.token("fine-grained", permissions={"contents": "write"})
        run = stage.propose(GITHUB_TOKEN=token)

        assert run.code, run.out
        assert BRANCH not in stage.remote.git("for-each-ref"), run.err

    def test_actions_that_may_not_open_pull_requests_are_told_where_to_allow_it(
        self, stage: ForgeStage
    ) -> None:
        stage.github.settings.actions_may_open_pull_requests = False
        run = stage.propose()

        assert 5 == run.code, run.err
        assert "Allow GitHub Actions to create" in run.err
