"""What servers really write, and what we make of it."""

from __future__ import annotations

import pytest

from releasio.errors.git.commands import (
    RemoteAuthFailed,
    RemoteNotFound,
    RemoteReadOnly,
    RemoteUnreachable,
)
from releasio.errors.git.push import PrePushHookFailed, PushRaced, PushRefused
from releasio.rules.running.git_refusal import refused_call, refused_push

BRANCH, TAG = "refs/heads/main", "refs/tags/v1.0.0"


NEW = "1" * 40


def answer(branch: str = "(atomic push failure)", tag: str = "(atomic push failure)") -> str:
    """Write what `git push --porcelain` does when both refs are refused."""
    return (
        "To https://github.com/ada/demo\n"
        f"!\t{NEW}:{BRANCH}\t[remote rejected] {branch}\n"
        f"!\t{NEW}:{TAG}\t[remote rejected] {tag}\n"
        "Done\n"
    )


GH006 = """\
remote: error: GH006: Protected branch update failed for refs/heads/main.
remote: error: Required status check "ci" is expected.
error: failed to push some refs to 'https://github.com/ada/demo'
"""
GH013 = """\
remote: error: GH013: Repository rule violations found for refs/heads/main.
remote: Review all repository rules at https://github.com/ada/demo/rules?ref=refs%2Fheads%2Fmain
remote:
remote: - Changes must be made through a pull request.
remote:
error: failed to push some refs to 'https://github.com/ada/demo'
"""
GH013_TAG = """\
remote: error: GH013: Repository rule violations found for refs/tags/v1.0.0.
remote: - Cannot create ref due to creations being restricted.
"""
GH013_SIGNED = """\
remote: error: GH013: Repository rule violations found for refs/heads/main.
remote: - Commits must have verified signatures.
"""
WORKFLOW = (
    "refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` "
    "without `workflows` permission"
)
GITLAB = "remote: GitLab: You are not allowed to push code to protected branches on this project.\n"
GITLAB_TAG = "remote: GitLab: You are not allowed to create this tag as it is protected.\n"
SSH_TIMED_OUT = "ssh: connect to host github.com port 22: Connection timed out"
NOT_READ = "fatal: Could not read from remote repository."
URL_ERROR = "unable to access 'https://github.com/a/b/': The requested URL returned error"


