"""What forges say when they refuse a push, as users quote it, and the ways on."""

from __future__ import annotations

import pytest

from releasio.rules.running.push_rules import ways_on

PULL_REQUEST = (
    'Set mode = "pull-request": releasio release-pr opens one, and after its merge the tag is all '
    "that is pushed."
)
RULESET = (
    "Or let who pushes bypass the rule, in Settings > Rules > Rulesets: a GitHub App or a deploy "
    "key; a job's own token cannot."
)
PROTECTION = RULESET.replace("Rules > Rulesets", "Branches")
NEW = "The release commit is new, and no check has run on it."
SIGN = (
    "Sign here (git config commit.gpgSign true, with a key that the forge knows), or let GitHub: "
    'github.commit_with_api = true has it make the commit, and with mode = "pull-request" it signs '
    "what it merges."
)
WORDING = (
    "A rule wants it worded otherwise: git config user.email names the author, version.tag_prefix "
    "the tag. Or exempt who pushes, in Settings > {}."
)
NAMED = (
    "A rule names who may do this: let who pushes bypass it, in Settings > Rules > Rulesets; a "
    "job's own token cannot."
)
WORKFLOW = "Give the token the right to change workflows"
SIZE = "The forge takes no files or pushes of that size: keep large files in Git LFS."


def gh013(*rules: str, ref: str = "refs/heads/main") -> str:
    head = [
        f"error: GH013: Repository rule violations found for {ref}.",
        f"Review all repository rules at https://github.com/ada/demo/rules?ref={ref}",
    ]
    summary = f"{ref}: [remote rejected] (push declined due to repository rule violations)"
    return "\n".join([*head, *(f"- {rule}" for rule in rules), summary])


def gh006(*rules: str, ref: str = "refs/heads/main") -> str:
    sort = "tag" if ref.startswith("refs/tags/") else "branch"
    head = f"error: GH006: Protected {sort} update failed for {ref}."
    summary = f"{ref}: [remote rejected] (protected branch hook declined)"
    return "\n".join([head, *(f"error: {rule}" for rule in rules), summary])


class TestGitHub:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (gh013("Changes must be made through a pull request."), f"{PULL_REQUEST} {RULESET}"),
            (gh006("Changes must be made through a pull request."), f"{PULL_REQUEST} {PROTECTION}"),
            (
                gh006(
                    "Changes must be made through the merge queue Changes must be made through a "
                    "pull request."
                ),
                f"{PULL_REQUEST} {PROTECTION}",
            ),
            (
                gh006("At least 1 approving review is required by reviewers with write access."),
                f"{PULL_REQUEST} {PROTECTION}",
            ),
            (
                gh006('Required status check "Travis CI - Pull Request" is expected.'),
                f"{NEW} {PULL_REQUEST} {PROTECTION}",
            ),
            (
                gh006("14 of 14 required status checks are expected."),
                f"{NEW} {PULL_REQUEST} {PROTECTION}",
            ),
            (
                gh013(
                    "Changes must be made through a pull request.",
                    "4 of 4 required status checks are expected.",
                ),
                f"{PULL_REQUEST} {RULESET} {NEW}",
            ),
            (
                gh013("Code scanning is waiting for results from CodeQL for the commit 1f2e."),
                f"{NEW} {PULL_REQUEST} {RULESET}",
            ),
            (gh013("Commits must have verified signatures.", "Found 1 violation:"), SIGN),
            (
                gh013(
                    "Commits must have verified signatures.",
                    "Changes must be made through a pull request.",
                ),
                f"{PULL_REQUEST} {RULESET} {SIGN}",
            ),
            (
                gh013("This branch must not contain merge commits.", "Found 1 violation:"),
                "What is pushed has a merge commit: rebase the branch first (git pull --rebase).",
            ),
            (
                gh013("Cannot create ref due to creations being restricted.", ref="refs/tags/v1"),
                NAMED,
            ),
            (gh013("Cannot update this protected ref."), NAMED),
            (
                gh006("You're not authorized to create a tag", ref="refs/tags/v2.2.0"),
                (
                    "Let who pushes make this tag, in Settings > Tags; a job's own token cannot "
                    "bypass a rule."
                ),
            ),
            (
                gh006("Cannot change this locked branch"),
                "Unlock the branch, in Settings > Branches.",
            ),
            (
                gh006("You're not authorized to push to this branch."),
                f"Add who pushes to those who may, in Settings > Branches. {PULL_REQUEST}",
            ),
            (
                gh013("Tag name must start with a matching pattern: release-", ref="refs/tags/v1"),
                WORDING.format("Rules > Rulesets"),
            ),
            (
                gh013("Commit message must match a given regex pattern: ^JIRA-"),
                WORDING.format("Rules > Rulesets"),
            ),
            (gh013("An unheard-of rule."), f"{PULL_REQUEST} {RULESET}"),
            (gh006("Something else."), f"{PULL_REQUEST} {PROTECTION}"),
            (
                "error: GH007: Your push would publish a private email address.",
                (
                    "Commit with an address that may be public: git config user.email "
                    "ID+LOGIN@users.noreply.github.com."
                ),
            ),
            ("error: GH001: Large files detected.", SIZE),
            (
                "error: GH008: Your push referenced at least 1 unknown Git LFS object:",
                "Upload them first: git lfs push --all origin.",
            ),
            (
                gh013("GITHUB PUSH PROTECTION", "Push cannot contain secrets"),
                (
                    "Take the secret out of the commits that it names, and replace it: it was "
                    "nearly public."
                ),
            ),
        ],
    )
    def test_each_rule_has_its_ways_on(self, text: str, expected: str) -> None:
        assert expected == ways_on(text)

    @pytest.mark.parametrize(
        "words",
        [
            (
                "a GitHub App to create or update workflow `.github/workflows/ci.yml` without "
                "`workflows` permission"
            ),
            (
                "an OAuth App to create or update workflow `.github/workflows/ci.yml` without "
                "`workflow` scope"
            ),
            (
                "a Personal Access Token to create or update workflow `.github/workflows/ci.yml` "
                "without `workflow` scope"
            ),
        ],
    )
    def test_a_workflow_needs_a_right_of_its_own(self, words: str) -> None:
        hint = ways_on(f"refs/heads/main: [remote rejected] (refusing to allow {words})")

        assert (
            "Give the token the right to change workflows (classic: the scope workflow, others: "
            "Workflows, read and write; a job's own token cannot have it), or push what changes "
            "them by hand first."
        ) == hint

    def test_a_repository_that_moved_has_another_address(self) -> None:
        text = (
            "This repository moved. Please use the new location:\n  https://github.com/ada/new\n"
            + gh013("Changes must be made through a pull request.")
        )

        assert (
            f"{PULL_REQUEST} {RULESET} If the address is an old one, git remote set-url it to the "
            "new one."
        ) == ways_on(text)


