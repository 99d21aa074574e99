"""`releasio yank`: what is done from here, and what only a person can do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_json import VALIDATOR

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


SDIST, WHEEL = "demo-0.1.1.tar.gz", "demo-0.1.1-py3-none-any.whl"
NOBODY = "http://127.0.0.1:9"  # a proxy that no one is behind
ON_A_FORGE = '[github]\nkind = "github"\nowner = "octo"\nrepo = "demo"\n'


def changelog(repo: Repository) -> str:
    return (repo.path / "CHANGELOG.md").read_bytes().decode()


class TestPreview:
    """Nothing is changed, and everything is said."""

    def test_shows_what_the_index_has_and_changes_nothing(
        self, released: Program, index: EmbeddedIndex, repo: Repository
    ) -> None:
        before = changelog(repo)
        run = released("yank", "0.1.1", "--reason", "breaks on\n 3.13")

        assert (0, "") == (run.code, run.err)
        assert f"demo 0.1.1 on {index.url.rpartition('/')[2]}: not yanked\n" in run.out
        assert f"  [ ] {WHEEL}\n  [ ] {SDIST}\n" in run.out
        assert "  [ ] write CHANGELOG.md: mark 0.1.1 as yanked\n" in run.out
        assert "To do it: releasio yank 0.1.1 --reason 'breaks on 3.13' --execute\n" in run.out
        assert (before, "") == (changelog(repo), repo.git("status", "--porcelain"))

    def test_names_the_page_where_the_index_has_one_though_it_does_not_answer(
        self, released: Program
    ) -> None:
        run = released(
            "yank", "0.1.1", "--reason", "broken", "--registry", "testpypi", HTTPS_PROXY=NOBODY
        )

        assert 6 == run.code
        assert "https://test.pypi.org/manage/project/demo/release/0.1.1/\n" in run.out
        assert "It asks for the version: 0.1.1\n  and for the reason: broken\n" in run.out
        assert "note: what testpypi shows of demo 0.1.1 cannot be seen\n" in run.out
        assert "  [ ] write CHANGELOG.md" in run.out
        assert "(releasio explain index-unreachable)" in run.err

    def test_of_another_index_says_that_its_way_is_not_known(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        run = released("yank", "0.1.1", "--reason", "broken")

        assert f"how {index.url.rpartition('/')[2]} yanks is not known here" in run.out
        assert "  The reason: broken\n" in run.out

    def test_misses_the_reason(self, released: Program) -> None:
        assert "note: no --reason: installers show it" in released("yank", "0.1.1").out

    def test_takes_no_empty_reason(self, released: Program) -> None:
        run = released("yank", "0.1.1", "--reason", " ")

        assert (2, True) == (run.code, "Invalid value for '--reason': it is empty" in run.err)


class TestWhatInstallersTake:
    def test_is_the_newest_version_that_is_left(self, released: Program) -> None:
        released("release", "-x", "--version", "0.1.2")

        assert "once it is yanked, installers take 0.1.1\n" in released("yank", "0.1.2").out

    def test_may_be_nothing(self, released: Program) -> None:
        run = released("yank", "0.1.1")

        assert "once it is yanked, installers find no other final version\n" in run.out


class TestNextRelease:
    def test_is_a_patch_where_no_commit_asks_for_one(self, released: Program) -> None:
        run = released("yank", "0.1.1")

        assert "then 0.1.2: releasio release --bump patch --execute\n" in run.out

    def test_is_what_the_commits_ask_for(self, released: Program, repo: Repository) -> None:
        repo.commit("feat: greet in French", **{"src/demo/french.py": "\n"})
        run = released("yank", "0.1.1")

        assert "  0.2.0, of what is committed: releasio release --execute\n" in run.out

    def test_waits_for_one_that_is_not_finished(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.delete_file(SDIST)
        run = released("yank", "0.1.1")

        assert 0 == run.code, run.err
        assert "comes next is not known: v0.1.1 is not finished, and comes first\n" in run.out

    def test_goes_by_pull_request_where_all_do(self, released: Program, repo: Repository) -> None:
        repo.commit("feat: greet in French", **{"src/demo/french.py": "\n"})
        run = released("yank", "0.1.1", RELEASIO_MODE="pull-request")

        assert "  0.2.0, of what is committed: releasio release-pr --execute\n" in run.out

    def test_can_be_made_as_it_is_said(
        self, released: Program, repo: Repository, index: EmbeddedIndex
    ) -> None:
        released("yank", "0.1.1", "-x")
        told = json.loads(released("yank", "0.1.1", "--json").out)["yank"]["next"]
        repo.git("commit", "--message", "docs: mark 0.1.1 as yanked", "--", "CHANGELOG.md")
        run = released(*told["command"].split()[1:])

        assert (0, "0.1.2") == (run.code, told["version"]), run.err
        assert "demo-0.1.2.tar.gz" in index.files("demo")
        assert "## [0.1.2] - 2023-11-16\n" in changelog(repo)
        assert "## [0.1.1] - 2023-11-16 [YANKED]\n" in changelog(repo)

    def test_not_known_keeps_nobody_from_the_rest(
        self, released: Program, repo: Repository
    ) -> None:
        text = (repo.path / "pyproject.toml").read_text(encoding="utf-8")
        repo.commit("fix: break it", **{"pyproject.toml": text.replace("0.1.1", "one")})
        run = released("yank", "0.1.1")

        assert 0 == run.code, run.err
        assert "note: which version comes next is not known: 'one' is not a version" in run.out
        assert "  [ ] write CHANGELOG.md" in run.out


class TestChangelog:
    """It is marked in the work tree; who fixes the release commits it."""

    def test_is_marked_and_nothing_else_of_it(self, released: Program, repo: Repository) -> None:
        before, head = changelog(repo), repo.git("rev-parse", "HEAD")
        run = released("yank", "0.1.1", "-x")

        assert 0 == run.code, run.err
        assert "yank\n  [x] write CHANGELOG.md: mark 0.1.1 as yanked\n" in run.out
        assert before.replace("0.1.1] - 2023-11-16", "0.1.1] - 2023-11-16 [YANKED]") == changelog(
            repo
        )
        assert (head, " M CHANGELOG.md") == (
            repo.git("rev-parse", "HEAD"),
            repo.git("status", "--porcelain").rstrip("\n"),
        )

    def test_ends_what_it_begins_in_a_job_s_log(self, released: Program) -> None:
        run = released("yank", "0.1.1", "-x", GITHUB_ACTIONS="true")

        assert run.out.rstrip().endswith("as yanked\n::endgroup::")

    def test_keeps_what_is_being_written_there(self, released: Program, repo: Repository) -> None:
        repo.write("CHANGELOG.md", f"{changelog(repo)}\nnot committed")
        released("yank", "0.1.1", "-x")

        assert changelog(repo).endswith("\nnot committed")
        assert "- 2023-11-16 [YANKED]\n" in changelog(repo)

    def test_again_is_once(self, released: Program, repo: Repository) -> None:
        released("yank", "0.1.1", "-x")
        marked = changelog(repo)
        run = released("yank", "0.1.1", "-x")

        assert "[x] write CHANGELOG.md: mark 0.1.1 as yanked  (done already)\n" in run.out
        assert marked == changelog(repo)

    def test_is_to_be_committed_until_it_is(self, released: Program, repo: Repository) -> None:
        released("yank", "0.1.1", "-x")
        command = "commit --message 'docs: mark 0.1.1 as yanked' -- CHANGELOG.md"
        before = released("yank", "0.1.1").out
        repo.git("commit", "--message", "docs: mark 0.1.1 as yanked", "--", "CHANGELOG.md")

        assert f"commit the mark: git {command}\n" in before
        assert "commit the mark" not in released("yank", "0.1.1").out

    @pytest.mark.parametrize(
        ("text", "remark"),
        [
            ("# Changes\n", "CHANGELOG.md has no section of 0.1.1 to mark"),
            (None, "there is no changelog to mark it in"),
        ],
    )
    def test_that_cannot_be_marked_is_named(
        self, released: Program, repo: Repository, text: str | None, remark: str
    ) -> None:
        (repo.path / "CHANGELOG.md").unlink()
        if text is not None:
            repo.write("CHANGELOG.md", text)
        run = released("yank", "0.1.1", "-x")

        assert (0, True) == (run.code, f"note: {remark}\n" in run.out)

    def test_that_is_no_text_is_named(self, released: Program, repo: Repository) -> None:
        (repo.path / "CHANGELOG.md").write_bytes(b"## 0.1.1\n\xff\n")
        run = released("yank", "0.1.1", "-x")

        assert 0 == run.code, run.err
        assert "CHANGELOG.md is not encoded in UTF-8" in run.out
        assert ": mark 0.1.1 there yourself\n" in run.out

    def test_of_another_folder_is_named_from_here(
        self, released: Program, repo: Repository
    ) -> None:
        elsewhere = type(released)(repo.path.parent, released.env)
        run = elsewhere("yank", "0.1.1", "--project", repo.path.name)

        assert f"git -C {repo.path.name} commit --message" in run.out
        assert f"--project {repo.path.name} --execute\n" in run.out


class TestConfirmation:
    """After somebody yanked it on the index."""

    def test_is_told_by_the_index(self, released: Program, index: EmbeddedIndex) -> None:
        released("yank", "0.1.1", "-x")
        index.yank("demo", "0.1.1", "breaks on\n3.13")
        run = released("yank", "0.1.1")

        assert 0 == run.code, run.err
        assert ": yanked\n" in run.out
        assert f"  [x] {SDIST}  (breaks on 3.13)\n" in run.out
        assert "by hand" not in run.out
        assert "\nNothing is left to do here.\n" in run.out

    def test_is_not_given_for_a_part(self, released: Program, index: EmbeddedIndex) -> None:
        released("yank", "0.1.1", "-x")
        index.yank("demo", "0.1.1", only=[SDIST])
        run = released("yank", "0.1.1")

        assert ": partly yanked\n" in run.out
        assert f"  [ ] {WHEEL}\n  [x] {SDIST}\n" in run.out
        assert "by hand" in run.out
        assert "Nothing is left to do here but what is done by hand.\n" in run.out


class TestMistakes:
    def test_a_version_without_files_is_none_to_yank(
        self, released: Program, repo: Repository, index: EmbeddedIndex
    ) -> None:
        before = changelog(repo)
        run = released("yank", "0.1.0", "-x")

        assert (4, before) == (run.code, changelog(repo))
        name = index.url.rpartition("/")[2]
        assert f"error: {name} has no files of demo 0.1.0, so there is nothing to yank" in run.err
        assert "Look which versions it has; --registry names another index." in run.err

    def test_a_version_without_a_tag_is_not_known(self, released: Program) -> None:
        run = released("yank", "7.0")

        assert (2, True) == (run.code, "error: no tag names version 7.0" in run.err)


class TestDocument:
    def test_has_what_is_shown(self, released: Program, index: EmbeddedIndex) -> None:
        index.yank("demo", "0.1.1", "broken", only=[SDIST])
        told = json.loads(released("yank", "v0.1.1", "-x", "--json").out)

        VALIDATOR.validate(told)
        assert ("0.1.1", "v0.1.1", "partly yanked", "broken") == tuple(
            told["yank"][key] for key in ("version", "tag", "state", "reason")
        )
        assert {SDIST: "broken", WHEEL: None} == told["yank"]["files"]
        assert [
            {
                "stage": "yank",
                "steps": [
                    {
                        "step": "write CHANGELOG.md: mark 0.1.1 as yanked",
                        "state": "applied",
                        "detail": "",
                    }
                ],
            }
        ] == told["stages"]
