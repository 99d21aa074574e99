"""The failures that five guides to trusted publishing explain, and what becomes of each."""

from __future__ import annotations

from typing import Literal, NamedTuple

Answer = Literal["foreseen", "explained", "not"]


class Failure(NamedTuple):
    """
    What somebody ran into.

    Attributes:
        words: What they read, as the guide quotes it.
        cause: What the guide says it comes from.
        answer: `foreseen`: doctor or check says it before anything is run. `explained`: the release
            says it, with the remedy. `not`: neither.
        by: Who says it: codes of ours, or commands. What comes second says it where the first
            cannot know.
        tests: Where each of them does, as pytest names it, or as a set-up of doctor's corpus.
    """

    words: str
    cause: str
    answer: Answer
    by: tuple[str, ...]
    tests: tuple[str, ...]


_PUBLISHER = "guides/test_publisher.py::test_"
_IDENTITY = "guides/test_identity.py::test_"
_CREDENTIAL = "guides/test_credential.py::test_"
_PERMISSIONS = "guides/test_permissions.py::test_"

FAILURES = (
    Failure(
        "Publisher configuration not found",
        "no publisher is registered",
        "explained",
        ("publisher-unknown",),
        (f"{_PUBLISHER}no_publisher_is_registered_at_all",),
    ),
    Failure(
        "No matching trusted publisher found",
        "owner or repository differ from the form",
        "foreseen",
        ("publisher-differs", "publisher-unknown"),
        (
            "corpus/broken/publisher-of-repository-before-it-moved",
            f"{_PUBLISHER}owner_or_repository_differ",
        ),
    ),
    Failure(
        "invalid-publisher: valid token, but no corresponding publisher",
        "the workflow's file name differs, be it in case alone",
        "foreseen",
        ("publisher-differs", "publisher-unknown"),
        (
            "corpus/broken/publisher-of-renamed-workflow",
            f"{_PUBLISHER}the_workflow_differs_be_it_in_case_alone",
        ),
    ),
    Failure(
        "No corresponding publisher found",
        "the publisher is registered on the other index",
        "explained",
        ("publisher-unknown",),
        (f"{_PUBLISHER}the_publisher_is_registered_on_the_other_index",),
    ),
    Failure(
        "not allowed to deploy",
        "a branch that the environment's rules do not allow",
        "foreseen",
        ("environment-refuses-ref", "releasio explain"),
        (
            "corpus/broken/environment-takes-tags-but-branch-publishes",
            f"{_PERMISSIONS}what_github_says_of_its_rules_is_explained",
        ),
    ),
    Failure(
        "Token verification failed",
        "the identity was over when it arrived",
        "explained",
        ("identity-refused",),
        (f"{_IDENTITY}an_identity_that_is_over_says_run_it_again",),
    ),
    Failure(
        "Invalid or expired token",
        "a runner or a CI that has no identity for the index",
        "foreseen",
        ("no-credential",),
        (f"{_IDENTITY}a_ci_that_has_no_identity_for_the_index_is_told_to_take_a_token",),
    ),
    Failure(
        "OIDC token request failed",
        "`id-token: write` is missing",
        "foreseen",
        ("identity-not-allowed", "identity-permission-missing"),
        (
            "corpus/broken/identity-not-allowed",
            f"{_PERMISSIONS}a_missing_permission_to_ask_for_an_identity",
        ),
    ),
    Failure(
        "Environment not found",
        "the job has no environment, and the publisher names one",
        "foreseen",
        ("environment-missing", "publisher-unknown"),
        ("corpus/broken/environment-missing", f"{_PUBLISHER}the_environment_is_missing_in_the_job"),
    ),
    Failure(
        "Environment not found",
        "the environment is spelt differently in workflow and form",
        "foreseen",
        ("environment-misspelt", "publisher-unknown"),
        (
            "corpus/broken/environment-misspelt",
            f"{_PUBLISHER}the_environment_has_another_name_in_the_form",
        ),
    ),
    Failure(
        "Trusted publishing exchange failure",
        "the job is in a workflow that the publisher does not name",
        "foreseen",
        ("publishes-in-another-repository", "publisher-unknown"),
        (
            "corpus/broken/publishes-in-another-repository",
            f"{_PUBLISHER}the_job_is_in_a_workflow_that_another_calls",
        ),
    ),
    Failure(
        "Trusted publishing exchange failure",
        "an old version of the action that uploads",
        "foreseen",
        ("pypi-action-too-old",),
        ("corpus/broken/pypi-action-too-old",),
    ),
    Failure(
        "Project not found",
        "there is no such project, and no pending publisher",
        "foreseen",
        ("project-not-on-index", "publisher-unknown"),
        ("corpus/broken/project-not-on-index", f"{_PUBLISHER}no_publisher_is_registered_at_all"),
    ),
    Failure(
        "Workflow running on wrong ref",
        "a pull request started it, and not main",
        "foreseen",
        ("started-by-pull-request",),
        (f"{_IDENTITY}a_job_of_a_pull_request_releases_nothing_and_says_which_does",),
    ),
    Failure(
        "Workflow does not have permission to use environment",
        "the environment's rules do not allow the tag",
        "foreseen",
        ("environment-refuses-ref", "releasio explain"),
        (
            "corpus/broken/environment-takes-other-tags-only",
            f"{_PERMISSIONS}the_words_of_the_guides_are_explained",
        ),
    ),
    Failure(
        "Authentication failed",
        "the token is wrong, deleted or over",
        "explained",
        ("upload-forbidden",),
        (f"{_CREDENTIAL}a_token_that_is_wrong",),
    ),
    Failure(
        "Invalid token",
        "the token is of another project",
        "foreseen",
        ("token-for-another-project",),
        (f"{_CREDENTIAL}a_token_of_another_project",),
    ),
    Failure(
        "Environment protection rules block deployment",
        "reviewers have not approved, or a timer runs",
        "foreseen",
        ("environment-makes-wait", "releasio explain"),
        (
            "corpus/broken/environment-makes-wait",
            f"{_PERMISSIONS}the_words_of_the_guides_are_explained",
        ),
    ),
    Failure(
        "File already exists",
        "the same version again, on TestPyPI",
        "foreseen",
        ("version-on-index",),
        (f"{_CREDENTIAL}a_version_that_is_on_the_index_already",),
    ),
    Failure(
        "Pending publisher",
        "the names of project and pending publisher differ",
        "explained",
        ("upload-refused",),
        (f"{_PUBLISHER}a_pending_publisher_with_another_name",),
    ),
    Failure(
        "token and trusted publishing both present",
        "which of them is used?",
        "foreseen",
        ("releasio check",),
        (f"{_CREDENTIAL}trusted_publishing_is_taken_where_a_token_is_there_too",),
    ),
    Failure(
        "insufficient permissions",
        "which permission, in which job?",
        "foreseen",
        ("permission-missing", "right-missing"),
        (
            "corpus/broken/releasio-may-not-push",
            f"{_PERMISSIONS}a_missing_permission_to_push_is_named_with_its_line",
        ),
    ),
    Failure(
        "tokens in the log",
        "somebody prints what should stay secret",
        "foreseen",
        ("secret-shown", "releasio release"),
        ("corpus/broken/secret-shown", f"{_IDENTITY}no_identity_and_no_token_is_in_a_log"),
    ),
    Failure(
        "publishing from forks",
        "a pull request of a fork runs the job that publishes",
        "foreseen",
        ("publishes-on-pull-request", "started-by-pull-request"),
        (
            "corpus/broken/publishes-on-pull-request",
            f"{_IDENTITY}a_fork_gets_no_identity_and_publishes_nothing",
        ),
    ),
)