class TestOthers:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "GitLab: You are not allowed to push code to protected branches on this project.",
                (
                    "Let who pushes do so, in Settings > Repository > Protected branches (Allowed "
                    f"to push). {PULL_REQUEST}"
                ),
            ),
            (
                "GitLab: You are not allowed to create this tag as it is protected.",
                (
                    "Let who pushes make it, in Settings > Repository > Protected tags (Allowed to "
                    "create)."
                ),
            ),
            (
                "GitLab: You are not allowed to create protected tags on this project.",
                (
                    "Let who pushes make it, in Settings > Repository > Protected tags (Allowed to "
                    "create)."
                ),
            ),
            (
                "GitLab: You are not allowed to change existing tags on this project.",
                (
                    "The tag is there already, and only maintainers may move one: choose another "
                    "version."
                ),
            ),
            ("GitLab: Commit must be signed with a GPG key", SIGN),
            (
                "GitLab: Commit message does not follow the pattern '^JIRA-[0-9]+'",
                WORDING.format("Repository > Push rules"),
            ),
            (
                (
                    "GitLab: You cannot push commits for 'ada@example.org'. You can only push "
                    "commits if the committer email is one of your own verified emails."
                ),
                WORDING.format("Repository > Push rules"),
            ),
            (
                "GitLab: Author 'ada@example.org' is not a member of team",
                WORDING.format("Repository > Push rules"),
            ),
            (
                "GitLab: Your push to this repository would cause it to exceed its size limit",
                SIZE,
            ),
            (
                "Gitea: Not allowed to push to protected branch main",
                f"Let who pushes do so, in Settings > Branches (Enable push). {PULL_REQUEST}",
            ),
            (
                "Forgejo: Not allowed to push to protected branch main",
                f"Let who pushes do so, in Settings > Branches (Enable push). {PULL_REQUEST}",
            ),
            ("Gitea: Branch main is protected from unverified commit 1f2e3d", SIGN),
            (
                "Gitea: branch main is protected from changing file pyproject.toml",
                f"{PULL_REQUEST} Or unprotect it, in Settings > Branches.",
            ),
            ("Gitea: Tag v1.0.0 is protected", "Let who pushes make it, in Settings > Tags."),
            (
                "Gitea: User permission denied for writing.",
                "The account that git pushes with may only read here: give it the right to write.",
            ),
            (
                (
                    "refs/heads/main: [remote rejected] (TF402455: Pushes to this branch are not "
                    "permitted; you must use a pull request to update this branch.)"
                ),
                (
                    f'{PULL_REQUEST} Or allow who pushes to "Bypass policies when pushing", in '
                    "Project settings > Repositories > Security."
                ),
            ),
            (
                (
                    "refs/tags/v1: [remote rejected] (TF401027: You need the Git 'CreateTag' "
                    "permission to perform this action. Details: identity 'Build\\1'.)"
                ),
                (
                    "Allow the permission that it names to who it names, in Project settings > "
                    "Repositories > Security."
                ),
            ),
            (
                "Permission denied to update branch main.",
                (
                    f"{PULL_REQUEST} Or give who pushes write access to it, in Repository "
                    "settings > Branch restrictions."
                ),
            ),
            (
                (
                    "Branch refs/heads/main can only be modified through pull requests.\n"
                    "Check your branch permissions configuration with the project administrator."
                ),
                (
                    f"{PULL_REQUEST} Or give who pushes write access to it, in Repository "
                    "settings > Branch restrictions."
                ),
            ),
            (
                "no pushes on Fridays",
                "The server's words tell which of its rules it is; nothing was changed here.",
            ),
        ],
    )
    def test_have_their_own_words(self, text: str, expected: str) -> None:
        assert expected == ways_on(text)
