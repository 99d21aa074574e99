"""`github.merge_back`: a release comes back to another branch by a pull request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.forges.gitea import FaultyGitea
from tests.forges.github import FaultyGitHub
from tests.forges.gitlab import FaultyGitLab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.standins.forge.github.state import Pull
    from tests.cli.program import Program, Run
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


HEAD = "releasio/merge-back-v0.1.1"
SETTINGS = """\
[github]
kind = "{kind}"
owner = "acme"
repo = "demo"
api_url = "{url}"
merge_back = "develop"
"""


@dataclass
class Pair:
    """A repository whose releases come from main, and whose work goes on in develop."""

    releasio: Program
    repo: Repository
    github: FaultyGitHub

    def release(self, *words: str, **env: str) -> Run:
        return self.releasio("release", *words, **env)

    def pulls(self) -> list[Pull]:
        return [self.github.pull(pull.number) for pull in self.github.state.pulls]

    def public(self, ref: str) -> str | None:
        """Return the commit that *ref* names on the remote."""
        return self.github.git.commit_of(ref)


@pytest.fixture
def pair(laptop: Program, project: Repository) -> Iterator[Pair]:
    with FaultyGitHub(project.path.with_name("origin.git")) as github:
        on_forge(project, "github", github.url)
        laptop.env |= {"GITHUB_TOKEN": github.token()}
        yield Pair(laptop, project, github)


def on_forge(project: Repository, kind: str, url: str) -> None:
    """Push settings by which the project is on the forge at *url*, and a branch develop."""
    project.commit("chore: a forge", **{".releasio.toml": SETTINGS.format(kind=kind, url=url)})
    project.git("push", "--quiet", "origin", "main")
    project.git("push", "--quiet", "origin", "v0.1.0^{commit}:refs/heads/develop")


class TestPullRequest:
    def test_is_opened_after_the_release(self, pair: Pair) -> None:
        run = pair.release("-x")
        (pull,) = pair.pulls()

        assert 0 == run.code, run.err
        assert (HEAD, "develop", "open") == (pull.head, pull.base, pull.state)
        assert pair.public("v0.1.1") == pair.public(f"refs/heads/{HEAD}") == pull.head_commit
        assert ("chore: merge v0.1.1 back into develop", ["merge-back"]) == (
            pull.title,
            pull.labels,
        )
        assert "`v0.1.1` was released from `main`." in (pull.body or "")
        assert f"note: develop gets v0.1.1 by {pair.github.page}/pull/{pull.number}\n" in run.out

    def test_is_previewed_and_nothing_is_pushed(self, pair: Pair) -> None:
        run = pair.release("--verbose")

        assert 0 == run.code, run.err
        assert "[ ] open a pull request on GitHub" in run.out
        assert " that merges v0.1.1 into develop\n" in run.out
        assert ([], None) == (pair.pulls(), pair.public(f"refs/heads/{HEAD}"))

    def test_brings_the_release_when_it_is_merged(self, pair: Pair) -> None:
        pair.release("-x")
        pair.github.merge(pair.pulls()[0].number)

        assert pair.github.git.is_ancestor(pair.public("v0.1.1") or "", "refs/heads/develop")

    def test_leaves_nothing_to_release_where_it_was_merged(
        self, pair: Pair, repo: Repository
    ) -> None:
        pair.release("-x")
        pair.github.merge(pair.pulls()[0].number)
        repo.git("fetch", "--quiet", "origin")
        repo.git("switch", "--quiet", "--track", "origin/develop")
        run = pair.releasio("check", RELEASIO_DEFAULT_BRANCH="develop")

        assert 0 == run.code, run.err
        assert "Nothing to release" in run.out

    def test_with_conflicts_is_opened_all_the_same(self, pair: Pair, repo: Repository) -> None:
        text = repo.read("pyproject.toml").replace('"0.1.0"', '"0.9.0"')
        repo.git("switch", "--quiet", "--detach", "v0.1.0")
        repo.commit("chore: go on with 0.9", **{"pyproject.toml": text})
        repo.git("push", "--quiet", "origin", "HEAD:refs/heads/develop")
        repo.git("switch", "--quiet", "main")
        run = pair.release("-x")
        (pull,) = pair.pulls()

        assert (0, "open") == (run.code, pull.state), run.err
        assert pair.github.git.merged_tree(pull.head_commit, "refs/heads/develop") is None

    def test_of_the_next_release_is_another_one(self, pair: Pair) -> None:
        pair.release("-x")
        pair.release("-x", "--version", "0.1.2")

        assert [HEAD, "releasio/merge-back-v0.1.2"] == [pull.head for pull in pair.pulls()]


class TestNothingToDo:
    def test_where_the_branch_has_the_release(self, pair: Pair) -> None:
        pair.github.fail("403-before", "pulls/create")
        pair.release("-x")
        pair.github.heal()
        pair.repo.git("push", "--quiet", "origin", "v0.1.1^{commit}:refs/heads/develop")
        again = pair.release("-x")

        assert (0, []) == (again.code, pair.pulls())
        assert "Nothing to release" in again.out

    @pytest.mark.parametrize("end", ["merged", "closed"])
    def test_where_somebody_ended_it(self, pair: Pair, end: str) -> None:
        pair.release("-x")
        (pull,) = pair.pulls()
        if end == "merged":
            pair.github.merge(pull.number, "squash")
        else:
            pull.state = "closed"
        again = pair.release("-x")

        assert (0, 1) == (again.code, len(pair.pulls()))
        assert "Nothing to release" in again.out

    def test_where_there_is_no_such_branch(self, pair: Pair) -> None:
        pair.repo.git("push", "--quiet", "origin", ":refs/heads/develop")
        run = pair.release("-x")

        assert (0, []) == (run.code, pair.pulls()), run.err
        assert " into develop  (origin has no branch develop)\n" in run.out

    def test_for_a_release_of_the_branch_itself(self, pair: Pair) -> None:
        pair.repo.git("branch", "--move", "main", "develop")
        pair.repo.git("push", "--quiet", "--force", "--set-upstream", "origin", "develop")
        run = pair.release("-x", RELEASIO_DEFAULT_BRANCH="develop")

        assert (0, []) == (run.code, pair.pulls()), run.err
        assert "into develop" not in run.out

    def test_without_a_token(self, pair: Pair) -> None:
        run = pair.release("-x", GITHUB_TOKEN="")

        assert (0, []) == (run.code, pair.pulls()), run.err


class TestTrouble:
    """The release is public, and the next run does what is left."""

    def test_is_told_at_the_end_and_done_by_the_next_run(self, pair: Pair) -> None:
        pair.github.fail("422-before", "pulls/create", times=9)
        run = pair.release("-x")
        pair.github.heal()
        found = pair.releasio("check")
        again = pair.release("-x")

        assert 0 != run.code
        assert "[-] open a pull request on GitHub" in run.out
        assert "  (it could not be opened)\n" in run.out
        assert "[x] publish the release v0.1.1 on GitHub" in run.out
        assert "no later run does" not in run.err
        assert 0 == found.code == again.code, found.err + again.err
        assert ["open"] == [pull.state for pull in pair.pulls()]
        assert pair.public("refs/heads/main") == pair.public("v0.1.1")

    def test_with_the_label_is_a_note(self, pair: Pair) -> None:
        pair.github.fail("422-before", "issues/add-labels", times=9)
        run = pair.release("-x")

        assert (0, [[]]) == (run.code, [pull.labels for pull in pair.pulls()]), run.err
        assert "note: it has no label merge-back: " in run.out

    def test_a_branch_that_is_there_already_is_used(self, pair: Pair) -> None:
        pair.github.fail("422-before", "pulls/create", times=9)
        pair.release("-x")
        pair.github.heal()
        pair.repo.git("switch", "--quiet", "--detach", "v0.1.1")
        resolved = pair.repo.commit("chore: resolve", **{"more.txt": "more\n"})
        pair.repo.git("push", "--quiet", "origin", f"HEAD:refs/heads/{HEAD}")
        pair.repo.git("switch", "--quiet", "main")
        again = pair.release("-x")
        (pull,) = pair.pulls()

        assert (0, resolved) == (again.code, pull.head_commit), again.err

    def test_another_clone_finds_it_by_the_tag(self, pair: Pair) -> None:
        pair.github.fail("422-before", "pulls/create", times=9)
        pair.release("-x")
        pair.github.heal()
        clone = pair.repo.path.with_name("elsewhere")
        pair.repo.git("clone", "--quiet", str(pair.repo.path.with_name("origin.git")), str(clone))
        elsewhere = type(pair.releasio)(clone, pair.releasio.env)
        run = elsewhere("release", "-x")

        assert 0 == run.code, run.err
        assert "\nmerge-back: develop" in pair.repo.git("cat-file", "tag", "v0.1.1")
        assert [HEAD] == [pull.head for pull in pair.pulls()]


class TestOtherForges:
    def test_it_is_a_merge_request_on_gitlab(self, laptop: Program, project: Repository) -> None:
        with FaultyGitLab(project.path.with_name("origin.git"), "acme/demo") as gitlab:
            on_forge(project, "gitlab", gitlab.url)
            runs = [laptop("release", "-x", GITLAB_TOKEN=gitlab.token()) for _ in range(2)]
            requests = gitlab.state.merge_requests

        assert [0, 0] == [run.code for run in runs], runs[0].err
        assert [(HEAD, "develop", ["merge-back"])] == [
            (request.source_branch, request.target_branch, request.labels) for request in requests
        ]
        assert "Nothing to release" in runs[1].out

    def test_it_is_a_pull_request_on_gitea(self, laptop: Program, project: Repository) -> None:
        with FaultyGitea(project.path.with_name("origin.git")) as gitea:
            on_forge(project, "gitea", gitea.url)
            runs = [laptop("release", "-x", GITEA_TOKEN=gitea.token()) for _ in range(2)]
            pulls = gitea.state.pulls

        assert [0, 0] == [run.code for run in runs], runs[0].err
        assert [(HEAD, "develop")] == [(pull.head, pull.base) for pull in pulls]
        assert "Nothing to release" in runs[1].out