class TestPush:
    @pytest.mark.parametrize(
        ("said", "lines", "remedy"),
        [
            (GH006, answer("(protected branch hook declined)"), "no check has run"),
            (GH013, answer("(push declined due to repository rule violations)"), "pull-request"),
            (GH013_TAG, answer(tag="(push declined due to repository rule violations)"), "Rules"),
            (GH013_SIGNED, answer("(push declined due to repository rule violations)"), "gpgSign"),
            ("", answer(f"({WORKFLOW})"), "right to change workflows"),
            (GITLAB, answer("(pre-receive hook declined)"), "Protected branches"),
            (GITLAB_TAG, answer(tag="(pre-receive hook declined)"), "Protected tags"),
            ("", answer("(shallow update not allowed)"), "git fetch --unshallow --tags"),
            ("", answer("(branch is currently checked out)"), "a bare repository"),
            ("remote: no on Fridays\n", answer("(hook declined)"), "words"),
        ],
    )
    def test_each_rule_has_its_remedy(self, said: str, lines: str, remedy: str) -> None:
        error = refused_push("origin", lines, said)

        assert isinstance(error, PushRefused)
        assert remedy in error.hint

    def test_the_server_s_own_lines_are_shown(self) -> None:
        error = refused_push(
            "origin", answer("(push declined due to repository rule violations)"), GH013
        )

        assert (
            "origin refuses the push; nothing was pushed:\n"
            "error: GH013: Repository rule violations found for refs/heads/main.\n"
            "Review all repository rules at https://github.com/ada/demo/rules?ref=refs%2Fheads%2F"
            "main\n"
            "- Changes must be made through a pull request.\n"
            "refs/heads/main: [remote rejected] (push declined due to repository rule violations)"
        ) == str(error)
        assert (
            'Set mode = "pull-request": releasio release-pr opens one, and after its merge the '
            "tag is all that is pushed. Or let who pushes bypass the rule, in Settings > Rules > "
            "Rulesets: a GitHub App or a deploy key; a job's own token cannot."
        ) == error.hint

    @pytest.mark.parametrize(
        ("ref", "lines", "said"),
        [
            (BRANCH, f"!\t{NEW}:{BRANCH}\t[rejected] (stale info)\n", ""),
            (BRANCH, f"!\t{NEW}:{BRANCH}\t[rejected] (fetch first)\n", ""),
            (BRANCH, f"!\t{NEW}:{BRANCH}\t[rejected] (non-fast-forward)\n", ""),
            (TAG, f"!\t{NEW}:{TAG}\t[rejected] (already exists)\n", ""),
            (TAG, answer(tag="(reference already exists)"), ""),
            (BRANCH, answer("(failed to update ref)"), ""),
            (BRANCH, answer(f"(cannot lock ref '{BRANCH}': is at {NEW} but expected {NEW})"), ""),
            (
                TAG,
                answer("(atomic transaction failed)", "(atomic transaction failed)"),
                f"remote: error: cannot lock ref '{TAG}': reference already exists\n",
            ),
        ],
    )
    def test_somebody_was_faster(self, ref: str, lines: str, said: str) -> None:
        error = refused_push("origin", lines, said)

        assert isinstance(error, PushRaced)
        assert ref == error.ref
        assert f"{ref} changed on the remote in the meantime; nothing was pushed" == str(error)
        assert "run again" in error.hint

    def test_a_server_that_cannot_do_both_at_once(self) -> None:
        said = "fatal: the receiving end does not support --atomic push"

        error = refused_push("origin", "", said)

        assert isinstance(error, PushRefused)
        assert "the receiving end does not support --atomic push" in str(error)
        assert "Branch and tag must go together: the server needs git 2.4 or newer." == error.hint

    @pytest.mark.parametrize(
        ("answer", "lines", "tail"),
        [
            ("", "lint failed\n", ":\n    lint failed"),
            ("2 failed", "", ":\n    2 failed"),
            ("", "fatal: no upstream\n", ":\n    fatal: no upstream"),
            ("", "client disconnected: permission denied\n", ":\n    client disconnected: "),
            ("", "", ", and it said nothing"),
        ],
    )
    def test_a_hook_of_this_clone(self, answer: str, lines: str, tail: str) -> None:
        said = f"{lines}error: failed to push some refs to 'https://github.com/ada/demo'"

        error = refused_push("origin", answer, said, hook="/my code/.git/hooks/pre-push")

        assert isinstance(error, PrePushHookFailed)
        assert str(error).startswith(
            f"this clone's pre-push hook stopped the push to origin; nothing was pushed{tail}"
        )
        assert (
            "Satisfy or mend the hook '/my code/.git/hooks/pre-push', then run again. To run it "
            "alone: git push --dry-run origin HEAD"
        ) == error.hint

    @pytest.mark.parametrize("hook", ["", "/code/.git/hooks/pre-push"])
    @pytest.mark.parametrize(
        "said",
        [
            "fatal: the remote end hung up unexpectedly\nerror: failed to push some refs to 'x'",
            "error: RPC failed; curl 56\nerror: failed to push some refs to 'x'",
            "fatal: the remote end hung up unexpectedly",
        ],
    )
    def test_a_connection_that_broke(self, said: str, hook: str) -> None:
        assert isinstance(refused_push("origin", "", said, hook=hook), RemoteUnreachable)


