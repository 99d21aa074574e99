"""Pushes over HTTP that a forge refuses: nothing is changed, and the ways on are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.git_http import OFFER, PUSH, git_over_http
from tests.fakes.refusing import Refusal, allow, refuse
from tests.fakes.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.git_http import Remote

pytestmark = pytest.mark.journey


TAG = "refs/tags/v0.1.1"
GH006, GH013 = "protected branch hook declined", "push declined due to repository rule violations"
DECLINED = "pre-receive hook declined"
PULL_REQUEST = 'Set mode = "pull-request"'
BY_PULL_REQUEST = "- Changes must be made through a pull request."


def classic(*rules: str) -> Refusal:
    head = "error: GH006: Protected branch update failed for refs/heads/main."
    return Refusal(GH006, (head, *(f"error: {rule}" for rule in rules)))


def ruleset(*rules: str, ref: str = "refs/heads/main") -> Refusal:
    head = f"error: GH013: Repository rule violations found for {ref}."
    page = f"Review all repository rules at https://github.com/acme/demo/rules?ref={ref}"
    return Refusal(GH013, (head, page, "", *rules, ""), ref)


REFUSALS = [
    (ruleset(BY_PULL_REQUEST, "- 4 of 4 required status checks are expected."), PULL_REQUEST),
    (classic("Changes must be made through a pull request."), PULL_REQUEST),
    (classic("Changes must be made through the merge queue"), PULL_REQUEST),
    (classic('Required status check "ci" is expected.'), "no check has run on it"),
    (ruleset("- Commits must have verified signatures."), "commit.gpgSign"),
    (
        ruleset("- Cannot create ref due to creations being restricted.", ref=TAG),
        "Settings > Rules > Rulesets",
    ),
    (
        Refusal(
            "refusing to allow a GitHub App to create or update workflow "
            "`.github/workflows/ci.yml` without `workflows` permission"
        ),
        "the right to change workflows",
    ),
    (
        Refusal(
            DECLINED,
            ("GitLab: You are not allowed to push code to protected branches on this project.",),
        ),
        "Settings > Repository > Protected branches",
    ),
    (
        Refusal(
            DECLINED, ("GitLab: You are not allowed to create this tag as it is protected.",), TAG
        ),
        "Settings > Repository > Protected tags",
    ),
    (
        Refusal(DECLINED, ("", "Forgejo: Not allowed to push to protected branch main")),
        "Settings > Branches (Enable push)",
    ),
    (
        Refusal(
            "TF402455: Pushes to this branch are not permitted; you must use a pull request to "
            "update this branch."
        ),
        "Bypass policies when pushing",
    ),
    (Refusal(DECLINED, ("Permission denied to update branch main.",)), "Branch restrictions"),
]


@pytest.fixture
def remote(project: Repository) -> Repository:
    return Repository(project.path.with_name("origin.git"))


@pytest.fixture
def served(project: Repository, remote: Repository) -> Iterator[Remote]:
    """Serve the remote over HTTP."""
    with git_over_http(remote.path) as served:
        project.git("remote", "set-url", "origin", served.url)
        yield served


def seen(project: Repository, remote: Repository) -> tuple[str, ...]:
    """Return all that people see: branches, tags and files here, and what the remote has."""
    return (
        project.git("symbolic-ref", "HEAD"),
        project.git("for-each-ref", "refs/heads", "refs/tags"),
        project.git("status", "--porcelain"),
        remote.git("for-each-ref"),
    )


class TestRules:
    @pytest.mark.parametrize(("refusal", "way"), REFUSALS, ids=lambda value: str(value)[:40])
    def test_change_nothing_and_are_explained(
        self,
        laptop: Program,
        project: Repository,
        remote: Repository,
        served: Remote,
        index: EmbeddedIndex,
        refusal: Refusal,
        way: str,
    ) -> None:
        before = seen(project, remote)
        refuse(remote, refusal)
        run = laptop("release", "--execute")

        assert 4 == run.code, run.err
        assert PUSH in served.asked
        assert "origin refuses the push; nothing was pushed:" in run.err
        assert all(line.strip() in run.err for line in refusal.lines)
        assert refusal.reason in " ".join(run.err.split())
        assert way in " ".join(run.err.split())
        assert "releasio explain push-refused" in run.err
        assert before == seen(project, remote)
        assert [] == index.projects()

    def test_that_are_lifted_let_the_same_command_finish(
        self, laptop: Program, project: Repository, remote: Repository, served: Remote
    ) -> None:
        refuse(remote, REFUSALS[0][0])
        refused = laptop("release", "--execute")
        allow(remote)
        run = laptop("release", "--execute")

        assert (4, 0) == (refused.code, run.code), run.err
        assert project.head == remote.git("rev-parse", "v0.1.1^{commit}")
        assert project.head == remote.git("rev-parse", "main")
        assert PUSH == served.asked[-1]


class TestAccess:
    @pytest.mark.parametrize(
        ("words", "code", "hint"),
        [
            (
                "This repository was archived so it is read-only.",
                "remote-read-only",
                "Unarchive the repository in its settings",
            ),
            (
                "Permission to acme/demo.git denied to github-actions[bot].",
                "remote-auth-failed",
                "the job needs `permissions: contents: write`",
            ),
            (
                "You are not allowed to upload code.",
                "remote-auth-failed",
                "Allow Git push requests to the repository",
            ),
        ],
    )
    def test_is_asked_before_anything_is_done(
        self,
        laptop: Program,
        project: Repository,
        remote: Repository,
        served: Remote,
        words: str,
        code: str,
        hint: str,
    ) -> None:
        before = seen(project, remote)
        served.words = f"{words}\n".encode()
        served.fail(OFFER, "403", times=8)
        preview = laptop("release")
        run = laptop("release", "--execute")

        assert words in preview.out + preview.err
        assert f"releasio explain {code}" in run.err
        assert words in run.err
        assert hint in " ".join(run.err.split())
        assert PUSH not in served.asked
        assert before == seen(project, remote)
