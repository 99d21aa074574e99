"""`releasio release-pr` where nobody is asked, or nobody can be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.docs.test_json import VALIDATOR

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.fakes.repository import Repository

ON_GITHUB = {
    "RELEASIO_GITHUB_KIND": "github",
    "RELEASIO_GITHUB_OWNER": "acme",
    "RELEASIO_GITHUB_REPO": "demo",
}
TITLE = "chore(release): prepare demo v0.1.1"


class TestPreview:
    def test_shows_title_branch_text_and_what_it_would_do(self, releasio: Program) -> None:
        run = releasio("release-pr", "--offline", **ON_GITHUB)

        assert 0 == run.code, run.err
        assert f"  title:   {TITLE}\n  branch:  releasio/release\n" in run.out
        assert "  ## demo 0.1.0 -> 0.1.1\n" in run.out
        assert "  - greet politely (#7)\n" in run.out
        assert "push releasio/release to origin, open a pull request" in run.out
        assert "origin was not asked; the forge was not asked" in run.out
        assert run.out.endswith("Nothing was changed. To do it: releasio release-pr --execute\n")
        assert "<!-- releasio" not in run.out

    def test_shows_the_changes_in_files_if_asked_to(self, releasio: Program) -> None:
        run = releasio("release-pr", "--offline", "--diff", **ON_GITHUB)

        assert '+version = "0.1.1"' in run.out

    def test_changes_nothing(self, releasio: Program, project: Repository) -> None:
        before = project.git("for-each-ref"), project.git("status", "--porcelain")

        releasio("release-pr", "--offline", **ON_GITHUB)

        assert before == (project.git("for-each-ref"), project.git("status", "--porcelain"))

    def test_is_a_document(self, releasio: Program) -> None:
        document = json.loads(releasio("release-pr", "--offline", "--json", **ON_GITHUB).out)

        VALIDATOR.validate(document)
        pull_request = document["pull_request"]
        assert ("open", None, "releasio/release", TITLE) == (
            pull_request["action"],
            pull_request["number"],
            pull_request["branch"],
            pull_request["title"],
        )
        assert ["prepare", "propose"] == [stage["stage"] for stage in document["stages"]]

    def test_unfinished_edits_have_no_part_in_it(
        self, releasio: Program, project: Repository
    ) -> None:
        text = project.read("pyproject.toml")
        project.write("pyproject.toml", text + "\n# not finished\n")

        run = releasio("release-pr", "--offline", "--diff", **ON_GITHUB)

        assert 0 == run.code, run.err
        assert "# not finished" not in run.out

    def test_another_version_can_be_asked_for(self, releasio: Program) -> None:
        run = releasio("release-pr", "--offline", "--bump", "minor", **ON_GITHUB)

        assert "chore(release): prepare demo v0.2.0" in run.out

    def test_other_bases_have_branches_of_their_own(
        self, releasio: Program, project: Repository
    ) -> None:
        project.git("switch", "--quiet", "--create", "0.1.x")

        run = releasio("release-pr", "--offline", **ON_GITHUB)

        assert "branch:  releasio/release-0.1.x" in run.out

    def test_nothing_to_release_is_said_and_may_be_an_exit_code(
        self, releasio: Program, project: Repository
    ) -> None:
        project.tag("v0.1.1")
        project.commit("docs: words", **{"README.md": "Words.\n"})

        run = releasio("release-pr", "--offline", "--exit-code", **ON_GITHUB)

        assert 3 == run.code, run.err
        assert "Nothing to release:" in run.out
        assert "pull request: none" in run.out


class TestWithoutForge:
    def test_a_preview_shows_all_the_same_and_names_the_fix(self, releasio: Program) -> None:
        run = releasio("release-pr")

        assert 1 == run.code
        assert f"  title:   {TITLE}\n" in run.out
        assert "is on no forge known here" in run.err
        assert 'Set github.kind = "github"' in run.err

    def test_acting_is_refused_before_anything_is_pushed(
        self, releasio: Program, project: Repository
    ) -> None:
        run = releasio("release-pr", "--execute")

        assert 1 == run.code
        assert "[!] open a pull request" not in run.out
        assert "is on no forge known here" in run.err
        assert "releasio/release" not in project.git("ls-remote", "origin")

    def test_a_missing_token_is_refused_before_anything_is_pushed(
        self, releasio: Program, project: Repository
    ) -> None:
        run = releasio("release-pr", "--execute", CI="true", **ON_GITHUB)

        assert 5 == run.code
        assert "there is no token for GitHub: GITHUB_TOKEN and GH_TOKEN had none" in run.err
        assert "env: GITHUB_TOKEN: ${{ github.token }}" in run.err
        assert "releasio/release" not in project.git("ls-remote", "origin")

    def test_commits_that_are_not_pushed_are_not_proposed(
        self, releasio: Program, project: Repository
    ) -> None:
        project.commit("fix: more", **{"src/demo/other.py": ""})

        run = releasio("release-pr", "--execute", CI="true", **ON_GITHUB)

        assert "main here has commits that origin does not have" in run.err
        assert "git push origin main, then run again." in run.err

    def test_a_branch_of_somebody_is_not_overwritten(
        self, releasio: Program, project: Repository
    ) -> None:
        project.git("switch", "--quiet", "--create", "releasio/release")
        theirs = project.commit("docs: mine", MINE="mine")
        project.git("push", "--quiet", "origin", "releasio/release")
        project.git("switch", "--quiet", "main")

        run = releasio("release-pr", "--execute", CI="true", **ON_GITHUB)

        assert (
            f"releasio/release on origin is not what releasio made: its newest commit is "
            f"{theirs[:8]} (docs: mine)" in run.err
        )
        assert "git push --delete origin releasio/release" in run.err

    def test_a_branch_that_releases_are_made_from_is_never_the_pull_requests(
        self, releasio: Program, project: Repository
    ) -> None:
        before = project.git("ls-remote", "origin")

        setting = {"RELEASIO_GITHUB_RELEASE_PR_BRANCH": "main"}
        run = releasio("release-pr", "--execute", CI="true", **ON_GITHUB, **setting)

        assert "main on origin is not what releasio made: releases are made from it" in run.err
        assert before == project.git("ls-remote", "origin")