class TestCall:
    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ("fatal: Could not resolve host: github.com", "Could not resolve host: github.com"),
            ("fatal: the remote end hung up unexpectedly", "the remote end hung up unexpectedly"),
            (f"{SSH_TIMED_OUT}\n{NOT_READ}", SSH_TIMED_OUT),
            (f"fatal: {URL_ERROR}: 502", f"{URL_ERROR}: 502"),
            ("", "it said nothing"),
        ],
    )
    def test_the_network(self, said: str, reason: str) -> None:
        error = refused_call("origin", said)

        assert isinstance(error, RemoteUnreachable)
        assert f"origin cannot be reached: {reason}" == str(error)
        assert "git ls-remote origin" in error.hint

    @pytest.mark.parametrize(
        "said",
        [
            "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
            "fatal: Authentication failed for 'https://github.com/a/b/'",
            f"remote: Permission to a/b.git denied to ci[bot].\nfatal: {URL_ERROR}: 403",
            "remote: Write access to repository not granted.",
            f"git@github.com: Permission denied (publickey).\n{NOT_READ}",
            f"Host key verification failed.\n{NOT_READ}",
            "remote: HTTP Basic: Access denied. The provided password or token is incorrect",
            "remote: Support for password authentication was removed on August 13, 2021.",
        ],
    )
    def test_the_credential(self, said: str) -> None:
        error = refused_call("origin", said)

        assert isinstance(error, RemoteAuthFailed)
        assert str(error).startswith("origin does not accept git's credential: ")
        assert "`permissions: contents: write`" in error.hint

    @pytest.mark.parametrize(
        ("said", "remedy"),
        [
            (
                "ERROR: The key you are authenticating with has been marked as read only.",
                "Give the deploy key the right to write",
            ),
            (
                "remote: This deploy key does not have write access to this project.",
                "Give the deploy key the right to write",
            ),
            (
                f"remote: You are not allowed to upload code.\nfatal: {URL_ERROR}: 403",
                "Allow Git push requests to the repository in Settings > CI/CD > Job token",
            ),
            (
                "remote: GitLab: You are not allowed to push code to this project.",
                "a project access token that has the scope write_repository",
            ),
            (
                "remote: Authentication by CI/CD job token not allowed from a/b to c/d.",
                "Allow Git push requests to the repository",
            ),
            (
                (
                    "remote: The `acme' organization has enabled or enforced SAML SSO.\n"
                    f"fatal: {URL_ERROR}: 403"
                ),
                "Authorize the token or key for the organization",
            ),
            (
                (
                    "ERROR: The repository owner has an IP allow list enabled, and 192.0.2.1 is "
                    "not permitted to access this repository."
                ),
                "The organization lets only addresses in that it lists",
            ),
        ],
    )
    def test_a_credential_that_lacks_one_thing(self, said: str, remedy: str) -> None:
        error = refused_call("origin", said)

        assert isinstance(error, RemoteAuthFailed)
        assert remedy in error.hint

    @pytest.mark.parametrize(
        "said",
        [
            "ERROR: This repository was archived so it is read-only.",
            f"remote: This repository was archived so it is read-only.\nfatal: {URL_ERROR}: 403",
            "remote: You can't push code to a read-only GitLab instance.",
            "remote: The repository is temporarily read-only. Please try again later.",
            "remote: Forgejo: mirror repository is read-only",
        ],
    )
    def test_a_repository_that_nobody_can_push_to(self, said: str) -> None:
        error = refused_call("origin", said)

        assert isinstance(error, RemoteReadOnly)
        assert str(error).startswith("origin takes no pushes: ")
        assert (
            "Unarchive the repository in its settings, or let the remote have the address that "
            "pushes go to: git remote set-url origin URL"
        ) == error.hint

    @pytest.mark.parametrize(
        "said",
        [
            "remote: Project 'a/b' was moved to 'c/b'.\nremote: Please update your Git remote:",
            "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found",
            "fatal: '/nowhere' does not appear to be a git repository",
            "remote: The project you were looking for could not be found or you lack permission",
        ],
    )
    def test_the_address(self, said: str) -> None:
        error = refused_call("origin", said)

        assert isinstance(error, RemoteNotFound)
        assert str(error).startswith("there is no repository at the address of origin")
        assert "git remote get-url origin" in error.hint
