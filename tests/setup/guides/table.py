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
        by: Who says it: a code of ours, or what `releasio explain` finds for the words.
        test: Where it is provoked, as pytest names it, or the set-up of doctor's corpus.
    """

    words: str
    cause: str
    answer: Answer
    by: str
    test: str


_PUBLISHER = "guides/test_publisher.py::test_"
_IDENTITY = "guides/test_identity.py::test_"
_CREDENTIAL = "guides/test_credential.py::test_"
_PERMISSIONS = "guides/test_permissions.py::test_"

FAILURES = (
    Failure(
        "Publisher configuration not found",
        "no publisher is registered",
        "explained",
        "publisher-unknown",
        f"{_PUBLISHER}no_publisher_is_registered_at_all",
    ),
    Failure(
        "No matching trusted publisher found",
        "owner or repository differ from the form",
        "explained",
        "publisher-unknown",
        f"{_PUBLISHER}owner_or_repository_differ",
    ),
    Failure(
        "invalid-publisher: valid token, but no corresponding publisher",
        "the workflow's file name differs, be it in case alone",
        "explained",
        "publisher-unknown",
        f"{_PUBLISHER}the_workflow_differs_be_it_in_case_alone",
    ),
    Failure(
        "No corresponding publisher found",
        "the publisher is registered on the other index",
        "explained",
        "publisher-unknown",
        f"{_PUBLISHER}the_publisher_is_registered_on_the_other_index",
    ),
    Failure(
        "not allowed to deploy",
        "a branch that the environment's rules do not allow",
        "explained",
        "releasio explain",
        f"{_PERMISSIONS}what_github_says_of_its_rules_is_explained",
    ),
    Failure(
        "Token verification failed",
        "the identity was over when it arrived",
        "explained",
        "identity-refused",
        f"{_IDENTITY}an_identity_that_is_over_says_run_it_again",
    ),
    Failure(
        "Invalid or expired token",
        "a runner or a CI that has no identity for the index",
        "foreseen",
        "no-credential",
        f"{_IDENTITY}a_ci_that_has_no_identity_for_the_index_is_told_to_take_a_token",
    ),
    Failure(
        "OIDC token request failed",
        "`id-token: write` is missing",
        "foreseen",
        "identity-not-allowed",
        "corpus/broken/identity-not-allowed",
    ),
    Failure(
        "Environment not found",
        "the job has no environment, and the publisher names one",
        "foreseen",
        "environment-missing",
        "corpus/broken/environment-missing",
    ),
    Failure(
        "Environment not found",
        "the environment is spelt differently in workflow and form",
        "foreseen",
        "environment-misspelt",
        "corpus/broken/environment-misspelt",
    ),
    Failure(
        "Trusted publishing exchange failure",
        "the job is in a workflow that the publisher does not name",
        "foreseen",
        "publishes-in-another-repository",
        "corpus/broken/publishes-in-another-repository",
    ),
    Failure(
        "Trusted publishing exchange failure",
        "an old version of the action that uploads",
        "not",
        "",
        "",
    ),
    Failure(
        "Project not found",
        "there is no such project, and no pending publisher",
        "foreseen",
        "project-not-on-index",
        "corpus/broken/project-not-on-index",
    ),
    Failure(
        "Workflow running on wrong ref",
        "a pull request started it, and not main",
        "foreseen",
        "started-by-pull-request",
        f"{_IDENTITY}a_job_of_a_pull_request_releases_nothing_and_says_which_does",
    ),
    Failure(
        "Workflow does not have permission to use environment",
        "the environment's rules do not allow the tag",
        "explained",
        "releasio explain",
        f"{_PERMISSIONS}what_github_says_of_its_rules_is_explained",
    ),
    Failure(
        "Authentication failed",
        "the token is wrong, deleted or over",
        "explained",
        "upload-forbidden",
        f"{_CREDENTIAL}a_token_that_is_wrong",
    ),
    Failure(
        "Invalid token",
        "the token is of another project",
        "foreseen",
        "token-for-another-project",
        f"{_CREDENTIAL}a_token_of_another_project",
    ),
    Failure(
        "Environment protection rules block deployment",
        "reviewers have not approved, or a timer runs",
        "explained",
        "releasio explain",
        f"{_PERMISSIONS}the_words_of_the_guides_are_explained",
    ),
    Failure(
        "File already exists",
        "the same version again, on TestPyPI",
        "foreseen",
        "version-on-index",
        f"{_CREDENTIAL}a_version_that_is_on_the_index_already",
    ),
    Failure(
        "Pending publisher",
        "the names of project and pending publisher differ",
        "explained",
        "upload-refused",
        f"{_PUBLISHER}a_pending_publisher_with_another_name",
    ),
    Failure(
        "token and trusted publishing both present",
        "which of them is used?",
        "foreseen",
        "releasio check",
        f"{_CREDENTIAL}trusted_publishing_is_taken_where_a_token_is_there_too",
    ),
    Failure(
        "insufficient permissions",
        "which permission, in which job?",
        "foreseen",
        "permission-missing",
        "corpus/broken/releasio-may-not-push",
    ),
    Failure(
        "tokens in the log",
        "somebody prints what should stay secret",
        "foreseen",
        "releasio release",
        f"{_IDENTITY}no_identity_and_no_token_is_in_a_log",
    ),
    Failure(
        "publishing from forks",
        "a pull request of a fork runs the job that publishes",
        "foreseen",
        "publishes-on-pull-request",
        "corpus/broken/publishes-on-pull-request",
    ),
)
